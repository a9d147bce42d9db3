package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StepWorkspaceTest {
  private static long addressOfAnArray() {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, 10_000);
    return array.isAttached() ? array.data().addressPointer().address() : 0;
  }

  private static long addressInAStep() {
    return StepWorkspace.compute(StepWorkspaceTest::addressOfAnArray);
  }

  @Test
  void stepsOfAllThreadsThatAreLentItUseTheSameMemory() {
    try (StepWorkspace workspace = new StepWorkspace()) {
      workspace.lendTo(StepWorkspaceTest::addressInAStep); // The first step finds out how much.
      long here = workspace.lendTo(StepWorkspaceTest::addressInAStep);
      long again = workspace.lendTo(StepWorkspaceTest::addressInAStep);
      long elsewhere =
          CompletableFuture.supplyAsync(() -> workspace.lendTo(StepWorkspaceTest::addressInAStep))
              .join();

      assertThat(here).isNotZero();
      assertThat(again).isEqualTo(here);
      assertThat(elsewhere).isEqualTo(here);
    }
  }

  @Test
  void aThreadHasItsOwnMemoryAgainAfterwards() {
    addressInAStep();
    long own = addressInAStep();
    try (StepWorkspace workspace = new StepWorkspace()) {
      workspace.lendTo(StepWorkspaceTest::addressInAStep);
      assertThat(workspace.lendTo(StepWorkspaceTest::addressInAStep)).isNotEqualTo(own);
      assertThat(addressInAStep()).isEqualTo(own);
    } finally {
      StepWorkspace.release();
    }
  }

  @Test
  void nothingIsAttachedOutsideOfSteps() {
    try (StepWorkspace workspace = new StepWorkspace()) {
      assertThat(workspace.lendTo(StepWorkspaceTest::addressOfAnArray)).isZero();
      assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isNull();
    }
  }
}
