package io.lipc.tools;

import io.lipc.certificate.Subject;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.Workspace;

/** A network that runs on weights which its subject does not name. */
public record Lying(LipschitzNetwork runs, Subject subject) implements FloatNetwork {

  @Override
  public int inputSize() {
    return runs.inputSize();
  }

  @Override
  public int outputSize() {
    return runs.outputSize();
  }

  @Override
  public double lipschitzBound() {
    return subject.certificate().lipschitz().bound();
  }

  @Override
  public Workspace newWorkspace() {
    return runs.newWorkspace();
  }

  @Override
  public void apply(float[] input, float[] output) {
    apply(newWorkspace(), input, output);
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    ((FloatNetwork) runs).apply(workspace, input, output);
  }
}
