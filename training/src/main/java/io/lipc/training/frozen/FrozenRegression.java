package io.lipc.training.frozen;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.runtime.CertifiedTube;
import io.lipc.training.table.RegressionData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Errors of frozen weights, in the arithmetic in which they will run, and how far their predictions
 * can move with the inputs.
 *
 * @param errors by target, on all samples
 * @param tube how far outputs move. Where no box is declared, rounding is bounded on the smallest
 *     box that holds all samples and every input so near to one
 * @param distances what is certified at each l2 distance, in the order in which they were given
 * @param outside the number of samples outside of the declared box, for which no error is certified
 */
public record FrozenRegression(
    List<TargetError> errors, CertifiedTube tube, List<AtDistance> distances, int outside) {

  public FrozenRegression {
    errors = List.copyOf(errors);
    distances = List.copyOf(distances);
  }

  /**
   * Certified errors for inputs that move within the box by at most an l2 distance. Everything is
   * rounded up; infinite where nothing is known.
   *
   * @param distance the distance
   * @param halfWidth no output moves by more, rounding errors of both evaluations included
   * @param errors by target, over the samples in the box, however their inputs move
   */
  public record AtDistance(double distance, double halfWidth, List<CertifiedError> errors) {
    public AtDistance {
      errors = List.copyOf(errors);
    }
  }

  /**
   * No absolute error is larger.
   *
   * @param mean of the bounds of the samples' errors
   * @param largest of these
   */
  public record CertifiedError(double mean, double largest) {}

  /**
   * Evaluates a network with its weights on {@code data}.
   *
   * @param graph the kernels of the network
   * @param callees those of all networks that it reaches by calls, by qualified name
   * @param frozen the weights, with their proof
   * @param distances in l2, not negative
   */
  public static FrozenRegression of(
      KernelGraph graph,
      Map<String, KernelGraph> callees,
      Frozen frozen,
      RegressionData data,
      List<Double> distances) {
    Subject subject = frozen.subject();
    Interpreter interpreter = FrozenEvaluation.interpreter(graph, callees, subject);
    double widest = distances.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Optional<Unit.Box> declared = FrozenEvaluation.declaredBox(subject);
    Unit.Box box = declared.orElseGet(() -> FrozenEvaluation.around(data, widest));
    double maxError = FrozenEvaluation.maxError(frozen, box);
    double[][] outputs = new double[data.size()][];
    List<Integer> inside = new ArrayList<>();
    for (int sample = 0; sample < data.size(); sample++) {
      double[] input = FrozenEvaluation.rounded(graph, data.features(sample));
      outputs[sample] = interpreter.apply(input);
      if (box.contains(input)) {
        inside.add(sample);
      }
    }
    CertifiedTube tube = new CertifiedTube(frozen.radiusClaim().bound().bound(), maxError);
    return new FrozenRegression(
        targets(data).mapToObj(target -> TargetError.of(data, target, outputs)).toList(),
        tube,
        distances.stream().map(r -> at(r, tube.halfWidth(r), data, outputs, inside)).toList(),
        data.size() - inside.size());
  }

  private static IntStream targets(RegressionData data) {
    return IntStream.range(0, data.targets().size());
  }

  private static AtDistance at(
      double distance,
      double halfWidth,
      RegressionData data,
      double[][] outputs,
      List<Integer> inside) {
    List<CertifiedError> errors =
        targets(data)
            .mapToObj(
                target ->
                    certified(
                        inside.stream()
                            .map(
                                s -> errorUp(outputs[s][target], data.target(s, target), halfWidth))
                            .toList()))
            .toList();
    return new AtDistance(distance, halfWidth, errors);
  }

  /**
   * {@code |y - t| + halfWidth}, rounded up; infinite where y is not finite. Both operations are
   * off by half a unit in the sum's last place at most, and the step is one unit.
   */
  static double errorUp(double output, double target, double halfWidth) {
    double moved = Math.nextUp(Math.abs(output - target) + halfWidth);
    return Double.isFinite(moved) ? moved : Double.POSITIVE_INFINITY;
  }

  /** The certified error from the bounds of samples; infinite without samples. */
  static CertifiedError certified(List<Double> bounds) {
    double sum = 0;
    double largest = bounds.isEmpty() ? Double.POSITIVE_INFINITY : 0;
    for (double bound : bounds) {
      sum = Math.nextUp(sum + bound);
      largest = Math.max(largest, bound);
    }
    double mean = bounds.isEmpty() ? Double.POSITIVE_INFINITY : Math.nextUp(sum / bounds.size());
    return new CertifiedError(mean, largest);
  }
}
