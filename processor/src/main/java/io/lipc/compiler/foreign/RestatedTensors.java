package io.lipc.compiler.foreign;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Selection;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of an imported network under the names that the language gives to them: {@code
 * prefix.weight}, {@code prefix.bias}, and so on. Each layer has tensors of its own; where several
 * share one in the file, it is written once for each.
 */
final class RestatedTensors {

  /** A selection becomes a matrix, mostly of zeros: one of these many numbers at most. */
  private static final int MOST_SELECTED = 1 << 22;

  private final CheckedNetwork checked;
  private final Weights given;
  private final Map<String, String> sources;
  private final ElementType precision;
  private final LayerNames names = new LayerNames();
  private final List<Tensor> tensors = new ArrayList<>();

  /**
   * @param sources what tensors of {@code given} are called in the file, by their names in it
   * @param precision to which all numbers are rounded, once
   */
  RestatedTensors(
      CheckedNetwork checked, Weights given, Map<String, String> sources, ElementType precision) {
    this.checked = checked;
    this.given = given;
    this.sources = sources;
    this.precision = precision;
  }

  /** All tensors so far. */
  Weights weights() {
    return Weights.of(tensors);
  }

  /** The tensors of a dense layer or a convolution, whose names are alike. */
  Optional<String> weighted(int layer, String weight, Optional<String> bias) throws NotExpressible {
    String prefix = prefix(layer, weight);
    copy(weight, prefix + ".weight");
    if (bias.isPresent()) {
      copy(bias.get(), prefix + ".bias");
    }
    return Optional.of(prefix);
  }

  Optional<String> statistics(int layer, BatchNorm map) throws NotExpressible {
    String prefix = prefix(layer, map.prefix() + ".weight");
    for (String role : BatchNorm.ROLES) {
      copy(map.prefix() + "." + role, prefix + "." + role);
    }
    return Optional.of(prefix);
  }

  /** The statistics with which batch normalisation is this map. */
  String affine(int layer, Diagonal map) throws NotExpressible {
    String prefix = prefix(layer, "");
    int size = map.scale().size();
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    double[] scale = map.scale().stream().mapToDouble(Double::doubleValue).toArray();
    double[] shift = map.shift().stream().mapToDouble(Double::doubleValue).toArray();
    List<double[]> values = List.of(scale, shift, new double[size], ones);
    for (int role = 0; role < values.size(); role++) {
      store(prefix + "." + BatchNorm.ROLES.get(role), List.of(size), values.get(role));
    }
    return prefix;
  }

  /** The matrix of zeros and ones that selects. */
  String selection(int layer, Selection map, int inputs) throws NotExpressible {
    int outputs = map.indices().size();
    if ((long) outputs * inputs > MOST_SELECTED) {
      throw new NotExpressible(
          "layer `%s` takes %d of %d elements, and the language has no word for that"
              .formatted(checked.nameOf(layer), outputs, inputs));
    }
    String prefix = prefix(layer, "");
    double[] matrix = new double[outputs * inputs];
    for (int row = 0; row < outputs; row++) {
      matrix[row * inputs + map.indices().get(row)] = 1;
    }
    store(prefix + ".weight", List.of(outputs, inputs), matrix);
    return prefix;
  }

  private String prefix(int layer, String tensor) {
    return names.prefix(Optional.ofNullable(sources.get(tensor)), checked.nameOf(layer));
  }

  private void copy(String from, String to) throws NotExpressible {
    Tensor tensor = given.tensor(from).orElseThrow();
    store(to, tensor.shape(), tensor.values());
  }

  private void store(String name, List<Integer> shape, double[] values) throws NotExpressible {
    ElementType type = precision;
    try {
      tensors.add(Tensor.of(name, ElementType.F64, shape, values).rounded(type));
    } catch (FormatException e) {
      throw new NotExpressible(e.getMessage() + "; precision f64 holds it");
    }
  }
}
