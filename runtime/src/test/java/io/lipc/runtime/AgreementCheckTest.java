package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.runtime.agreement.TrialInputs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Code has to give the bits of its certificate's units, in every way in which it can be asked. */
class AgreementCheckTest {

  private static final int POINTS = TrialInputs.MOST_POINTS;

  /** The numbers 3 and -7, and the input itself. */
  private static Shipped constants(ElementType type) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.input(3);
    shipped.units.add(Unit.affine(0, List.of(0.0, 0.0, 1.0), List.of(3.0, -7.0, 0.0), 3));
    return shipped;
  }

  private static Optional<String> inDoubles(Computing.Fault fault) {
    return AgreementCheck.firstDifference(
        new Computing(constants(ElementType.F64).subject(), fault));
  }

  private static Optional<String> inFloats(Computing.Fault alone, Computing.Fault inBlock) {
    return AgreementCheck.firstDifference(
        new ComputingFloats(constants(ElementType.F32).subject(), alone, inBlock));
  }

  private static Computing.Fault setting(int evaluation, int index, double value) {
    return (number, output) -> output[index] = number == evaluation ? value : output[index];
  }

  @Test
  void whatAgreesAgrees() {
    assertThat(inDoubles(Computing.Fault.NONE)).isEmpty();
    assertThat(inFloats(Computing.Fault.NONE, Computing.Fault.NONE)).isEmpty();
  }

  @Test
  void aBitOfAnyOutputOfAnyTrialIsADifference() {
    for (int trial = 1; trial <= POINTS; trial++) {
      for (int index = 0; index < 2; index++) {
        String found = index == 0 ? "3" : "-7";
        assertThat(inDoubles(setting(trial, index, Math.nextUp(index == 0 ? 3.0 : -7.0))))
            .hasValueSatisfying(text -> assertThat(text).endsWith(", expected " + found + ".0"));
        assertThat(
                inFloats(
                    setting(trial, index, Math.nextUp(index == 0 ? 3f : -7f)),
                    Computing.Fault.NONE))
            .hasValueSatisfying(text -> assertThat(text).endsWith(", expected " + found + ".0"));
      }
    }
    assertThat(inDoubles(setting(POINTS + 1, 0, 4))).isEmpty();
    assertThat(inDoubles(setting(2, 0, 4))).hasValue("output 0 is 4.0, expected 3.0");
    assertThat(inFloats(setting(2, 1, 0.1f), Computing.Fault.NONE))
        .hasValue("output 1 is 0.1, expected -7.0");
  }

  @Test
  void zerosOfBothSignsDifferAndNanDoesNotFromNan() {
    Shipped shipped = new Shipped();
    shipped.input(1);
    shipped.units.add(Unit.affine(0, List.of(0.0), List.of(0.0), 1));
    assertThat(AgreementCheck.firstDifference(new Computing(shipped.subject()))).isEmpty();
    assertThat(
            AgreementCheck.firstDifference(
                new Computing(shipped.subject(), (_, output) -> output[0] = -0.0)))
        .hasValue("output 0 is -0.0, expected 0.0");
    Shipped overflowing = new Shipped();
    overflowing.input(1);
    overflowing.units.add(Unit.affine(0, List.of(0.0), List.of(0x1p1023), 1));
    overflowing.units.add(Unit.scale(1, 4, 1));
    overflowing.units.add(Unit.scale(2, -1, 1));
    overflowing.units.add(Unit.sum(List.of(2, 3), 1));
    assertThat(
            AgreementCheck.firstDifference(
                new Computing(
                    overflowing.subject(),
                    (_, output) -> output[0] = Double.longBitsToDouble(0xfff8000000000123L))))
        .isEmpty();
    assertThat(
            AgreementCheck.firstDifference(
                new Computing(overflowing.subject(), (_, output) -> output[0] = 1)))
        .hasValue("output 0 is 1.0, expected NaN");
  }

  /** Rows alone are right. */
  @Test
  void aBatchThatDiffersIsFound() {
    for (int row = 1; row <= POINTS; row++) {
      assertThat(inFloats(Computing.Fault.NONE, setting(row, 0, 0)))
          .hasValue("output 0 is 0.0 in a batch, in row " + (row - 1) + ", expected 3.0");
    }
  }

  /** A class whose batches run row by row may have a block that nobody asked for. */
  @Test
  void aBlockThatDiffersIsFound() {
    ComputingFloats network =
        new ComputingFloats(
            constants(ElementType.F32).subject(), Computing.Fault.NONE, setting(8, 1, 1)) {
          private final FloatBatches batches = FloatBatches.ofImages(this);

          @Override
          protected FloatBatches batches() {
            return batches;
          }
        };
    assertThat(AgreementCheck.firstDifference(network))
        .hasValue("output 1 is 1.0 in a block of rows, in row 7, expected -7.0");
    assertThat(network.blocks).containsExactly(8);
  }

  /** A batch of a few rows runs them one by one, in a workspace of its own. */
  @Test
  void aSmallBatchThatDiffersIsFound() {
    for (int row = 0; row < 7; row++) {
      assertThat(inFloats(setting(POINTS + 1 + row, 0, 0), Computing.Fault.NONE))
          .hasValue("output 0 is 0.0 in a batch, in row " + row + ", expected 3.0");
    }
  }

  /** One batch of a few trials, one of all, and one block. */
  @Test
  void everyTrialIsInTheBatch() {
    ComputingFloats network = new ComputingFloats(constants(ElementType.F32).subject());
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    assertThat(network.blocks).containsExactly(POINTS, 8);
    assertThat(network.asked).hasSize(POINTS + 7);
  }

  /** 512 rows of an image of 224 by 224 pixels are 300 MiB, where its evaluation takes 15. */
  @Test
  void blocksThatAreComparedTakeLittleMemory() {
    ComputingFloats network = new ComputingFloats(constants(ElementType.F32).subject());
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    assertThat(network.rooms).hasSize(2).allMatch(room -> room < 64);
  }

  @Test
  void aLoaderRefusesCodeThatDiffers() {
    Shipped shipped = constants(ElementType.F64);
    NetworkLoader loader = new ShippedClasses().loader(shipped);
    assertThatThrownBy(() -> loader.checked(new Computing(shipped.subject(), setting(1, 0, 4))))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageStartingWith(
            "cannot load network demo.Network: the code disagrees with its certificate: output 0"
                + " is 4.0, expected 3.0; compile the network again");
  }

  /** Doubles are shown as doubles. */
  @Test
  void differencesAreShownInTheFormat() {
    assertThat(inDoubles(setting(2, 0, 0.1234567890123)))
        .hasValue("output 0 is 0.1234567890123, expected 3.0");
    assertThat(inFloats(setting(2, 0, 0.1234567890123), Computing.Fault.NONE))
        .hasValue("output 0 is 0.12345679, expected 3.0");
  }

  /** A batch of four rows would run them one by one: it is filled up to the least block. */
  @Test
  void fewTrialsAreRepeatedToFillABlock() {
    Grid grid = new Grid(1, 300, 300);
    Shipped large = new Shipped();
    large.type = ElementType.F32;
    large.input(grid.elements());
    large.units.add(new Unit.MaxPool(0, grid, Window.plain(List.of(16, 16), List.of(1, 1))));
    large.units.add(Unit.select(1, List.of(0)));
    ComputingFloats network = new ComputingFloats(large.subject());
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    // Alone, and in a batch of fewer rows than a block has.
    assertThat(network.asked).hasSize(2 * TrialInputs.LEAST_POINTS);
    assertThat(network.blocks).containsExactly(BlockOfRows.MIN_BLOCK, 8);
  }

  /** The memory and the time that the check took do not burden those who run later. */
  @Test
  void theCheckLeavesNothingBehind() {
    AtomicInteger made = new AtomicInteger();
    ComputingFloats network =
        new ComputingFloats(constants(ElementType.F32).subject()) {
          @Override
          public Workspace newWorkspace() {
            made.incrementAndGet();
            return super.newWorkspace();
          }
        };
    assertThat(AgreementCheck.firstDifference(network)).isEmpty();
    int before = made.get();
    network.apply(new float[POINTS][3], new float[POINTS][3]);
    int after = made.get();
    assertThat(after).isGreaterThan(before);
    network.apply(new float[POINTS][3], new float[POINTS][3]);
    assertThat(made.get()).isEqualTo(after);
  }
}
