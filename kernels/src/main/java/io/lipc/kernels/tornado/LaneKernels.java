package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import io.lipc.kernels.graph.GemmKernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes products for the vector units of a CPU: a work item keeps the sums of four rows by eight
 * outputs in four vectors, so that each vector of weights is loaded once for four rows. Each sum
 * starts with the bias and takes its products in the order of the JVM.
 *
 * <p>The number of rows is a multiple of four. A clamp in the kernel instead, of the row that is
 * read, is something that TornadoVM 5.2 does not compile for some numbers of rows.
 */
final class LaneKernels {

  /** The rows of a work item. */
  static final int ROWS = 4;

  /**
   * Layers of fewer inputs have the portable kernels. TornadoVM 5.2 unrolls a loop of few steps
   * wholly, and then fails on the vectors in it ("Argument is not an array"): here with six inputs,
   * and not with eight.
   */
  static final int MIN_INPUTS = 16;

  /** The outputs of a work item: the elements of a {@code Float8} or {@code Double8}. */
  static final int LANES = 8;

  private LaneKernels() {}

  static DeviceCode dense(GemmKernel gemm, DeviceScalar scalar) {
    int outputs = gemm.target().size();
    int blocks = Math.ceilDiv(outputs, LANES);
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int block = item % blocks")
            .addStatement("int from = item / blocks * ROWS * inputs");
    start(body, gemm.bias().isPresent(), scalar);
    body.beginControlFlow("for (int k = 0; k < inputs; k++)")
        .addStatement("$T w = weight.get(block * inputs + k)", scalar.lanes());
    for (int row = 0; row < ROWS; row++) {
      add(body, row, offset(row, "inputs") + "from + k", scalar);
    }
    body.endControlFlow();
    spread(body, scalar);
    body.addStatement("int to = item / blocks * ROWS * outputs + block * LANES")
        .beginControlFlow("for (int j = 0; j < ROWS * LANES; j++)")
        .beginControlFlow("if (block * LANES + j % LANES < outputs)")
        .addStatement("$T t = sums[j]", scalar.type())
        .addStatement(
            "y.set(to + j / LANES * outputs + j % LANES, $L)",
            DeviceKernels.activated(gemm.activation(), scalar))
        .endControlFlow()
        .endControlFlow();
    MethodSpec method =
        DeviceKernels.loop(
            DenseKernels.name("laneDense", gemm),
            "{@code y = "
                + DenseKernels.formula(gemm)
                + "} for each row, four rows by eight outputs per work item. Behind\n"
                + "the last output, weights are zeros and nothing is written.",
            parameters(gemm, scalar),
            body.build());
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation(), scalar);
    sizes.add(DeviceKernels.number(gemm.source().size()));
    sizes.add(DeviceKernels.number(outputs));
    sizes.add(DeviceKernels.number(blocks));
    return new DeviceCode(method, constants(gemm, scalar), sizes, new Work.Items(blocks, ROWS));
  }

  private static List<ParameterSpec> parameters(GemmKernel gemm, DeviceScalar scalar) {
    List<ParameterSpec> parameters = new ArrayList<>(arrays(DenseKernels.arrays(gemm), scalar));
    DenseKernels.numbers(gemm, scalar, "inputs", "outputs", "blocks")
        .forEach(number -> parameters.add(DeviceKernels.number(number)));
    return parameters;
  }

  /** Weights by vectors, all else by single numbers. */
  static List<ParameterSpec> arrays(List<String> names, DeviceScalar scalar) {
    List<ParameterSpec> parameters = new ArrayList<>();
    for (String array : names) {
      boolean isVariable = array.equals("x") || array.equals("y");
      parameters.add(
          DeviceKernels.parameter(isVariable ? scalar.array() : scalar.arrayOfLanes(), array));
    }
    return parameters;
  }

  private static List<DeviceCode.Constant> constants(GemmKernel gemm, DeviceScalar scalar) {
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(
        constant("Weight", CodeBlock.of(scalar.accessor("Columns($S)"), gemm.weight()), true));
    gemm.bias()
        .ifPresent(
            bias ->
                constants.add(
                    constant("Bias", CodeBlock.of(scalar.accessor("Vector($S)"), bias), false)));
    return constants;
  }

  private static DeviceCode.Constant constant(String suffix, CodeBlock numbers, boolean isMatrix) {
    return new DeviceCode.Constant(suffix, numbers, isMatrix, new DeviceCode.Packing.Lanes());
  }

  /** Declares the sums {@code s0} and so on, one for each row, with the biases of {@code block}. */
  static void start(CodeBlock.Builder body, boolean hasBias, DeviceScalar scalar) {
    CodeBlock zeros =
        CodeBlock.of(
            "new $T($L)",
            scalar.lanes(),
            String.join(", ", Collections.nCopies(LANES, scalar.zero())));
    CodeBlock first = hasBias ? CodeBlock.of("bias.get(block)") : zeros;
    for (int row = 0; row < ROWS; row++) {
      body.addStatement("$T s$L = $L", scalar.lanes(), row, first);
    }
  }

  /** Adds the products of {@code w} and what {@code x} has at a place to the sums of a row. */
  static void add(CodeBlock.Builder body, int row, String place, DeviceScalar scalar) {
    body.addStatement(
        "s$L = $T.add(s$L, $T.mult(w, x.get($L)))",
        row,
        scalar.lanes(),
        row,
        scalar.lanes(),
        place);
  }

  private static String offset(int row, String stride) {
    return switch (row) {
      case 0 -> "";
      case 1 -> stride + " + ";
      default -> row + " * " + stride + " + ";
    };
  }

  /**
   * The sums as an array. Elements of a vector are read by their names: by number TornadoVM 5.2
   * refuses them where it does not unroll the loop, as with activations of many operations.
   */
  static void spread(CodeBlock.Builder body, DeviceScalar scalar) {
    body.addStatement("$1T[] sums = new $1T[ROWS * LANES]", scalar.type());
    for (int row = 0; row < ROWS; row++) {
      for (int lane = 0; lane < LANES; lane++) {
        body.addStatement("sums[$L] = s$L.getS$L()", row * LANES + lane, row, lane);
      }
    }
  }
}
