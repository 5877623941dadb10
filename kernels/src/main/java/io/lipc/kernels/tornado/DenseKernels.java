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
   * How many outputs of a dense layer one work item computes. It keeps as many sums in registers
   * and reads each input once for all of them: on a two-core CPU less than half the time of one
   * output per item, for 64 rows of 784 -> 256 (docs/tornado-device.log).
   */
  static final int TILE = 8;

  /** Narrower layers do not fill one tile, so each output has a work item of its own. */
  static final int MIN_TILED_OUTPUTS = TILE;

  private DenseKernels() {}

  static DeviceCode of(GemmKernel gemm, Layout layout) {
    boolean isNarrow = gemm.target().size() < MIN_TILED_OUTPUTS;
    return switch (layout) {
      case PORTABLE, PIXELS -> isNarrow ? plain(gemm) : tiled(gemm);
      case LANES ->
          gemm.source().size() < LaneKernels.MIN_INPUTS
              ? of(gemm, Layout.PORTABLE)
              : LaneKernels.dense(gemm);
      case TREES -> LocalKernels.tree(gemm);
      case TILES -> isNarrow ? LocalKernels.tree(gemm) : LocalKernels.tile(gemm);
    };
  }

  private static DeviceCode plain(GemmKernel gemm) {
    int outputs = gemm.target().size();
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int row = item / outputs")
            .addStatement("int j = item % outputs")
            .addStatement("float t = $L", gemm.bias().isPresent() ? "bias.get(j)" : "0f")
            .beginControlFlow("for (int k = 0; k < inputs; k++)")
            .addStatement("t += x.get(row * inputs + k) * weight.get(k * outputs + j)")
            .endControlFlow()
            .addStatement("y.set(item, $L)", DeviceKernels.activated(gemm.activation()));
    MethodSpec method =
        DeviceKernels.kernel(
            name("dense", gemm),
            "{@code y = " + formula(gemm) + "} for each row, one output per work item.",
            arrays(gemm),
            numbers(gemm, "inputs", "outputs"),
            body.build());
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation());
    sizes.add(DeviceKernels.number(gemm.source().size()));
    sizes.add(DeviceKernels.number(outputs));
    return new DeviceCode(method, constants(gemm, outputs), sizes, outputs);
  }

  private static DeviceCode tiled(GemmKernel gemm) {
    int outputs = gemm.target().size();
    int tiles = (outputs + TILE - 1) / TILE;
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int row = item / tiles")
            .addStatement("int first = item % tiles * TILE")
            .addStatement("float[] sums = new float[TILE]")
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .addStatement("sums[j] = $L", gemm.bias().isPresent() ? "bias.get(first + j)" : "0f")
            .endControlFlow()
            .beginControlFlow("for (int k = 0; k < inputs; k++)")
            .addStatement("float xk = x.get(row * inputs + k)")
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .addStatement("sums[j] += xk * weight.get(k * tiles * TILE + first + j)")
            .endControlFlow()
            .endControlFlow()
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .beginControlFlow("if (first + j < outputs)")
            .addStatement("float t = sums[j]")
            .addStatement(
                "y.set(row * outputs + first + j, $L)", DeviceKernels.activated(gemm.activation()))
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
            numbers(gemm, "inputs", "outputs", "tiles"),
            body.build());
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation());
    sizes.add(DeviceKernels.number(gemm.source().size()));
    sizes.add(DeviceKernels.number(outputs));
    sizes.add(DeviceKernels.number(tiles));
    return new DeviceCode(method, constants(gemm, tiles * TILE), sizes, tiles);
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

  static List<String> numbers(GemmKernel gemm, String... sizes) {
    List<String> numbers = new ArrayList<>(DeviceKernels.constants(gemm.activation()));
    for (String size : sizes) {
      numbers.add("int " + size);
    }
    return numbers;
  }

  private static List<DeviceCode.Constant> constants(GemmKernel gemm, int width) {
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(
        new DeviceCode.Constant(
            "Weight", CodeBlock.of("parameters.floatColumns($S)", gemm.weight()), true, width));
    gemm.bias()
        .ifPresent(b -> constants.add(DeviceKernels.vector("Bias", "floatVector($S)", b, width)));
    return constants;
  }
}
