package io.lipc.compiler;

import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Diagnostic;
import io.lipc.model.Finding;
import io.lipc.model.Layer;
import io.lipc.model.Warnings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers that could be replaced by a constant: their weights are all 0, or every weight that reads
 * them is. What merely follows, such as the layers behind a constant one, is not reported.
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
    return switch (layer) {
      case Layer.Dense dense -> Arrays.stream(rows(dense)).allMatch(DeadLayers::isZero);
      case Layer.Scale scale -> scale.factor() == 0;
      case Layer.Affine affine -> affine.scale().stream().allMatch(factor -> factor == 0);
      case Layer.Input _,
          Layer.Activate _,
          Layer.Add _,
          Layer.Concat _,
          Layer.Slice _,
          Layer.Call _ ->
          false;
    };
  }

  private static boolean isZero(double[] row) {
    return Arrays.stream(row).allMatch(weight -> weight == 0);
  }

  private static String reason(Layer layer) {
    return switch (layer) {
      case Layer.Dense dense -> "all elements of `" + dense.weight() + "` are 0";
      default -> "its factor is 0";
    };
  }

  private double[][] rows(Layer.Dense dense) {
    return weights.tensor(dense.weight()).orElseThrow().rows();
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
      case Layer.Dense dense -> {
        double[][] rows = rows(dense);
        IntStream.range(0, rows.length)
            .filter(row -> own[row])
            .forEach(row -> mark(read[dense.operand()], rows[row]));
      }
      case Layer.Add add -> add.operands().forEach(operand -> copy(own, 0, read[operand]));
      case Layer.Concat concat -> {
        int from = 0;
        for (int operand : concat.operands()) {
          copy(own, from, read[operand]);
          from += read[operand].length;
        }
      }
      case Layer.Slice slice -> {
        for (int k = 0; k < own.length; k++) {
          read[slice.operand()][slice.from() + k] |= own[k];
        }
      }
      case Layer.Scale scale -> {
        if (scale.factor() != 0) {
          copy(own, 0, read[scale.operand()]);
        }
      }
      case Layer.Affine affine -> {
        boolean[] kept = own.clone();
        for (int k = 0; k < kept.length; k++) {
          kept[k] &= affine.scale().get(k) != 0;
        }
        copy(kept, 0, read[affine.operand()]);
      }
      case Layer.Activate _, Layer.Call _ -> {
        // Elements may depend on each other here.
        if (!isDead(own)) {
          Arrays.fill(read[layer.operands().getFirst()], true);
        }
      }
    }
  }

  private static void mark(boolean[] read, double[] row) {
    for (int column = 0; column < row.length; column++) {
      read[column] |= row[column] != 0;
    }
  }

  private static void copy(boolean[] own, int from, boolean[] read) {
    for (int k = 0; k < read.length; k++) {
      read[k] |= own[from + k];
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
