package org.sparkgen.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.nn.Kernel.InputError;

/**
 * One DL4J network with its name: configuration, flat parameters, flat gradients and optimizer are
 * DL4J's; forward and backward passes are computed by {@link Kernel}s over views of them.
 *
 * <p>Inputs are {@code [N,F]} or {@code [N,C,H,W]} in C order. Passes belong inside a {@link
 * StepWorkspace}, one thread at a time. Not thread-safe.
 */
public final class Net {
  private final NetDefinition definition;
  private final MultiLayerNetwork network;
  private final INDArray parameters;
  private final INDArray gradients;
  private final INDArray flatGradients;
  private final WeightGradients weightGradients;
  private final MultiLayerUpdater updater;
  private final UpdatePass pass;
  private final List<Kernel> kernels;
  private final List<StatisticsRange> statistics;
  private final Optional<SpectralNorm> spectral;
  private final int lastDense;
  private INDArray features;
  private int iteration;
  private double rateFactor = 1;

  Net(NetDefinition definition) {
    this.definition = definition;
    network = new MultiLayerNetwork(definition.layers());
    network.init();
    network.initGradientsView();
    parameters = network.params().reshape(network.params().length());
    gradients = network.getFlattenedGradients();
    flatGradients = gradients.reshape(gradients.length());
    updater = (MultiLayerUpdater) network.getUpdater();
    weightGradients = new WeightGradients(updater, flatGradients);
    Gradient gradientTable = new DefaultGradient(gradients);
    pass =
        AdamPass.covers(updater)
            ? AdamPass.of(updater, parameters, flatGradients)
            : new StockPass(network, gradientTable, parameters, flatGradients);
    spectral =
        switch (definition.normalization()) {
          case NONE -> Optional.empty();
          case SPECTRAL -> Optional.of(new SpectralNorm());
        };
    kernels = new ArrayList<>();
    statistics = new ArrayList<>();
    bindLayers(gradientTable);
    lastDense = IntStream.range(0, kernels.size()).filter(this::isDense).max().orElseThrow();
  }

  private boolean isDense(int kernel) {
    return kernels.get(kernel) instanceof DenseKernel;
  }

  /** Gives every layer's kernel its views into the flat parameters and gradients. */
  private void bindLayers(Gradient gradientTable) {
    long offset = 0;
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      long length = layer.numParams();
      LayerViews views = LayerViews.of(layer, slice(gradients, offset, length));
      String layerPrefix = i + "_";
      views
          .gradients()
          .forEach((key, view) -> gradientTable.setGradientFor(layerPrefix + key, view));
      LayerViews used = spectral.map(norm -> norm.normalized(views)).orElse(views);
      kernels.addAll(
          KernelFactory.kernels(
              network.getLayerWiseConfigurations().getInputPreProcess(i), layer, used));
      if (layer.conf().getLayer() instanceof BatchNormalization norm) {
        int features = Math.toIntExact(norm.getNOut());
        int mean = Math.toIntExact(offset) + 2 * features;
        statistics.add(new StatisticsRange(mean, mean + features, features));
      }
      offset += length;
    }
  }

  private static INDArray slice(INDArray flat, long offset, long length) {
    return length == 0
        ? null
        : flat.reshape(flat.length()).get(NDArrayIndex.interval(offset, offset + length));
  }

  /** The role of the network: encoder, decoder, generator or discriminator. */
  public String name() {
    return definition.name();
  }

  /**
   * The raw output, {@code [N,F]} or {@code [N,C,H,W]}.
   *
   * @param input {@code [N, inputShape]} or any shape with the same numbers per example
   */
  public INDArray forward(INDArray input, Mode mode) {
    spectral.ifPresent(SpectralNorm::prepare);
    INDArray x = input.reshape('c', withCount(input.size(0)));
    for (int i = 0; i < kernels.size(); i++) {
      if (i == lastDense) {
        features = x;
      }
      x = kernels.get(i).forward(x, mode);
    }
    return x;
  }

  /**
   * The input of the last dense layer in the latest forward pass, of either mode: the activations
   * of the last hidden layer of an encoder, discriminator or classifier; without hidden layers, the
   * network's input. Nothing overwrites them before the step ends.
   *
   * @return {@code [N,F]}, not to be changed
   */
  public INDArray features() {
    return features;
  }

  /** Numbers per example in {@link #features}. */
  public int featureCount() {
    return ((DenseKernel) kernels.get(lastDense)).inputs();
  }

  private long[] withCount(long count) {
    List<Long> shape = definition.inputShape();
    long[] result = new long[shape.size() + 1];
    result[0] = count;
    for (int i = 0; i < shape.size(); i++) {
      result[i + 1] = shape.get(i);
    }
    return result;
  }

  /**
   * Propagates the error of the latest training-mode pass to the input. May be repeated with other
   * errors.
   *
   * @param error gradient of the objective in the raw output, in its shape; overwritten
   * @param mode what becomes of the parameters' gradients
   * @return gradient in the input, in the network's input shape
   */
  public INDArray backward(INDArray error, ParameterGradients mode) {
    return backward(error, Optional.empty(), mode, InputError.NEEDED);
  }

  /**
   * As {@link #backward(INDArray, ParameterGradients)} for an objective that also depends on the
   * {@link #features} themselves.
   *
   * @param featureError gradient of that part of the objective in the features, {@code [N,F]}; not
   *     changed
   */
  public INDArray backward(INDArray error, INDArray featureError, ParameterGradients mode) {
    return backward(error, Optional.of(featureError), mode, InputError.NEEDED);
  }

  /**
   * As {@link #backward(INDArray, ParameterGradients)}, without computing the error at the input.
   */
  public void backwardToParameters(INDArray error, ParameterGradients mode) {
    backward(error, Optional.empty(), mode, InputError.UNUSED);
  }

  private INDArray backward(
      INDArray error,
      Optional<INDArray> featureError,
      ParameterGradients mode,
      InputError atInput) {
    spectral.ifPresent(norm -> norm.backwardBegins(mode));
    INDArray e = error;
    for (int i = kernels.size() - 1; i >= 0; i--) {
      e = kernels.get(i).backward(e, mode, i > 0 ? InputError.NEEDED : atInput);
      if (i == lastDense && featureError.isPresent()) {
        e.addi(featureError.get());
      }
    }
    return e;
  }

  /**
   * What the optimizer's learning rate is multiplied with from now on.
   *
   * @param factor at least 0; 1, which it is at first, changes no bit
   */
  public void scaleRate(double factor) {
    rateFactor = factor;
  }

  /**
   * One optimizer step with the gradients of the backward passes since the last REPLACE; longer
   * ones than the settings allow are scaled down first.
   */
  public void update() {
    spectral.ifPresent(SpectralNorm::chain);
    if (definition.clipNorm() > 0) {
      weightGradients.clip(definition.clipNorm());
    }
    pass.step(iteration, rateFactor);
    spectral.ifPresent(SpectralNorm::parametersUpdated);
    iteration = Math.incrementExact(iteration);
  }

  /** Flat parameters, {@code [P]}: the live view, in DL4J's order, to be read. */
  public INDArray parameters() {
    return parameters;
  }

  /**
   * Multiplies the weights of some inputs of the first layer, a dense one.
   *
   * @param from the first of these inputs, which are followed by all others
   */
  void scaleInputWeights(int from, double factor) {
    INDArray weights = network.getLayer(0).getParam("W");
    weights.get(NDArrayIndex.interval(from, weights.size(0)), NDArrayIndex.all()).muli(factor);
  }

  /**
   * Changes one of {@link #parameters}, for derivatives by differences: of what spectral
   * normalisation computes, singular vectors stay.
   */
  void nudge(long parameter, double value) {
    parameters.putScalar(parameter, value);
    spectral.ifPresent(SpectralNorm::normalize);
  }

  /**
   * Forgets what earlier steps have left behind beside the state, the estimated singular vectors of
   * spectral normalisation: what follows is a function of the state.
   */
  public void forgetEstimates() {
    spectral.ifPresent(SpectralNorm::forget);
  }

  /**
   * Flat gradients of the parameters, {@code [P]}: the live view, complete once no further backward
   * pass adds to it.
   */
  public INDArray gradients() {
    spectral.ifPresent(SpectralNorm::chain);
    return flatGradients;
  }

  /** Numbers that a forward pass computes for an example, in all layers together. */
  public long numbersPerExample() {
    List<Long> shape = definition.inputShape();
    InputType input =
        shape.size() == 1
            ? InputType.feedForward(shape.get(0))
            : InputType.convolutional(shape.get(1), shape.get(2), shape.get(0));
    return network.getLayerWiseConfigurations().getLayerActivationTypes(input).stream()
        .mapToLong(InputType::arrayElementsPerExample)
        .sum();
  }

  /** Number of parameters. */
  public long parameterCount() {
    return parameters.length();
  }

  /** A copy of the flat parameters. */
  public float[] copyParameters() {
    return Floats.copyOf(parameters);
  }

  /** A copy of the optimizer's flat state; empty if it has none. */
  public float[] copyUpdater() {
    INDArray state = updater.getStateViewArray();
    return state == null ? new float[0] : Floats.copyOf(state);
  }

  /** Updates made so far. */
  public long iteration() {
    return iteration;
  }

  /**
   * Takes over a state.
   *
   * @param flatParameters as {@link #copyParameters} gives them
   * @param flatUpdater as {@link #copyUpdater} gives it; an empty array means fresh moments
   * @param updates updates made so far
   * @throws IllegalArgumentException if a length does not fit, naming the network
   */
  public void load(float[] flatParameters, float[] flatUpdater, long updates) {
    Floats.load(parameters, flatParameters, name() + " parameters");
    INDArray state = updater.getStateViewArray();
    if (state != null) {
      if (flatUpdater.length == 0) {
        state.assign(0);
      } else {
        Floats.load(state, flatUpdater, name() + " updater state");
      }
    }
    forgetEstimates();
    iteration = Math.toIntExact(updates);
  }

  /** Where batch normalisation keeps running statistics in the flat parameters. */
  public List<StatisticsRange> statistics() {
    return List.copyOf(statistics);
  }

  /** Layer by layer: type, output size, parameters; for logs and reports. */
  public String summary() {
    return network.summary();
  }

  /** The DL4J network itself, for comparison and export within this package. */
  MultiLayerNetwork stock() {
    return network;
  }

  /** The DL4J network with the weights that layers compute with; another one if they are others. */
  MultiLayerNetwork stockAsComputed() {
    return spectral.map(this::normalizedCopy).orElse(network);
  }

  private MultiLayerNetwork normalizedCopy(SpectralNorm norm) {
    norm.prepare();
    MultiLayerNetwork copy = network.clone();
    List<SpectralMatrix> matrices = norm.matrices();
    int matrix = 0;
    for (Layer layer : copy.getLayers()) {
      INDArray weights = layer.paramTable().get("W");
      if (weights != null) {
        weights.assign(SpectralNorm.inTheShapeOf(weights, matrices.get(matrix++).normalized()));
      }
    }
    return copy;
  }

  NetDefinition definition() {
    return definition;
  }

  @Override
  public String toString() {
    return name() + Arrays.toString(withCount(-1)) + " " + parameterCount() + " parameters";
  }
}
