package io.lipc.certificate.signs;

import static io.lipc.certificate.signs.SignedPairsTest.claiming;
import static io.lipc.certificate.signs.SignedPairsTest.proof;
import static io.lipc.certificate.signs.SignedPairsTest.relus;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Proof.Multiplier;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.signs.SignedPoint.Found;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks on radii by signs: forged forms and numbers, and forms of other shapes. */
final class ForgedSignsTest {

  private static void assertRejected(Subject pairs, Reason reason) {
    assertThat(CertificateChecker.check(pairs))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  /**
   * A negative sigma would turn the inequality round: the second output stays below the first one
   * near this input, and these numbers would show that it stays above.
   */
  @Test
  void aNegativeSigmaShowsNothing() {
    SignedPairs signed = SignedPairs.of(relus(OptionalDouble.of(0.25))).orElseThrow();
    SignedPoint point = signed.at(new double[] {1, 0.25});
    double[] none = new double[2];
    double[] still = new double[4];
    for (double sigma : new double[] {1e-3, 0.0625, 0.125}) {
      assertThat(point.radius(0, true, 0, new Found(sigma, none, none, still))).isPositive();
      assertThat(point.radius(0, false, 0, new Found(-sigma, none, none, still))).isZero();
    }
  }

  /** Where F is next to 0, among the least doubles, a radius is a number and not negative. */
  @Test
  void aRadiusIsANumber() {
    SignedPairs signed = SignedPairs.of(relus(OptionalDouble.of(0.25))).orElseThrow();
    SignedPoint point = signed.at(new double[] {1, 0.25});
    double last = 0;
    for (int k = 0; k < 10_000; k++) {
      double sigma = k * Double.MIN_VALUE;
      last =
          point.radius(0, true, 0, new Found(sigma, new double[2], new double[2], new double[4]));
      assertThat(last).isGreaterThanOrEqualTo(0);
    }
    assertThat(last).isPositive();
  }

  /**
   * From linf the input's squares are those of the proof: a form that has none of them is not
   * positive, although with the squares of l2 it would be.
   */
  @Test
  void formsFromLinfHaveTheSquaresOfTheirProof() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.25);
    Multiplier slopes = new Multiplier(1, Constraint.SLOPE, List.of(0.5));
    Proof bound = proof(new Multiplier(0, Constraint.RANGE, List.of(0.5)), slopes);
    for (List<Double> mu : List.of(List.of(0.0, 0.5), List.of(0.5, 0.0), List.of(0.0))) {
      Proof form = proof(new Multiplier(0, Constraint.RANGE, mu), slopes);
      Subject forged =
          SignedPairsTest.pairs(
              net.subject(),
              Norm.LINF,
              OptionalDouble.of(0x1p-20),
              List.of(0.25),
              List.of(bound),
              List.of(form));
      assertRejected(forged, Reason.NOT_POSITIVE_DEFINITE);
    }
  }

  /**
   * A form may rest on other constraints than slopes, and then is positive by them; signs are about
   * slopes alone, and so nothing is shown by it.
   */
  @Test
  void formsOfOtherConstraintsAreNotUsed() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.activation(0, "relu");
    net.activation(1, "relu");
    Multiplier slopes = new Multiplier(1, Constraint.SLOPE, List.of(0.5));
    Claim.Pairs claim = new Claim.Pairs(Norm.L2, Optional.empty(), OptionalDouble.of(0.0625));
    for (Constraint second : List.of(Constraint.SLOPE, Constraint.GAIN)) {
      Proof bound = proof(slopes, new Multiplier(2, second, List.of(0.5)));
      Subject pairs =
          claiming(
              net.subject(),
              claim,
              List.of(0.25),
              List.of(bound, WithoutOutput.proof(bound.multipliers())));
      assertThat(CertificateChecker.check(pairs)).isEqualTo(new Verdict.Accepted());
      assertThat(SignedPairs.of(pairs).isPresent()).isEqualTo(second == Constraint.SLOPE);
    }
  }

  /** A bound by magnitudes has one proof, no form, and so no delta. */
  @Test
  void aBoundByMagnitudesHasNoDelta() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.activation(0, "relu");
    Proof product =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ElementwiseProduct());
    Claim.Pairs claim = new Claim.Pairs(Norm.LINF);
    Subject plain = claiming(net.subject(), claim, List.of(0.25), List.of(product));
    assertThat(CertificateChecker.check(plain)).isEqualTo(new Verdict.Accepted());
    claim = new Claim.Pairs(Norm.LINF, Optional.empty(), OptionalDouble.of(0.25));
    Subject forged = claiming(net.subject(), claim, List.of(0.25), List.of(product));
    assertRejected(forged, Reason.MALFORMED);
  }

  /** Bounds of other kinds have no signs. */
  @Test
  void signsAreOfPairs() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.5);
    assertThat(SignedPairs.of(net.subject())).isEmpty();
    assertThat(SignedPairs.of(relus(OptionalDouble.empty()))).isEmpty();
  }

  /** The forms of {@code w}, {@code p} and of the output have two entries each. */
  @Test
  void entriesOfAllFormsAreCounted() {
    Subject pairs = relus(OptionalDouble.of(0.25));
    assertThat(SignedPairs.of(pairs, 6)).isPresent();
    assertThat(SignedPairs.of(pairs, 5)).isEmpty();
    assertThat(SignedPairs.of(pairs).orElseThrow().inputs()).isEqualTo(2);
  }

  /** A network of a single unit that bends. */
  @Test
  void oneConstraintIsEnough() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(net.activation(net.dense(0, new double[][] {{1, -1}}), "relu"), weight(1, -1));
    Proof proof = proof(new Multiplier(2, Constraint.SLOPE, List.of(0.25)));
    Claim.Pairs claim = new Claim.Pairs(Norm.L2, Optional.empty(), OptionalDouble.of(0.0625));
    List<Proof> proofs = List.of(proof, WithoutOutput.proof(proof.multipliers()));
    Subject pairs = claiming(net.subject(), claim, List.of(0.125), proofs);
    assertThat(CertificateChecker.check(pairs)).isEqualTo(new Verdict.Accepted());
    assertThat(SignedPairs.of(pairs).orElseThrow().constraints()).isEqualTo(1);
  }

  private static double[][] weight(double... column) {
    return Arrays.stream(column).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  /** Groups of channels: the number that is read is that of two channels at one pixel. */
  @Test
  void signsOfChannelsAreThoseAtTheirPixel() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(12);
    OfGroups maxmin = new OfGroups(GroupKind.MAXMIN, List.of());
    net.add(new Unit.Activation(0, maxmin, 12, 3));
    net.add(Unit.select(1, List.of(0, 3)));
    Proof proof = proof(new Multiplier(1, Constraint.SLOPE, List.of(0.0625)));
    Claim.Pairs claim = new Claim.Pairs(Norm.L2, Optional.empty(), OptionalDouble.of(0.0625));
    List<Proof> proofs = List.of(proof, WithoutOutput.proof(proof.multipliers()));
    Subject pairs = claiming(net.subject(), claim, List.of(0x1p-4), proofs);
    assertThat(CertificateChecker.check(pairs)).isEqualTo(new Verdict.Accepted());
    SignedPairs signed = SignedPairs.of(pairs).orElseThrow();
    assertThat(signed.constraints()).isEqualTo(6);
    double[] x = new Random(5).doubles(12, -1, 1).toArray();
    SignedPoint point = signed.at(x);
    for (int group = 0; group < 6; group++) {
      int at = group / 3 * 6 + group % 3;
      // |t| less -t, and less t.
      double t = x[at] - x[at + 3];
      assertBelow(point.above(group), 2 * Math.max(t, 0));
      assertBelow(point.below(group), 2 * Math.max(-t, 0));
    }
  }

  private static void assertBelow(double lower, double number) {
    assertThat(lower).isLessThanOrEqualTo(number).isBetween(number * (1 - 1e-12), number);
  }

  /** A and B that are too large are cut off below what the theorem allows, to the bit. */
  @Test
  void whatIsTooLargeIsCutOff() {
    Random random = new Random(13);
    int positive = 0;
    for (int round = 0; round < 3; round++) {
      SignedPairsTest.Chain chain = SignedPairsTest.Chain.random(random);
      SignedPairs signed = SignedPairs.of(chain.pairs()).orElseThrow();
      double[] x = random.doubles(3, -2, 2).toArray();
      SignedPoint point = signed.at(x);
      boolean first = point.margin(0, true, 0) > 0;
      double[] lambda = signed.lambda(0);
      for (int k = 0; k < lambda.length; k++) {
        double[] shares = new double[lambda.length];
        shares[k] = 1;
        Found found = chain.best(x, first ? 1 : -1, shares).found();
        double[] above = found.above().clone();
        double[] below = found.below().clone();
        above[k] = below(lambda[k] * point.below(k));
        below[k] = below(lambda[k] * point.above(k));
        Found cut = new Found(found.sigma(), above.clone(), below.clone(), found.z());
        above[k] = Double.POSITIVE_INFINITY;
        below[k] = Double.POSITIVE_INFINITY;
        Found wild = new Found(found.sigma(), above, below, found.z());
        double radius = point.radius(0, first, 0, cut);
        assertThat(point.radius(0, first, 0, wild)).isEqualTo(radius);
        positive += radius > 0 ? 1 : 0;
      }
    }
    assertThat(positive).isGreaterThan(3);
  }

  private static double below(double product) {
    return product > 0 ? Math.nextDown(product) : 0;
  }

  /** Units in place of a call are evaluated behind the scale as those of one network are. */
  @Test
  void callsInPlaceAreEvaluated() {
    double[][] weight = {{1, -2}, {0.5, 1}};
    double[] bias = {0.25, -0.125};
    NetworkUnderTest inner = new NetworkUnderTest();
    inner.input(2);
    inner.activation(inner.dense(0, weight, bias), "relu");
    inner.bound = 100;
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.dense(outer.call(0, "test.Inner", inner.subject()), weight);
    NetworkUnderTest flat = new NetworkUnderTest();
    flat.input(2);
    flat.dense(flat.activation(flat.dense(0, weight, bias), "relu"), weight);
    double[] x = {0.75, -0.5};
    for (Optional<InputScale> scale :
        List.<Optional<InputScale>>of(
            Optional.empty(),
            Optional.of(new InputScale.Units(List.of(0.5, 3.0), Optional.empty())))) {
      // Proofs are about the units behind the one that scales the input.
      int relu = scale.isPresent() ? 3 : 2;
      SignedPairs inPlace = signed(outer, Grounds.Calls.INLINED, scale, relu);
      SignedPairs plain = signed(flat, Grounds.Calls.BOUNDED, scale, relu);
      Found found = new Found(0.01, new double[2], new double[2], new double[4]);
      SignedPoint expected = plain.at(x);
      SignedPoint point = inPlace.at(x);
      for (int k = 0; k < 2; k++) {
        assertThat(point.above(k)).isEqualTo(expected.above(k));
        assertThat(point.below(k)).isEqualTo(expected.below(k));
      }
      assertThat(point.above(0)).isPositive();
      assertThat(point.below(1)).isPositive();
      assertThat(point.radius(0, true, 0, found))
          .isPositive()
          .isEqualTo(expected.radius(0, true, 0, found));
    }
  }

  private static SignedPairs signed(
      NetworkUnderTest net, Grounds.Calls calls, Optional<InputScale> scale, int relu) {
    Subject network = net.subject();
    Certificate about = network.certificate();
    Proof form =
        WithoutOutput.proof(List.of(new Multiplier(relu, Constraint.SLOPE, List.of(0.0625))));
    Certificate pairs =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Pairs(Norm.L2, scale, OptionalDouble.of(0.0625)),
            "by hand",
            PairUnits.of(about.units(), List.of(0x1p-5)),
            new Grounds.GivenWeights(about.tensors(), calls, List.of(form, form)));
    return SignedPairs.of(
            new Subject(pairs, CertificateText.digest(pairs), network.weights(), network.callees()))
        .orElseThrow();
  }

  /** Reading forms again may take the work that the weights allow, as it may when checking. */
  @Test
  @Tag("slow")
  void weightsAllowWork() {
    int size = 1 << 12;
    List<Integer> reversed = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.reverse(reversed);
    NetworkUnderTest net = new NetworkUnderTest();
    int at = net.input(size);
    // A row of two terms that are far apart takes as much work as if it were full.
    for (int k = 0; k < 5; k++) {
      at = net.sum(at, net.add(Unit.select(at, reversed)));
      at = net.scale(at, 0.5);
    }
    double[] row = new double[size];
    row[0] = 1;
    int relu = net.activation(net.dense(at, new double[][] {row}), "relu");
    net.dense(relu, weight(1, -1));
    Proof proof = proof(new Multiplier(relu, Constraint.SLOPE, List.of(0.25)));
    Claim.Pairs claim = new Claim.Pairs(Norm.L2, Optional.empty(), OptionalDouble.of(0.0625));
    List<Proof> proofs = List.of(proof, WithoutOutput.proof(proof.multipliers()));
    assertThat(SignedPairs.of(claiming(net.subject(), claim, List.of(0.125), proofs))).isPresent();
  }
}
