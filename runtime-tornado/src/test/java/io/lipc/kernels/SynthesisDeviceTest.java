package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipc.formats.ElementType;
import io.lipc.runtime.tornado.OnDevice;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The OpenCL C of the kernels that FPGAs get, as TornadoVM writes it for the device at hand, keeps
 * the rules of synthesis. This is no synthesis: on an FPGA TornadoVM leaves loops as they are,
 * which it unrolls here, and adds pragmas.
 */
@OnDevice
class SynthesisDeviceTest {

  private static final String UNIT = "#pragma OPENCL EXTENSION cl_khr_fp64";

  /** What the kernels call: where they are, and arithmetic; no function of the driver. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "_Z13get_global_idj",
          "_Z15get_global_sizej",
          "_Z3fmafff",
          "_Z3fmaddd",
          "_Z4fabsf",
          "_Z4fabsd",
          "_Z6islessff",
          "_Z6islessdd",
          "_Z7isequalff",
          "_Z7isequaldd",
          "_Z5isnanf",
          "_Z5isnand");

  @TempDir private static Path folder;

  private static final Map<ElementType, String> TEXTS = new EnumMap<>(ElementType.class);

  @BeforeAll
  static void print() throws IOException, InterruptedException {
    ChildJvm.run(
        ChildJvm.onDevice(
            "-Dtornado.tvm.maxbytecodesize=65536",
            "-Dtornado.printKernel=true",
            "-D" + PortableKernels.PRINTED + "=" + folder.resolve("printed.cl")),
        Map.of(),
        PortableKernels.class);
    for (ElementType precision : ElementType.values()) {
      TEXTS.put(precision, Files.readString(folder.resolve(precision + ".cl")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_kind_of_kernel_is_there(ElementType precision) {
    String text = TEXTS.getOrDefault(precision, "");
    assertThat(SynthesisRules.kernels(text))
        .extracting(SynthesisRules.Kernel::name)
        .contains("tiledDenseRelu", "denseWithoutBiasLeakyRelu", "tiledDenseMish", "tiledDenseSin")
        .contains("elementwiseRelu", "elementwiseSin", "maxMin", "groupSort", "householder")
        .contains("concat", "scale", "affine", "pad", "maxPool", "averagePool", "sumOf2")
        .anyMatch(name -> name.startsWith("convolution"))
        .hasSizeGreaterThan(60);
    assertThat(text.contains("< 200;")).as("a loop that is not unrolled").isTrue();
  }

  /** But for one: softmax has loops for the maximum, the sum and the quotients of its row. */
  @Test
  void their_text_keeps_the_rules() {
    TEXTS.forEach(
        (precision, text) -> {
          List<String> broken = SynthesisRules.ofText(text, precision);
          assertThat(broken)
              .isNotEmpty()
              .allMatch(rule -> rule.startsWith("softmaxOfRow: several loops side by side"));
        });
  }

  /** For the target of OpenCL's binaries, as a front end of an FPGA's compiler reads it. */
  @Test
  void clang_compiles_them_and_its_assembly_keeps_the_rules() throws Exception {
    String missing = "not compiled for SPIR: clang is not installed (Debian's package clang)";
    if (!isInstalled("clang")) {
      System.out.println("SynthesisDeviceTest: " + missing);
    }
    assumeTrue(isInstalled("clang"), missing);
    for (ElementType precision : ElementType.values()) {
      compile(TEXTS.getOrDefault(precision, ""), precision);
    }
  }

  private static void compile(String text, ElementType precision)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("clang", "-x", "cl", "-cl-std=CL1.2", "--target=spir64", "-Werror", "-O1"));
    command.addAll(List.of("-S", "-emit-llvm"));
    List<String> units = List.of(text.split("(?=" + UNIT + ")", -1));
    assertThat(units).hasSameSizeAs(SynthesisRules.kernels(text));
    for (int i = 0; i < units.size(); i++) {
      String name = precision + "unit" + i + ".cl";
      Files.writeString(folder.resolve(name), units.get(i));
      command.add(name);
    }
    run(command);
    for (int i = 0; i < units.size(); i++) {
      String llvm = Files.readString(folder.resolve(precision + "unit" + i + ".ll"));
      assertThat(llvm).contains("spir_kernel void @");
      assertThat(SynthesisRules.ofAssembly(llvm, precision, FUNCTIONS)).isEmpty();
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
