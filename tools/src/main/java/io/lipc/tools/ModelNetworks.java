package io.lipc.tools;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.compiler.NetworkReader;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.formats.Weights;
import io.lipc.kernels.Interpreter;
import io.lipc.kernels.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The networks of a model with their weights, read without any search for proofs. */
final class ModelNetworks {

  private static final int SAMPLES = 8;
  private static final double TOLERANCE = 1e-3;

  private final Path file;
  private final Map<String, NetworkReader.Weighted> networks = new TreeMap<>();

  private ModelNetworks(Path file) {
    this.file = file;
  }

  static ModelNetworks read(Model model, Path file) {
    ModelNetworks networks = new ModelNetworks(file);
    switch (model) {
      case Model.Text text ->
          networks.networks.putAll(
              NetworkReader.read(
                  text.parsed().networks().stream().map(ParsedNetwork::declaration).toList(),
                  new FolderFiles(text.folder())));
      case Model.Whole whole -> networks.networks.put(whole.name(), whole.network());
    }
    return networks;
  }

  Weights weights(String network) throws InputError {
    return find(network).weights();
  }

  private NetworkReader.Weighted find(String network) throws InputError {
    NetworkReader.Weighted found = networks.get(network);
    if (found == null) {
      throw new InputError(
          file + " holds no network " + network + " without faults; `lipc check` says more");
    }
    return found;
  }

  /**
   * How the subject's flat list differs from the model's network of the same name: both are
   * evaluated on the same inputs. Empty if they agree.
   */
  Optional<String> difference(Subject about) throws InputError {
    Subject subject = FreeWeights.chosen(about);
    String name = subject.certificate().network();
    NetworkReader.Weighted model = find(name);
    int size = model.checked().network().input().shape().size();
    if (size != subject.certificate().inputSize()) {
      return Optional.of("it reads " + subject.certificate().inputSize() + " numbers, not " + size);
    }
    Optional<String> foreign = foreignLayer(model.checked(), subject);
    if (foreign.isPresent()) {
      return foreign;
    }
    UnitEvaluator claimed = UnitEvaluator.of(subject);
    Interpreter actual = interpreter(subject);
    Random random = new Random(SAMPLES);
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[] input = sampleInput(model, random);
      double[] expected = selected(subject, actual.apply(input));
      double[] found = claimed.apply(input);
      if (!close(expected, found)) {
        return Optional.of("it gives other outputs");
      }
    }
    return Optional.empty();
  }

  /** A layer of a network of free weights that the subject has no fitting weights for. */
  private static Optional<String> foreignLayer(CheckedNetwork checked, Subject subject) {
    if (!checked.network().hasFreeWeights()) {
      return Optional.empty();
    }
    for (Layer layer : checked.network().layers()) {
      if (layer instanceof Layer.Dense dense
          && subject
              .weights()
              .tensor(dense.weight())
              .filter(tensor -> tensor.shape().equals(List.of(dense.outputs(), dense.inputs())))
              .isEmpty()) {
        return Optional.of("it has no weights for tensor `" + dense.weight() + "`");
      }
    }
    return Optional.empty();
  }

  private Interpreter interpreter(Subject subject) throws InputError {
    NetworkReader.Weighted model = find(subject.certificate().network());
    Weights weights =
        model.checked().network().hasFreeWeights() ? subject.weights() : model.weights();
    Map<String, double[]> tensors = new TreeMap<>();
    weights.tensors().forEach((key, tensor) -> tensors.put(key, tensor.values()));
    Map<String, UnaryOperator<double[]>> callees = new TreeMap<>();
    for (Layer layer : model.checked().network().layers()) {
      if (layer instanceof Layer.Call call) {
        Subject called = subject.callees().get(call.network());
        if (called == null) {
          throw new InputError("the certificate does not call " + call.network());
        }
        Interpreter callee = interpreter(called);
        callees.put(call.network(), callee::apply);
      }
    }
    return new Interpreter(Lowering.lower(model.checked()), tensors, callees);
  }

  /** A point of the box, or near the origin where there is none, in the network's precision. */
  private static double[] sampleInput(NetworkReader.Weighted model, Random random) {
    Network network = model.checked().network();
    double[] input = new double[network.input().shape().size()];
    for (int i = 0; i < input.length; i++) {
      double t = random.nextDouble();
      double lower =
          network.input().box().isPresent() ? network.input().box().get().get(i).lower() : -1;
      double upper =
          network.input().box().isPresent() ? network.input().box().get().get(i).upper() : 1;
      input[i] = network.precision().round(lower + t * (upper - lower));
    }
    return input;
  }

  /** A certificate may be about some outputs only: then it ends with their selection. */
  private static double[] selected(Subject subject, double[] outputs) {
    return subject.certificate().units().getLast() instanceof Unit.Select select
        ? select.indices().stream().mapToDouble(i -> outputs[i]).toArray()
        : outputs;
  }

  private static boolean close(double[] expected, double[] found) {
    if (expected.length != found.length) {
      return false;
    }
    double scale = 0;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= TOLERANCE * scale + Float.MIN_NORMAL)) {
        return false;
      }
    }
    return true;
  }
}
