package io.lipc.queries;

import io.lipc.formats.Quoted;
import io.lipc.queries.Network.Likeness;
import io.lipc.queries.Tensor.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses a network whose declarations differ from those of the network that it is like. */
final class LikenessCheck {

  private LikenessCheck() {}

  static void check(Network network, Likeness.Kind kind, Network other, Token name)
      throws QueryException {
    boolean fits =
        switch (kind) {
          case EQUAL -> types(network).equals(types(other)) && nodesFit(network, other);
          // Hidden tensors are not compared: the same node may have another name there.
          case ISOMORPHIC -> shapes(network).equals(shapes(other));
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
  private static boolean nodesFit(Network network, Network other) {
    Map<String, Tensor> nodes = new HashMap<>();
    other.tensors(Role.HIDDEN).forEach(each -> nodes.put(each.node().orElseThrow(), each));
    return network.tensors(Role.HIDDEN).stream()
        .allMatch(each -> fits(each, nodes.getOrDefault(each.node().orElseThrow(), each)));
  }

  private static boolean fits(Tensor tensor, Tensor other) {
    return tensor.type() == other.type() && tensor.shape().equals(other.shape());
  }
}
