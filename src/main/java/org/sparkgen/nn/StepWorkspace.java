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
import org.nd4j.linalg.cpu.nativecpu.workspace.CpuWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of steps: every array made during one comes from one buffer, and is gone when the step
 * ends. Fresh native memory costs more than the arithmetic done in it.
 *
 * <p>A buffer belongs to whoever made it, and is used by one thread at a time; a thread that was
 * lent none has its own. What is computed must leave as Java numbers or arrays, or as a copy made
 * by {@code detach()}.
 */
public final class StepWorkspace implements AutoCloseable {
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
  private static final ThreadLocal<StepWorkspace> LENT = new ThreadLocal<>();

  private final CpuWorkspace memory = new CpuWorkspace(CONFIGURATION, NAME);

  /** A buffer that grows with the first step that uses it. */
  public StepWorkspace() {}

  /** Lets this thread's steps use this buffer until the work is done. */
  public <T> T lendTo(Supplier<T> work) {
    StepWorkspace before = LENT.get();
    LENT.set(this);
    try {
      return work.get();
    } finally {
      if (before == null) {
        LENT.remove();
      } else {
        LENT.set(before);
      }
    }
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    memory.destroyWorkspace(true);
  }

  /** Runs a step. */
  public static void run(Runnable step) {
    compute(
        () -> {
          step.run();
          return 0;
        });
  }

  /** Computes a value that does not refer to the step's memory. */
  public static <T> T compute(Supplier<T> step) {
    StepWorkspace lent = LENT.get();
    MemoryWorkspace workspace =
        lent == null
            ? Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, NAME)
            : lent.memory.notifyScopeEntered();
    try {
      return step.get();
    } finally {
      workspace.close();
    }
  }

  /** Gives the memory of this thread's own buffer back. */
  public static void release() {
    MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
    if (workspaces.checkIfWorkspaceExists(NAME)) {
      workspaces.destroyWorkspace(workspaces.getWorkspaceForCurrentThread(CONFIGURATION, NAME));
    }
  }
}
