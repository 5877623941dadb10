package io.lipc.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Map;

/**
 * ONNX Runtime as it is usually called: a tensor of the caller's arrays, and arrays of the result.
 */
final class OrtUsual implements Evaluator {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final float[][] inputs;
  private float[][] outputs = {};

  OrtUsual(Path model, float[][] inputs, int threads) throws OrtException {
    this.session = OrtPinned.session(environment, model, threads);
    this.inputs = inputs;
  }

  @Override
  public Object run() throws OrtException {
    try (OnnxTensor x = OnnxTensor.createTensor(environment, inputs);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      outputs = (float[][]) result.get(0).getValue();
      return outputs;
    }
  }

  @Override
  public float[][] outputs() {
    return outputs;
  }
}
