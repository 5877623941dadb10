package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;

/**
 * The absolute sums of a kernel's autocorrelation. With {@code c_ij(d) = sum_c sum_t K_ic(t + d)
 * K_jc(t)}, the product of the convolution with its adjoint, entry (i, j) is {@code sum_d
 * |c_ij(d)|}: the product's row of output i has no more than that at the pixels of output j. For a
 * kernel of one tap it is {@code |K K'|}.
 *
 * @param inputs the channels of a row of K
 * @param height the rows of taps
 * @param width the taps of a row
 */
record Autocorrelation(int inputs, int height, int width) {

  /** The number of taps of one channel. */
  int area() {
    return height * width;
  }

  /** The distance d of two taps. */
  private record Offset(int down, int across) {}

  /** Visits a pair of outputs at one distance. */
  private interface Visitor {
    void visit(int i, int j, Offset offset, double correlation);
  }

  /** The sums, symmetric to the last bit. */
  double[][] sums(double[][] kernel) {
    double[][] sums = Entries.zeros(kernel.length, kernel.length);
    forEach(kernel, (i, j, _, c) -> sums[i][j] += Math.abs(c));
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < i; j++) {
        sums[j][i] = sums[i][j];
      }
    }
    return sums;
  }

  /** The adjoint of the kernel; the slope of {@code |c|} at 0 is taken as 0. */
  double[][] pullBack(double[][] kernel, double[][] adjoint) {
    double[][] gradient = Entries.zeros(kernel.length, kernel[0].length);
    forEach(
        kernel,
        (i, j, offset, c) -> {
          double weight = i == j ? adjoint[i][i] : adjoint[i][j] + adjoint[j][i];
          addProducts(kernel, gradient, i, j, offset, weight * Math.signum(c));
        });
    return gradient;
  }

  /** All pairs with {@code j <= i}: {@code c_ji(d) = c_ij(-d)}. */
  private void forEach(double[][] kernel, Visitor visitor) {
    for (int i = 0; i < kernel.length; i++) {
      for (int j = 0; j <= i; j++) {
        for (int down = 1 - height; down < height; down++) {
          for (int across = 1 - width; across < width; across++) {
            Offset offset = new Offset(down, across);
            visitor.visit(i, j, offset, correlation(kernel[i], kernel[j], offset));
          }
        }
      }
    }
  }

  private double correlation(double[] first, double[] second, Offset offset) {
    double sum = 0;
    for (int c = 0; c < inputs; c++) {
      for (int u = firstRow(offset); u < lastRow(offset); u++) {
        for (int v = firstTap(offset); v < lastTap(offset); v++) {
          int place = place(c, u, v);
          sum = Math.fma(first[place + distance(offset)], second[place], sum);
        }
      }
    }
    return sum;
  }

  /** Adds the derivatives of {@code weight c_ij(d)}. */
  private void addProducts(
      double[][] kernel, double[][] gradient, int i, int j, Offset offset, double weight) {
    for (int c = 0; c < inputs; c++) {
      for (int u = firstRow(offset); u < lastRow(offset); u++) {
        for (int v = firstTap(offset); v < lastTap(offset); v++) {
          int place = place(c, u, v);
          int moved = place + distance(offset);
          gradient[i][moved] += weight * kernel[j][place];
          gradient[j][place] += weight * kernel[i][moved];
        }
      }
    }
  }

  private int place(int channel, int row, int tap) {
    return (channel * height + row) * width + tap;
  }

  private int distance(Offset offset) {
    return offset.down * width + offset.across;
  }

  private static int firstRow(Offset offset) {
    return Math.max(0, -offset.down);
  }

  private int lastRow(Offset offset) {
    return Math.min(height, height - offset.down);
  }

  private static int firstTap(Offset offset) {
    return Math.max(0, -offset.across);
  }

  private int lastTap(Offset offset) {
    return Math.min(width, width - offset.across);
  }
}
