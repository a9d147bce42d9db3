package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Elements a few at a time, so that what they need is fetched once for all of a group. */
final class Groups {
  private Groups() {}

  /** Groups of {@code size}, the last of which may be smaller, made as they are asked for. */
  static <T> Stream<List<T>> of(Iterator<T> elements, int size) {
    Iterator<List<T>> groups =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return elements.hasNext();
          }

          @Override
          public List<T> next() {
            if (!elements.hasNext()) {
              throw new NoSuchElementException();
            }
            List<T> group = new ArrayList<>(size);
            while (group.size() < size && elements.hasNext()) {
              group.add(elements.next());
            }
            return group;
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(groups, Spliterator.ORDERED), false);
  }
}
