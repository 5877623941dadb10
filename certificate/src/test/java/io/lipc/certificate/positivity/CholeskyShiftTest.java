package io.lipc.certificate.positivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The number that the diagonal is lowered by, term by term. A matrix with nothing beside its
 * diagonal has its factor if and only if the least element is larger than that number: so the least
 * element that is accepted shows it.
 */
final class CholeskyShiftTest {

  /** A diagonal of ones before a last element, whose row is stored from some column on. */
  private static List<List<Ball>> diagonal(int size, int longest, double last, double radius) {
    List<List<Ball>> rows = new ArrayList<>();
    for (int i = 0; i < size - 1; i++) {
      rows.add(List.of(Ball.of(1)));
    }
    List<Ball> row = new ArrayList<>();
    IntStream.range(1, longest).forEach(_ -> row.add(Ball.of(0)));
    row.add(new Ball(last, radius));
    rows.add(row);
    return rows;
  }

  /** {@code 2b r + (b + 4) 2^-52 min(trace, 2b max)}. */
  private static BigDecimal shift(int size, int longest, double last, double radius) {
    double max = size == 1 ? last : 1;
    BigDecimal trace = new BigDecimal(size - 1).add(new BigDecimal(last));
    BigDecimal bound = trace.min(new BigDecimal(2 * longest).multiply(new BigDecimal(max)));
    return new BigDecimal(longest + 4)
        .multiply(new BigDecimal(0x1p-52))
        .multiply(bound)
        .add(new BigDecimal(2 * longest).multiply(new BigDecimal(radius)));
  }

  @ParameterizedTest
  @CsvSource({
    // Where the trace is the smaller one, and where the rows are short.
    "2, 1, 0",
    "2, 2, 0",
    "7, 4, 0",
    "12, 12, 0",
    "40, 1, 0",
    "40, 3, 0",
    "300, 17, 0",
    "2, 1, 0x1p-52",
    "7, 4, 0x1.8p-51",
    "12, 12, 0x1p-54",
    "40, 1, 0x1p-50",
    "40, 3, 0x1.4p-53"
  })
  void theLeastElementIsAboveTheShift(int size, int longest, double radius) {
    // It counts in the trace itself: a few rounds find where both meet.
    double last = 0;
    for (int round = 0; round < 8; round++) {
      last = shift(size, longest, last, radius).doubleValue();
    }
    assertThat(decided(size, longest, last * (1 + 0x1p-29), radius)).isEqualTo(Decision.POSITIVE);
    // Above the terms by themselves, and within the allowance for their own rounding.
    assertThat(decided(size, longest, last * (1 + 0x1p-31), radius)).isEqualTo(Decision.NOT_PROVED);
    assertThat(decided(size, longest, last, radius)).isEqualTo(Decision.NOT_PROVED);
  }

  private static Decision decided(int size, int longest, double last, double radius) {
    return Decide.factorises(diagonal(size, longest, last, radius));
  }

  @Test
  void theLargestElementAndTheLongestRowMayStandAnywhere() {
    // b = 3 and max = 8 of other rows than the last: 3 + 4 times 2^-52 times min(2 3 8, trace).
    BigDecimal expected = new BigDecimal(7 * 48).multiply(new BigDecimal(0x1p-52));
    double last = expected.round(MathContext.DECIMAL128).doubleValue();
    for (double factor : new double[] {1 + 0x1p-31, 1 + 0x1p-29}) {
      List<List<Ball>> rows = new ArrayList<>();
      rows.add(List.of(Ball.of(8)));
      IntStream.range(0, 60).forEach(_ -> rows.add(List.of(Ball.of(1))));
      rows.add(List.of(Ball.of(0), Ball.of(0), Ball.of(1)));
      rows.add(List.of(Ball.of(last * factor)));
      rows.add(List.of(Ball.of(1)));
      assertThat(Decide.factorises(rows))
          .isEqualTo(factor > 1 + 0x1p-30 ? Decision.POSITIVE : Decision.NOT_PROVED);
    }
  }

  @Test
  void theLargestRadiusMayStandAnywhere() {
    for (int at = 0; at < 3; at++) {
      for (double radius : new double[] {0.12, 0.13}) {
        List<Ball> row = new ArrayList<>(List.of(Ball.of(0), Ball.of(0), Ball.of(1)));
        row.set(at, new Ball(at == 2 ? 1 : 0, radius));
        List<List<Ball>> rows = List.of(List.of(Ball.of(1)), List.of(Ball.of(0.75)), row);
        // 2 3 r against the least element.
        assertThat(Decide.factorises(rows))
            .isEqualTo(radius < 0.125 ? Decision.POSITIVE : Decision.NOT_PROVED);
      }
    }
  }

  /**
   * Rows of two entries, each of which may move by r: a row of the whole matrix has three, so the
   * least eigenvalue moves by nearly 3r, which is more than b r = 2r.
   */
  @Test
  void onceTheRadiiWouldAcceptAnIndefiniteMatrix() {
    double radius = 0.375;
    int size = 50;
    List<List<Ball>> balls = new ArrayList<>();
    List<List<Dyadic>> within = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Ball one = new Ball(1, radius);
      balls.add(i == 0 ? List.of(one) : List.of(new Ball(0, radius), one));
      Dyadic least = Dyadic.of(1 - radius);
      within.add(i == 0 ? List.of(least) : List.of(Dyadic.of(-radius), least));
    }
    assertThat(Decide.eliminates(within)).isEqualTo(Decision.NOT_PROVED);
    assertThat(Decide.factorises(balls)).isEqualTo(Decision.NOT_PROVED);
    // Rows of two lowered by b r = 0.75 would have had their factor.
    double lowered = 1 - 2 * radius;
    assertThat(Decide.factorises(List.of(List.of(Ball.of(lowered))))).isEqualTo(Decision.POSITIVE);
  }

  @Test
  void nothingIsLeftOfTheLeastNumber() {
    assertThat(Decide.factorises(List.of(List.of(Ball.of(Double.MIN_VALUE)))))
        .isEqualTo(Decision.NOT_PROVED);
    assertThat(Decide.factorises(List.of(List.of(Ball.of(2 * Double.MIN_VALUE)))))
        .isEqualTo(Decision.POSITIVE);
    assertThat(Decide.factorises(List.of(List.of(Ball.of(0))))).isEqualTo(Decision.NOT_PROVED);
    assertThat(Decide.factorises(List.of())).isEqualTo(Decision.POSITIVE);
  }
}
