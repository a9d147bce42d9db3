package org.sparkgen.job;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.PixelRange;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Generator;
import org.sparkgen.model.OneHot;
import org.sparkgen.model.Sampler;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.LabelledGrid;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.Traversals;
import org.sparkgen.training.SampleChunks;

/**
 * What single latent dimensions change: each goes through its values while the others stay. The
 * dimensions that do most come first, at most ten.
 */
final class TraversalPictures {
  private static final int MOST_ROWS = 10;

  /** Without codes, so many dimensions are tried, each by two pictures. */
  private static final int MOST_TRIED = 256;

  /** Samples by which the prior's width is known. */
  private static final int DRAWN = 500;

  private static final long PRIOR_SEED = 0;

  private static final int REACH = 3;
  private static final int COLUMNS = 2 * REACH + 1;

  private final Generator generator;
  private final ImageShape image;
  private final PixelRange range;

  TraversalPictures(Generator generator, ImageShape image, PixelRange range) {
    this.generator = generator;
    this.image = image;
    this.range = range;
  }

  /**
   * Around the code of the first example, whose class a conditional model is told; a dimension is
   * as active as codes vary in it.
   */
  Traversals of(LatentCodes codes) {
    double[] activity = codes.variances();
    double[] mean = codes.distributions() ? new double[codes.size()] : codes.mean();
    double[] deviation =
        codes.distributions()
            ? ones(codes.size())
            : Arrays.stream(activity).map(Math::sqrt).toArray();
    int label = generator.classes() > 0 ? codes.labels()[0] : 0;
    return draw(
        new Centre(codes.code(0), mean, deviation, Double.POSITIVE_INFINITY, label),
        activity,
        ("One latent dimension a row, from -3 to 3 standard deviations of %s; the others stay where the first original is."
                + " The number is the variance of the dimension over %s examples: near 0, the model doesn't use it.")
            .formatted(
                codes.distributions() ? "the prior" : "the codes",
                String.format(Locale.ROOT, "%,d", codes.count())));
  }

  /** Around the first sample of a seed, as far as the prior reaches. */
  Traversals ofSamples(Sampler sampler, long seed) {
    float[] latent = Arrays.copyOf(sampler.inputs(seed, 0, 1), sampler.latentSize());
    return around(sampler, latent, 0, "where the first sample is");
  }

  /**
   * Around a latent vector, as far as the prior reaches.
   *
   * @param label class that a conditional model draws
   * @param where the vector is, for the caption
   */
  Traversals around(Sampler sampler, float[] latent, int label, String where) {
    int size = sampler.latentSize();
    float[] inputs = sampler.inputs(PRIOR_SEED, 0, DRAWN);
    double squares = 0;
    double reach = 0;
    for (int i = 0; i < inputs.length; i++) {
      double number = i % sampler.inputSize() < size ? inputs[i] : 0;
      squares += number * number;
      reach = Math.max(reach, Math.abs(number));
    }
    double[] deviations = new double[size];
    Arrays.fill(deviations, Math.sqrt(squares / ((double) DRAWN * size)));
    Centre centre = new Centre(latent, new double[size], deviations, reach, label);
    return draw(
        centre,
        changes(centre),
        ("One latent dimension a row, from -3 to 3 standard deviations of the prior, as far as it reaches; the others stay %s."
                + " The number is the mean change of a pixel from one end to the other, in grey values of 255: near 0, the model doesn't use the dimension.")
            .formatted(where));
  }

  /** From where dimensions are changed. */
  private static final class Centre {
    private final float[] latent;
    private final double[] mean;
    private final double[] deviation;
    private final double reach;
    private final int label;

    Centre(float[] latent, double[] mean, double[] deviation, double reach, int label) {
      this.latent = latent;
      this.mean = mean;
      this.deviation = deviation;
      this.reach = reach;
      this.label = label;
    }

    float[] with(int dimension, double deviations) {
      float[] changed = latent.clone();
      double value = mean[dimension] + deviations * deviation[dimension];
      changed[dimension] = (float) Math.max(-reach, Math.min(reach, value));
      return changed;
    }
  }

  private Traversals draw(Centre centre, double[] activity, String caption) {
    List<Integer> dimensions =
        IntStream.range(0, activity.length)
            .boxed()
            .sorted(Comparator.comparingDouble(d -> -activity[d]))
            .limit(MOST_ROWS)
            .toList();
    float[][] latents = new float[dimensions.size() * COLUMNS][];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = centre.with(dimensions.get(i / COLUMNS), i % COLUMNS - REACH);
    }
    Pictures drawn = Pictures.of(image, pixels(latents, centre.label));
    return new Traversals(
        new LabelledGrid(
            ImageGrid.rows(drawn, COLUMNS, ImageGrid.readableScale(image)),
            dimensions.stream()
                .map(d -> String.format(Locale.ROOT, "z%d  %.3g", d + 1, activity[d]))
                .toList(),
            IntStream.rangeClosed(-REACH, REACH).mapToObj(d -> d > 0 ? "+" + d : "" + d).toList()),
        caption);
  }

  /** Mean absolute difference of pixel bytes between a dimension's ends. */
  private double[] changes(Centre centre) {
    int tried = Math.min(MOST_TRIED, generator.latentSize());
    float[][] ends = new float[2 * tried][];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = centre.with(i / 2, i % 2 == 0 ? -REACH : REACH);
    }
    byte[] pixels = pixels(ends, centre.label);
    double[] changes = new double[tried];
    int size = image.size();
    for (int d = 0; d < tried; d++) {
      long sum = 0;
      for (int i = 0; i < size; i++) {
        sum +=
            Math.abs((pixels[2 * d * size + i] & 0xff) - (pixels[(2 * d + 1) * size + i] & 0xff));
      }
      changes[d] = (double) sum / size;
    }
    return changes;
  }

  private byte[] pixels(float[][] latents, int label) {
    byte[] all = new byte[Math.multiplyExact(latents.length, image.size())];
    for (int from = 0; from < latents.length; from += SampleChunks.SIZE) {
      int to = Math.min(latents.length, from + SampleChunks.SIZE);
      int size = generator.latentSize();
      float[] packed = new float[(to - from) * size];
      for (int i = from; i < to; i++) {
        System.arraycopy(latents[i], 0, packed, (i - from) * size, size);
      }
      float[] inputs = OneHot.append(packed, size, generator.classes(), row -> label);
      byte[] part = Pixels.of(SampleChunks.generate(generator, inputs), range);
      System.arraycopy(part, 0, all, from * image.size(), part.length);
    }
    return all;
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }
}
