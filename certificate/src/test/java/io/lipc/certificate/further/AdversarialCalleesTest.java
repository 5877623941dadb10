package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.theory.ElementwiseProduct;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code steep x_0 + z(x)}, z random units around calls: the least steep one of which a trend is
 * accepted rises whatever the derivatives of the called networks are, as large as their bounds
 * allow. {@code -Dlipc.callees=N} sets another number of networks.
 */
final class AdversarialCalleesTest {

  private static final int NETWORKS = Integer.getInteger("lipc.callees", 40);
  private static final MathContext DIGITS = new MathContext(80);

  private final Random random = new Random(11);

  private double number() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextInt(-4, 5) / 4.0;
      case 2 -> 1e-9 * random.nextGaussian();
      default -> random.nextGaussian();
    };
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, _ -> number());
    }
    return matrix;
  }

  /** A callee has free weights and a bound in l2, or one from linf by the products of weights. */
  private Subject callee(int inputs, int outputs) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(inputs);
    if (random.nextBoolean()) {
      net.construction = true;
      net.add(Unit.dense(0, inputs, 2, "h.weight", Optional.of("h.bias")));
      net.activation(1, "relu");
      net.add(Unit.dense(2, 2, outputs, "y.weight", Optional.of("y.bias")));
      net.bound = 0.1 + random.nextDouble();
      return net.subject();
    }
    net.norms = new Norms(Norm.LINF, random.nextBoolean() ? Norm.LINF : Norm.L2);
    net.witness = new PositivityWitness.ElementwiseProduct();
    net.dense(net.activation(net.dense(0, matrix(2, inputs)), "tanh"), matrix(outputs, 2));
    net.bound = ElementwiseProduct.bound(net.subject(), new Work(() -> {})).orElseThrow();
    return net.subject();
  }

  /** Units that read one another, among them calls. */
  private NetworkUnderTest around() {
    NetworkUnderTest net = new NetworkUnderTest();
    int inputs = random.nextInt(1, 4);
    int at = net.input(inputs);
    for (int k = 0; k < 5; k++) {
      int size = net.units.get(at).size();
      at =
          switch (random.nextInt(6)) {
            case 0 -> net.dense(at, matrix(random.nextInt(1, 4), size));
            case 1 -> net.scale(at, number());
            case 2 -> net.add(Unit.select(at, List.of(random.nextInt(size), random.nextInt(size))));
            case 3 -> net.activation(at, random.nextBoolean() ? "relu" : "abs");
            case 4 -> size > 3 ? at : net.concat(at, 0);
            default -> call(net, at, "demo.B" + k);
          };
    }
    int size = net.units.get(at).size();
    return net.callees.isEmpty() || size > 6 ? around() : net;
  }

  /** The first network is called again where what it reads fits. */
  private int call(NetworkUnderTest net, int at, String name) {
    int size = net.units.get(at).size();
    Subject first = net.callees.get("demo.A");
    if (first != null && first.certificate().inputSize() == size) {
      return net.call(at, "demo.A", first);
    }
    return net.call(at, first == null ? "demo.A" : name, callee(size, random.nextInt(1, 4)));
  }

  private static Subject claim(NetworkUnderTest around, double steep, boolean rising, int output) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.units.addAll(around.units);
    net.tensors.putAll(around.tensors);
    net.records.addAll(around.records);
    net.callees.putAll(around.callees);
    int z = net.units.size() - 1;
    int size = net.units.getLast().size();
    int first = net.add(Unit.select(0, Collections.nCopies(size, 0)));
    net.sum(net.scale(first, steep), z);
    int inputs = net.units.getFirst().size();
    Unit.Box box =
        new Unit.Box(Collections.nCopies(inputs, -1.0), Collections.nCopies(inputs, 1.0));
    Claim.Trend trend = new Claim.Trend(rising, List.of(0), List.of(output));
    Proof rows =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(new BoxTree.Leaf()));
    return net.subject(
        new Certificate(
            "test.Network",
            net.type,
            new Claim.Monotone(List.of(trend), box),
            "rows",
            net.units,
            new Grounds.GivenWeights(net.records, Grounds.Calls.BOUNDED, List.of(rows))));
  }

  private static boolean accepted(Subject claim) {
    return CertificateChecker.check(claim) instanceof Verdict.Accepted;
  }

  @Test
  @Tag("slow")
  void whatIsAcceptedRisesWhateverIsCalled() {
    int tight = 0;
    for (int round = 0; round < NETWORKS; round++) {
      NetworkUnderTest around = around();
      int output = random.nextInt(around.units.getLast().size());
      int sign = random.nextBoolean() ? 1 : -1;
      double least = least(around, sign, output);
      Subject claim = claim(around, sign * least, sign > 0, output);
      assertThat(accepted(claim)).isTrue();
      BigDecimal worst = new BigDecimal(1e300);
      for (int k = 0; k < 60; k++) {
        worst = worst.min(slope(claim, output).multiply(new BigDecimal(sign)));
      }
      assertThat(worst).as("%s at %s", claim, least).isGreaterThan(new BigDecimal(-1e-60));
      tight += worst.doubleValue() <= 1e-14 * least ? 1 : 0;
    }
    assertThat(tight).isGreaterThan(NETWORKS / 10);
  }

  /** To the last bit. */
  private static double least(NetworkUnderTest around, int sign, int output) {
    long refused = Double.doubleToLongBits(0);
    long enough = Double.doubleToLongBits(1e9);
    if (accepted(claim(around, 0, sign > 0, output))) {
      return 0;
    }
    while (enough - refused > 1) {
      long middle = (refused + enough) / 2;
      double steep = sign * Double.longBitsToDouble(middle);
      if (accepted(claim(around, steep, sign > 0, output))) {
        enough = middle;
      } else {
        refused = middle;
      }
    }
    return Double.longBitsToDouble(enough);
  }

  /** The derivative of an output by the first input, of callees as they may be somewhere. */
  private BigDecimal slope(Subject subject, int output) {
    List<BigDecimal[]> moves = new ArrayList<>();
    List<Unit> units = subject.certificate().units();
    for (Unit unit : units) {
      List<BigDecimal> read =
          unit.operands().stream().flatMap(k -> Arrays.stream(moves.get(k))).toList();
      BigDecimal[] own = new BigDecimal[unit.size()];
      switch (unit) {
        case Unit.Input _ -> Arrays.setAll(own, i -> new BigDecimal(i == 0 ? 1 : 0));
        case Unit.Linear(List<Integer> operands, LinearMap map, int _) -> {
          var rows =
              map.rows(operands.stream().map(k -> units.get(k).size()).toList(), subject.weights());
          Arrays.setAll(own, i -> times(rows.apply(i), read));
        }
        case Unit.Activation activation -> {
          int off = activation.function().word().equals("relu") ? 0 : -1;
          Arrays.setAll(
              own, i -> read.get(i).multiply(new BigDecimal(random.nextBoolean() ? 1 : off)));
        }
        case Unit.Call call ->
            own = moved(subject.callees().get(call.network()).certificate().lipschitz(), read, own);
        case Unit.MaxPool _ -> throw new IllegalStateException("no pool");
      }
      moves.add(own);
    }
    return moves.getLast()[output];
  }

  private static BigDecimal times(LinearMap.Row row, List<BigDecimal> x) {
    return IntStream.range(0, row.places().length)
        .mapToObj(k -> new BigDecimal(row.factors()[k]).multiply(x.get(row.places()[k])))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .round(DIGITS);
  }

  /** A move as far as the bound allows: of one element in l2, of all elements in linf. */
  private BigDecimal[] moved(Claim.Lipschitz bound, List<BigDecimal> read, BigDecimal[] own) {
    BigDecimal most = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (BigDecimal element : read) {
      most = most.max(element.abs());
      squares = squares.add(element.pow(2));
    }
    BigDecimal far = bound.fromLargest() ? most : squares.sqrt(DIGITS);
    BigDecimal moves = far.multiply(new BigDecimal(bound.bound()), DIGITS);
    int only = random.nextInt(own.length);
    BigDecimal[] moved = new BigDecimal[own.length];
    for (int i = 0; i < moved.length; i++) {
      boolean stays = bound.norms().output() == Norm.L2 && i != only;
      moved[i] = stays ? BigDecimal.ZERO : random.nextBoolean() ? moves : moves.negate();
    }
    return moved;
  }
}
