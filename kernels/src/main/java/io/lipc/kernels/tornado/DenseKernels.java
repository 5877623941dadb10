package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.java.FunctionNames;
import java.util.ArrayList;
import java.util.List;

/** Writes dense layers for devices; see {@link DeviceKernels}. */
final class DenseKernels {

  /**
   * The number of outputs of a dense layer that one work item computes. It keeps as many sums in
   * registers and reads each input once for all of them: on a two-core CPU less than half the time
   * of one output per item, for 64 rows of 784 -> 256 (docs/tornado-device.log).
   */
  static final int TILE = 8;

  /** Narrower layers do not fill one tile, so each output has a work item of its own. */
  static final int MIN_TILED_OUTPUTS = TILE;

  private DenseKernels() {}

  static DeviceCode of(GemmKernel gemm, Layout layout, DeviceScalar scalar) {
    boolean isNarrow = gemm.target().size() < MIN_TILED_OUTPUTS;
    return switch (layout) {
      case PORTABLE, PIXELS -> isNarrow ? plain(gemm, scalar) : tiled(gemm, scalar);
      case LANES ->
          gemm.source().size() < LaneKernels.MIN_INPUTS
              ? of(gemm, Layout.PORTABLE, scalar)
              : LaneKernels.dense(gemm, scalar);
      case TREES -> LocalKernels.tree(gemm, scalar);
      case TILES -> isNarrow ? LocalKernels.tree(gemm, scalar) : LocalKernels.tile(gemm, scalar);
    };
  }

  private static DeviceCode plain(GemmKernel gemm, DeviceScalar scalar) {
    int outputs = gemm.target().size();
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int row = item / outputs")
            .addStatement("int j = item % outputs")
            .addStatement(
                "$T t = $L", scalar.type(), gemm.bias().isPresent() ? "bias.get(j)" : scalar.zero())
            .beginControlFlow("for (int k = 0; k < inputs; k++)")
            .addStatement("t += x.get(row * inputs + k) * weight.get(k * outputs + j)")
            .endControlFlow()
            .addStatement("y.set(item, $L)", DeviceKernels.activated(gemm.activation(), scalar));
    MethodSpec method =
        DeviceKernels.kernel(
            name("dense", gemm),
            "{@code y = " + formula(gemm) + "} for each row, one output per work item.",
            arrays(gemm),
            numbers(gemm, scalar, "inputs", "outputs"),
            body.build(),
            scalar);
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation(), scalar);
    sizes.add(DeviceKernels.number(gemm.source().size()));
    sizes.add(DeviceKernels.number(outputs));
    return new DeviceCode(method, constants(gemm, outputs, scalar), sizes, outputs);
  }

  private static DeviceCode tiled(GemmKernel gemm, DeviceScalar scalar) {
    int outputs = gemm.target().size();
    int tiles = (outputs + TILE - 1) / TILE;
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int row = item / tiles")
            .addStatement("int first = item % tiles * TILE")
            .addStatement("$1T[] sums = new $1T[TILE]", scalar.type())
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .addStatement(
                "sums[j] = $L", gemm.bias().isPresent() ? "bias.get(first + j)" : scalar.zero())
            .endControlFlow()
            .beginControlFlow("for (int k = 0; k < inputs; k++)")
            .addStatement("$T xk = x.get(row * inputs + k)", scalar.type())
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .addStatement("sums[j] += xk * weight.get(k * tiles * TILE + first + j)")
            .endControlFlow()
            .endControlFlow()
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .beginControlFlow("if (first + j < outputs)")
            .addStatement("$T t = sums[j]", scalar.type())
            .addStatement(
                "y.set(row * outputs + first + j, $L)",
                DeviceKernels.activated(gemm.activation(), scalar))
            .endControlFlow()
            .endControlFlow();
    MethodSpec method =
        DeviceKernels.kernel(
            name("tiledDense", gemm),
            "{@code y = "
                + formula(gemm)
                + "} for each row, one tile of outputs per work item. Behind the\n"
                + "last output, weights are zeros and nothing is written.",
            arrays(gemm),
            numbers(gemm, scalar, "inputs", "outputs", "tiles"),
            body.build(),
            scalar);
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation(), scalar);
    sizes.add(DeviceKernels.number(gemm.source().size()));
    sizes.add(DeviceKernels.number(outputs));
    sizes.add(DeviceKernels.number(tiles));
    return new DeviceCode(method, constants(gemm, tiles * TILE, scalar), sizes, tiles);
  }

  static String formula(GemmKernel gemm) {
    String product = gemm.bias().isPresent() ? "W x + b" : "W x";
    return gemm.activation().map(a -> DeviceKernels.formula(a, product)).orElse(product);
  }

  static String name(String stem, GemmKernel gemm) {
    return stem
        + (gemm.bias().isPresent() ? "" : "WithoutBias")
        + gemm.activation().map(FunctionNames::capitalised).orElse("");
  }

  static List<String> arrays(GemmKernel gemm) {
    return gemm.bias().isPresent()
        ? List.of("x", "weight", "bias", "y")
        : List.of("x", "weight", "y");
  }

  static List<String> numbers(GemmKernel gemm, DeviceScalar scalar, String... sizes) {
    List<String> numbers = new ArrayList<>(DeviceKernels.constants(gemm.activation(), scalar));
    for (String size : sizes) {
      numbers.add("int " + size);
    }
    return numbers;
  }

  private static List<DeviceCode.Constant> constants(
      GemmKernel gemm, int width, DeviceScalar scalar) {
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(
        new DeviceCode.Constant(
            "Weight", CodeBlock.of(scalar.accessor("Columns($S)"), gemm.weight()), true, width));
    gemm.bias()
        .ifPresent(
            b ->
                constants.add(
                    DeviceKernels.vector("Bias", scalar.accessor("Vector($S)"), b, width)));
    return constants;
  }
}
