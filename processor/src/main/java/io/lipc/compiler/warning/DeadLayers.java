package io.lipc.compiler.warning;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.compiler.reading.LayerPlaces;
import io.lipc.formats.Quoted;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Warnings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Layers that could be replaced by a constant: their weights are all 0, or every weight that reads
 * them is. Consequences, such as the layers behind a constant one, are not reported.
 */
final class DeadLayers {

  private final Declaration declaration;
  private final CheckedNetwork checked;
  private final Weights weights;
  private final List<Layer> layers;

  private DeadLayers(Declaration declaration, CheckedNetwork checked, Weights weights) {
    this.declaration = declaration;
    this.checked = checked;
    this.weights = weights;
    this.layers = checked.network().layers();
  }

  static List<Finding> of(Declaration declaration, CheckedNetwork checked, Weights weights) {
    return checked.network().hasFreeWeights()
        ? List.of()
        : new DeadLayers(declaration, checked, weights).find();
  }

  private List<Finding> find() {
    List<Finding> dead = new ArrayList<>();
    boolean[] zero = new boolean[layers.size()];
    for (int i = 0; i < zero.length; i++) {
      zero[i] = isZero(layers.get(i));
      if (zero[i]) {
        dead.add(finding(i, Warnings.constantLayer(checked.nameOf(i), reason(layers.get(i)))));
      }
    }
    boolean[][] read = read();
    for (int i = 0; i < zero.length; i++) {
      if (isDead(read[i]) && isLastDead(i, read, zero)) {
        dead.add(finding(i, Warnings.layerWithoutEffect(checked.nameOf(i))));
      }
    }
    return dead;
  }

  private boolean isZero(Layer layer) {
    return layer instanceof Layer.Linear linear
        && rows(linear).allMatch(row -> Arrays.stream(row.factors()).allMatch(f -> f == 0));
  }

  private Stream<LinearMap.Row> rows(Layer.Linear linear) {
    return IntStream.range(0, linear.shape().size()).mapToObj(row(linear));
  }

  private IntFunction<LinearMap.Row> row(Layer.Linear linear) {
    List<Integer> sizes =
        linear.operands().stream().map(operand -> layers.get(operand).shape().size()).toList();
    return linear.map().rows(sizes, weights);
  }

  private static String reason(Layer layer) {
    return layer.tensors().stream()
        .findFirst()
        .map(weight -> "all elements of " + Quoted.code(weight.name()) + " are 0")
        .orElse("its factor is 0");
  }

  /** Which elements of each layer the output depends on, as far as weights of 0 tell. */
  private boolean[][] read() {
    boolean[][] read = new boolean[layers.size()][];
    for (int i = 0; i < read.length; i++) {
      read[i] = new boolean[layers.get(i).shape().size()];
    }
    Arrays.fill(read[read.length - 1], true);
    for (int i = read.length - 1; i >= 0; i--) {
      pass(layers.get(i), read[i], read);
    }
    return read;
  }

  private void pass(Layer layer, boolean[] own, boolean[][] read) {
    switch (layer) {
      case Layer.Input _ -> {}
      case Layer.Linear linear -> pass(linear, own, read);
      case Layer.Activate _, Layer.MaxPool _, Layer.Call _ -> {
        // Elements may depend on each other here.
        if (!isDead(own)) {
          Arrays.fill(read[layer.operands().getFirst()], true);
        }
      }
    }
  }

  private void pass(Layer.Linear linear, boolean[] own, boolean[][] read) {
    int inputs = linear.operands().stream().mapToInt(operand -> read[operand].length).sum();
    boolean[] joined = new boolean[inputs];
    IntFunction<LinearMap.Row> row = row(linear);
    IntStream.range(0, own.length).filter(i -> own[i]).mapToObj(row).forEach(r -> mark(joined, r));
    int from = 0;
    for (int operand : linear.operands()) {
      for (int k = 0; k < read[operand].length; k++) {
        read[operand][k] |= joined[from + k];
      }
      from += read[operand].length;
    }
  }

  private static void mark(boolean[] read, LinearMap.Row row) {
    for (int k = 0; k < row.places().length; k++) {
      read[row.places()[k]] |= row.factors()[k] != 0;
    }
  }

  private static boolean isDead(boolean[] read) {
    return IntStream.range(0, read.length).noneMatch(k -> read[k]);
  }

  /** Whether all that read the layer are alive: else its death follows from theirs. */
  private boolean isLastDead(int layer, boolean[][] read, boolean[] zero) {
    return IntStream.range(layer + 1, layers.size())
        .filter(i -> layers.get(i).operands().contains(layer))
        .noneMatch(i -> zero[i] || isDead(read[i]));
  }

  private Finding finding(int layer, Diagnostic diagnostic) {
    return new Finding(LayerPlaces.of(declaration, checked, layer), diagnostic);
  }
}
