package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/** What radii are made of, in exact decimals, and matrices whose entries are of all kinds. */
final class Formula {

  /** By so much a radius is enlarged that is kept, for what rounding took from it. */
  static final BigDecimal UP = of(1 + 0x1p-30);

  private Formula() {}

  static BigDecimal of(double number) {
    return new BigDecimal(number);
  }

  /** Of an entry: the sum of the absolute values of its parts. */
  static BigDecimal size(ComplexMatrix m, int i, int j) {
    return of(m.real[i][j]).abs().add(of(m.imaginary[i][j]).abs());
  }

  static BigDecimal underflow(BigDecimal size) {
    return size.signum() > 0 ? of(0x1p-1000) : BigDecimal.ZERO;
  }

  static BigDecimal sum(BigDecimal... terms) {
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal term : terms) {
      sum = sum.add(term);
    }
    return sum;
  }

  /** The radius is the formula's, but for what a few operations of its own are rounded. */
  static void assertRadius(double radius, BigDecimal formula) {
    assertThat(of(radius).subtract(formula).abs())
        .as("%s instead of %s", radius, formula.doubleValue())
        .isLessThanOrEqualTo(formula.multiply(of(0x1p-46)));
  }

  /**
   * Entries of both signs, of sizes from {@code size / 8} to {@code 8 size}, and such with one part
   * alone, with no part but a radius, and exact zeros.
   */
  static ComplexMatrix mixed(
      RandomGenerator random, int rows, int columns, double size, double radius) {
    ComplexMatrix matrix = new ComplexMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int kind = random.nextInt(6);
        matrix.real[i][j] = kind % 5 == 1 || kind == 3 ? 0 : number(random, size);
        matrix.imaginary[i][j] = kind == 2 || kind == 3 ? 0 : number(random, size);
        matrix.radius[i][j] = radius * random.nextDouble(0.5, 2);
        if (kind == 3 && random.nextBoolean()) {
          matrix.radius[i][j] = 0;
        }
      }
    }
    return matrix;
  }

  private static double number(RandomGenerator random, double size) {
    double number = size * Math.scalb(random.nextDouble(1, 2), random.nextInt(-3, 3));
    return random.nextBoolean() ? number : -number;
  }
}
