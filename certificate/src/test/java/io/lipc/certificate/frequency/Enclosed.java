package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/** A complex matrix somewhere in what encloses it, in exact decimals. */
record Enclosed(BigDecimal[][] real, BigDecimal[][] imaginary) {

  /** Numbers of about this size, known within {@code radius}. */
  static ComplexMatrix random(
      RandomGenerator random, int rows, int columns, double size, double radius) {
    ComplexMatrix matrix = new ComplexMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.real[i][j] = random.nextDouble(-size, size);
        matrix.imaginary[i][j] = random.nextDouble(-size, size);
        matrix.radius[i][j] = radius;
      }
    }
    return matrix;
  }

  /** Each part is moved by its radius, up or down, or not at all. */
  static Enclosed within(RandomGenerator random, ComplexMatrix matrix) {
    return new Enclosed(
        part(random, matrix.real, matrix.radius), part(random, matrix.imaginary, matrix.radius));
  }

  private static BigDecimal[][] part(RandomGenerator random, double[][] middle, double[][] radius) {
    BigDecimal[][] part = new BigDecimal[middle.length][];
    for (int i = 0; i < part.length; i++) {
      part[i] = new BigDecimal[middle[i].length];
      for (int j = 0; j < part[i].length; j++) {
        BigDecimal move = new BigDecimal(radius[i][j] * (random.nextInt(3) - 1));
        part[i][j] = new BigDecimal(middle[i][j]).add(move);
      }
    }
    return part;
  }

  /** One part of {@code a b}, or with the conjugate of a. */
  static BigDecimal product(
      Enclosed a, int i, int k, Enclosed b, int m, int j, int part, int sign) {
    BigDecimal x = a.real[i][k];
    BigDecimal y = a.imaginary[i][k].multiply(BigDecimal.valueOf(sign));
    return part == 0
        ? x.multiply(b.real[m][j]).subtract(y.multiply(b.imaginary[m][j]))
        : x.multiply(b.imaginary[m][j]).add(y.multiply(b.real[m][j]));
  }

  static void assertNear(BigDecimal exact, double middle, double radius) {
    assertThat(exact.subtract(new BigDecimal(middle)).abs())
        .isLessThanOrEqualTo(new BigDecimal(radius));
  }
}
