package io.lipc.model;

/**
 * A number that is not below the true Lipschitz constant.
 *
 * @param value finite and not negative
 */
public record UpperBound(double value) {

  public UpperBound {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("not an upper bound: " + value);
    }
  }

  /** The bound as messages print it: four significant digits, rounded up. */
  @Override
  public String toString() {
    return Decimals.up(value);
  }
}
