package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.certificate.function.DeviceFunctions;
import io.lipc.certificate.linear.Centering;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.java.Scalar;
import io.lipc.model.activation.GroupedKind;
import java.util.List;
import java.util.Optional;

/**
 * Writes what every element of a row depends on as a whole: {@code softmax} and {@code center}. A
 * work item has a row, so that what all elements share is computed once.
 */
final class RowKernels {

  private RowKernels() {}

  /** Why one of the kernels cannot be written for devices, as a clause; empty where all can. */
  static Optional<String> obstacle(List<Kernel> kernels) {
    return kernels.stream()
        .filter(GroupedKernel.class::isInstance)
        .map(kernel -> ((GroupedKernel) kernel).activation())
        .filter(activation -> activation.kind() == GroupedKind.SOFTMAX)
        .mapToDouble(activation -> activation.parameters().getFirst())
        .filter(t -> !DeviceFunctions.divides(t))
        .mapToObj(
            t ->
                "its `softmax` has the temperature "
                    + t
                    + ", and kernels for devices have those from 2^-100 to 2^119")
        .findFirst();
  }

  /**
   * The sum is compensated (Kahan): each term is added less what the last sum was too much, so that
   * it is as good for many elements as for few.
   */
  static DeviceCode softmax(GroupedKernel softmax) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int from = item * group")
            .addStatement("float most = x.get(from)")
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("float z = x.get(from + k)")
            .addStatement("most = $L", GroupKernels.larger("most", "z"))
            .endControlFlow()
            .addStatement("float sum = 0f")
            .addStatement("float excess = 0f")
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("float term = $L - excess", exponential())
            .addStatement("float next = sum + term")
            .addStatement("excess = (next - sum) - term")
            .addStatement("sum = next")
            .endControlFlow()
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement(
                "y.set(from + k, $T.quotient($L, sum))", DeviceFunctions.class, exponential())
            .endControlFlow()
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "softmaxOfRow",
            "{@code y = softmax(x, temperature)}, one row per work item.",
            List.of("x", "y"),
            List.of("float temperature", "int group"),
            body);
    double temperature = softmax.activation().parameters().getFirst();
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            CodeBlock.of("$L", Scalar.FLOAT.literal(temperature)),
            DeviceKernels.number(softmax.target().size())),
        1);
  }

  private static CodeBlock exponential() {
    return CodeBlock.of(
        "$T.exponential(x.get(from + k), most, temperature)", DeviceFunctions.class);
  }

  /**
   * The share of an element is rounded to a float. With n products, all but the first of which are
   * added to others, that makes n + 1 roundings, which is what {@code RoundingBound} counts for a
   * sum of n products and a shift.
   */
  static DeviceCode center(CenterKernel center) {
    int size = center.target().size();
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int from = item * group")
            .addStatement("float mean = 0f")
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("mean += share * x.get(from + k)")
            .endControlFlow()
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("y.set(from + k, x.get(from + k) - mean)")
            .endControlFlow()
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "center",
            "{@code y = x - mean(x)}, one row per work item.",
            List.of("x", "y"),
            List.of("float share", "int group"),
            body);
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            CodeBlock.of("$L", Scalar.FLOAT.literal(Centering.share(size))),
            DeviceKernels.number(size)),
        1);
  }
}
