package io.lipc.runtime;

import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import java.util.List;

/**
 * A network like a generated class, computed by its certificate's units; public for other loaders.
 */
public final class ShippedNetwork implements DoubleNetwork {

  private final Subject subject;
  private final List<String> labels;
  private final List<Subject> further;

  public ShippedNetwork(Subject subject) {
    this(subject, List.of());
  }

  public ShippedNetwork(Subject subject, List<String> labels) {
    this(subject, labels, List.of());
  }

  ShippedNetwork(Subject subject, List<String> labels, List<Subject> further) {
    this.subject = subject;
    this.labels = labels;
    this.further = further;
  }

  @Override
  public List<Subject> furtherClaims() {
    return further;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public int inputSize() {
    return subject.certificate().inputSize();
  }

  @Override
  public int outputSize() {
    return subject.certificate().outputSize();
  }

  @Override
  public double lipschitzBound() {
    return subject.certificate().lipschitz().bound();
  }

  @Override
  public Workspace newWorkspace() {
    return new Workspace() {};
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public void apply(double[] input, double[] output) {
    apply(newWorkspace(), input, output);
  }

  @Override
  public void apply(Workspace workspace, double[] input, double[] output) {
    double[] y = UnitEvaluator.of(subject).apply(input);
    System.arraycopy(y, 0, output, 0, y.length);
  }
}
