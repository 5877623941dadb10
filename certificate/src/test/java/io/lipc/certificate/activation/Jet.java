package io.lipc.certificate.activation;

/**
 * Enclosures of a function's values and of its first two derivatives on an interval, by the rules
 * of differentiation.
 */
record Jet(Enclosure value, Enclosure first, Enclosure second) {

  private static final Enclosure ZERO = Enclosure.of(0);

  /** The argument itself. */
  static Jet argument(Enclosure t) {
    return new Jet(t, Enclosure.ONE, ZERO);
  }

  static Jet constant(double value) {
    return constant(Enclosure.of(value));
  }

  static Jet constant(Enclosure value) {
    return new Jet(value, ZERO, ZERO);
  }

  Jet plus(Jet other) {
    return new Jet(value.plus(other.value), first.plus(other.first), second.plus(other.second));
  }

  Jet negative() {
    return new Jet(value.negative(), first.negative(), second.negative());
  }

  Jet times(Jet other) {
    return new Jet(
        value.times(other.value),
        first.times(other.value).plus(value.times(other.first)),
        second
            .times(other.value)
            .plus(first.times(other.first).times(2))
            .plus(value.times(other.second)));
  }

  Jet exp() {
    Enclosure e = value.exp();
    return new Jet(e, e.times(first), e.times(second.plus(first.square())));
  }

  /** {@code 1/f}, {@code -f' / f^2}, {@code (2 f'^2 / f - f'') / f^2}, for f above 0. */
  Jet inverse() {
    Enclosure inverse = value.inverse();
    Enclosure square = inverse.square();
    return new Jet(
        inverse,
        first.times(square).negative(),
        first.square().times(inverse).times(2).minus(second).times(square));
  }

  /** {@code 1 / (1 + e^-f)}, by the exponential that does not overflow. */
  Jet sigmoid() {
    boolean isLeft = value.lower() + value.upper() < 0;
    Jet e = isLeft ? exp() : negative().exp();
    Jet small = e.times(e.plus(constant(1)).inverse());
    return isLeft ? small : constant(1).plus(small.negative());
  }
}
