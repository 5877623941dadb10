package io.lipc.certificate.enclosure;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Dyadic numbers without rounding, for piecewise linear networks: tanh and its like of a dyadic
 * number are not dyadic, and throw an {@code IllegalStateException}.
 */
public final class ExactNumbers implements Arithmetic<BigDecimal> {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** The arithmetic without rounding, which has no state. */
  public ExactNumbers() {}

  @Override
  public Sums<BigDecimal> sums(List<BigDecimal> x) {
    return (row, shift) -> {
      BigDecimal sum = new BigDecimal(shift);
      for (int k = 0; k < row.places().length; k++) {
        sum = sum.add(x.get(row.places()[k]).multiply(new BigDecimal(row.factors()[k])));
      }
      return sum;
    };
  }

  @Override
  public UnaryOperator<BigDecimal> elementwise(ActivationFunction.OfElements function) {
    if (Elementwise.of(function) instanceof PiecewiseLinear linear) {
      return linear::exact;
    }
    throw notPiecewiseLinear();
  }

  @Override
  public List<BigDecimal> sorted(List<BigDecimal> group) {
    return group.stream().sorted(Comparator.reverseOrder()).toList();
  }

  @Override
  public BigDecimal reflected(BigDecimal x, BigDecimal p, double v) {
    return x.add(p.max(BigDecimal.ZERO).multiply(TWO).multiply(new BigDecimal(v)));
  }

  @Override
  public List<BigDecimal> softmax(List<BigDecimal> logits, double temperature) {
    throw notPiecewiseLinear();
  }

  @Override
  public List<BigDecimal> normalised(List<BigDecimal> group, double epsilon) {
    throw notPiecewiseLinear();
  }

  @Override
  public List<BigDecimal> unitLength(List<BigDecimal> vector, double least) {
    throw notPiecewiseLinear();
  }

  private static IllegalStateException notPiecewiseLinear() {
    return new IllegalStateException("only piecewise linear programs are evaluated exactly");
  }
}
