package org.sparkgen.spark;

import java.util.Arrays;
import org.sparkgen.data.Batch;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.StepWorkspace;

/** A batch beside what a model makes of it, numbers of an example after those of the last. */
final class Reconstruction {
  private final float[] originals;
  private final float[] copies;
  private final int size;

  private Reconstruction(float[] originals, float[] copies, int size) {
    this.originals = originals;
    this.copies = copies;
    this.size = size;
  }

  /** Through the latent mean, by a model that is a {@link Reconstructor}. */
  static Reconstruction of(Trainable model, Batch batch) {
    float[] originals = Pixels.values(batch.examples());
    float[] copies =
        StepWorkspace.compute(() -> Pixels.values(((Reconstructor) model).reconstruct(batch)));
    return new Reconstruction(originals, copies, originals.length / batch.size());
  }

  /** An example in the model's range. */
  float[] original(int example) {
    return Arrays.copyOfRange(originals, example * size, (example + 1) * size);
  }

  /** What became of it, in the same range. */
  float[] copy(int example) {
    return Arrays.copyOfRange(copies, example * size, (example + 1) * size);
  }

  /** What became of all of them. */
  float[] copies() {
    return copies;
  }

  /** The mean squared difference of an example's numbers. */
  double squaredError(int example) {
    double sum = 0;
    for (int i = example * size; i < (example + 1) * size; i++) {
      double difference = (double) originals[i] - copies[i];
      sum += difference * difference;
    }
    return sum / size;
  }
}
