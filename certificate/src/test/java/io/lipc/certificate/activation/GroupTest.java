package io.lipc.certificate.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Grouped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The coefficients describe the functions: on pairs of inputs the numbers f give the outputs, and
 * the inequality and the gain hold. Exactly where the function maps dyadic numbers to dyadic ones.
 */
final class GroupTest {

  private static final int ROUNDS = 3000;

  private final Random random = new Random(5);

  private static Group group(String name, int width, Double... constants) {
    return Group.of(ActivationFunction.of(name, List.of(constants)), width);
  }

  /** Ties, zeros, huge and tiny numbers. */
  private List<BigDecimal> vector(int size) {
    double scale = Math.scalb(1.0, random.nextInt(-200, 200));
    return IntStream.range(0, size)
        .mapToObj(
            _ ->
                switch (random.nextInt(4)) {
                  case 0 -> scale * (random.nextInt(5) - 2);
                  case 1 -> random.nextGaussian();
                  case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(-300, 300));
                  default -> scale * random.nextGaussian();
                })
        .map(BigDecimal::new)
        .toList();
  }

  /** Another vector, often one that differs in one element only, or by one number in all. */
  private List<BigDecimal> other(List<BigDecimal> z) {
    if (random.nextInt(4) == 0) {
      BigDecimal by = new BigDecimal(random.nextGaussian());
      return z.stream().map(by::add).toList();
    }
    List<BigDecimal> other = new ArrayList<>(vector(z.size()));
    if (random.nextBoolean()) {
      int kept = random.nextInt(z.size());
      IntStream.range(0, z.size()).filter(i -> i != kept).forEach(i -> other.set(i, z.get(i)));
    }
    return other;
  }

  private static List<BigDecimal> minus(List<BigDecimal> a, List<BigDecimal> b) {
    return IntStream.range(0, a.size()).mapToObj(i -> a.get(i).subtract(b.get(i))).toList();
  }

  private static BigDecimal dot(double[] factors, List<BigDecimal> values) {
    return IntStream.range(0, factors.length)
        .mapToObj(i -> new BigDecimal(factors[i]).multiply(values.get(i)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal square(List<BigDecimal> values) {
    return values.stream().map(v -> v.multiply(v)).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal form(Group group, List<BigDecimal> z, List<BigDecimal> both) {
    BigDecimal a = new BigDecimal(group.slopes().lower());
    BigDecimal b = new BigDecimal(group.slopes().upper());
    return IntStream.range(0, group.pairs())
        .mapToObj(
            k -> {
              BigDecimal p = dot(group.read().apply(k), z);
              BigDecimal w = dot(group.bounded().apply(k), both);
              return w.subtract(a.multiply(p)).multiply(b.multiply(p).subtract(w));
            })
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private interface Function {
    List<BigDecimal> of(List<BigDecimal> z);
  }

  /** Everything exactly. */
  private void assertDescribes(Group group, Function fresh, Function function) {
    int still = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<BigDecimal> x = vector(group.size());
      List<BigDecimal> y = other(x);
      List<BigDecimal> z = minus(x, y);
      List<BigDecimal> both = new ArrayList<>(z);
      both.addAll(minus(fresh.of(x), fresh.of(y)));
      List<BigDecimal> outputs = minus(function.of(x), function.of(y));
      for (int i = 0; i < outputs.size(); i++) {
        assertThat(dot(group.given().apply(i), both)).isEqualByComparingTo(outputs.get(i));
      }
      assertThat(form(group, z, both)).isNotNegative();
      boolean moves =
          IntStream.range(0, group.fresh())
              .anyMatch(k -> dot(group.moves().apply(k), z).signum() != 0);
      still += moves ? 0 : 1;
      assertThat(both.subList(z.size(), both.size()))
          .allSatisfy(f -> assertThat(moves || f.signum() == 0).isTrue());
      BigDecimal gain = new BigDecimal(group.gain());
      assertThat(square(outputs)).isLessThanOrEqualTo(gain.multiply(gain).multiply(square(z)));
    }
    assertThat(still).isPositive();
  }

  private static List<BigDecimal> sorted(List<BigDecimal> z) {
    return z.stream().sorted(Comparator.reverseOrder()).toList();
  }

  @Test
  void pairs() {
    Function r = z -> List.of(z.get(0).subtract(z.get(1)).abs());
    assertDescribes(group("maxmin", 8), r, GroupTest::sorted);
    assertDescribes(group("group_sort", 8, 2.0), r, GroupTest::sorted);
  }

  @ParameterizedTest
  @CsvSource({"3", "4", "7"})
  void sorting(double size) {
    Function fresh = z -> minus(sorted(z).subList(0, z.size() - 1), z);
    assertDescribes(group("group_sort", 28, size), fresh, GroupTest::sorted);
  }

  @ParameterizedTest
  @CsvSource({"0.6,-0.8", "1,0", "0,0", "3,-0.1", "0.1,0.2", "1e-200,1"})
  void reflections(double v0, double v1) {
    List<BigDecimal> v = List.of(new BigDecimal(v0), new BigDecimal(v1));
    double[] minus = {-v0, -v1};
    Function fresh = z -> List.of(dot(minus, z).max(BigDecimal.ZERO));
    Function function =
        z -> {
          BigDecimal twice = fresh.of(z).getFirst().multiply(BigDecimal.TWO);
          return List.of(
              z.get(0).add(v.get(0).multiply(twice)), z.get(1).add(v.get(1).multiply(twice)));
        };
    assertDescribes(group("householder", 2, v0, v1), fresh, function);
  }

  private static double[] softmax(double[] z, double temperature) {
    double max = IntStream.range(0, z.length).mapToDouble(i -> z[i]).max().orElseThrow();
    double[] y =
        IntStream.range(0, z.length)
            .mapToDouble(i -> Math.exp((z[i] - max) / temperature))
            .toArray();
    double sum = IntStream.range(0, z.length).mapToDouble(i -> y[i]).sum();
    return IntStream.range(0, z.length).mapToDouble(i -> y[i] / sum).toArray();
  }

  @ParameterizedTest
  @CsvSource({"2,1", "3,0.25", "5,3", "8,0.001"})
  void softmaxAsAWhole(int size, double temperature) {
    Group group = group("softmax", size, temperature);
    double ell = group.gain();
    double tightest = 0;
    double worstElement = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double spread = temperature * Math.scalb(1.0, random.nextInt(-6, 5));
      double[] x = random.doubles(size, -spread, spread).toArray();
      double[] other = x.clone();
      other[random.nextInt(size)] += spread * random.nextGaussian();
      double[] y = softmax(x, temperature);
      double[] otherY = softmax(other, temperature);
      double form = 0;
      double squares = 0;
      double inputs = 0;
      for (int i = 0; i < size; i++) {
        double w = y[i] - otherY[i];
        double z = x[i] - other[i];
        double term = w * (ell * z - w);
        form += term;
        squares += w * w;
        inputs += z * z;
        worstElement = Math.min(worstElement, term);
      }
      assertThat(form).isGreaterThanOrEqualTo(-1e-14);
      assertThat(squares).isLessThanOrEqualTo(ell * ell * inputs + 1e-14);
      tightest = Math.max(tightest, inputs == 0 ? 0 : Math.sqrt(squares / inputs) / ell);
    }
    // The constant is met, nearly; and elements by themselves violate the inequality.
    assertThat(tightest).isBetween(0.5, 1.0 + 1e-6);
    assertThat(worstElement).isNegative();
  }

  /** In double arithmetic, and away from where its differences cancel. */
  @ParameterizedTest
  @CsvSource({"2,1", "3,0.25", "5,3", "8,0.001", "16,1e-5"})
  void layerNormAsAWhole(int size, double epsilon) {
    Tightest reached =
        shrinks(
            group("layer_norm", size, epsilon, 0.0),
            new Grouped.LayerNorm(epsilon, 0),
            () -> Math.sqrt(epsilon) * Math.scalb(1.0, random.nextInt(-6, 5)));
    assertThat(reached.whole).isBetween(0.9, 1.0 + 1e-9);
    assertThat(reached.element).isBetween(0.4, 1.0 + 1e-9);
  }

  /** In double arithmetic, inside of the ball, outside of it, and across the sphere. */
  @ParameterizedTest
  @CsvSource({"2,1", "3,0.25", "5,3", "8,0.001", "16,1e-5"})
  void unitLengthAsAWhole(int size, double least) {
    Tightest reached =
        shrinks(
            group("l2_normalize", size, least),
            new Grouped.UnitLength(least),
            () -> least * Math.scalb(1.0, random.nextInt(-3, 4)));
    assertThat(reached.whole).isBetween(0.999, 1.0 + 1e-9);
    assertThat(reached.element).isBetween(0.4, 1.0 + 1e-9);
  }

  /**
   * How near a function comes to the bounds that are stated.
   *
   * @param whole of its gain
   * @param element of the factor for single elements
   */
  private record Tightest(double whole, double element) {}

  /** Asserts the inequality of a vector as a whole, its gain and the factor for its elements. */
  private Tightest shrinks(Group group, Grouped function, DoubleSupplier spreads) {
    double ell = group.gain();
    double element = ((Magnitudes.Largest) group.magnitudes()).gain();
    double tightest = 0;
    double tightestElement = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double spread = spreads.getAsDouble();
      double[] x = random.doubles(group.size(), -spread, spread).toArray();
      double[] other = x.clone();
      if (random.nextBoolean()) {
        other[random.nextInt(x.length)] += spread * random.nextGaussian();
      } else {
        Arrays.setAll(other, i -> x[i] + (random.nextBoolean() ? spread : -spread) / 64);
      }
      double[] y = function.value(x);
      double[] otherY = function.value(other);
      double form = 0;
      double squares = 0;
      double inputs = 0;
      double mostIn = 0;
      double mostOut = 0;
      for (int i = 0; i < x.length; i++) {
        double w = y[i] - otherY[i];
        double z = x[i] - other[i];
        form += w * (ell * z - w);
        squares += w * w;
        inputs += z * z;
        mostIn = Math.max(mostIn, Math.abs(z));
        mostOut = Math.max(mostOut, Math.abs(w));
      }
      assertThat(form).isGreaterThanOrEqualTo(-1e-12);
      assertThat(squares).isLessThanOrEqualTo(ell * ell * inputs * (1 + 1e-9) + 1e-24);
      assertThat(mostOut).isLessThanOrEqualTo(element * mostIn * (1 + 1e-9) + 1e-12);
      tightest = Math.max(tightest, inputs == 0 ? 0 : Math.sqrt(squares / inputs) / ell);
      tightestElement = Math.max(tightestElement, mostIn == 0 ? 0 : mostOut / mostIn / element);
    }
    return new Tightest(tightest, tightestElement);
  }

  /** The bound for single elements is reached, up to (n + 1) / (n + sqrt n), on the sphere. */
  @Test
  void elementsOfAUnitLengthMoveAlmostAsFarAsIsSaid() {
    int n = 64;
    double reached = 0;
    for (int k = 1; k < n; k++) {
      double[] signs = new double[n];
      int plus = k;
      Arrays.setAll(signs, i -> i < plus ? 1 : -1);
      // u halfway between e_0 and the direction of -g, where the product of both is most negative.
      double[] u = new double[n];
      Arrays.setAll(u, i -> (i == 0 ? 1 : 0) - signs[i] / Math.sqrt(n));
      double norm = Math.sqrt(Arrays.stream(u).map(e -> e * e).sum());
      double[] at = Arrays.stream(u).map(e -> e * 1.000001 / norm).toArray();
      reached = Math.max(reached, Math.abs(new Grouped.UnitLength(1).times(at, signs)[0]));
    }
    double stated = ((Magnitudes.Largest) group("l2_normalize", n, 1.0).magnitudes()).gain();
    assertThat(stated).isBetween(4.5, 4.5 + 1e-12);
    assertThat(reached).isBetween(0.99 * stated, stated);
  }

  @Test
  void theConstantOfAUnitLengthIsTheLeastThatIsNotBelowTheRealOne() {
    for (int round = 0; round < ROUNDS; round++) {
      double least = Math.scalb(1 + random.nextDouble(), random.nextInt(-1023, 1022));
      double gain = group("l2_normalize", 3, least).gain();
      BigDecimal exact = new BigDecimal(least);
      assertThat(new BigDecimal(gain).multiply(exact)).isGreaterThanOrEqualTo(BigDecimal.ONE);
      assertThat(new BigDecimal(Math.nextDown(gain)).multiply(exact)).isLessThan(BigDecimal.ONE);
    }
    assertThat(group("l2_normalize", 3, 0.25).gain()).isEqualTo(4);
  }

  /** The gain is the least double that is possible: none is forged by an ulp. */
  @Test
  void theConstantOfLayerNormIsTheLeastThatIsNotBelowTheRealOne() {
    for (int round = 0; round < ROUNDS; round++) {
      double epsilon = Math.scalb(1 + random.nextDouble(), random.nextInt(-1074, 1024));
      double gain = group("layer_norm", 3, epsilon, 0.0).gain();
      BigDecimal exact = new BigDecimal(epsilon);
      assertThat(new BigDecimal(gain).pow(2).multiply(exact))
          .isGreaterThanOrEqualTo(BigDecimal.ONE);
      assertThat(new BigDecimal(Math.nextDown(gain)).pow(2).multiply(exact))
          .isLessThan(BigDecimal.ONE);
    }
    assertThat(group("layer_norm", 3, 0.25, 0.0).gain()).isEqualTo(2);
    assertThat(group("layer_norm", 3, 1e-5, 0.0).gain()).isBetween(316.22776, 316.22777);
  }

  /** A difference that two opposite signs of all others make largest, where n is a square. */
  @Test
  void elementsOfLayerNormMoveAlmostAsFarAsIsSaid() {
    int n = 64;
    Group group = group("layer_norm", n, 1.0, 0.0);
    double reached = 0;
    for (int k = 2; k < n; k++) {
      // v between the largest q and r of the proof, far out, where its length is next to 1.
      double[] signs = new double[n];
      int plus = k;
      Arrays.setAll(signs, i -> i == 0 || i >= plus ? 1 : -1);
      double mean = Arrays.stream(signs).sum() / n;
      double[] r = Arrays.stream(signs).map(s -> s - mean).toArray();
      double length = Math.sqrt(Arrays.stream(r).map(e -> e * e).sum());
      double[] x = new double[n];
      Arrays.setAll(x, i -> (i == 0 ? 1 : 0) - 1.0 / n - r[i] / length);
      double norm = Math.sqrt(Arrays.stream(x).map(e -> e * e).sum());
      for (double size : new double[] {1, 4, 8, 16}) {
        double[] at = Arrays.stream(x).map(e -> e * size / norm).toArray();
        reached = Math.max(reached, Math.abs(new Grouped.LayerNorm(1, 0).times(at, signs)[0]));
      }
    }
    double stated = ((Magnitudes.Largest) group.magnitudes()).gain();
    assertThat(stated).isBetween(4.5, 4.5 + 1e-12);
    assertThat(reached).isBetween(0.4 * stated, stated);
  }

  @Test
  void softmaxHasItsSlopeAtTheMiddleOfTwo() {
    double h = 1e-4;
    double[] y = softmax(new double[] {h, -h}, 0.25);
    double[] other = softmax(new double[] {-h, h}, 0.25);
    double ratio = (y[0] - other[0]) / (2 * h);
    assertThat(ratio / group("softmax", 2, 0.25).gain()).isBetween(1 - 1e-6, 1.0);
  }

  @Test
  void theConstantOfSoftmaxIsNeverBelowTheRealOne() {
    for (int round = 0; round < ROUNDS; round++) {
      double temperature = Math.scalb(1 + random.nextDouble(), random.nextInt(-1000, 1020));
      BigDecimal twice =
          new BigDecimal(group("softmax", 3, temperature).gain()).multiply(BigDecimal.TWO);
      assertThat(twice.multiply(new BigDecimal(temperature)))
          .isGreaterThanOrEqualTo(BigDecimal.ONE);
    }
    assertThat(group("softmax", 3, 1.0).gain()).isEqualTo(0.5);
  }
}
