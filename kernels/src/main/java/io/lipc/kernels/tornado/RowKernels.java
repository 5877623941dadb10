package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.certificate.linear.Centering;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.Optional;

/**
 * Writes what every element of a row depends on as a whole: {@code softmax} and {@code center}. A
 * work item has a row, so that what all elements share is computed once.
 */
final class RowKernels {

  private RowKernels() {}

  /** Why one of the kernels cannot be written for devices, as a clause; empty where all can. */
  static Optional<String> obstacle(List<Kernel> kernels, DeviceScalar scalar) {
    return kernels.stream()
        .filter(GroupedKernel.class::isInstance)
        .flatMap(kernel -> obstacle(((GroupedKernel) kernel).activation(), scalar).stream())
        .findFirst();
  }

  private static Optional<String> obstacle(Activation.Grouped activation, DeviceScalar scalar) {
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT, HOUSEHOLDER -> Optional.empty();
      case SOFTMAX ->
          Optional.of(activation.parameters().getFirst())
              .filter(t -> !scalar.divides(t))
              .map(
                  t ->
                      "its `softmax` has the temperature "
                          + t
                          + ", and kernels for devices have those "
                          + scalar.divisors());
      case LAYER_NORM, L2_NORMALIZE ->
          Optional.of(
              "its `"
                  + activation.kind().word()
                  + "` adds squares in doubles on the JVM, and there is no kernel for"
                  + " devices with a bound of its rounding");
    };
  }

  /**
   * The sum is compensated (Kahan): each term is added less what the last sum was too much, so that
   * it is as good for many elements as for few.
   */
  static DeviceCode softmax(GroupedKernel softmax, DeviceScalar scalar) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int from = item * group")
            .addStatement("$T most = x.get(from)", scalar.type())
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("$T z = x.get(from + k)", scalar.type())
            .addStatement("most = $L", GroupKernels.larger("most", "z"))
            .endControlFlow()
            .addStatement("$T sum = $L", scalar.type(), scalar.zero())
            .addStatement("$T excess = $L", scalar.type(), scalar.zero())
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("$T term = $L - excess", scalar.type(), exponential(scalar))
            .addStatement("$T next = sum + term", scalar.type())
            .addStatement("excess = (next - sum) - term")
            .addStatement("sum = next")
            .endControlFlow()
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement(
                "y.set(from + k, $T.quotient($L, sum))", scalar.functions(), exponential(scalar))
            .endControlFlow()
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "softmaxOfRow",
            "{@code y = softmax(x, temperature)}, one row per work item.",
            List.of("x", "y"),
            List.of(scalar.parameter("temperature"), "int group"),
            body,
            scalar);
    double temperature = softmax.activation().parameters().getFirst();
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            CodeBlock.of("$L", scalar.literal(temperature)),
            DeviceKernels.number(softmax.target().size())),
        1);
  }

  private static CodeBlock exponential(DeviceScalar scalar) {
    return CodeBlock.of("$T.exponential(x.get(from + k), most, temperature)", scalar.functions());
  }

  /**
   * The share of an element is rounded. With n products, all but the first of which are added to
   * others, that makes n + 1 roundings, which is what {@code RoundingBound} counts for a sum of n
   * products and a shift.
   */
  static DeviceCode center(CenterKernel center, DeviceScalar scalar) {
    int size = center.target().size();
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int from = item * group")
            .addStatement("$T mean = $L", scalar.type(), scalar.zero())
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
            List.of(scalar.parameter("share"), "int group"),
            body,
            scalar);
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            CodeBlock.of("$L", scalar.literal(Centering.share(size))), DeviceKernels.number(size)),
        1);
  }
}
