import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime on one thread, with a model of one input and one output in direct buffers that stay:
 * a call copies nothing.
 */
final class PinnedSession {

  private final OrtSession session;
  private final FloatBuffer output;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /**
   * @param x the input, of shape {@code from}
   * @param to the shape of the output
   */
  PinnedSession(byte[] model, float[] x, long[] from, long[] to) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    this.session = environment.createSession(model, options);
    this.output = direct(size(to));
    this.inputs =
        Map.of(
            session.getInputNames().iterator().next(),
            OnnxTensor.createTensor(environment, direct(size(from)).put(x).flip(), from));
    this.outputs =
        Map.of(
            session.getOutputNames().iterator().next(),
            OnnxTensor.createTensor(environment, output, to));
  }

  private static int size(long[] shape) {
    long size = 1;
    for (long extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return Math.toIntExact(size);
  }

  private static FloatBuffer direct(int size) {
    return ByteBuffer.allocateDirect(Float.BYTES * size)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  /** The element at i of what the last run gave. */
  float output(int i) {
    return output.get(i);
  }
}
