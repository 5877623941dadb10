package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import java.util.List;

/**
 * Writes activations of groups for devices. The elements of a group are {@code pixels} apart: 1 for
 * neighbours, the pixels of a channel for neighbouring channels of an image; work items that lie
 * side by side take neighbouring pixels.
 */
final class GroupKernels {

  private GroupKernels() {}

  static DeviceCode of(GroupedKernel grouped, DeviceScalar scalar) {
    return switch (grouped.activation().kind()) {
      case MAXMIN, GROUP_SORT -> sort(grouped, scalar);
      case HOUSEHOLDER -> reflect(grouped, scalar);
      case SOFTMAX -> RowKernels.softmax(grouped, scalar);
      case LAYER_NORM ->
          throw new IllegalArgumentException("layer_norm is an obstacle of " + grouped.target());
      case L2_NORMALIZE ->
          throw new IllegalArgumentException("l2_normalize is an obstacle of " + grouped.target());
    };
  }

  /** Opens a pair: where its first element is. */
  private static CodeBlock.Builder pair(DeviceScalar scalar) {
    return CodeBlock.builder()
        .addStatement("int at = item / pixels * 2 * pixels + item % pixels")
        .addStatement("$T p = x.get(at)", scalar.type())
        .addStatement("$T q = x.get(at + pixels)", scalar.type());
  }

  /**
   * Sorts pairs. On the JVM both results are NaN if one operand is, and so is the sum here.
   * TornadoVM takes {@code p >= q} for the opposite of {@code p < q}, which loses NaN; equality it
   * does not touch.
   */
  static DeviceCode maxMin(MaxMinKernel maxMin, DeviceScalar scalar) {
    CodeBlock body =
        pair(scalar)
            .addStatement("y.set(at, $L)", larger("p", "q"))
            .addStatement("y.set(at + pixels, p < q ? p : q < p ? q : p == q ? q : p + q)")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "maxMin",
            "{@code y = maxmin(x)}, one pair per work item.",
            List.of("x", "y"),
            List.of("int pixels"),
            body,
            scalar);
    return new DeviceCode(
        method,
        List.of(),
        List.of(DeviceKernels.number(maxMin.pixels())),
        maxMin.target().size() / 2);
  }

  /** The larger of two variables, NaN where one is. */
  static String larger(String p, String q) {
    return "%1$s < %2$s ? %2$s : %2$s < %1$s ? %1$s : %1$s == %2$s ? %1$s : %1$s + %2$s"
        .formatted(p, q);
  }

  /**
   * Each element looks for its own place, the number of those that come before it, since no element
   * of the target may be read. Where one of the group is NaN all are, as on the JVM: then every
   * element stays where it is. Conditions are multiplied: where one stands within another,
   * TornadoVM loses the negation.
   */
  private static DeviceCode sort(GroupedKernel sort, DeviceScalar scalar) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int own = item / pixels % group")
            .addStatement("int first = item - own * pixels")
            .addStatement("$T t = x.get(item)", scalar.type())
            .addStatement("$T spread = t", scalar.type())
            .addStatement("int place = 0")
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("$T other = x.get(first + k * pixels)", scalar.type())
            .addStatement("spread = other == other ? spread : other")
            .addStatement("int before = k < own ? 1 : 0")
            .addStatement("place += (t < other ? 1 : 0) + (t == other ? 1 : 0) * before")
            .endControlFlow()
            .addStatement(
                "y.set(spread == spread ? first + place * pixels : item,$W"
                    + "spread == spread ? t : spread)")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "groupSort",
            "{@code y} has the elements of each group of {@code x}, the largest first.",
            List.of("x", "y"),
            List.of("int group", "int pixels"),
            body,
            scalar);
    return new DeviceCode(
        method,
        List.of(),
        List.of(DeviceKernels.number(sort.groups().size()), DeviceKernels.number(sort.pixels())),
        sort.target().size());
  }

  /** Twice the larger of {@code -dot} and 0; NaN passes the comparison. */
  private static DeviceCode reflect(GroupedKernel householder, DeviceScalar scalar) {
    CodeBlock body =
        pair(scalar)
            .addStatement("$T dot = v0 * p + v1 * q", scalar.type())
            .addStatement(
                "$1T twice = dot > $2L ? $2L : -$3L * dot",
                scalar.type(),
                scalar.zero(),
                scalar.whole(2))
            .addStatement("y.set(at, p + v0 * twice)")
            .addStatement("y.set(at + pixels, q + v1 * twice)")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "householder",
            "{@code y = householder(x, v0, v1)}, one pair per work item.",
            List.of("x", "y"),
            List.of(scalar.parameter("v0"), scalar.parameter("v1"), "int pixels"),
            body,
            scalar);
    List<Double> v = householder.activation().parameters();
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            CodeBlock.of("$L", scalar.literal(v.getFirst())),
            CodeBlock.of("$L", scalar.literal(v.getLast())),
            DeviceKernels.number(householder.pixels())),
        householder.target().size() / 2);
  }
}
