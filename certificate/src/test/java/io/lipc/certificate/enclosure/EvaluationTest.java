package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.RoundedProgram;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Range;
import io.lipc.formats.ElementType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All units in all arithmetics, against another program in rational arithmetic. */
final class EvaluationTest {

  private static final int SIZE = 4;

  /** Every linear map, and every activation that is piecewise linear. */
  private static Subject network(Random random) {
    NetworkUnderTest net = new NetworkUnderTest();
    int[] x = {net.add(new Unit.Input(SIZE, Optional.of(box(random))))};
    for (int i = 0; i < 7; i++) {
      int at = x[random.nextInt(x.length)];
      int next =
          switch (random.nextInt(14)) {
            case 0 -> net.dense(at, matrix(random, SIZE), random.doubles(SIZE, -1, 1).toArray());
            case 1 -> net.dense(net.dense(at, matrix(random, 3)), new double[SIZE][3]);
            case 2 -> net.sum(at, x[0], at);
            case 3 -> net.add(Unit.select(net.concat(at, x[0]), List.of(6, 1, 1, 4)));
            case 4 -> net.scale(at, random.nextDouble(-2, 2));
            case 5 -> net.add(Unit.affine(at, numbers(random), numbers(random), SIZE));
            case 6 -> net.activation(at, "center");
            case 7 -> net.activation(at, "maxmin");
            case 8 -> net.activation(at, "group_sort", 4);
            case 9 -> net.activation(at, "householder", random.nextDouble(-1, 1), 0.6);
            case 10 -> net.activation(at, "leaky_relu", 0.3);
            case 11 -> net.activation(at, "hard_tanh");
            case 12 -> net.activation(at, "identity");
            default -> net.activation(at, "abs");
          };
      x = Arrays.copyOf(x, x.length + 1);
      x[x.length - 1] = next;
    }
    return net.subject();
  }

  private static Unit.Box box(Random random) {
    List<Double> lower = random.doubles(SIZE, -2, 1).boxed().toList();
    double width = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    return new Unit.Box(lower, lower.stream().map(end -> end + width).toList());
  }

  private static double[][] matrix(Random random, int rows) {
    return random.doubles(rows).mapToObj(_ -> row(random)).toArray(double[][]::new);
  }

  private static double[] row(Random random) {
    return random.doubles(SIZE, -1, 1).map(w -> random.nextInt(4) == 0 ? 0 : w).toArray();
  }

  private static List<Double> numbers(Random random) {
    return random.doubles(SIZE, -1, 1).boxed().toList();
  }

  private static <T> List<T> output(Subject subject, Arithmetic<T> arithmetic, List<T> input) {
    Evaluation<T> evaluation = new Evaluation<>(arithmetic);
    List<List<T>> signals = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<List<T>> operands = unit.operands().stream().map(signals::get).toList();
      signals.add(
          switch (unit) {
            case Unit.Linear linear -> evaluation.linear(linear, operands, subject.weights());
            case Unit.Activation activation ->
                evaluation.activation(activation, operands.getFirst());
            default -> input;
          });
    }
    return signals.getLast();
  }

  /** Numbers of a box, its corners among them. */
  private static double[] point(Unit.Box box, Random random) {
    return IntStream.range(0, SIZE)
        .mapToDouble(
            i -> {
              double lower = box.lower().get(i);
              double upper = box.upper().get(i);
              return switch (random.nextInt(3)) {
                case 0 -> lower;
                case 1 -> upper;
                default -> lower + random.nextDouble() * (upper - lower);
              };
            })
        .toArray();
  }

  @Test
  @Tag("slow")
  void enclosuresHoldExactValues() {
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      Subject subject = network(random);
      Unit.Box box = ((Unit.Input) subject.certificate().units().getFirst()).box().orElseThrow();
      List<Range> ranges =
          IntStream.range(0, SIZE)
              .mapToObj(i -> new Range(box.lower().get(i), box.upper().get(i)))
              .toList();
      List<Range> wide = output(subject, new Intervals(), ranges);
      List<Rounded> rounded =
          output(
              subject,
              new RoundedNumbers(subject.certificate().type()),
              ranges.stream().map(range -> new Rounded(range, 0)).toList());
      for (int round = 0; round < 4; round++) {
        double[] x = point(box, random);
        List<BigDecimal> exact =
            RoundedProgram.outputs(subject, RoundedProgram.Arithmetic.EXACT, x);
        List<BigDecimal> numbers =
            output(
                subject, new ExactNumbers(), Arrays.stream(x).mapToObj(BigDecimal::new).toList());
        List<Range> narrow =
            output(subject, new Intervals(), Arrays.stream(x).mapToObj(Intervals::of).toList());
        for (int i = 0; i < exact.size(); i++) {
          assertThat(numbers.get(i)).as("seed %d", seed).isEqualByComparingTo(exact.get(i));
          assertHolds(wide.get(i), exact.get(i));
          assertHolds(narrow.get(i), exact.get(i));
          assertHolds(rounded.get(i).real(), exact.get(i));
          assertThat(narrow.get(i).upper() - narrow.get(i).lower()).isLessThan(1e-11);
        }
      }
    }
  }

  /** An error without a bound stays one, even where a zero is multiplied with it. */
  @Test
  void errorsWithoutABound() {
    Rounded lost = new Rounded(new Range(0, 1), Double.POSITIVE_INFINITY);
    Rounded kept = new Rounded(new Range(0, 1), 0);
    for (ElementType type : ElementType.values()) {
      Arithmetic.Sums<Rounded> sums = new RoundedNumbers(type).sums(List.of(lost, kept));
      assertThat(sums.of(Evaluation.pair(0, 1), 0).error()).isInfinite();
      assertThat(sums.of(Evaluation.pair(1, 0), 0).error()).isInfinite();
    }
  }

  private static void assertHolds(Range range, BigDecimal value) {
    assertThat(value).isBetween(new BigDecimal(range.lower()), new BigDecimal(range.upper()));
  }

  /** Rows that several threads share are in the order of the outputs. */
  @Test
  void manyRows() {
    int size = 400;
    NetworkUnderTest net = new NetworkUnderTest();
    double[][] weight = new double[size][size];
    double[] bias = new double[size];
    for (int i = 0; i < size; i++) {
      weight[i][size - 1 - i] = 2;
      bias[i] = -i;
    }
    net.dense(net.input(size), weight, bias);
    List<BigDecimal> x = IntStream.range(0, size).mapToObj(BigDecimal::valueOf).toList();
    List<BigDecimal> y = output(net.subject(), new ExactNumbers(), x);
    for (int i = 0; i < size; i++) {
      assertThat(y.get(i)).isEqualByComparingTo(BigDecimal.valueOf(2L * (size - 1 - i) - i));
    }
  }

  @Test
  void onlyPiecewiseLinearFunctionsAreEvaluatedExactly() {
    Map<String, double[]> constants =
        Map.of(
            "tanh",
            new double[0],
            "softmax",
            new double[] {1},
            "layer_norm",
            new double[] {1, 0},
            "l2_normalize",
            new double[] {1});
    for (String name : constants.keySet()) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.activation(net.input(2), name, Objects.requireNonNull(constants.get(name)));
      Subject subject = net.subject();
      List<BigDecimal> x = Collections.nCopies(2, BigDecimal.ONE);
      assertThatIllegalStateException()
          .isThrownBy(() -> output(subject, new ExactNumbers(), x))
          .withMessageContaining("piecewise linear");
    }
  }
}
