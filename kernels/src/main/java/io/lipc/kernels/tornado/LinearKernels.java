package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.kernels.graph.LinearKernel;
import java.util.List;

/** Writes linear maps without a matrix for devices; see {@link DeviceKernels}. */
final class LinearKernels {

  private LinearKernels() {}

  static DeviceCode of(LinearKernel linear, DeviceScalar scalar) {
    return switch (linear.form()) {
      case LinearKernel.Form.Scale(double factor) -> scale(linear, factor, scalar);
      case LinearKernel.Form.Affine _ -> affine(linear.unit(), linear.target().size(), scalar);
      case LinearKernel.Form.Slice(int from) -> slice(linear, from, scalar);
      case LinearKernel.Form.Select _ -> select(linear, scalar);
    };
  }

  private static DeviceCode scale(LinearKernel scale, double value, DeviceScalar scalar) {
    MethodSpec method =
        DeviceKernels.kernel(
            "scale",
            "{@code y = factor x}.",
            List.of("x", "y"),
            List.of(scalar.parameter("factor")),
            CodeBlock.builder().addStatement("y.set(item, factor * x.get(item))").build(),
            scalar);
    CodeBlock factor = CodeBlock.of("$L", scalar.literal(value));
    return new DeviceCode(method, List.of(), List.of(factor), scale.target().size());
  }

  static DeviceCode affine(String unit, int size, DeviceScalar scalar) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int j = item % size")
            .addStatement("y.set(item, scale.get(j) * x.get(item) + shift.get(j))")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "affine",
            "{@code y = scale x + shift}, elementwise, for each row.",
            List.of("x", "scale", "shift", "y"),
            List.of("int size"),
            body,
            scalar);
    List<DeviceCode.Constant> constants =
        List.of(
            DeviceKernels.vector("Scale", scalar.accessor("Scale($S)"), unit, size),
            DeviceKernels.vector("Shift", scalar.accessor("Shift($S)"), unit, size));
    return new DeviceCode(method, constants, List.of(DeviceKernels.number(size)), size);
  }

  /**
   * All arrays of a task are of its numbers, and so are indices: these are exact below 2^24 also as
   * floats, and no tensor has more elements.
   */
  private static DeviceCode select(LinearKernel select, DeviceScalar scalar) {
    int size = select.target().size();
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int row = item / size")
            .addStatement("int from = (int) indices.get(item % size)")
            .addStatement("y.set(item, x.get(row * width + from))")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "pick",
            "{@code y} is those elements of each row of {@code x} that have the given numbers.",
            List.of("x", "indices", "y"),
            List.of("int width", "int size"),
            body,
            scalar);
    return new DeviceCode(
        method,
        List.of(
            DeviceKernels.vector("Indices", scalar.accessor("Indices($S)"), select.unit(), size)),
        List.of(DeviceKernels.number(select.source().size()), DeviceKernels.number(size)),
        size);
  }

  private static DeviceCode slice(LinearKernel slice, int from, DeviceScalar scalar) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int row = item / size")
            .addStatement("y.set(item, x.get(row * width + from + item % size))")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "slice",
            "{@code y} is {@code size} neighbours of each row of {@code x}.",
            List.of("x", "y"),
            List.of("int from", "int width", "int size"),
            body,
            scalar);
    int size = slice.target().size();
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            DeviceKernels.number(from),
            DeviceKernels.number(slice.source().size()),
            DeviceKernels.number(size)),
        size);
  }
}
