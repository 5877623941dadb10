package io.lipc.runtime;

import io.lipc.certificate.Subject;
import io.lipc.runtime.agreement.OrderedEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A class of doubles that computes what its certificate says, but for a fault. */
public final class Computing extends CertifiedDoubleNetwork {

  /** Changes an output, given the number of the evaluation, from 1, and its values. */
  @FunctionalInterface
  public interface Fault {
    Fault NONE = (evaluation, output) -> {};

    void change(int evaluation, double[] output);
  }

  private final OrderedEvaluator evaluator;
  private final Fault fault;
  public final List<double[]> asked = new ArrayList<>();

  public Computing(Subject subject) {
    this(subject, Fault.NONE);
  }

  public Computing(Subject subject, Fault fault) {
    this(new CertifiedParameters(subject), fault);
  }

  public Computing(CertifiedParameters parameters, Fault fault) {
    super(parameters);
    this.evaluator = OrderedEvaluator.of(parameters.subject());
    this.fault = fault;
  }

  /** The outputs of a network for one row. */
  public static UnaryOperator<double[]> outputs(LipschitzNetwork network) {
    Workspace workspace = network.newWorkspace();
    return x -> InDoubles.apply(network, workspace, x);
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
