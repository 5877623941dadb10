package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What lipc reads from a file, and ONNX Runtime's evaluation of it, give the same outputs. */
final class Agreement {

  private static final double TOLERANCE = 1e-5;
  private static final int SAMPLES = 20;

  private Agreement() {}

  /** Compares at random inputs; the largest difference, relative to the largest output. */
  static double check(byte[] file) throws OnnxException, OrtException {
    return check(OnnxModel.read(file, "Net", 1), file);
  }

  static double check(OnnxModel model, byte[] file) throws OrtException {
    Interpreter interpreter = interpreter(model);
    int size = model.checked().network().input().shape().size();
    Random random = new Random(5);
    double largest = 0;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options)) {
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

  /** The output of the one input, whose first extent is 1 where it may be any number. */
  private static double[] run(OrtSession session, double[] x) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map.Entry<String, ai.onnxruntime.NodeInfo> input =
        session.getInputInfo().entrySet().iterator().next();
    TensorInfo info = (TensorInfo) input.getValue().getInfo();
    long[] shape = Arrays.stream(info.getShape()).map(extent -> Math.max(1, extent)).toArray();
    boolean single = info.type == ai.onnxruntime.OnnxJavaType.FLOAT;
    try (OnnxTensor tensor =
            single
                ? OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats(x)), shape)
                : OnnxTensor.createTensor(environment, DoubleBuffer.wrap(x), shape);
        OrtSession.Result result = session.run(Map.of(input.getKey(), tensor))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      return output.getInfo().type == ai.onnxruntime.OnnxJavaType.FLOAT
          ? doubles(output.getFloatBuffer().array())
          : output.getDoubleBuffer().array();
    }
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
