package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.DistanceDecision;
import io.lipc.runtime.FloatNetwork;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions by distance of embeddings of length 1, as the page about distances declares them. */
final class UnitLengthsTest {

  private static final Path PAGE = Path.of(System.getProperty("lipc.root"), "docs/distances.md");
  private static final Pattern TEXT = Pattern.compile("(?s)```\n(package demo;.*?)```");

  @TempDir private Path work;

  private static String text() throws Exception {
    Matcher found = TEXT.matcher(Files.readString(PAGE));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private Javac.Result compile(Javac javac, String text) throws Exception {
    Path folder = Files.createDirectories(work.resolve("source"));
    Files.writeString(folder.resolve("embedding.lip"), text);
    Files.writeString(
        folder.resolve("Embedding.java"),
        """
        package demo;

        import io.lipc.annotations.*;

        @CertifiedNetwork("embedding.lip")
        interface Embedding {}
        """);
    return javac.compile(folder);
  }

  @Test
  void no_input_within_the_radius_is_decided_otherwise() throws Exception {
    Javac javac = new Javac(work.resolve("good"));
    assertThat(compile(javac, text()).output()).isEmpty();
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      FloatNetwork network =
          (FloatNetwork) loader.loadClass("demo.EmbeddingNetwork").getMethod("load").invoke(null);
      assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
      DistanceDecision<float[]> near =
          DistanceDecision.ofInput(network, new float[] {0.75f, 0.75f, 0.625f}, 0.1);
      Random random = new Random(3);
      int positive = 0;
      for (int trial = 0; trial < 2000; trial++) {
        float[] x = inside(random);
        float[] y = new float[3];
        network.apply(x, y);
        assertThat(Math.sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2])).isCloseTo(1, within(1e-6));
        DistanceDecision.Decision decision = near.decide(x);
        float[] other = moved(x, decision.radius() * (1 - 1e-6), random);
        positive += decision.radius() > 0.05 ? 1 : 0;
        assertThat(near.decide(other).within()).isEqualTo(decision.within());
      }
      assertThat(positive).isGreaterThan(100);
    }
  }

  private static float[] inside(Random random) {
    float[] x = new float[3];
    for (int i = 0; i < 3; i++) {
      x[i] = random.nextFloat(0.5f, 1);
    }
    return x;
  }

  /** No further than the radius, and in the box. */
  private static float[] moved(float[] x, double radius, Random random) {
    double[] step = random.doubles(3, -1, 1).toArray();
    double length = Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
    float[] other = new float[3];
    for (int i = 0; i < 3; i++) {
      float end = (float) (x[i] + step[i] / length * radius);
      other[i] = Math.min(1, Math.max(0.5f, end));
    }
    return other;
  }

  @Test
  void a_longer_one_is_refused_with_what_was_reached() throws Exception {
    String longer = text().replace("at_least = 1.7", "at_least = 1.75");
    assertThat(compile(new Javac(work.resolve("bad")), longer).output())
        .contains("[length-not-proved]", "1.732")
        .contains("declare what is proved, `l2_normalize(1.732)` or @L2Normalize(1.732)");
    String reached = text().replace("at_least = 1.7", "at_least = 1.732");
    assertThat(compile(new Javac(work.resolve("reached")), reached).output()).isEmpty();
  }
}
