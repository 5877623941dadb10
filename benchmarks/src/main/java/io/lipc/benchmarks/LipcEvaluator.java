package io.lipc.benchmarks;

import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.Workspace;

/** A generated class, called as its users call it. */
final class LipcEvaluator {

  private LipcEvaluator() {}

  /** One row, in a workspace. */
  static final class Single implements Evaluator {

    private final FloatNetwork network;
    private final Workspace workspace;
    private final float[] input;
    private final float[] output;

    Single(FloatNetwork network, float[] input) {
      this.network = network;
      this.workspace = network.newWorkspace();
      this.input = input;
      this.output = new float[network.outputSize()];
    }

    @Override
    public Object run() {
      network.apply(workspace, input, output);
      return output;
    }

    @Override
    public float[][] outputs() {
      return new float[][] {output};
    }
  }

  /** A batch of rows. */
  static final class Batch implements Evaluator {

    private final FloatNetwork network;
    private final float[][] inputs;
    private final float[][] outputs;

    Batch(FloatNetwork network, float[][] inputs) {
      this.network = network;
      this.inputs = inputs;
      this.outputs = new float[inputs.length][network.outputSize()];
    }

    @Override
    public Object run() {
      network.apply(inputs, outputs);
      return outputs;
    }

    @Override
    public float[][] outputs() {
      return outputs;
    }
  }
}
