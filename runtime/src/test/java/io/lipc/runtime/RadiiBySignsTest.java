package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.runtime.layout.Floats;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Networks give the radii that the signs of what their units read allow, and no larger ones. */
final class RadiiBySignsTest {

  /** The factors of the pairs (0, 1), (0, 2) and (1, 2): their bounds are the inverses. */
  private static final List<Double> SCALES = List.of(0.5, 0.4375, 0.375);

  /** {@code 0.75 relu(x)} for each of three elements, in a box from -1 to 1. */
  private static Subject relus(ElementType type) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.bound = 2;
    shipped.declared = 2;
    shipped.input(3);
    shipped.units.add(Unit.activation(0, "relu", List.of(), 3));
    shipped.units.add(Unit.scale(1, 0.75, 3));
    shipped.multipliers.add(slopes());
    return shipped.subject();
  }

  private static Proof.Multiplier slopes() {
    return new Proof.Multiplier(1, Proof.Constraint.SLOPE, List.of(1.0));
  }

  private static Proof proof(PositivityWitness witness) {
    return new Proof(List.of(), List.of(), List.of(slopes()), witness);
  }

  private static PairBounds pairs(Subject network, OptionalDouble delta) {
    Certificate about = network.certificate();
    List<Proof> proofs = new ArrayList<>();
    proofs.addAll(Collections.nCopies(3, proof(new PositivityWitness.ExactElimination())));
    if (delta.isPresent()) {
      proofs.addAll(Collections.nCopies(3, proof(new PositivityWitness.VerifiedCholesky())));
    }
    return PairBounds.claimed(
        network,
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Pairs(Norm.L2, Optional.empty(), delta),
            "by hand",
            PairUnits.of(about.units(), SCALES),
            new Grounds.GivenWeights(List.of(), Grounds.Calls.BOUNDED, proofs)));
  }

  private static PairBounds signed(Subject network) {
    return pairs(network, OptionalDouble.of(0.25));
  }

  private static CertifiedParameters parameters(Subject network, PairBounds pairs) {
    return new CertifiedParameters(network).claiming(List.of(pairs.subject()));
  }

  private static Computing doubles(Subject network, PairBounds pairs) {
    return new Computing(parameters(network, pairs), Computing.Fault.NONE);
  }

  private static ComputingFloats floats(Subject network, PairBounds pairs) {
    return new ComputingFloats(
        parameters(network, pairs), Computing.Fault.NONE, Computing.Fault.NONE);
  }

  /** Every order of three numbers. */
  private static List<double[]> orders(double a, double b, double c) {
    return List.of(
        new double[] {a, b, c},
        new double[] {a, c, b},
        new double[] {b, a, c},
        new double[] {b, c, a},
        new double[] {c, a, b},
        new double[] {c, b, a});
  }

  /** The exact outputs for positive numbers, of which relu is the identity. */
  private static double[] outputs(double[] x) {
    return Arrays.stream(x).map(v -> 0.75 * v).toArray();
  }

  /** The distance to where the two largest outputs differ by so much alone. */
  private static double nearest(double[] y, double difference) {
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    return (sorted[2] - sorted[1] - difference) / (0.75 * Math.sqrt(2));
  }

  /** Whichever output wins, and whichever comes next: all signs are known, and so is the radius. */
  @Test
  void signsEnlargeRadii() {
    for (ElementType type : ElementType.values()) {
      Subject network = relus(type);
      PairBounds pairs = signed(network);
      double error = RoundingBound.maxError(network).orElseThrow();
      assertThat(error).isPositive();
      for (double[] x : orders(1, 0.5, 0.125)) {
        double[] y = outputs(x);
        double byPairs = CertifiedRadius.of(y, pairs, error);
        double[] found = radii(network, pairs, x, y);
        assertThat(found[0])
            .isGreaterThan(1.4 * byPairs)
            .isBetween(nearest(y, 2 * error) * (1 - 1e-12), nearest(y, 0));
        assertThat(found[1]).isEqualTo(found[0]);
        assertThat(found[2]).isEqualTo(byPairs).isPositive();
        if (type == ElementType.F32) {
          assertThat(found[0]).isLessThanOrEqualTo(nearest(y, 2 * error));
        }
      }
    }
  }

  /** The radius, the one by the default options, and the one without steps. */
  private static double[] radii(Subject network, PairBounds pairs, double[] x, double[] y) {
    if (network.certificate().type() == ElementType.F64) {
      Computing own = doubles(network, pairs);
      assertSigned(own);
      return new double[] {
        own.certifiedRadius(x, y),
        own.certifiedRadius(x, y, LocalOptions.DEFAULT),
        own.certifiedRadius(x, y, LocalOptions.NO_STEPS)
      };
    }
    ComputingFloats own = floats(network, pairs);
    assertSigned(own);
    float[] input = Floats.of(x);
    float[] logits = Floats.of(y);
    return new double[] {
      own.certifiedRadius(input, logits),
      own.certifiedRadius(input, logits, LocalOptions.DEFAULT),
      own.certifiedRadius(input, logits, LocalOptions.NO_STEPS)
    };
  }

  private static void assertSigned(LipschitzNetwork network) {
    assertThat(network.hasRadiiBySigns()).isTrue();
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  /** The exact margin at the input is known, so two errors are lost, and not four. */
  @Test
  void roundingIsPaidFor() {
    Subject network = relus(ElementType.F64);
    PairBounds pairs = signed(network);
    Optional<SignedRadius> signed = SignedRadius.of(pairs.subject(), 3);
    RadiusClaim claim = RadiusClaim.of(network, List.of(pairs.subject()));
    for (double[] x : orders(1, 0.5, 0.125)) {
      double[] y = outputs(x);
      for (double error : new double[] {0, 0.03125, 0.0625, 0.125, 0.1875, 1, 1 / 0.0}) {
        double exact = Math.max(0, nearest(y, 2 * error));
        double found = CertifiedRadius.of(x, y, claim, signed, LocalOptions.DEFAULT, error);
        assertThat(found)
            .isGreaterThanOrEqualTo(CertifiedRadius.of(y, pairs, error))
            .isBetween(exact * (1 - 1e-12), exact);
      }
    }
  }

  /** Without a search, to the bit, wherever the largest stands. */
  @Test
  void withoutStepsRadiiAreThoseOfPairs() {
    Subject network = relus(ElementType.F64);
    PairBounds pairs = signed(network);
    Optional<SignedRadius> signed = SignedRadius.of(pairs.subject(), 3);
    RadiusClaim claim = RadiusClaim.of(network, List.of(pairs.subject()));
    SplittableRandom random = new SplittableRandom(2);
    int positive = 0;
    for (int trial = 0; trial < 1000; trial++) {
      double[] logits = random.doubles(3, -1, 1).toArray();
      double error = random.nextDouble(0.1);
      double byPairs = CertifiedRadius.of(logits, pairs, error);
      assertThat(
              CertifiedRadius.of(
                  new double[3], logits, claim, signed, LocalOptions.NO_STEPS, error))
          .isEqualTo(byPairs);
      assertThat(
              CertifiedRadius.of(
                  new double[3], logits, claim, Optional.empty(), LocalOptions.DEFAULT, error))
          .isEqualTo(byPairs);
      positive += byPairs > 0 ? 1 : 0;
    }
    assertThat(positive).isBetween(300, 990);
  }

  @Test
  void logitsThatAreNoNumbersHaveNoRadius() {
    Subject network = relus(ElementType.F64);
    for (int at = 0; at < 3; at++) {
      int bad = at;
      for (double odd : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
        Computing faulty =
            new Computing(parameters(network, signed(network)), (_, y) -> y[bad] = odd);
        double[] x = {1, 0.5, 0.125};
        double[] y = new double[3];
        faulty.apply(x, y);
        assertThat(faulty.hasRadiiBySigns()).isTrue();
        assertThat(faulty.certifiedRadius(x, y)).isZero();
      }
    }
  }

  /** Where not all forms fit, each is made anew when it is asked for; none fits in too little. */
  @Test
  void memoryChangesNoRadius() {
    Subject network = relus(ElementType.F64);
    PairBounds pairs = signed(network);
    RadiusClaim claim = RadiusClaim.of(network, List.of(pairs.subject()));
    int least = 1;
    while (SignedRadius.of(pairs.subject(), 3, least).isEmpty()) {
      least++;
    }
    // A form of 3 units has 7 columns over 6 coordinates, and 3 rows.
    assertThat(least).isEqualTo(7 * 7 + 7 * 6 + 3 * 6);
    Optional<SignedRadius> one = SignedRadius.of(pairs.subject(), 3, least);
    Optional<SignedRadius> all = SignedRadius.of(pairs.subject(), 3);
    for (double[] x : orders(1, 0.5, 0.125)) {
      double[] y = outputs(x);
      double radius = CertifiedRadius.of(x, y, claim, one, LocalOptions.DEFAULT, 0);
      assertThat(radius)
          .isEqualTo(CertifiedRadius.of(x, y, claim, all, LocalOptions.DEFAULT, 0))
          .isGreaterThan(CertifiedRadius.of(y, pairs, 0));
    }
  }

  /** The forms that the first input has made are kept for the next. */
  @Test
  void formsArePreparedOnce() {
    Subject network = relus(ElementType.F64);
    Computing doubles = doubles(network, signed(network));
    assertThat(doubles.signed().orElseThrow()).isSameAs(doubles.signed().orElseThrow());
  }

  @Test
  void withoutDeltaThereAreNone() {
    double[] x = {1, 0.5, 0.125};
    for (ElementType type : ElementType.values()) {
      Subject network = relus(type);
      PairBounds pairs = pairs(network, OptionalDouble.empty());
      double expected =
          CertifiedRadius.of(outputs(x), pairs, RoundingBound.maxError(network).orElseThrow());
      if (type == ElementType.F64) {
        Computing doubles = doubles(network, pairs);
        assertThat(doubles.hasRadiiBySigns()).isFalse();
        assertThat(doubles.certifiedRadius(x, outputs(x))).isEqualTo(expected).isPositive();
      } else {
        ComputingFloats floats = floats(network, pairs);
        assertThat(floats.hasRadiiBySigns()).isFalse();
        assertThat(floats.certifiedRadius(Floats.of(x), Floats.of(outputs(x))))
            .isEqualTo(expected)
            .isPositive();
      }
    }
    Subject plain = relus(ElementType.F64);
    assertThat(new ShippedNetwork(plain).hasRadiiBySigns()).isFalse();
    Certificate about = plain.certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(0, 1),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors()));
    Subject bounded = new Subject(range, CertificateText.digest(range), plain.weights(), Map.of());
    assertThat(new Computing(bounded).hasRadiiBySigns()).isFalse();
  }
}
