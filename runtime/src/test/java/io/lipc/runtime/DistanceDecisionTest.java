package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.runtime.DistanceDecision.Decision;
import io.lipc.runtime.layout.Floats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Decisions against exact numbers, and attacks on their radii. */
class DistanceDecisionTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  private static Unit.Input box(int size, double end) {
    List<Double> ends = Collections.nCopies(size, end);
    return new Unit.Input(size, Optional.of(new Unit.Box(Collections.nCopies(size, -end), ends)));
  }

  /** Each element by itself, times 1/2: no direction is steeper than another, in l2 and in linf. */
  private static Shipped halves(int size, Norm output, ElementType type) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.norms = new Norms(Norm.L2, output);
    shipped.units.add(box(size, 8));
    shipped.units.add(Unit.scale(0, 0.5, size));
    return shipped;
  }

  /** The square of a distance in l2, or the distance in linf. */
  private static BigDecimal size(double[] y, double[] reference, Norm norm) {
    BigDecimal size = BigDecimal.ZERO;
    for (int i = 0; i < y.length; i++) {
      BigDecimal moved = exact(y[i]).subtract(exact(reference[i]));
      size = norm == Norm.L2 ? size.add(moved.pow(2)) : size.max(moved.abs());
    }
    return size;
  }

  private static BigDecimal of(BigDecimal length, Norm norm) {
    return norm == Norm.L2 ? length.pow(2) : length;
  }

  /** A decision for a computed embedding is what exact numbers say, and its radius never above. */
  private static void replay(
      Decision decision, Subject subject, double[] y, double[] reference, double threshold) {
    Claim.Lipschitz claim = subject.certificate().lipschitz();
    Norm norm = claim.norms().output();
    String what = Arrays.toString(y) + Arrays.toString(reference) + threshold + decision;
    BigDecimal apart = size(y, reference, norm);
    BigDecimal most = exact(threshold);
    assertThat(decision.within()).as(what).isEqualTo(apart.compareTo(of(most, norm)) <= 0);
    assertThat(decision.within()).as(what).isEqualTo(decision.distance() <= threshold);
    assertThat(of(exact(decision.distance()), norm)).as(what).isGreaterThanOrEqualTo(apart);
    BigDecimal high = exact(decision.distance()).multiply(exact(1 - 1e-14));
    assertThat(of(high, norm)).as(what).isLessThanOrEqualTo(apart);
    // L R + 2 e is not above what distance and threshold differ by.
    double error = RoundingBound.maxError(subject).orElseThrow();
    BigDecimal moved = exact(decision.radius()).multiply(exact(claim.bound()));
    BigDecimal rounding =
        norm == Norm.L2
            ? exact(error).multiply(exact(2)).pow(2).multiply(exact(y.length))
            : exact(error).multiply(exact(2));
    if (decision.radius() == 0) {
      return;
    }
    BigDecimal pays =
        moved.add(norm == Norm.L2 ? rounding.sqrt(new MathContext(60, RoundingMode.UP)) : rounding);
    BigDecimal end = decision.within() ? most.subtract(pays) : most.add(pays);
    assertThat(end.signum()).as(what).isNotNegative();
    assertThat(apart.compareTo(of(end, norm)))
        .as(what)
        .matches(sign -> decision.within() ? sign <= 0 : sign > 0);
  }

  @Test
  void decisionsAreExactAndRadiiAreRoundedDown() {
    SplittableRandom random = new SplittableRandom(48);
    int positive = 0;
    for (int trial = 0; trial < 4000; trial++) {
      Norm norm = Norm.values()[trial % 2];
      Shipped shipped = halves(1 + trial % 5, norm, ElementType.F64);
      shipped.bound = Math.exp(random.nextDouble(-3, 3));
      Computing network = new Computing(shipped.subject());
      double[] x = random.doubles(network.inputSize(), -8, 8).toArray();
      double[] reference = random.doubles(x.length, -4, 4).toArray();
      double[] y = Computing.outputs(network).apply(x);
      double near = Math.sqrt(size(y, reference, norm).doubleValue());
      // Far from it, and within some last places of it.
      double threshold =
          trial % 3 == 0
              ? random.nextDouble(12)
              : (norm == Norm.L2 ? near : near * near) + random.nextInt(-4, 5) * Math.ulp(near);
      Decision decision = DistanceDecision.of(network, reference, Math.abs(threshold)).decide(x);
      replay(decision, shipped.subject(), y, reference, Math.abs(threshold));
      positive += decision.radius() > 0 ? 1 : 0;
    }
    assertThat(positive).isBetween(1000, 3900);
  }

  /** The distance of (3, 4) is 5, exactly: at 5 it is within, and one place below it is not. */
  @Test
  void aThresholdAtTheDistanceIsWithin() {
    for (Norm norm : Norm.values()) {
      double distance = norm == Norm.L2 ? 5 : 4;
      Computing network = new Computing(halves(2, norm, ElementType.F64).subject());
      double[] reference = {0.5, -0.5};
      double[] x = {7, 7};
      assertThat(DistanceDecision.of(network, reference, distance).decide(x))
          .isEqualTo(new Decision(true, distance, 0));
      Decision below = DistanceDecision.of(network, reference, Math.nextDown(distance)).decide(x);
      assertThat(below.within()).isFalse();
      assertThat(below.distance()).isBetween(distance, distance + 1e-14);
      assertThat(below.radius()).isZero();
      // With 0 only an embedding that is the reference, which no radius keeps.
      DistanceDecision<double[]> same = DistanceDecision.of(network, new double[] {1, 2}, -0.0);
      assertThat(same.decide(new double[] {2, 4})).isEqualTo(new Decision(true, 0, 0));
      assertThat(same.decide(new double[] {2, Math.nextUp(4.0)}).within()).isFalse();
    }
  }

  /** A radius at which the bound is reached: a bit beyond it, and the decision changes. */
  @Test
  void radiiAreAsLargeAsTheyCanBe() {
    for (ElementType type : ElementType.values()) {
      for (Norm norm : Norm.values()) {
        Shipped shipped = halves(1, norm, type);
        double[] reference = {0.25};
        for (double[] asked : new double[][] {{4, 1.25}, {1.5, 1.25}, {-3, 0.75}, {-7, 6}}) {
          Decision decision = decide(shipped, reference, asked[1], asked[0]);
          double expected = Math.abs(Math.abs(asked[0] / 2 - 0.25) - asked[1]) / 0.5;
          assertThat(decision.radius()).isCloseTo(expected, within(1e-5));
          assertThat(decision.radius()).isLessThan(expected);
          double away = Math.signum(asked[0] / 2 - 0.25) * (decision.within() ? 1 : -1);
          for (double share : new double[] {0.5, 0.999_99, 1}) {
            double moved = type.round(asked[0] + away * decision.radius() * share);
            if (Math.abs(moved - asked[0]) <= decision.radius()) {
              assertThat(decide(shipped, reference, asked[1], moved).within())
                  .isEqualTo(decision.within());
            }
          }
          double beyond = type.round(asked[0] + away * (expected + 1e-5));
          assertThat(decide(shipped, reference, asked[1], beyond).within())
              .isEqualTo(!decision.within());
        }
      }
    }
  }

  private static Decision decide(
      Shipped shipped, double[] reference, double threshold, double... x) {
    Subject subject = shipped.subject();
    return shipped.type == ElementType.F64
        ? DistanceDecision.of(new Computing(subject), reference, threshold).decide(x)
        : DistanceDecision.of(new ComputingFloats(subject), Floats.of(reference), threshold)
            .decide(Floats.of(x));
  }

  private static double[][] random(SplittableRandom random, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, -1, 1).map(v -> (float) v).toArray())
        .toArray(double[][]::new);
  }

  private static double frobenius(double[][] rows) {
    return Math.sqrt(Arrays.stream(rows).flatMapToDouble(Arrays::stream).map(v -> v * v).sum());
  }

  private static double[] l1(double[][] rows) {
    return Arrays.stream(rows)
        .mapToDouble(row -> Arrays.stream(row).map(Math::abs).sum())
        .toArray();
  }

  /** A bound of {@code second relu(first x)} by norms of both matrices. */
  private static double bound(double[][] first, double[][] second, Norms norms) {
    double[] ofRows =
        norms.input() == Norm.L2
            ? Arrays.stream(second).mapToDouble(row -> frobenius(new double[][] {row})).toArray()
            : l1(second);
    double before =
        norms.input() == Norm.L2 ? frobenius(first) : Arrays.stream(l1(first)).max().orElseThrow();
    double behind =
        norms.output() == Norm.LINF
            ? Arrays.stream(ofRows).max().orElseThrow()
            : Math.sqrt(Arrays.stream(ofRows).map(v -> v * v).sum());
    return before * behind * (1 + 1e-12);
  }

  private static Shipped random(SplittableRandom random, ElementType type, Norms norms) {
    int width = 3 + random.nextInt(4);
    double[][] first = random(random, width, 3);
    double[][] second = random(random, 1 + random.nextInt(4), width);
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.norms = norms;
    shipped.bound = bound(first, second, norms);
    shipped.units.add(box(3, 1));
    shipped.dense(0, first, "w");
    shipped.units.add(Unit.activation(1, "relu", List.of(), width));
    shipped.dense(2, second, "v");
    return shipped;
  }

  private static List<Norms> norms() {
    return Arrays.stream(Norm.values())
        .flatMap(in -> Arrays.stream(Norm.values()).map(out -> new Norms(in, out)))
        .toList();
  }

  /** Steps of at most the radius, in all signs and at random, stay in the decision. */
  @Test
  void noAttackWithinTheRadiusChangesADecision() {
    SplittableRandom random = new SplittableRandom(4);
    int attacked = 0;
    for (int trial = 0; trial < 400; trial++) {
      Norms norms = norms().get(trial % 4);
      ElementType type = ElementType.values()[trial / 4 % 2];
      Shipped shipped = random(random, type, norms);
      double[] x = random.doubles(3, -0.7, 0.7).map(type::round).toArray();
      double[] reference =
          random
              .doubles(shipped.subject().certificate().outputSize(), -1, 1)
              .map(type::round)
              .toArray();
      double threshold = random.nextDouble(3);
      Decision decision = decide(shipped, reference, threshold, x);
      for (int k = 0; decision.radius() > 0 && k < 40; k++) {
        double[] step =
            k < 8
                ? new double[] {1 - 2 * (k & 1), 1 - (k & 2), 1 - (k & 4) / 2.0}
                : random.doubles(3, -1, 1).toArray();
        double length =
            norms.input() == Norm.L2
                ? frobenius(new double[][] {step})
                : Arrays.stream(step).map(Math::abs).max().orElseThrow();
        double[] moved = new double[3];
        for (int i = 0; i < 3; i++) {
          moved[i] = type.round(x[i] + step[i] / length * decision.radius() * (1 - 1e-6));
        }
        if (shipped.units.getFirst() instanceof Unit.Input input
            && input.box().orElseThrow().contains(moved)
            && size(moved, x, norms.input()).compareTo(of(exact(decision.radius()), norms.input()))
                <= 0) {
          assertThat(decide(shipped, reference, threshold, moved).within())
              .as("%s %s", norms, decision)
              .isEqualTo(decision.within());
          attacked++;
        }
      }
    }
    assertThat(attacked).isGreaterThan(3000);
  }

  /** What L alone would allow is not enough where inputs differ in their last places. */
  @Test
  void roundingIsPaidFor() {
    SplittableRandom random = new SplittableRandom(9);
    int beyond = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      Norm norm = Norm.values()[trial % 2];
      Shipped shipped = new Shipped();
      shipped.norms = new Norms(Norm.L2, norm);
      shipped.bound = 0.436;
      shipped.units.add(box(3, 1));
      shipped.dense(0, new double[][] {{0.3, -0.3, 0.1}}, "w");
      double[] x = random.doubles(3, -0.99, 0.99).toArray();
      double[] moved = x.clone();
      for (int i = 0; i < 3; i++) {
        moved[i] += random.nextInt(-2, 3) * Math.ulp(x[i]);
      }
      double distance = decide(shipped, new double[1], 1, x).distance();
      double threshold = Math.abs(distance + random.nextInt(-3, 4) * 0x1p-55);
      Decision decision = decide(shipped, new double[1], threshold, x);
      boolean changed =
          decide(shipped, new double[1], threshold, moved).within() != decision.within();
      double step = Math.sqrt(size(moved, x, Norm.L2).doubleValue());
      assertThat(changed && step * (1 - 1e-15) <= decision.radius()).isFalse();
      beyond += changed && step < Math.abs(distance - threshold) / shipped.bound ? 1 : 0;
    }
    assertThat(beyond).isPositive();
  }

  /** A difference that rounds up has more than the rounding errors leave of it. */
  @Test
  void marginsAreRoundedDown() {
    SplittableRandom random = new SplittableRandom(6);
    int positive = 0;
    for (int trial = 0; trial < 400; trial++) {
      Shipped shipped = new Shipped();
      shipped.norms = new Norms(Norm.L2, Norm.values()[trial % 2]);
      shipped.bound = 0.436;
      shipped.units.add(box(3, 1));
      shipped.dense(0, new double[][] {{0.3, -0.3, 0.1}}, "w");
      Subject subject = shipped.subject();
      double errors = 2 * RoundingBound.maxError(subject).orElseThrow();
      double large = errors + random.nextInt(2, 10) * Math.ulp(errors);
      double small = random.nextDouble() * Math.ulp(errors);
      for (double[] at : new double[][] {{small, large}, {large, small}}) {
        Decision decision = decide(shipped, new double[] {at[0]}, at[1], 0, 0, 0);
        replay(decision, subject, new double[1], new double[] {at[0]}, at[1]);
        positive += decision.radius() > 0 ? 1 : 0;
      }
    }
    assertThat(positive).isGreaterThan(400);
  }

  /** Each operation goes to the next number; what is computed here has no other error. */
  @Test
  void distancesToTheLastBit() {
    Shipped shipped = new Shipped();
    shipped.bound = 1;
    shipped.units.add(box(3, 8));
    shipped.units.add(Unit.activation(0, "relu", List.of(), 3));
    double[][][] expected = {
      {{0, 0.8, 0.3}, {-1.1, 2, -0.1}},
      {{0x1.ad225aceec201p0, 0x1.ad225aceec1f5p0}, {0x1.3333333333334p0, 0x1.333333333332fp0}},
      {{0.3, 0, 0.9}, {-0.1, 0.9, 1.5}},
      {{0x1.273bcd5e5182bp0, 0x1.273bcd5e51822p0}, {0x1.ccccccccccccep-1, 0x1.cccccccccccc9p-1}},
      {{0.9, 0.1, 0.1}, {-1.1, 1.9, -0.3}},
      {{0x1.5c3298dd40b29p1, 0x1.5c3298dd40b1fp1}, {0x1.0000000000001p1, 0x1.ffffffffffffcp0}},
      {{0.6, 0.3, 0.5}, {-0.5, -0.6, 0.3}},
      {{0x1.6f6ddaf77a417p0, 0x1.6f6ddaf77a40bp0}, {0x1.199999999999bp0, 0x1.1999999999996p0}}
    };
    for (int k = 0; k < expected.length; k += 2) {
      double[] x = expected[k][0];
      double[] reference = expected[k][1];
      for (Norm norm : Norm.values()) {
        shipped.norms = new Norms(Norm.L2, norm);
        Decision decision = decide(shipped, reference, 0, x);
        replay(decision, shipped.subject(), x, reference, 0);
        double[] numbers = expected[k + 1][norm.ordinal()];
        assertThat(decision).isEqualTo(new Decision(false, numbers[0], numbers[1]));
      }
    }
  }

  /** The root of 3 for three outputs in l2, and 1 in linf. */
  @Test
  void roundingErrorsToTheLastBit() {
    for (Norm norm : Norm.values()) {
      Shipped shipped = new Shipped();
      shipped.norms = new Norms(Norm.L2, norm);
      shipped.bound = 0.75;
      shipped.units.add(box(3, 1));
      shipped.dense(0, new double[][] {{0.3, -0.3, 0.1}, {0.1, 0.2, 0.3}, {0.3, 0.1, 0}}, "w");
      double one = RoundingBound.maxError(shipped.subject()).orElseThrow();
      double root = Math.nextUp(Math.sqrt(3));
      double error = norm == Norm.L2 ? Math.nextUp(root * one) : one;
      for (double share = 3.5; share < 5; share += 0.125) {
        double spare = Math.nextDown(Math.nextDown(share * one) - 2 * error);
        double radius = decide(shipped, new double[3], share * one, 0, 0, 0).radius();
        assertThat(radius).isEqualTo(Math.nextDown(spare / 0.75)).isPositive();
      }
    }
  }

  /** Distances beyond all doubles, and squares below them. */
  @Test
  void numbersAtTheEndsOfTheRange() {
    double most = Double.MAX_VALUE;
    for (Norm norm : Norm.values()) {
      Shipped shipped = halves(2, norm, ElementType.F64);
      Decision far = decide(shipped, new double[] {-most, most}, 1, 8, -8);
      assertThat(far.within()).isFalse();
      assertThat(far.distance()).isGreaterThanOrEqualTo(most);
      assertThat(far.radius()).isBetween(1e100, most);
      // The square of the threshold is below all doubles, and above the distance's.
      double tiny = 0x1p-700;
      Decision near = decide(shipped, new double[] {tiny, 0}, 2 * tiny, 0, 0);
      assertThat(near.within()).isTrue();
      assertThat(near.distance()).isBetween(tiny, 2 * tiny);
      assertThat(near.radius()).isZero();
      assertThat(decide(shipped, new double[] {tiny, 0}, tiny / 2, 0, 0).within()).isFalse();
      Decision large = decide(shipped, new double[] {1e300, 0}, 2e300, 0, 0);
      assertThat(large.within()).isTrue();
      assertThat(large.distance()).isBetween(1e300, 2e300);
    }
  }

  @Test
  void outsideOfTheBoxAndWithoutOneNothingIsCertain() {
    for (ElementType type : ElementType.values()) {
      Shipped shipped = halves(2, Norm.L2, type);
      double[] reference = {1, 1};
      assertThat(decide(shipped, reference, 2, 1, 1).radius()).isPositive();
      Decision outside = decide(shipped, reference, 2, 8.5, 1);
      assertThat(outside.within()).isFalse();
      assertThat(outside.distance()).isCloseTo(Math.hypot(3.25, 0.5), within(1e-9));
      assertThat(outside.radius()).isZero();
      shipped.units.set(0, new Unit.Input(2, Optional.empty()));
      Decision boundless = decide(shipped, reference, 2, 1, 1);
      assertThat(boundless.within()).isTrue();
      assertThat(boundless.radius()).isZero();
      for (double odd : new double[] {Double.NaN, INFINITY, -INFINITY}) {
        assertThat(decide(shipped, reference, 2, 1, odd))
            .isEqualTo(new Decision(false, INFINITY, 0));
      }
    }
  }

  /** The scaled bound, where there is one: 1 in units of 2, so half of the plain radius. */
  @Test
  void radiiAreInTheUnitsOfAScaledBound() {
    Subject subject = halves(2, Norm.L2, ElementType.F64).subject();
    Certificate plain = subject.certificate();
    Certificate scaled =
        new Certificate(
            plain.network(),
            plain.type(),
            new Claim.Scaled(
                new Claim.Lipschitz(Norms.EUCLIDEAN, 1),
                new InputScale.Units(List.of(2.0, 2.0), Optional.empty())),
            plain.method(),
            plain.units(),
            plain.grounds());
    assertThat(scaled.grounds()).isInstanceOf(Grounds.GivenWeights.class);
    Subject further =
        new Subject(scaled, CertificateText.digest(scaled), subject.weights(), Map.of());
    ShippedNetwork network = new ShippedNetwork(subject, List.of(), List.of(further));
    Decision decision =
        DistanceDecision.of(network, new double[] {1, 1}, 3).decide(new double[] {2, 4});
    assertThat(decision.distance()).isCloseTo(1, within(1e-15));
    assertThat(decision.radius()).isCloseTo(2, within(1e-14));
    assertThat(decide(halves(2, Norm.L2, ElementType.F64), new double[] {1, 1}, 3, 2, 4).radius())
        .isCloseTo(4, within(1e-14));
  }

  @Test
  void theReferenceMayBeTheEmbeddingOfAnInput() {
    Computing doubles = new Computing(halves(2, Norm.L2, ElementType.F64).subject());
    double[] enrolled = {2, 6};
    DistanceDecision<double[]> near = DistanceDecision.ofInput(doubles, enrolled, 0.5);
    assertThat(near.decide(enrolled).distance()).isZero();
    enrolled[0] = 8;
    assertThat(near.decide(enrolled).distance()).isCloseTo(3, within(1e-14));
    double[] reference = {1, 3};
    DistanceDecision<double[]> kept = DistanceDecision.of(doubles, reference, 0.5);
    reference[1] = 9;
    assertThat(kept.decide(new double[] {2, 6}).distance()).isZero();
    ComputingFloats floats = new ComputingFloats(halves(2, Norm.L2, ElementType.F32).subject());
    assertThat(DistanceDecision.ofInput(floats, new float[] {2, 6}, 0.5).decide(new float[] {2, 7}))
        .isEqualTo(DistanceDecision.of(floats, new float[] {1, 3}, 0.5).decide(new float[] {2, 7}))
        .extracting(Decision::within)
        .isEqualTo(true);
    assertThatThrownBy(() -> near.decide(new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoReferenceIsRefused() {
    Computing network = new Computing(halves(2, Norm.L2, ElementType.F64).subject());
    assertThatThrownBy(() -> DistanceDecision.of(network, new double[3], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reference has 3 elements, expected 2: an embedding, as demo.Network gives it;"
                + " `ofInput` takes an input");
    for (double odd : new double[] {Double.NaN, INFINITY, -INFINITY}) {
      assertThatThrownBy(() -> DistanceDecision.of(network, new double[] {0, odd}, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("reference[1] is " + odd + ", expected a finite number");
      assertThatThrownBy(() -> DistanceDecision.ofInput(network, new double[] {odd, 0}, 1))
          .hasMessage("reference[0] is " + odd + ", expected a finite number");
    }
  }

  @Test
  void whatIsNoThresholdIsRefused() {
    Computing network = new Computing(halves(1, Norm.L2, ElementType.F64).subject());
    double[] reference = {1};
    for (double odd : new double[] {Double.NaN, INFINITY, -INFINITY, -1, -Double.MIN_VALUE}) {
      assertThatThrownBy(() -> DistanceDecision.of(network, reference, odd))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("threshold " + odd + ", expected a distance: 0 or more, and finite");
    }
    assertThat(DistanceDecision.of(network, reference, Double.MAX_VALUE).decide(reference))
        .extracting(Decision::within)
        .isEqualTo(true);
  }

  @Test
  void aNetworkWithoutABoundHasNoDecisions() {
    Subject bounded = halves(1, Norm.L2, ElementType.F64).subject();
    Certificate about = bounded.certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(-4, 4),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors()));
    Computing network =
        new Computing(
            new Subject(range, CertificateText.digest(range), bounded.weights(), Map.of()));
    assertThatThrownBy(() -> DistanceDecision.of(network, new double[1], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "demo.Network claims no Lipschitz bound, and so has no radii; declare one: `certify"
                + " lipschitz <= 2.0;` or @Lipschitz(2.0)");
  }
}
