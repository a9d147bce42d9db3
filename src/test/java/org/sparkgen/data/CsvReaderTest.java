package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

  private static List<Outcome> read(byte[] file, int features, String first, String label) {
    List<Outcome> outcomes = new ArrayList<>();
    new CsvReader(
            "rows.csv",
            new NumericRows(features),
            Optional.ofNullable(first),
            Optional.ofNullable(label))
        .read(new ByteArrayInputStream(file))
        .forEachRemaining(outcomes::add);
    return outcomes;
  }

  private static List<Outcome> read(String text, int features, String first, String label) {
    return read(text.getBytes(StandardCharsets.UTF_8), features, first, label);
  }

  private static String onlyReject(List<Outcome> outcomes) {
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0).reject().orElseThrow().toString();
  }

  @Test
  void readsAllColumnsButTheLabel() {
    List<Outcome> outcomes = read("a,kind,b\n1,3,2.5\r\n-1e3,0, 7 \n", 2, null, "kind");

    assertThat(outcomes).extracting(Outcome::index).containsExactly(0L, 1L);
    assertThat(outcomes).extracting(Outcome::label).containsExactly(3, 0);
    assertThat(outcomes.get(0).values()).containsExactly(1f, 2.5f);
    assertThat(outcomes.get(1).values()).containsExactly(-1000f, 7f);
  }

  @Test
  void readsTheCountedColumnsFromTheFirstOn() {
    List<Outcome> outcomes = read("id,a,kind,b,c\nx,1,9,2,y\n", 2, "a", "kind");

    assertThat(outcomes.get(0).values()).containsExactly(1f, 2f);
    assertThat(outcomes.get(0).label()).isEqualTo(9);
  }

  @Test
  void understandsQuotesByteOrderMarksAndEmptyLines() {
    List<Outcome> outcomes =
        read("\uFEFF\"a, b\",\"c \"\"d\"\"\"\n\n\"1\",\"2\"\n\n", 2, "a, b", null);

    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).values()).containsExactly(1f, 2f);
    assertThat(outcomes.get(0).label()).isEqualTo(ExampleBlock.NO_LABEL);
  }

  @Test
  void readsCompressedText() {
    byte[] gzip = Pictures.gzip("a\n1\n2\n".getBytes(StandardCharsets.UTF_8));

    assertThat(read(gzip, 1, null, null)).hasSize(2);
    List<Outcome> cut = read(Arrays.copyOf(gzip, gzip.length - 9), 1, null, null);
    assertThat(cut.get(cut.size() - 1).reject().orElseThrow().reason()).contains("be inflated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,x,0|column 'b' is 'x', not a number",
        "1,,0|column 'b' is empty, not a number",
        "1,2f,0|column 'b' is '2f', not a number",
        "1,NaN,0|number 2 of the row is NaN, which is no finite float",
        "1,-Infinity,0|number 2 of the row is -Infinity, which is no finite float",
        "1,1e39,0|number 2 of the row is 1.0E39, which is no finite float",
        "1,2|the row has 2 fields, but the header has 3",
        "1,2,0,4|the row has 4 fields, but the header has 3",
        "1,2,-1|column 'kind' is -1.0, but a label is an integer from 0",
        "1,2,0.5|column 'kind' is 0.5, but a label is an integer from 0",
        "1,2,|column 'kind' is empty, not a number",
        "1,'2,0|a quote is never closed"
      })
  void rejectsARowWithItsReason(String row, String reason) {
    String text = "a,b,kind\n" + row.replace('\'', '"') + "\n";

    assertThat(onlyReject(read(text, 2, null, "kind"))).isEqualTo("rows.csv [0]: " + reason);
  }

  @Test
  void goesOnAfterARejectedRow() {
    List<Outcome> outcomes = read("a\n1\nx\n3\n", 1, null, null);

    assertThat(outcomes)
        .extracting(o -> o.reject().isPresent())
        .containsExactly(false, true, false);
    assertThat(outcomes.get(2).index()).isEqualTo(2);
  }

  @Test
  void refusesAHeaderWithoutTheColumnsAskedFor() {
    assertThat(onlyReject(read("", 2, null, null)))
        .isEqualTo("rows.csv: it is empty; a header line is needed");
    assertThat(onlyReject(read("a,b\n1,2\n", 2, null, "kind")))
        .isEqualTo("rows.csv: its header has no column 'kind'; it has a, b");
    assertThat(onlyReject(read("a,b,c\n1,2,3\n", 2, null, null)))
        .isEqualTo(
            "rows.csv: data.features.count is 2, but its header has 3 columns besides the label."
                + " Name the first in data.column, or correct the count. The header is a, b, c");
    assertThat(onlyReject(read("a,b,c\n1,2,3\n", 3, "b", null)))
        .contains("its header has 2 columns from 'b' on besides the label");
  }
}
