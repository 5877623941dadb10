package io.lipc.benchmarks.uci;

import io.lipc.model.Interval;
import io.lipc.training.parameterization.Composition;
import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.HiddenLayer;
import io.lipc.training.parameterization.LdltResidual;
import io.lipc.training.parameterization.LinearLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LDLT-R blocks one behind the other, with the tensors of {@link NetworkText#residual}. */
final class ResidualBlocks {

  /** Hidden layers of a block. */
  static final int HIDDEN = 2;

  private static final Interval RELU = new Interval(0, 1);

  private ResidualBlocks() {}

  static int count(Shape shape) {
    if (shape.depth() % HIDDEN != 0) {
      throw new IllegalArgumentException("no blocks of 2 layers make " + shape.depth());
    }
    return shape.depth() / HIDDEN;
  }

  /** The number of a block's outputs: the logits, or as many elements as a hidden layer has. */
  static int outputs(Shape shape, int block) {
    return block == count(shape) ? shape.classes() : shape.width();
  }

  static String hidden(int block, int layer) {
    return "h%d_%d".formatted(block, layer);
  }

  /** All but the last block are made for bound 1, the last one for {@code bound}. */
  static Construction construction(Shape shape, double bound) {
    List<Construction> blocks = new ArrayList<>();
    int inputs = shape.features();
    for (int block = 1; block <= count(shape); block++) {
      int outputs = outputs(shape, block);
      List<HiddenLayer> hidden = new ArrayList<>();
      int read = inputs;
      for (int k = 1; k <= HIDDEN; k++) {
        hidden.add(new HiddenLayer(layer(hidden(block, k), shape.width(), read), RELU));
        read = shape.width();
      }
      LinearLayer last =
          new LinearLayer("last" + block + ".weight", Optional.empty(), outputs, read);
      double own = block == count(shape) ? bound : 1;
      blocks.add(new LdltResidual(own, layer("skip" + block, outputs, inputs), hidden, last));
      inputs = outputs;
    }
    return new Composition(blocks);
  }

  private static LinearLayer layer(String name, int outputs, int inputs) {
    return new LinearLayer(name + ".weight", Optional.of(name + ".bias"), outputs, inputs);
  }
}
