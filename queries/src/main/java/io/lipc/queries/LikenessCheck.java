package io.lipc.queries;

import io.lipc.formats.Quoted;
import io.lipc.queries.Network.Likeness;
import io.lipc.queries.Tensor.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses a network whose declarations differ from those of a network that it is like. There is one
 * check for each of the latter: its tensors are listed once, however many networks refer to it.
 */
final class LikenessCheck {

  private final Network other;
  private final List<Typed> types;
  private final List<Shaped> shapes;
  private final Map<String, Tensor> nodes = new HashMap<>();

  /** The check of networks that refer to {@code other}. */
  LikenessCheck(Network other) {
    this.other = other;
    types = types(other);
    shapes = shapes(other);
    other.tensors(Role.HIDDEN).forEach(each -> nodes.put(each.node().orElseThrow(), each));
  }

  void check(Network network, Likeness.Kind kind, Token name) throws QueryException {
    boolean fits =
        switch (kind) {
          case EQUAL -> types(network).equals(types) && nodesFit(network);
          // Hidden tensors are not compared: the same node may have another name there.
          case ISOMORPHIC -> shapes(network).equals(shapes);
        };
    if (!fits) {
      throw name.fault(
          QueryFault.NETWORK,
          "the tensors of " + name.words() + " differ from those of " + Quoted.code(other.name()),
          switch (kind) {
            case EQUAL -> "the same shapes and element types";
            case ISOMORPHIC -> "the same shapes of inputs and outputs";
          });
    }
  }

  /** An input or an output, without its name. */
  private record Typed(Role role, NumberType type, List<Integer> shape) {}

  private static List<Typed> types(Network network) {
    return network.tensors().stream()
        .filter(each -> each.role() != Role.HIDDEN)
        .map(each -> new Typed(each.role(), each.type(), each.shape()))
        .toList();
  }

  /** An input or an output, without its name and its type. */
  private record Shaped(Role role, List<Integer> shape) {}

  private static List<Shaped> shapes(Network network) {
    return types(network).stream().map(each -> new Shaped(each.role(), each.shape())).toList();
  }

  /** Whether hidden tensors of one node have the same shape and type in both networks. */
  private boolean nodesFit(Network network) {
    return network.tensors(Role.HIDDEN).stream()
        .allMatch(each -> fits(each, nodes.getOrDefault(each.node().orElseThrow(), each)));
  }

  private static boolean fits(Tensor tensor, Tensor other) {
    return tensor.type() == other.type() && tensor.shape().equals(other.shape());
  }
}
