package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The evaluator does in doubles what units say, to the bit: as {@link RoundedProgram} does. */
final class UnitEvaluatorExactTest {

  private final SplittableRandom random = new SplittableRandom(11);
  private final NetworkUnderTest net = new NetworkUnderTest();

  private double[] numbers(int size) {
    return random.doubles(size, -2, 2).toArray();
  }

  private List<Double> listed(int size) {
    return random.doubles(size, -2, 2).boxed().toList();
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = numbers(columns);
    }
    return matrix;
  }

  /** A unit of six elements, of one or more that have six. */
  private int unit(int kind, int x, int z) {
    return switch (kind) {
      case 0 -> net.dense(x, matrix(6, 6));
      case 1 -> net.dense(x, matrix(6, 6), numbers(6));
      case 2, 3, 13 -> RandomActivations.add(net, x, RandomActivations.ofElements(random), 6);
      case 4, 5, 6, 8 -> RandomActivations.add(net, x, RandomActivations.ofGroups(3, random), 6);
      case 7 -> net.activation(x, "center");
      case 9 -> net.sum(x, z, net.scale(x, 0.1));
      case 10 -> net.scale(x, -1.7);
      case 11 -> net.add(Unit.affine(x, listed(6), listed(6), 6));
      case 12 -> net.add(Unit.select(net.concat(z, x, z), List.of(11, 0, 5, 6, 6, 17)));
      default -> net.call(x, "test.Callee" + net.units.size(), callee());
    };
  }

  private Subject callee() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.sum(callee.scale(callee.input(6), 0.7), 0);
    return callee.subject();
  }

  @Test
  void outputsAreThoseOfEveryUnitRounded() {
    for (int round = 0; round < 40; round++) {
      net.units.clear();
      int x = net.input(6);
      int z = net.scale(x, 0.3);
      for (int layer = 0; layer < 6; layer++) {
        int y = unit((round + 5 * layer) % 15, x, z);
        z = x;
        x = y;
      }
      Subject subject = net.subject();
      List<double[]> inputs = List.of(numbers(6), numbers(6), new double[6]);
      List<double[]> outputs = UnitEvaluator.of(subject).applyAll(inputs);
      for (int k = 0; k < inputs.size(); k++) {
        List<BigDecimal> expected =
            RoundedProgram.outputs(subject, RoundedProgram.Arithmetic.F64, inputs.get(k));
        // Rational arithmetic has one zero.
        assertThat(Arrays.stream(outputs.get(k)).map(v -> v + 0.0).toArray())
            .containsExactly(expected.stream().mapToDouble(BigDecimal::doubleValue).toArray());
        assertThat(UnitEvaluator.of(subject).apply(inputs.get(k))).isEqualTo(outputs.get(k));
      }
    }
  }

  /** Matrices that several threads work on, and numbers of rows around those that go together. */
  @Test
  void largeLayers() {
    for (int rows : new int[] {1, 3, 4, 5, 63, 64, 65, 127, 129, 260}) {
      net.units.clear();
      int columns = rows > 200 ? 300 : 7;
      net.dense(net.input(columns), matrix(rows, columns), numbers(rows));
      Subject subject = net.subject();
      double[] input = numbers(columns);
      List<BigDecimal> expected =
          RoundedProgram.outputs(subject, RoundedProgram.Arithmetic.F64, input);
      assertThat(UnitEvaluator.of(subject).apply(input))
          .containsExactly(expected.stream().mapToDouble(BigDecimal::doubleValue).toArray());
    }
  }

  @Test
  void whatIsMissingIsMissedBeforeAnythingIsComputed() {
    net.dense(net.input(1), new double[][] {{1}}, new double[] {1});
    List<Unit> units = new ArrayList<>(net.units);
    for (String name : List.of("w1", "b1")) {
      Map<String, Tensor> others = new TreeMap<>(net.tensors);
      others.remove(name);
      assertThatThrownBy(() -> UnitEvaluator.of(units, new Weights(others), Map.of()))
          .hasMessage("no tensor `" + name + "`");
    }
    assertThat(UnitEvaluator.of(units, new Weights(net.tensors), Map.of()).apply(new double[1]))
        .containsExactly(1);
  }

  /** Evaluators are immutable: what they were made of may change afterwards. */
  @Test
  void callersKeepTheirMaps() {
    net.call(net.input(6), "test.Callee", callee());
    Map<String, UnitEvaluator> callees = new TreeMap<>();
    callees.put("test.Callee", UnitEvaluator.of(callee()));
    List<Unit> units = new ArrayList<>(net.units);
    UnitEvaluator evaluator = UnitEvaluator.of(units, new Weights(Map.of()), callees);
    double[] input = numbers(6);
    double[] before = evaluator.apply(input);
    callees.clear();
    units.removeLast();
    assertThat(evaluator.apply(input)).isEqualTo(before);
  }

  /** What is copied or scaled keeps the sign of a zero; what is shifted is the sum. */
  @Test
  void linearUnitsBitByBit() {
    int x = net.input(2);
    int affine = net.add(Unit.affine(x, List.of(3.0, -1.0), List.of(1.0, 0.0), 2));
    int copied = net.add(Unit.select(x, List.of(1, 0)));
    int scaled = net.scale(x, -2);
    int same = net.activation(x, "identity");
    net.concat(affine, copied, scaled, same);
    assertThat(UnitEvaluator.of(net.subject()).apply(new double[] {0.5, -0.0}))
        .containsExactly(2.5, 0.0, -0.0, 0.5, -1.0, 0.0, 0.5, -0.0);
  }

  @Test
  void everyInputHasToFit() {
    net.scale(net.input(2), 2);
    UnitEvaluator evaluator = UnitEvaluator.of(net.subject());
    assertThatThrownBy(() -> evaluator.applyAll(List.of(new double[2], new double[3])))
        .hasMessage("an input of 3 elements, not 2");
    assertThat(evaluator.applyAll(List.of())).isEmpty();
  }

  /** NaN and infinities are numbers as others: nothing is refused, nothing becomes finite. */
  @Test
  void whatIsNoNumberSpreads() {
    net.dense(net.input(2), new double[][] {{1, 0}, {0, 1}, {1, 1}});
    UnitEvaluator evaluator = UnitEvaluator.of(net.subject());
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(evaluator.apply(new double[] {infinity, 1}))
        .containsExactly(infinity, Double.NaN, infinity);
    assertThat(evaluator.apply(new double[] {Double.NaN, 1})).containsOnly(Double.NaN);
  }
}
