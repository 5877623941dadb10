package io.lipc.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import io.lipc.runtime.Computing;
import io.lipc.runtime.ComputingFloats;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.RowAgreement;
import io.lipc.runtime.Shipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rows are taken, how far something may be off on them, and whether they tell anything. */
class RowSampleTest {

  private static final int ROWS = RowSample.PROBES;
  private static final Unit.Box FOUR_TO_FIVE = box(2, 4, 5);

  private static Unit.Box box(int size, double lower, double upper) {
    return new Unit.Box(Collections.nCopies(size, lower), Collections.nCopies(size, upper));
  }

  private static Shipped scaled(ElementType type, double factor, int size) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.input(size);
    shipped.units.add(Unit.scale(0, factor, size));
    return shipped;
  }

  private static LipschitzNetwork network(Shipped shipped, Computing.Fault fault) {
    return shipped.type == ElementType.F32
        ? new ComputingFloats(shipped.subject(), fault, Computing.Fault.NONE)
        : new Computing(shipped.subject(), fault);
  }

  private static LipschitzNetwork network(Shipped shipped) {
    return network(shipped, Computing.Fault.NONE);
  }

  private static RowSample sample(LipschitzNetwork network, Unit.Box box, int rows) {
    return RowSample.of(network.subject(), Computing.outputs(network), box, rows);
  }

  /** Rows of one output each, which moves by as much as is said. */
  private static RowSample rows(LipschitzNetwork network, double movement, double... expected) {
    return new RowSample(
        network.subject(),
        new double[expected.length * network.inputSize()],
        Arrays.stream(expected).mapToObj(y -> new double[] {y}).toList(),
        new double[] {movement},
        Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void rowsLieInTheBox(ElementType type) {
    RowSample sample = sample(network(scaled(type, 0.5, 2)), FOUR_TO_FIVE, 40);
    double[] inputs = sample.inputs();
    assertThat(inputs).hasSize(80);
    assertThat(sample.rows()).isEqualTo(40);
    for (double x : inputs) {
      assertThat(x).isBetween(4.0, 5.0).isEqualTo(type.round(x));
    }
    assertThat(Arrays.stream(inputs).min().orElseThrow()).isLessThan(4.1);
    assertThat(Arrays.stream(inputs).max().orElseThrow()).isGreaterThan(4.9);
    // On every machine: what is found on one can be looked for on another.
    assertThat(inputs[0]).isEqualTo(type.round(4.198571210994466));
    for (int row = 0; row < 40; row++) {
      assertThat(sample.expected().get(row))
          .containsExactly(inputs[2 * row] / 2, inputs[2 * row + 1] / 2);
    }
  }

  @Test
  void eachElementHasItsOwnEnds() {
    Unit.Box box = new Unit.Box(List.of(4.0, -9.0, 0.5), List.of(5.0, -8.0, 0.75));
    double[] inputs = sample(network(scaled(ElementType.F64, 1, 3)), box, ROWS).inputs();
    for (int i = 0; i < inputs.length; i++) {
      assertThat(inputs[i]).isBetween(box.lower().get(i % 3), box.upper().get(i % 3));
    }
  }

  @Test
  void movementsAreThoseOfTheProbes() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(50);
    shipped.units.add(Unit.sum(List.of(0, 0), 50));
    RowSample sample = sample(network(shipped), box(50, -1, 1), 40);
    List<double[]> probes =
        IntStream.range(0, ROWS)
            .mapToObj(row -> Arrays.copyOfRange(sample.inputs(), 50 * row, 50 * (row + 1)))
            .toList();
    List<double[]> units = UnitEvaluator.of(shipped.subject()).applyAll(probes);
    double[] each = Sensitivity.movements(shipped.subject(), probes, units, Sensitivity.DRAWS);
    for (int row = 0; row < ROWS; row++) {
      Sensitivity.include(each, sample.expected().get(row), units.get(row));
    }
    assertThat(sample.movements()).containsExactly(each);
    assertThat(sample.apart())
        .isEqualTo(2 * RoundingBound.maxError(shipped.subject(), box(50, -1, 1)).orElseThrow());
  }

  /** The error of the JVM's rounding counts, on each probe, and on no other row. */
  @Test
  void theOutputsOfTheNetworkCountAsWell() {
    for (int row = 1; row <= ROWS + 1; row++) {
      int changed = row;
      LipschitzNetwork off =
          network(
              scaled(ElementType.F64, 1, 2),
              (evaluation, y) -> y[1] += evaluation == changed ? 3 : 0);
      double[] movements = sample(off, FOUR_TO_FIVE, 20).movements();
      assertThat(movements[0]).isLessThan(1e-14);
      if (row <= ROWS) {
        assertThat(movements[1]).isBetween(2.99, 3.01);
      } else {
        assertThat(movements[1]).isLessThan(1e-14);
      }
    }
  }

  /** 16 movements, 4 units in the last place and the least normal number: no more, no less. */
  @Test
  void howFarAnOutputMayBeOff() {
    LipschitzNetwork floats = network(scaled(ElementType.F32, 0, 1));
    double inFloats = 16 * 0x1p-149 + 4 * 0x1p-149 + 0x1p-126;
    LipschitzNetwork doubles = network(scaled(ElementType.F64, 0, 1));
    double inDoubles = 16 * 0x1p-1074 + 4 * 0x1p-1074 + 0x1p-1022;
    for (int sign : new int[] {-1, 1}) {
      assertThat(rows(floats, 0x1p-149, 0).difference(new double[] {sign * inFloats})).isEmpty();
      assertThat(rows(floats, 0x1p-149, 0).difference(new double[] {sign * (inFloats + 0x1p-149)}))
          .isPresent();
      assertThat(rows(doubles, 0x1p-1074, 0).difference(new double[] {sign * inDoubles})).isEmpty();
      assertThat(
              rows(doubles, 0x1p-1074, 0).difference(new double[] {sign * Math.nextUp(inDoubles)}))
          .isPresent();
    }
    // 1.5 moves by a unit in the last place.
    RowSample ones = rows(network(constant(1.5)), 0, 1.5);
    assertThat(ones.difference(new double[] {1.5 + 20 * 0x1p-52})).isEmpty();
    assertThat(ones.difference(new double[] {1.5 - 21 * 0x1p-52})).isPresent();
  }

  private static Shipped constant(double value) {
    Shipped shipped = new Shipped();
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(0.0), List.of(value), 1));
    return shipped;
  }

  /** Where nothing is proved of rounding, as of infinite ends, it is no limit. */
  @Test
  void withoutARoundingBoundThereIsNoLimit() {
    Shipped shipped = new Shipped();
    shipped.input(1);
    shipped.units.add(Unit.scale(0, Double.MAX_VALUE, 1));
    shipped.units.add(Unit.scale(1, 2, 1));
    assertThat(RoundingBound.maxError(shipped.subject(), box(1, -1, 1))).isEmpty();
    assertThat(sample(network(shipped), box(1, -1, 1), ROWS).apart())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  /** Two honest programs are no further apart than twice the rounding bound. */
  @Test
  void theRoundingBoundIsALimit() {
    LipschitzNetwork network = network(constant(0));
    RowSample sample =
        new RowSample(
            network.subject(), new double[1], List.of(new double[1]), new double[] {1}, 0.25);
    assertThat(sample.difference(new double[] {0.25})).isEmpty();
    assertThat(sample.difference(new double[] {Math.nextUp(0.25)})).isPresent();
  }

  /** The row moves by more than the largest number: that is no reason to accept it. */
  @Test
  void aRowWhoseMovementOverflowsIsHeldAgainstTheProbes() {
    LipschitzNetwork network = network(scaled(ElementType.F64, Double.MAX_VALUE, 1));
    RowSample sample =
        new RowSample(
            network.subject(),
            new double[] {1},
            List.of(new double[] {Double.MAX_VALUE}),
            new double[1],
            Double.POSITIVE_INFINITY);
    assertThat(sample.isFinite()).isTrue();
    assertThat(sample.difference(new double[] {Double.MAX_VALUE})).isEmpty();
    assertThat(sample.difference(new double[1])).isPresent();
  }

  /** Where a row is more sensitive in one output, the other may still be off as the probes are. */
  @Test
  void aRowIsAtLeastAsSensitiveAsTheProbes() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(2);
    shipped.units.add(Unit.affine(0, List.of(0.0, 0.0), List.of(3.0, 3.0), 2));
    RowSample sample =
        new RowSample(
            network(shipped).subject(),
            new double[2],
            List.of(new double[] {3, 3}),
            new double[] {0, 1000},
            Double.POSITIVE_INFINITY);
    double inOne = 3 + 12 * 3 * 0x1p-24;
    assertThat(sample.difference(new double[] {inOne, 3 + 16_000})).isEmpty();
    assertThat(sample.difference(new double[] {inOne, 3 + 16_001})).isPresent();
    assertThat(sample.difference(new double[] {3 + 1e-5, 3})).isPresent();
  }

  @Test
  void whatIsNotFiniteIsNotCompared() {
    LipschitzNetwork network = network(constant(0));
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThat(rows(network, 0, 0, bad).isFinite()).isFalse();
      assertThat(rows(network, 0, 0, bad).isTelling()).isFalse();
      assertThat(rows(network, 0, 0, bad).blindness()).isEqualTo("outputs are not finite");
    }
    assertThat(rows(network, 1 / 0.0, 0, 1).isFinite()).isFalse();
    assertThat(rows(network, Double.NaN, 0, 1).isFinite()).isFalse();
    assertThat(rows(network, 0, 0, 1).isFinite()).isTrue();
  }

  /** An output has to vary by 16 tolerances, and that is enough. */
  @Test
  void aConstantMustNotBeWithinTheTolerance() {
    LipschitzNetwork network = network(scaled(ElementType.F32, 1, 1));
    double largest = 0x1p-100;
    double movement = (largest / 16 - 4 * 0x1p-123 - 0x1p-126) / 16;
    assertThat(rows(network, movement, 0, largest).isTelling()).isTrue();
    assertThat(rows(network, movement * (1 + 1e-12), 0, largest).isTelling()).isFalse();
    assertThat(rows(network, movement, Math.ulp(largest), largest).isTelling()).isFalse();
    assertThat(rows(network, movement, largest, 0, largest / 2).isTelling()).isTrue();
  }

  /** One output is enough, whichever it is. */
  @Test
  void oneOutputThatVariesTells() {
    LipschitzNetwork network = network(scaled(ElementType.F32, 1, 2));
    List<double[]> expected = List.of(new double[] {3, 0}, new double[] {3, 1});
    for (double[] movements : new double[][] {{9, 0}, {0, 0}}) {
      assertThat(
              new RowSample(network.subject(), new double[4], expected, movements, 1 / 0.0)
                  .isTelling())
          .isTrue();
    }
    assertThat(
            new RowSample(network.subject(), new double[4], expected, new double[] {0, 9}, 1 / 0.0)
                .isTelling())
        .isFalse();
  }

  /** In doubles a single probe on which floats give something else is enough: each is looked at. */
  @Test
  void oneProbeTellsFloatsFromDoubles() {
    LipschitzNetwork network = network(scaled(ElementType.F64, 1, 1));
    for (int third = -1; third < ROWS; third++) {
      double[] inputs = IntStream.range(0, ROWS).mapToDouble(row -> row % 2).toArray();
      if (third >= 0) {
        inputs[third] = 1.0 / 3;
      }
      List<double[]> expected = new ArrayList<>();
      for (double x : inputs) {
        expected.add(new double[] {x});
      }
      RowSample sample =
          new RowSample(
              network.subject(), inputs, expected, new double[1], Double.POSITIVE_INFINITY);
      assertThat(sample.isTelling()).isEqualTo(third >= 0);
      if (third < 0) {
        assertThat(sample.blindness())
            .isEqualTo(
                "over the inputs that were tried a network in floats gives the same outputs as one"
                    + " in doubles, within 8.9e-16");
      }
    }
  }

  /** The inputs are those of the box, not of [-1, 1], and one sample of it is all that is tried. */
  @Test
  void aDeclaredBoxIsTheOnlyOne() {
    for (double factor : new double[] {1, 0}) {
      Shipped shipped = new Shipped();
      shipped.type = ElementType.F32;
      shipped.units.add(new Unit.Input(1, Optional.of(box(1, 4, 5))));
      shipped.units.add(Unit.affine(0, List.of(factor), List.of(3.0), 1));
      ComputingFloats network = new ComputingFloats(shipped.subject());
      List<float[]> asked = new ArrayList<>();
      Optional<RowAgreement.Objection> objection =
          RowAgreement.objection(
              network,
              ROWS,
              inputs -> {
                asked.add(inputs.clone());
                float[] outputs = new float[ROWS];
                for (int row = 0; row < ROWS; row++) {
                  outputs[row] = (float) factor * inputs[row] + 3;
                }
                return outputs;
              });
      assertThat(objection.isEmpty()).isEqualTo(factor == 1);
      assertThat(asked).hasSize(1);
      for (float x : asked.getFirst()) {
        assertThat(x).isBetween(4f, 5f);
      }
    }
  }

  /** Signs are drawn eight times for a row, and a ninth draw has no say. */
  @Test
  void aRowIsMovedEightTimes() {
    int terms = 9;
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(terms);
    shipped.units.add(
        Unit.affine(0, Collections.nCopies(terms, 0.0), Collections.nCopies(terms, 1.0), terms));
    double[] ones = new double[terms];
    Arrays.fill(ones, 1);
    int differ = 0;
    for (int more = 1; more <= 60; more++) {
      shipped.units.add(Unit.scale(shipped.units.size() - 1, 1, terms));
      Shipped one = shipped;
      List<double[]> rows = List.of(new double[terms]);
      double[] eight = Sensitivity.movements(one.subject(), rows, List.of(ones), 8);
      double[] nine = Sensitivity.movements(one.subject(), rows, List.of(ones), 9);
      for (int i = 0; i < terms; i++) {
        if (nine[i] > 1.01 * eight[i]) {
          RowSample sample =
              new RowSample(
                  network(one).subject(),
                  new double[terms],
                  List.of(ones),
                  new double[terms],
                  Double.POSITIVE_INFINITY);
          double[] found = ones.clone();
          found[i] += 16 * eight[i] + 4 * Math.ulp(1f);
          assertThat(sample.difference(found)).isEmpty();
          found[i] = 1 + 16 * nine[i] + 4 * Math.ulp(1f);
          assertThat(sample.difference(found)).isPresent();
          differ++;
        }
      }
    }
    assertThat(differ).isPositive();
  }
}
