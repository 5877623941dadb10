package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.QUIET;
import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.LocalClaims.box;
import static io.lipc.certificate.further.LocalClaims.local;
import static io.lipc.certificate.further.LocalClaims.network;
import static io.lipc.certificate.further.LocalClaims.proof;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Proofs of local bounds: their records hang on no rounding, their work is counted, and what they
 * prove is true of pairs of inputs.
 */
final class LocalProofsTest {

  private static final List<String> KINKED =
      List.of("relu", "abs", "leaky_relu", "relu6", "hard_tanh", "maxmin");

  /** Whether an element is linear may hang on a rounding, and with it how many rows there are. */
  @Test
  void aCongruenceIsOfNoUse() {
    Subject network = network().subject();
    for (int rows = 0; rows < 6; rows++) {
      List<List<Long>> unit = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        List<Long> row = new ArrayList<>(Collections.nCopies(i, 0L));
        row.add(1L);
        unit.add(row);
      }
      Proof counted =
          new Proof(
              List.of(),
              List.of(),
              proof(2).getFirst().multipliers(),
              new PositivityWitness.Congruence(unit));
      assertRejected(network, local(network, 9, QUIET, List.of(counted)), Reason.MALFORMED);
    }
  }

  /** A row of several elements has the slopes of all of them: here from 0 to 1. */
  @Test
  void rowsOfSeveralElementsAreBounded() {
    Subject network = network().subject();
    for (double gain : new double[] {8.2, 7.9}) {
      Proof whole =
          new Proof(
              List.of(new Proof.Gain(1, gain, new PositivityWitness.ExactElimination())),
              List.of(new Proof.Segmentation(0, List.of(2)), new Proof.Segmentation(1, List.of(3))),
              List.of(
                  new Proof.Multiplier(1, Constraint.GAIN, List.of(2.0)),
                  new Proof.Multiplier(2, Constraint.SLOPE, List.of(0.75))),
              new PositivityWitness.ExactElimination());
      if (gain > 8) {
        assertAccepted(network, local(network, 16, QUIET, List.of(whole)));
      } else {
        Certificate unproved = local(network, 16, QUIET, List.of(whole));
        assertRejected(network, unproved, Reason.GAIN_NOT_PROVED);
      }
      Certificate low = local(network, 8, QUIET, List.of(whole));
      assertRejected(network, low, Reason.NOT_POSITIVE_DEFINITE);
    }
  }

  /** Work is counted before it is done: a text without weights is not passed through for hours. */
  @Test
  @Tag("slow")
  void muchWorkIsRefused() {
    for (int size : new int[] {1 << 15, 1 << 20}) {
      NetworkUnderTest net = new NetworkUnderTest();
      int at = net.input(-1, 1, size);
      for (int k = 0; k < 100 && size > 1 << 15; k++) {
        at = net.scale(at, 0.5);
      }
      at = size > 1 << 15 ? at : net.add(new Unit.Linear(List.of(0), new Centering(), size));
      int relu = net.activation(at, "relu");
      net.bound = 2;
      Subject network = net.subject();
      List<Double> lower = Collections.nCopies(size, -1.0);
      Unit.Box all = new Unit.Box(lower, Collections.nCopies(size, 1.0));
      assertRejected(network, local(network, 2, all, proof(relu)), Reason.TOO_LARGE);
    }
  }

  /** A pre-activation may end exactly at a kink; both checkers are asked, wherever it does. */
  @Test
  @Tag("slow")
  void kinksAtTheEndsOfRanges() {
    Random random = new Random(48);
    int accepted = 0;
    for (int round = 0; round < 1500; round++) {
      NetworkUnderTest net = new NetworkUnderTest();
      int inputs = random.nextInt(1, 4);
      int at = net.input(-8, 8, inputs);
      List<Integer> nonlinear = new ArrayList<>();
      for (int layer = random.nextInt(1, 4); layer > 0; layer--) {
        int size = 2 * random.nextInt(1, 3);
        at = mapped(net, random, at, size);
        String name = KINKED.get(random.nextInt(KINKED.size()));
        double[] parameter = name.equals("leaky_relu") ? new double[] {0.5} : new double[0];
        at = net.activation(at, name, parameter);
        nonlinear.add(at);
      }
      Unit.Box box =
          box(
              random
                  .ints(inputs, -3, 3)
                  .boxed()
                  .flatMap(low -> Stream.of(low, low + random.nextInt(0, 4)))
                  .mapToDouble(end -> end)
                  .toArray());
      net.bound = 1e9;
      Subject network = net.subject();
      int shift = isFixed(box) ? 1 : 0;
      List<Proof.Multiplier> multipliers = new ArrayList<>();
      for (int unit : nonlinear) {
        double lambda = random.nextInt(3) * random.nextDouble(2);
        multipliers.add(new Proof.Multiplier(unit + shift, Constraint.SLOPE, List.of(lambda)));
      }
      for (double bound : new double[] {0, 0.5, 1, 2, 4, 8, 16, 64, 256}) {
        Claim.Lipschitz claim = new Claim.Lipschitz(Norms.EUCLIDEAN, bound, 1000);
        Subject about =
            FurtherClaims.about(network, local(network, claim, box, proof(multipliers)));
        // The witness of this run asks the audit the same.
        if (CertificateChecker.check(about) instanceof Verdict.Accepted) {
          accepted++;
          break;
        }
      }
    }
    assertThat(accepted).isGreaterThan(400);
  }

  private static boolean isFixed(Unit.Box box) {
    return IntStream.range(0, box.lower().size())
        .anyMatch(i -> box.lower().get(i).equals(box.upper().get(i)));
  }

  /** A linear unit of small whole numbers, so that values are met exactly. */
  private static int mapped(NetworkUnderTest net, Random random, int at, int size) {
    int read = net.units.get(at).size();
    double[][] weight = new double[size][];
    Arrays.setAll(weight, _ -> random.ints(read, -2, 3).asDoubleStream().toArray());
    double[] bias = random.ints(size, -3, 4).asDoubleStream().toArray();
    int dense = net.dense(at, weight, bias);
    return switch (random.nextInt(4)) {
      case 0 -> net.sum(dense, dense);
      case 1 -> net.scale(dense, -0.5);
      case 2 ->
          net.add(
              Unit.affine(
                  dense,
                  Collections.nCopies(size, random.nextInt(-1, 3) * 1.0),
                  Collections.nCopies(size, random.nextInt(-1, 3) * 1.0),
                  size));
      default -> dense;
    };
  }

  /** 10^5 pairs in boxes of random networks: none is farther apart than an accepted bound says. */
  @Test
  @Tag("slow")
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
