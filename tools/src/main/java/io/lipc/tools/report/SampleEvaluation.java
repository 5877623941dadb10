package io.lipc.tools.report;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.formats.Tensor;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import io.lipc.tools.page.Samples;
import io.lipc.training.table.Dataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Evaluates a certified network on data, in the arithmetic in which its generated code runs. */
final class SampleEvaluation {

  private final Subject subject;
  private final RadiusClaim claim;
  private final Optional<SignedRadius> signed;
  private final Interpreter interpreter;
  private final Dataset data;
  private final List<double[]> inputs = new ArrayList<>();
  private final List<double[]> logits = new ArrayList<>();

  private SampleEvaluation(
      CheckedNetwork checked, Subject subject, RadiusClaim claim, Dataset data) {
    this.subject = subject;
    this.claim = claim;
    this.signed = SignedRadius.of(claim);
    this.interpreter = interpreter(checked, subject);
    this.data = data;
    for (int sample = 0; sample < data.size(); sample++) {
      double[] input = data.features(sample);
      for (int i = 0; i < input.length; i++) {
        input[i] = checked.network().precision().round(input[i]);
      }
      inputs.add(input);
      logits.add(interpreter.apply(input));
    }
  }

  /**
   * Margins and radii of all samples.
   *
   * @param checked the network of the certificate
   * @param subject accepted, with all its weights
   * @param claim what the checker has accepted of it that radii rest on
   */
  static Samples of(
      CheckedNetwork checked, Subject subject, RadiusClaim claim, ReportAssembly.Data data) {
    // A scale of its own says by itself in what distances are.
    String unit = claim.boundsElements() ? " in " + data.unit() : "";
    return new SampleEvaluation(checked, subject, claim, data.samples())
        .samples(data.file(), claim.distance() + unit);
  }

  private Samples samples(String file, String distance) {
    Optional<Unit.Box> declared = subject.certificate().input().box();
    double widest = declared.isPresent() ? Double.POSITIVE_INFINITY : widest();
    Unit.Box box = declared.orElseGet(() -> around(widest));
    // Without a declared box nothing is known where elements move farther than inputs do.
    double maxError =
        declared.isPresent() || claim.boundsElements()
            ? RoundingBound.maxError(subject, box).orElse(Double.POSITIVE_INFINITY)
            : Double.POSITIVE_INFINITY;
    List<Double> margins = new ArrayList<>();
    List<Double> radii = new ArrayList<>();
    List<Double> byBounds = new ArrayList<>();
    int outside = 0;
    for (int sample = 0; sample < data.size(); sample++) {
      boolean inside = box.contains(inputs.get(sample));
      double margin = margin(logits.get(sample), data.label(sample));
      outside += inside ? 0 : 1;
      margins.add(margin);
      if (margin > 0) {
        radii.add(inside ? Math.min(radius(sample, maxError), widest) : 0);
        byBounds.add(inside ? CertifiedRadius.of(logits.get(sample), claim, maxError) : 0);
      }
    }
    return new Samples(
        file,
        distance,
        margins,
        radii,
        signed.map(_ -> byBounds),
        maxError,
        declared.isPresent(),
        outside);
  }

  /**
   * The largest radius without rounding: inputs within it lie in a box around all. With rounding a
   * radius by signs may be larger by what its search leaves, and is cut off there.
   */
  private double widest() {
    double widest = 0;
    for (int sample = 0; sample < data.size(); sample++) {
      widest = Math.max(widest, radius(sample, 0));
    }
    return widest;
  }

  private double radius(int sample, double maxError) {
    return CertifiedRadius.of(
        inputs.get(sample), logits.get(sample), claim, signed, LocalOptions.DEFAULT, maxError);
  }

  private static double margin(double[] output, int label) {
    double other = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < output.length; j++) {
      other = j == label ? other : Math.max(other, output[j]);
    }
    return output[label] - other;
  }

  /** Neither in l2 nor in linf an element is further away than the whole. */
  private Unit.Box around(double distance) {
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < data.featureCount(); i++) {
      double least = Double.POSITIVE_INFINITY;
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] input : inputs) {
        least = Math.min(least, input[i]);
        largest = Math.max(largest, input[i]);
      }
      lower.add(Math.nextDown(least - distance));
      upper.add(Math.nextUp(largest + distance));
    }
    return new Unit.Box(lower, upper);
  }

  private static Interpreter interpreter(CheckedNetwork checked, Subject subject) {
    Map<String, double[]> tensors = new HashMap<>();
    for (Tensor tensor : subject.weights().tensors().values()) {
      tensors.put(tensor.name(), tensor.values());
    }
    Map<String, UnaryOperator<double[]>> callees = new HashMap<>();
    subject
        .callees()
        .forEach(
            (name, callee) ->
                callees.put(
                    name, interpreter(CertifiedNetworks.of(callee.certificate()), callee)::apply));
    return new Interpreter(Lowering.lower(checked), tensors, callees);
  }
}
