package io.lipc.model;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The architecture of a network: a directed acyclic graph of layers, checked.
 *
 * <p>Layers stand in the order of a depth-first walk from the output that reads operands from left
 * to right. So two declarations of one network are equal whatever the order and the names of their
 * unweighted layers; only the names of tensors are part of what a network is.
 *
 * @param name the qualified name, {@code demo.control.Policy}
 * @param properties what is to be proved: a Lipschitz bound, others, or both; at least one
 * @param weights where the weights come from
 * @param precision the format of weights, constants and evaluation
 * @param layers in topological order; the last one is the output
 */
public record Network(
    String name,
    List<Property> properties,
    WeightsSource weights,
    ElementType precision,
    List<Layer> layers) {

  public Network {
    properties = Properties.inOrder(properties);
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network has at least its input");
    }
    for (int i = 0; i < layers.size(); i++) {
      for (int operand : layers.get(i).operands()) {
        if (operand < 0 || operand >= i) {
          throw new IllegalArgumentException("layer " + i + " reads layer " + operand);
        }
      }
    }
  }

  /** A network that claims a Lipschitz bound and nothing else. */
  public Network(
      String name,
      Property.Lipschitz bound,
      WeightsSource weights,
      ElementType precision,
      List<Layer> layers) {
    this(name, List.<Property>of(bound), weights, precision, layers);
  }

  /** The declared Lipschitz bound; empty where the network claims something else alone. */
  public Optional<Property.Lipschitz> global() {
    return properties.stream()
        .filter(Property.Lipschitz.class::isInstance)
        .map(Property.Lipschitz.class::cast)
        .findFirst();
  }

  /**
   * The declared bound, for whoever cannot do without one.
   *
   * @throws IllegalStateException if none is declared
   */
  public Property.Lipschitz lipschitz() {
    return global()
        .orElseThrow(() -> new IllegalStateException(name + " declares no Lipschitz bound"));
  }

  /**
   * The claim that the network's own certificate is about: its bound, or, where it has none, the
   * first of the others.
   */
  public Property first() {
    return properties.getFirst();
  }

  /**
   * The properties that are asked for beside the {@link #first() first}, each with a certificate.
   */
  public List<Property.Further> further() {
    return Properties.further(properties);
  }

  /** The same network with this bound in place of its own, and all else that it asks for. */
  public Network with(Property.Lipschitz bound) {
    return new Network(name, Properties.with(properties, bound), weights, precision, layers);
  }

  /**
   * The network that ends at a layer: that layer and all that it depends on, in their order.
   *
   * @param end the number of the layer
   */
  public Network upTo(int end) {
    TreeSet<Integer> needed = new TreeSet<>(List.of(end));
    for (int i = end; i >= 0; i--) {
      if (needed.contains(i)) {
        needed.addAll(layers.get(i).operands());
      }
    }
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Layer> reached = new ArrayList<>();
    for (int i : needed) {
      numbers.put(i, reached.size());
      reached.add(
          layers.get(i).reading(layers.get(i).operands().stream().map(numbers::get).toList()));
    }
    return new Network(name, properties, new WeightsSource.None(), precision, reached);
  }

  /** Whether a layer is some of the elements of the input: one of several inputs. */
  public boolean isPartOfInput(int layer) {
    return layers.get(layer) instanceof Layer.Linear(List<Integer> reads, LinearMap map, Shape part)
        && Layer.selects(map)
        && layers.get(reads.getFirst()) instanceof Layer.Input input
        && part.size() < input.shape().size();
  }

  /** The input layer. */
  public Layer.Input input() {
    for (Layer layer : layers) {
      if (layer instanceof Layer.Input input) {
        return input;
      }
    }
    throw new IllegalStateException("network " + name + " does not read its input");
  }

  /** The shape of what the network computes. */
  public Shape outputShape() {
    return layers.getLast().shape();
  }

  /** The name without its package. */
  public String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The package, empty for the unnamed one. */
  public String packageName() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /** Whether its weights are made by a construction, and known only when it is loaded. */
  public boolean hasFreeWeights() {
    return weights instanceof WeightsSource.Parameterized parameterized
        && parameterized.file().isEmpty();
  }

  /** The declared file of weights, where there is one. */
  public Optional<String> weightsFile() {
    return weights.fileName();
  }
}
