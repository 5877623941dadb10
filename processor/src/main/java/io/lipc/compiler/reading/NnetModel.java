package io.lipc.compiler.reading;

import io.lipc.formats.ElementType;
import io.lipc.formats.NnetFile;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An {@code .nnet} file as a network in doubles, its normalisation included: the bound is about raw
 * inputs and raw outputs.
 *
 * <p>The format clips inputs to its box first. Clipping is the projection on a convex set, which no
 * l2 distance grows under, nor does one in linf: a bound of the network without it holds with it.
 *
 * @param checked the architecture
 * @param weights its tensors
 */
public record NnetModel(CheckedNetwork checked, Weights weights) {

  /**
   * The network of a file.
   *
   * @param name the qualified name to give to it
   * @param bound the bound to be proved
   */
  public static NnetModel of(String name, NnetFile file, double bound) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    Shape input = Shape.vector(file.sizes().getFirst());
    layers.add(new Layer.Input(input, Optional.of(box(file))));
    layers.add(normalisation(file, input));
    for (int k = 0; k < file.layers().size(); k++) {
      NnetFile.Layer layer = file.layers().get(k);
      tensors.add(layer.weight());
      tensors.add(layer.bias());
      Layer dense =
          Layer.dense(
              layers.size() - 1,
              file.sizes().get(k),
              file.sizes().get(k + 1),
              layer.weight().name(),
              Optional.of(layer.bias().name()));
      layers.add(dense);
      if (k < file.layers().size() - 1) {
        layers.add(
            new Layer.Activate(
                layers.size() - 1, Activation.of(PointwiseKind.RELU), dense.shape()));
      }
    }
    layers.add(denormalisation(file, layers));
    Property.Lipschitz spec = new Property.Lipschitz(bound, Norm.L2, Norm.L2);
    Network network = new Network(name, spec, new WeightsSource.None(), ElementType.F64, layers);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      names.add(name(layers.get(i), i));
    }
    return new NnetModel(new CheckedNetwork(network, names, ""), Weights.of(tensors));
  }

  private static String name(Layer layer, int index) {
    return layer.dense().map(dense -> dense.weight().replace(".weight", "")).orElse("step" + index);
  }

  private static List<Interval> box(NnetFile file) {
    List<Interval> box = new ArrayList<>();
    for (int i = 0; i < file.minimums().size(); i++) {
      box.add(new Interval(file.minimums().get(i), file.maximums().get(i)));
    }
    return box;
  }

  private static Layer normalisation(NnetFile file, Shape shape) {
    List<Double> scale = new ArrayList<>();
    List<Double> shift = new ArrayList<>();
    for (int i = 0; i < file.means().size(); i++) {
      scale.add(1 / file.ranges().get(i));
      shift.add(-file.means().get(i) / file.ranges().get(i));
    }
    return Layer.affine(0, scale, shift, shape);
  }

  private static Layer denormalisation(NnetFile file, List<Layer> layers) {
    Shape shape = layers.getLast().shape();
    return Layer.affine(
        layers.size() - 1,
        Collections.nCopies(shape.size(), file.outputRange()),
        Collections.nCopies(shape.size(), file.outputMean()),
        shape);
  }
}
