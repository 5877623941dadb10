package io.lipc.training.autodiff;

/** A function of one number. */
sealed interface ScalarFunction {
  double value(double x);

  /**
   * The derivative.
   *
   * @param y the value at x
   */
  double slope(double x, double y);

  /** {@code factor x + shift}. */
  record Affine(double factor, double shift) implements ScalarFunction {
    @Override
    public double value(double x) {
      return factor * x + shift;
    }

    @Override
    public double slope(double x, double y) {
      return factor;
    }
  }

  /** The exponential, on every machine the same: trained bytes can be made again. */
  record Exp() implements ScalarFunction {
    @Override
    public double value(double x) {
      return StrictMath.exp(x);
    }

    @Override
    public double slope(double x, double y) {
      return y;
    }
  }

  /** The square root of a positive number. */
  record Root() implements ScalarFunction {
    @Override
    public double value(double x) {
      return Math.sqrt(x);
    }

    @Override
    public double slope(double x, double y) {
      return 0.5 / Math.sqrt(x);
    }
  }

  /** {@code |x|}; its slope at 0 is taken as 0. */
  record Absolute() implements ScalarFunction {
    @Override
    public double value(double x) {
      return Math.abs(x);
    }

    @Override
    public double slope(double x, double y) {
      return Math.signum(x);
    }
  }

  /** {@code 1 / x}, and 0 with slope 0 at 0. */
  record Reciprocal() implements ScalarFunction {
    @Override
    public double value(double x) {
      return x == 0 ? 0 : 1 / x;
    }

    @Override
    public double slope(double x, double y) {
      return x == 0 ? 0 : -1 / x / x;
    }
  }
}
