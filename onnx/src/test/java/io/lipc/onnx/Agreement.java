package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.Layer;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The network that lipc reads from a file and ONNX Runtime's evaluation of the file give the same
 * outputs.
 */
final class Agreement {

  private static final double TOLERANCE = 1e-5;
  private static final int SAMPLES = 20;

  private Agreement() {}

  /** Compares at random inputs; the largest difference, relative to the largest output. */
  static double check(byte[] file) throws OnnxException, OrtException {
    return check(OnnxModel.read(file, "Net", 1), file);
  }

  static double check(OnnxModel model, byte[] file) throws OrtException {
    return check(model, options -> OrtEnvironment.getEnvironment().createSession(file, options));
  }

  /** The same, of a model with files beside it. */
  static double check(Path file) throws IOException, OnnxException, OrtException {
    return check(
        OnnxModel.read(file, "Net", 1),
        options -> OrtEnvironment.getEnvironment().createSession(file.toString(), options));
  }

  private interface Opening {
    OrtSession open(OrtSession.SessionOptions options) throws OrtException;
  }

  private static double check(OnnxModel model, Opening opening) throws OrtException {
    Interpreter interpreter = interpreter(model);
    int size = model.checked().network().input().shape().size();
    Random random = new Random(5);
    double largest = 0;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      // Optimised, a Pad before MaxPool becomes its padding, which pads with nothing and not with
      // 0.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = opening.open(options)) {
        for (int sample = 0; sample < SAMPLES; sample++) {
          double[] x = random.doubles(size, -0.5, 0.5).map(value -> (float) value).toArray();
          double difference = difference(run(session, x), interpreter.apply(x));
          assertThat(difference).isLessThanOrEqualTo(TOLERANCE);
          largest = Math.max(largest, difference);
        }
      }
    }
    return largest;
  }

  /** Agrees, and becomes layers of these kinds. */
  static void assertReads(OnnxFile file, String layers) throws OnnxException, OrtException {
    check(file.bytes());
    assertThat(layers(file)).isEqualTo(layers);
  }

  /** The kinds of layers that a file becomes. */
  static String layers(OnnxFile file) throws OnnxException {
    return OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers().stream()
        .map(
            layer ->
                switch (layer) {
                  case Layer.Linear(_, LinearMap map, _) -> map.word();
                  case Layer.Activate activate -> activate.activation().kind().word();
                  default -> layer.getClass().getSimpleName();
                })
        .collect(Collectors.joining(" "));
  }

  static Interpreter interpreter(OnnxModel model) {
    Map<String, double[]> tensors = new TreeMap<>();
    model.weights().tensors().forEach((name, tensor) -> tensors.put(name, tensor.values()));
    return new Interpreter(Lowering.lower(model.checked()), tensors, Map.of());
  }

  private static double difference(double[] expected, double[] found) {
    assertThat(found).hasSameSizeAs(expected);
    double scale = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(expected[i]).isFinite();
      scale = Math.max(scale, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    return difference == 0 ? 0 : difference / scale;
  }

  /** The output for inputs that are one vector; extents that may be any number are 1. */
  private static double[] run(OrtSession session, double[] x) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    int from = 0;
    try {
      for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
        TensorInfo info = (TensorInfo) input.getValue().getInfo();
        long[] shape = Arrays.stream(info.getShape()).map(extent -> Math.max(1, extent)).toArray();
        int size = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        double[] part = Arrays.copyOfRange(x, from, from + size);
        inputs.put(input.getKey(), tensor(info.type, part, shape));
        from += size;
      }
      assertThat(from).isEqualTo(x.length);
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        return output.getInfo().type == OnnxJavaType.DOUBLE
            ? output.getDoubleBuffer().array()
            : doubles(output.getFloatBuffer().array());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(OnnxJavaType type, double[] values, long[] shape)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    return type == OnnxJavaType.DOUBLE
        ? OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape)
        : OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats(values)), shape);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
