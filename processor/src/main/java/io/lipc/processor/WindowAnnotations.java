package io.lipc.processor;

import io.lipc.certificate.linear.Window;
import io.lipc.model.Operation;
import io.lipc.model.diagnostic.Diagnostics;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operations with a window, from their annotations, whose members are numbers or lists of them. */
final class WindowAnnotations {

  private static final String CONV_2D = "Conv2d";
  private static final String AVG_POOL = "AvgPool";
  private static final String MAX_POOL = "MaxPool";

  /** The members that stand for pixels, and how many numbers each may list. */
  private static final Map<String, List<Integer>> LENGTHS =
      Map.of(
          "value", List.of(1, 2),
          "kernel", List.of(1, 2),
          "stride", List.of(0, 1, 2),
          "padding", List.of(1, 2, 4),
          "dilation", List.of(1, 2));

  private WindowAnnotations() {}

  /** Their simple names. */
  static Set<String> names() {
    return Set.of(CONV_2D, AVG_POOL, MAX_POOL);
  }

  /** A member that lists too many numbers, or too few. */
  static Optional<Located> fault(String layer, Annotated annotated) {
    if (!names().contains(annotated.name())) {
      return Optional.empty();
    }
    return LENGTHS.keySet().stream()
        .sorted()
        .filter(member -> annotated.written(member).isPresent())
        .filter(member -> !fits(annotated, member))
        .findFirst()
        .map(member -> listed(layer, annotated, member));
  }

  /** An empty stride is that of the kernel, which only pools have. */
  private static boolean fits(Annotated annotated, String member) {
    int length = annotated.integers(member).size();
    boolean pool = !annotated.is(CONV_2D);
    return LENGTHS.getOrDefault(member, List.of()).contains(length) && (length > 0 || pool);
  }

  private static Located listed(String layer, Annotated annotated, String member) {
    String lists =
        member.equals("padding")
            ? "1 number, 2 (down and right) or 4 (above, left, below, right)"
            : "1 number, or 2 (down and right)";
    String found = annotated.integers(member).size() + " numbers";
    return Located.of(
        Position.ofMember(annotated, member),
        Diagnostics.declarationInvalid(
            layer + " lists " + found + " as `" + member + "` of @" + annotated.name(),
            lists,
            found,
            "write one number where both axes are alike, `" + member + " = 2`"));
  }

  /** The operation of one of {@link #names}, which has no {@link #fault}. */
  static Operation read(Annotated annotated, Optional<String> tensor) {
    return switch (annotated.name()) {
      case CONV_2D ->
          new Operation.Convolve(
              annotated.integer("channels"),
              Window.of(
                  pair(annotated, "kernel"),
                  pair(annotated, "stride"),
                  around(annotated.integers("padding")),
                  pair(annotated, "dilation")),
              annotated.integer("groups"),
              annotated.flag("bias"),
              tensor);
      case AVG_POOL -> new Operation.AveragePooling(Optional.of(pool(annotated)));
      case MAX_POOL -> new Operation.MaxPooling(pool(annotated));
      default -> throw new IllegalArgumentException("@" + annotated.name() + " has no window");
    };
  }

  private static Window pool(Annotated annotated) {
    List<Integer> kernel = pair(annotated, "value");
    boolean moves = !annotated.integers("stride").isEmpty();
    return Window.plain(kernel, moves ? pair(annotated, "stride") : kernel);
  }

  private static List<Integer> pair(Annotated annotated, String member) {
    List<Integer> numbers = annotated.integers(member);
    return numbers.size() == 1 ? Collections.nCopies(2, numbers.getFirst()) : numbers;
  }

  private static List<Integer> around(List<Integer> zeros) {
    return switch (zeros.size()) {
      case 1 -> Collections.nCopies(4, zeros.getFirst());
      case 2 -> List.of(zeros.getFirst(), zeros.getLast(), zeros.getFirst(), zeros.getLast());
      default -> zeros;
    };
  }
}
