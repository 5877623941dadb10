package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Proofs by all frequencies to linf: there is one for each output of the network, behind a head.
 */
class TorusElementsTest {

  private static final Norms EACH = new Norms(Norm.L2, Norm.LINF);

  private static final AllFrequencies PAIR = torus(1, 2, 0.5, Optional.of(2));

  /** Multipliers of a relu that prove what its row is multiplied by, and nothing of the other. */
  private static final double LARGE = 1;

  private static final double SMALL = 0.01;

  private static AllFrequencies torus(int down, int right, double twist, Optional<Integer> head) {
    return new AllFrequencies(new Torus(List.of(down, right), List.of(0.0, twist)), head);
  }

  /** relu of two pixels, and .9 and .1 times the first: by 1 and by .01 both are 1-Lipschitz. */
  private static NetworkUnderTest relu() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.add(new Unit.Input(List.of(1, 1, 2), Optional.empty()));
    net.activation(0, "relu");
    net.dense(1, new double[][] {{0.9, 0}, {0.1, 0}});
    net.norms = EACH;
    net.declared = 2;
    return net;
  }

  private static NetworkUnderTest proved(Proof first, Proof second) {
    NetworkUnderTest net = relu();
    net.finished.add(first);
    net.multipliers.addAll(second.multipliers());
    net.witness = second.witness();
    return net;
  }

  private static Proof proof(double multiplier, PositivityWitness witness) {
    List<Proof.Multiplier> one =
        List.of(new Proof.Multiplier(1, Constraint.SLOPE, List.of(multiplier)));
    return new Proof(List.of(), List.of(), one, witness);
  }

  /** What both checkers say. */
  private static Verdict verdict(NetworkUnderTest net) {
    Verdict verdict = CertificateChecker.check(net.subject());
    Witness.compare(verdict, net.subject());
    return verdict;
  }

  private static void assertRejected(NetworkUnderTest net, Reason reason) {
    assertThat(verdict(net))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void eachProofIsAboutItsOwnOutput() {
    assertThat(verdict(proved(proof(LARGE, PAIR), proof(SMALL, PAIR)))).isEqualTo(new Accepted());
    assertRejected(proved(proof(SMALL, PAIR), proof(LARGE, PAIR)), Reason.NOT_POSITIVE_DEFINITE);
    NetworkUnderTest exchanged = proved(proof(LARGE, PAIR), proof(SMALL, PAIR));
    exchanged.tensor("w2", List.of(2, 2), new double[] {0.1, 0, 0.9, 0});
    assertRejected(exchanged, Reason.NOT_POSITIVE_DEFINITE);
    NetworkUnderTest lower = proved(proof(LARGE, PAIR), proof(SMALL, PAIR));
    lower.bound = 0.89;
    assertRejected(lower, Reason.NOT_POSITIVE_DEFINITE);
  }

  /** What is behind the head is read: the last unit takes each output from another row. */
  @Test
  void outputsAreThoseOfTheLastUnit() {
    NetworkUnderTest swapped = proved(proof(SMALL, PAIR), proof(LARGE, PAIR));
    swapped.add(Unit.select(2, List.of(1, 0)));
    assertThat(verdict(swapped)).isEqualTo(new Accepted());
    NetworkUnderTest same = proved(proof(LARGE, PAIR), proof(SMALL, PAIR));
    same.add(Unit.select(2, List.of(1, 0)));
    assertRejected(same, Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void thereIsOneProofForEachOutput() {
    NetworkUnderTest one = relu();
    one.multipliers.addAll(proof(LARGE, PAIR).multipliers());
    one.witness = PAIR;
    assertRejected(one, Reason.MALFORMED);
    NetworkUnderTest three = proved(proof(LARGE, PAIR), proof(SMALL, PAIR));
    three.finished.add(proof(SMALL, PAIR));
    assertRejected(three, Reason.MALFORMED);
  }

  /** Each proof has a procedure of its own, and all are decided by it. */
  @Test
  void proofsByDifferentProcedures() {
    PositivityWitness exact = new PositivityWitness.ExactElimination();
    PositivityWitness cholesky = new PositivityWitness.VerifiedCholesky();
    for (PositivityWitness other : List.of(exact, cholesky, torus(2, 3, 0, Optional.of(2)))) {
      assertThat(verdict(proved(proof(LARGE, PAIR), proof(SMALL, other))))
          .isEqualTo(new Accepted());
      assertThat(verdict(proved(proof(LARGE, other), proof(SMALL, PAIR))))
          .isEqualTo(new Accepted());
      assertRejected(proved(proof(LARGE, PAIR), proof(3, other)), Reason.NOT_POSITIVE_DEFINITE);
      assertRejected(proved(proof(SMALL, other), proof(SMALL, PAIR)), Reason.NOT_POSITIVE_DEFINITE);
    }
    Proof product =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ElementwiseProduct());
    assertRejected(proved(proof(LARGE, PAIR), product), Reason.MALFORMED);
    assertRejected(proved(product, proof(SMALL, PAIR)), Reason.MALFORMED);
  }

  @Test
  void aHeadIsNeeded() {
    AllFrequencies without = torus(1, 2, 0.5, Optional.empty());
    assertRejected(proved(proof(LARGE, without), proof(SMALL, PAIR)), Reason.MALFORMED);
    assertRejected(proved(proof(LARGE, PAIR), proof(SMALL, without)), Reason.MALFORMED);
    // All of it on the torus: then one of the pixels would stand for the output of its channel.
    NetworkUnderTest images = new NetworkUnderTest();
    images.add(new Unit.Input(List.of(1, 1, 2), Optional.empty()));
    images.scale(0, 0.5);
    images.norms = EACH;
    images.witness = without;
    images.nextElement();
    assertRejected(images, Reason.MALFORMED);
  }

  @Test
  void theInputIsMeasuredInTheEuclideanNorm() {
    for (Norm output : Norm.values()) {
      NetworkUnderTest net = proved(proof(LARGE, PAIR), proof(SMALL, PAIR));
      net.norms = new Norms(Norm.LINF, output);
      net.finished.removeIf(_ -> output == Norm.L2);
      assertRejected(net, Reason.MALFORMED);
    }
  }

  /** Random ones: what is accepted holds on the grid, and no gradient is longer. */
  @Test
  @Tag("slow")
  void acceptedBoundsAreTrue() {
    int proved = 0;
    int seeds = Integer.getInteger("lipc.elements", 150);
    for (int seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      NetworkUnderTest net = RandomImages.of(random).network();
      boolean headed =
          net.witness instanceof AllFrequencies(_, Optional<Integer> head) && head.isPresent();
      if (headed && least(elements(net, random)).isPresent()) {
        proved++;
        assertThat(OnGrid.isProved(net, net.bound * (1 + 1e-6)))
            .as(seed + ": " + net.units)
            .isTrue();
        assertThat(steepest(net.subject(), random)).as(seed + "").isLessThanOrEqualTo(net.bound);
      }
    }
    assertThat(proved).isGreaterThan(seeds / 20);
  }

  /** The same multipliers for each output, but for a factor. */
  private static NetworkUnderTest elements(NetworkUnderTest net, Random random) {
    net.norms = EACH;
    List<Proof.Multiplier> all = List.copyOf(net.multipliers);
    int outputs = net.units.getLast().size();
    for (int i = 0; i < outputs; i++) {
      double factor = Math.exp(random.nextDouble(-1, 1));
      net.multipliers.clear();
      all.forEach(one -> net.multipliers.add(times(factor, one)));
      if (i < outputs - 1) {
        net.finished.add(new Proof(List.of(), List.of(), net.multipliers, net.witness));
      }
    }
    return net;
  }

  private static Proof.Multiplier times(double factor, Proof.Multiplier one) {
    List<Double> values = one.values().stream().map(value -> value * factor).toList();
    return new Proof.Multiplier(one.unit(), one.constraint(), values);
  }

  private static boolean isAccepted(NetworkUnderTest net, double bound) {
    net.bound = bound;
    return verdict(net) instanceof Accepted;
  }

  /** Sets the least bound that is proved, to 5 %; empty where the multipliers prove none. */
  private static OptionalDouble least(NetworkUnderTest net) {
    double high = 1e6;
    if (!isAccepted(net, high)) {
      return OptionalDouble.empty();
    }
    double low = 1e-6;
    while (high > low * 1.05) {
      double middle = Math.sqrt(low * high);
      boolean proved = isAccepted(net, middle);
      high = proved ? middle : high;
      low = proved ? low : middle;
    }
    net.bound = high;
    return OptionalDouble.of(high);
  }

  /** The longest gradient of an output that was met, less what differences err by. */
  private static double steepest(Subject subject, Random random) {
    int size = subject.certificate().inputSize();
    int outputs = subject.certificate().outputSize();
    UnitEvaluator network = UnitEvaluator.of(subject);
    double longest = 0;
    for (int trial = 0; trial < 20; trial++) {
      double[] x = random.doubles(size, -3, 3).toArray();
      double[] squares = new double[outputs];
      for (int i = 0; i < size; i++) {
        double step = 1e-6;
        double[] above = x.clone();
        double[] below = x.clone();
        above[i] += step;
        below[i] -= step;
        double[] high = network.apply(above);
        double[] low = network.apply(below);
        for (int j = 0; j < outputs; j++) {
          double slope = (high[j] - low[j]) / (2 * step);
          squares[j] += slope * slope;
        }
      }
      for (double square : squares) {
        longest = Math.max(longest, Math.sqrt(square));
      }
    }
    return longest * (1 - 1e-4);
  }
}
