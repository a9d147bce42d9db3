package org.sparkgen.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;
import org.sparkgen.config.Family;
import org.sparkgen.config.Keyword;

/** The params of a training. */
final class FitParams implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FEWEST = 1;

  private final Identifiable parent;
  final Param<String> config;
  final Param<String> family;
  final IntParam latent;
  final IntParam epochs;
  final IntParam batchSize;
  final DoubleParam learningRate;
  final IntParam shards;
  final LongParam seed;
  final IntParam height;
  final IntParam width;
  final IntParam channels;
  final Param<String> validationIndicatorCol;
  final Param<String> outputPath;

  FitParams(Identifiable parent) {
    this.parent = parent;
    this.config =
        text(
            "config",
            "configuration in HOCON, as the command train reads it, for all that has no param of its own; params that are set win");
    this.family = new Param<>(parent, "family", families(), ParamValidators.inArray(words()));
    this.latent = count("latent", "size of the latent vector (model.latent)");
    this.epochs =
        count("epochs", "passes over the training rows (training.epochs); 20 if not said");
    this.batchSize = count("batchSize", "examples per update of one shard (training.batchSize)");
    this.learningRate =
        new DoubleParam(
            parent,
            "learningRate",
            "step size, above 0 (training.optimizer.learningRate)",
            ParamValidators.gt(0));
    this.shards =
        count(
            "shards",
            "K, the number of logical shards (data.shards); results depend on it, never on the number of executors or partitions");
    this.seed = new LongParam(parent, "seed", "the one source of all randomness (run.seed)");
    this.height =
        count("height", "rows of pixels that images are converted to (data.image.height)");
    this.width =
        count("width", "columns of pixels that images are converted to (data.image.width)");
    this.channels =
        count(
            "channels",
            "1 (grey), 3 (RGB) or 4 (RGB and alpha); 1 if not said (data.image.channels)");
    this.validationIndicatorCol =
        text(
            "validationIndicatorCol",
            "boolean column, true in the rows that are held out to measure the model on");
    this.outputPath =
        text(
            "outputPath",
            "folder for checkpoints, report and networks, on any Hadoop path: the same fit goes on from there after a failure; without it a temporary folder, deleted at the end");
  }

  private static String families() {
    return "model family (model.family); vae if not said: one of " + String.join(", ", words());
  }

  private static List<String> words() {
    return Arrays.stream(Family.values()).map(Keyword::of).toList();
  }

  private Param<String> text(String name, String doc) {
    return new Param<>(parent, name, doc);
  }

  private IntParam count(String name, String doc) {
    return new IntParam(parent, name, doc + "; at least 1", ParamValidators.gtEq(FEWEST));
  }
}
