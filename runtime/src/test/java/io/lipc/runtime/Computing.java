package io.lipc.runtime;

import io.lipc.certificate.Subject;
import java.util.ArrayList;
import java.util.List;

/** A class of doubles that computes what its certificate says, but for a fault. */
final class Computing extends CertifiedDoubleNetwork {

  /** Changes an output, given the number of the evaluation, from 1, and its values. */
  @FunctionalInterface
  interface Fault {
    Fault NONE = (evaluation, output) -> {};

    void change(int evaluation, double[] output);
  }

  private final OrderedEvaluator evaluator;
  private final Fault fault;
  final List<double[]> asked = new ArrayList<>();

  Computing(Subject subject) {
    this(subject, Fault.NONE);
  }

  Computing(Subject subject, Fault fault) {
    this(new CertifiedParameters(subject), fault);
  }

  Computing(CertifiedParameters parameters, Fault fault) {
    super(parameters);
    this.evaluator = OrderedEvaluator.of(parameters.subject());
    this.fault = fault;
  }

  @Override
  public Workspace newWorkspace() {
    return new Workspace() {};
  }

  @Override
  public void apply(Workspace workspace, double[] input, double[] output) {
    asked.add(input.clone());
    double[] y = evaluator.applyAll(List.of(input), OrderedEvaluator.Observer.NONE).getFirst();
    fault.change(asked.size(), y);
    System.arraycopy(y, 0, output, 0, y.length);
  }
}
