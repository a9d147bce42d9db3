package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkgen.job.ChildJvm;

/** Small files that want to become large, in a process that has no memory for that. */
class BombsIT {
  @Test
  void noneTakesMoreMemoryThanThereIs() {
    ChildJvm child = ChildJvm.withHeap("64m", "bombs", Bombs.class.getName());

    assertThat(child.exitCode()).as(child.output()).isZero();
    String summary =
        child.output().lines().filter(line -> line.startsWith("BOMBS ")).findFirst().orElseThrow();
    System.out.println(summary);
    assertThat(child.output()).doesNotContain("OutOfMemoryError");
  }
}
