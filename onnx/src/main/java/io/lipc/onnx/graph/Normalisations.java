package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.OnnxException;
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
 * Layer normalisations that exporters wrote in several nodes: {@code d / Sqrt(ReduceMean(d * d) +
 * epsilon)}, where {@code d = x - ReduceMean(x)}. They are read as a whole, for no part but the
 * last one has a bound. What is said of others names the whole, and not that squares have none.
 */
public final class Normalisations {

  private final Map<String, OnnxNode> givers = new HashMap<>();
  private final Map<String, List<OnnxNode>> readers = new HashMap<>();
  private final IdentityHashMap<OnnxNode, OnnxNode> ends = new IdentityHashMap<>();
  private final IdentityHashMap<OnnxNode, Whole> wholes = new IdentityHashMap<>();
  private final Set<OnnxNode> parts = Collections.newSetFromMap(new IdentityHashMap<>());

  private Normalisations() {}

  /**
   * A normalisation that nothing reads but its result.
   *
   * @param x the name of what is normalised
   * @param means the nodes that take the means of x, and of the squares
   * @param exponent the name of the number by which differences are squared, if it is a power
   * @param epsilon the name of what is added to the variance
   */
  public record Whole(String x, List<OnnxNode> means, Optional<String> exponent, String epsilon) {}

  /** A difference {@code x - ReduceMean(x)}. */
  private record Centred(String x, OnnxNode mean) {}

  /** The nodes behind the square, and the square. */
  private record Chain(
      OnnxNode square, OnnxNode variance, OnnxNode sum, OnnxNode root, OnnxNode end) {}

  /**
   * Those of a graph.
   *
   * @param outputs the names of the graph's outputs
   */
  public static Normalisations in(List<OnnxNode> nodes, Collection<String> outputs) {
    Normalisations found = new Normalisations();
    for (OnnxNode node : nodes) {
      node.outputs().forEach(output -> found.givers.putIfAbsent(output, node));
      for (String input : new LinkedHashSet<>(node.inputs())) {
        found.readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
      }
    }
    nodes.forEach(node -> found.find(node, outputs));
    return found;
  }

  /** Enters a normalisation if {@code end} divides by a deviation. */
  private void find(OnnxNode end, Collection<String> outputs) {
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
      Chain chain =
          new Chain(square.get(), mean.orElseThrow(), sum.orElseThrow(), root.orElseThrow(), end);
      ends.put(square.get(), end);
      parts.addAll(List.of(chain.square(), chain.variance(), chain.sum(), chain.root(), end));
      giver(end, 0, "Reciprocal").ifPresent(parts::add);
      giver(end, 1, "Reciprocal").ifPresent(parts::add);
      whole(chain, outputs).ifPresent(whole -> wholes.put(end, whole));
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

  private Optional<Whole> whole(Chain chain, Collection<String> outputs) {
    OnnxNode end = chain.end();
    int divided = giver(end, 0, "Reciprocal").isPresent() ? 1 : 0;
    Optional<Centred> above = centred(end, divided);
    Optional<Centred> squared = centred(chain.square(), 0);
    if (above.isEmpty() || squared.isEmpty() || !above.get().x().equals(squared.get().x())) {
      return Optional.empty();
    }
    boolean first = giver(chain.sum(), 0, "ReduceMean").equals(Optional.of(chain.variance()));
    List<String> terms = chain.sum().inputs();
    boolean power = chain.square().operator().equals("Pow");
    boolean counted = terms.size() == 2 && (!power || chain.square().inputs().size() == 2);
    if (!counted || !isHidden(chain, outputs)) {
      return Optional.empty();
    }
    return Optional.of(
        new Whole(
            above.get().x(),
            List.of(above.get().mean(), squared.get().mean(), chain.variance()),
            power ? Optional.of(chain.square().inputs().getLast()) : Optional.empty(),
            first ? terms.getLast() : terms.getFirst()));
  }

  private Optional<Centred> centred(OnnxNode node, int input) {
    return giver(node, input, "Sub")
        .filter(sub -> sub.inputs().size() == 2)
        .flatMap(
            sub ->
                giver(sub, 1, "ReduceMean")
                    .filter(mean -> mean.inputs().getFirst().equals(sub.inputs().getFirst()))
                    .map(mean -> new Centred(sub.inputs().getFirst(), mean)));
  }

  /** Whether all that is between the differences and the result is read by the next part alone. */
  private boolean isHidden(Chain chain, Collection<String> outputs) {
    Stream<OnnxNode> inverses =
        Stream.of(giver(chain.end(), 0, "Reciprocal"), giver(chain.end(), 1, "Reciprocal"))
            .flatMap(Optional::stream);
    return Stream.concat(
            Stream.of(chain.square(), chain.variance(), chain.sum(), chain.root()), inverses)
        .flatMap(node -> node.outputs().stream())
        .allMatch(
            name -> !outputs.contains(name) && readers.getOrDefault(name, List.of()).size() == 1);
  }

  /** Whether a node belongs to one. */
  public boolean isPart(OnnxNode node) {
    return parts.contains(node);
  }

  /** The normalisation that ends with a node, if it can be read as one. */
  public Optional<Whole> endingWith(OnnxNode node) {
    return Optional.ofNullable(wholes.get(node));
  }

  /**
   * The refusal of the normalisation that begins with {@code node}; empty for its other nodes, and
   * where it can be read.
   */
  public Optional<OnnxException> refusal(OnnxNode node) {
    return Optional.ofNullable(ends.get(node))
        .filter(end -> !wholes.containsKey(end))
        .map(
            end ->
                new OnnxException(
                    node.place() + " to " + end.place(),
                    Outlook.NOT_PLANNED.with(
                        ", a normalisation by a deviation in parts, is not (x - mean) /"
                            + " Sqrt(ReduceMean((x - mean)^2) + epsilon) with parts that nothing"
                            + " else reads",
                        "train with LayerNormalization, or with BatchNormalization, which are"
                            + " read")));
  }
}
