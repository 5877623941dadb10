package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether an accepted bound is true, as far as pairs of inputs tell: nothing of the checker or of
 * the search is used, only the function itself.
 */
final class Truth {

  private static final int PAIRS = 24;
  private static final int STEPS = 12;
  private static final int MAX_SIZE = 256;

  /** Most certificates that are accepted are about one of few functions. */
  private static final Map<Function, List<Probe>> PROBES = new ConcurrentHashMap<>();

  private final UnitEvaluator network;
  private final Certificate claim;
  private final SplittableRandom random = new SplittableRandom(1);

  /** All that two inputs and their outputs depend on. */
  private record Function(
      ElementType type,
      List<Unit> units,
      Weights weights,
      Map<String, Subject> callees,
      Norms norms,
      Optional<Unit.Box> box) {}

  /**
   * Two inputs.
   *
   * @param change of the output
   * @param rounding of the evaluation itself: relative to what is subtracted
   */
  private record Probe(
      double[] from, double[] to, double change, double distance, double rounding) {}

  private Truth(Subject subject) {
    this.network = UnitEvaluator.of(subject);
    this.claim = subject.certificate();
  }

  /**
   * Fails if two inputs show the bound to be false; a network of free weights is not a function.
   */
  static void check(Subject subject) {
    int largest = subject.certificate().units().stream().mapToInt(Unit::size).max().orElseThrow();
    if (subject.isEvaluable() && largest <= MAX_SIZE) {
      Truth truth = new Truth(subject);
      switch (subject.certificate().claim()) {
        case Claim.Monotone(List<Claim.Trend> trends, Unit.Box box) ->
            trends.forEach(trend -> truth.check(trend, box));
        case Claim.Slopes slopes -> truth.check(slopes);
        case Claim.OfUnits _ ->
            PROBES
                .computeIfAbsent(truth.function(subject), _ -> truth.probes())
                .forEach(truth::check);
        case Claim.Range _, Claim.Unsatisfiable _ ->
            throw new IllegalArgumentException("pairs of inputs show no values");
      }
    }
  }

  private Function function(Subject subject) {
    return new Function(
        claim.type(),
        claim.units(),
        subject.weights(),
        subject.callees(),
        claim.inequality().norms(),
        claim.claim() instanceof Claim.Local(_, Unit.Box box)
            ? Optional.of(box)
            : Optional.empty());
  }

  private List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      double scale = Math.pow(10, random.nextInt(-2, 3));
      double[] at = inside(some(scale));
      double[] step = some(scale * Math.pow(10, -random.nextInt(4)));
      for (int i = 0; i < STEPS; i++) {
        probes.add(probe(at, step));
        // Towards the steepest of a few directions.
        double[] other = some(norm(step, claim.inequality().norms().input()));
        step = slope(at, other) > slope(at, step) ? other : step;
      }
    }
    return probes;
  }

  /** Two inputs of the box that differ in one element. */
  private void check(Claim.Trend trend, Unit.Box box) {
    for (int element : trend.inputs()) {
      for (int pair = 0; pair < PAIRS; pair++) {
        double scale = Math.pow(10, random.nextInt(-2, 3));
        double[] first = inside(some(scale), box);
        double[] second = first.clone();
        second[element] = inside(some(scale), box)[element];
        boolean ordered = first[element] <= second[element];
        double[] from = network.apply(ordered ? first : second);
        double[] to = network.apply(ordered ? second : first);
        for (int output : trend.outputs()) {
          double rise = (to[output] - from[output]) * (trend.rising() ? 1 : -1);
          double rounding = 1e-9 * (1 + norm(from, Norm.LINF));
          assertThat(Double.isFinite(rise) ? rise : 0)
              .as(() -> at(first, second))
              .isGreaterThanOrEqualTo(-rounding);
        }
      }
    }
  }

  /** Two inputs of the box; some of them differ in one element alone. */
  private void check(Claim.Slopes slopes) {
    for (int pair = 0; pair < PAIRS * STEPS; pair++) {
      double scale = Math.pow(10, random.nextInt(-2, 3));
      double[] first = inside(some(scale), slopes.box());
      double[] second = inside(some(scale), slopes.box());
      int only = random.nextInt(first.length);
      if (random.nextBoolean()) {
        double moved = second[only];
        second = first.clone();
        second[only] = moved;
      }
      double most = 0;
      for (int i = 0; i < first.length; i++) {
        most += slopes.slopes().get(i) * Math.abs(second[i] - first[i]);
      }
      double[] from = network.apply(first);
      double[] to = network.apply(second);
      double rounding = 1e-9 * (1 + norm(from, Norm.LINF));
      double[] end = second;
      for (int output : slopes.outputs()) {
        double change = Math.abs(to[output] - from[output]);
        assertThat(Double.isFinite(change) ? change : 0)
            .as(() -> at(first, end))
            .isLessThanOrEqualTo(most * (1 + 1e-9) + rounding);
      }
    }
  }

  private double[] some(double scale) {
    return random.doubles(claim.inputSize(), -scale, scale).toArray();
  }

  /** The nearest input that the claim is about. */
  private double[] inside(double[] x) {
    return claim.claim() instanceof Claim.Local(_, Unit.Box box) ? inside(x, box) : x;
  }

  private static double[] inside(double[] x, Unit.Box box) {
    double[] near = x.clone();
    Arrays.setAll(near, i -> Math.clamp(x[i], box.lower().get(i), box.upper().get(i)));
    return near;
  }

  private double slope(double[] at, double[] step) {
    double[] moved = inside(plus(at, step));
    double distance = norm(minus(moved, at), claim.inequality().norms().input());
    return distance == 0 ? 0 : change(at, moved) / distance;
  }

  private double change(double[] from, double[] to) {
    return norm(minus(network.apply(to), network.apply(from)), claim.inequality().norms().output());
  }

  private Probe probe(double[] at, double[] step) {
    double[] moved = inside(plus(at, step));
    double[] value = network.apply(at);
    return new Probe(
        at,
        moved,
        change(at, moved),
        norm(minus(moved, at), claim.inequality().norms().input()),
        1e-9 * (1 + norm(value, Norm.LINF)) * Math.sqrt(value.length));
  }

  private void check(Probe probe) {
    if (Double.isFinite(probe.change)) {
      double most = claim.inequality().bound() * probe.distance * (1 + 1e-9) + probe.rounding;
      assertThat(probe.change).as(() -> at(probe.from, probe.to)).isLessThanOrEqualTo(most);
    }
  }

  /** Written for a failure alone: a claim has a thousand pairs. */
  private String at(double[] from, double[] to) {
    return String.format(
        Locale.ROOT,
        "%s at %s and %s",
        CertificateText.write(claim),
        Arrays.toString(from),
        Arrays.toString(to));
  }

  private static double[] plus(double[] x, double[] y) {
    double[] sum = x.clone();
    Arrays.setAll(sum, i -> x[i] + y[i]);
    return sum;
  }

  private static double[] minus(double[] x, double[] y) {
    double[] difference = x.clone();
    Arrays.setAll(difference, i -> x[i] - y[i]);
    return difference;
  }

  private static double norm(double[] x, Norm norm) {
    return switch (norm) {
      case L2 -> Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
      case LINF -> Arrays.stream(x).map(Math::abs).max().orElse(0);
    };
  }
}
