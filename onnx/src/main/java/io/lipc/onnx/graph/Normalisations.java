package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.OnnxException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Layer normalisations that exporters wrote in several nodes: {@code d / Sqrt(ReduceMean(d * d) +
 * epsilon)}. What is said of one names the whole, and not that squares have no bound.
 */
public final class Normalisations {

  private final Map<String, OnnxNode> givers = new HashMap<>();
  private final IdentityHashMap<OnnxNode, OnnxNode> ends = new IdentityHashMap<>();
  private final Set<OnnxNode> parts = Collections.newSetFromMap(new IdentityHashMap<>());

  private Normalisations() {}

  /** Those of a graph. */
  public static Normalisations in(List<OnnxNode> nodes) {
    Normalisations found = new Normalisations();
    nodes.forEach(node -> node.outputs().forEach(output -> found.givers.putIfAbsent(output, node)));
    nodes.forEach(found::find);
    return found;
  }

  /** Enters a normalisation if {@code end} divides by a deviation. */
  private void find(OnnxNode end) {
    Optional<OnnxNode> root =
        switch (end.operator()) {
          case "Div" -> giver(end, 1, "Sqrt");
          case "Mul" -> inverse(end, 0).or(() -> inverse(end, 1));
          default -> Optional.empty();
        };
    Optional<OnnxNode> sum = root.flatMap(sqrt -> giver(sqrt, 0, "Add"));
    Optional<OnnxNode> mean =
        sum.flatMap(add -> giver(add, 0, "ReduceMean").or(() -> giver(add, 1, "ReduceMean")));
    Optional<OnnxNode> square = mean.flatMap(this::square);
    if (square.isPresent()) {
      ends.put(square.get(), end);
      parts.addAll(List.of(square.get(), mean.orElseThrow(), sum.orElseThrow()));
      parts.addAll(List.of(root.orElseThrow(), end));
      giver(end, 0, "Reciprocal").ifPresent(parts::add);
      giver(end, 1, "Reciprocal").ifPresent(parts::add);
    }
  }

  private Optional<OnnxNode> inverse(OnnxNode end, int input) {
    return giver(end, input, "Reciprocal").flatMap(inverse -> giver(inverse, 0, "Sqrt"));
  }

  /** {@code d} to a power, or times itself. */
  private Optional<OnnxNode> square(OnnxNode mean) {
    return giver(mean, 0, "Pow")
        .or(
            () ->
                giver(mean, 0, "Mul")
                    .filter(
                        mul ->
                            mul.inputs().size() == 2
                                && mul.inputs().getFirst().equals(mul.inputs().getLast())));
  }

  private Optional<OnnxNode> giver(OnnxNode node, int input, String operator) {
    return input < node.inputs().size()
        ? Optional.ofNullable(givers.get(node.inputs().get(input)))
            .filter(giver -> giver.operator().equals(operator))
        : Optional.empty();
  }

  /** Whether a node belongs to one. */
  public boolean isPart(OnnxNode node) {
    return parts.contains(node);
  }

  /** The refusal of the normalisation that begins with {@code node}; empty for its other nodes. */
  public Optional<OnnxException> refusal(OnnxNode node) {
    return Optional.ofNullable(ends.get(node))
        .map(
            end ->
                new OnnxException(
                    node.place() + " to " + end.place(),
                    Outlook.PLANNED.with(
                        ", a layer normalisation (LayerNorm, RMSNorm) in parts, divides by a"
                            + " deviation plus an epsilon, and is as steep as 1/sqrt(epsilon),"
                            + " 316.23 for 1e-5",
                        "train with BatchNormalization, which is read for inference")));
  }
}
