package io.lipc.training.parameterization;

/**
 * The symbol of a kernel.
 *
 * @param height the rows of taps
 * @param width the taps of a row
 */
record Symbol(int outputs, int inputs, int height, int width) {

  /** {@code sum_d K(d) e^(i w.d)} as a real matrix {@code [[Re, -Im], [Im, Re]]}. */
  double[][] at(double[] taps, double down, double across) {
    double[][] symbol = new double[2 * outputs][2 * inputs];
    int at = 0;
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        for (int u = 0; u < height; u++) {
          for (int v = 0; v < width; v++) {
            double angle = u * down + v * across;
            add(symbol, o, i, taps[at] * Math.cos(angle), taps[at] * Math.sin(angle));
            at++;
          }
        }
      }
    }
    return symbol;
  }

  private void add(double[][] symbol, int o, int i, double real, double imaginary) {
    symbol[o][i] += real;
    symbol[o + outputs][i + inputs] += real;
    symbol[o + outputs][i] += imaginary;
    symbol[o][i + inputs] -= imaginary;
  }
}
