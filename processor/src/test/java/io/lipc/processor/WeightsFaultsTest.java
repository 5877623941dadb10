package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken weights end in one message about the weights, at the place that names the file. */
final class WeightsFaultsTest {

  @TempDir private Path work;
  private byte[] good = {};

  @BeforeEach
  void readGoodWeights() throws IOException {
    Path text = Path.of("src/test/resources/bad/lipschitz-bound-violated/weights.txt");
    good = Safetensors.write(Javac.tensors(text));
  }

  private String compile(String name, byte[] weights) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    if (weights.length > 0) {
      Files.write(classes.resolve("w.safetensors"), weights);
    }
    Path source = work.resolve("Net.java");
    Files.writeString(
        source,
        """
        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(8.0)
        @WeightsFile("%s")
        interface Net {
          @Input(2)
          float[] x();

          @Dense(3)
          @Relu
          float[] h(float[] x);

          @Dense(2)
          @Output
          float[] y(float[] h);
        }
        """
            .formatted(name));
    Javac.Result result = new Javac(work).compile(List.of(source));
    if (result.success()) {
      return "";
    }
    assertThat(result.output()).contains("Net.java:6: error: ").doesNotContain("internal-fault");
    assertThat(Files.exists(result.classes().resolve("META-INF"))).isFalse();
    return result.output();
  }

  private byte[] withHeader(String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int old = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] data = Arrays.copyOfRange(good, 8 + old, good.length);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  private String header() {
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new String(good, 8, length, StandardCharsets.UTF_8);
  }

  @Test
  void good_weights_are_accepted() throws IOException {
    assertThat(compile("w.safetensors", good)).isEmpty();
  }

  @Test
  void missing() throws IOException {
    assertThat(compile("w.safetensors", new byte[0]))
        .contains(
            "[weights-invalid] weights `w.safetensors` cannot be used: there is no such file");
  }

  @Test
  void truncated_anywhere() throws IOException {
    for (int length : new int[] {1, 7, 8, 9, 60, good.length - 1}) {
      assertThat(compile("w.safetensors", Arrays.copyOf(good, length)))
          .as("cut to %d bytes", length)
          .contains("[weights-invalid]");
    }
  }

  @Test
  void a_header_length_that_lies() throws IOException {
    for (long length : new long[] {0, 3, good.length, 1L << 40, Long.MAX_VALUE, -1}) {
      byte[] lying = good.clone();
      ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertThat(compile("w.safetensors", lying))
          .as("header of %d bytes", length)
          .contains("[weights-invalid]");
    }
  }

  @Test
  void overlapping_tensors() throws IOException {
    String overlapping = header().replaceFirst("\\[12, ?36\\]", "[8, 32]");
    assertThat(overlapping).isNotEqualTo(header());
    assertThat(compile("w.safetensors", withHeader(overlapping))).contains("[weights-invalid]");
  }

  @Test
  void another_element_type() throws IOException {
    assertThat(compile("w.safetensors", withHeader(header().replaceFirst("F32", "I32"))))
        .contains("[weights-invalid]", "I32");
  }

  @Test
  void another_name() throws IOException {
    assertThat(compile("w.safetensors", withHeader(header().replace("h.weight", "g.weight"))))
        .contains("[weights-invalid] tensor `h.weight` in `w.safetensors` is missing");
  }

  private static byte[] file(Map<String, List<Integer>> shapes) throws Exception {
    List<Tensor> tensors = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> entry : shapes.entrySet()) {
      int size = entry.getValue().stream().reduce(1, (a, b) -> a * b);
      tensors.add(Tensor.of(entry.getKey(), ElementType.F32, entry.getValue(), new double[size]));
    }
    return Safetensors.write(Weights.of(tensors));
  }

  private static Map<String, List<Integer>> renamed() {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    shapes.put("0.weight", List.of(3, 2));
    shapes.put("0.bias", List.of(3));
    shapes.put("2.weight", List.of(2, 3));
    shapes.put("2.bias", List.of(2));
    return shapes;
  }

  @Test
  void names_that_shapes_determine_are_offered_in_one_message() throws Exception {
    String said = compile("w.safetensors", file(renamed()));
    assertThat(said).containsOnlyOnce("[weights-invalid]").contains("1 error\n");
    assertThat(said).contains("@Tensor(\"0\")", "@Tensor(\"2\")");
  }

  /** Two names for one layer, or tensors of another shape beside: nothing is offered. */
  @Test
  void names_that_shapes_do_not_determine_are_not_offered() throws Exception {
    Map<String, List<Integer>> twice = renamed();
    twice.put("1.weight", List.of(3, 2));
    twice.put("1.bias", List.of(3));
    assertThat(compile("w.safetensors", file(twice)))
        .contains("are missing", "the file has `0.bias`")
        .doesNotContain("@Tensor(\"0\")");
    Map<String, List<Integer>> other = renamed();
    other.put("2.bias", List.of(3));
    assertThat(compile("w.safetensors", file(other))).doesNotContain("@Tensor(\"2\")");
    Map<String, List<Integer>> half = renamed();
    half.put("h.weight", List.of(3, 2));
    assertThat(compile("w.safetensors", file(half)))
        .contains("tensors `h.bias`, `y.weight`, `y.bias`")
        .doesNotContain("@Tensor(\"0\")");
  }

  @Test
  void numbers_that_are_not_finite() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      byte[] broken = good.clone();
      ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putFloat(good.length - 4, bad);
      assertThat(compile("w.safetensors", broken)).contains("[weights-invalid]", "y.weight");
    }
  }

  @Test
  void names_that_leave_the_roots() throws IOException {
    for (String name :
        new String[] {"../w.safetensors", "/w.safetensors", "a/../../w", "", "C:/w"}) {
      assertThat(compile(name, good)).as(name).contains("[weights-invalid]");
    }
  }

  @Test
  void links_that_leave_the_roots() throws IOException {
    Path outside = Files.write(Files.createTempFile("outside", ".safetensors"), good);
    Path classes = Files.createDirectories(work.resolve("classes"));
    Files.createSymbolicLink(classes.resolve("link.safetensors"), outside);
    assertThat(compile("link.safetensors", good))
        .contains("[weights-invalid]", "link that leaves its root");
  }
}
