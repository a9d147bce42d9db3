package org.sparkgen.nn;

import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.MirroringPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of one step: every array made while it is open comes from one buffer of this thread,
 * and is gone when it closes. Fresh native memory costs more than the arithmetic done in it.
 *
 * <p>What is computed must leave as Java numbers or arrays, or as a copy made by {@code detach()}.
 */
public final class StepWorkspace {
  private static final String NAME = "sparkgen-step";
  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .overallocationLimit(0.05)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyMirroring(MirroringPolicy.FULL)
          .policySpill(SpillPolicy.REALLOCATE)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .build();

  private StepWorkspace() {}

  /** Runs a step inside this thread's workspace. */
  public static void run(Runnable step) {
    compute(
        () -> {
          step.run();
          return 0;
        });
  }

  /** Computes a value that does not refer to the workspace's memory. */
  public static <T> T compute(Supplier<T> step) {
    MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, NAME);
    try {
      return step.get();
    } finally {
      workspace.close();
    }
  }

  /** Gives this thread's workspace memory back; to be called when a thread is done with steps. */
  public static void release() {
    MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
    if (workspaces.checkIfWorkspaceExists(NAME)) {
      workspaces.destroyWorkspace(workspaces.getWorkspaceForCurrentThread(CONFIGURATION, NAME));
    }
  }
}
