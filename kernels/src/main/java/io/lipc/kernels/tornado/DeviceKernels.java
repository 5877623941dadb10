package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.BatchNormKernel;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.kernels.java.FunctionNames;
import io.lipc.kernels.java.Scalar;
import io.lipc.model.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes tasks as static methods that TornadoVM compiles for a device.
 *
 * <p>Each is one {@code @Parallel} loop over all results of all rows, but for those of {@link
 * LocalKernels}, whose work groups share memory. One dimension, whatever the shapes: work items lie
 * side by side in memory, and the number of them can be rounded up to whole groups, which
 * TornadoVM's choice of a group needs on GPUs and insists on for FPGAs. Items beyond the results do
 * nothing.
 *
 * <p>No method may be called like a function of OpenCL, {@code tanh} for example: the method's name
 * becomes the name of a function there.
 *
 * <p>The arithmetic is that of {@link io.lipc.kernels.graph.Kernel}, in its order. Maxima are
 * written as comparisons: the function that OpenCL has for them drops NaN.
 */
final class DeviceKernels {

  private static final Scalar SCALAR = Scalar.FLOAT;

  private DeviceKernels() {}

  static DeviceCode of(DeviceTask task, Layout layout) {
    return switch (task) {
      case DeviceTask.Pad pad -> ImageKernels.pad(pad);
      case DeviceTask.Compute compute -> of(compute, layout);
    };
  }

  private static DeviceCode of(DeviceTask.Compute task, Layout layout) {
    return switch (task.kernel()) {
      case GemmKernel gemm -> DenseKernels.of(gemm, layout);
      case ConvolutionKernel convolution -> ConvolutionKernels.of(convolution, layout);
      case PoolKernel pool -> ImageKernels.pool(pool);
      case ElementwiseKernel elementwise -> elementwise(elementwise);
      case MaxMinKernel maxMin -> GroupKernels.maxMin(maxMin);
      case GroupedKernel grouped -> GroupKernels.of(grouped);
      case CenterKernel center -> RowKernels.center(center);
      case AddKernel add -> sum(add);
      case LinearKernel linear -> linear(linear);
      case BatchNormKernel norm -> affine(norm.index(), norm.target().size());
      case CopyKernel copy -> task.sources().size() == 1 ? copy(copy) : concat(task);
      case CallKernel call -> throw new IllegalStateException("not inlined: " + call);
    };
  }

  private static DeviceCode elementwise(ElementwiseKernel elementwise) {
    Activation.Pointwise activation = elementwise.activation();
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("float t = x.get(item)")
            .addStatement("y.set(item, $L)", activated(Optional.of(activation)))
            .build();
    MethodSpec method =
        kernel(
            "elementwise" + FunctionNames.capitalised(activation),
            "{@code y = " + formula(activation, "x") + "}.",
            List.of("x", "y"),
            constants(Optional.of(activation)),
            body);
    return new DeviceCode(
        method, List.of(), slope(Optional.of(activation)), elementwise.target().size());
  }

  private static DeviceCode sum(AddKernel add) {
    List<String> terms = IntStream.range(0, add.sources().size()).mapToObj(i -> "x" + i).toList();
    CodeBlock sum =
        terms.stream()
            .map(term -> CodeBlock.of("$L.get(item)", term))
            .collect(CodeBlock.joining("$W+ "));
    List<String> arrays = new ArrayList<>(terms);
    arrays.add("y");
    MethodSpec method =
        kernel(
            "sumOf" + terms.size(),
            "{@code y = " + String.join(" + ", terms) + "}.",
            arrays,
            List.of(),
            CodeBlock.builder().addStatement("y.set(item, $L)", sum).build());
    return new DeviceCode(method, List.of(), List.of(), add.target().size());
  }

  private static DeviceCode linear(LinearKernel linear) {
    return switch (linear.map()) {
      case Scaling(double factor) -> scale(linear, factor);
      case Diagonal _ -> affine(linear.index(), linear.target().size());
      case Selection(List<Integer> indices) ->
          linear.isSlice() ? slice(linear, indices.getFirst()) : select(linear);
      default -> throw new IllegalStateException("a kernel of its own, or none: " + linear);
    };
  }

  private static DeviceCode scale(LinearKernel scale, double value) {
    MethodSpec method =
        kernel(
            "scale",
            "{@code y = factor x}.",
            List.of("x", "y"),
            List.of("float factor"),
            CodeBlock.builder().addStatement("y.set(item, factor * x.get(item))").build());
    CodeBlock factor = CodeBlock.of("$L", SCALAR.literal(value));
    return new DeviceCode(method, List.of(), List.of(factor), scale.target().size());
  }

  private static DeviceCode affine(int index, int size) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int j = item % size")
            .addStatement("y.set(item, scale.get(j) * x.get(item) + shift.get(j))")
            .build();
    MethodSpec method =
        kernel(
            "affine",
            "{@code y = scale x + shift}, elementwise, for each row.",
            List.of("x", "scale", "shift", "y"),
            List.of("int size"),
            body);
    List<DeviceCode.Constant> constants =
        List.of(
            vector("Scale", "floatScale($L)", index, size),
            vector("Shift", "floatShift($L)", index, size));
    return new DeviceCode(method, constants, List.of(number(size)), size);
  }

  private static DeviceCode copy(CopyKernel copy) {
    MethodSpec method =
        kernel(
            "copy",
            "{@code y = x}.",
            List.of("x", "y"),
            List.of(),
            CodeBlock.builder().addStatement("y.set(item, x.get(item))").build());
    return new DeviceCode(method, List.of(), List.of(), copy.source().size());
  }

  /**
   * All arrays of a task are of floats, and so are indices: these are exact below 2^24, which no
   * tensor exceeds.
   */
  private static DeviceCode select(LinearKernel select) {
    int size = select.target().size();
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int row = item / size")
            .addStatement("int from = (int) indices.get(item % size)")
            .addStatement("y.set(item, x.get(row * width + from))")
            .build();
    MethodSpec method =
        kernel(
            "pick",
            "{@code y} is those elements of each row of {@code x} that have the given numbers.",
            List.of("x", "indices", "y"),
            List.of("int width", "int size"),
            body);
    return new DeviceCode(
        method,
        List.of(vector("Indices", "floatIndices($L)", select.index(), size)),
        List.of(number(select.source().size()), number(size)),
        size);
  }

  private static DeviceCode slice(LinearKernel slice, int from) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int row = item / size")
            .addStatement("y.set(item, x.get(row * width + from + item % size))")
            .build();
    MethodSpec method =
        kernel(
            "slice",
            "{@code y} is {@code size} neighbours of each row of {@code x}.",
            List.of("x", "y"),
            List.of("int from", "int width", "int size"),
            body);
    int size = slice.target().size();
    return new DeviceCode(
        method,
        List.of(),
        List.of(number(from), number(slice.source().size()), number(size)),
        size);
  }

  private static DeviceCode concat(DeviceTask task) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int row = item / size")
            .addStatement("int j = item % size")
            .beginControlFlow("if (j < headSize)")
            .addStatement("y.set(item, head.get(row * headSize + j))")
            .nextControlFlow("else")
            .addStatement("y.set(item, tail.get(row * (size - headSize) + j - headSize))")
            .endControlFlow()
            .build();
    MethodSpec method =
        kernel(
            "concat",
            "{@code y = concat(head, tail)} for each row.",
            List.of("head", "tail", "y"),
            List.of("int headSize", "int size"),
            body);
    int size = task.target().size();
    return new DeviceCode(
        method, List.of(), List.of(number(task.source().size()), number(size)), size);
  }

  /** One loop over the work items, of which the first {@code count} do what {@code body} says. */
  static MethodSpec kernel(
      String name, String summary, List<String> arrays, List<String> numbers, CodeBlock body) {
    List<ParameterSpec> all = new ArrayList<>();
    arrays.forEach(array -> all.add(parameter(TornadoTypes.FLOATS, array)));
    numbers.forEach(number -> all.add(number(number)));
    return loop(name, summary, all, body);
  }

  /** As {@link #kernel}, of any parameters. */
  static MethodSpec loop(
      String name, String summary, List<ParameterSpec> parameters, CodeBlock body) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.STATIC)
        .addJavadoc("$L", summary)
        .addParameters(parameters)
        .addParameter(TypeName.INT, "count")
        .addParameter(TypeName.INT, "items")
        .beginControlFlow("for (@$T int item = 0; item < items; item++)", TornadoTypes.PARALLEL)
        .beginControlFlow("if (item < count)")
        .addCode(body)
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  static ParameterSpec parameter(TypeName type, String name) {
    return ParameterSpec.builder(type, name).build();
  }

  /** As it is written: its type, a blank, its name. */
  static ParameterSpec number(String typed) {
    boolean isFloat = typed.startsWith("float ");
    return parameter(
        isFloat ? TypeName.FLOAT : TypeName.INT, typed.substring(typed.indexOf(' ') + 1));
  }

  static DeviceCode.Constant vector(String suffix, String accessor, Object argument, int width) {
    return new DeviceCode.Constant(
        suffix, CodeBlock.of("parameters." + accessor, argument), false, width);
  }

  static CodeBlock number(int value) {
    return CodeBlock.of("$L", value);
  }

  static List<CodeBlock> slope(Optional<Activation.Pointwise> activation) {
    List<CodeBlock> sizes = new ArrayList<>();
    activation.stream()
        .flatMap(a -> a.parameters().stream())
        .forEach(slope -> sizes.add(CodeBlock.of("$L", SCALAR.literal(slope))));
    return sizes;
  }

  /** The activation of the variable {@code t}. */
  static CodeBlock activated(Optional<Activation.Pointwise> activation) {
    if (activation.isEmpty()) {
      return CodeBlock.of("t");
    }
    return DeviceActivations.expression(activation.get().kind());
  }

  /** What an activation with a constant calls it, after its type. */
  static List<String> constants(Optional<Activation.Pointwise> activation) {
    return activation.stream()
        .flatMap(a -> a.kind().parameterNames().stream())
        .map(name -> "float " + name)
        .toList();
  }

  static String formula(Activation.Pointwise activation, String argument) {
    List<String> arguments = new ArrayList<>(List.of(argument));
    arguments.addAll(activation.kind().parameterNames());
    return activation.kind().word() + "(" + String.join(", ", arguments) + ")";
  }
}
