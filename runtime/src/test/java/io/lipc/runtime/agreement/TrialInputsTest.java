package io.lipc.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.runtime.Shipped;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which inputs code is tried with: corners, random points, both sides of kinks. */
class TrialInputsTest {

  private static List<double[]> inputs(Shipped shipped) {
    return TrialInputs.of(shipped.subject()).stream().map(TrialInputs.Trial::input).toList();
  }

  private static Shipped boxed(int size, double lower, double upper) {
    Shipped shipped = new Shipped();
    Unit.Box box = new Unit.Box(Collections.nCopies(size, lower), Collections.nCopies(size, upper));
    shipped.units.add(new Unit.Input(size, Optional.of(box)));
    return shipped;
  }

  @Test
  void cornersAndRandomPointsOfTheBox() {
    Shipped shipped = boxed(200, 4, 5);
    shipped.units.add(Unit.scale(0, 1, 200));
    List<double[]> inputs = inputs(shipped);
    assertThat(inputs).hasSize(TrialInputs.MOST_POINTS);
    assertThat(inputs.get(1)).containsOnly(4);
    assertThat(inputs.get(2)).containsOnly(5);
    for (int number = 0; number < inputs.size(); number++) {
      double[] x = inputs.get(number);
      assertThat(Arrays.stream(x).boxed()).allMatch(v -> 4 <= v && v <= 5);
      if (number % 2 == 1 && number > 1) {
        assertThat(x).contains(4).contains(5);
        assertThat(Arrays.stream(x).boxed()).allMatch(v -> v == 4 || v == 5);
      } else if (number != 1 && number != 2) {
        assertThat(Arrays.stream(x).distinct().count()).isGreaterThan(150);
        assertThat(Arrays.stream(x).min().orElseThrow()).isLessThan(4.1);
        assertThat(Arrays.stream(x).max().orElseThrow()).isGreaterThan(4.9);
      }
    }
    // On every machine: what is found on one can be looked for on another.
    assertThat(inputs.getFirst()[0]).isEqualTo(4.198571210994466);
    assertThat(inputs(shipped).get(9)).containsExactly(inputs.get(9));
  }

  @Test
  void withoutABoxTheyAreBetweenMinusOneAndOne() {
    Shipped shipped = new Shipped();
    shipped.units.add(new Unit.Input(3, Optional.empty()));
    shipped.units.add(Unit.scale(0, 1, 3));
    assertThat(inputs(shipped).get(1)).containsOnly(-1);
    assertThat(inputs(shipped).get(2)).containsOnly(1);
  }

  /** Ends are doubles, whatever the format. */
  @Test
  void inputsAreNumbersOfTheFormat() {
    Shipped shipped = boxed(1, -1e300, 0.1);
    shipped.type = ElementType.F32;
    shipped.units.add(Unit.scale(0, 0, 1));
    List<double[]> inputs = inputs(shipped);
    assertThat(inputs.get(1)).containsExactly(-Float.MAX_VALUE);
    assertThat(inputs.get(2)).containsExactly(0.1f);
    assertThat(inputs).allMatch(x -> x[0] == (float) x[0] && Double.isFinite(x[0]));
    Shipped above = boxed(1, 0.1, 1e300);
    above.type = ElementType.F32;
    above.units.add(Unit.scale(0, 0, 1));
    assertThat(inputs(above).get(2)).containsExactly(Float.MAX_VALUE);
  }

  @Test
  void expectedIsWhatTheUnitsGive() {
    Shipped shipped = boxed(2, -1, 1);
    shipped.units.add(Unit.scale(0, 3, 2));
    shipped.units.add(Unit.activation(1, "relu", List.of(), 2));
    for (TrialInputs.Trial trial : TrialInputs.of(shipped.subject())) {
      assertThat(trial.expected())
          .containsExactly(Math.max(3 * trial.input()[0], 0), Math.max(3 * trial.input()[1], 0));
    }
  }

  /** The two inputs of a kink lie on its sides, one millionth of the way from each other. */
  @Test
  void bothSidesOfKinks() {
    Shipped shipped = boxed(1, -1, 1);
    shipped.units.add(Unit.affine(0, List.of(1.0), List.of(-0.3), 1));
    shipped.units.add(Unit.activation(1, "relu", List.of(), 1));
    shipped.units.add(Unit.affine(2, List.of(1.0), List.of(-0.4), 1));
    shipped.units.add(Unit.activation(3, "leaky_relu", List.of(0.5), 1));
    List<double[]> kinks = inputs(shipped).stream().skip(TrialInputs.MOST_POINTS).toList();
    assertThat(kinks).hasSizeGreaterThan(8).hasSizeLessThanOrEqualTo(2 * TrialInputs.MOST_KINKS);
    int[] found = new int[2];
    for (int k = 0; k < kinks.size(); k += 2) {
      double low = Math.min(kinks.get(k)[0], kinks.get(k + 1)[0]);
      double high = Math.max(kinks.get(k)[0], kinks.get(k + 1)[0]);
      assertThat(high - low).isBetween(0x1p-53, 0x1p-18);
      double kink = low < 0.5 ? 0.3 : 0.7;
      assertThat(low).isLessThanOrEqualTo(kink + 1e-15);
      assertThat(high).isGreaterThanOrEqualTo(kink - 1e-15);
      found[low < 0.5 ? 0 : 1]++;
    }
    assertThat(found).doesNotContain(0);
  }

  @Test
  void aNetworkOfMoreThanAFewMillionProductsHasNoKinks() {
    Shipped shipped = boxed(2, -1, 1);
    shipped.units.add(Unit.activation(0, "relu", List.of(), 2));
    assertThat(inputs(shipped)).hasSizeGreaterThan(TrialInputs.MOST_POINTS);
    Grid grid = new Grid(1, 300, 300);
    Shipped large = boxed(grid.elements(), -1, 1);
    large.units.add(new Unit.MaxPool(0, grid, Window.plain(List.of(8, 8), List.of(1, 1))));
    long work = OrderedEvaluator.of(large.subject()).work();
    assertThat(work).isBetween(TrialInputs.WORK / 16, TrialInputs.WORK / 8);
    assertThat(inputs(large)).hasSize((int) (TrialInputs.WORK / work));
  }

  @Test
  void aLargeOneHasFourPoints() {
    Grid grid = new Grid(1, 300, 300);
    Shipped large = boxed(grid.elements(), -1, 1);
    large.units.add(new Unit.MaxPool(0, grid, Window.plain(List.of(16, 16), List.of(1, 1))));
    assertThat(OrderedEvaluator.of(large.subject()).work()).isGreaterThan(TrialInputs.WORK / 4);
    assertThat(inputs(large)).hasSize(TrialInputs.LEAST_POINTS);
  }

  @Test
  void whereOutputsOverflowThereArePointsNearerToZero() {
    for (ElementType type : ElementType.values()) {
      boolean single = type == ElementType.F32;
      Shipped shipped = boxed(1, 0.5, 1);
      shipped.type = type;
      shipped.units.add(Unit.scale(0, single ? 0x1p127 : 0x1p1023, 1));
      shipped.units.add(Unit.scale(1, 4, 1));
      List<double[]> inputs = inputs(shipped);
      double first = inputs.getFirst()[0];
      double step = single ? 0x1p-32 : 0x1p-256;
      assertThat(inputs.subList(TrialInputs.MOST_POINTS, inputs.size()).stream().map(x -> x[0]))
          .containsExactly(
              IntStream.rangeClosed(1, 5)
                  .mapToObj(k -> k < 5 ? type.round(first * Math.pow(step, k)) : 0.0)
                  .toArray(Double[]::new));
    }
  }

  /** The way from one point to the next is halved twenty times: not 19, and not 21. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void bothSidesAreAMillionthOfTheWayApart(ElementType type) {
    Shipped shipped = boxed(2, -1024, 1024);
    shipped.type = type;
    shipped.units.add(Unit.affine(0, List.of(0.0, 1.0), List.of(1.0, -300.0), 2));
    shipped.units.add(Unit.activation(1, "relu", List.of(), 2));
    List<double[]> inputs = inputs(shipped);
    List<double[]> kinks = inputs.subList(TrialInputs.MOST_POINTS, inputs.size());
    int next = 0;
    for (int number = 0; number < TrialInputs.MOST_KINKS; number++) {
      double[] from = inputs.get(number);
      double[] to = inputs.get(number + 1);
      if (from[1] < 300 == to[1] < 300) {
        continue;
      }
      double[] low = kinks.get(next++);
      double[] high = kinks.get(next++);
      assertThat(low[1] < 300).isEqualTo(from[1] < 300);
      assertThat(high[1] < 300).isNotEqualTo(from[1] < 300);
      double way = 0x1p-20 * (to[1] - from[1]);
      double lost = type == ElementType.F32 ? 0x1p-15 : 1e-12;
      assertThat(high[1] - low[1]).isCloseTo(way, within(lost));
      // On the straight line between the two points.
      double share = (300 - from[1]) / (to[1] - from[1]);
      assertThat(low[0]).isCloseTo((1 - share) * from[0] + share * to[0], within(0.01));
      assertThat(low[0]).isEqualTo(type.round(low[0]));
      assertThat(high[1]).isEqualTo(type.round(high[1]));
    }
    assertThat(next).isEqualTo(kinks.size()).isGreaterThan(8);
  }

  /** Inputs of a network with kinks between any two points. */
  @Test
  void thereAreSixteenKinksAtMost() {
    Shipped shipped = boxed(50, -1, 1);
    shipped.units.add(Unit.activation(0, "relu", List.of(), 50));
    assertThat(inputs(shipped)).hasSize(TrialInputs.MOST_POINTS + 2 * TrialInputs.MOST_KINKS);
  }

  /** 98 evaluations, of which 32 are points, leave room for three kinks of 22. */
  @Test
  void kinksTakeWhatPointsLeave() {
    int size = 824;
    Shipped shipped = boxed(size, -1, 1);
    double[] w = new SplittableRandom(3).doubles(size * size, -1, 1).toArray();
    shipped.tensors.add(Shipped.tensor("w", ElementType.F64, List.of(size, size), w));
    shipped.units.add(Unit.dense(0, size, size, "w", Optional.empty()));
    shipped.units.add(Unit.activation(1, "relu", List.of(), size));
    assertThat(TrialInputs.WORK / OrderedEvaluator.of(shipped.subject()).work()).isEqualTo(98);
    assertThat(inputs(shipped)).hasSize(TrialInputs.MOST_POINTS + 2 * 3);
  }

  /** Doubles beyond all floats are numbers of their format; what is rounded near 0 shows. */
  @Test
  void largeEndsAndSmallNumbersInTheFormat() {
    Shipped wide = boxed(1, -1e300, 1e300);
    wide.units.add(Unit.scale(0, 0, 1));
    assertThat(inputs(wide).get(1)).containsExactly(-1e300);
    Shipped near = boxed(40, 0.5, 1);
    near.type = ElementType.F32;
    near.units.add(Unit.scale(0, 0x1p127, 40));
    near.units.add(Unit.scale(1, 4, 40));
    assertThat(inputs(near)).allMatch(x -> Arrays.stream(x).allMatch(v -> v == (float) v));
  }

  /** However large the inputs are, the last one on the way is 0 itself. */
  @Test
  void theWayToZeroEndsThere() {
    Shipped shipped = boxed(1, 1e38, 3e38);
    shipped.type = ElementType.F32;
    shipped.units.add(Unit.scale(0, 0x1p120, 1));
    List<double[]> inputs = inputs(shipped);
    assertThat(inputs.subList(TrialInputs.MOST_POINTS, inputs.size()))
        .hasSize(5)
        .last()
        .isEqualTo(new double[] {0});
    assertThat(inputs.get(TrialInputs.MOST_POINTS + 3)[0]).isPositive();
  }
}
