package org.sparkgen.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of classes in the order of their numbers; empty where classes have numbers only.
 *
 * <p>A final class around an array because it travels through Spark.
 */
public final class LabelledNames implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] names;

  private LabelledNames(String[] names) {
    this.names = names;
  }

  /** The names in the given order: the first is that of class 0. */
  public static LabelledNames inOrder(Collection<String> names) {
    return new LabelledNames(names.toArray(new String[0]));
  }

  /** The distinct names in alphabetical (code unit) order. */
  public static LabelledNames sorted(Collection<String> names) {
    return inOrder(new TreeSet<>(names));
  }

  /** These names, and behind them those of others that are not among them: no number changes. */
  public LabelledNames with(LabelledNames others) {
    Set<String> all = new LinkedHashSet<>(names());
    all.addAll(others.names());
    return inOrder(all);
  }

  /** The names; not modifiable. */
  public List<String> names() {
    return List.of(names);
  }

  /** The class number of a name, or {@link ExampleBlock#NO_LABEL} if there is no such class. */
  public int number(String name) {
    int found = Arrays.asList(names).indexOf(name);
    return found < 0 ? ExampleBlock.NO_LABEL : found;
  }
}
