package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.formats.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnitEvaluatorTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private double[] output(double... input) {
    return UnitEvaluator.of(net.subject()).apply(input);
  }

  @Test
  void dense() {
    net.dense(net.input(2), new double[][] {{1, 2}, {3, 4}, {5, 6}}, new double[] {0.5, 0, -1});
    assertThat(output(1, 10)).containsExactly(21.5, 43, 64);
  }

  @Test
  void denseWithoutBias() {
    net.dense(net.input(2), new double[][] {{1, 2}});
    assertThat(output(1, 10)).containsExactly(21);
  }

  /** A disturbance sees, for each input by itself, what the unit read and gave. */
  @Test
  void disturbancesSeeOperandsAndValues() {
    int x = net.input(1);
    net.sum(x, net.scale(x, 10));
    UnitEvaluator disturbed =
        UnitEvaluator.of(
            net.subject(),
            (unit, operands, values) ->
                operands.size() < 2
                    ? values
                    : new double[] {values[0] + 100 * operands.get(0)[0] + operands.get(1)[0]});
    assertThat(disturbed.applyAll(List.of(new double[] {1}, new double[] {2})))
        .containsExactly(new double[] {121}, new double[] {242});
  }

  @Test
  void activations() {
    int x = net.input(2);
    int relu = net.activation(x, "relu");
    int leaky = net.activation(x, "leaky_relu", 0.25);
    int abs = net.activation(x, "abs");
    net.concat(relu, leaky, abs, net.activation(x, "identity"), net.activation(x, "tanh"));
    assertThat(output(-2, 3))
        .containsExactly(0, 3, -0.5, 3, 2, 3, -2, 3, Math.tanh(-2), Math.tanh(3));
  }

  @Test
  void maxminSortsNeighbours() {
    net.activation(net.input(6), "maxmin");
    assertThat(output(1, 2, 4, 3, 5, 5)).containsExactly(2, 1, 4, 3, 5, 5);
  }

  @Test
  void groupSortPutsTheLargestOfEachGroupFirst() {
    net.activation(net.input(6), "group_sort", 3);
    assertThat(output(1, 3, 2, 5, 4, 5)).containsExactly(3, 2, 1, 5, 5, 4);
    double[] spread = output(1, Double.NaN, 2, 4, 5, 6);
    assertThat(Arrays.copyOf(spread, 3)).containsOnly(Double.NaN);
    assertThat(Arrays.copyOfRange(spread, 3, 6)).containsExactly(6, 5, 4);
  }

  @Test
  void householderMirrorsOneSide() {
    net.activation(net.input(4), "householder", 0.6, -0.8);
    assertThat(output(1, 0, 0, 1)).containsExactly(1, 0, 2 * 0.8 * 0.6, 1 - 2 * 0.8 * 0.8);
  }

  @Test
  void softmaxDoesNotOverflow() {
    net.activation(net.input(3), "softmax", 0.5);
    assertThat(output(1e300, -1e300, 1e300)).containsExactly(0.5, 0, 0.5);
    assertThat(output(Math.log(2) / 2, 0, 0))
        .containsExactly(new double[] {0.5, 0.25, 0.25}, within(1e-15));
  }

  @Test
  void linearUnits() {
    int x = net.input(2);
    int sum = net.sum(x, net.scale(x, 10), x);
    int affine = net.add(Unit.affine(sum, List.of(1.0, 2.0), List.of(0.5, 0.0), 2));
    net.add(Unit.select(affine, List.of(1, 0, 1)));
    assertThat(output(1, 2)).containsExactly(48, 12.5, 48);
  }

  @Test
  void calls() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.scale(callee.input(2), 3);
    int x = net.input(2);
    int once = net.call(x, "test.Callee", callee.subject());
    net.call(once, "test.Callee", callee.subject());
    assertThat(output(1, 2)).containsExactly(9, 18);
  }

  @Test
  void aDisturbanceIsOfEachValueOfCalleesToo() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.scale(callee.input(2), 3);
    net.call(net.input(2), "test.Callee", callee.subject());
    UnitEvaluator.Disturbance oneMore =
        (unit, operands, values) -> {
          assertThat(operands).hasSize(unit.operands().size());
          return new double[] {values[0] + 1, values[1]};
        };
    // Of the input, of the callee's input and output, and of the call.
    assertThat(UnitEvaluator.of(net.subject(), oneMore).apply(new double[] {1, 2}))
        .containsExactly(3 * (1 + 1 + 1) + 1 + 1, 6);
  }

  @Test
  void theInputIsNotChanged() {
    net.input(2);
    double[] input = {1, 2};
    double[] output = UnitEvaluator.of(net.subject()).apply(input);
    output[0] = 7;
    assertThat(input).containsExactly(1, 2);
  }

  @Test
  void inputsOfAnotherSizeAreRefused() {
    net.input(2);
    assertThatThrownBy(() -> output(1)).hasMessageContaining("an input of 1 elements, not 2");
  }

  @Test
  void missingPartsAreRefused() {
    net.dense(net.input(1), new double[][] {{1}});
    assertThatThrownBy(() -> UnitEvaluator.of(net.units, new Weights(Map.of()), Map.of()))
        .hasMessageContaining("no tensor `w1`");
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.call(caller.input(1), "test.Callee", net.subject());
    assertThatThrownBy(() -> UnitEvaluator.of(caller.units, new Weights(Map.of()), Map.of()))
        .hasMessageContaining("no network test.Callee");
  }

  @Test
  void sharedCalleesAreMadeOnce() {
    // Each network knows the one before by two names: 2^60 paths, but 60 networks.
    NetworkUnderTest last = new NetworkUnderTest();
    last.scale(last.input(1), 3);
    for (int depth = 0; depth < 60; depth++) {
      Subject shared = last.subject();
      last = new NetworkUnderTest();
      last.call(last.input(1), "test.First", shared);
      last.callees.put("test.Second", shared);
    }
    assertThat(UnitEvaluator.of(last.subject()).apply(new double[] {2})).containsExactly(6);
  }
}
