package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.function.ExactFunctions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * How far the polynomials of {@link DeviceDoubleFunctions} and {@link DeviceDoubleSine} are from
 * what they stand for, where nothing is rounded: of what is proved about their functions, the part
 * that no count of roundings shows.
 */
final class DevicePolynomialsTest {

  private static final MathContext DIGITS = new MathContext(60);

  /** Computed with 60 digits. */
  private static final class WithoutRounding implements DeviceCode.Numbers<BigDecimal> {

    @Override
    public BigDecimal constant(double value) {
      return new BigDecimal(value);
    }

    @Override
    public BigDecimal whole(double value) {
      return new BigDecimal(value);
    }

    @Override
    public BigDecimal sum(BigDecimal a, BigDecimal b) {
      return a.add(b, DIGITS);
    }

    @Override
    public BigDecimal product(BigDecimal a, BigDecimal b) {
      return a.multiply(b, DIGITS);
    }

    @Override
    public BigDecimal quotient(BigDecimal a, BigDecimal b) {
      return a.divide(b, DIGITS);
    }

    @Override
    public BigDecimal negative(BigDecimal a) {
      return a.negate();
    }

    @Override
    public double value(BigDecimal a) {
      return a.doubleValue();
    }

    @Override
    public BigDecimal returned(String method, BigDecimal value) {
      return value;
    }
  }

  private static UnaryOperator<BigDecimal> method(String name) {
    DeviceCode<BigDecimal> code = new DeviceCode<>(new WithoutRounding());
    return x -> code.call(name, List.of(x));
  }

  /** Of what the polynomials leave out, with their coefficients as they are. */
  private static double units(BigDecimal computed, BigDecimal exact, BigDecimal of) {
    return computed.subtract(exact).divide(of, DIGITS).abs().doubleValue() * 0x1p53;
  }

  @Test
  void thePolynomialOfExponentialsIsAsNearAsItsProofSays() {
    UnaryOperator<BigDecimal> second = method("second");
    double worst = 0;
    for (int i = -400; i <= 400; i++) {
      BigDecimal r = new BigDecimal(i == 0 ? 1e-9 : i * (0.34658 / 400));
      BigDecimal exact = ExactFunctions.exp(r).subtract(BigDecimal.ONE);
      worst = Math.max(worst, units(second.apply(r).multiply(r.pow(2)).add(r), exact, exact));
    }
    assertThat(worst).isBetween(0.006, 0.0065);
  }

  @Test
  void thePolynomialOfLogarithmsIsAsNearAsItsProofSays() {
    UnaryOperator<BigDecimal> rest = method("rest");
    double worst = 0;
    for (int i = 0; i <= 400; i++) {
      double t = -0.012 * i;
      BigDecimal e = ExactFunctions.exp(new BigDecimal(t));
      BigDecimal s = e.divide(e.add(BigDecimal.TWO), DIGITS);
      BigDecimal term = s.pow(3).multiply(rest.apply(s.pow(2)), DIGITS);
      BigDecimal exact = ExactFunctions.value("softplus", List.of(), t);
      worst = Math.max(worst, units(s.add(s).add(term), exact, exact));
    }
    assertThat(worst).isBetween(0.016, 0.0175);
  }

  /** A last digit of a coefficient is up to one unit, which the stated error would hide. */
  @Test
  void thePolynomialOfSinesIsAsNearAsItsProofSays() {
    UnaryOperator<BigDecimal> sine = method("sineOfQuarter");
    double worst = 0;
    for (int i = 1; i <= 785; i++) {
      double r = i * 0.002;
      BigDecimal exact = ExactFunctions.value("sin", List.of(), r);
      worst = Math.max(worst, units(sine.apply(new BigDecimal(r)), exact, exact));
    }
    assertThat(worst).isBetween(0.045, 0.05);
  }

  @Test
  void theRatioOfMillsIsAsNearAsItsProofSays() {
    UnaryOperator<BigDecimal> mills = method("mills");
    double worst = 0;
    for (int i = 1; i <= 340; i++) {
      double a = i * 0.025;
      BigDecimal exact = ExactFunctions.value("gelu", List.of(), -a).negate();
      BigDecimal argument = new BigDecimal(a);
      BigDecimal power = ExactFunctions.exp(argument.pow(2).divide(BigDecimal.valueOf(-2)));
      BigDecimal computed = argument.multiply(power).multiply(mills.apply(argument), DIGITS);
      worst = Math.max(worst, units(computed, exact, argument));
    }
    assertThat(worst).isBetween(0.004, 0.005);
    for (double a = 8.5; a <= 38.75; a += 2.75) {
      BigDecimal argument = new BigDecimal(a);
      BigDecimal power = ExactFunctions.exp(argument.pow(2).divide(BigDecimal.valueOf(-2)));
      BigDecimal tail = ExactFunctions.value("gelu", List.of(), -a).negate();
      BigDecimal ratio = tail.divide(argument.multiply(power), DIGITS);
      assertThat(mills.apply(argument).divide(ratio, DIGITS).doubleValue())
          .isCloseTo(1, within(0x1p-20));
    }
  }
}
