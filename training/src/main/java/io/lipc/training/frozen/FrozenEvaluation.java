package io.lipc.training.frozen;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.formats.Tensor;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Accuracy and certified accuracy of frozen weights, in the arithmetic in which they will run.
 *
 * @param accuracy the share of samples whose class has the one largest logit
 * @param certified by l2 distance eps, the share of samples whose class is right and whose
 *     certified radius, rounding errors of both evaluations included, is at least eps. Where no box
 *     is declared, rounding is bounded on the smallest box that holds all samples and every input
 *     so near to one
 */
public record FrozenEvaluation(double accuracy, SortedMap<Double, Double> certified) {

  public FrozenEvaluation {
    certified = Collections.unmodifiableSortedMap(new TreeMap<>(certified));
  }

  /**
   * Evaluates frozen weights on {@code data}; samples outside of a declared box are certified
   * nothing.
   *
   * @param graph the kernels of the network
   * @param callees those of all networks that it reaches by calls, by qualified name
   * @param frozen the weights, with their proof
   * @param epsilons l2 distances
   */
  public static FrozenEvaluation of(
      KernelGraph graph,
      Map<String, KernelGraph> callees,
      Frozen frozen,
      Dataset data,
      List<Double> epsilons) {
    Subject subject = frozen.subject();
    Interpreter interpreter = interpreter(graph, callees, subject);
    double widest = epsilons.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Unit.Box box = declaredBox(subject).orElseGet(() -> around(data, widest));
    double maxError = maxError(frozen, box);
    RadiusClaim claim = frozen.radiusClaim();
    Optional<SignedRadius> signed = SignedRadius.of(claim);
    int correct = 0;
    int[] certified = new int[epsilons.size()];
    for (int sample = 0; sample < data.size(); sample++) {
      double[] input = rounded(graph, data.features(sample));
      double[] logits = interpreter.apply(input);
      if (!wins(logits, data.label(sample))) {
        continue;
      }
      correct++;
      double radius =
          box.contains(input)
              ? CertifiedRadius.of(input, logits, claim, signed, LocalOptions.DEFAULT, maxError)
              : 0;
      for (int k = 0; k < certified.length; k++) {
        certified[k] += radius >= epsilons.get(k) ? 1 : 0;
      }
    }
    SortedMap<Double, Double> shares = new TreeMap<>();
    for (int k = 0; k < certified.length; k++) {
      shares.put(epsilons.get(k), (double) certified[k] / data.size());
    }
    return new FrozenEvaluation((double) correct / data.size(), shares);
  }

  /**
   * The rounding bound; infinite without a declared box where elements move farther than inputs.
   */
  static double maxError(Frozen frozen, Unit.Box box) {
    Subject subject = frozen.subject();
    return declaredBox(subject).isPresent() || frozen.radiusClaim().boundsElements()
        ? RoundingBound.maxError(subject, box).orElse(Double.POSITIVE_INFINITY)
        : Double.POSITIVE_INFINITY;
  }

  static Interpreter interpreter(
      KernelGraph graph, Map<String, KernelGraph> callees, Subject subject) {
    Map<String, double[]> tensors = new HashMap<>();
    for (Tensor tensor : subject.weights().tensors().values()) {
      tensors.put(tensor.name(), tensor.values());
    }
    Map<String, UnaryOperator<double[]>> called = new HashMap<>();
    subject
        .callees()
        .forEach(
            (name, callee) ->
                called.put(name, interpreter(Lookup.in(callees, name), callees, callee)::apply));
    return new Interpreter(graph, tensors, called);
  }

  private static boolean wins(double[] logits, int label) {
    for (int j = 0; j < logits.length; j++) {
      if (j != label && !(logits[label] > logits[j])) {
        return false;
      }
    }
    return true;
  }

  static double[] rounded(KernelGraph graph, double[] input) {
    for (int i = 0; i < input.length; i++) {
      input[i] = graph.precision().round(input[i]);
    }
    return input;
  }

  static Optional<Unit.Box> declaredBox(Subject subject) {
    return subject.certificate().input().box();
  }

  /** A distance in l2 is never less than one in a single element. */
  static Unit.Box around(FeatureRows<?> data, double distance) {
    double[] lower = data.features(0);
    double[] upper = data.features(0);
    for (int sample = 1; sample < data.size(); sample++) {
      double[] x = data.features(sample);
      for (int i = 0; i < x.length; i++) {
        lower[i] = Math.min(lower[i], x[i]);
        upper[i] = Math.max(upper[i], x[i]);
      }
    }
    List<Double> lowers = new ArrayList<>();
    List<Double> uppers = new ArrayList<>();
    for (int i = 0; i < lower.length; i++) {
      // One ulp of F32 more, since samples are rounded to it.
      double reach = distance + 0x1p-23 * Math.max(-lower[i], upper[i]);
      lowers.add(Math.nextDown(lower[i] - reach));
      uppers.add(Math.nextUp(upper[i] + reach));
    }
    return new Unit.Box(lowers, uppers);
  }
}
