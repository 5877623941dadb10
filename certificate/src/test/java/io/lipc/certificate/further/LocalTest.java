package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Local bounds: what is true is accepted, and nothing of it can be changed. */
final class LocalTest {

  private static final Norms FROM_LINF = new Norms(Norm.LINF, Norm.L2);

  private static Unit.Box box(double... ends) {
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      lower.add(ends[i]);
      upper.add(ends[i + 1]);
    }
    return new Unit.Box(lower, upper);
  }

  /** {@code relu(x_0 + x_1, x_0 - 3 x_1, 8 x_0 - 8)}, of inputs in [-4, 4]. */
  private static NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 2);
    net.dense(0, new double[][] {{1, 1}, {1, -3}, {8, 0}}, new double[] {0, 0, -8});
    net.activation(1, "relu");
    net.bound = 1000;
    net.slope(2, 1, 1, 1);
    return net;
  }

  /** Here the first relu is on, and the others are off: the function is (x_0 + x_1, 0, 0). */
  private static final Unit.Box QUIET = box(0.5, 0.75, 0.5, 1);

  /** The multipliers of one activation, a single 0 where none is given. */
  private static List<Proof> proof(int at, double... multipliers) {
    List<Double> values =
        multipliers.length == 0 ? List.of(0.0) : Arrays.stream(multipliers).boxed().toList();
    return proof(List.of(new Proof.Multiplier(at, Constraint.SLOPE, values)));
  }

  private static List<Proof> proof(List<Proof.Multiplier> multipliers) {
    return List.of(
        new Proof(List.of(), List.of(), multipliers, new PositivityWitness.ExactElimination()));
  }

  private static Certificate local(
      Subject network, Claim.Lipschitz bound, Unit.Box box, List<Proof> proofs) {
    Certificate about = network.certificate();
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Local(bound, box),
        "by hand",
        about.units(),
        new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, proofs));
  }

  private static Certificate local(
      Subject network, double bound, Unit.Box box, List<Proof> proofs) {
    return local(network, new Claim.Lipschitz(Norms.EUCLIDEAN, bound, 1000), box, proofs);
  }

  private static Certificate honest(Subject network) {
    return local(network, 1.42, QUIET, proof(2));
  }

  private static void assertRejected(Subject network, Certificate forged, Reason reason) {
    assertThatThrownBy(() -> FurtherClaims.checked(network, forged))
        .isInstanceOf(Rejection.class)
        .hasMessageStartingWith(reason.words());
  }

  private static void assertAccepted(Subject network, Certificate claim) {
    assertThat(FurtherClaims.checked(network, claim).certificate()).isEqualTo(claim);
  }

  @Test
  void whatIsAlwaysOnOrOffIsLinear() {
    Subject network = network().subject();
    assertThat(CertificateChecker.check(network)).isEqualTo(new Verdict.Accepted());
    assertAccepted(network, honest(network));
    assertRejected(network, local(network, 1.41, QUIET, proof(2)), Reason.NOT_POSITIVE_DEFINITE);
    // One double decides, where the square of the bound passes 2.
    double least = Math.sqrt(2) * Math.sqrt(2) > 2 ? Math.sqrt(2) : Math.nextUp(Math.sqrt(2));
    assertAccepted(network, local(network, Math.nextUp(least), QUIET, proof(2)));
    assertRejected(
        network,
        local(network, Math.nextDown(Math.nextDown(least)), QUIET, proof(2)),
        Reason.NOT_POSITIVE_DEFINITE);
  }

  /**
   * No bound below 8 is true where the last one is on, and its multiplier counts where it is free.
   */
  @Test
  void anotherBoxHasOtherSlopes() {
    Subject network = network().subject();
    Unit.Box steep = box(2, 2.5, 0.5, 0.5);
    assertRejected(network, local(network, 7.9, steep, proof(3)), Reason.NOT_POSITIVE_DEFINITE);
    assertAccepted(network, local(network, 8.2, steep, proof(3)));
    Unit.Box free = box(0.5, 2, 1, 1);
    assertRejected(network, local(network, 1.42, free, proof(3)), Reason.NOT_POSITIVE_DEFINITE);
    assertAccepted(network, local(network, 8.2, free, proof(3, 0, 0, 1)));
    assertRejected(
        network, local(network, 7.9, free, proof(3, 0, 0, 1)), Reason.NOT_POSITIVE_DEFINITE);
    // The multipliers of what is linear multiply nothing, but have to be there.
    assertRejected(network, local(network, 8.2, free, proof(3, 0, 1)), Reason.MALFORMED);
    assertRejected(network, local(network, 1.42, QUIET, proof(List.of())), Reason.MALFORMED);
    assertAccepted(network, local(network, 1.42, QUIET, proof(2, 1, 1, 1)));
  }

  /** An input that does not move is a number: its column falls away. */
  @Test
  void whatIsFixedDoesNotMove() {
    Subject network = network().subject();
    assertAccepted(network, local(network, 1, box(0.5, 0.5, 0.5, 1), proof(3)));
    assertRejected(
        network,
        local(network, 0.99, box(0.5, 0.5, 0.5, 1), proof(3)),
        Reason.NOT_POSITIVE_DEFINITE);
    // Its number counts: at 3 the last relu is on, and adds nothing that moves.
    assertAccepted(network, local(network, 1, box(3, 3, 2, 3), proof(3)));
    assertAccepted(network, local(network, 0, box(0.5, 0.5, 1, 1), proof(3)));
  }

  @Test
  void theLargestElementMayMeasureInputs() {
    Subject network = network().subject();
    for (double bound : new double[] {2.01, 1.99}) {
      List<Proof> proofs =
          List.of(
              new Proof(
                  List.of(),
                  List.of(),
                  List.of(
                      new Proof.Multiplier(
                          0,
                          Constraint.RANGE,
                          List.of(bound * bound / 2.001, bound * bound / 2.001)),
                      new Proof.Multiplier(2, Constraint.SLOPE, List.of(0.0))),
                  new PositivityWitness.ExactElimination()));
      Certificate claim =
          local(network, new Claim.Lipschitz(FROM_LINF, bound, 1000), QUIET, proofs);
      if (bound > 2) {
        assertAccepted(network, claim);
      } else {
        assertRejected(network, claim, Reason.NOT_POSITIVE_DEFINITE);
      }
    }
  }

  @Test
  void theBoxIsPartOfTheDeclaredOne() {
    Subject network = network().subject();
    for (Unit.Box wrong :
        List.of(
            box(0.5, 0.75),
            box(0.5, 0.75, 0.5, 1, 0, 1),
            box(),
            box(0.5, 0.75, 0.5, Math.nextUp(4.0)),
            box(-5, -4.5, 0.5, 1))) {
      Certificate forged = local(network, 1000, wrong, proof(2, 1, 1, 1));
      Reason reason = wrong.lower().size() == 2 ? Reason.MALFORMED : Reason.WRONG_SHAPE;
      assertRejected(network, forged, reason);
    }
    for (double[] ends :
        new double[][] {
          {1, 0.5},
          {Double.NaN, 1},
          {0, Double.NaN},
          {Double.NEGATIVE_INFINITY, 0},
          {0, Double.POSITIVE_INFINITY}
        }) {
      assertThatThrownBy(() -> box(ends)).isInstanceOf(IllegalArgumentException.class);
    }
    NetworkUnderTest anywhere = new NetworkUnderTest();
    anywhere.input(1);
    anywhere.dense(0, new double[][] {{2}});
    anywhere.bound = 3;
    Subject free = anywhere.subject();
    List<Proof> bare = proof(List.of());
    assertAccepted(free, local(free, 2.5, box(-1e9, 1e9), bare));
    assertAccepted(free, local(free, 2.5, box(-Double.MAX_VALUE, Double.MAX_VALUE), bare));
  }

  @Test
  void aLocalBoundHasItsOwnText() throws Exception {
    Subject network = network().subject();
    Certificate honest = honest(network);
    String text = CertificateText.write(honest);
    assertThat(text).contains("\"network\": \"test.Network/local\"", "\"lower\": ", "\"upper\": ");
    Certificate read = CertificateText.read(text);
    assertThat(read).isEqualTo(honest);
    assertThat(read.claim().kind()).isEqualTo(ClaimKind.LOCAL);
    Certificate linf = local(network, new Claim.Lipschitz(FROM_LINF, 3), QUIET, proof(2));
    assertThat(CertificateText.read(CertificateText.write(linf))).isEqualTo(linf);
    String lower =
        text.substring(text.indexOf("\n  \"lower\": ["), text.indexOf("\n  \"upper\": ["));
    for (String altered :
        List.of(
            text.replace("/local", ""),
            text.replace("/local", "/pairs"),
            text.replace("/local", "/range"),
            text.replace("/local", "/scaled"),
            text.replace(lower, ""),
            text.replace(lower, lower.replace("0x1.0p-1", "0x1.0p3")),
            text.replace(lower, lower.replace("0x1.0p-1", "NaN")),
            text.replace(lower, lower.replace("0x1.0p-1", "Infinity")))) {
      assertThat(altered).isNotEqualTo(text);
      assertThatThrownBy(() -> CertificateText.read(altered)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void everyMemberCounts() {
    Subject network = network().subject();
    Certificate honest = honest(network);
    assertRejected(network, honest.named("test.Other"), Reason.MALFORMED);
    List<Unit> units = new ArrayList<>(honest.units());
    units.set(0, new Unit.Input(2, Optional.of(box(-8, 8, -8, 8))));
    assertRejected(network, honest.of(units), Reason.MALFORMED);
    assertRejected(network, local(network, -1, QUIET, proof(2)), Reason.MALFORMED);
    assertRejected(network, local(network, 1001, QUIET, proof(2)), Reason.MALFORMED);
    assertRejected(network, local(network, Double.NaN, QUIET, proof(2)), Reason.NOT_A_NUMBER);
    assertRejected(network, honest.on(new Grounds.Enclosure(honest.tensors())), Reason.MALFORMED);
    assertRejected(network, honest.on(new Grounds.LdltConstruction()), Reason.MALFORMED);
    NetworkUnderTest other = network();
    other.tensor("w1", List.of(3, 2), new double[] {1, 1, 1, -3, 8, 1});
    assertRejected(other.subject(), honest, Reason.MALFORMED);
  }

  /** What holds on a box is no bound for all inputs, and nobody takes it for one. */
  @Test
  void aLocalBoundStandsForNoOther() {
    Subject network = network().subject();
    Subject claim = FurtherClaims.checked(network, honest(network));
    assertThat(claim.certificate().claim().global()).isEmpty();
    assertThatThrownBy(() -> claim.certificate().lipschitz()).hasMessageContaining("of no bound");
    assertThat(RadiusClaim.of(network, List.of(claim)).bound())
        .isEqualTo(network.certificate().lipschitz());
    assertThat(PairBounds.among(network, List.of(claim))).isEmpty();
    assertThat(ClaimKind.LOCAL.standsAlone()).isFalse();
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.input(2);
    caller.callAsNamed(0, "test.Network", claim);
    caller.gain(1, 1);
    caller.bound = 2000;
    assertThat(CertificateChecker.check(caller.subject()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED);
              assertThat(rejected.detail()).contains("no bound of test.Network for all inputs");
            });
  }

  /** A callee is known by its bound for all inputs, wherever the caller's box is; or inlined. */
  @Test
  void calleesAreKnownByTheirBounds() {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", network().subject());
    outer.gain(1, 1);
    outer.bound = 2000;
    Subject network = outer.subject();
    Certificate about = network.certificate();
    Claim.Lipschitz far = new Claim.Lipschitz(Norms.EUCLIDEAN, 1500, 2000);
    Certificate bounded = local(network, far, QUIET, about.proofs());
    assertAccepted(network, bounded);
    assertRejected(
        network, local(network, 999, QUIET, about.proofs()), Reason.NOT_POSITIVE_DEFINITE);
    Certificate inlined = local(network, 1.42, QUIET, proof(2));
    assertAccepted(
        network, inlined.on(new Grounds.GivenWeights(List.of(), Grounds.Calls.INLINED, proof(2))));
  }

  @Test
  void fixingLeavesTheFunction() {
    Subject network = network().subject();
    Unit.Box box = box(0.25, 0.25, -1, 2);
    Subject on = LocalUnits.of(network, box);
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    UnitEvaluator fixed = UnitEvaluator.of(on);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double[] x = {0.25, random.nextDouble() * 3 - 1};
      assertThat(fixed.apply(x)).containsExactly(evaluator.apply(x));
    }
  }

  /** 10^5 pairs in boxes of random networks: none is farther apart than an accepted bound says. */
  @Test
  void noTwoInputsExceedALocalBound() {
    Random random = new Random(5);
    int accepted = 0;
    for (int round = 0; round < 400; round++) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(3);
      int dense = net.dense(0, matrix(random, 4, 3), random.doubles(4, -1, 1).toArray());
      String[] names = {"relu", "tanh", "abs", "silu", "gelu", "softplus"};
      int first = net.activation(dense, names[random.nextInt(names.length)]);
      int second = net.activation(net.dense(first, matrix(random, 3, 4)), "relu");
      net.bound = 1e6;
      net.slope(first, 1, 1, 1, 1);
      net.slope(second, 1, 1, 1);
      Subject network = net.subject();
      double half = Math.scalb(1.0, random.nextInt(-5, 1));
      double[] centre = random.doubles(3, -2, 2).toArray();
      Unit.Box box =
          new Unit.Box(
              Arrays.stream(centre).mapToObj(c -> c - half).toList(),
              Arrays.stream(centre).mapToObj(c -> c + half).toList());
      double bound = Math.exp(random.nextGaussian());
      for (Subject subject : attempts(network, bound, box, first, second)) {
        if (CertificateChecker.check(subject) instanceof Verdict.Accepted) {
          accepted++;
          assertNoPairExceeds(network, bound, box, random);
          break;
        }
      }
    }
    assertThat(accepted).isGreaterThan(60);
  }

  /** With different multipliers of the first unit. */
  private static List<Subject> attempts(
      Subject network, double bound, Unit.Box box, int first, int second) {
    List<Subject> attempts = new ArrayList<>();
    for (double lambda : new double[] {0.25, 1, 4}) {
      List<Proof> proof =
          proof(
              List.of(
                  new Proof.Multiplier(first, Constraint.SLOPE, Collections.nCopies(4, lambda)),
                  new Proof.Multiplier(second, Constraint.SLOPE, List.of(1.0, 1.0, 1.0))));
      attempts.add(FurtherClaims.about(network, local(network, bound, box, proof)));
    }
    return attempts;
  }

  private static void assertNoPairExceeds(
      Subject network, double bound, Unit.Box box, Random random) {
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    for (int i = 0; i < 1000; i++) {
      double[] x = inside(box, random);
      double[] other = inside(box, random);
      if (i % 2 == 0) {
        int moved = random.nextInt(3);
        other = x.clone();
        other[moved] = inside(box, random)[moved];
      }
      double outputs = distance(evaluator.apply(x), evaluator.apply(other));
      assertThat(outputs).isLessThanOrEqualTo(bound * distance(x, other) * (1 + 1e-9) + 1e-14);
    }
  }

  private static double[] inside(Unit.Box box, Random random) {
    return IntStream.range(0, box.lower().size())
        .mapToDouble(
            i ->
                box.lower().get(i)
                    + random.nextDouble() * (box.upper().get(i) - box.lower().get(i)))
        .toArray();
  }

  private static double distance(double[] x, double[] other) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - other[i]) * (x[i] - other[i]);
    }
    return Math.sqrt(sum);
  }

  private static double[][] matrix(Random random, int rows, int columns) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian() / 2;
      }
    }
    return w;
  }
}
