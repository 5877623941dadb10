package io.lipc.compiler.reading;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.model.diagnostic.WeightsDiagnostics.Misfit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names that a file has for the tensors of layers which it lacks under the network's names,
 * where the shapes leave no choice. A tensor {@code fc1.weight} is the {@code weight} of {@code
 * fc1}.
 */
final class TensorNames {

  /** The names that fit, for each layer that lacks all its tensors. */
  private final Map<String, Set<String>> possible = new TreeMap<>();

  private final Map<String, String> chosen = new TreeMap<>();

  private TensorNames() {}

  /**
   * The name for each layer; empty unless every tensor that is missing is one of them.
   *
   * @param named the tensors that the network names
   * @param missing those of them that the file lacks
   * @param spare the tensors of the file that the network does not name
   */
  static Optional<Map<String, String>> meant(
      Collection<LinearMap.TensorShape> named,
      List<Misfit> missing,
      Map<String, List<Integer>> spare) {
    Map<String, Map<String, List<Integer>>> layers = new TreeMap<>();
    named.forEach(tensor -> put(layers, tensor.name(), tensor.shape()));
    Map<String, Map<String, List<Integer>>> wanted = new TreeMap<>();
    missing.forEach(misfit -> put(wanted, misfit.tensor(), misfit.required()));
    if (!wanted.entrySet().stream()
        .allMatch(one -> one.getValue().equals(layers.get(one.getKey())))) {
      return Optional.empty();
    }
    Map<String, Map<String, List<Integer>>> offered = new TreeMap<>();
    spare.forEach((name, shape) -> put(offered, name, shape));
    TensorNames names = new TensorNames();
    wanted.forEach(
        (layer, shapes) ->
            names.possible.put(
                layer,
                offered.entrySet().stream()
                    .filter(one -> one.getValue().equals(shapes))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new))));
    return names.choose() ? Optional.of(names.chosen) : Optional.empty();
  }

  private static void put(
      Map<String, Map<String, List<Integer>>> all, String tensor, List<Integer> shape) {
    int dot = tensor.lastIndexOf('.');
    String of = dot < 0 ? "" : tensor.substring(0, dot);
    all.computeIfAbsent(of, _ -> new TreeMap<>()).put(tensor.substring(dot + 1), shape);
  }

  /** One after the other, a layer that has one name left; whether that names all. */
  private boolean choose() {
    while (!possible.isEmpty()) {
      Optional<Map.Entry<String, Set<String>>> sure =
          possible.entrySet().stream().filter(one -> one.getValue().size() == 1).findFirst();
      if (sure.isEmpty()) {
        return false;
      }
      String layer = sure.get().getKey();
      String name = sure.get().getValue().iterator().next();
      chosen.put(layer, name);
      possible.remove(layer);
      possible.values().forEach(names -> names.remove(name));
    }
    return true;
  }
}
