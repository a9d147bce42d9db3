package org.sparkgen.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Generator;
import org.sparkgen.model.OneHot;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.model.SampleChoice;
import org.sparkgen.model.Sampler;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.Png;
import org.sparkgen.report.Traversals;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunBatches;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.SampleChunks;
import org.sparkgen.training.Seeds;

/** Pictures that the driver draws from a model; all empty for numeric rows. */
final class ModelPictures {
  private static final String PURPOSE = "grid";
  private static final int INTERPOLATIONS = 8;
  private static final int STEPS = 10;
  private static final int PAIR_COLUMNS = 8;
  private static final int MOST_COLUMNS = 20;

  private final RunConfig config;
  private final String configuration;

  ModelPictures(RunConfig config, String configuration) {
    this.config = config;
    this.configuration = configuration;
  }

  /** The first samples of the run's seed; empty if the family can't sample. */
  Optional<Pictures> samples(Snapshot snapshot, int count) {
    return samples(snapshot, count, sampleSeed(config), SampleChoice.all());
  }

  /** The first samples of a seed and a choice; empty if the family can't sample. */
  Optional<Pictures> samples(Snapshot snapshot, int count, long seed, SampleChoice choice) {
    return count == 0
        ? Optional.empty()
        : draw(
            snapshot,
            Sampler.class,
            (image, sampler) ->
                Pictures.of(
                    image,
                    SampleChunks.pixels(
                        sampler, config.model().pixelRange(), seed, count, choice)));
  }

  /** The seed of the samples that a run shows and writes. */
  static long sampleSeed(RunConfig config) {
    return Seeds.samples(config.run().seed(), PURPOSE, 0);
  }

  /**
   * Samples in a grid about as wide as high; of a conditional model, a column per class or, of many
   * classes, one after the other.
   */
  Png grid(Pictures samples) {
    int classes = config.model().classes();
    return classes > 0 && classes <= MOST_COLUMNS
        ? ImageGrid.grid(samples, classes, ImageGrid.readableScale(samples.shape()))
        : ImageGrid.square(samples);
  }

  /**
   * Originals above their reconstructions; empty if the family can't reconstruct. Originals are as
   * the model sees them: drawn black and white where the run's configuration says so.
   */
  Optional<Png> reconstructions(Snapshot snapshot, ExampleBlock shown) {
    return draw(
        snapshot,
        Reconstructor.class,
        (image, reconstructor) -> pairs(image, reconstructor, shown));
  }

  private Png pairs(ImageShape image, Reconstructor reconstructor, ExampleBlock shown) {
    Batch batch = RunBatches.inOneBatch(config, shown);
    float[] values = StepWorkspace.compute(() -> Pixels.values(reconstructor.reconstruct(batch)));
    return ImageGrid.pairs(
        pictures(image, Pixels.values(batch.examples())),
        pictures(image, values),
        PAIR_COLUMNS,
        ImageGrid.readableScale(image));
  }

  private Pictures pictures(ImageShape image, float[] values) {
    return Pictures.of(image, Pixels.of(values, config.model().pixelRange()));
  }

  /**
   * Paths through the latent space: between the codes of two examples where the family can encode,
   * otherwise between two samples of the prior; empty if there are not two ends. A conditional
   * model draws path i in class i.
   */
  Optional<Png> interpolations(Snapshot snapshot, ExampleBlock shown) {
    return draw(snapshot, Generator.class, (image, generator) -> paths(image, generator, shown))
        .flatMap(Function.identity());
  }

  private Optional<Png> paths(ImageShape image, Generator generator, ExampleBlock shown) {
    int size = generator.latentSize();
    float[] ends = ends(generator, shown);
    int paths = Math.min(INTERPOLATIONS, ends.length / size / 2);
    if (paths == 0) {
      return Optional.empty();
    }
    float[] latents = new float[paths * STEPS * size];
    for (int path = 0; path < paths; path++) {
      float[] from = Arrays.copyOfRange(ends, 2 * path * size, (2 * path + 1) * size);
      float[] to = Arrays.copyOfRange(ends, (2 * path + 1) * size, (2 * path + 2) * size);
      float[] points = Interpolation.path(config.model(), from, to, STEPS);
      System.arraycopy(points, 0, latents, path * points.length, points.length);
    }
    int classes = generator.classes();
    float[] inputs =
        OneHot.append(latents, size, classes, point -> OneHot.classOf(point / STEPS, classes));
    Pictures points = pictures(image, SampleChunks.generate(generator, inputs));
    return Optional.of(ImageGrid.rows(points, STEPS, ImageGrid.readableScale(image)));
  }

  private float[] ends(Generator generator, ExampleBlock shown) {
    if (generator instanceof Encoder encoder) {
      Batch batch = RunBatches.inOneBatch(config, shown);
      return encoder.encode(batch).means();
    }
    int width = generator.inputSize();
    float[] inputs = ((Sampler) generator).inputs(sampleSeed(config), 0, 2 * INTERPOLATIONS);
    float[] ends = new float[2 * INTERPOLATIONS * generator.latentSize()];
    for (int end = 0; end < 2 * INTERPOLATIONS; end++) {
      System.arraycopy(
          inputs, end * width, ends, end * generator.latentSize(), generator.latentSize());
    }
    return ends;
  }

  /**
   * Codes of examples; empty if the family can't encode, or places some at infinity.
   *
   * @param examples are fetched only for a family that encodes
   */
  Optional<LatentCodes> codes(Snapshot snapshot, Supplier<ExampleBlock> examples) {
    return use(snapshot, Encoder.class, encoder -> LatentCodes.of(encoder, config, examples.get()))
        .filter(LatentCodes::finite);
  }

  /**
   * What single latent dimensions change: around the first of some codes, or where there are none
   * around the first sample; empty if the family can neither encode nor sample.
   */
  Optional<Traversals> traversals(Snapshot snapshot, Optional<LatentCodes> codes) {
    return draw(
            snapshot,
            Generator.class,
            (image, generator) -> {
              TraversalPictures drawing =
                  new TraversalPictures(generator, image, config.model().pixelRange());
              return codes
                  .map(drawing::of)
                  .or(
                      () ->
                          generator instanceof Sampler sampler
                              ? Optional.of(drawing.ofSamples(sampler, sampleSeed(config)))
                              : Optional.empty());
            })
        .flatMap(Function.identity());
  }

  /** Draws with a model that has the capability, if the examples are images. */
  private <C, T> Optional<T> draw(
      Snapshot snapshot, Class<C> capability, BiFunction<ImageShape, C, T> drawing) {
    return config.data().shape() instanceof ImageShape image
        ? use(snapshot, capability, model -> drawing.apply(image, model))
        : Optional.empty();
  }

  /** Uses a model, if it has the capability. */
  private <C, T> Optional<T> use(Snapshot snapshot, Class<C> capability, Function<C, T> using) {
    return RunModels.borrow(
        configuration,
        model -> {
          ModelState.load(snapshot, model);
          return capability.isInstance(model)
              ? Optional.of(using.apply(capability.cast(model)))
              : Optional.empty();
        });
  }
}
