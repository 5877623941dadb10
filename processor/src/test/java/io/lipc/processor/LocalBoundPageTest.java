package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Safetensors;
import io.lipc.runtime.CertifiedFloatNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.radius.LocalBound;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class bounds itself around an input as the pages say. */
final class LocalBoundPageTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));

  private static final String NETWORK =
      """
      package demo;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(10) @WeightsFile("w.safetensors")
      public interface Policy {
        @Input(value = 2, min = -1, max = 1) float[] state();
        @Dense(2) @Relu float[] h(float[] state);
        @Dense(1) @Output float[] action(float[] h);
      }
      """;

  private static final String USE =
      """
      package demo;

      import io.lipc.runtime.radius.*;

      public final class Use {
        public static Object[] answers(float[] state) {
          PolicyNetwork policy = PolicyNetwork.load();
          %s
          LocalBound cut = policy.localLipschitz(state, 0.05, %s);
          return new Object[] {near, value, moves, cut, policy.lipschitzBound()};
        }
      }
      """;

  @TempDir private Path work;

  private static String page(String name) throws Exception {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  private static String found(String page, String pattern) {
    Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertThat(block.find()).as(pattern).isTrue();
    return block.group(1);
  }

  private Object[] answers(float[] state) throws Exception {
    String page = page("local.md");
    String code = found(page, "```java\n(LocalBound near.*?)```");
    String options = found(page, "`(new LocalOptions\\([^`]*\\))`");
    Path folder = Files.createDirectories(work.resolve("source"));
    Path network = Files.writeString(folder.resolve("Policy.java"), NETWORK);
    Path use = Files.writeString(folder.resolve("Use.java"), USE.formatted(code, options));
    Javac javac = new Javac(work.resolve("out"));
    Path file = Files.createDirectories(javac.classes().resolve("demo")).resolve("w.safetensors");
    String weights =
        """
        F32 h.weight [2, 2] 3 1 0 2
        F32 h.bias [2] 0.5 -0.125
        F32 action.weight [1, 2] 1 -1
        F32 action.bias [1] 0
        """;
    Path lines = Files.writeString(work.resolve("lines.txt"), weights);
    Files.write(file, Safetensors.write(Javac.tensors(lines)));
    assertThat(javac.compile(List.of(network, use)).output()).doesNotContain("error:");
    URL[] path = {javac.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, FloatNetwork.class.getClassLoader())) {
      return (Object[])
          loader.loadClass("demo.Use").getMethod("answers", float[].class).invoke(null, state);
    }
  }

  /** Both elements are on: 3 a + b + 1/2 - (2 b - 1/8). */
  @Test
  void the_code_of_the_page_runs() throws Exception {
    Object[] answers = answers(new float[] {0.5f, 0.25f});
    LocalBound near = (LocalBound) answers[0];
    assertThat(near.slopes()).isEqualTo(List.of(List.of(3.0, 1.0)));
    assertThat((double) answers[1])
        .isEqualTo(near.value())
        .isBetween(Math.sqrt(10), Math.sqrt(10) * (1 + 1e-12))
        .isLessThan((double) answers[4]);
    assertThat((double) answers[2]).isBetween(0.08, 0.08 + 1e-12);
    // On a machine that is busy the time may be over at once.
    LocalBound cut = (LocalBound) answers[3];
    assertThat(cut.box()).isEqualTo(near.box());
    assertThat(cut.value()).isBetween(near.value(), (double) answers[4]);
    assertThat(near.box().lower().getFirst()).isBetween(0.45 - 1e-12, 0.45);
    assertThat(near.certificate()).isPresent();
  }

  @Test
  void the_page_names_what_a_bound_rests_on() throws Exception {
    String page = page("local.md");
    for (LocalBound.Method method : LocalBound.Method.values()) {
      assertThat(page).contains("`" + method + "`");
    }
  }

  @Test
  void the_methods_of_the_superclass_are_those_that_the_page_names() throws Exception {
    String page = page("generated-code.md");
    String before = page.substring(page.indexOf("How to read it"), page.indexOf("```java"));
    Matcher calls = Pattern.compile("`(\\w+)\\(([a-z, ]*)\\)`").matcher(before);
    int named = 0;
    while (calls.find()) {
      String name = calls.group(1);
      int arity = calls.group(2).isEmpty() ? 0 : calls.group(2).split(",", -1).length;
      assertThat(
              Arrays.stream(CertifiedFloatNetwork.class.getMethods())
                  .anyMatch(m -> m.getName().equals(name) && m.getParameterCount() == arity))
          .as(calls.group())
          .isTrue();
      named++;
    }
    assertThat(named).isGreaterThan(8);
    assertThat(before).contains("`localLipschitz(input, radius)`");
  }
}
