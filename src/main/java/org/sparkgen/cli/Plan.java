package org.sparkgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.AveragingConfig;
import org.sparkgen.config.AveragingPeriod;
import org.sparkgen.config.CheckpointConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.config.OuterConfig;
import org.sparkgen.config.RunConfig;
import org.sparkgen.config.Secrets;
import org.sparkgen.config.TrainingConfig;
import org.sparkgen.config.VaeGanConfig;

/** What a run is going to do, as far as its configuration tells. */
final class Plan {
  private Plan() {}

  /** One line a topic. */
  static List<String> of(RunConfig run) {
    List<String> lines = new ArrayList<>();
    lines.add("examples     " + examples(run.data()));
    lines.add("held out     " + run.data().heldOut().map(h -> h.path()).orElse("none"));
    lines.add("model        " + model(run.model(), run.data()));
    lines.add(
        "shards       %d, each with its own copy of the model and batches of %d"
            .formatted(run.data().shards(), run.training().batchSize()));
    lines.add("rounds       " + rounds(run.training()));
    lines.addAll(averaging(run.training().averaging()));
    lines.add("checkpoints  " + checkpoints(run.output().checkpoints()));
    lines.add(
        "output       %s, with %d samples".formatted(run.output().path(), run.output().samples()));
    return lines.stream().map(Secrets::maskUserInfo).toList();
  }

  private static String examples(DataConfig data) {
    String shape =
        data.image()
            .map(Plan::size)
            .orElseGet(() -> "rows of " + data.features().orElseThrow().count() + " numbers");
    return "%s (%s), %s".formatted(data.path(), Keyword.of(data.format()), shape);
  }

  private static String size(ImageConfig image) {
    return "images of %d x %d, channels: %d"
        .formatted(image.height(), image.width(), image.channels());
  }

  private static String model(ModelConfig model, DataConfig data) {
    NetworkConfig network = model.network();
    List<String> layers = new ArrayList<>();
    layers.add(Integer.toString(data.shape().size()));
    if (network.network() == NetworkConfig.Kind.CONV) {
      network.filters().forEach(filters -> layers.add("conv " + filters));
    }
    network.hidden().forEach(size -> layers.add(size.toString()));
    boolean variational = model instanceof AutoencoderConfig a && a.variational();
    if (model instanceof AutoencoderConfig) {
      layers.add((variational ? "2 x " : "") + model.latent());
      return Keyword.of(model.family()) + ", encoder " + arrows(layers) + ", decoder mirrored";
    }
    if (model instanceof ClassifierConfig) {
      layers.add(Integer.toString(model.classes()));
      return Keyword.of(model.family()) + " " + arrows(layers);
    }
    if (model instanceof VaeGanConfig) {
      String encoder = arrows(layers) + " -> 2 x " + model.latent();
      return "%s, encoder %s, decoder mirrored, discriminator %s -> %d"
          .formatted(Keyword.of(model.family()), encoder, arrows(layers), 1 + model.classes());
    }
    layers.add(Integer.toString(1 + model.classes()));
    return "%s, discriminator %s, generator mirrored from %d"
        .formatted(Keyword.of(model.family()), arrows(layers), model.latent());
  }

  private static String arrows(List<String> layers) {
    return layers.stream().collect(Collectors.joining(" -> "));
  }

  private static String checkpoints(CheckpointConfig checkpoints) {
    String when =
        checkpoints.every() == 1
            ? "after every round"
            : "after every %d rounds and the last one".formatted(checkpoints.every());
    return when + "; the newest %d stay".formatted(checkpoints.keep());
  }

  private static String rounds(TrainingConfig training) {
    AveragingConfig averaging = training.averaging();
    int warmup = Math.min(averaging.warmupEpochs(), training.epochs());
    List<String> stretches = new ArrayList<>();
    if (warmup > 0) {
      stretches.add(rounds(new AveragingPeriod(averaging.warmupEvery()), warmup));
    }
    if (warmup < training.epochs()) {
      stretches.add(rounds(averaging.every(), training.epochs() - warmup));
    }
    return String.join(", then ", stretches) + "; weights are averaged after each";
  }

  private static String rounds(AveragingPeriod every, int epochs) {
    return every.wholeEpoch()
        ? epochs + ", one an epoch"
        : "one every %d batches of a shard, over %d epochs".formatted(every.batches(), epochs);
  }

  /** What is done with averaged weights, if anything. */
  private static List<String> averaging(AveragingConfig averaging) {
    List<String> lines = new ArrayList<>();
    OuterConfig outer = averaging.outer();
    if (outer.learningRate() != 1 || outer.momentum() != 0) {
      lines.add(
          "outer steps  towards the mean, of rate %s with Nesterov momentum %s"
              .formatted(outer.learningRate(), outer.momentum()));
    }
    if (averaging.emaHalfLife() > 0) {
      lines.add(
          "published    a moving average of the weights, with a half-life of %s examples"
              .formatted(averaging.emaHalfLife()));
    }
    return lines;
  }
}
