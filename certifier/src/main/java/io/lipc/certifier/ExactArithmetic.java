package io.lipc.certifier;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import java.math.BigDecimal;
import java.util.List;

/**
 * Dyadic numbers without rounding, for piecewise linear programs: tanh and its like of a dyadic
 * number are not dyadic.
 */
final class ExactArithmetic implements Arithmetic<BigDecimal> {

  @Override
  public BigDecimal of(double value) {
    return new BigDecimal(value);
  }

  @Override
  public BigDecimal add(BigDecimal a, BigDecimal b) {
    return a.add(b);
  }

  @Override
  public BigDecimal times(BigDecimal a, double factor) {
    return a.multiply(new BigDecimal(factor));
  }

  @Override
  public BigDecimal max(BigDecimal a, BigDecimal b) {
    return a.max(b);
  }

  @Override
  public BigDecimal apply(Elementwise function, BigDecimal a) {
    if (function instanceof PiecewiseLinear linear) {
      return linear.exact(a);
    }
    throw notPiecewiseLinear();
  }

  @Override
  public List<BigDecimal> softmax(List<BigDecimal> logits, double temperature) {
    throw notPiecewiseLinear();
  }

  private static IllegalStateException notPiecewiseLinear() {
    return new IllegalStateException("only piecewise linear programs are evaluated exactly");
  }
}
