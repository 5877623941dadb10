package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.runtime.agreement.OrderedEvaluator;
import io.lipc.runtime.radius.LocalBound;
import io.lipc.runtime.radius.LocalBound.Method;
import io.lipc.runtime.radius.LocalOptions;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks bound themselves near an input, by numbers that the checker has computed. */
public final class LocalLipschitzTest {

  private static final Norms EACH = new Norms(Norm.LINF, Norm.LINF);

  /** Created by JUnit. */
  public LocalLipschitzTest() {}

  /** {@code 0.75 relu(x)} for each of three elements, in a box from -1 to 1. */
  private static Shipped relus(Norms norms) {
    Shipped shipped = new Shipped();
    shipped.norms = norms;
    shipped.bound = 2;
    shipped.declared = 2;
    shipped.input(3);
    shipped.units.add(Unit.activation(0, "relu", List.of(), 3));
    shipped.units.add(Unit.scale(1, 0.75, 3));
    return shipped;
  }

  /** {@code relu(x) - 2 relu(x - 1/4)}, whose slopes are 0, 1 and -1. */
  private static Subject hat() {
    Shipped shipped = new Shipped();
    shipped.norms = EACH;
    shipped.bound = 3;
    shipped.declared = 3;
    shipped.input(1);
    int z = shipped.dense(0, new double[][] {{1}, {1}}, "v");
    shipped.units.add(Unit.affine(z, List.of(1.0, 1.0), List.of(0.0, -0.25), 2));
    shipped.units.add(Unit.activation(z + 1, "relu", List.of(), 2));
    shipped.dense(z + 2, new double[][] {{1, -2}}, "w");
    return shipped.subject();
  }

  private static LocalBound around(Subject network, double radius, double... x) {
    return new Computing(network).localLipschitz(x, radius);
  }

  private static List<List<Double>> diagonal(double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(
            j -> IntStream.range(0, values.length).mapToObj(i -> i == j ? values[i] : 0.0).toList())
        .toList();
  }

  /** An element that is on has its slope, one that is off has none, and a kink counts as both. */
  @Test
  void whatTheBoxDecidesIsKnown() {
    LocalBound some = around(relus(EACH).subject(), 0.25, 0.5, -0.5, 0);
    assertThat(some.value()).isEqualTo(0.75);
    assertThat(some.norms()).isEqualTo(EACH);
    assertThat(some.box())
        .isEqualTo(new Unit.Box(List.of(0.25, -0.75, -0.25), List.of(0.75, -0.25, 0.25)));
    assertThat(some.method()).isEqualTo(Method.ROWS);
    assertThat(some.slopes()).isEqualTo(diagonal(0.75, 0, 0.75));
    assertThat(around(relus(EACH).subject(), 0.25, -0.5, -0.5, -0.25).value()).isZero();
    Subject euclidean = relus(Norms.EUCLIDEAN).subject();
    assertThat(around(euclidean, 0.25, 0.5, -0.5, 0).value())
        .isBetween(0.75 * Math.sqrt(2), 0.75 * Math.sqrt(2) * (1 + 1e-15));
    assertThat(around(euclidean, 0.25, 0.5, -0.5, -0.5).value()).isBetween(0.75, 0.75 + 1e-15);
  }

  /** A point does not move, an element that is declared not to move neither. */
  @Test
  void whatDoesNotMoveHasNoSlope() {
    LocalBound point = around(relus(EACH).subject(), 0, 0.5, -0.5, 0);
    assertThat(point.value()).isZero();
    assertThat(point.slopes()).isEqualTo(diagonal(0, 0, 0));
    assertAccepted(point);
    Shipped fixed = relus(EACH);
    Unit.Box box = new Unit.Box(List.of(-1.0, 0.5, -1.0), List.of(1.0, 0.5, 1.0));
    fixed.units.set(0, new Unit.Input(3, Optional.of(box)));
    LocalBound some = around(fixed.subject(), 0.25, 0.5, 0.5, -0.5);
    assertThat(some.slopes()).isEqualTo(diagonal(0.75, 0, 0));
    assertAccepted(some);
  }

  /** The box holds every input of the ball that is declared, and no double more than that. */
  @Test
  void ballsAreRoundedOutward() {
    Computing network = new Computing(relus(EACH).subject());
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 300; trial++) {
      double[] x = random.doubles(3, -1, 1).toArray();
      double radius = random.nextDouble() * Math.pow(10, -random.nextInt(18));
      Unit.Box box = network.localLipschitz(x, radius).box();
      for (int i = 0; i < 3; i++) {
        BigDecimal low = new BigDecimal(x[i]).subtract(new BigDecimal(radius));
        BigDecimal high = new BigDecimal(x[i]).add(new BigDecimal(radius));
        double least = box.lower().get(i);
        double most = box.upper().get(i);
        assertThat(least).isGreaterThanOrEqualTo(-1);
        assertThat(most).isLessThanOrEqualTo(1);
        assertThat(least == -1 || new BigDecimal(least).compareTo(low) <= 0).isTrue();
        assertThat(most == 1 || new BigDecimal(most).compareTo(high) >= 0).isTrue();
        assertThat(new BigDecimal(Math.nextUp(least)).compareTo(low)).isPositive();
        assertThat(new BigDecimal(Math.nextDown(most)).compareTo(high)).isNegative();
      }
    }
  }

  /** Where no box is declared, inputs are all doubles. */
  @Test
  void withoutDeclaredIntervalsAllDoublesAreInputs() {
    Shipped shipped = relus(EACH);
    shipped.units.set(0, new Unit.Input(3, Optional.empty()));
    LocalBound far = around(shipped.subject(), 1e308, -1e308, 1e308, 0);
    assertThat(far.box())
        .isEqualTo(
            new Unit.Box(
                List.of(-Double.MAX_VALUE, 0.0, -1e308), List.of(0.0, Double.MAX_VALUE, 1e308)));
    assertThat(far.slopes()).isEqualTo(diagonal(0, 0.75, 0.75));
  }

  @Test
  void floatsAreTheNumbersThatTheyAre() {
    Shipped shipped = relus(EACH);
    shipped.type = ElementType.F32;
    ComputingFloats network =
        new ComputingFloats(
            new CertifiedParameters(shipped.subject()), Computing.Fault.NONE, Computing.Fault.NONE);
    float[] x = {0.1f, -0.1f, 0.5f};
    LocalBound whole = network.localLipschitz(x, 0.1f);
    assertThat(whole.box().lower()).startsWith(0.0).endsWith((double) 0.5f - 0.1f);
    assertThat(whole.box().upper()).startsWith(2.0 * 0.1f, 0.0);
    assertThat(whole.slopes()).isEqualTo(diagonal(0.75, 0, 0.75));
    assertThat(network.localLipschitz(x, 0.1f, LocalOptions.DEFAULT)).isEqualTo(whole);
  }

  @Test
  void inputsAndRadiiThatAreNoneAreRefused() {
    Computing network = new Computing(relus(EACH).subject());
    for (double bad : new double[] {-1, -Double.MIN_VALUE, Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThatThrownBy(() -> network.localLipschitz(new double[3], bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("radius " + bad + ", expected a distance: 0 or more, and finite");
    }
    assertThat(network.localLipschitz(new double[3], Double.MAX_VALUE).box())
        .isEqualTo(network.localLipschitz(new double[3], 1).box());
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThatThrownBy(() -> network.localLipschitz(new double[] {0, 0, bad}, 0.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("input[2] is " + bad + ", expected a finite number");
    }
    for (double bad : new double[] {Math.nextUp(1.0), Math.nextDown(-1.0), 1e300}) {
      assertThatThrownBy(() -> network.localLipschitz(new double[] {0, bad, 0}, 0.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("input[1] is " + bad + ", outside of its declared interval [-1.0, 1.0]");
    }
    assertThatThrownBy(() -> network.localLipschitz(new double[2], 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input has 2 elements, expected 3");
    assertThat(network.localLipschitz(new double[] {1, -1, -0.0}, -0.0).value()).isZero();
  }

  /** Nothing is known of a softmax or a pool but its gain. */
  @Test
  void derivativesThatAreNotKnownLeaveTheBoundForAllInputs() {
    Shipped shipped = relus(EACH);
    shipped.units.add(Unit.activation(2, "softmax", List.of(1.0), 3));
    Subject softmax = shipped.subject();
    LocalBound bound = around(softmax, 0.25, 0.5, -0.5, 0);
    assertThat(bound.method()).isEqualTo(Method.EVERYWHERE);
    assertThat(bound.value()).isEqualTo(2);
    assertThat(bound.certificate()).isEmpty();
    assertThat(bound.slopes()).isEqualTo(Collections.nCopies(3, List.of(2.0, 2.0, 2.0)));
    assertThat(bound.box().lower()).containsExactly(0.25, -0.75, -0.25);
  }

  /** Slopes may be known where their norm is above the bound for all inputs. */
  @Test
  void noNumberIsAboveTheBoundForAllInputs() {
    Shipped shipped = relus(Norms.EUCLIDEAN);
    shipped.bound = 0.8125;
    LocalBound bound = around(shipped.subject(), 0.25, 0.5, 0.5, -0.5);
    assertThat(bound.method()).isEqualTo(Method.EVERYWHERE);
    assertThat(bound.value()).isEqualTo(0.8125);
    assertThat(bound.certificate()).isEmpty();
    assertThat(bound.slopes()).isEqualTo(diagonal(0.75, 0.75, 0));
    shipped.bound = 0.5;
    assertThat(around(shipped.subject(), 0.25, 0.5, 0.5, -0.5).slopes())
        .isEqualTo(diagonal(0.5, 0.5, 0));
  }

  @Test
  void aNetworkWithoutABoundIsRefused() {
    Certificate about = relus(EACH).certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(0, 1),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors()));
    Subject bounded =
        new Subject(range, CertificateText.digest(range), relus(EACH).weights(), Map.of());
    assertThatThrownBy(() -> around(bounded, 0.25, 0, 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("demo.Network");
  }

  /** One cut, at 0, leaves parts whose slopes are 0 and 1 - 2 s. */
  @Test
  void cutsMakeABoundSmaller() {
    Computing network = new Computing(hat());
    double[] x = {0};
    LocalBound whole = network.localLipschitz(x, 1, LocalOptions.NO_STEPS);
    assertThat(whole.value()).isEqualTo(2);
    assertThat(parts(whole)).isEqualTo(1);
    assertThat(network.localLipschitz(x, 1)).isEqualTo(whole);
    for (int cuts : new int[] {1, 2, 200, Integer.MAX_VALUE}) {
      LocalBound cut = network.localLipschitz(x, 1, new LocalOptions(cuts, Long.MAX_VALUE));
      assertThat(cut.value()).isEqualTo(1);
      assertThat(cut.slopes()).isEqualTo(List.of(List.of(1.0)));
      assertThat(parts(cut)).isEqualTo(2);
      assertThat(cut.box()).isEqualTo(whole.box());
      assertAccepted(cut);
    }
  }

  /**
   * With the multipliers l of all inputs: elements that are on are linear, and {@code L^2 - 9/16}
   * has to be positive; with a free one {@code (2 l - 9/16) L^2 - l^2} has to be, too.
   */
  @Test
  void matricesProveBoundsToL2() {
    for (double last : new double[] {0.5, 0.0}) {
      Shipped shipped = relus(Norms.EUCLIDEAN);
      shipped.bound = 1;
      shipped.multipliers.add(
          new Proof.Multiplier(1, Proof.Constraint.SLOPE, List.of(1.0, 1.0, 1.0)));
      Computing network = new Computing(shipped.subject());
      double[] x = {0.5, 0.5, last};
      assertThat(network.localLipschitz(x, 0.25).method()).isEqualTo(Method.EVERYWHERE);
      LocalBound bound = network.localLipschitz(x, 0.25, LocalOptions.DEFAULT);
      assertThat(bound.method()).isEqualTo(Method.MATRIX);
      assertThat(bound.value()).isEqualTo(last == 0 ? 0.84375 : 0.765625);
      assertThat(bound.slopes()).isEqualTo(diagonal(0.75, 0.75, 0.75));
      assertThat(CertificateChecker.check(bound.certificate().orElseThrow()))
          .isEqualTo(new Verdict.Accepted());
      LocalOptions once = new LocalOptions(3, Long.MAX_VALUE);
      assertThat(network.localLipschitz(x, 0.25, once).value()).isEqualTo(0.875);
    }
    // An element that does not move adds a unit.
    Shipped fixed = relus(Norms.EUCLIDEAN);
    fixed.bound = 1;
    fixed.units.set(
        0,
        new Unit.Input(
            3, Optional.of(new Unit.Box(List.of(-1.0, 0.5, -1.0), List.of(1.0, 0.5, 1.0)))));
    fixed.multipliers.add(new Proof.Multiplier(1, Proof.Constraint.SLOPE, List.of(1.0, 1.0, 1.0)));
    LocalBound bound =
        new Computing(fixed.subject())
            .localLipschitz(new double[] {0.5, 0.5, 0.5}, 0.25, LocalOptions.DEFAULT);
    assertThat(bound.method()).isEqualTo(Method.MATRIX);
    assertThat(bound.value()).isEqualTo(0.765625);
    assertThat(bound.slopes()).isEqualTo(diagonal(0.75, 0, 0.75));
    assertThat(CertificateChecker.check(bound.certificate().orElseThrow()))
        .isEqualTo(new Verdict.Accepted());
  }

  private static int parts(LocalBound bound) {
    PositivityWitness witness = bound.certificate().orElseThrow().certificate().proof().witness();
    return ((PositivityWitness.Rows) witness).boxes().leaves();
  }

  /** The checker accepts the number, and with it the audit; no smaller one is proved so. */
  private static void assertAccepted(LocalBound bound) {
    Subject proved = bound.certificate().orElseThrow();
    Claim.Local claim = (Claim.Local) proved.certificate().claim();
    assertThat(claim.bound().bound()).isEqualTo(bound.value());
    assertThat(claim.bound().norms()).isEqualTo(bound.norms());
    assertThat(claim.box()).isEqualTo(bound.box());
    assertThat(CertificateChecker.check(proved)).isEqualTo(new Verdict.Accepted());
    if (bound.value() > 0) {
      Claim.Lipschitz less =
          new Claim.Lipschitz(bound.norms(), Math.nextDown(bound.value()), bound.value());
      Certificate own = proved.certificate();
      Certificate smaller =
          new Certificate(
              own.network(),
              own.type(),
              new Claim.Local(less, bound.box()),
              own.method(),
              own.units(),
              own.grounds());
      Verdict verdict =
          CertificateChecker.check(
              new Subject(
                  smaller, CertificateText.digest(smaller), proved.weights(), proved.callees()));
      assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    }
  }

  /** A network of two hidden layers, whose bound for all inputs is a product of norms. */
  public static Subject random(Norms norms, String first, String second, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Shipped shipped = new Shipped();
    shipped.norms = norms;
    shipped.input(3);
    double product = Math.sqrt(3) * (1 + 1e-9);
    int from = 0;
    int[] sizes = {3, 6, 5, 2};
    for (int k = 1; k < sizes.length; k++) {
      double[][] rows = new double[sizes[k]][];
      double squares = 0;
      for (int j = 0; j < rows.length; j++) {
        rows[j] = random.doubles(sizes[k - 1], -1, 1).toArray();
        squares += Arrays.stream(rows[j]).map(w -> w * w).sum();
      }
      product *= Math.sqrt(squares);
      int z = shipped.dense(from, rows, "w" + k);
      List<Double> shift = random.doubles(sizes[k], -0.5, 0.5).boxed().toList();
      shipped.units.add(Unit.affine(z, Collections.nCopies(sizes[k], 1.0), shift, sizes[k]));
      from = z + 1;
      if (k < sizes.length - 1) {
        String function = k == 1 ? first : second;
        List<Double> constants = function.equals("leaky_relu") ? List.of(0.125) : List.of();
        shipped.units.add(Unit.activation(from, function, constants, sizes[k]));
        from++;
      }
    }
    shipped.bound = product;
    shipped.declared = product;
    return shipped.subject();
  }

  private static double length(double[] values, Norm norm) {
    DoubleStream all = Arrays.stream(values);
    return norm == Norm.LINF
        ? all.map(Math::abs).max().orElse(0)
        : Math.sqrt(all.map(v -> v * v).sum());
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static double[] within(Unit.Box box, SplittableRandom random) {
    return IntStream.range(0, box.lower().size())
        .mapToDouble(
            i -> {
              double share = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble();
              double at = box.lower().get(i) + share * (box.upper().get(i) - box.lower().get(i));
              return Math.min(box.upper().get(i), Math.max(box.lower().get(i), at));
            })
        .toArray();
  }

  /** 100,000 pairs of inputs, in boxes of many sizes, move no output further than is said. */
  @Test
  void noPairOfInputsMovesOutputsFurther() {
    List<String> functions = List.of("relu", "tanh", "leaky_relu", "abs");
    SplittableRandom random = new SplittableRandom(7);
    int smaller = 0;
    double nearest = 0;
    for (int trial = 0; trial < 20; trial++) {
      Norms norms = new Norms(Norm.values()[trial % 2], Norm.values()[trial / 2 % 2]);
      Subject network =
          random(norms, functions.get(trial % 4), functions.get(trial / 4 % 4), trial);
      double[] x = random.doubles(3, -1, 1).toArray();
      LocalBound bound =
          new Computing(network)
              .localLipschitz(
                  x, Math.pow(10, -random.nextDouble(2.5)), new LocalOptions(trial % 3, 1L << 40));
      smaller += bound.method() == Method.ROWS ? 1 : 0;
      assertThat(bound.value()).isLessThanOrEqualTo(network.certificate().lipschitz().bound());
      double worst = worst(network, bound, random);
      assertThat(worst).isLessThanOrEqualTo(bound.value() * (1 + 1e-9));
      nearest = Math.max(nearest, bound.value() == 0 ? 0 : worst / bound.value());
      if (trial % 4 == 0) {
        assertAccepted(bound);
      }
    }
    assertThat(smaller).isGreaterThanOrEqualTo(19);
    assertThat(nearest).isGreaterThan(0.9);
  }

  private static double worst(Subject network, LocalBound bound, SplittableRandom random) {
    List<double[]> inputs =
        IntStream.rangeClosed(0, 5000).mapToObj(_ -> within(bound.box(), random)).toList();
    List<double[]> outputs =
        OrderedEvaluator.of(network).applyAll(inputs, OrderedEvaluator.Observer.NONE);
    double worst = 0;
    double beyond = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < 5000; k++) {
      double[] apart = minus(inputs.get(k), inputs.get(k + 1));
      double[] moved = minus(outputs.get(k), outputs.get(k + 1));
      double ratio = length(moved, bound.norms().output()) / length(apart, bound.norms().input());
      // Evaluation rounds.
      worst = Math.max(worst, length(apart, Norm.LINF) > 1e-5 ? ratio : 0);
      double[] distances = Arrays.stream(apart).map(Math::abs).toArray();
      for (int j = 0; j < moved.length; j++) {
        beyond = Math.max(beyond, Math.abs(moved[j]) - bound.reach(j, distances));
      }
    }
    assertThat(beyond).isLessThan(1e-14);
    return worst;
  }

  @Test
  void distancesOfDifferentUnitsAddUp() {
    LocalBound bound = around(relus(EACH).subject(), 0.25, 0.5, -0.5, 0);
    assertThat(bound.reach(0, 0.25, 0.25, 0.25)).isBetween(0.1875, 0.1875 + 1e-15);
    assertThat(bound.reach(0, 0, 0.25, 1 / 0.0)).isZero();
    assertThat(bound.reach(1, 0.25, 0.25, 0.25)).isZero();
    assertThat(bound.reach(2, 0.25, 0.25, Double.MIN_VALUE))
        .isBetween(Double.MIN_VALUE, 3 * Double.MIN_VALUE);
    assertThatThrownBy(() -> bound.reach(0, 0.25))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 distances, expected 3: one for each input");
    for (double bad : new double[] {-0.5, Double.NaN}) {
      assertThatThrownBy(() -> bound.reach(0, 0.25, bad, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("distances[1] is " + bad + ", expected 0 or more");
    }
    LocalBound wide = around(random(EACH, "relu", "abs", 1), 0.25, 0.5, -0.5, 0);
    double[] distances = {0.1, 0.2, 0.05};
    for (int j = 0; j < 2; j++) {
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 3; i++) {
        exact =
            exact.add(
                new BigDecimal(wide.slopes().get(j).get(i)).multiply(new BigDecimal(distances[i])));
      }
      assertThat(new BigDecimal(wide.reach(j, distances))).isGreaterThanOrEqualTo(exact);
      assertThat(wide.reach(j, distances)).isLessThan(exact.doubleValue() * (1 + 1e-14));
    }
  }

  /** Without a limit of time, an answer depends on nothing but the question. */
  @Test
  void threadsGetTheSameAnswers() throws Exception {
    Computing network = new Computing(random(Norms.EUCLIDEAN, "tanh", "relu", 3));
    SplittableRandom random = new SplittableRandom(11);
    List<double[]> inputs =
        IntStream.range(0, 4).mapToObj(_ -> random.doubles(3, -1, 1).toArray()).toList();
    LocalOptions options = new LocalOptions(2, Long.MAX_VALUE);
    List<LocalBound> alone =
        inputs.stream().map(x -> network.localLipschitz(x, 0.125, options)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<List<LocalBound>>> both =
          IntStream.range(0, 2)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () ->
                              inputs.stream()
                                  .map(x -> network.localLipschitz(x, 0.125, options))
                                  .toList()))
              .toList();
      for (Future<List<LocalBound>> found : both) {
        assertThat(found.get()).isEqualTo(alone);
      }
    }
  }
}
