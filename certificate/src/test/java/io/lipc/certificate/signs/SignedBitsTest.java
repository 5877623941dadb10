package io.lipc.certificate.signs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.signs.SignedPoint.Found;
import io.lipc.formats.Digest;
import io.lipc.formats.Norm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The signs that are used are those of functions with one kink; and radii, to the last bit. A step
 * that is not rounded downward shows in bits alone, and so does a radius that depends on the
 * machine. {@link SignedPairsTest} tells whether they are true.
 */
final class SignedBitsTest {

  private static final int WIDTH = 6;

  private static double[][] weight(Random random, int rows, int columns) {
    double[][] weight = new double[rows][columns];
    for (double[] row : weight) {
      Arrays.setAll(row, _ -> (float) random.nextGaussian());
    }
    return weight;
  }

  private static double[] bias(Random random, int size) {
    return random.doubles(size, -1, 1).map(v -> (float) v).toArray();
  }

  /**
   * Three outputs behind two activations; multipliers of all kinds of size, which bound nothing.
   */
  private static Subject pairs(
      Random random, Norm norm, Optional<InputScale> scale, ActivationFunction... functions) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.bound = 1e9;
    int at = net.input(4);
    int columns = 4;
    // Proofs are about the units behind the one that scales the input.
    int shift = scale.isPresent() ? 1 : 0;
    List<Proof.Multiplier> slopes = new ArrayList<>();
    for (ActivationFunction function : functions) {
      at = net.dense(at, weight(random, WIDTH, columns), bias(random, WIDTH));
      at = RandomActivations.add(net, at, function, WIDTH);
      slopes.add(
          new Proof.Multiplier(at + shift, Constraint.SLOPE, List.of(random.nextDouble() / 7)));
      columns = WIDTH;
    }
    net.dense(at, weight(random, 3, columns), bias(random, 3));
    if (norm == Norm.LINF) {
      slopes.add(
          0, new Proof.Multiplier(0, Constraint.RANGE, List.of(0.125, 0.1875, 0.25, 0.3125)));
    }
    Subject network = net.subject();
    Certificate about = network.certificate();
    Certificate pairs =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Pairs(norm, scale, OptionalDouble.of(0.01)),
            "by hand",
            PairUnits.of(about.units(), List.of(0.75, 0.5, 0.375)),
            new Grounds.GivenWeights(
                about.tensors(),
                Grounds.Calls.BOUNDED,
                Collections.nCopies(6, WithoutOutput.proof(slopes))));
    return net.subject(pairs);
  }

  private static OfElements elements(ElementKind kind, double... constants) {
    return new OfElements(kind, Arrays.stream(constants).boxed().toList());
  }

  private static OfGroups groups(GroupKind kind, double... constants) {
    return new OfGroups(kind, Arrays.stream(constants).boxed().toList());
  }

  private static boolean usesSigns(ActivationFunction function) {
    Subject pairs = pairs(new Random(1), Norm.L2, Optional.empty(), function);
    return SignedPairs.of(pairs)
        .map(
            signed -> {
              boolean[] kinked = signed.searched(0).kinked();
              assertThat(kinked).hasSize(signed.constraints()).doesNotContain(false);
              return true;
            })
        .orElse(false);
  }

  @ParameterizedTest
  @EnumSource
  void elementsWithOneKinkAtZeroHaveSigns(ElementKind kind) {
    if (kind == ElementKind.LEAKY_RELU) {
      for (double slope : new double[] {-3, -0.5, 0, 0.5, 0.9375}) {
        assertThat(usesSigns(elements(kind, slope))).as("%s", slope).isTrue();
      }
      for (double slope : new double[] {1, 1.0625, 1.5, 3}) {
        assertThat(usesSigns(elements(kind, slope))).as("%s", slope).isFalse();
      }
    } else {
      OfElements function = RandomActivations.ofElements(kind, new Random(2));
      assertThat(usesSigns(function))
          .isEqualTo(kind == ElementKind.RELU || kind == ElementKind.ABS);
    }
  }

  @Test
  void groupsOfTwoThatAreReflectedHaveSigns() {
    assertThat(usesSigns(groups(GroupKind.MAXMIN))).isTrue();
    assertThat(usesSigns(groups(GroupKind.GROUP_SORT, 2))).isTrue();
    assertThat(usesSigns(groups(GroupKind.HOUSEHOLDER, 0.5, -0.25))).isTrue();
    assertThat(usesSigns(groups(GroupKind.GROUP_SORT, 3))).isFalse();
    assertThat(usesSigns(groups(GroupKind.SOFTMAX, 1))).isFalse();
    assertThat(usesSigns(groups(GroupKind.LAYER_NORM, 0.5, 0))).isFalse();
  }

  private static String hex(double value) {
    return Double.toHexString(value) + " ";
  }

  private static double[] numbers(Random random, int size, double scale) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, _ -> random.nextInt(5) == 0 ? 0 : scale * random.nextGaussian());
    return numbers;
  }

  /** Ends of u0 and v0, margins and radii, by numbers such as a search may find, or not. */
  private static String bits(Subject pairs, Random random) {
    SignedPairs signed = SignedPairs.of(pairs).orElseThrow();
    SignedPoint point = signed.at(numbers(random, 4, 1));
    StringBuilder bits = new StringBuilder();
    for (int k = 0; k < signed.constraints(); k++) {
      bits.append(hex(point.above(k))).append(hex(point.below(k)));
    }
    for (int pair = 0; pair < signed.pairs(); pair++) {
      SignedPairs.SearchedPair searched = signed.searched(pair);
      for (int k = 0; k < signed.constraints(); k++) {
        bits.append(Arrays.toString(searched.du()[k])).append(Arrays.toString(searched.dv()[k]));
      }
      bits.append(Arrays.toString(searched.out())).append(Arrays.toString(searched.mu()));
      for (boolean first : new boolean[] {false, true}) {
        bits.append(hex(point.margin(pair, first, 1e-3)));
        bits.append(hex(point.margin(pair, first, 7)));
        for (double sigma : new double[] {1e-5, 1e-4, 1e-3}) {
          double[] above = numbers(random, signed.constraints(), sigma / 8);
          double[] below = numbers(random, signed.constraints(), sigma / 8);
          double[] z = numbers(random, signed.coordinates(), sigma / 8);
          double radius = point.radius(pair, first, 1e-3, new Found(sigma, above, below, z));
          bits.append(hex(radius)).append(radius > 0 ? "positive " : "");
        }
      }
    }
    return bits.toString();
  }

  private static final Map<String, ActivationFunction[]> FUNCTIONS =
      new TreeMap<>(
          Map.of(
              "relu, abs",
              new ActivationFunction[] {elements(ElementKind.RELU), elements(ElementKind.ABS)},
              "leaky_relu, tanh",
              new ActivationFunction[] {
                elements(ElementKind.LEAKY_RELU, 0.3125), elements(ElementKind.TANH)
              },
              "tanh, leaky_relu",
              new ActivationFunction[] {
                elements(ElementKind.TANH), elements(ElementKind.LEAKY_RELU, -0.75)
              },
              "maxmin, householder",
              new ActivationFunction[] {
                groups(GroupKind.MAXMIN), groups(GroupKind.HOUSEHOLDER, 0.5, -0.25)
              },
              "group_sort, relu",
              new ActivationFunction[] {
                groups(GroupKind.GROUP_SORT, 2), elements(ElementKind.RELU)
              }));

  private static String line(String name, Norm norm, Optional<InputScale> scale) {
    Random random = new Random(name.length());
    String all =
        IntStream.range(0, 12)
            .mapToObj(_ -> bits(pairs(random, norm, scale, FUNCTIONS.get(name)), random))
            .collect(Collectors.joining("\n"));
    // In half of all cases the other output is the larger one.
    assertThat(all.split("positive", -1).length).isGreaterThan(12 * 3 * 2);
    String digest = Digest.of(all.getBytes(StandardCharsets.UTF_8)).toString();
    return name + ": " + digest.substring(digest.length() - 16);
  }

  private static String lines(Norm norm, Optional<InputScale> scale) {
    return FUNCTIONS.keySet().stream()
        .map(name -> line(name, norm, scale))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void eachBitIsAsItWas() {
    InputScale units = new InputScale.Units(List.of(0.5, 3.0, 1.25, 0.1), Optional.empty());
    assertThat(
            lines(Norm.L2, Optional.empty())
                + "\nfrom linf\n"
                + lines(Norm.LINF, Optional.empty())
                + "\nin units\n"
                + lines(Norm.L2, Optional.of(units)))
        .isEqualTo(
            """
            group_sort, relu: f3cd521b54c1254a
            leaky_relu, tanh: d40ca6908df08f86
            maxmin, householder: e3e58b3845c3df31
            relu, abs: b446db0f2823796c
            tanh, leaky_relu: e3fb613a3043d9cf
            from linf
            group_sort, relu: f9b3b669473fac55
            leaky_relu, tanh: 9d13e31611f00dd2
            maxmin, householder: 6f382b0d7daab049
            relu, abs: 7b0b975d4e48bfe5
            tanh, leaky_relu: c2b5127c35613afc
            in units
            group_sort, relu: ae6225a84c9f34f0
            leaky_relu, tanh: ca5020f966e98704
            maxmin, householder: 284526d64ffb366e
            relu, abs: 510403a67efb833d
            tanh, leaky_relu: 727d15b217ab545c""");
  }

  /** Any numbers may be found; those that are none show nothing. */
  @Test
  void whatIsNoNumberShowsNothing() {
    Subject pairs = pairs(new Random(3), Norm.L2, Optional.empty(), elements(ElementKind.RELU));
    SignedPairs signed = SignedPairs.of(pairs).orElseThrow();
    SignedPoint point = signed.at(new double[] {1, -2, 0.5, 3});
    double[] none = new double[signed.constraints()];
    double[] still = new double[signed.coordinates()];
    boolean first = point.margin(0, true, 0) > 0;
    assertThat(point.radius(0, first, 0, new Found(1e-3, none, none, still))).isPositive();
    for (double sigma :
        new double[] {-1e-3, -1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
      for (boolean either : new boolean[] {true, false}) {
        assertThat(point.radius(0, either, 0, new Found(sigma, none, none, still))).isZero();
      }
    }
    for (double wild : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      double[] z = still.clone();
      z[2] = wild;
      assertThat(point.radius(0, first, 0, new Found(1e-3, none, none, z))).isZero();
    }
  }
}
