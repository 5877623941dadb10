package io.lipc.model.activation;

/** The finite numbers for which the slope bounds of an activation with constants are proved. */
public enum ParameterDomain {
  /** All finite numbers. */
  ALL("", ""),
  /** Finite numbers that are not negative. */
  NOT_NEGATIVE(" >= 0", "its slope bounds [0, max(1, alpha)] need alpha >= 0"),
  /** Finite numbers above 0. */
  POSITIVE(" > 0", "e^(t / alpha) is not defined at alpha = 0, and unbounded for alpha < 0");

  private final String condition;
  private final String reason;

  ParameterDomain(String condition, String reason) {
    this.condition = condition;
    this.reason = reason;
  }

  /** Whether {@code value} is finite and one of them. */
  public boolean contains(double value) {
    return Double.isFinite(value)
        && switch (this) {
          case ALL -> true;
          case NOT_NEGATIVE -> value >= 0;
          case POSITIVE -> value > 0;
        };
  }

  /** The words behind "a finite number" in messages; empty if there are none. */
  public String condition() {
    return condition;
  }

  /** Why others are refused. */
  public String reason() {
    return reason;
  }
}
