package io.lipc.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.runtime.Shipped;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

  /** The largest distance counts, of two elements as well as of many, wherever it stands. */
  @Test
  void theLargestDistanceMayStandAnywhere() {
    for (int at = 0; at < 3; at++) {
      double[] x = {1, 1, 1};
      x[at] = -6;
      assertThat(Sensitivity.distance(x, new double[] {1, 1, 1})).isEqualTo(7);
    }
  }

  @Test
  void theMovementIsTheLargestOfAnyOutput() {
    Shipped shipped = network(ElementType.F32, 40);
    shipped.units.add(Unit.sum(List.of(0, 0), 40));
    List<double[]> inputs = List.of(new double[40], ramp(40));
    List<double[]> expected = UnitEvaluator.of(shipped.subject()).applyAll(inputs);
    double[] each = Sensitivity.movements(shipped.subject(), inputs, expected, Sensitivity.DRAWS);
    assertThat(Sensitivity.movement(shipped.subject(), inputs, expected))
        .isPositive()
        .isEqualTo(Arrays.stream(each).max().orElseThrow());
  }

  private static double[] ramp(int size) {
    return IntStream.rangeClosed(1, size).mapToDouble(i -> i).toArray();
  }

  /** The least number adds to a multiple of a small one. */
  @Test
  void smallNumbersMoveByTheLeastOneBesides() {
    assertThat(movement(network(ElementType.F32, 1), new double[] {0x1p-125}))
        .isEqualTo(2 * Float.MIN_VALUE);
  }

  /** The callee's longest sum or the caller's, whichever is longer. */
  @Test
  void theLongestSumIsTheCallersOrTheCallees() {
    for (int terms : new int[] {4, 64}) {
      Shipped callee = network(ElementType.F32, 16);
      callee.network = "demo.Callee";
      callee.dense(0, new double[16][16], "w");
      Shipped caller = network(ElementType.F32, 16);
      caller.units.add(new Unit.Call(0, "demo.Callee", callee.textDigest(), 16, 16));
      caller.units.add(Unit.sum(Collections.nCopies(terms, 0), 16));
      caller.units.add(
          Unit.affine(0, Collections.nCopies(16, 0.0), Collections.nCopies(16, 3.0), 16));
      Subject subject = caller.subject(callee.subject());
      List<double[]> inputs = List.of(new double[16]);
      double[] moved =
          Sensitivity.movements(subject, inputs, UnitEvaluator.of(subject).applyAll(inputs), 1);
      assertThat(moved[7]).isCloseTo(3 * Math.sqrt(Math.max(terms, 16)) * U, within(1e-14));
    }
  }

  /** Each network of forty calls the next one twice: 2^40 ways lead to the last. */
  @Test
  void sharedCalleesAreLookedAtOnce() {
    Shipped last = network(ElementType.F32, 9);
    last.network = "demo.N0";
    last.units.add(Unit.sum(Collections.nCopies(9, 0), 9));
    Subject subject = last.subject();
    for (int k = 1; k <= 40; k++) {
      Shipped one = network(ElementType.F32, 9);
      one.network = "demo.N" + k;
      one.units.add(new Unit.Call(0, subject.certificate().network(), subject.digest(), 9, 9));
      subject =
          new Subject(
              one.certificate(),
              one.textDigest(),
              one.weights(),
              Map.of(subject.certificate().network(), subject, "demo.Again" + k, subject));
    }
    List<double[]> inputs = List.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
    List<double[]> expected = UnitEvaluator.of(subject).applyAll(inputs);
    assertThat(Sensitivity.movement(subject, inputs, expected)).isPositive();
  }

  /** The rounding of a long sum may be more than what is stated for tanh, below zero as well. */
  @Test
  void theLargerOfRoundingAndStatementCounts() {
    for (double sign : new double[] {-1, 1}) {
      Shipped shipped = network(ElementType.F32, 4096);
      shipped.dense(0, new double[1][4096], "w");
      shipped.units.add(Unit.affine(1, List.of(0.0), List.of(sign * 20), 1));
      shipped.units.add(Unit.activation(2, "tanh", List.of(), 1));
      assertThat(movement(shipped, new double[4096])).isCloseTo(128 * U, within(1e-12));
    }
  }

  /** Signs are drawn: equal movements of many terms cancel for the most part. */
  @Test
  void movementsOfManyTermsCancel() {
    int terms = 1024;
    Shipped shipped = network(ElementType.F32, terms);
    double[][] ones = new double[1][terms];
    Arrays.fill(ones[0], 1);
    shipped.dense(0, ones, "w");
    double[] x = new double[terms];
    Arrays.fill(x, 1);
    // The sum moves by 32 units of 1024, and its terms by as much if they all move one way.
    assertThat(movement(shipped, x)).isBetween(20_000 * U, 45_000 * U);
  }

  /** One draw leaves half of the sums of two where they are, and a second one half of these. */
  @Test
  void signsAreDrawnAsOftenAsIsSaid() {
    int size = 1000;
    Shipped shipped = network(ElementType.F32, size);
    shipped.units.add(Unit.affine(0, Collections.nCopies(size, 0.0), ones(size), size));
    shipped.units.add(Unit.affine(1, ones(size), Collections.nCopies(size, 0.0), size));
    List<double[]> inputs = List.of(new double[size]);
    List<double[]> expected = UnitEvaluator.of(shipped.subject()).applyAll(inputs);
    for (int draws = 1; draws <= 3; draws++) {
      double[] each = Sensitivity.movements(shipped.subject(), inputs, expected, draws);
      double left = Arrays.stream(each).filter(moved -> moved < U).count();
      assertThat(left).isCloseTo(size * Math.pow(0.5, draws), within(60.0));
      if (draws == 2) {
        // On every machine: what is found on one can be looked for on another.
        assertThat(IntStream.range(0, 20).filter(i -> each[i] < U))
            .containsExactly(0, 3, 4, 7, 8, 15);
      }
    }
  }

  private static List<Double> ones(int size) {
    return Collections.nCopies(size, 1.0);
  }

  /** The seed says which way each number moves: half of relu's least arguments go below 0. */
  @Test
  void eachSignIsThatOfTheSeed() {
    int size = 20;
    Shipped shipped = network(ElementType.F32, size);
    shipped.units.add(Unit.activation(0, "relu", List.of(), size));
    List<double[]> inputs = List.of(new double[size]);
    double[] each = Sensitivity.movements(shipped.subject(), inputs, inputs, 1);
    assertThat(IntStream.range(0, size).filter(i -> each[i] > 1.5 * Float.MIN_VALUE))
        .containsExactly(12, 14, 17, 18);
  }
}
