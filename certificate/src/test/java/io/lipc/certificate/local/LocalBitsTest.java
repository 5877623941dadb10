package io.lipc.certificate.local;

import static io.lipc.certificate.local.DerivativesTest.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;
import io.lipc.formats.Digest;
import io.lipc.formats.Norm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Bounds on a box, to the last bit. The verdict depends on them, so it would depend on the version
 * or on the machine if it did; and a step that is not rounded outward shows here alone. The other
 * tests of this package tell whether it is true. No function is among these that a library
 * computes, which machines may do differently.
 */
final class LocalBitsTest {

  private static final List<ElementKind> ELEMENTS =
      List.of(
          ElementKind.RELU,
          ElementKind.LEAKY_RELU,
          ElementKind.ABS,
          ElementKind.RELU6,
          ElementKind.HARD_TANH,
          ElementKind.HARD_SIGMOID,
          ElementKind.HARD_SWISH,
          ElementKind.SOFTSIGN);

  private static final List<GroupKind> GROUPS =
      List.of(GroupKind.MAXMIN, GroupKind.GROUP_SORT, GroupKind.HOUSEHOLDER);

  private static String digest(String text) {
    String digest = Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
    return digest.substring(digest.length() - 8);
  }

  private static String bits(double... numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toHexString).collect(Collectors.joining(" "));
  }

  private static String bits(List<Range> ranges) {
    return ranges.stream().map(r -> bits(r.lower(), r.upper())).collect(Collectors.joining("\n"));
  }

  private static String bits(Line line) {
    return bits(line.slope(), line.offset());
  }

  /** Every third number is zero, so that what is not read is seen as well. */
  private static double[] sparse(Random random, int size) {
    double[] row = new double[size];
    Arrays.setAll(row, _ -> random.nextInt(3) == 0 ? 0 : random.nextGaussian());
    return row;
  }

  private static double[][] matrix(Random random, int rows, int columns) {
    double[][] w = new double[rows][];
    Arrays.setAll(w, _ -> sparse(random, columns));
    return w;
  }

  private static ActivationFunction function(Enum<?> kind, Random random) {
    return kind instanceof ElementKind element
        ? RandomActivations.ofElements(element, random)
        : RandomActivations.ofGroups((GroupKind) kind, 2, random);
  }

  /** Two branches, of which one is read twice; groups are neighbours, or channels of an image. */
  private static Subject network(Enum<?> kind, Norms norms, int number) {
    Random random = new Random(31L * kind.name().hashCode() + number);
    NetworkUnderTest net = new NetworkUnderTest();
    double middle = random.nextGaussian();
    double half = Math.scalb(1.0, random.nextInt(-5, 1));
    int input = net.input(middle - half, middle + half, 3);
    int pixels = 1 + 2 * (number % 2);
    int z = net.dense(input, matrix(random, 6, 3), sparse(random, 6));
    int left = net.add(new Unit.Activation(z, function(kind, random), 6, pixels));
    int v = net.dense(input, matrix(random, 6, 3), sparse(random, 6));
    int right = net.add(new Unit.Activation(v, function(kind, random), 6, pixels));
    int both = net.sum(left, right, left);
    int all = net.concat(both, z);
    int y = net.dense(all, matrix(random, 6, 12), sparse(random, 6));
    int last = net.add(new Unit.Activation(y, function(kind, random), 6, pixels));
    net.dense(last, matrix(random, 2, 6));
    return local(net, norms);
  }

  private static List<Enum<?>> kinds() {
    List<Enum<?>> kinds = new ArrayList<>(ELEMENTS);
    kinds.addAll(GROUPS);
    return kinds;
  }

  private static String ofValues(Enum<?> kind) {
    return IntStream.range(0, 6)
        .mapToObj(
            k ->
                LocalBounds.ranges(Region.of(network(kind, Norms.EUCLIDEAN, k)), _ -> {})
                    .orElseThrow())
        .flatMap(List::stream)
        .map(LocalBitsTest::bits)
        .collect(Collectors.joining("\n"));
  }

  private static String ofDerivatives(Enum<?> kind) {
    List<String> all = new ArrayList<>();
    for (int k = 0; k < 6; k++) {
      Subject subject = network(kind, Norms.EUCLIDEAN, k);
      Derivatives derivatives =
          new Derivatives(
              Differences.of(Region.of(subject), _ -> {}).orElseThrow(), k % 2, _ -> {});
      all.add(bits(IntStream.range(0, 3).mapToObj(derivatives::ofInput).toList()));
      double[] form = sparse(new Random(k), 3);
      all.add(bits(derivatives.leastOfInput(form)));
    }
    return String.join("\n", all);
  }

  private static String ofBounds(Enum<?> kind) {
    List<String> all = new ArrayList<>();
    for (Norm input : Norm.values()) {
      for (Norm output : Norm.values()) {
        for (int k = 0; k < 3; k++) {
          Subject subject = network(kind, new Norms(input, output), k);
          all.add(bits(Rows.bound(subject, new BoxTree.Leaf(), _ -> {})));
        }
      }
    }
    return String.join("\n", all);
  }

  @Test
  void networks() {
    String found =
        kinds().stream()
            .map(
                kind ->
                    String.join(
                        " ",
                        kind.name(),
                        digest(ofValues(kind)),
                        digest(ofDerivatives(kind)),
                        digest(ofBounds(kind))))
            .collect(Collectors.joining("\n"));
    assertThat(found)
        .isEqualTo(
            """
            RELU 2a3f70c3 c22ae85d ff4e5de8
            LEAKY_RELU 60b259a8 98b28664 612dc3a7
            ABS 2fb1990d 28d1bf73 fdd91f5b
            RELU6 465dbd6e 465090cf 523c19e6
            HARD_TANH 8d9e3bf9 8bf1e87a e719cf7b
            HARD_SIGMOID 6d26d61b ec2d49ba c882efa9
            HARD_SWISH e21f39ac 3ddf3388 3830ac65
            SOFTSIGN fb64078a a59899f7 648afcc1
            MAXMIN 4915a64d f9e955e8 1e71aca2
            GROUP_SORT 17fcebb4 ef08cff9 ca20239d
            HOUSEHOLDER c00e2720 e377432b b3ab4eff\
            """);
  }

  private static List<Range> ranges(Random random) {
    List<Range> ranges = new ArrayList<>();
    double[] edges = {-0x1p900, -40, -3, -1, -Double.MIN_VALUE, 0, 0.5, 6, 0x1p900};
    for (double lower : edges) {
      for (double upper : edges) {
        if (lower <= upper) {
          ranges.add(new Range(lower, upper));
        }
      }
    }
    for (int i = 0; i < 100; i++) {
      double lower = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-3, 4));
      ranges.add(new Range(lower, lower + Math.scalb(random.nextDouble(), random.nextInt(-9, 5))));
    }
    return ranges;
  }

  @Test
  void lines() {
    Random random = new Random(3);
    List<String> found = new ArrayList<>();
    for (ElementKind kind : ELEMENTS) {
      OfElements function = RandomActivations.ofElements(kind, random);
      List<String> all = new ArrayList<>();
      for (Range z : ranges(random)) {
        Range slopes = SlopeRanges.over(function, z);
        all.add(bits(Line.below(function, z, slopes)));
        all.add(bits(Line.above(function, z, slopes)));
      }
      found.add(kind + " " + digest(String.join("\n", all)));
    }
    List<String> products = new ArrayList<>();
    for (Range s : ranges(random).subList(20, 70)) {
      for (Range g : ranges(random)) {
        products.add(bits(Line.below(s, g)));
        products.add(bits(Line.above(s, g)));
        products.add(bits(List.of(Products.product(s, g), Products.sum(s, g))));
      }
    }
    found.add("products " + digest(String.join("\n", products)));
    assertThat(String.join("\n", found))
        .isEqualTo(
            """
            RELU e719bb1f
            LEAKY_RELU bd614423
            ABS 5d817a16
            RELU6 7859abb2
            HARD_TANH b6e571e9
            HARD_SIGMOID 9dfff6cf
            HARD_SWISH 62d80cee
            SOFTSIGN 707e6f89
            products 578ba305\
            """);
  }

  /** Beside a bound of 0, each bit of what is subtracted from it is seen. */
  @Test
  void whatIsPaid() {
    Random random = new Random(5);
    List<String> all = new ArrayList<>();
    for (int k = 1; k <= 200; k++) {
      Factors factors = new Factors(2);
      for (int n = 0; n < k; n++) {
        factors.add(1, random.nextGaussian(), random.nextGaussian());
      }
      Range value = new Range(-random.nextDouble(), random.nextDouble());
      all.add(bits(factors.paid(0, List.of(value, value)), factors.paid(k, List.of(value, value))));
    }
    assertThat(digest(String.join("\n", all))).isEqualTo("9367ad0d");
  }

  /** Products are counted where they are taken: which texts are refused depends on their number. */
  @Test
  void work() {
    LongAdder spent = new LongAdder();
    List<Long> found = new ArrayList<>();
    for (Enum<?> kind : List.of(ElementKind.RELU, GroupKind.MAXMIN)) {
      Subject subject = network(kind, Norms.EUCLIDEAN, 0);
      LocalBounds.known(subject, spent::add);
      found.add(spent.sumThenReset());
      Rows.bound(subject, new BoxTree.Leaf(), spent::add);
      found.add(spent.sumThenReset());
      List<Claim.Trend> trends =
          List.of(
              new Claim.Trend(true, List.of(0), List.of(0)),
              new Claim.Trend(false, List.of(1, 2), List.of(0)));
      Rows.against(subject, trends, new BoxTree.Leaf(), spent::add);
      found.add(spent.sumThenReset());
    }
    assertThat(found).isEqualTo(List.of(95970L, 99330L, 97674L, 98982L, 104998L, 102014L));
  }
}
