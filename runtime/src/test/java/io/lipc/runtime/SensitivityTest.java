package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far values are moved; a constant is moved once, whatever its operand is. */
class SensitivityTest {

  private static final double U = 0x1p-24;

  private static Shipped network(ElementType type, int inputs) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.input(inputs);
    return shipped;
  }

  /** How far the constant 3 moves behind what {@code shipped} has so far. */
  private static double movementOfThree(Shipped shipped) {
    int size = shipped.units.getFirst().size();
    shipped.units.add(
        Unit.affine(0, Collections.nCopies(size, 0.0), Collections.nCopies(size, 3.0), size));
    return movement(shipped, new double[size]);
  }

  private static double movement(Shipped shipped, double[] x) {
    List<double[]> inputs = List.of(x);
    List<double[]> expected = UnitEvaluator.of(shipped.subject()).applyAll(inputs);
    double[] each = Sensitivity.movements(shipped.subject(), inputs, expected, 1);
    return Sensitivity.distance(each, new double[each.length]);
  }

  @Test
  void withoutSumsItIsHalfAUnitInTheLastPlace() {
    assertThat(movementOfThree(network(ElementType.F32, 1))).isCloseTo(3 * U, within(1e-15));
    // Rounded in doubles: 1.5 halves of a unit are a unit.
    assertThat(movement(network(ElementType.F64, 1), new double[] {1.5})).isEqualTo(0x1p-52);
    assertThat(movement(network(ElementType.F32, 1), new double[] {0})).isEqualTo(Float.MIN_VALUE);
    assertThat(movement(network(ElementType.F64, 1), new double[] {0})).isEqualTo(Double.MIN_VALUE);
  }

  /** The root of 16 terms; a thirty-second part of 4096. */
  @Test
  void itGrowsWithTheLongestSum() {
    for (int terms : new int[] {16, 4096}) {
      double relative = terms == 16 ? 4 : 128;
      Shipped dense = network(ElementType.F32, terms);
      dense.dense(0, new double[1][terms], "w");
      assertThat(movementOfThree(dense)).isCloseTo(3 * relative * U, within(1e-14));
      Shipped center = network(ElementType.F32, terms);
      center.units.add(Unit.activation(0, "center", List.of(), terms));
      assertThat(movementOfThree(center)).isCloseTo(3 * relative * U, within(1e-14));
      Shipped sum = network(ElementType.F32, 1);
      sum.units.add(Unit.sum(Collections.nCopies(terms, 0), 1));
      assertThat(movementOfThree(sum)).isCloseTo(3 * relative * U, within(1e-14));
      int side = (int) Math.sqrt(terms);
      Grid grid = new Grid(1, side, side);
      Window all = Window.plain(List.of(side, side), List.of(1, 1));
      Shipped pool = network(ElementType.F32, terms);
      pool.units.add(Unit.averagePool(0, new AveragePool(grid, all, 0.5)));
      assertThat(movementOfThree(pool)).isCloseTo(3 * relative * U, within(1e-14));
      Shipped convolution = network(ElementType.F32, terms);
      convolution.tensors.add(
          Shipped.tensor("k", ElementType.F32, List.of(1, 1, side, side), new double[terms]));
      convolution.units.add(
          Unit.convolution(0, new Convolution(grid, 1, all, 1, "k", Optional.empty())));
      assertThat(movementOfThree(convolution)).isCloseTo(3 * relative * U, within(1e-14));
    }
  }

  @Test
  void sumsOfCalleesCount() {
    Shipped callee = network(ElementType.F32, 16);
    callee.network = "demo.Callee";
    callee.dense(0, new double[16][16], "w");
    Shipped caller = network(ElementType.F32, 16);
    caller.units.add(new Unit.Call(0, "demo.Callee", callee.textDigest(), 16, 16));
    caller.units.add(
        Unit.affine(0, Collections.nCopies(16, 0.0), Collections.nCopies(16, 3.0), 16));
    List<double[]> inputs = List.of(new double[16]);
    double[] moved =
        Sensitivity.movements(
            caller.subject(callee.subject()),
            inputs,
            UnitEvaluator.of(caller.subject(callee.subject())).applyAll(inputs),
            1);
    assertThat(moved[7]).isCloseTo(12 * U, within(1e-14));
  }

  /** The sigmoid of 0 is 1/2, and code may be off by 3 units of 1. */
  @Test
  void whatIsStatedForAnActivationCounts() {
    Shipped shipped = network(ElementType.F32, 1);
    shipped.units.add(Unit.activation(0, "sigmoid", List.of(), 1));
    assertThat(movement(shipped, new double[] {0})).isBetween(2.99 * U, 4 * U);
    Shipped doubles = network(ElementType.F64, 1);
    doubles.units.add(Unit.activation(0, "sigmoid", List.of(), 1));
    assertThat(movement(doubles, new double[] {0})).isBetween(0x1p-54, 0x1p-47);
  }

  @Test
  void operandsOfASumThatCancelsAreMoved() {
    Shipped shipped = network(ElementType.F32, 1);
    shipped.units.add(Unit.affine(0, List.of(0.0), List.of(1e6), 1));
    shipped.units.add(Unit.affine(1, List.of(1.0), List.of(-1e6), 1));
    assertThat(movement(shipped, new double[] {0.5})).isCloseTo(1e6 * U, within(1e-6));
  }

  @Test
  void theLargestOfDrawsInputsAndElements() {
    double[] largest = {1, 5};
    Sensitivity.include(largest, new double[] {3, 1}, new double[] {-1, 2});
    assertThat(largest).containsExactly(4, 5);
    Sensitivity.include(largest, new double[] {Double.NaN, 0}, new double[2]);
    assertThat(largest[0]).isNaN();
    assertThat(Sensitivity.distance(new double[] {1, -4}, new double[] {2, 1})).isEqualTo(5);
    assertThat(Sensitivity.distance(new double[] {1, Double.NaN}, new double[] {2, 1})).isNaN();
    Shipped shipped = network(ElementType.F32, 2);
    shipped.units.add(Unit.sum(List.of(0, 0), 2));
    List<double[]> inputs = List.of(new double[] {1, 0}, new double[] {0, 1e3});
    List<double[]> expected = UnitEvaluator.of(shipped.subject()).applyAll(inputs);
    double[] one = Sensitivity.movements(shipped.subject(), inputs, expected, 1);
    double[] many = Sensitivity.movements(shipped.subject(), inputs, expected, 9);
    assertThat(many[0]).isGreaterThanOrEqualTo(one[0]);
    // Twice the input's movement, and the sum's.
    assertThat(many[1]).isCloseTo(4e3 * Math.sqrt(2) * U, within(1e-6));
    assertThat(many[0]).isCloseTo(4 * Math.sqrt(2) * U, within(1e-9));
  }
}
