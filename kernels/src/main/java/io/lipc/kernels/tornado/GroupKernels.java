package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.java.Scalar;
import java.util.List;

/**
 * Writes activations of groups for devices. The elements of a group are {@code pixels} apart: 1 for
 * neighbours, the pixels of a channel for neighbouring channels of an image; work items that lie
 * side by side take neighbouring pixels.
 */
final class GroupKernels {

  private GroupKernels() {}

  static DeviceCode of(GroupedKernel grouped) {
    return switch (grouped.activation().kind()) {
      case MAXMIN, GROUP_SORT -> sort(grouped);
      case HOUSEHOLDER -> reflect(grouped);
      case SOFTMAX -> RowKernels.softmax(grouped);
    };
  }

  /** Opens a pair: where its first element is. */
  private static CodeBlock.Builder pair() {
    return CodeBlock.builder()
        .addStatement("int at = item / pixels * 2 * pixels + item % pixels")
        .addStatement("float p = x.get(at)")
        .addStatement("float q = x.get(at + pixels)");
  }

  /**
   * On the JVM both are NaN where one operand is, and so is the sum then. TornadoVM takes {@code p
   * >= q} for the opposite of {@code p < q}, which loses NaN; equality it does not touch.
   */
  static DeviceCode maxMin(MaxMinKernel maxMin) {
    CodeBlock body =
        pair()
            .addStatement("y.set(at, $L)", larger("p", "q"))
            .addStatement("y.set(at + pixels, p < q ? p : q < p ? q : p == q ? q : p + q)")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "maxMin",
            "{@code y = maxmin(x)}, one pair per work item.",
            List.of("x", "y"),
            List.of("int pixels"),
            body);
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
   * element stays where it is. Conditions are multiplied: of one within another, TornadoVM loses
   * what is negated.
   */
  private static DeviceCode sort(GroupedKernel sort) {
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int own = item / pixels % group")
            .addStatement("int first = item - own * pixels")
            .addStatement("float t = x.get(item)")
            .addStatement("float spread = t")
            .addStatement("int place = 0")
            .beginControlFlow("for (int k = 0; k < group; k++)")
            .addStatement("float other = x.get(first + k * pixels)")
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
            body);
    return new DeviceCode(
        method,
        List.of(),
        List.of(DeviceKernels.number(sort.groups().size()), DeviceKernels.number(sort.pixels())),
        sort.target().size());
  }

  /** Twice the larger of {@code -dot} and 0; NaN passes the comparison. */
  private static DeviceCode reflect(GroupedKernel householder) {
    CodeBlock body =
        pair()
            .addStatement("float dot = v0 * p + v1 * q")
            .addStatement("float twice = dot > 0f ? 0f : -2f * dot")
            .addStatement("y.set(at, p + v0 * twice)")
            .addStatement("y.set(at + pixels, q + v1 * twice)")
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "householder",
            "{@code y = householder(x, v0, v1)}, one pair per work item.",
            List.of("x", "y"),
            List.of("float v0", "float v1", "int pixels"),
            body);
    List<Double> v = householder.activation().parameters();
    return new DeviceCode(
        method,
        List.of(),
        List.of(
            CodeBlock.of("$L", Scalar.FLOAT.literal(v.getFirst())),
            CodeBlock.of("$L", Scalar.FLOAT.literal(v.getLast())),
            DeviceKernels.number(householder.pixels())),
        householder.target().size() / 2);
  }
}
