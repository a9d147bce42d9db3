package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.config.DataConfig;

/** Whether examples have labels, as far as their configuration tells. */
final class ClassLabels {
  private ClassLabels() {}

  /** Why no example can have one, and what would give them theirs; empty if they may have. */
  static Optional<String> missing(DataConfig data) {
    boolean there =
        switch (data.format()) {
          case IDX -> data.labels().isPresent();
          case CSV, PARQUET -> data.labelColumn().isPresent();
          case FOLDER, CIFAR10 -> true;
        };
    return there
        ? Optional.empty()
        : Optional.of("the examples have no labels: give --labels or --label-column");
  }
}
