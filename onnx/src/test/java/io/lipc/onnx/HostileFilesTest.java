package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, a file is read or refused: no other exception, no hang, no memory taken
 * by a number that it merely states. Mutants are read in the module {@code fuzz}.
 */
final class HostileFilesTest {

  /** With something of each kind that the reader knows. */
  private static byte[] sample() {
    return OnnxFile.floats(2, 2)
        .initialiser("w", List.of(2, 2), 1, 2, 3, 4)
        .initialiser("b", OnnxFile.tensor(FLOAT, List.of(2)).packedFloats(4, 1, 2))
        .integers("s", 0, -1)
        .node("Constant", "", "c", OnnxFile.attribute("value_float", 0.5f))
        .node("Gemm", "x w b", "h", OnnxFile.attribute("alpha", 0.5f))
        .node("Sigmoid", "h", "g")
        .node("Mul", "h g", "k")
        .node("Reshape", "k s", "l")
        .node("Unsqueeze", "l", "m", OnnxFile.attribute("axes", List.of(0)))
        .node("LeakyRelu", "m", "n", OnnxFile.attribute("alpha", 0.5f))
        .node("Div", "n c", "p")
        .node("MatMul", "p w", "q")
        .node("Sub", "q b", "y")
        .bytes();
  }

  @Test
  void every_beginning_is_refused() {
    byte[] sample = sample();
    for (int length = 0; length < sample.length; length++) {
      assertThat(isRead(Arrays.copyOf(sample, length))).as("%d bytes", length).isFalse();
    }
  }

  private static boolean isRead(byte[] file) {
    try {
      OnnxModel.read(file, "Net", 1);
      return true;
    } catch (OnnxException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(1000);
      return false;
    }
  }

  private static void assertTooLarge(OnnxFile file, String what) {
    byte[] bytes = file.bytes();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(() -> OnnxModel.read(bytes, "Net", 1))
                .isInstanceOf(OnnxException.class)
                .hasMessage("the model has more than " + what));
  }

  @Test
  void a_length_that_is_only_stated_is_not_allocated() {
    byte[] stated = {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0x08};
    assertThatThrownBy(() -> OnnxModel.read(stated, "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessageStartingWith("the model is not a protobuf message: ");
  }

  @Test
  void empty_nodes_without_end() {
    Proto nodes = new Proto();
    byte[] many = new byte[2 * (Budget.MAX_FIELDS + 1)];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = 0x0a;
    }
    byte[] file = nodes.message(8, new Proto().integer(2, 13)).bytes(7, many).toByteArray();
    assertThatThrownBy(() -> OnnxModel.read(file, "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage("the model has more than 1048576 fields");
  }

  @Test
  void a_large_constant_that_is_named_often() {
    OnnxFile file =
        OnnxFile.floats(1, 1)
            .initialiser("w", List.of(1 << 10, 1 << 10), new double[1 << 20])
            .integers("s", 1 << 20);
    for (int i = 0; i < 100; i++) {
      file.node("Transpose", "w", "t" + i);
    }
    assertTooLarge(file.node("Abs", "x", "y"), "67108864 numbers in its constants");
  }

  @Test
  void constants_that_nodes_make() {
    OnnxFile file = OnnxFile.floats(1, 1).integers("s", 1 << 20);
    for (int i = 0; i < 100; i++) {
      file.node("ConstantOfShape", "s", "c" + i);
    }
    assertTooLarge(file.node("Abs", "x", "y"), "67108864 numbers in its constants");
    OnnxFile sums = OnnxFile.floats(1, 1).integers("s", 1 << 20);
    sums.node("ConstantOfShape", "s", "c0");
    for (int i = 0; i < 100; i++) {
      sums.node("Add", "c" + i + " c" + i, "c" + (i + 1));
    }
    assertTooLarge(sums.node("Abs", "x", "y"), "67108864 numbers in its constants");
  }

  /** Exact sums of products of the least numbers: some 300 bytes, and ten seconds. */
  private static byte[] slowSums() {
    Proto least = OnnxFile.raw(OnnxFile.DOUBLE, List.of(1), Double.MIN_VALUE);
    OnnxFile file = OnnxFile.floats(1, 1).integers("s", 128, 128);
    file.node("ConstantOfShape", "s", "a", OnnxFile.attribute("value", least));
    file.node("MatMul", "a a", "b").node("ReduceSum", "b", "c");
    return file.node("Abs", "x", "y").bytes();
  }

  /** A constant of the most elements, which many nodes spread and compute with. */
  private static byte[] manyNumbers() {
    OnnxFile file = OnnxFile.floats(1, 1).integers("s", 1 << 20);
    file.node("ConstantOfShape", "s", "c0");
    for (int i = 0; i < 15; i++) {
      file.node("Add", "c" + i + " c" + i, "c" + (i + 1));
    }
    return file.node("Abs", "x", "y").bytes();
  }

  /** The end of the caller's patience. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Whoever waits for a file is asked often enough, by the processor time of this thread. */
  @Test
  void reading_looks_at_the_clock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (byte[] file : List.of(slowSums(), manyNumbers())) {
      long start = threads.getCurrentThreadCpuTime();
      long patience = start + 20_000_000L;
      assertThatThrownBy(
              () ->
                  OnnxModel.read(
                      OnnxSource.of(file),
                      "Net",
                      1,
                      () -> {
                        if (threads.getCurrentThreadCpuTime() > patience) {
                          throw new Enough();
                        }
                      }))
          .isInstanceOf(Enough.class);
      assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(500_000_000L);
    }
  }

  @Test
  void elements_of_a_signal_that_are_repeated() {
    OnnxFile file = OnnxFile.floats(1, 1).integers("s", 1, 1 << 19);
    for (int i = 0; i < 3; i++) {
      file.node("Expand", "x s", "e" + i);
    }
    assertTooLarge(file.node("Abs", "x", "y"), "1048576 elements in the outputs of its layers");
  }

  @Test
  void a_wide_layer_that_is_repeated() {
    OnnxFile file = OnnxFile.floats(1 << 18, 1 << 18).node("Abs", "x", "h0");
    for (int i = 0; i < 5; i++) {
      file.node("Abs", "h" + i, "h" + (i + 1));
    }
    assertTooLarge(file.node("Abs", "h5", "y"), "1048576 elements in the outputs of its layers");
  }

  @Test
  void a_convolution_that_makes_a_large_image_of_a_pixel() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 1, 1, 1, 1)
            .output("y", FLOAT, 1, 1, 1025, 1025)
            .initialiser("w", List.of(1, 1, 1, 1), 1)
            .node("Conv", "x w", "y", OnnxFile.attribute("pads", List.of(512, 512, 512, 512)));
    assertTooLarge(file, "1048576 elements in the outputs of its layers");
  }

  @Test
  void a_scalar_that_is_broadcast_to_what_no_index_reaches() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 1 << 20, 1)
            .output("y", FLOAT, 1)
            .initialiser("c", List.of(1 << 20), new double[1 << 20])
            .node("Add", "x c", "y");
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("which do not fit");
  }

  /** Long enough for a recursive reader to run out of stack, or a quadratic one out of time. */
  @Test
  void a_long_chain_is_read() throws OnnxException {
    OnnxFile file =
        OnnxFile.floats(1, 1).initialiser("w", List.of(1, 1), 1).initialiser("c", List.of(1), 1);
    int length = 30_000;
    file.node("MatMul", "x w", "m").node("Add", "m c", "h0");
    for (int i = 1; i <= length; i++) {
      file.node("Add", i % 2 == 0 ? "m c" : "h" + (i - 1) + " m", "h" + i);
    }
    OnnxModel model =
        Assertions.assertTimeoutPreemptively(
            Duration.ofMinutes(1),
            () -> OnnxModel.read(file.node("Identity", "h" + length, "y").bytes(), "Net", 1));
    assertThat(model.checked().network().layers()).hasSizeLessThan(length);
  }
}
