package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.formats.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The ends of slopes, to the last bit. What is accepted depends on them, so it would depend on the
 * version or on the machine if they did; and a step that is not rounded outward shows here alone.
 * {@link SlopeRangesTest} tells whether they are true.
 */
final class SlopeBitsTest {

  private static final double[] EDGES = {
    Double.NEGATIVE_INFINITY,
    -1e308,
    -0x1p20,
    -760,
    -40,
    -6,
    -3,
    -2,
    -1,
    -0.5,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    0.5,
    1,
    3,
    6,
    40,
    760,
    0x1p20,
    1e308,
    Double.POSITIVE_INFINITY
  };

  private static List<Range> arguments() {
    List<Range> arguments = new ArrayList<>();
    for (double lower : EDGES) {
      for (double upper : EDGES) {
        if (lower <= upper) {
          arguments.add(new Range(lower, upper));
        }
      }
    }
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      double lower = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-3, 5));
      double width = Math.scalb(random.nextDouble(), random.nextInt(-40, 3));
      arguments.add(new Range(lower, lower + width));
    }
    return arguments;
  }

  private static String bits(OfElements function, Range t) {
    Range slopes = SlopeRanges.over(function, t);
    return Double.toHexString(slopes.lower()) + " " + Double.toHexString(slopes.upper()) + "\n";
  }

  private static String line(ElementKind kind) {
    Random random = new Random(kind.name().length());
    String all =
        arguments().stream()
            .map(t -> bits(RandomActivations.ofElements(kind, random), t))
            .collect(Collectors.joining());
    String digest = Digest.of(all.getBytes(StandardCharsets.UTF_8)).toString();
    return kind + " " + digest.substring(digest.length() - 16);
  }

  @Test
  void eachBitIsAsItWas() {
    String found =
        Arrays.stream(ElementKind.values())
            .map(SlopeBitsTest::line)
            .collect(Collectors.joining("\n"));
    assertThat(found)
        .isEqualTo(
            """
            RELU a1c419d246a9f66b
            RELU6 fac7ac04bb296011
            HARD_TANH 07861641157d1b70
            ABS 4d11f4cac1d2324b
            LEAKY_RELU 043dec946276d30b
            TANH 25ae1b51ebb2e711
            SIGMOID 0dbf11e46e486c89
            SOFTPLUS 21ff1397396f149f
            SELU e8848a618f3423f0
            SOFTSIGN 27efa1ea03a73ecc
            HARD_SIGMOID 5cd442f9a0c2602d
            HARD_SWISH 3db10cbc111919fa
            SILU e6a894b375ea183d
            MISH 53230307f13242a0
            SIN e90fb6388946f9b8
            GELU 2342a4be13c7f528
            GELU_TANH 43f94904262839ee
            ELU 2a4d03f9862d0dd7
            CELU 451ec550f71eeacb""");
  }
}
