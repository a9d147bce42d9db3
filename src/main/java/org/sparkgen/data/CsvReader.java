package org.sparkgen.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads numeric rows from comma-separated text in UTF-8 with a header line.
 *
 * <p>The numbers of a row are those of consecutive columns from a first column on; without a first
 * column, those of all columns. The label column is left out of both.
 */
public final class CsvReader {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final String path;
  private final NumericRows rows;
  private final String firstColumn;
  private final String labelColumn;

  /**
   * A reader of one file.
   *
   * @param path the file's name for messages
   * @param rows how many numbers a row has
   * @param firstColumn the first column of the row, if not the first of all
   * @param labelColumn the column with a class number, if there is one
   */
  public CsvReader(
      String path, NumericRows rows, Optional<String> firstColumn, Optional<String> labelColumn) {
    this.path = path;
    this.rows = rows;
    this.firstColumn = firstColumn.orElse(null);
    this.labelColumn = labelColumn.orElse(null);
  }

  /**
   * The rows one by one, indexed from 0 after the header. A header without the columns asked for
   * gives a single reject of the whole file.
   *
   * @param content the file's bytes, plain or gzip; an {@link IOException} of theirs is taken for
   *     damage, so failures of a file system have to be of another kind; closed by the caller
   */
  public Iterator<Outcome> read(InputStream content) {
    try {
      InputStream bytes = Gzip.open(new BufferedInputStream(content));
      CsvRecords records = new CsvRecords(text(bytes));
      List<String> header = records.next();
      if (header == null) {
        throw new UnreadableExampleException("it is empty; a header line is needed");
      }
      return new Rows(records, header);
    } catch (UnreadableExampleException e) {
      return wholeFile(e.getMessage());
    } catch (IOException e) {
      return wholeFile("can't be inflated: " + e.getMessage());
    }
  }

  /** The text after the mark that some programs put before UTF-8. */
  private static BufferedReader text(InputStream bytes) throws IOException {
    BufferedReader text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private Iterator<Outcome> wholeFile(String reason) {
    return Collections.singleton(Outcome.rejected(Reject.wholeFile(path, reason))).iterator();
  }

  private final class Rows implements Iterator<Outcome> {
    private final CsvRecords records;
    private final List<String> header;
    private final int[] columns;
    private final int label;
    private long index;
    private Outcome next;
    private boolean ended;

    Rows(CsvRecords records, List<String> header) throws UnreadableExampleException {
      this.records = records;
      this.header = header.stream().map(String::strip).toList();
      this.label = labelColumn == null ? -1 : column(labelColumn);
      this.columns = numberColumns();
    }

    @Override
    public boolean hasNext() {
      if (next == null && !ended) {
        next = advance();
      }
      return next != null;
    }

    @Override
    public Outcome next() {
      if (!hasNext()) {
        throw new NoSuchElementException(path);
      }
      Outcome outcome = next;
      next = null;
      return outcome;
    }

    private Outcome advance() {
      List<String> record;
      try {
        record = records.next();
      } catch (UnreadableExampleException e) {
        ended = true;
        return Outcome.rejected(Reject.one(path, index, e.getMessage()));
      } catch (IOException e) {
        ended = true;
        String reason = "it can't be inflated any further: " + e.getMessage();
        return Outcome.rejected(Reject.one(path, index, reason));
      }
      if (record == null) {
        ended = true;
        return null;
      }
      long at = index++;
      try {
        return row(at, record);
      } catch (UnreadableExampleException e) {
        return Outcome.rejected(Reject.one(path, at, e.getMessage()));
      }
    }

    private Outcome row(long at, List<String> record) throws UnreadableExampleException {
      if (record.size() != header.size()) {
        throw new UnreadableExampleException(
            "the row has %,d fields, but the header has %,d"
                .formatted(record.size(), header.size()));
      }
      double[] numbers = new double[columns.length];
      for (int i = 0; i < columns.length; i++) {
        numbers[i] = NumericRows.parse(record.get(columns[i]), named(columns[i]));
      }
      int number =
          label < 0
              ? ExampleBlock.NO_LABEL
              : NumericRows.parseLabel(record.get(label), named(label));
      return Outcome.row(at, number, rows.checked(numbers));
    }

    private String named(int column) {
      return "column '" + header.get(column) + "'";
    }

    private int column(String name) throws UnreadableExampleException {
      int found = header.indexOf(name);
      if (found < 0) {
        throw new UnreadableExampleException(
            "its header has no column '%s'; it has %s".formatted(name, shownHeader()));
      }
      return found;
    }

    private int[] numberColumns() throws UnreadableExampleException {
      List<Integer> chosen = new ArrayList<>();
      int from = firstColumn == null ? 0 : column(firstColumn);
      int most = firstColumn == null ? header.size() : rows.features();
      for (int c = from; c < header.size() && chosen.size() < most; c++) {
        if (c != label) {
          chosen.add(c);
        }
      }
      if (chosen.size() != rows.features()) {
        throw new UnreadableExampleException(
            ("data.features.count is %,d, but its header has %,d columns%s besides the label. Name"
                    + " the first in data.column, or correct the count. The header is %s")
                .formatted(
                    rows.features(),
                    chosen.size(),
                    firstColumn == null ? "" : " from '" + firstColumn + "' on",
                    shownHeader()));
      }
      return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private String shownHeader() {
      int most = 20;
      String names = String.join(", ", header.subList(0, Math.min(most, header.size())));
      return header.size() > most ? names + ", ..." : names;
    }
  }
}
