package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.LinearOperation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The hypotheses that constructions of dense layers with activations between them have in common:
 * first that only layers occur which they have, then how these are joined, then the slopes. Each
 * step presumes those before it, so what is reported does not merely follow from another fault.
 */
abstract class DenseCheck {

  final CheckedNetwork checked;
  final List<Layer> layers;
  final StepPlaces places;
  private final DenseDiagnostics say;
  private final List<Finding> findings = new ArrayList<>();

  DenseCheck(Declaration declaration, CheckedNetwork checked, DenseDiagnostics say) {
    this.checked = checked;
    this.layers = checked.network().layers();
    this.places = StepPlaces.of(declaration, checked);
    this.say = say;
  }

  /** Returns no findings exactly if the construction makes weights for the network. */
  final List<Finding> findings() {
    checkOperations();
    if (findings.isEmpty()) {
      checkShape();
    }
    if (findings.isEmpty()) {
      checkSlopes();
    }
    return findings;
  }

  /** Whether the construction has residual blocks; without them, a sum is a foreign operation. */
  abstract boolean hasSums();

  /** Reports how sums, at least one, differ from a residual block of the construction. */
  abstract void checkSums(List<Integer> sums);

  /** The fault of the slopes of an activation in a block, which is not linear; empty if none. */
  abstract Optional<Diagnostic> slopeFault(
      DenseBlock block, String word, String layer, SlopeBounds slopes);

  private void checkOperations() {
    for (int i = 0; i < layers.size(); i++) {
      if (checked.network().isPartOfInput(i)) {
        report(step(i), say.partOfInput(name(i), checked.inputs()));
        return;
      }
      Optional<String> foreign = foreign(layers.get(i));
      if (foreign.isPresent()) {
        report(step(i), say.foreignOperation(foreign.get(), name(i)));
      }
    }
  }

  /** The word for a layer that the construction does not have. */
  private Optional<String> foreign(Layer layer) {
    return switch (layer) {
      case Layer.Input _, Layer.Activate _ -> Optional.empty();
      case Layer.Linear linear ->
          linear.dense().isPresent() || (linear.isSum() && hasSums())
              ? Optional.empty()
              : Optional.of(LinearOperation.phraseOf(linear.map()));
      case Layer.MaxPool _ -> Optional.of("operation `max_pool`");
      case Layer.Call call -> Optional.of("a call of `" + call.network() + "`");
    };
  }

  private void checkShape() {
    List<Integer> sums = indices(Layer::isSum);
    if (indices(layer -> layer.dense().isPresent()).isEmpty()) {
      String network = checked.network().name();
      report(new Place.OfParameters(), say.nothingToParameterize(network));
    } else if (sums.isEmpty()) {
      checkWithoutSum(layers.size() - 1);
    } else {
      checkSums(sums);
    }
  }

  private List<Integer> indices(Predicate<Layer> kind) {
    return IntStream.range(0, layers.size()).filter(i -> kind.test(layers.get(i))).boxed().toList();
  }

  private void checkWithoutSum(int output) {
    if (layers.get(output) instanceof Layer.Activate activate) {
      report(
          step(output),
          say.endsInActivation(word(activate), name(output), activate.shape().size()));
    } else {
      checkPath(DensePath.endingIn(layers, output));
    }
  }

  /** Reports the layer that stops a path before the input; says whether there is none. */
  final boolean checkPath(DensePath path) {
    int origin = path.origin();
    switch (layers.get(origin)) {
      case Layer.Input _ -> {
        return true;
      }
      case Layer.Linear linear when linear.dense().isPresent() ->
          report(
              step(path.first()),
              DenseDiagnostics.denseAfterDense(name(path.first()), name(origin)));
      case Layer.Activate second -> {
        Diagnostic diagnostic =
            layers.get(second.operand()) instanceof Layer.Activate first
                ? DenseDiagnostics.activationAfterActivation(word(second), word(first))
                : say.activationOfInput(word(second), name(second.operand()));
        report(step(origin), diagnostic);
      }
      case Layer.Linear _, Layer.MaxPool _, Layer.Call _ ->
          throw new IllegalStateException("layer " + origin + " was checked before");
    }
    return false;
  }

  private void checkSlopes() {
    DenseBlock block = DenseShapes.of(layers, layers.size() - 1).orElseThrow();
    for (DenseBlock.Stage stage : block.hidden()) {
      slopeFault(block, stage).ifPresent(fault -> report(step(stage.activation()), fault));
    }
  }

  private Optional<Diagnostic> slopeFault(DenseBlock block, DenseBlock.Stage stage) {
    String layer = name(stage.activation());
    String word = DenseShapes.activation(layers, stage).kind().word();
    Optional<SlopeBounds> slopes = DenseShapes.slopes(layers, stage);
    if (slopes.isEmpty()) {
      return Optional.of(say.notElementwise(word, layer));
    }
    return slopes.get().alpha() < slopes.get().beta()
        ? slopeFault(block, word, layer, slopes.get())
        : Optional.of(DenseDiagnostics.linear(word, layer, slopes.get()));
  }

  static String word(Layer.Activate activate) {
    return activate.activation().kind().word();
  }

  final String name(int layer) {
    return checked.nameOf(layer);
  }

  final Place step(int layer) {
    return places.of(layer);
  }

  final void report(Place place, Diagnostic diagnostic) {
    findings.add(new Finding(place, diagnostic));
  }
}
