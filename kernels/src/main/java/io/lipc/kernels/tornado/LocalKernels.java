package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.model.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Writes dense layers for GPUs, by work groups that share local memory. Neighbouring work items
 * read neighbours in memory, and write them. All items of a group come to each barrier: what lies
 * beyond a matrix is read as 0, and not written.
 */
final class LocalKernels {

  /** The items of a group that compute one output together. */
  static final int TREE = 64;

  /** The rows, and the outputs, of a tile. */
  static final int SIDE = 64;

  /** The number of inputs of a tile that are in local memory at once. */
  static final int DEPTH = 16;

  /** The items of a group that compute a tile, each 4 by 4 of its elements. */
  static final int TEAM = SIDE * SIDE / 16;

  private LocalKernels() {}

  /**
   * A group per output of a row. Its items sum every 64th product each, and then halves of what is
   * left, so the order of a sum is not that of the JVM.
   */
  static DeviceCode tree(GemmKernel gemm, DeviceScalar scalar) {
    int inputs = gemm.source().size();
    int outputs = gemm.target().size();
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("$T[] sums = $L", scalar.type(), scalar.local("TREE"))
            .addStatement("int item = context.localIdx")
            .addStatement("int row = context.groupIdx / outputs")
            .addStatement("int j = context.groupIdx % outputs")
            .addStatement("$T sum = $L", scalar.type(), scalar.zero())
            .beginControlFlow("for (int step = 0; step < steps; step++)")
            .addStatement("int k = step * TREE + item")
            .beginControlFlow("if (k < inputs)")
            .addStatement("sum += x.get(row * inputs + k) * weight.get(j * inputs + k)")
            .endControlFlow()
            .endControlFlow()
            .addStatement("sums[item] = sum")
            .addStatement("context.localBarrier()")
            .beginControlFlow("for (int half = TREE / 2; half > 0; half = half / 2)")
            .beginControlFlow("if (item < half)")
            .addStatement("sums[item] += sums[item + half]")
            .endControlFlow()
            .addStatement("context.localBarrier()")
            .endControlFlow()
            .beginControlFlow("if (item == 0)")
            .addStatement(
                "$T t = $L",
                scalar.type(),
                gemm.bias().isPresent() ? "bias.get(j) + sums[0]" : "sums[0]")
            .addStatement(
                "y.set(context.groupIdx, $L)", DeviceKernels.activated(gemm.activation(), scalar))
            .endControlFlow();
    MethodSpec method =
        kernel(
            DenseKernels.name("treeDense", gemm),
            "{@code y = "
                + DenseKernels.formula(gemm)
                + "} for each row, one output per work group, whose sum\nis a tree.",
            gemm,
            List.of("inputs", "outputs", "steps"),
            body.build(),
            scalar);
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation(), scalar);
    sizes.add(DeviceKernels.number(inputs));
    sizes.add(DeviceKernels.number(outputs));
    sizes.add(DeviceKernels.number(Math.ceilDiv(inputs, TREE)));
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(
        DeviceKernels.vector(
            "Weight", scalar.accessor("Vector($S)"), gemm.weight(), inputs * outputs));
    addBias(constants, gemm, outputs, scalar);
    return new DeviceCode(method, constants, sizes, new Work.Groups(outputs, 1, 1, TREE));
  }

  /** A group per tile of rows by outputs; each sum in the order of the JVM. */
  static DeviceCode tile(GemmKernel gemm, DeviceScalar scalar) {
    int inputs = gemm.source().size();
    int outputs = gemm.target().size();
    int columns = Math.ceilDiv(outputs, SIDE);
    MethodSpec method =
        kernel(
            DenseKernels.name("tileDense", gemm),
            "{@code y = "
                + DenseKernels.formula(gemm)
                + "} for each row, 64 rows by 64 outputs per work group, 4 by\n"
                + "4 of them per item. Items side by side take outputs side by side.",
            gemm,
            List.of("inputs", "outputs", "steps", "columns", "rows"),
            tileBody(gemm, scalar),
            scalar);
    List<CodeBlock> sizes = DeviceKernels.slope(gemm.activation(), scalar);
    sizes.add(DeviceKernels.number(inputs));
    sizes.add(DeviceKernels.number(outputs));
    sizes.add(DeviceKernels.number(Math.ceilDiv(inputs, DEPTH)));
    sizes.add(DeviceKernels.number(columns));
    sizes.add(CodeBlock.of("rows"));
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(
        new DeviceCode.Constant(
            "Weight",
            CodeBlock.of(scalar.accessor("Columns($S)"), gemm.weight()),
            true,
            columns * SIDE));
    addBias(constants, gemm, columns * SIDE, scalar);
    return new DeviceCode(method, constants, sizes, new Work.Groups(columns, 1, SIDE, TEAM));
  }

  private static CodeBlock tileBody(GemmKernel gemm, DeviceScalar scalar) {
    CodeBlock.Builder body =
        CodeBlock.builder()
            // One more than a side: else items that store a column would meet in one bank.
            .addStatement("$T[] xs = $L", scalar.type(), scalar.local("DEPTH * (SIDE + 1)"))
            .addStatement("$T[] ws = $L", scalar.type(), scalar.local("DEPTH * SIDE"))
            .addStatement("int item = context.localIdx")
            .addStatement("int right = item % 16")
            .addStatement("int down = item / 16 * 4")
            .addStatement("int row = context.groupIdx / columns * SIDE")
            .addStatement("int column = context.groupIdx % columns * SIDE")
            .addStatement("$1T[] sums = new $1T[16]", scalar.type())
            .beginControlFlow("for (int j = 0; j < 16; j++)")
            .addStatement(
                "sums[j] = $L",
                gemm.bias().isPresent() ? "bias.get(column + right + j % 4 * 16)" : scalar.zero())
            .endControlFlow()
            .beginControlFlow("for (int step = 0; step < steps; step++)");
    load(body, scalar);
    body.addStatement("context.localBarrier()");
    multiply(body, scalar);
    return body.addStatement("context.localBarrier()")
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < 16; j++)")
        .addStatement("int r = row + down + j / 4")
        .addStatement("int to = column + right + j % 4 * 16")
        .beginControlFlow("if (r < rows && to < outputs)")
        .addStatement("$T t = sums[j]", scalar.type())
        .addStatement(
            "y.set(r * outputs + to, $L)", DeviceKernels.activated(gemm.activation(), scalar))
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  /** Brings 64 rows by 16 inputs, and 16 inputs by 64 outputs, into local memory. */
  private static void load(CodeBlock.Builder body, DeviceScalar scalar) {
    body.beginControlFlow("for (int i = 0; i < 4; i++)")
        .addStatement("int place = i * $L + item", TEAM)
        .addStatement("int r = row + place / DEPTH")
        .addStatement("int k = step * DEPTH + place % DEPTH")
        .addStatement("$T xk = $L", scalar.type(), scalar.zero())
        .beginControlFlow("if (r < rows && k < inputs)")
        .addStatement("xk = x.get(r * inputs + k)")
        .endControlFlow()
        .addStatement("xs[place % DEPTH * (SIDE + 1) + place / DEPTH] = xk")
        .addStatement("int l = step * DEPTH + place / SIDE")
        .addStatement("$T w = $L", scalar.type(), scalar.zero())
        .beginControlFlow("if (l < inputs)")
        .addStatement("w = weight.get(l * columns * SIDE + column + place % SIDE)")
        .endControlFlow()
        .addStatement("ws[place] = w")
        .endControlFlow();
  }

  private static void multiply(CodeBlock.Builder body, DeviceScalar scalar) {
    body.beginControlFlow("for (int k = 0; k < DEPTH; k++)");
    for (int j = 0; j < 4; j++) {
      body.addStatement("$T w$L = ws[k * SIDE + right + $L]", scalar.type(), j, 16 * j);
    }
    body.beginControlFlow("for (int i = 0; i < 4; i++)")
        .addStatement("$T xk = xs[k * (SIDE + 1) + down + i]", scalar.type());
    for (int j = 0; j < 4; j++) {
      body.addStatement("sums[i * 4 + $L] += xk * w$L", j, j);
    }
    body.endControlFlow().endControlFlow();
  }

  private static MethodSpec kernel(
      String name,
      String summary,
      GemmKernel gemm,
      List<String> sizes,
      CodeBlock body,
      DeviceScalar scalar) {
    return kernel(name, summary, DenseKernels.arrays(gemm), gemm.activation(), sizes, body, scalar);
  }

  /** A method for one item of a group, which it knows by its context. */
  static MethodSpec kernel(
      String name,
      String summary,
      List<String> arrays,
      Optional<Activation.Pointwise> activation,
      List<String> sizes,
      CodeBlock body,
      DeviceScalar scalar) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.STATIC)
            .addJavadoc("$L", summary)
            .addParameter(TornadoTypes.CONTEXT, "context");
    arrays.forEach(array -> method.addParameter(scalar.array(), array));
    DeviceKernels.constants(activation, scalar)
        .forEach(number -> method.addParameter(DeviceKernels.number(number)));
    sizes.forEach(size -> method.addParameter(TypeName.INT, size));
    return method.addCode(body).build();
  }

  private static void addBias(
      List<DeviceCode.Constant> constants, GemmKernel gemm, int width, DeviceScalar scalar) {
    gemm.bias()
        .ifPresent(
            bias ->
                constants.add(
                    DeviceKernels.vector("Bias", scalar.accessor("Vector($S)"), bias, width)));
  }
}
