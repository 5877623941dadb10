package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.EveryUnit;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checker and the audit about the same bounds on boxes, by the inequality and by derivatives,
 * of a network in which a unit of each kind is read by another layer: what the checker accepts, the
 * audit does, too; it never leaves one undecided.
 */
final class LocalAgreementTest {

  /** So many pairs of inputs for each kind: 10^5 and more of them all. */
  private static final int PAIRS = 4000;

  static Stream<Object> kinds() {
    return Stream.concat(EveryUnit.activations().stream(), EveryUnit.others().stream());
  }

  /** The kind is in the middle: what stands behind it reads its ranges, slopes and lines. */
  private static NetworkUnderTest network(Object kind, Unit.Box box, Random random) {
    NetworkUnderTest net = new NetworkUnderTest();
    EveryUnit units = new EveryUnit(net, random);
    int at = net.input(box.lower().getFirst(), box.upper().getFirst(), 2);
    at = units.dense(at, 4);
    at =
        kind instanceof Class<?> type
            ? units.other(at, type)
            : units.activation(at, (Enum<?>) kind);
    at = net.activation(units.dense(at, 4), random.nextBoolean() ? "relu" : "tanh");
    units.dense(at, 2);
    return net;
  }

  private static Unit.Box box(Random random) {
    double half = Math.scalb(1.0, random.nextInt(-6, 2));
    double middle = random.nextGaussian();
    double lower = middle - half;
    double upper = middle + half;
    return new Unit.Box(List.of(lower, lower), List.of(upper, upper));
  }

  /** Whether derivatives go through a unit; a kind that is added does not compile until told. */
  private static boolean hasDerivatives(Unit unit) {
    return switch (unit) {
      case Unit.Input _, Unit.Call _ -> true;
      case Unit.MaxPool _ -> false;
      case Unit.Linear(_, LinearMap map, _) ->
          switch (map) {
            case Matrix _, Centering _, Identity _, Diagonal _, Selection _, Concatenation _ ->
                true;
            case Scaling _, Sum _, AveragePool _, Convolution _, BatchNorm _ -> true;
          };
      case Unit.Activation activation -> hasDerivatives(activation.function());
    };
  }

  private static boolean hasDerivatives(ActivationFunction function) {
    return switch (function) {
      case OfElements elements ->
          switch (elements.kind()) {
            case RELU, RELU6, HARD_TANH, ABS, LEAKY_RELU, TANH, SIGMOID, SOFTPLUS, SELU -> true;
            case SOFTSIGN, HARD_SIGMOID, HARD_SWISH, SILU, MISH, SIN, GELU, GELU_TANH -> true;
            case ELU, CELU -> true;
          };
      case OfGroups groups ->
          switch (groups.kind()) {
            case MAXMIN, HOUSEHOLDER -> true;
            case GROUP_SORT -> groups.constants().getFirst() == 2;
            case SOFTMAX, LAYER_NORM, L2_NORMALIZE -> false;
          };
    };
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bothDecideTheSame(Object kind) {
    Random random = new Random(kind.toString().hashCode());
    int matrices = 0;
    int derivatives = 0;
    for (int k = 0; k < 200 && (matrices < 2 || k < 2); k++) {
      Unit.Box box = box(random);
      NetworkUnderTest net = network(kind, box, random);
      FalseClaims claims = new FalseClaims(net, box, random, 1);
      derivatives += k < 2 ? byDerivatives(net, claims, box, random) : 0;
      matrices += byMatrix(claims, random);
    }
    assertThat(matrices).isGreaterThanOrEqualTo(2);
    assertThat(derivatives).isEqualTo(2);
  }

  /** True where a bound is large and multipliers happen to do, if that is ever so. */
  private static int byMatrix(FalseClaims claims, Random random) {
    Subject claim = claims.bounded(Norms.EUCLIDEAN, Math.scalb(1.0, random.nextInt(4, 12)));
    boolean accepted = CertificateChecker.check(claim) instanceof Verdict.Accepted;
    if (accepted) {
      assertThat(Witness.verdict(claim)).as("%s", claim.certificate()).startsWith("ACCEPTED");
    }
    return accepted ? 1 : 0;
  }

  private static int byDerivatives(
      NetworkUnderTest net, FalseClaims claims, Unit.Box box, Random random) {
    Norm norm = random.nextBoolean() ? Norm.L2 : Norm.LINF;
    Norms norms = new Norms(norm, Norm.LINF);
    List<Unit> units = net.units;
    Subject claim = claims.bounded(norms, 1, FalseClaims.rows(new BoxTree.Leaf()));
    if (!units.stream().allMatch(LocalAgreementTest::hasDerivatives) || hasGroups(claim)) {
      assertThat(CertificateChecker.check(claim)).isInstanceOf(Verdict.Rejected.class);
      assertThat(Witness.verdict(claim)).startsWith("REJECTED");
      return 1;
    }
    double bound = Rows.bound(CertificateChecker.read(claim), new BoxTree.Leaf(), _ -> {});
    // The least that the search writes, and less; of a far smaller one the audit may know more.
    Subject least =
        claims.bounded(norms, bound * (1 + 0x1p-40), FalseClaims.rows(new BoxTree.Leaf()));
    assertThat(CertificateChecker.check(least)).isEqualTo(new Verdict.Accepted());
    assertThat(Witness.verdict(least)).as("%s", least.certificate()).startsWith("ACCEPTED");
    Subject less = claims.bounded(norms, bound * 0.999, FalseClaims.rows(new BoxTree.Leaf()));
    if (bound > 1e-6) {
      assertThat(Witness.verdict(less)).as("%s", less.certificate()).startsWith("REJECTED");
    }
    neverBeaten(net.subject(), box, norm, bound, random);
    return 1;
  }

  /** Of an inlined callee, whose units the claim is about as well. */
  private static boolean hasGroups(Subject claim) {
    return claim.callees().values().stream()
        .flatMap(callee -> callee.certificate().units().stream())
        .anyMatch(unit -> !hasDerivatives(unit));
  }

  private static void neverBeaten(
      Subject network, Unit.Box box, Norm norm, double bound, Random random) {
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    for (int k = 0; k < PAIRS / 2; k++) {
      double[] x = point(box, random);
      double[] y = random.nextBoolean() ? point(box, random) : nearby(x, box, random);
      double moved = distance(evaluator.apply(x), evaluator.apply(y), Norm.LINF);
      // Rounding of values that are a few units large.
      assertThat(moved).isLessThanOrEqualTo(bound * distance(x, y, norm) * (1 + 1e-9) + 1e-12);
    }
  }

  private static double[] point(Unit.Box box, Random random) {
    return IntStream.range(0, box.lower().size())
        .mapToDouble(
            i ->
                box.lower().get(i)
                    + (box.upper().get(i) - box.lower().get(i)) * random.nextDouble())
        .toArray();
  }

  private static double[] nearby(double[] x, Unit.Box box, Random random) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> x[i] + 1e-4 * random.nextGaussian())
        .map(v -> Math.clamp(v, box.lower().getFirst(), box.upper().getFirst()))
        .toArray();
  }

  private static double distance(double[] x, double[] y, Norm norm) {
    double sum = 0;
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
      most = Math.max(most, Math.abs(x[i] - y[i]));
    }
    return norm == Norm.L2 ? Math.sqrt(sum) : most;
  }
}
