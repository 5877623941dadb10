package io.lipc.model;

/**
 * A number that is not above the true Lipschitz constant, because two inputs reach it.
 *
 * @param value finite and not negative
 */
public record LowerBound(double value) {

  public LowerBound {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("not a lower bound: " + value);
    }
  }

  /** The bound as messages print it: four significant digits, rounded down. */
  @Override
  public String toString() {
    return Decimals.down(value);
  }
}
