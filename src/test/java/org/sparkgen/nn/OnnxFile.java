package org.sparkgen.nn;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An ONNX file, read and run by ONNX Runtime. */
public final class OnnxFile implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  public OnnxFile(byte[] content) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = ENVIRONMENT.createSession(content, options);
    }
  }

  /** Runs it on arrays by name; gives flat values by name, C order. */
  public Map<String, float[]> run(Map<String, INDArray> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new TreeMap<>();
    for (Map.Entry<String, INDArray> input : inputs.entrySet()) {
      FloatBuffer values =
          FloatBuffer.wrap(
              input.getValue().dup('c').reshape(input.getValue().length()).toFloatVector());
      tensors.put(
          input.getKey(), OnnxTensor.createTensor(ENVIRONMENT, values, input.getValue().shape()));
    }
    try (OrtSession.Result result = session.run(tensors)) {
      Map<String, float[]> outputs = new TreeMap<>();
      for (String name : session.getOutputNames()) {
        FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        outputs.put(name, copy);
      }
      return outputs;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** Name to shape, in the order of the file; -1 stands for any number. */
  public Map<String, String> inputs() throws OrtException {
    return shapes(session.getInputInfo());
  }

  /** As {@link #inputs}. */
  public Map<String, String> outputs() throws OrtException {
    return shapes(session.getOutputInfo());
  }

  private static Map<String, String> shapes(Map<String, NodeInfo> values) {
    Map<String, String> shapes = new LinkedHashMap<>();
    values.forEach(
        (name, info) ->
            shapes.put(name, Arrays.toString(((TensorInfo) info.getInfo()).getShape())));
    return shapes;
  }

  public Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  public String description() throws OrtException {
    return session.getMetadata().getDescription();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
