package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Claim;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Safetensors;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.radius.LocalOptions;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class with radii by signs, from its declaration to what it computes in floats. */
final class SignsTest {

  private static final String TEXT =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(100) %s @WeightsFile("w.safetensors")
      public interface Signed {
        @Input(value = 2, min = -1, max = 1) float[] x();
        @Dense(8) @Relu float[] h(float[] x);
        @Dense(3) @Output float[] y(float[] h);
      }
      """;

  @TempDir private Path work;

  private static String weights() {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder();
    for (String tensor :
        List.of("h.weight [8, 2]", "h.bias [8]", "y.weight [3, 8]", "y.bias [3]")) {
      int count = tensor.contains("8, 2") ? 16 : tensor.contains("3, 8") ? 24 : 8;
      count = tensor.startsWith("y.bias") ? 3 : count;
      text.append("F32 ").append(tensor);
      for (int k = 0; k < count; k++) {
        text.append(' ').append((float) random.nextGaussian());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private FloatNetwork network(String annotation) throws Exception {
    Path folder = Files.createDirectories(work.resolve("source"));
    Path source = Files.writeString(folder.resolve("Signed.java"), TEXT.formatted(annotation));
    Javac javac = new Javac(work.resolve("signed" + annotation.length()));
    Path file = Files.createDirectories(javac.classes().resolve("demo")).resolve("w.safetensors");
    Path lines = Files.writeString(work.resolve("lines.txt"), weights());
    Files.write(file, Safetensors.write(Javac.tensors(lines)));
    assertThat(javac.compile(List.of(source)).output()).doesNotContain("error:");
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      Class<?> type = loader.loadClass("demo.SignedNetwork");
      return (FloatNetwork) type.getMethod("load").invoke(null);
    }
  }

  private static float[] logits(FloatNetwork network, float[] x) {
    float[] y = new float[3];
    network.apply(x, y);
    return y;
  }

  private static int winner(float[] y) {
    int winner = 0;
    for (int j = 1; j < y.length; j++) {
      winner = y[j] > y[winner] ? j : winner;
    }
    return winner;
  }

  @Test
  void a_class_has_radii_by_signs_where_it_asks_for_them() throws Exception {
    FloatNetwork plain = network("@Pairs");
    FloatNetwork signed = network("@Pairs(signs = true)");
    assertThat(plain.hasRadiiBySigns()).isFalse();
    assertThat(signed.hasRadiiBySigns()).isTrue();
    assertThat(signed.verify()).isEqualTo(new Verdict.Accepted());
    assertThat(((Claim.Pairs) signed.furtherClaims().getFirst().certificate().claim()).delta())
        .isPresent();
    double error = RoundingBound.maxError(signed.subject()).orElseThrow();
    Random random = new Random(3);
    double gain = 0;
    for (int sample = 0; sample < 50; sample++) {
      float[] x = {random.nextFloat(-1, 1), random.nextFloat(-1, 1)};
      float[] y = logits(signed, x);
      double byPairs = CertifiedRadius.of(y, signed.pairBounds().orElseThrow(), error);
      double radius = signed.certifiedRadius(x, y);
      assertThat(radius).isGreaterThanOrEqualTo(byPairs);
      assertThat(byPairs).isEqualTo(plain.certifiedRadius(x, logits(plain, x)));
      assertThat(signed.certifiedRadius(signed.newWorkspace(), x, y)).isEqualTo(radius);
      assertThat(signed.certifiedRadius(x, y, LocalOptions.DEFAULT)).isEqualTo(radius);
      assertThat(signed.certifiedRadius(x, y, new LocalOptions(0, 0))).isEqualTo(byPairs);
      assertThat(plain.certifiedRadius(x, logits(plain, x), LocalOptions.DEFAULT))
          .isEqualTo(plain.certifiedRadius(x, logits(plain, x)));
      gain += radius / plain.certifiedRadius(x, logits(plain, x)) / 50;
      for (int k = 0; k < 400; k++) {
        double angle = random.nextDouble(2 * Math.PI);
        double far = radius * (1 - 1e-6);
        float[] moved = {
          (float) (x[0] + far * Math.cos(angle)), (float) (x[1] + far * Math.sin(angle))
        };
        double distance = Math.hypot((double) moved[0] - x[0], (double) moved[1] - x[1]);
        if (signed.contains(moved) && distance <= radius) {
          assertThat(winner(logits(signed, moved))).isEqualTo(winner(y));
        }
      }
    }
    assertThat(gain).isGreaterThan(1.05);
  }

  @Test
  void logits_of_another_input_and_inputs_outside_of_the_box_have_none() throws Exception {
    FloatNetwork signed = network("@Pairs(signs = true)");
    float[] x = {0.25f, -0.5f};
    float[] y = logits(signed, x);
    assertThat(signed.certifiedRadius(x, y)).isPositive();
    float[] other = y.clone();
    other[0] = Math.nextUp(other[0]);
    assertThat(signed.certifiedRadius(x, other)).isZero();
    float[] outside = {1.5f, 0};
    assertThat(signed.certifiedRadius(outside, logits(signed, outside))).isZero();
    float[] broken = {Float.NaN, 0};
    assertThat(signed.certifiedRadius(broken, logits(signed, broken))).isZero();
  }
}
