package io.lipc.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.runtime.Shipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each unit has the bits of a formula that is written out here. */
class OrderedEvaluatorTest {

  private final SplittableRandom random = new SplittableRandom(11);

  private double[] numbers(ElementType type, int count) {
    return random.doubles(count, -2, 2).map(type::round).toArray();
  }

  private static Shipped network(ElementType type, int inputs) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.input(inputs);
    return shipped;
  }

  private static double[] value(Shipped shipped, double... x) {
    return OrderedEvaluator.of(shipped.subject())
        .applyAll(List.of(x), OrderedEvaluator.Observer.NONE)
        .getFirst();
  }

  private static double fma(ElementType type, double a, double b, double c) {
    return type == ElementType.F32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void denseSumsAreFusedFromTheirBias(ElementType type) {
    double[] w = numbers(type, 12);
    double[] b = numbers(type, 3);
    double[] x = numbers(type, 4);
    for (boolean biased : new boolean[] {true, false}) {
      Shipped shipped = network(type, 4);
      shipped.tensors.add(Shipped.tensor("w", type, List.of(3, 4), w));
      shipped.tensors.add(Shipped.tensor("b", type, List.of(3), b));
      shipped.units.add(Unit.dense(0, 4, 3, "w", biased ? Optional.of("b") : Optional.empty()));
      double[] y = value(shipped, x);
      for (int i = 0; i < 3; i++) {
        double sum = biased ? b[i] : 0;
        for (int k = 0; k < 4; k++) {
          sum = fma(type, w[4 * i + k], x[k], sum);
        }
        assertThat(y[i]).isEqualTo(sum);
      }
    }
  }

  /** Two groups, zeros above and to the left, strides and dilations that differ. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void convolutionsAddRowsThenColumnsThenChannels(ElementType type) {
    Grid grid = new Grid(4, 5, 6);
    Window window = new Window(new Axis(2, 2, 1, 0, 1), new Axis(3, 1, 1, 1, 2));
    double[] w = numbers(type, 6 * 2 * 2 * 3);
    double[] b = numbers(type, 6);
    double[] x = numbers(type, grid.elements());
    for (boolean biased : new boolean[] {true, false}) {
      Convolution map =
          new Convolution(grid, 6, window, 2, "w", biased ? Optional.of("b") : Optional.empty());
      Shipped shipped = network(type, grid.elements());
      shipped.tensors.add(Shipped.tensor("w", type, List.of(6, 2, 2, 3), w));
      shipped.tensors.add(Shipped.tensor("b", type, List.of(6), b));
      shipped.units.add(Unit.convolution(0, map));
      double[] y = value(shipped, x);
      Grid output = map.output();
      assertThat(y).hasSize(output.elements());
      for (int number = 0; number < y.length; number++) {
        int o = number / output.pixels();
        int p = number % output.pixels() / output.width();
        int q = number % output.width();
        double sum = biased ? b[o] : 0;
        for (int u = 0; u < 2; u++) {
          for (int v = 0; v < 3; v++) {
            for (int i = 0; i < 2; i++) {
              int row = 2 * p + u - 1;
              int column = q + 2 * v - 1;
              boolean inside = row >= 0 && row < 5 && column >= 0 && column < 6;
              int channel = o / 3 * 2 + i;
              double read = inside ? x[(channel * 5 + row) * 6 + column] : 0;
              sum = fma(type, w[((o * 2 + i) * 2 + u) * 3 + v], read, sum);
            }
          }
        }
        assertThat(y[number]).as("output %d", number).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void poolsOfEachChannel(ElementType type) {
    Grid grid = new Grid(2, 4, 5);
    Window window = Window.plain(List.of(2, 3), List.of(2, 1));
    double factor = type.round(1.0 / 6);
    double[] x = numbers(type, grid.elements());
    Shipped mean = network(type, grid.elements());
    mean.units.add(Unit.averagePool(0, new AveragePool(grid, window, factor)));
    Shipped largest = network(type, grid.elements());
    largest.units.add(new Unit.MaxPool(0, grid, window));
    double[] means = value(mean, x);
    double[] maxima = value(largest, x);
    assertThat(means).hasSize(12);
    for (int number = 0; number < 12; number++) {
      int first = (number / 6 * 4 + 2 * (number % 6 / 3)) * 5 + number % 3;
      double sum = 0;
      double max = Double.NEGATIVE_INFINITY;
      for (int place : new int[] {0, 1, 2, 5, 6, 7}) {
        sum = fma(type, factor, x[first + place], sum);
        max = Math.max(max, x[first + place]);
      }
      assertThat(means[number]).isEqualTo(sum);
      assertThat(maxima[number]).isEqualTo(max);
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void elementsAreScaledShiftedAndAddedWithARoundingEach(ElementType type) {
    double[] x = numbers(type, 4);
    double[] s = numbers(type, 4);
    double[] t = numbers(type, 4);
    Shipped shipped = network(type, 4);
    shipped.units.add(Unit.affine(0, list(s), list(t), 4));
    shipped.units.add(Unit.scale(1, type.round(0.3), 4));
    shipped.units.add(Unit.sum(List.of(0, 1, 2), 4));
    shipped.units.add(Unit.concat(List.of(3, 0), 8));
    shipped.units.add(Unit.select(4, List.of(7, 1, 0)));
    double[] y = value(shipped, x);
    double[] sum = new double[4];
    for (int i = 0; i < 4; i++) {
      double affine = type.round(type.round(s[i] * x[i]) + t[i]);
      double scaled = type.round(type.round(0.3) * affine);
      sum[i] = type.round(type.round(x[i] + affine) + scaled);
    }
    assertThat(y).containsExactly(x[3], sum[1], sum[0]);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void batchNormIsAScaleAndAShiftForEachChannel(ElementType type) {
    double[] x = numbers(type, 6);
    Shipped shipped = network(type, 6);
    double[][] statistics = {numbers(type, 2), numbers(type, 2), numbers(type, 2), {1.25, 0.75}};
    List<String> roles = List.of("weight", "bias", "running_mean", "running_var");
    for (int role = 0; role < 4; role++) {
      shipped.tensors.add(
          Shipped.tensor("n." + roles.get(role), type, List.of(2), statistics[role]));
    }
    shipped.units.add(Unit.batchNorm(0, new BatchNorm(2, 3, "n", 1e-5)));
    double[] y = value(shipped, x);
    for (int i = 0; i < 6; i++) {
      int c = i / 3;
      double scale = type.round(statistics[0][c] / Math.sqrt(statistics[3][c] + 1e-5));
      double shift = type.round(statistics[1][c] - statistics[2][c] * scale);
      assertThat(y[i]).isEqualTo(type.round(type.round(scale * x[i]) + shift));
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void groups(ElementType type) {
    double[] x = numbers(type, 6);
    assertThat(activated(type, "maxmin", List.of(), x))
        .containsExactly(
            IntStream.range(0, 6)
                .mapToDouble(i -> i % 2 == 0 ? Math.max(x[i], x[i + 1]) : Math.min(x[i - 1], x[i]))
                .toArray());
    double[] sorted = x.clone();
    Arrays.sort(sorted, 0, 3);
    Arrays.sort(sorted, 3, 6);
    assertThat(activated(type, "group_sort", List.of(3.0), x))
        .containsExactly(sorted[2], sorted[1], sorted[0], sorted[5], sorted[4], sorted[3]);
    double v0 = type.round(0.6);
    double v1 = type.round(-0.8);
    double[] mirrored = activated(type, "householder", List.of(v0, v1), x);
    for (int i = 0; i < 6; i += 2) {
      double dot = type.round(type.round(v0 * x[i]) + type.round(v1 * x[i + 1]));
      double twice = 2 * Math.max(-dot, 0);
      assertThat(mirrored[i]).isEqualTo(type.round(x[i] + type.round(v0 * twice)));
      assertThat(mirrored[i + 1]).isEqualTo(type.round(x[i + 1] + type.round(v1 * twice)));
    }
  }

  /** The first and the last channel of two pixels. */
  @Test
  void groupsOfChannelsStandApart() {
    Shipped shipped = network(ElementType.F64, 4);
    shipped.units.add(new Unit.Activation(0, "maxmin", List.of(), 4, 2));
    assertThat(value(shipped, 1, 2, 3, 0)).containsExactly(3, 2, 1, 0);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void softmaxAndCenterAddDoubles(ElementType type) {
    double[] x = numbers(type, 5);
    double max = Arrays.stream(x).max().orElseThrow();
    double[] powers =
        Arrays.stream(x)
            .map(z -> (z - max) / 0.7)
            .map(t -> type == ElementType.F32 ? FloatFunctions.exp(t) : Math.exp(t))
            .toArray();
    double sum = 0;
    for (double power : powers) {
      sum += power;
    }
    double all = sum;
    assertThat(activated(type, "softmax", List.of(0.7), x))
        .containsExactly(Arrays.stream(powers).map(e -> type.round(e / all)).toArray());
    Shipped center = network(type, 5);
    center.units.add(Unit.activation(0, "center", List.of(), 5));
    double share = 1 - (1 - 1.0 / 5);
    double mean = 0;
    for (double z : x) {
      mean += share * z;
    }
    double m = mean;
    assertThat(value(center, x))
        .containsExactly(Arrays.stream(x).map(z -> type.round(z - m)).toArray());
  }

  private static double[] activated(
      ElementType type, String name, List<Double> constants, double[] x) {
    Shipped shipped = network(type, x.length);
    shipped.units.add(new Unit.Activation(0, name, constants, x.length, 1));
    return value(shipped, x);
  }

  @Test
  void functionsOfElements() {
    Map<String, DoubleUnaryOperator> inFloats =
        Map.ofEntries(
            Map.entry("tanh", t -> FloatFunctions.tanh((float) t)),
            Map.entry("sigmoid", t -> FloatFunctions.sigmoid((float) t)),
            Map.entry("selu", t -> FloatFunctions.selu((float) t)),
            Map.entry("softplus", t -> FloatFunctions.softplus((float) t)),
            Map.entry("silu", t -> FloatFunctions.silu((float) t)),
            Map.entry("mish", t -> FloatFunctions.mish((float) t)),
            Map.entry("gelu", t -> FloatFunctions.gelu((float) t)),
            Map.entry("gelu_tanh", t -> FloatFunctions.geluTanh((float) t)),
            Map.entry("elu", t -> FloatFunctions.elu((float) t, 1.5f)),
            Map.entry("celu", t -> FloatFunctions.celu((float) t, 1.5f)),
            Map.entry("leaky_relu", t -> t >= 0 ? t : (float) (1.5 * t)),
            Map.entry("relu", t -> Math.max(t, 0)),
            Map.entry("softsign", t -> (float) (t / (1 + Math.abs(t)))));
    double[] x = numbers(ElementType.F32, 50);
    inFloats.forEach(
        (name, function) -> {
          boolean hasConstant =
              name.equals("elu") || name.equals("celu") || name.equals("leaky_relu");
          List<Double> constants = hasConstant ? List.of(1.5) : List.of();
          assertThat(activated(ElementType.F32, name, constants, x))
              .as(name)
              .containsExactly(Arrays.stream(x).map(function).toArray());
          assertThat(activated(ElementType.F64, name, constants, x))
              .as(name)
              .containsExactly(
                  Arrays.stream(x).map(Elementwise.of(name, constants)::value).toArray());
        });
  }

  /** Several inputs give what each gives, a call what is called, and the observer sees kinks. */
  @Test
  void inputsTogetherAndCalls() {
    Shipped callee = network(ElementType.F64, 2);
    callee.network = "demo.Callee";
    callee.dense(0, new double[][] {{0.3, 0.7}, {-0.2, 0.1}}, "w");
    callee.units.add(Unit.activation(1, "relu", List.of(), 2));
    Shipped caller = network(ElementType.F64, 2);
    caller.units.add(new Unit.Call(0, "demo.Callee", callee.textDigest(), 2, 2));
    caller.units.add(Unit.activation(1, "abs", List.of(), 2));
    caller.units.add(Unit.sum(List.of(2, 0), 2));
    OrderedEvaluator evaluator = OrderedEvaluator.of(caller.subject(callee.subject()));
    List<double[]> inputs = List.of(new double[] {0.1, 0.9}, new double[] {-1, 0.25});
    List<String> seen = new ArrayList<>();
    List<double[]> outputs =
        evaluator.applyAll(inputs, (unit, operand) -> seen.add(unit + " " + operand[0].length));
    assertThat(seen).containsExactly("2 2");
    UnitEvaluator exact = UnitEvaluator.of(caller.subject(callee.subject()));
    for (int k = 0; k < 2; k++) {
      assertThat(outputs.get(k)).containsExactly(exact.apply(inputs.get(k)), within(1e-15));
      assertThat(evaluator.applyAll(List.of(inputs.get(k)), OrderedEvaluator.Observer.NONE))
          .containsExactly(outputs.get(k));
    }
    // Two elements of an input, and of relu; four products; two elements of abs and of a sum.
    assertThat(evaluator.work()).isEqualTo(2 + (2 + 4 + 2) + 2 + 2);
  }

  @Test
  void workCountsProducts() {
    Grid grid = new Grid(2, 4, 4);
    Window window = Window.plain(List.of(2, 2), List.of(2, 2));
    Shipped shipped = network(ElementType.F64, 32);
    shipped.units.add(new Unit.MaxPool(0, grid, window));
    assertThat(work(shipped)).isEqualTo(32 + 8 * 4);
    shipped.units.add(Unit.averagePool(1, new AveragePool(new Grid(2, 2, 2), window, 0.25)));
    assertThat(work(shipped)).isEqualTo(32 + 8 * 4 + 2 * 4);
    shipped.tensors.add(Shipped.tensor("w", ElementType.F64, List.of(3, 2, 1, 1), new double[6]));
    shipped.units.add(
        Unit.convolution(
            2,
            new Convolution(
                new Grid(2, 1, 1),
                3,
                Window.plain(List.of(1, 1), List.of(1, 1)),
                1,
                "w",
                Optional.empty())));
    assertThat(work(shipped)).isEqualTo(32 + 8 * 4 + 2 * 4 + 3 * 2);
  }

  private static long work(Shipped shipped) {
    return OrderedEvaluator.of(shipped.subject()).work();
  }

  private static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /** Rows and columns of zeros on all sides: a window reads none of another channel. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void zerosLieAroundTheImage(ElementType type) {
    Grid grid = new Grid(2, 3, 4);
    Window window = new Window(new Axis(3, 1, 2, 2, 1), new Axis(3, 1, 2, 2, 1));
    double[] w = numbers(type, 18);
    double[] x = numbers(type, 24);
    Shipped shipped = network(type, 24);
    shipped.tensors.add(Shipped.tensor("w", type, List.of(1, 2, 3, 3), w));
    shipped.units.add(
        Unit.convolution(0, new Convolution(grid, 1, window, 1, "w", Optional.empty())));
    double[] y = value(shipped, x);
    assertThat(y).hasSize(5 * 6);
    for (int number = 0; number < 30; number++) {
      double sum = 0;
      for (int tap = 0; tap < 9; tap++) {
        int row = number / 6 + tap / 3 - 2;
        int column = number % 6 + tap % 3 - 2;
        boolean inside = row >= 0 && row < 3 && column >= 0 && column < 4;
        for (int channel = 0; channel < 2; channel++) {
          double read = inside ? x[(channel * 3 + row) * 4 + column] : 0;
          sum = fma(type, w[9 * channel + tap], read, sum);
        }
      }
      assertThat(y[number]).as("output %d", number).isEqualTo(sum);
    }
  }

  /** Many, so that a rounding that is left out shows in some. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyStepIsRounded(ElementType type) {
    int size = 400;
    double[] x = numbers(type, size);
    double v0 = type.round(0.6);
    double v1 = type.round(-0.8);
    double[] mirrored = activated(type, "householder", List.of(v0, v1), x);
    for (int i = 0; i < size; i += 2) {
      double dot = type.round(type.round(v0 * x[i]) + type.round(v1 * x[i + 1]));
      double twice = 2 * Math.max(-dot, 0);
      assertThat(mirrored[i]).isEqualTo(type.round(x[i] + type.round(v0 * twice)));
      assertThat(mirrored[i + 1]).isEqualTo(type.round(x[i + 1] + type.round(v1 * twice)));
    }
    Shipped shipped = network(type, size);
    double[][] statistics = {
      numbers(type, size),
      numbers(type, size),
      numbers(type, size),
      Arrays.stream(numbers(type, size)).map(Math::abs).toArray()
    };
    List<String> roles = List.of("weight", "bias", "running_mean", "running_var");
    for (int role = 0; role < 4; role++) {
      shipped.tensors.add(
          Shipped.tensor("n." + roles.get(role), type, List.of(size), statistics[role]));
    }
    shipped.units.add(Unit.batchNorm(0, new BatchNorm(size, 1, "n", 1e-5)));
    double[] y = value(shipped, x);
    BatchNorm norm = new BatchNorm(size, 1, "n", 1e-5);
    IntToDoubleFunction shift = norm.shift(shipped.weights());
    IntFunction<LinearMap.Row> rows = norm.rows(List.of(size), shipped.weights());
    for (int i = 0; i < size; i++) {
      double scale = type.round(rows.apply(i).factors()[0]);
      double added = type.round(shift.applyAsDouble(i));
      assertThat(y[i]).isEqualTo(type.round(type.round(scale * x[i]) + added));
    }
  }

  /** A certificate says doubles; what runs has numbers of the format. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void factorsAndShiftsAreRoundedFirst(ElementType type) {
    int size = 200;
    double[] x = numbers(type, size);
    double[] s = random.doubles(size, -2, 2).toArray();
    double[] t = random.doubles(size, -2, 2).toArray();
    Shipped shipped = network(type, size);
    shipped.units.add(Unit.affine(0, list(s), list(t), size));
    double[] y = value(shipped, x);
    for (int i = 0; i < size; i++) {
      assertThat(y[i])
          .isEqualTo(type.round(type.round(type.round(s[i]) * x[i]) + type.round(t[i])));
    }
  }

  /** Twice a number may be infinite, and then so is what is added. */
  @Test
  void aReflectionOverflowsWhereCodeDoes() {
    assertThat(
            activated(
                ElementType.F32,
                "householder",
                List.of((double) 0.6f, (double) -0.8f),
                new double[] {-0x1.cp127, 0x1.0p126}))
        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** A group or a window of one element. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void layerNormAddsDoublesGroupByGroup(ElementType type) {
    double[] x = numbers(type, 6);
    double[] expected = new double[6];
    for (int from = 0; from < 6; from += 3) {
      double mean = (x[from] + x[from + 1] + x[from + 2]) / 3;
      double a = x[from] - mean;
      double b = x[from + 1] - mean;
      double c = x[from + 2] - mean;
      double root = Math.sqrt((a * a + b * b + c * c) / 3 + 0.125);
      expected[from] = type.round(a / root);
      expected[from + 1] = type.round(b / root);
      expected[from + 2] = type.round(c / root);
    }
    assertThat(activated(type, "layer_norm", List.of(0.125, 3.0), x)).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void oneElementIsTheLargest(ElementType type) {
    assertThat(activated(type, "softmax", List.of(1.0), new double[] {7})).containsExactly(1);
    Shipped every = network(type, 9);
    every.units.add(
        new Unit.MaxPool(0, new Grid(1, 3, 3), Window.plain(List.of(1, 1), List.of(2, 2))));
    assertThat(value(every, 0, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(0, 2, 6, 8);
  }

  @Test
  void theIdentityChangesNothing() {
    Shipped shipped = network(ElementType.F64, 2);
    shipped.units.add(Unit.activation(0, "identity", List.of(), 2));
    shipped.units.add(Unit.scale(1, 2, 2));
    assertThat(value(shipped, 3, -4)).containsExactly(6, -8);
  }

  /** Maxima over windows have kinks as activations do. */
  @Test
  void theObserverSeesMaxima() {
    Shipped shipped = network(ElementType.F64, 4);
    shipped.units.add(Unit.scale(0, 2, 4));
    shipped.units.add(
        new Unit.MaxPool(1, new Grid(1, 2, 2), Window.plain(List.of(2, 2), List.of(2, 2))));
    List<String> seen = new ArrayList<>();
    OrderedEvaluator.of(shipped.subject())
        .applyAll(
            List.of(new double[] {1, 2, 3, 4}),
            (unit, operand) -> seen.add(unit + " " + operand[3][0]));
    assertThat(seen).containsExactly("2 8.0");
  }

  /** Each network of forty calls the next one by two names: 2^40 ways lead to the last. */
  @Test
  void sharedCalleesAreEvaluatedByOne() {
    Shipped last = network(ElementType.F64, 2);
    last.network = "demo.N0";
    last.units.add(Unit.scale(0, 0.5, 2));
    Subject subject = last.subject();
    for (int k = 1; k <= 40; k++) {
      String one = subject.certificate().network();
      String other = "demo.Other" + k;
      Shipped caller = network(ElementType.F64, 2);
      caller.network = "demo.N" + k;
      caller.units.add(new Unit.Call(0, one, subject.digest(), 2, 2));
      caller.units.add(new Unit.Call(0, other, subject.digest(), 2, 2));
      caller.units.add(Unit.sum(List.of(1, 2), 2));
      subject =
          new Subject(
              caller.certificate(),
              caller.textDigest(),
              caller.weights(),
              Map.of(one, subject, other, subject));
    }
    // Of the last one 4, and of each other the two inputs, the two sums, and what both calls take.
    long work = 4;
    for (int k = 1; k <= 40; k++) {
      work = 2 * work + 4;
    }
    assertThat(OrderedEvaluator.of(subject).work()).isEqualTo(work);
  }
}
