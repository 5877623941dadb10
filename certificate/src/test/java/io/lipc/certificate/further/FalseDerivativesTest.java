package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Claim.Trend;
import io.lipc.certificate.EveryUnit;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Neither checker accepts a bound on a box, a trend, or a slope that exact derivatives contradict,
 * whatever the unit that comes last is, and whatever cuts and multipliers are given. {@code
 * -Dlipc.falsify.tries=N} sets another number of networks.
 */
final class FalseDerivativesTest {

  private static final int NETWORKS = Integer.getInteger("lipc.falsify.tries", 1000) / 1000;

  static Stream<Object> kinds() {
    return Stream.concat(EveryUnit.activations().stream(), EveryUnit.others().stream());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void neitherCheckerBelievesThem(Object last) {
    Random random = new Random(last.toString().hashCode());
    int claims = 0;
    for (int k = 0; k < NETWORKS || claims == 0; k++) {
      claims += attack(last, random);
    }
    assertThat(claims).isGreaterThanOrEqualTo(NETWORKS);
  }

  /**
   * A box where little is linear, or much; at times one that has less dimensions, or starts at 0.
   */
  private static Unit.Box box(int size, Random random) {
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double middle = random.nextInt(4) == 0 ? 0 : 2 * random.nextGaussian();
      double half = Math.scalb(1.0, random.nextInt(-8, 3));
      lower.add(random.nextInt(6) == 0 ? middle : middle - half);
      upper.add(i > 0 && random.nextInt(6) == 0 ? lower.getLast() : middle + half);
    }
    return new Unit.Box(lower, upper);
  }

  private static NetworkUnderTest network(Object last, int inputs, Random random) {
    NetworkUnderTest net = new NetworkUnderTest();
    EveryUnit units = new EveryUnit(net, random);
    List<Enum<?>> kinds = EveryUnit.activations();
    int at = net.input(inputs);
    for (int layer = random.nextInt(3); layer > 0; layer--) {
      at = units.dense(at, 2 + 2 * random.nextInt(2));
      at = units.activation(at, kinds.get(random.nextInt(kinds.size())));
    }
    at = units.dense(at, 2 + 2 * random.nextInt(2));
    if (last instanceof Class<?> type) {
      units.other(at, type);
    } else {
      units.activation(at, (Enum<?>) last);
    }
    return net;
  }

  /** The number of false claims. */
  private static int attack(Object last, Random random) {
    Unit.Box box = box(1 + random.nextInt(3), random);
    NetworkUnderTest net = network(last, box.lower().size(), random);
    FalseClaims claims = new FalseClaims(net, box, random, 6);
    Norms norms = new Norms(norm(random), norm(random));
    Optional<Double> bound = claims.falseBound(norms);
    if (bound.isPresent()) {
      acceptedFrom(claims, norms, random);
      for (double share : new double[] {1, 0.99}) {
        BoxTree boxes = claims.tree(random.nextInt(4));
        assertRefused(claims.bounded(norms, share * bound.get(), FalseClaims.rows(boxes)));
      }
      for (int k = 0; k < 3; k++) {
        assertRefused(claims.bounded(norms, bound.get()));
      }
    }
    Optional<Trend> trend = claims.falseTrend();
    trend.ifPresent(t -> assertRefused(claims.monotone(t, claims.tree(random.nextInt(4)))));
    Optional<Claim.Slopes> slopes = claims.falseSlopes();
    slopes.ifPresent(s -> assertRefused(claims.slopes(s, claims.tree(random.nextInt(4)))));
    return (bound.isPresent() ? 5 : 0) + (trend.isPresent() ? 1 : 0) + (slopes.isPresent() ? 1 : 0);
  }

  /** The checker accepts the bound that it finds itself, and so does the audit. */
  private static void acceptedFrom(FalseClaims claims, Norms norms, Random random) {
    BoxTree boxes = claims.tree(random.nextInt(4));
    double bound;
    try {
      Subject read = CertificateChecker.read(claims.bounded(norms, 1, FalseClaims.rows(boxes)));
      bound = Rows.bound(read, boxes, _ -> {});
    } catch (Rejection noDerivatives) {
      return;
    }
    Subject claim = claims.bounded(norms, bound * (1 + 1e-7), FalseClaims.rows(boxes));
    assertThat(CertificateChecker.check(claim)).isEqualTo(new Verdict.Accepted());
    assertThat(Witness.verdict(claim)).as("%s", claim.certificate()).startsWith("ACCEPTED");
  }

  private static void assertRefused(Subject subject) {
    Verdict verdict = CertificateChecker.check(subject);
    assertThat(verdict).as("%s", subject.certificate()).isInstanceOf(Verdict.Rejected.class);
    assertThat(Witness.verdict(subject)).doesNotStartWith("ACCEPTED");
  }

  private static Norm norm(Random random) {
    return random.nextBoolean() ? Norm.L2 : Norm.LINF;
  }
}
