package org.sparkgen.model;

import static org.sparkgen.model.ModelFactory.CLASSIFIER;
import static org.sparkgen.model.ModelFactory.DECODER;
import static org.sparkgen.model.ModelFactory.DISCRIMINATOR;
import static org.sparkgen.model.ModelFactory.ENCODER;
import static org.sparkgen.model.ModelFactory.GENERATOR;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.OnnxGraph;
import org.sparkgen.nn.OnnxNet;
import org.sparkgen.nn.OnnxValue;

/**
 * The networks of a model as users outside of this program want them: in ONNX, with named inputs
 * and outputs, of which each is a row or an image per example.
 *
 * <ul>
 *   <li>encoder: {@code example} to {@code mean} and {@code logVariance}, of a plain autoencoder to
 *       {@code latent};
 *   <li>decoder and generator: {@code latent}, and {@code class} if there are classes, to {@code
 *       example};
 *   <li>discriminator: {@code example}, and {@code class} if there are classes, to {@code score}
 *       and {@code features};
 *   <li>classifier: {@code example} to {@code probabilities} and {@code features}.
 * </ul>
 */
public final class OnnxNetworks {
  private static final String EXAMPLE = "example";
  private static final String LATENT = "latent";
  private static final String CLASS = "class";

  /** All but what is left for the graph beside the parameters. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  private final ModelConfig config;
  private final ExampleShape shape;

  private OnnxNetworks(ModelConfig config, ExampleShape shape) {
    this.config = config;
    this.shape = shape;
  }

  /**
   * Network name to its graph, with the model's present weights.
   *
   * @param config the configuration of the model
   * @param shape of its examples
   * @throws JobException USAGE if a network is too large for a file
   */
  public static Map<String, OnnxGraph> of(Trainable model, ModelConfig config, ExampleShape shape) {
    OnnxNetworks networks = new OnnxNetworks(config, shape);
    Map<String, OnnxGraph> graphs = new LinkedHashMap<>();
    model.nets().forEach((name, net) -> requireFits(name, net.parameterCount()));
    model.nets().forEach((name, net) -> graphs.put(name, networks.graph(name, net)));
    return graphs;
  }

  /**
   * Refuses a network that one file can't hold: the length of a Protocol Buffers message is a
   * signed number of 32 bits.
   *
   * @param parameters of the network
   * @throws JobException USAGE
   */
  static void requireFits(String name, long parameters) {
    long bytes = parameters * Float.BYTES;
    if (bytes > MOST_BYTES) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot export the %s: its %,d parameters take %.2f GiB, but an ONNX file ends at 2 GiB; load artifacts/%s.zip with Deeplearning4j instead, or train a smaller network (model.hidden, model.filters)"
              .formatted(name, parameters, (double) bytes / (1L << 30), name));
    }
  }

  private OnnxGraph graph(String name, Net net) {
    OnnxGraph graph = new OnnxGraph(name);
    switch (name) {
      case ENCODER -> encoder(graph, net);
      case DECODER, GENERATOR -> outwards(graph, net);
      case DISCRIMINATOR -> discriminator(graph, net);
      case CLASSIFIER -> classifier(graph, net);
      default -> throw new IllegalArgumentException("no network is called " + name);
    }
    return graph;
  }

  private void encoder(OnnxGraph graph, Net net) {
    OnnxValue codes = new OnnxNet(graph, net, example(graph)).output();
    if (config instanceof AutoencoderConfig autoencoder && !autoencoder.variational()) {
      graph.output(LATENT, "latent vectors", codes);
      return;
    }
    List<OnnxValue> halves = graph.split(codes, config.latent());
    graph.output("mean", "means of the latent vectors", halves.get(0));
    graph.output("logVariance", "logarithms of their variances", halves.get(1));
  }

  private void outwards(OnnxGraph graph, Net net) {
    OnnxValue latent = graph.input(LATENT, latents(), List.of((long) config.latent()));
    OnnxValue input = config.classes() == 0 ? latent : graph.concatenation(latent, classes(graph));
    OnnxValue output = new OnnxNet(graph, net, input).output();
    graph.output(EXAMPLE, numbers(), graph.reshape(output, exampleShape()));
  }

  /** A class chooses its output by the product with its one-hot vector: see {@link Logits}. */
  private void discriminator(OnnxGraph graph, Net net) {
    OnnxNet judge = new OnnxNet(graph, net, example(graph));
    OnnxValue score = judge.output();
    if (config.classes() > 0) {
      List<OnnxValue> parts = graph.split(score, 1);
      score = graph.sum(parts.get(0), graph.product(parts.get(1), classes(graph)));
    }
    graph.output("score", "raw scores, higher for real examples", score);
    features(graph, judge);
  }

  private void classifier(OnnxGraph graph, Net net) {
    OnnxNet classifier = new OnnxNet(graph, net, example(graph));
    graph.output(
        "probabilities", "probabilities of the classes", graph.softmax(classifier.output()));
    features(graph, classifier);
  }

  private static void features(OnnxGraph graph, OnnxNet net) {
    graph.output("features", "what the last dense layer is given", net.features());
  }

  private OnnxValue example(OnnxGraph graph) {
    return graph.input(EXAMPLE, numbers(), exampleShape());
  }

  private OnnxValue classes(OnnxGraph graph) {
    return graph.input(
        CLASS, "1 at the number of the class, 0 elsewhere", List.of((long) config.classes()));
  }

  private List<Long> exampleShape() {
    return Arrays.stream(shape.batchOf(1)).skip(1).boxed().toList();
  }

  private String numbers() {
    if (!(shape instanceof ImageShape)) {
      return "rows of scaled numbers";
    }
    String range = config.pixelRange() == PixelRange.UNIT ? "0 to 1" : "-1 to 1";
    return "images of channels, rows and columns, pixels from " + range;
  }

  private String latents() {
    if (config instanceof AutoencoderConfig autoencoder && !autoencoder.variational()) {
      return "latent vectors, as the encoder gives them";
    }
    boolean uniform = config instanceof GanConfig gan && gan.prior() == GanConfig.Prior.UNIFORM;
    return "latent vectors; of new examples "
        + (uniform ? "uniform from -1 to 1" : "standard normal");
  }
}
