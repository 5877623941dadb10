package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
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

  private DeviceKernels() {}

  static DeviceCode of(DeviceTask task, Layout layout, DeviceScalar scalar) {
    return switch (task) {
      case DeviceTask.Pad pad -> ImageKernels.pad(pad, scalar);
      case DeviceTask.Compute compute -> of(compute, layout, scalar);
    };
  }

  private static DeviceCode of(DeviceTask.Compute task, Layout layout, DeviceScalar scalar) {
    return switch (task.kernel()) {
      case GemmKernel gemm -> DenseKernels.of(gemm, layout, scalar);
      case ConvolutionKernel convolution -> ConvolutionKernels.of(convolution, layout, scalar);
      case PoolKernel pool -> ImageKernels.pool(pool, scalar);
      case ElementwiseKernel elementwise -> elementwise(elementwise, scalar);
      case MaxMinKernel maxMin -> GroupKernels.maxMin(maxMin, scalar);
      case GroupedKernel grouped -> GroupKernels.of(grouped, scalar);
      case CenterKernel center -> RowKernels.center(center, scalar);
      case AddKernel add -> sum(add, scalar);
      case LinearKernel linear -> LinearKernels.of(linear, scalar);
      case BatchNormKernel norm -> LinearKernels.affine(norm.unit(), norm.target().size(), scalar);
      case CopyKernel copy ->
          task.sources().size() == 1 ? copy(copy, scalar) : concat(task, scalar);
      case CallKernel call -> throw new IllegalStateException("not inlined: " + call);
    };
  }

  private static DeviceCode elementwise(ElementwiseKernel elementwise, DeviceScalar scalar) {
    Activation.Pointwise activation = elementwise.activation();
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("$T t = x.get(item)", scalar.type())
            .addStatement("y.set(item, $L)", activated(Optional.of(activation), scalar))
            .build();
    MethodSpec method =
        kernel(
            "elementwise" + FunctionNames.capitalised(activation),
            "{@code y = " + formula(activation, "x") + "}.",
            List.of("x", "y"),
            constants(Optional.of(activation), scalar),
            body,
            scalar);
    return new DeviceCode(
        method, List.of(), slope(Optional.of(activation), scalar), elementwise.target().size());
  }

  private static DeviceCode sum(AddKernel add, DeviceScalar scalar) {
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
            CodeBlock.builder().addStatement("y.set(item, $L)", sum).build(),
            scalar);
    return new DeviceCode(method, List.of(), List.of(), add.target().size());
  }

  private static DeviceCode copy(CopyKernel copy, DeviceScalar scalar) {
    MethodSpec method =
        kernel(
            "copy",
            "{@code y = x}.",
            List.of("x", "y"),
            List.of(),
            CodeBlock.builder().addStatement("y.set(item, x.get(item))").build(),
            scalar);
    return new DeviceCode(method, List.of(), List.of(), copy.source().size());
  }

  private static DeviceCode concat(DeviceTask task, DeviceScalar scalar) {
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
            body,
            scalar);
    int size = task.target().size();
    return new DeviceCode(
        method, List.of(), List.of(number(task.source().size()), number(size)), size);
  }

  /** One loop over the work items, of which the first {@code count} do what {@code body} says. */
  static MethodSpec kernel(
      String name,
      String summary,
      List<String> arrays,
      List<String> numbers,
      CodeBlock body,
      DeviceScalar scalar) {
    List<ParameterSpec> all = new ArrayList<>();
    arrays.forEach(array -> all.add(parameter(scalar.array(), array)));
    numbers.forEach(number -> all.add(number(number)));
    return loop(name, summary, all, body);
  }

  /** Writes a kernel like {@link #kernel}, with any parameters. */
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

  /** The parameter that is written as type, blank, name. */
  static ParameterSpec number(String typed) {
    int blank = typed.indexOf(' ');
    TypeName type =
        switch (typed.substring(0, blank)) {
          case "int" -> TypeName.INT;
          case "float" -> TypeName.FLOAT;
          case "double" -> TypeName.DOUBLE;
          default -> throw new IllegalArgumentException(typed);
        };
    return parameter(type, typed.substring(blank + 1));
  }

  static DeviceCode.Constant vector(String suffix, String accessor, Object argument, int width) {
    return new DeviceCode.Constant(suffix, CodeBlock.of(accessor, argument), false, width);
  }

  static CodeBlock number(int value) {
    return CodeBlock.of("$L", value);
  }

  static List<CodeBlock> slope(Optional<Activation.Pointwise> activation, DeviceScalar scalar) {
    List<CodeBlock> sizes = new ArrayList<>();
    activation.stream()
        .flatMap(a -> a.parameters().stream())
        .forEach(slope -> sizes.add(CodeBlock.of("$L", scalar.literal(slope))));
    return sizes;
  }

  /** The activation of the variable {@code t}. */
  static CodeBlock activated(Optional<Activation.Pointwise> activation, DeviceScalar scalar) {
    if (activation.isEmpty()) {
      return CodeBlock.of("t");
    }
    return DeviceActivations.expression(activation.get().kind(), scalar);
  }

  /** The parameters for an activation's constants: type and name of each. */
  static List<String> constants(Optional<Activation.Pointwise> activation, DeviceScalar scalar) {
    return activation.stream()
        .flatMap(a -> a.kind().parameterNames().stream())
        .map(scalar::parameter)
        .toList();
  }

  static String formula(Activation.Pointwise activation, String argument) {
    List<String> arguments = new ArrayList<>(List.of(argument));
    arguments.addAll(activation.kind().parameterNames());
    return activation.kind().word() + "(" + String.join(", ", arguments) + ")";
  }
}
