package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of every kind of container file, each example is read or rejected with its reason. */
class ContainerKindsTest {
  static Stream<ContainerKinds.Kind> kinds() {
    return ContainerKinds.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsOrRejectsEveryExample(ContainerKinds.Kind kind) {
    List<Outcome> accepted = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    Iterator<Outcome> outcomes = kind.reading().outcomes();
    while (outcomes.hasNext()) {
      Outcome outcome = outcomes.next();
      outcome.reject().ifPresentOrElse(rejects::add, () -> accepted.add(outcome));
    }

    assertThat(rejects).allMatch(reject -> reject.reason().contains(kind.reason()));
    assertThat(rejects.stream().mapToLong(Reject::count).sum()).isEqualTo(kind.rejected());
    assertThat(accepted).hasSize((int) kind.accepted());
    assertThat(accepted).allMatch(o -> o.pixels() != null || o.values() != null);
  }

  @Test
  void areManyOfDifferentNames() {
    assertThat(kinds().map(ContainerKinds.Kind::name))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(60);
  }
}
