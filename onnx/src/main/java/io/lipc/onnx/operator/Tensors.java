package io.lipc.onnx.operator;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tensors of layers, by the names that they are given here: {@code layer1.weight}, ... */
final class Tensors {

  private final Budget budget;
  private final Map<String, Tensor> all = new TreeMap<>();
  private final IdentityHashMap<OnnxConstant, String> weights = new IdentityHashMap<>();
  private final IdentityHashMap<OnnxConstant, String> transposedWeights = new IdentityHashMap<>();

  /** The number of stored biases, by the names of weights. */
  private final Map<String, Integer> biases = new HashMap<>();

  /** The names of initialisers. */
  private final IdentityHashMap<OnnxConstant, String> initialisers = new IdentityHashMap<>();

  /** The names of tensors in the file, by their names here. */
  private final Map<String, String> sources = new TreeMap<>();

  private int layers;

  Tensors(Budget budget) {
    this.budget = budget;
  }

  /** All of them so far, by name. */
  Map<String, Tensor> all() {
    return all;
  }

  /** Says what the file calls a constant, before a layer reads it. */
  void name(OnnxConstant constant, String initialiser) {
    initialisers.put(constant, initialiser);
  }

  /** The names in the file of those tensors that are an initialiser, by their names here. */
  Map<String, String> sources() {
    return sources;
  }

  private void source(String name, OnnxConstant constant) {
    String initialiser = initialisers.get(constant);
    if (initialiser != null) {
      sources.put(name, initialiser);
    }
  }

  /** The name of a constant as the weight of a layer; layers with one constant share its tensor. */
  String weight(OnnxConstant constant, boolean transposed) throws OnnxException {
    IdentityHashMap<OnnxConstant, String> known = transposed ? transposedWeights : weights;
    String name = known.get(constant);
    if (name == null) {
      name = layer() + ".weight";
      budget.numbers(constant.size());
      store(name, transposed ? constant.transposed() : constant);
      source(name, constant);
      known.put(constant, name);
    }
    return name;
  }

  /** {@code layer1.bias}, and for further layers with this weight {@code layer1.bias2}, ... */
  String bias(String weight, double[] bias) {
    int count = biases.merge(weight, 1, Integer::sum);
    String name = weight.replace(".weight", ".bias") + (count == 1 ? "" : count);
    store(name, new OnnxConstant(OnnxConstant.Kind.DOUBLE, List.of(bias.length), bias));
    return name;
  }

  /**
   * The common beginning of the names of a batch normalisation's tensors.
   *
   * @param statistics in the order of {@link BatchNorm#ROLES}
   */
  String statistics(List<OnnxConstant> statistics) throws OnnxException {
    String prefix = layer();
    for (int i = 0; i < statistics.size(); i++) {
      budget.numbers(statistics.get(i).size());
      store(prefix + "." + BatchNorm.ROLES.get(i), statistics.get(i));
      source(prefix + "." + BatchNorm.ROLES.get(i), statistics.get(i));
    }
    return prefix;
  }

  private String layer() {
    layers++;
    return "layer" + layers;
  }

  private void store(String name, OnnxConstant constant) {
    try {
      all.put(name, Tensor.of(name, ElementType.F64, constant.shape(), constant.values()));
    } catch (FormatException e) {
      throw new IllegalStateException("constants are finite", e);
    }
  }
}
