package io.lipc.compiler.reading;

import io.lipc.formats.Tensor;
import io.lipc.model.Network;
import io.lipc.model.Property.Scale;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.ScaledDiagnostics;
import io.lipc.model.diagnostic.Suggestions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Checks the tensor of a file of weights that is to hold the units of a network's inputs. */
final class UnitsTensor {

  private UnitsTensor() {}

  /**
   * The fault that keeps a tensor from being the units of the inputs.
   *
   * @param tensor that of the name, if there is one
   * @param file what messages call the file
   * @param known the names of its tensors
   */
  static Optional<Diagnostic> fault(
      Optional<Tensor> tensor, String name, String file, Network network, Set<String> known) {
    if (tensor.isEmpty()) {
      Optional<String> near = Suggestions.closest(name, known);
      return Optional.of(ScaledDiagnostics.noUnits(name, file, near));
    }
    Tensor units = tensor.get();
    int elements = network.input().shape().size();
    if (units.size() != elements) {
      return Optional.of(ScaledDiagnostics.sizeOfUnits(name, file, units.size(), elements));
    }
    return IntStream.range(0, elements)
        .filter(i -> !Scale.Units.isUnit(units.get(i)))
        .mapToObj(i -> ScaledDiagnostics.invalidUnit(name, file, i, units.get(i)))
        .findFirst();
  }
}
