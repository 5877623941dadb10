package io.lipc.kernels.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.Examples;
import io.lipc.kernels.NetworkBuilder;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The text of classes for TornadoVM. */
class TornadoEmitterTest {

  private static final CheckedNetwork POLICY = Examples.policy(ElementType.F32);
  private static final CheckedNetwork GUARDED = Examples.guarded(ElementType.F32);
  private static final Map<String, KernelGraph> CALLEES =
      Map.of("demo.control.Policy", Lowering.lower(POLICY));

  @Test
  void theResidualNetworkIsWrittenAsByHand() throws IOException {
    expect("PolicyTornado.java", emit(POLICY));
  }

  @Test
  void aCallBecomesTasksOfTheCaller() throws IOException {
    expect("GuardedTornado.java", emit(GUARDED));
  }

  @Test
  void everyKernelIsWrittenAsByHand() throws IOException {
    expect("EveryTornado.java", emit(Examples.every(ElementType.F32)));
  }

  @Test
  void everyKernelOfImagesIsWrittenAsByHand() throws IOException {
    expect("ImagesTornado.java", emit(Examples.images(ElementType.F32)));
  }

  @Test
  void theSameArgumentsGiveTheSameText() {
    assertThat(emit(GUARDED).toString())
        .isEqualTo(emit(Examples.guarded(ElementType.F32)).toString());
  }

  @Test
  void importsAreOfTheRuntimesAndTornadoVm() {
    assertThat(emit(GUARDED).toString().lines())
        .filteredOn(line -> line.startsWith("import "))
        .isNotEmpty()
        .allMatch(
            line ->
                line.matches(
                    "import"
                        + " (io\\.lipc\\.runtime|io\\.lipc\\.certificate\\.function|uk\\.ac\\.manchester\\.tornado\\.api)\\..*"));
  }

  @Test
  void theResidualNetworkInDoublesIsWrittenAsByHand() throws IOException {
    CheckedNetwork network = Examples.policy(ElementType.F64);
    expect(
        "PolicyTornadoF64.java", TornadoEmitter.emit(network, Lowering.lower(network), Map.of()));
  }

  @Test
  void everyKernelInDoublesIsWrittenAsByHand() throws IOException {
    expect("EveryInDoublesTornado.java", emit(Examples.every(ElementType.F64)));
  }

  /** 16 elements of windows of a tile, and of its weights, are what every device has room for. */
  @Test
  void tilesOfConvolutionsFitInTheLocalMemoryOfEveryDevice() {
    for (ElementType precision : ElementType.values()) {
      int bytes = precision == ElementType.F32 ? Float.BYTES : Double.BYTES;
      for (int channels : new int[] {8, 16, 17, 64, 100}) {
        NetworkBuilder net = new NetworkBuilder("demo.Tiles", precision);
        Window same = Window.square(new Axis(3, 1, 1, 1, 1));
        net.convolve("y", net.image("x", new Grid(3, 8, 8)), channels, same, 1, true);
        Matcher local =
            Pattern.compile("LocalArray\\(DEPTH \\* (\\d+)\\)")
                .matcher(emit(net.build(1, "")).toString());
        int used = 0;
        while (local.find()) {
          used += LocalKernels.DEPTH * Integer.parseInt(local.group(1)) * bytes;
        }
        assertThat(used)
            .as("%d channels, %s", channels, precision)
            .isBetween(channels == 8 && precision == ElementType.F64 ? 0 : 1, 1 << 15);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyActivationHasAKernel(ElementType precision) {
    for (PointwiseKind kind : PointwiseKind.values()) {
      NetworkBuilder net = new NetworkBuilder("demo.All", precision);
      Double[] constants =
          Collections.nCopies(kind.parameterNames().size(), 0.5).toArray(Double[]::new);
      int h = net.activate("h", net.dense("h#0", net.input("x", 2), 3, true), kind, constants);
      net.activate("y", h, PointwiseKind.RELU);
      assertThat(TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of()))
          .as(kind.word())
          .isEmpty();
    }
  }

  /** Strides may leave few pixels of very many zeros: 2^24 rows and columns on each side here. */
  @Test
  void imagesAmongTooManyZerosAreNotForDevices() {
    for (int zeros : new int[] {2, 1 << 11, 1 << 24}) {
      NetworkBuilder net = new NetworkBuilder("demo.Zeros", ElementType.F32);
      Window far = Window.square(new Axis(1, 1 << 24, zeros, zeros, 1));
      net.convolve("y", net.image("x", new Grid(1, 3, 3)), 1, far, 1, false);
      Optional<String> obstacle =
          TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of());
      if (zeros == 2) {
        assertThat(obstacle).isEmpty();
      } else {
        assertThat(obstacle)
            .contains(
                "its convolution of `y.weight` reads [1, 3, 3] among so many zeros that they are"
                    + " more than the 2^24 elements of an array for devices");
      }
    }
  }

  @Test
  void lengthsAreNotForDevices() {
    for (ElementType precision : ElementType.values()) {
      NetworkBuilder net = new NetworkBuilder("demo.Length", precision);
      net.activate("y", net.input("x", 4), GroupedKind.L2_NORMALIZE, 0.5);
      assertThat(TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of()))
          .hasValueSatisfying(
              obstacle -> assertThat(obstacle).startsWith("its `l2_normalize` adds squares"));
    }
  }

  @Test
  void layerNormIsNotForDevices() {
    for (ElementType precision : ElementType.values()) {
      NetworkBuilder net = new NetworkBuilder("demo.Normal", precision);
      net.activate("y", net.input("x", 4), GroupedKind.LAYER_NORM, 0.5, 2.0);
      assertThat(TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of()))
          .hasValueSatisfying(
              obstacle -> assertThat(obstacle).startsWith("its `layer_norm` adds squares"));
    }
  }

  /** In doubles fewer are out of reach. */
  @Test
  void constantsThatDoublesDoNotReachAreNamed() {
    for (double constant : new double[] {0x1p-1001, 0x1p-1000, 1e-38, 1e37, 0x1p1000, 0x1p1001}) {
      NetworkBuilder bent = new NetworkBuilder("demo.Bent", ElementType.F64);
      bent.activate("y", bent.input("x", 4), PointwiseKind.CELU, constant);
      NetworkBuilder hot = new NetworkBuilder("demo.Hot", ElementType.F64);
      hot.activate("y", hot.input("x", 4), GroupedKind.SOFTMAX, constant);
      Optional<String> ofCelu =
          TornadoEmitter.obstacle(Lowering.lower(bent.build(1, "")), Map.of());
      Optional<String> ofSoftmax =
          TornadoEmitter.obstacle(Lowering.lower(hot.build(1, "")), Map.of());
      if (constant < 0x1p-1000 || constant > 0x1p1000) {
        String range = constant + ", and kernels for devices have those from 2^-1000 to 2^1000";
        assertThat(ofCelu).contains("its `celu` has the constant " + range);
        assertThat(ofSoftmax).contains("its `softmax` has the temperature " + range);
      } else {
        assertThat(ofCelu).isEmpty();
        assertThat(ofSoftmax).isEmpty();
      }
    }
  }

  /** Dividing by them is not within what OpenCL states, or overflows on the way. */
  @Test
  void constantsOfCeluThatDevicesDoNotDivideByAreNamed() {
    for (double alpha : new double[] {0x1p-140, 0x1p-101, 0x1p-100, 1, 0x1p119, 0x1p120, 3e38}) {
      NetworkBuilder net = new NetworkBuilder("demo.Bent", ElementType.F32);
      net.activate("y", net.input("x", 4), PointwiseKind.CELU, alpha);
      Optional<String> obstacle =
          TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of());
      if (alpha < 0x1p-100 || alpha > 0x1p119) {
        assertThat(obstacle)
            .contains(
                "its `celu` has the constant "
                    + ElementType.F32.round(alpha)
                    + ", and kernels for devices have those from 2^-100 to 2^119");
      } else {
        assertThat(obstacle).isEmpty();
      }
    }
  }

  @Test
  void temperaturesThatFloatsDoNotReachAreNamed() {
    for (double temperature : new double[] {1e-38, 0x1p-100, 0.5, 0x1p119, 1e37}) {
      NetworkBuilder net = new NetworkBuilder("demo.Hot", ElementType.F32);
      net.activate("y", net.input("x", 4), GroupedKind.SOFTMAX, temperature);
      Optional<String> obstacle =
          TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of());
      if (temperature == 1e-38 || temperature == 1e37) {
        assertThat(obstacle)
            .contains(
                "its `softmax` has the temperature "
                    + ElementType.F32.round(temperature)
                    + ", and kernels for devices have those from 2^-100 to 2^119");
      } else {
        assertThat(obstacle).isEmpty();
      }
    }
  }

  @Test
  void aGraphHoldsSoManyTasksAndNoMore() {
    assertThat(TornadoEmitter.obstacle(Lowering.lower(deep(84)), Map.of())).isEmpty();
    assertThat(TornadoEmitter.obstacle(Lowering.lower(deep(85)), Map.of()))
        .contains(
            "its 85 tasks need 1029 nodes in a task graph of TornadoVM, which has room for 1024");
  }

  @Test
  void tasksOfManyArgumentsAreFewer() {
    NetworkBuilder net = new NetworkBuilder("demo.Sums", ElementType.F32);
    int h = net.input("x", 2);
    for (int i = 0; i < 121; i++) {
      h = net.add("h" + i, Collections.nCopies(8, h));
    }
    assertThat(TornadoEmitter.obstacle(Lowering.lower(net.build(1, "")), Map.of()))
        .contains(
            "its 121 tasks need 8470 bytes of description in a task graph of TornadoVM,"
                + " which has room for 8192");
  }

  @Test
  void anUnknownCalleeIsAFaultOfTheCaller() {
    assertThatThrownBy(() -> TornadoEmitter.emit(GUARDED, Lowering.lower(GUARDED), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("demo.control.Policy");
  }

  static CheckedNetwork deep(int layers) {
    NetworkBuilder net = new NetworkBuilder("demo.Deep", ElementType.F32);
    int h = net.input("x", 9);
    for (int i = 0; i < layers; i++) {
      h = net.dense("h" + i, h, 9, true);
    }
    return net.build(1, "");
  }

  private static JavaFile emit(CheckedNetwork network) {
    return TornadoEmitter.emit(network, Lowering.lower(network), CALLEES);
  }

  private static void expect(String golden, JavaFile file) throws IOException {
    Path path =
        Path.of(System.getProperty("lipc.root"), "kernels/src/test/resources/expected", golden);
    if (Boolean.getBoolean("updateGoldens")) {
      Files.writeString(path, file.toString());
      throw new AssertionError("golden file rewritten: read it, then run without updateGoldens");
    }
    assertThat(file.toString()).isEqualTo(Files.readString(path));
  }
}
