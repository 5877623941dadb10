package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.formats.ElementType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * {@link RoundingBound} computes in doubles itself, and pays for what it loses: long sums of which
 * the last bits are lost, numbers near the least positive double, and sums that cancel; and near
 * the largest number of a format there is no bound.
 *
 * <p>Of a sum of products its comment says how: here in rational arithmetic, but for the four sums.
 */
final class RoundingLossTest {

  /** An operand as {@link RoundingBound} knows it. */
  private record Element(double lower, double upper, double error) {

    double magnitude() {
      return Math.nextUp(Math.max(Math.abs(lower), Math.abs(upper)) + error);
    }

    double centre() {
      return Math.max(lower, Math.min(lower / 2 + upper / 2, upper));
    }

    double radius() {
      return Math.max(Math.nextUp(centre() - lower), Math.nextUp(upper - centre()));
    }
  }

  /** The sums in doubles, and what the theorem makes of them. */
  private static final class Sums {
    private final ElementType type;
    private final int count;
    private double centre;
    private double radius;
    private double inherited;
    private double terms;

    Sums(ElementType type, List<Element> x, double shift, double[] factors) {
      this.type = type;
      this.count = factors.length + 1;
      centre = shift;
      terms = Math.abs(shift);
      for (int j = 0; j < factors.length; j++) {
        double size = Math.abs(factors[j]);
        centre += factors[j] * x.get(j).centre();
        radius += size * x.get(j).radius();
        inherited += size * x.get(j).error();
        terms += size * x.get(j).magnitude();
      }
    }

    private BigDecimal gamma(double unitRoundoff) {
      return ExactAnalysis.gamma(count, new BigDecimal(unitRoundoff));
    }

    /** No sum of these terms, none of which is negative, is larger. */
    private BigDecimal most(double sum) {
      return new BigDecimal(sum)
          .multiply(BigDecimal.ONE.add(BigDecimal.TWO.multiply(gamma(0x1p-53))))
          .add(new BigDecimal(Double.MIN_VALUE).multiply(new BigDecimal(2 * count)));
    }

    BigDecimal error() {
      double least = type == ElementType.F32 ? Float.MIN_VALUE : Double.MIN_VALUE;
      return most(inherited)
          .add(gamma(type == ElementType.F32 ? 0x1p-24 : 0x1p-53).multiply(most(terms)))
          .add(new BigDecimal(least).multiply(new BigDecimal(count)));
    }

    /** Of what the computed value lies in. */
    BigDecimal upper() {
      BigDecimal lost =
          gamma(0x1p-53)
              .multiply(most(terms))
              .add(new BigDecimal(Double.MIN_VALUE).multiply(new BigDecimal(2 * count)));
      return new BigDecimal(centre).add(most(radius)).add(lost).add(error());
    }
  }

  private final SplittableRandom random = new SplittableRandom(15);
  private ElementType type = ElementType.F32;

  private NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = type;
    return net;
  }

  private static double bound(NetworkUnderTest net) {
    return RoundingBound.maxError(net.subject()).orElseThrow();
  }

  private static void assertWithin(double bound, BigDecimal formula, String what) {
    BigDecimal most =
        formula.multiply(new BigDecimal(1 + 0x1p-48)).add(new BigDecimal(12 * Double.MIN_VALUE));
    assertThat(new BigDecimal(bound)).as(what).isBetween(formula, most);
  }

  private static Unit.Box box(List<Element> elements) {
    return new Unit.Box(
        elements.stream().map(Element::lower).toList(),
        elements.stream().map(Element::upper).toList());
  }

  /** Softsign has errors of its own, and is the same on all machines. */
  private Element softsign(Element x) {
    NetworkUnderTest net = network();
    net.activation(net.add(new Unit.Input(1, Optional.of(box(List.of(x))))), "softsign");
    Range image = Elementwise.of("softsign", List.of()).over(new Range(x.lower(), x.upper()));
    return new Element(image.lower(), image.upper(), bound(net));
  }

  private List<Element> elements(int size) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double lower = random.nextDouble(-4, 4);
      elements.add(new Element(lower, lower + random.nextDouble(4), 0));
    }
    return elements;
  }

  /** Of numbers about 1, and of so small ones that hardly anything but 0 is below. */
  @Test
  void errorsOfSums() {
    for (ElementType each : ElementType.values()) {
      type = each;
      for (int size : new int[] {1, 2, 3, 40, 300}) {
        for (int exponent : new int[] {0, 40, each == ElementType.F32 ? -140 : -1070}) {
          errorsOfSums(size, exponent);
        }
      }
    }
  }

  private void errorsOfSums(int size, int exponent) {
    List<Element> inputs = elements(size);
    List<Element> operands = inputs.stream().map(this::softsign).toList();
    double[][] weight = new double[8][size];
    double[] bias = new double[8];
    for (int i = 0; i < 8; i++) {
      Arrays.setAll(weight[i], _ -> number(exponent));
      bias[i] = i % 2 == 0 ? 0 : number(exponent);
    }
    NetworkUnderTest net = network();
    int x = net.add(new Unit.Input(size, Optional.of(box(inputs))));
    int y = net.dense(net.activation(x, "softsign"), weight, bias);
    int selected = net.add(Unit.select(y, List.of(0)));
    for (int i = 0; i < 8; i++) {
      net.units.set(selected, Unit.select(y, List.of(i)));
      BigDecimal formula = new Sums(type, operands, bias[i], weight[i]).error();
      assertWithin(bound(net), formula, size + " terms about 2^" + exponent + " in " + type);
    }
  }

  private double number(int exponent) {
    return type.round(Math.scalb(random.nextDouble(-1, 1), exponent));
  }

  /** The upper ends of sums that cancel: nothing but what was lost is above 0. */
  @Test
  void enclosuresOfSums() {
    for (ElementType each : ElementType.values()) {
      type = each;
      for (int size : new int[] {2, 3, 40, 300}) {
        for (int exponent : new int[] {0, each == ElementType.F32 ? -100 : -1070}) {
          for (double width : new double[] {0, 0x1p-50, 0x1p-30, 1}) {
            enclosuresOfSums(size, exponent, width);
          }
        }
      }
    }
  }

  private void enclosuresOfSums(int size, int exponent, double width) {
    List<Element> x = new ArrayList<>();
    for (int i = 0; i < size - 1; i++) {
      double lower = type.round(random.nextDouble(-4, 4));
      x.add(new Element(lower, type.round(lower + width), 0));
    }
    x.add(new Element(1, 1, 0));
    double[] factors = new double[size];
    Arrays.setAll(factors, _ -> number(exponent));
    factors[size - 1] = 0;
    double others = new Sums(type, x, 0, factors).centre;
    factors[size - 1] = type.round(-others);
    NetworkUnderTest net = network();
    int input = net.add(new Unit.Input(size, Optional.of(box(x))));
    double factor = Math.scalb(1.0, Math.min(-exponent, 1000));
    net.call(net.dense(input, new double[][] {factors}), "test.Above", above(factor));
    BigDecimal upper = new Sums(type, x, 0, factors).upper();
    BigDecimal product = upper.multiply(new BigDecimal(factor));
    BigDecimal unit = new BigDecimal(type == ElementType.F32 ? 0x1p-24 : 0x1p-53);
    double least = type == ElementType.F32 ? Float.MIN_VALUE : Double.MIN_VALUE;
    BigDecimal lost = ExactAnalysis.gamma(2, new BigDecimal(0x1p-53)).multiply(BigDecimal.TWO);
    BigDecimal formula =
        ExactAnalysis.gamma(2, unit)
            .multiply(product.multiply(BigDecimal.ONE.add(lost)))
            .add(new BigDecimal(2 * least));
    BigDecimal slack =
        formula
            .multiply(new BigDecimal(0x1p-46))
            .add(new BigDecimal(24 * Double.MIN_VALUE).multiply(new BigDecimal(factor)));
    assertThat(new BigDecimal(bound(net)))
        .as("the upper end of %d terms about 2^%d, %s wide, in %s", size, exponent, width, type)
        .isBetween(formula, formula.add(slack));
  }

  /** The error of one product with a positive number tells its size. */
  private Subject above(double factor) {
    NetworkUnderTest net = network();
    net.scale(net.activation(net.input(1), "relu"), factor);
    net.bound = Double.MIN_VALUE;
    return net.subject();
  }
}
