package io.lipc.fuzz;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Signature;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files of whatever weights a text asks for, so that a mutant of another shape gets past their
 * reader. What needs many numbers is not there: to find its bound is slow, and that is no fault.
 */
final class FittingWeights implements FileFinder {

  private static final long MAX_NUMBERS = 100;

  private final Map<String, Signature> networks = new TreeMap<>();
  private final Map<String, Map<String, Tensor>> files = new TreeMap<>();

  private FittingWeights() {}

  static FittingWeights of(ParsedFile text) {
    FittingWeights weights = new FittingWeights();
    List<Declaration> left = new ArrayList<>();
    text.networks().stream().map(ParsedNetwork::declaration).forEach(left::add);
    // Callees may stand behind their callers: each turn finds those whose callees are known.
    while (left.removeIf(weights::isKnown)) {}
    return weights;
  }

  private boolean isKnown(Declaration declaration) {
    Optional<CheckedNetwork> checked =
        DeclarationChecker.check(declaration, new Known(declaration)).network();
    checked.map(CheckedNetwork::network).ifPresent(this::add);
    return checked.isPresent();
  }

  private void add(Network network) {
    networks.put(network.name(), Signature.of(network, networks));
    if (network.weightsFile().isPresent()) {
      Map<String, Tensor> tensors =
          files.computeIfAbsent(network.weightsFile().get(), _ -> new TreeMap<>());
      ElementType type = network.precision();
      for (Layer layer : network.layers()) {
        if (layer.tensors().stream().allMatch(tensor -> size(tensor) <= MAX_NUMBERS)) {
          layer.tensors().forEach(tensor -> add(tensors, tensor.name(), type, tensor.shape()));
        }
      }
    }
  }

  private static long size(LinearMap.TensorShape tensor) {
    return tensor.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  private static void add(
      Map<String, Tensor> tensors, String name, ElementType type, List<Integer> shape) {
    tensors.put(name, Samples.tensor(name, type, shape));
  }

  @Override
  public Result find(String packageName, String name) {
    Map<String, Tensor> tensors = files.get(name);
    return tensors == null
        ? new Result.NotFound("there is no such file")
        : new Result.Found(
            Safetensors.write(Weights.of(List.copyOf(tensors.values()))), Optional.of(name));
  }

  @Override
  public List<String> roots() {
    return List.of("nowhere");
  }

  private final class Known implements Scope {

    private final String packageName;

    Known(Declaration declaration) {
      int dot = declaration.name().lastIndexOf('.');
      this.packageName = declaration.name().substring(0, dot + 1);
    }

    @Override
    public Lookup lookup(String name) {
      Signature network = networks.getOrDefault(name, networks.get(packageName + name));
      return network == null ? new Lookup.Unknown() : new Lookup.Found(network);
    }

    @Override
    public Set<String> names() {
      return networks.keySet();
    }
  }
}
