package io.lipc.onnx.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Divisions of a vector by its length that exporters wrote in several nodes: {@code Div(x,
 * Max(ReduceL2(x), c))}, with Clip in the place of Max, and an Expand before Div or not. They are
 * read as a whole, for lipc has no length of its own.
 */
public final class UnitLengths {

  private final Map<String, OnnxNode> givers = new HashMap<>();
  private final Map<String, List<OnnxNode>> readers = new HashMap<>();
  private final IdentityHashMap<OnnxNode, Whole> wholes = new IdentityHashMap<>();
  private final Set<OnnxNode> parts = Collections.newSetFromMap(new IdentityHashMap<>());

  private UnitLengths() {}

  /**
   * A division whose other parts nothing else reads.
   *
   * @param x the name of what is divided
   * @param length the node that takes the length of x
   * @param least the name of the number that lengths are replaced by where they are below it
   * @param extents the name of the shape that the divisor is expanded to, if it is
   */
  public record Whole(String x, OnnxNode length, String least, Optional<String> extents) {

    /** The names of all that it reads from other nodes, but for the axes. */
    public List<String> reads() {
      return Stream.concat(Stream.of(x, least), extents.stream()).toList();
    }
  }

  /** A length that is never below a number: the node, and the names of both. */
  private record Limit(OnnxNode node, String length, String least) {}

  /**
   * Those of a graph.
   *
   * @param outputs the names of the graph's outputs
   */
  public static UnitLengths in(List<OnnxNode> nodes, Collection<String> outputs) {
    UnitLengths found = new UnitLengths();
    for (OnnxNode node : nodes) {
      node.outputs().forEach(output -> found.givers.putIfAbsent(output, node));
      for (String input : new LinkedHashSet<>(node.inputs())) {
        found.readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
      }
    }
    nodes.stream()
        .filter(node -> node.operator().equals("Div") && node.inputs().size() == 2)
        .forEach(end -> found.find(end, outputs));
    return found;
  }

  private void find(OnnxNode end, Collection<String> outputs) {
    String x = end.inputs().getFirst();
    Optional<OnnxNode> expand =
        giver(end.inputs().getLast(), "Expand").filter(node -> node.inputs().size() == 2);
    String divisor = expand.map(node -> node.inputs().getFirst()).orElse(end.inputs().getLast());
    for (Limit limit : limits(divisor)) {
      Optional<OnnxNode> length =
          giver(limit.length(), "ReduceL2").filter(node -> node.inputs().getFirst().equals(x));
      if (length.isEmpty()) {
        continue;
      }
      List<OnnxNode> inner = new ArrayList<>(List.of(length.get(), limit.node()));
      expand.ifPresent(inner::add);
      if (inner.stream().allMatch(node -> isHidden(node, outputs))) {
        Optional<String> extents = expand.map(node -> node.inputs().getLast());
        wholes.put(end, new Whole(x, length.get(), limit.least(), extents));
        parts.addAll(inner);
        parts.add(end);
      }
    }
  }

  /** How a value may be a length that is limited from below. */
  private List<Limit> limits(String divisor) {
    Optional<OnnxNode> max = giver(divisor, "Max").filter(node -> node.inputs().size() == 2);
    if (max.isPresent()) {
      String first = max.get().inputs().getFirst();
      String second = max.get().inputs().getLast();
      return List.of(new Limit(max.get(), first, second), new Limit(max.get(), second, first));
    }
    return giver(divisor, "Clip").filter(UnitLengths::isLimitedBelow).stream()
        .map(clip -> new Limit(clip, clip.inputs().getFirst(), clip.inputs().get(1)))
        .toList();
  }

  private static boolean isLimitedBelow(OnnxNode clip) {
    List<String> inputs = clip.inputs();
    boolean open = inputs.size() == 2 || (inputs.size() == 3 && inputs.getLast().isEmpty());
    return open && !inputs.get(1).isEmpty() && clip.attributes().isEmpty();
  }

  private Optional<OnnxNode> giver(String value, String operator) {
    return Optional.ofNullable(givers.get(value))
        .filter(node -> node.operator().equals(operator) && !node.inputs().isEmpty());
  }

  private boolean isHidden(OnnxNode node, Collection<String> outputs) {
    return node.outputs().stream()
        .allMatch(
            name -> !outputs.contains(name) && readers.getOrDefault(name, List.of()).size() == 1);
  }

  /** Whether a node belongs to one. */
  public boolean isPart(OnnxNode node) {
    return parts.contains(node);
  }

  /** The division that ends with a node. */
  public Optional<Whole> endingWith(OnnxNode node) {
    return Optional.ofNullable(wholes.get(node));
  }
}
