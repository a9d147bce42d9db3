package org.sparkgen.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.loss.ReconstructionLoss;

/**
 * The mean over a batch of {@code -log p(x|z) + w KL(q(z|x) || N(0, I))} with one sample z per
 * example; without latent distributions, of the first term.
 *
 * <p>With free bits, the second term is w times the sum over latent dimensions of {@code max(free
 * bits, mean KL of the dimension)} (Kingma et al. 2016, appendix C.8).
 */
final class EvidenceBound implements LatentObjective {
  private final ReconstructionLoss loss;
  private final INDArray raw;
  private final INDArray target;
  private final Optional<LatentGaussian> latent;
  private final KlWeight weight;

  /**
   * The bound at a batch.
   *
   * @param raw the decoder's raw output, in the shape of the target
   * @param latent the distributions; empty for a plain autoencoder
   */
  EvidenceBound(
      ReconstructionLoss loss,
      INDArray raw,
      INDArray target,
      Optional<LatentGaussian> latent,
      KlWeight weight) {
    this.loss = loss;
    this.raw = raw;
    this.target = target;
    this.latent = latent;
    this.weight = weight;
  }

  private long count() {
    return target.size(0);
  }

  @Override
  public StepReport report() {
    double reconstruction = loss.value(raw, target) / count();
    if (latent.isEmpty()) {
      return new StepReport(Map.of("loss", reconstruction, "reconstruction", reconstruction));
    }
    double kl = latent.get().kl() / count();
    double penalty = weight.beta() * (kl + unpaid(latent.get()));
    return StepReport.ofBound(reconstruction + penalty, reconstruction, kl);
  }

  /** What the dimensions below the free bits are counted above their divergence. */
  private double unpaid(LatentGaussian distributions) {
    return weight.freeBits() == 0
        ? 0
        : Arrays.stream(distributions.klByDimension())
            .map(kl -> Math.max(0, weight.freeBits() - kl))
            .sum();
  }

  @Override
  public INDArray errorInPlace() {
    return loss.gradientInPlace(raw, target, 1.0 / count());
  }

  @Override
  public INDArray encodedError(INDArray inputError) {
    return latent.map(some -> some.backward(inputError, klWeights(some))).orElse(inputError);
  }

  private double[] klWeights(LatentGaussian distributions) {
    double[] weights = new double[distributions.size()];
    Arrays.fill(weights, 1.0 / count() * weight.beta());
    if (weight.freeBits() > 0) {
      double[] kl = distributions.klByDimension();
      for (int i = 0; i < kl.length; i++) {
        weights[i] = kl[i] < weight.freeBits() ? 0 : weights[i];
      }
    }
    return weights;
  }

  /**
   * How the divergence counts.
   *
   * @param beta what it is multiplied with
   * @param freeBits nats per dimension that cannot be saved
   */
  record KlWeight(double beta, double freeBits) {}
}
