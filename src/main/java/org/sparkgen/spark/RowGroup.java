package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkgen.data.BlockPacker;
import org.sparkgen.data.ExampleBlock;

/** Some rows of a table in their order, and their examples. */
final class RowGroup {
  private final List<Row> rows;
  private final List<NamedOutcome> examples;
  private final RowCells cells;

  RowGroup(List<Row> rows, RowCells cells) {
    this.rows = rows;
    this.examples = rows.stream().map(cells::read).toList();
    this.cells = cells;
  }

  private static boolean usable(NamedOutcome example) {
    return example.outcome().reject().isEmpty();
  }

  /** The usable examples in blocks of {@code capacity}, of which the last may have fewer. */
  List<ExampleBlock> blocks(int capacity) {
    return Groups.of(examples.stream().filter(RowGroup::usable).iterator(), capacity)
        .map(RowGroup::block)
        .toList();
  }

  private static ExampleBlock block(List<NamedOutcome> examples) {
    BlockPacker packer = new BlockPacker();
    examples.forEach(example -> packer.add(example.id(), example.outcome()));
    return ExampleBlock.join(packer.finish());
  }

  /**
   * The rows with further values.
   *
   * @param width further values of each
   * @param values for each full block's place those of an example, block by block
   */
  List<Row> widened(int width, Iterator<List<Object[]>> values) {
    List<Row> widened = new ArrayList<>(rows.size());
    Iterator<Object[]> block = Collections.emptyIterator();
    for (int i = 0; i < rows.size(); i++) {
      if (usable(examples.get(i))) {
        block = block.hasNext() ? block : values.next().iterator();
        widened.add(widened(rows.get(i), block.next()));
      } else if (cells.keeps()) {
        widened.add(widened(rows.get(i), new Object[width]));
      }
    }
    return widened;
  }

  private static Row widened(Row row, Object[] more) {
    Object[] all = new Object[row.size() + more.length];
    for (int i = 0; i < row.size(); i++) {
      all[i] = row.get(i);
    }
    System.arraycopy(more, 0, all, row.size(), more.length);
    return RowFactory.create(all);
  }
}
