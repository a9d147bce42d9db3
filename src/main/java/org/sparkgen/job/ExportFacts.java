package org.sparkgen.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.RunConfig;
import org.sparkgen.config.VaeGanConfig;
import org.sparkgen.report.Versions;

/**
 * What an exported network says of itself: facts by name. Words are as a configuration has them;
 * numbers and lists are JSON.
 */
final class ExportFacts {
  private ExportFacts() {}

  /** A description for people. */
  static String sentence(String network, RunConfig config, PastModel model) {
    return "The %s of %s, a model of family %s, as of round %d"
        .formatted(
            network,
            config.run().name(),
            Keyword.of(config.model().family()),
            model.checkpoint().round());
  }

  /** The facts, the same for all networks of a model. */
  static Map<String, String> of(RunConfig config, PastModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("sparkgen", Versions.program());
    facts.put("run", config.run().name());
    facts.put("round", Integer.toString(model.checkpoint().round()));
    facts.put("weightsSha256", model.published().weightsSha256());
    putModel(facts, config.model());
    putExamples(facts, config.data(), config.model().pixelRange());
    ObjectNode preprocessing = PreprocessingFile.json(PreprocessingFile.in(model.checkpoint()));
    facts.put("classNames", preprocessing.path("classNames").toString());
    if (preprocessing.has("scaling")) {
      facts.put("shift", preprocessing.path("scaling").path("shift").toString());
      facts.put("scale", preprocessing.path("scaling").path("scale").toString());
    }
    return facts;
  }

  private static void putModel(Map<String, String> facts, ModelConfig model) {
    facts.put("family", Keyword.of(model.family()));
    facts.put("classes", Integer.toString(model.classes()));
    if (!(model instanceof ClassifierConfig)) {
      facts.put("latent", Integer.toString(model.latent()));
    }
    if (model instanceof AutoencoderConfig autoencoder) {
      facts.put("likelihood", Keyword.of(autoencoder.likelihood()));
      if (autoencoder.variational()) {
        facts.put("prior", Keyword.of(GanConfig.Prior.NORMAL));
      }
    } else if (model instanceof GanConfig gan) {
      facts.put("prior", Keyword.of(gan.prior()));
    } else if (model instanceof VaeGanConfig) {
      facts.put("prior", Keyword.of(GanConfig.Prior.NORMAL));
    }
  }

  private static void putExamples(Map<String, String> facts, DataConfig data, PixelRange range) {
    long[] shape = Arrays.stream(data.shape().batchOf(1)).skip(1).toArray();
    facts.put("exampleShape", Arrays.toString(shape));
    if (data.shape() instanceof ImageShape) {
      facts.put("pixelRange", interval(range));
      facts.put("binarize", Keyword.of(data.binarize()));
    }
  }

  private static String interval(PixelRange range) {
    return switch (range) {
      case UNIT -> "[0, 1]";
      case SIGNED -> "[-1, 1]";
    };
  }
}
