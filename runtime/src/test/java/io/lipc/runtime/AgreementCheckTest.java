package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the code may be off by: just below the tolerance nothing is said, just above it is. */
class AgreementCheckTest {

  /** What is done to outputs: which sample, which values. */
  private interface Fault {
    double[] of(int sample, double[] output);
  }

  private static final Fault NONE = (_, output) -> output;

  /** Computes what its certificate says, with a fault, and remembers what it was asked. */
  private static final class Faulty implements DoubleNetwork {
    private final Subject subject;
    private final Fault fault;
    private final int outputs;
    private final List<double[]> asked = new ArrayList<>();

    Faulty(Subject subject, Fault fault, int outputs) {
      this.subject = subject;
      this.fault = fault;
      this.outputs = outputs;
    }

    Faulty(Subject subject, Fault fault) {
      this(subject, fault, subject.certificate().outputSize());
    }

    @Override
    public int inputSize() {
      return subject.certificate().inputSize();
    }

    @Override
    public int outputSize() {
      return outputs;
    }

    @Override
    public double lipschitzBound() {
      return 1;
    }

    @Override
    public Workspace newWorkspace() {
      return new Workspace() {};
    }

    @Override
    public Subject subject() {
      return subject;
    }

    @Override
    public void apply(double[] input, double[] output) {
      apply(newWorkspace(), input, output);
    }

    @Override
    public void apply(Workspace workspace, double[] input, double[] output) {
      asked.add(input.clone());
      double[] y = fault.of(asked.size(), UnitEvaluator.of(subject).apply(input));
      System.arraycopy(y, 0, output, 0, Math.min(y.length, output.length));
    }
  }

  /** The same in floats. */
  private static final class FaultyFloats implements FloatNetwork {
    private final Faulty doubles;

    FaultyFloats(Subject subject, Fault fault) {
      doubles = new Faulty(subject, fault);
    }

    @Override
    public int inputSize() {
      return doubles.inputSize();
    }

    @Override
    public int outputSize() {
      return doubles.outputSize();
    }

    @Override
    public double lipschitzBound() {
      return 1;
    }

    @Override
    public Workspace newWorkspace() {
      return new Workspace() {};
    }

    @Override
    public Subject subject() {
      return doubles.subject();
    }

    @Override
    public void apply(float[] input, float[] output) {
      apply(newWorkspace(), input, output);
    }

    @Override
    public void apply(Workspace workspace, float[] input, float[] output) {
      double[] x = new double[input.length];
      Arrays.setAll(x, i -> input[i]);
      double[] y = new double[output.length];
      doubles.apply(x, y);
      for (int i = 0; i < y.length; i++) {
        output[i] = (float) y[i];
      }
    }
  }

  /** The numbers 3 and -7, and the input itself. */
  private static Shipped constants(ElementType type) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.input(3);
    shipped.units.add(Unit.affine(0, List.of(0.0, 0.0, 1.0), List.of(3.0, -7.0, 0.0), 3));
    return shipped;
  }

  private static Fault adding(int index, double error) {
    return (_, output) -> {
      output[index] += error;
      return output;
    };
  }

  private static Optional<String> inDoubles(Shipped shipped, Fault fault) {
    return AgreementCheck.firstDifference(new Faulty(shipped.subject(), fault));
  }

  private static Optional<String> inFloats(Shipped shipped, Fault fault) {
    return AgreementCheck.firstDifference(new FaultyFloats(shipped.subject(), fault));
  }

  @Test
  void whatAgreesAgrees() {
    assertThat(inDoubles(constants(ElementType.F64), NONE)).isEmpty();
    assertThat(inFloats(constants(ElementType.F32), NONE)).isEmpty();
  }

  /** Of every output, one part in a thousand, or in 10^9, of the largest of them, 7. */
  @Test
  void theToleranceGoesByTheLargestOutput() {
    for (int index = 0; index < 3; index++) {
      for (double sign : new double[] {1, -1}) {
        assertThat(inDoubles(constants(ElementType.F64), adding(index, sign * 6.99e-9))).isEmpty();
        assertThat(inDoubles(constants(ElementType.F64), adding(index, sign * 7.01e-9)))
            .hasValueSatisfying(text -> assertThat(text).startsWith("output "));
        assertThat(inFloats(constants(ElementType.F32), adding(index, sign * 6.99e-3))).isEmpty();
        assertThat(inFloats(constants(ElementType.F32), adding(index, sign * 7.01e-3))).isPresent();
      }
    }
    assertThat(inDoubles(constants(ElementType.F64), adding(1, 0.5)))
        .hasValue("output 1 is -6.5, expected -7.0");
    assertThat(inDoubles(constants(ElementType.F64), adding(0, Double.NaN)))
        .hasValue("output 0 is NaN, expected 3.0");
    assertThat(inDoubles(constants(ElementType.F64), adding(1, Double.POSITIVE_INFINITY)))
        .isPresent();
  }

  /** The tolerance of small outputs is small. */
  @Test
  void smallOutputs() {
    Shipped shipped = new Shipped();
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(0.0), List.of(0.25), 1));
    assertThat(inDoubles(shipped, adding(0, 0.24e-9))).isEmpty();
    assertThat(inDoubles(shipped, adding(0, 0.26e-9))).isPresent();
  }

  /** Then the tolerance is what it is elsewhere, and not what some number in its place allows. */
  @Test
  void whereThereIsNoRoundingBound() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(2);
    shipped.units.add(Unit.affine(0, List.of(0x1p127, 0.5), List.of(0.0, 0.0), 2));
    shipped.units.add(Unit.affine(1, List.of(0.0, 1.0), List.of(0.0, 0.0), 2));
    assertThat(RoundingBound.maxError(shipped.subject())).isEmpty();
    assertThat(inFloats(shipped, NONE)).isEmpty();
    assertThat(inFloats(shipped, adding(1, 0.25))).isPresent();
  }

  /**
   * Where an overflow is not excluded, code may say infinity at the sample; nearer to zero, at a
   * 2^-32 or 2^-256 of it, nothing overflows, and it has to be right.
   */
  @Test
  void whereItOverflowsItIsComparedNearerToZero() {
    for (ElementType type : ElementType.values()) {
      boolean single = type == ElementType.F32;
      Shipped shipped = new Shipped();
      shipped.type = type;
      shipped.input(1);
      double factor = single ? 0x1p127 : 0x1p1023;
      shipped.units.add(Unit.affine(0, List.of(factor), List.of(0.0), 1));
      shipped.units.add(Unit.scale(1, 4, 1));
      shipped.units.add(Unit.scale(2, 1 / factor, 1));
      double tolerance = single ? 1e-3 : 1e-9;
      for (double part : new double[] {0, 0.9, -0.9, 1.1, -1.1}) {
        Fault fault =
            (sample, output) -> {
              output[0] =
                  sample % 2 == 1
                      ? Double.POSITIVE_INFINITY
                      : output[0] + part * tolerance * Math.abs(output[0]);
              return output;
            };
        Faulty doubles = new Faulty(shipped.subject(), fault);
        FaultyFloats floats = new FaultyFloats(shipped.subject(), fault);
        assertThat(AgreementCheck.firstDifference(single ? floats : doubles).isPresent())
            .as("%s of the tolerance in %s", part, type)
            .isEqualTo(Math.abs(part) > 1);
        List<double[]> asked = single ? floats.doubles.asked : doubles.asked;
        double nearer = single ? 0x1p-32 : 0x1p-256;
        assertThat(asked.get(1)).containsExactly(nearer * asked.get(0)[0]);
      }
    }
  }

  /** A network that overflows at 1 in F32, unless its input is at most {@code 2^128 / gain}. */
  private static Shipped amplifying(Unit.Box box, int exponent) {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.units.add(new Unit.Input(1, Optional.of(box)));
    int first = Math.min(exponent, 126);
    shipped.units.add(Unit.scale(0, Math.scalb(1.0, first), 1));
    shipped.units.add(Unit.scale(1, Math.scalb(1.0, exponent - first), 1));
    shipped.units.add(Unit.scale(2, 0x1p-120, 1));
    return shipped;
  }

  private static Unit.Box between(double lower, double upper) {
    return new Unit.Box(List.of(lower), List.of(upper));
  }

  /** Says infinity where it is asked first, and is then off by a tenth. */
  private static final Fault INFINITE_THEN_WRONG =
      (sample, output) -> {
        output[0] = sample == 1 ? Double.POSITIVE_INFINITY : 1.1 * output[0] + 0x1p-100;
        return output;
      };

  private static void assertFoundAt(double part, Shipped shipped) {
    FaultyFloats network = new FaultyFloats(shipped.subject(), INFINITE_THEN_WRONG);
    assertThat(AgreementCheck.firstDifference(network)).isPresent();
    assertThat(network.doubles.asked).hasSize(2);
    double first = network.doubles.asked.get(0)[0];
    assertThat(network.doubles.asked.get(1)).containsExactly((float) (part * first));
  }

  /** No nearer to zero than it has to be; at zero, if nothing else will do. */
  @Test
  void theFirstPointWithoutAnOverflowIsTaken() {
    // The whole box overflows, the sample at a fifth of it does not.
    assertFoundAt(1, amplifying(between(0, 0x1p100), 27));
    assertFoundAt(0x1p-32, amplifying(between(1, 2), 150));
    assertFoundAt(0x1p-96, amplifying(between(1, 2), 210));
    assertFoundAt(0x1p-128, amplifying(between(1, 2), 240));
    assertFoundAt(0, amplifying(between(0x1p99, 0x1p100), 170));
    // Too small for a float: both sides read 0.
    FaultyFloats network =
        new FaultyFloats(
            amplifying(between(0x1p-120, 0x1p-119), 252).subject(),
            (sample, output) -> sample % 2 == 1 ? new double[] {Double.NaN} : output);
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    assertThat(network.doubles.asked.get(1)).containsExactly(0);
  }

  /** Then nothing can be compared, and nothing is said. */
  @Test
  void constantsThatOverflowByThemselves() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(1.0), List.of(0x1p127), 1));
    shipped.units.add(Unit.scale(1, 4, 1));
    assertThat(inFloats(shipped, (_, _) -> new double[] {Double.NaN})).isEmpty();
  }

  /** Where a sample's error may be rounding, the next one may not. */
  @Test
  void anErrorWithinRoundingDoesNotHideTheNext() {
    Shipped shipped = new Shipped();
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(0.0), List.of(0x1p40), 1));
    shipped.units.add(Unit.affine(1, List.of(1.0), List.of(-0x1p40), 1));
    double bound = RoundingBound.maxError(shipped.subject()).orElseThrow();
    Fault fault = (sample, output) -> new double[] {output[0] + (sample == 1 ? 1 : 3) * bound};
    assertThat(inDoubles(shipped, fault)).isPresent();
  }

  /**
   * Of a deep network the proved bound says little; then it is 16 times what the network makes of
   * small errors.
   */
  @Test
  void aDeepNetworkIsHeldToWhatItMakesOfSmallErrors() {
    Shipped shipped = new Shipped();
    shipped.input(2);
    shipped.units.add(Unit.affine(0, List.of(1.0, 1.0), List.of(0x1p40, 0x1p40), 2));
    double half = Math.sqrt(0.5);
    int turned = 1;
    for (int turn = 0; turn < 64; turn++) {
      turned = shipped.dense(turned, new double[][] {{half, half}, {-half, half}}, "turn" + turn);
    }
    shipped.units.add(Unit.affine(turned, List.of(1.0, 1.0), List.of(-0x1p40, -0x1p40), 2));
    Faulty right = new Faulty(shipped.subject(), NONE);
    assertThat(AgreementCheck.firstDifference(right)).isEmpty();
    List<double[]> expected = UnitEvaluator.of(shipped.subject()).applyAll(right.asked);
    double likely = 16 * Sensitivity.movement(shipped.subject(), right.asked, expected);
    double bound = RoundingBound.maxError(shipped.subject()).orElseThrow();
    assertThat(likely).isBetween(1e-4, bound / 1000);
    for (double sign : new double[] {1, -1}) {
      assertThat(inDoubles(shipped, adding(1, sign * 0.99 * likely))).isEmpty();
      assertThat(inDoubles(shipped, adding(1, sign * 1.01 * likely))).isPresent();
    }
  }

  /** The ends of a box are doubles; samples are numbers of the format, and finite. */
  @Test
  void samplesOfABoxThatFloatsDoNotReach() {
    for (ElementType type : ElementType.values()) {
      Shipped shipped = new Shipped();
      shipped.type = type;
      shipped.units.add(new Unit.Input(1, Optional.of(between(0x1p200, 0x1p201))));
      shipped.units.add(Unit.scale(0, 1, 1));
      boolean single = type == ElementType.F32;
      FaultyFloats floats = new FaultyFloats(shipped.subject(), NONE);
      Faulty doubles = single ? floats.doubles : new Faulty(shipped.subject(), NONE);
      assertThat(AgreementCheck.firstDifference(single ? floats : doubles)).isEmpty();
      double least = single ? Float.MAX_VALUE : 0x1p200;
      double most = single ? Float.MAX_VALUE : 0x1p201;
      assertThat(doubles.asked).allMatch(x -> least <= x[0] && x[0] <= most);
    }
  }

  @Test
  void samplesOfABoxBelowAllFloats() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.units.add(new Unit.Input(1, Optional.of(between(-0x1p201, -0x1p200))));
    shipped.units.add(Unit.scale(0, 1, 1));
    FaultyFloats floats = new FaultyFloats(shipped.subject(), NONE);
    assertThat(AgreementCheck.firstDifference(floats)).isEmpty();
    assertThat(floats.doubles.asked).isNotEmpty().allMatch(x -> x[0] == -Float.MAX_VALUE);
  }

  /** Code in floats reads every element of the sample. */
  @Test
  void everyElementIsHandedOver() {
    Shipped shipped = new Shipped();
    shipped.type = ElementType.F32;
    shipped.input(3);
    shipped.units.add(Unit.scale(0, 1, 3));
    FaultyFloats network = new FaultyFloats(shipped.subject(), NONE);
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    assertThat(network.doubles.asked).allMatch(x -> x[0] != 0 && x[1] != 0 && x[2] != 0);
  }

  /** An error that is the tolerance, to the bit, is none. */
  @Test
  void theToleranceItselfIsAllowed() {
    Shipped shipped = new Shipped();
    shipped.input(2);
    shipped.units.add(Unit.affine(0, List.of(0.0, 0.0), List.of(0.0, 7.0), 2));
    double tolerance = 1e-9 * 7.0;
    assertThat(inDoubles(shipped, adding(0, tolerance))).isEmpty();
    assertThat(inDoubles(shipped, adding(0, -tolerance))).isEmpty();
    assertThat(inDoubles(shipped, adding(0, Math.nextUp(tolerance)))).isPresent();
  }

  /** Where large numbers cancel, the rounding bound allows more, twice of it and no more. */
  @Test
  void theToleranceIsTwiceTheRoundingBoundWhereThatIsMore() {
    for (ElementType type : ElementType.values()) {
      double large = type == ElementType.F32 ? 0x1p20 : 0x1p40;
      Shipped shipped = new Shipped();
      shipped.type = type;
      shipped.input(1);
      shipped.units.add(Unit.affine(0, List.of(0.0), List.of(large), 1));
      shipped.units.add(Unit.affine(1, List.of(1.0), List.of(-large), 1));
      double bound = RoundingBound.maxError(shipped.subject()).orElseThrow();
      assertThat(bound).isGreaterThan(type == ElementType.F32 ? 1e-2 : 1e-6);
      // What is expected is 0; twice the bound is a double, but no float.
      double most = type == ElementType.F32 ? 1.99 : 2;
      for (double part : new double[] {most, -most}) {
        assertThat(check(shipped, adding(0, part * bound))).as("%s in %s", part, type).isEmpty();
      }
      for (double part : new double[] {2.01, -2.01}) {
        assertThat(check(shipped, adding(0, part * bound))).as("%s in %s", part, type).isPresent();
      }
    }
  }

  private static Optional<String> check(Shipped shipped, Fault fault) {
    return shipped.type == ElementType.F32 ? inFloats(shipped, fault) : inDoubles(shipped, fault);
  }

  /** Each sample counts, the last as well. */
  @Test
  void threeSamplesAreCompared() {
    for (int wrong = 1; wrong <= 3; wrong++) {
      int at = wrong;
      Faulty network =
          new Faulty(
              constants(ElementType.F64).subject(),
              (sample, output) -> sample == at ? new double[] {3, -7, 5} : output);
      assertThat(AgreementCheck.firstDifference(network))
          .hasValueSatisfying(text -> assertThat(text).startsWith("output 2 is 5.0, expected "));
    }
    Faulty right = new Faulty(constants(ElementType.F64).subject(), NONE);
    assertThat(AgreementCheck.firstDifference(right)).isEmpty();
    assertThat(right.asked).hasSize(3);
  }

  @Test
  void anotherNumberOfOutputs() {
    for (int outputs : new int[] {2, 4}) {
      Faulty network = new Faulty(constants(ElementType.F64).subject(), NONE, outputs);
      assertThat(AgreementCheck.firstDifference(network))
          .hasValue(outputs + " outputs, expected 3");
    }
  }

  /** Everywhere in the box, not at its centre alone, and nowhere else. */
  @Test
  void samplesAreSpreadOverTheBox() {
    Shipped shipped = new Shipped();
    Unit.Box box = new Unit.Box(Collections.nCopies(200, 4.0), Collections.nCopies(200, 5.0));
    shipped.units.add(new Unit.Input(200, Optional.of(box)));
    shipped.units.add(Unit.scale(0, 1, 200));
    Faulty network = new Faulty(shipped.subject(), NONE);
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    for (double[] x : network.asked) {
      assertThat(Arrays.stream(x).boxed()).allMatch(v -> 4 <= v && v <= 5);
      assertThat(Arrays.stream(x).min().orElseThrow()).isLessThan(4.1);
      assertThat(Arrays.stream(x).max().orElseThrow()).isGreaterThan(4.9);
    }
    assertThat(network.asked.get(0)).isNotEqualTo(network.asked.get(1));
    Faulty again = new Faulty(shipped.subject(), NONE);
    assertThat(AgreementCheck.firstDifference(again)).isEmpty();
    assertThat(again.asked.get(2)).containsExactly(network.asked.get(2));
    // On every machine: what is found on one can be looked for on another.
    assertThat(network.asked.getFirst()[0]).isEqualTo(4.198571210994466);
  }

  @Test
  void withoutABoxSamplesAreBetweenMinusOneAndOne() {
    Shipped shipped = new Shipped();
    shipped.units.add(new Unit.Input(200, Optional.empty()));
    shipped.units.add(Unit.scale(0, 1, 200));
    Faulty network = new Faulty(shipped.subject(), NONE);
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    double[] x = network.asked.getFirst();
    assertThat(Arrays.stream(x).boxed()).allMatch(v -> -1 <= v && v <= 1);
    assertThat(Arrays.stream(x).min().orElseThrow()).isLessThan(-0.9);
    assertThat(Arrays.stream(x).max().orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void aLoaderRefusesCodeThatDiffers() {
    Shipped shipped = constants(ElementType.F64);
    NetworkLoader loader = new ShippedClasses().loader(shipped);
    assertThatThrownBy(() -> loader.checked(new Faulty(shipped.subject(), adding(0, 1))))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageStartingWith(
            "cannot load network demo.Network: the code disagrees with its certificate: output 0"
                + " is 4.0, expected 3.0; compile the network again");
  }
}
