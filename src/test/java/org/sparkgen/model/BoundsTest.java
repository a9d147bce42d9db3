package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.Family;
import org.sparkgen.config.Likelihood;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.evaluation.LogMeanExponential;
import org.sparkgen.loss.ReconstructionLoss;
import org.sparkgen.loss.RowLikelihood;
import org.sparkgen.model.EvidenceBound.KlWeight;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.ElementwiseFunction;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.ModelState;

/** How the objectives of VAEs relate to each other. */
class BoundsTest {
  private static final int LATENT = 2;
  private static final int PIXELS = 6;

  static Stream<NetworkConfig> networks() {
    return ModelFixtures.networks();
  }

  @AfterAll
  static void release() {
    StepWorkspace.release();
  }

  private static ReconstructionLoss loss() {
    return new ReconstructionLoss(Likelihood.BERNOULLI);
  }

  private static RowLikelihood rows() {
    return new RowLikelihood(
        Likelihood.BERNOULLI,
        ElementwiseFunction.softplus()::inPlace,
        ElementwiseFunction.sigmoid()::inPlace);
  }

  /** Over many draws, the divergence that is sampled is the one that is integrated. */
  @Test
  void withOneSampleTheImportanceWeightedBoundIsTheEvidenceBoundInExpectation() {
    int count = 40_000;
    INDArray encoded = Nd4j.createUninitialized(DataType.DOUBLE, count, 2 * LATENT);
    double[] distribution = {0.7, -0.4, Math.log(0.5), Math.log(1.3)};
    for (int i = 0; i < distribution.length; i++) {
      encoded.getColumn(i).assign(distribution[i]);
    }
    double[] noise = new double[count * LATENT];
    new Normals(4).fill(noise, 0, noise.length);
    LatentGaussian latent = new LatentGaussian(DataType.DOUBLE, LATENT, encoded(encoded), noise);
    INDArray raw = latent.samples().mmul(Nd4j.rand(DataType.DOUBLE, LATENT, PIXELS)).dup('c');
    INDArray target = Nd4j.rand(DataType.DOUBLE, count, PIXELS);
    for (double beta : new double[] {1, 0.3}) {
      double sampled =
          new ImportanceWeightedBound(rows(), raw, target, latent, beta)
              .report()
              .means()
              .get("loss");
      Map<String, Double> integrated =
          new EvidenceBound(loss(), raw, target, Optional.of(latent), new KlWeight(beta, 0))
              .report()
              .means();

      assertThat(integrated.get("kl")).isGreaterThan(0.3);
      assertThat(sampled).isEqualTo(integrated.get("loss"), within(0.015));
    }
  }

  private static double[] encoded(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  /** With so little weight on the divergence that the distributions are far from the posterior. */
  private static AutoencoderModel trained(NetworkConfig network) {
    AutoencoderConfig config = ModelFixtures.autoencoder(Family.BETA_VAE, network, "beta=0.01");
    AutoencoderModel model = (AutoencoderModel) ModelFixtures.create(config, DataType.FLOAT);
    model.startRound(0, 0, 9);
    for (int i = 0; i < 100; i++) {
      Batch batch = batch(config, i % 4);
      StepWorkspace.run(() -> model.step(batch, Reporting.NONE));
    }
    return model;
  }

  private static Batch batch(AutoencoderConfig config, int number) {
    return ModelFixtures.batch(config, 8, number);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void moreSamplesMakeTheBoundTighter(NetworkConfig network) {
    AutoencoderModel model = trained(network);
    double before = meanLoss(network, model, 1);
    for (int samples : new int[] {2, 5, 20}) {
      double loss = meanLoss(network, model, samples);
      assertThat(loss).as("%d samples", samples).isLessThan(before);
      before = loss;
    }
    Batch batch = batch(ModelFixtures.autoencoder(Family.VAE, network), 1);
    LogMeanExponential logLikelihood = new LogMeanExponential(batch.size());
    ((LikelihoodEstimator) model).logWeights(batch, 3000, place -> place, logLikelihood::add);

    assertThat(before)
        .isGreaterThan(-Arrays.stream(logLikelihood.values()).average().orElseThrow());
  }

  /** Of the same weights, over several draws. */
  private static double meanLoss(NetworkConfig network, AutoencoderModel weights, int samples) {
    AutoencoderConfig config =
        ModelFixtures.autoencoder(Family.VAE, network, "importanceSamples=" + samples);
    AutoencoderModel model = (AutoencoderModel) ModelFixtures.create(config, DataType.FLOAT);
    ModelState.load(ModelState.snapshot(weights), model);
    Batch batch = batch(config, 1);
    double sum = 0;
    for (int seed = 0; seed < 60; seed++) {
      long noise = seed;
      sum += StepWorkspace.compute(() -> model.evaluate(batch, noise)).means().get("loss");
    }
    return sum / 60;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void belowTheFreeBitsTheDivergenceCostsTheSameAndMovesNothing(NetworkConfig network) {
    double free = 50;
    AutoencoderModel model = fresh(network, Family.VAE, "freeBits=" + free);
    AutoencoderModel unweighted = fresh(network, Family.BETA_VAE, "beta=0");
    Batch batch = batch(ModelFixtures.autoencoder(Family.VAE, network), 1);
    Map<String, Double> means =
        StepWorkspace.compute(() -> model.step(batch, Reporting.LOSSES)).means();
    StepWorkspace.run(() -> unweighted.step(batch, Reporting.NONE));

    assertThat(ModelState.snapshot(model).stateSha256())
        .isEqualTo(ModelState.snapshot(unweighted).stateSha256());
    assertThat(means.get("kl")).isLessThan(free).isGreaterThan(0);
    assertThat(means.get("loss"))
        .isEqualTo(means.get("reconstruction") + ModelFixtures.LATENT * free, within(1e-9));
    assertThat(means.get("negativeElbo"))
        .isEqualTo(means.get("reconstruction") + means.get("kl"), within(1e-9));
  }

  private static AutoencoderModel fresh(NetworkConfig network, Family family, String... overrides) {
    AutoencoderModel model =
        (AutoencoderModel)
            ModelFixtures.create(
                ModelFixtures.autoencoder(family, network, overrides), DataType.FLOAT);
    model.startRound(0, 0, 5);
    return model;
  }

  /** Else the gradient check of the fixture would see only one of the two cases. */
  @Test
  void theFixtureHasDimensionsAboveAndBelowItsFreeBits() {
    for (NetworkConfig network : ModelFixtures.networks().toList()) {
      AutoencoderModel model =
          (AutoencoderModel)
              ModelFixtures.create(
                  ModelFixtures.autoencoder(
                      Family.VAE, network, "freeBits=" + ModelFixtures.FREE_BITS),
                  DataType.DOUBLE);
      INDArray x = Nd4j.rand(DataType.DOUBLE, ModelFixtures.SHAPE.batchOf(5));
      INDArray noise = Nd4j.zeros(DataType.DOUBLE, 5, ModelFixtures.LATENT);
      double[] kl =
          new LatentGaussian(model.nets().get("encoder").forward(x, Mode.TRAINING), noise)
              .klByDimension();

      assertThat(Arrays.stream(kl).min().orElseThrow()).isLessThan(ModelFixtures.FREE_BITS);
      assertThat(Arrays.stream(kl).max().orElseThrow()).isGreaterThan(ModelFixtures.FREE_BITS);
    }
  }
}
