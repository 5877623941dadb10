package io.lipc.kernels;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The subjects of certificates of test networks. Their proofs prove nothing and are not checked.
 */
public final class Subjects {

  private static final Proof NO_PROOF =
      new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());

  private Subjects() {}

  /** A subject with seeded weights of about norm 1 per layer. */
  public static Subject random(
      Network network, SplittableRandom random, Map<String, Subject> callees) {
    List<Tensor> tensors = new ArrayList<>();
    for (Layer layer : network.layers()) {
      layer.tensors().forEach(t -> tensors.add(tensor(network, t.name(), t.shape(), random)));
    }
    Weights weights = Weights.of(tensors);
    return new Subject(
        certificate(network, weights, callees), Digest.of(new byte[0]), weights, callees);
  }

  static Certificate certificate(Network network, Weights weights, Map<String, Subject> callees) {
    List<TensorRecord> records =
        weights.tensors().values().stream()
            .map(t -> new TensorRecord(t.name(), t.shape(), t.digest()))
            .toList();
    return new Certificate(
        network.name(),
        network.precision(),
        new Claim.Lipschitz(Norms.EUCLIDEAN, network.lipschitz().bound()),
        "none",
        network.layers().stream().map(layer -> unit(layer, callees)).toList(),
        new Grounds.GivenWeights(records, NO_PROOF));
  }

  static Map<String, double[]> values(Subject subject) {
    Map<String, double[]> values = new TreeMap<>();
    subject.weights().tensors().forEach((name, tensor) -> values.put(name, tensor.values()));
    return values;
  }

  private static Tensor tensor(
      Network network, String name, List<Integer> shape, SplittableRandom random) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    double reach = 2 / Math.sqrt(shape.getLast());
    double[] values =
        random
            .doubles(size, -reach, reach)
            .map(v -> name.endsWith(".running_var") ? 0.1 + Math.abs(v) : v)
            .map(v -> network.precision().round(v))
            .toArray();
    try {
      return Tensor.of(name, network.precision(), shape, values);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Unit unit(Layer layer, Map<String, Subject> callees) {
    int size = layer.shape().size();
    return switch (layer) {
      case Layer.Input input ->
          new Unit.Input(layer.shape().extents(), input.box().map(Subjects::box));
      case Layer.Linear linear -> new Unit.Linear(linear.operands(), linear.map(), size);
      case Layer.Activate activate -> {
        String word = activate.activation().kind().word();
        List<Double> parameters = activate.activation().parameters();
        yield activate.pixels() == 1
            ? Unit.activation(activate.operand(), word, parameters, size)
            : new Unit.Activation(activate.operand(), word, parameters, size, activate.pixels());
      }
      case Layer.MaxPool pool -> new Unit.MaxPool(pool.operand(), pool.input(), pool.window());
      case Layer.Call call -> {
        Subject callee = callees.get(call.network());
        yield new Unit.Call(
            call.operand(),
            call.network(),
            callee.digest(),
            callee.certificate().inputSize(),
            size);
      }
    };
  }

  private static Unit.Box box(List<Interval> sides) {
    return new Unit.Box(
        sides.stream().map(Interval::lower).toList(), sides.stream().map(Interval::upper).toList());
  }
}
