package org.sparkgen.config;

import java.util.List;
import java.util.Optional;

/**
 * The examples to learn from. Exactly one of {@code image} and {@code features} is present.
 *
 * @param path file, folder or glob on any Hadoop file system
 * @param format how the bytes at {@code path} are to be read
 * @param labels the label file of an IDX image file
 * @param column the Parquet column, or the first of the CSV columns, that holds the example
 * @param labelColumn the Parquet or CSV column that holds an integer label
 * @param shards K, the number of logical shards, each of which trains a copy of the model
 * @param image the shape that every image is converted to
 * @param features the size and scaling of numeric rows
 * @param maxRejectedFraction the share of listed examples that may be unreadable, 0 to 1
 * @param binarize whether grey pixels become black or white
 * @param excludedClasses names or numbers of classes that are left out
 * @param heldOut examples that are never trained on, for held-out metrics
 */
public record DataConfig(
    @Doc("File, folder or glob on any Hadoop path (local, hdfs://, s3a://).") String path,
    @Doc("How to read the path.") DataFormat format,
    @Doc("Label file (IDX, .gz or not) of an IDX image file.") Optional<String> labels,
    @Doc("Parquet: the column with image bytes, an image struct or a numeric vector.")
        @Default("image")
        String column,
    @Doc("Parquet and CSV: the column with an integer label.") Optional<String> labelColumn,
    @Doc(
            "K, the number of logical shards. Each trains its own copy between averagings. Results"
                + " depend on K, never on the number of executors.")
        @Default("4")
        @Within(min = 1, max = 100_000)
        int shards,
    @Doc("Shape that every image is converted to.") Optional<ImageConfig> image,
    @Doc("Size and scaling of numeric rows, in place of image.") Optional<FeaturesConfig> features,
    @Doc("Share of listed examples that may be unreadable before the run stops with code 3.")
        @Default("0.01")
        @Within(min = 0, max = 1)
        double maxRejectedFraction,
    @Doc(
            "Names or numbers of classes that are left out, of held-out examples too: what a model"
                + " has not seen, its anomaly scores find.")
        @Default("[]")
        List<String> excludedClasses,
    @Doc("Whether grey pixels become black or white.") @Default("none") Binarization binarize,
    @Doc("Examples that are never trained on, for held-out metrics.")
        Optional<HeldOutConfig> heldOut) {

  public DataConfig {
    excludedClasses = List.copyOf(excludedClasses);
  }

  /** The shape of one example as the model sees it. */
  public ExampleShape shape() {
    return image
        .<ExampleShape>map(i -> new ImageShape(i.channels(), i.height(), i.width()))
        .orElseGet(() -> new VectorShape(features.orElseThrow().count()));
  }

  /** Whether grey pixels become black or white. */
  public enum Binarization {
    /** They stay grey. */
    NONE,
    /**
     * White with the probability of their value: drawn anew in every epoch of training, and once
     * for all, the same in all runs, for evaluation.
     */
    DYNAMIC
  }

  /** The held-out examples as data of their own; there must be some. */
  public DataConfig ofHeldOut() {
    HeldOutConfig other = heldOut.orElseThrow();
    return new DataConfig(
        other.path(),
        format,
        other.labels(),
        column,
        labelColumn,
        shards,
        image,
        features,
        maxRejectedFraction,
        excludedClasses,
        binarize,
        Optional.empty());
  }
}
