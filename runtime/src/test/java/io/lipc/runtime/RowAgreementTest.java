package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import io.lipc.runtime.agreement.RowSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How close a device has to come, and when it cannot be believed. */
class RowAgreementTest {

  private static final double U = 0x1p-24;
  private static final int ROWS = RowSample.PROBES;
  private static final Unit.Box UNIT = new Unit.Box(List.of(-1.0, -1.0), List.of(1.0, 1.0));

  /** The input itself, and the number 3. */
  private static Shipped withConstant(ElementType type) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.input(2);
    shipped.units.add(Unit.affine(0, List.of(1.0, 0.0), List.of(0.0, 3.0), 2));
    return shipped;
  }

  /** A device of {@code batch} rows that computes what the network does, then changes it. */
  private static UnaryOperator<float[]> device(
      FloatNetwork network, int batch, List<float[]> asked, UnaryOperator<float[]> change) {
    return inputs -> {
      asked.add(inputs);
      int in = network.inputSize();
      int out = network.outputSize();
      float[] outputs = new float[batch * out];
      for (int r = 0; r < batch; r++) {
        float[] y = new float[out];
        network.apply(Arrays.copyOfRange(inputs, r * in, (r + 1) * in), y);
        System.arraycopy(y, 0, outputs, r * out, out);
      }
      return change.apply(outputs);
    };
  }

  private static Optional<RowAgreement.Objection> floats(
      Shipped shipped, UnaryOperator<float[]> change) {
    ComputingFloats network = new ComputingFloats(shipped.subject());
    return RowAgreement.objection(network, ROWS, device(network, ROWS, new ArrayList<>(), change));
  }

  private static UnaryOperator<float[]> adding(int at, double error) {
    return y -> {
      y[at] = (float) (y[at] + error);
      return y;
    };
  }

  @Test
  void rowsAreGivenInBatches() {
    ComputingFloats network = new ComputingFloats(withConstant(ElementType.F32).subject());
    for (int batch : new int[] {1, 5, 16, 40}) {
      List<float[]> asked = new ArrayList<>();
      assertThat(
              RowAgreement.objection(
                  network, batch, device(network, batch, asked, UnaryOperator.identity())))
          .isEmpty();
      assertThat(asked).hasSize(Math.ceilDiv(ROWS, batch));
      assertThat(asked).allMatch(inputs -> inputs.length == 2 * batch);
      for (float[] inputs : asked) {
        for (float x : inputs) {
          assertThat(x).isBetween(-1f, 1f);
        }
      }
      assertThat(asked.getFirst()[0]).isNotEqualTo(asked.getFirst()[1]);
    }
  }

  /** Twice the rounding bound, four units in the last place of 3, and the least normal number. */
  @Test
  void theToleranceOfAConstant() {
    double apart =
        2 * RoundingBound.maxError(withConstant(ElementType.F32).subject(), UNIT).orElseThrow();
    assertThat(apart).isLessThan(16 * 3 * U);
    double tolerance = apart + 4 * Math.ulp(3f) + Float.MIN_NORMAL;
    for (int row = 0; row < ROWS; row++) {
      for (double sign : new double[] {-1, 1}) {
        assertThat(
                floats(withConstant(ElementType.F32), adding(2 * row + 1, sign * 0.9 * tolerance)))
            .isEmpty();
        assertThat(
                floats(withConstant(ElementType.F32), adding(2 * row + 1, sign * 1.1 * tolerance)))
            .isPresent();
      }
      assertThat(floats(withConstant(ElementType.F32), adding(2 * row, 1e-4))).isPresent();
    }
    RowAgreement.Objection objection =
        floats(withConstant(ElementType.F32), adding(7, 1)).orElseThrow();
    assertThat(objection.fault())
        .isEqualTo(
            "computes another function: output 1 of row 3 is 4.0, expected 3.0 within 1.7e-06");
    assertThat(objection.help()).contains("run on another device, or on jvm");
    assertThat(floats(withConstant(ElementType.F32), adding(0, Double.NaN))).isPresent();
  }

  /** The bound of a long sum is far above what rounding does to it: 16 times that is the limit. */
  @Test
  void theToleranceOfALongSum() {
    int size = 256;
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    Shipped sum = new Shipped();
    sum.type = ElementType.F32;
    sum.input(size);
    sum.tensors.add(Shipped.tensor("w", ElementType.F32, List.of(1, size), ones));
    sum.units.add(Unit.dense(0, size, 1, "w", Optional.empty()));
    Unit.Box box = new Unit.Box(Collections.nCopies(size, -1.0), Collections.nCopies(size, 1.0));
    double apart = 2 * RoundingBound.maxError(sum.subject(), box).orElseThrow();
    assertThat(floats(sum, UnaryOperator.identity())).isEmpty();
    assertThat(floats(sum, adding(3, 0.1 * apart))).isPresent();
    assertThat(floats(sum, adding(3, 0.0001 * apart))).isEmpty();
  }

  @Test
  void whatDoesNotVaryTellsNothing() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(0.0), List.of(3.0), 1));
    RowAgreement.Objection objection = floats(shipped, UnaryOperator.identity()).orElseThrow();
    assertThat(objection.fault())
        .startsWith(
            "cannot be checked: over the inputs that were tried no output varies by more than"
                + " 0.0, and rounding may explain 1.7e-06");
    assertThat(objection.help()).contains("declare the box of the inputs");
  }

  @Test
  void whatOverflowsTellsNothing() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(1);
    shipped.units.add(Unit.scale(0, 0x1p127, 1));
    shipped.units.add(Unit.scale(1, 0x1p127, 1));
    assertThat(floats(shipped, UnaryOperator.identity()).orElseThrow().fault())
        .isEqualTo("cannot be checked: outputs are not finite");
  }

  /** Behind a bias that hides all inputs of [-1, 1], larger ones are tried. */
  @Test
  void withoutABoxInputsGrowUntilTheyTell() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.units.add(new Unit.Input(1, Optional.empty()));
    shipped.units.add(Unit.affine(0, List.of(1.0), List.of(-100.0), 1));
    shipped.units.add(Unit.activation(1, "relu", List.of(), 1));
    ComputingFloats network = new ComputingFloats(shipped.subject());
    List<float[]> asked = new ArrayList<>();
    assertThat(
            RowAgreement.objection(
                network, ROWS, device(network, ROWS, asked, UnaryOperator.identity())))
        .isEmpty();
    assertThat(asked).hasSize(2);
    float[] last = asked.getLast();
    Arrays.sort(last);
    assertThat(last[0]).isBetween(-1024f, -500f);
    assertThat(last[ROWS - 1]).isBetween(500f, 1024f);
    assertThat(RowAgreement.objection(network, ROWS, inputs -> new float[ROWS])).isPresent();
  }

  @Test
  void aDeviceInFloatsIsNoneInDoubles() {
    Computing network = new Computing(withConstant(ElementType.F64).subject());
    assertThat(RowAgreement.objection(network, 1, x -> new double[] {x[0], 3})).isEmpty();
    assertThat(RowAgreement.objection(network, 1, x -> new double[] {(float) x[0], 3}))
        .hasValueSatisfying(
            objection -> assertThat(objection.fault()).startsWith("computes another function"));
    assertThat(RowAgreement.objection(network, 1, x -> new double[] {x[0], 3 + 1e-13})).isPresent();
  }

  /** A network whose outputs are the same in floats cannot tell a device in floats. */
  @Test
  void whereFloatsAreEnoughNothingIsBelieved() {
    Shipped shipped = new Shipped();
    shipped.units.add(new Unit.Input(1, Optional.of(new Unit.Box(List.of(-4.0), List.of(4.0)))));
    shipped.units.add(Unit.affine(0, List.of(0x1p60), List.of(0.0), 1));
    shipped.units.add(Unit.activation(1, "hard_tanh", List.of(), 1));
    Computing network = new Computing(shipped.subject());
    assertThat(
            RowAgreement.objection(network, 1, x -> new double[] {Math.signum(x[0])})
                .orElseThrow()
                .fault())
        .startsWith(
            "cannot be checked: over the inputs that were tried a network in floats gives the same"
                + " outputs as one in doubles, within ");
  }

  /** Relus that no probe opens: the row that does is measured by itself. */
  @Test
  void aRowMayBeMoreSensitiveThanTheProbes() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(1.0), List.of(-0.97), 1));
    shipped.units.add(Unit.activation(1, "relu", List.of(), 1));
    shipped.units.add(Unit.scale(2, 0x1p20, 1));
    shipped.units.add(Unit.sum(List.of(3, 0), 1));
    ComputingFloats network = new ComputingFloats(shipped.subject());
    int rows = 400;
    List<float[]> asked = new ArrayList<>();
    UnaryOperator<float[]> nearly =
        y -> {
          for (int i = 0; i < y.length; i++) {
            y[i] += y[i] > 2 ? 0.25f : 0;
          }
          return y;
        };
    assertThat(RowAgreement.objection(network, rows, device(network, rows, asked, nearly)))
        .isEmpty();
    for (int probe = 0; probe < ROWS; probe++) {
      assertThat(asked.getFirst()[probe]).isLessThan(0.97f);
    }
    assertThat(asked.getFirst()).satisfies(x -> assertThat(largest(x)).isGreaterThan(0.97f));
  }

  private static float largest(float[] x) {
    float[] sorted = x.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1];
  }
}
