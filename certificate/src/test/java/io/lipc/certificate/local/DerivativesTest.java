package io.lipc.certificate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.enclosure.Evaluation;
import io.lipc.certificate.enclosure.ExactNumbers;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap.Row;
import io.lipc.certificate.local.Differences.Step;
import io.lipc.certificate.verdict.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Derivatives stay in their ranges, whatever the slopes are, and what inputs do agrees with them.
 */
final class DerivativesTest {

  private static double[][] matrix(Random random, int rows, int columns) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      Arrays.setAll(row, k -> random.nextGaussian() / Math.sqrt(columns));
    }
    return w;
  }

  /** A network on its box, with activations of one kind, and a sum of two layers. */
  private static Subject random(Random random, String kind, double half) {
    NetworkUnderTest net = new NetworkUnderTest();
    double middle = random.nextGaussian();
    int at = net.input(middle - half, middle + half, 3);
    for (int k = 0; k < 3; k++) {
      double[] bias = random.doubles(6, -1, 1).toArray();
      int dense = net.dense(at, matrix(random, 6, net.units.get(at).size()), bias);
      int next = activation(net, dense, kind, random);
      at = k == 1 ? net.sum(next, dense, next) : next;
    }
    net.dense(at, matrix(random, 2, net.units.get(at).size()));
    return local(net, Norms.EUCLIDEAN);
  }

  private static int activation(NetworkUnderTest net, int dense, String kind, Random random) {
    return switch (kind) {
      case "MAXMIN", "GROUP_SORT", "HOUSEHOLDER" ->
          net.add(
              new Unit.Activation(
                  dense,
                  RandomActivations.ofGroups(GroupKind.valueOf(kind), 2, random),
                  6,
                  random.nextBoolean() ? 1 : 3));
      default ->
          RandomActivations.add(
              net, dense, RandomActivations.ofElements(ElementKind.valueOf(kind), random), 6);
    };
  }

  static Subject local(NetworkUnderTest net, Norms norms) {
    Certificate bound = net.subject().certificate();
    Unit.Box box = bound.input().box().orElseThrow();
    Claim local = new Claim.Local(new Claim.Lipschitz(norms, 1), box);
    return net.subject(
        new Certificate(
            bound.network(), bound.type(), local, "none", bound.units(), bound.grounds()));
  }

  private static List<Range> row(Subject subject, int output) {
    Derivatives derivatives =
        new Derivatives(Differences.of(Region.of(subject), _ -> {}).orElseThrow(), output, _ -> {});
    return IntStream.range(0, subject.certificate().inputSize())
        .mapToObj(derivatives::ofInput)
        .toList();
  }

  /** The derivatives of an output with given slopes, from the last step to the first. */
  private static BigDecimal[] exact(List<Step> steps, List<double[]> slopes, int output) {
    List<BigDecimal[]> g = new ArrayList<>();
    for (Step step : steps) {
      BigDecimal[] zeros = new BigDecimal[step.size()];
      Arrays.fill(zeros, BigDecimal.ZERO);
      g.add(zeros);
    }
    g.getLast()[output] = BigDecimal.ONE;
    for (int k = steps.size() - 1; k > 0; k--) {
      List<Integer> operands = steps.get(k).operands();
      for (int e = 0; e < steps.get(k).size(); e++) {
        Row row = steps.get(k).rows().get(e);
        BigDecimal h = g.get(k)[e].multiply(new BigDecimal(slopes.get(k)[e]));
        for (int j = 0; j < row.places().length; j++) {
          int place = row.places()[j];
          int number = 0;
          while (place >= steps.get(operands.get(number)).size()) {
            place -= steps.get(operands.get(number++)).size();
          }
          BigDecimal[] read = g.get(operands.get(number));
          read[place] = read[place].add(h.multiply(new BigDecimal(row.factors()[j])));
        }
      }
    }
    return g.getFirst();
  }

  private static List<double[]> slopes(List<Step> steps, Random random) {
    List<double[]> all = new ArrayList<>();
    for (Step step : steps) {
      double[] own = new double[step.size()];
      Arrays.setAll(
          own,
          e -> {
            double share = random.nextInt(3) > 0 ? random.nextInt(2) : random.nextDouble();
            Range range = step.slopes().get(e);
            double value = range.lower() * (1 - share) + range.upper() * share;
            return Math.clamp(value, range.lower(), range.upper());
          });
      all.add(own);
    }
    return all;
  }

  private static void assertWithin(BigDecimal value, Range range) {
    assertThat(value).isBetween(new BigDecimal(range.lower()), new BigDecimal(range.upper()));
  }

  /** In exact numbers, so that no rounding hides a bound that is off by one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RELU",
        "LEAKY_RELU",
        "ABS",
        "TANH",
        "SILU",
        "MAXMIN",
        "GROUP_SORT",
        "HOUSEHOLDER"
      })
  void noSlopesLeaveTheRanges(String kind) {
    Random random = new Random(kind.hashCode());
    int free = 0;
    for (int trial = 0; trial < 25; trial++) {
      Subject subject = random(random, kind, Math.scalb(1.0, random.nextInt(-6, 1)));
      List<Step> steps = Differences.of(Region.of(subject), _ -> {}).orElseThrow();
      for (int j = 0; j < 2; j++) {
        List<Range> row = row(subject, j);
        for (int sample = 0; sample < 40; sample++) {
          BigDecimal[] exact = exact(steps, slopes(steps, random), j);
          for (int i = 0; i < exact.length; i++) {
            assertWithin(exact[i], row.get(i));
          }
        }
        free += row.getFirst().lower() < row.getFirst().upper() - 1e-9 ? 1 : 0;
      }
    }
    assertThat(free).isGreaterThan(10);
  }

  private static List<BigDecimal> output(Subject subject, List<BigDecimal> input) {
    Evaluation<BigDecimal> evaluation = new Evaluation<>(new ExactNumbers());
    List<List<BigDecimal>> values = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<List<BigDecimal>> read = unit.operands().stream().map(values::get).toList();
      values.add(
          switch (unit) {
            case Unit.Input _ -> input;
            case Unit.Linear linear -> evaluation.linear(linear, read, subject.weights());
            case Unit.Activation activation -> evaluation.activation(activation, read.getFirst());
            case Unit.GainOnly _ -> throw new IllegalArgumentException("no call, no pool");
          });
    }
    return values.getLast();
  }

  private static List<BigDecimal> inside(Random random, Unit.Box box) {
    List<BigDecimal> x = new ArrayList<>();
    for (int i = 0; i < box.lower().size(); i++) {
      double share = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextDouble();
      double value = box.lower().get(i) * (1 - share) + box.upper().get(i) * share;
      x.add(new BigDecimal(Math.clamp(value, box.lower().get(i), box.upper().get(i))));
    }
    return x;
  }

  /** {@code f(x) - f(x')} is what the ranges say, of inputs that the steps know nothing of. */
  @ParameterizedTest
  @ValueSource(
      strings = {"RELU", "LEAKY_RELU", "ABS", "RELU6", "MAXMIN", "GROUP_SORT", "HOUSEHOLDER"})
  void outputsDifferAsTheRangesSay(String kind) {
    Random random = new Random(kind.hashCode() + 1);
    for (int trial = 0; trial < 25; trial++) {
      Subject subject = random(random, kind, Math.scalb(1.0, random.nextInt(-6, 1)));
      List<List<Range>> rows = List.of(row(subject, 0), row(subject, 1));
      Unit.Box box = subject.certificate().input().box().orElseThrow();
      for (int sample = 0; sample < 40; sample++) {
        List<BigDecimal> x = inside(random, box);
        List<BigDecimal> other = inside(random, box);
        for (int j = 0; j < 2; j++) {
          BigDecimal moved = output(subject, x).get(j).subtract(output(subject, other).get(j));
          BigDecimal lower = BigDecimal.ZERO;
          BigDecimal upper = BigDecimal.ZERO;
          for (int i = 0; i < x.size(); i++) {
            BigDecimal move = x.get(i).subtract(other.get(i));
            BigDecimal first = move.multiply(new BigDecimal(rows.get(j).get(i).lower()));
            BigDecimal last = move.multiply(new BigDecimal(rows.get(j).get(i).upper()));
            lower = lower.add(first.min(last));
            upper = upper.add(first.max(last));
          }
          assertThat(moved).isBetween(lower, upper);
        }
      }
    }
  }

  /** {@code relu(x) - relu(x - 1)}: of two slopes in [0, 1] the difference, and not more. */
  private static NetworkUnderTest step(double lower, double upper) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(lower, upper, 1);
    net.dense(0, new double[][] {{1}, {1}}, new double[] {0, -1});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{1, -1}});
    return net;
  }

  @Test
  void whatIsLinearIsExact() {
    assertThat(row(local(step(0.25, 0.75), Norms.EUCLIDEAN), 0)).containsExactly(new Range(1, 1));
    assertThat(row(local(step(2, 3), Norms.EUCLIDEAN), 0)).containsExactly(new Range(0, 0));
    assertThat(row(local(step(-2, 3), Norms.EUCLIDEAN), 0)).containsExactly(new Range(-1, 1));
  }

  /** Ranges alone know less: what goes through two layers, and cancels. */
  @Test
  void linesSeeWhatCancels() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    int free = net.activation(net.dense(0, new double[][] {{1}}), "relu");
    // 3 + y - 3 - y / 2, through activations that are on.
    net.dense(free, new double[][] {{1}, {1}}, new double[] {3, 3});
    int on = net.activation(net.units.size() - 1, "relu");
    net.dense(on, new double[][] {{1, -0.5}});
    Range slope = row(local(net, Norms.EUCLIDEAN), 0).getFirst();
    assertThat(slope.lower()).isBetween(-1e-12, 0.0);
    assertThat(slope.upper()).isBetween(0.5, 0.5 + 1e-12);
  }

  /** Nor do they know that one free slope is passed on twice, and cancels. */
  @Test
  void aSlopeIsTheSameForAllThatReadsIt() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    net.dense(0, new double[][] {{1}, {1}});
    net.activation(net.dense(1, new double[][] {{1, -0.5}}), "relu");
    Range slope = row(local(net, Norms.EUCLIDEAN), 0).getFirst();
    assertThat(slope.lower()).isBetween(-1e-12, 0.0);
    assertThat(slope.upper()).isBetween(0.5, 0.5 + 1e-12);
  }

  /** Units beside the one that is asked about, and one that nothing reads. */
  @Test
  void whatIsNotReadIsLeftOut() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    net.activation(0, "abs");
    int relu = net.activation(0, "relu");
    net.activation(0, "relu");
    net.sum(relu, net.activation(0, "relu"));
    assertThat(row(local(net, Norms.EUCLIDEAN), 0)).containsExactly(new Range(0, 2));
  }

  /**
   * Where all slopes are single numbers, so is a form of the derivatives. Then nothing but
   * roundings is between it and its bound, which is not above it, not by a bit.
   */
  @Test
  void formsOfNumbersAreRoundedDown() {
    Random random = new Random(50);
    for (int trial = 0; trial < 40; trial++) {
      NetworkUnderTest net = new NetworkUnderTest();
      int at = net.input(1, 2, 20);
      for (int k = 0; k < 3; k++) {
        double[] bias = new double[20];
        Arrays.fill(bias, -1000 * Math.pow(10, k));
        int dense = net.dense(at, matrix(random, 20, 20), bias);
        at = net.activation(dense, "leaky_relu", 0.3);
      }
      net.dense(at, matrix(random, 1, 20));
      List<Step> steps =
          Differences.of(Region.of(local(net, Norms.EUCLIDEAN)), _ -> {}).orElseThrow();
      BigDecimal[] exact = exact(steps, slopes(steps, random), 0);
      Derivatives derivatives = new Derivatives(steps, 0, _ -> {});
      double[] form = random.doubles(20, -1, 1).toArray();
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < form.length; i++) {
        assertWithin(exact[i], derivatives.ofInput(i));
        sum = sum.add(exact[i].multiply(new BigDecimal(form[i])));
      }
      double least = derivatives.leastOfInput(form);
      assertThat(new BigDecimal(least)).isLessThanOrEqualTo(sum);
      assertThat(least).isGreaterThan(sum.doubleValue() - 1e-12);
    }
  }

  /** Where no weight is negative no derivative is, to the bit: a zero stays one. */
  @Test
  void signsAreExact() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 2);
    net.activation(net.dense(0, new double[][] {{0.3, 0.1}, {0.7, 1e-300}}), "relu");
    net.activation(net.dense(2, new double[][] {{0.1, 0.7}, {1e-300, 0.3}}), "tanh");
    net.dense(4, new double[][] {{0.3, 0.9}, {-0.3, -0.9}});
    Subject subject = local(net, Norms.EUCLIDEAN);
    for (int i = 0; i < 2; i++) {
      assertThat(row(subject, 0).get(i).lower()).isZero();
      assertThat(row(subject, 1).get(i).upper()).isZero();
    }
  }

  @Test
  void unitsWithoutDerivativesAreRefused() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 3);
    net.add(
        new Unit.Activation(
            0, RandomActivations.ofGroups(GroupKind.SOFTMAX, 3, new Random(1)), 3, 1));
    Subject subject = local(net, Norms.EUCLIDEAN);
    assertThatThrownBy(() -> Differences.of(Region.of(subject), _ -> {}).orElseThrow())
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("rows through softmax");
  }

  /** The work is told before it is done, so that a text cannot ask for hours. */
  @Test
  void workIsCounted() {
    Random random = new Random(2);
    Subject subject = random(random, "RELU", 0.5);
    long[] spent = {0};
    Rows.bound(subject, new BoxTree.Leaf(), products -> spent[0] += products);
    assertThat(spent[0]).isGreaterThan(1000);
    assertThatThrownBy(
            () ->
                Rows.bound(
                    subject,
                    new BoxTree.Leaf(),
                    _ -> {
                      throw new ArithmeticException("enough");
                    }))
        .hasMessageContaining("enough");
    assertThat(Collections.frequency(row(subject, 0), null)).isZero();
  }
}
