package io.lipc.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * ONNX Runtime at its best: input and output are tensors over direct buffers that stay, so a call
 * copies nothing. The time to get numbers into and out of the buffers is not counted.
 */
final class OrtPinned implements Evaluator {

  private final OrtSession session;
  private final FloatBuffer output;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private final int rows;
  private final int outputSize;

  OrtPinned(Path model, int outputSize, float[][] rows, int threads) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    this.session = session(environment, model, threads);
    this.rows = rows.length;
    this.outputSize = outputSize;
    FloatBuffer input = direct(rows.length * rows[0].length);
    for (float[] row : rows) {
      input.put(row);
    }
    this.output = direct(rows.length * outputSize);
    long[] inputShape = {rows.length, rows[0].length};
    long[] outputShape = {rows.length, outputSize};
    this.inputs = Map.of("x", OnnxTensor.createTensor(environment, input.flip(), inputShape));
    this.outputs = Map.of("y", OnnxTensor.createTensor(environment, output, outputShape));
  }

  /** All optimisations, and this many threads within an operator. */
  static OrtSession session(OrtEnvironment environment, Path model, int threads)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      return environment.createSession(model.toString(), options);
    }
  }

  private static FloatBuffer direct(int size) {
    return ByteBuffer.allocateDirect(Float.BYTES * size)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public Object run() throws OrtException {
    try (OrtSession.Result result = session.run(inputs, outputs)) {
      return result;
    }
  }

  @Override
  public float[][] outputs() {
    float[][] read = new float[rows][outputSize];
    for (int r = 0; r < rows; r++) {
      output.get(r * outputSize, read[r]);
    }
    return read;
  }
}
