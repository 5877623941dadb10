package io.lipc.tools.train;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.dsl.DeclarationText;
import io.lipc.formats.Norm;
import io.lipc.model.Decimals;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.training.Trainable;
import io.lipc.training.TrainableComposition;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Standardisation;
import io.lipc.training.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The network that reads a table's units for another one, as a text to be added. */
final class RawNetworkText {

  private static final String RESULT = "y";

  private RawNetworkText() {}

  /** The help for a text without such a network. */
  static String help(Trainable inner, String raw) {
    return "--standardise needs a network that reads the table's units and calls %s. With the ranges of this table it is, to be added to the text, which --write does:\n\n%s"
        .formatted(inner.network().name(), raw);
  }

  /**
   * The network for the ranges of a table, with a line feed behind each line.
   *
   * @param inner the network that is to be trained
   * @param fitted the rows whose statistics give the bound
   * @param out where the weights will go
   * @throws DataException if the table does not fit, or a column cannot be standardised
   */
  static String of(Trainable inner, FeatureRows<?> fitted, Table<?> table, Path out)
      throws DataException {
    inner.requireFit(fitted);
    Network network = inner.network();
    Shape shape = network.input().shape();
    int channels = shape.extents().getFirst();
    String layer = layer(network);
    BatchNorm map = new BatchNorm(channels, shape.size() / channels, layer, 0);
    Standardisation statistics =
        Standardisation.of(fitted, table.features(), map, network.precision());
    return DeclarationText.write(declaration(network, layer, statistics, table, file(inner, out)));
  }

  private static Declaration declaration(
      Network inner, String layer, Standardisation statistics, Table<?> table, String file) {
    List<Step> steps =
        new ArrayList<>(RawInputs.of(inner.input().shape(), table, Set.of(layer, RESULT)));
    List<String> inputs = steps.stream().map(Step::name).toList();
    String whole = inputs.getFirst();
    if (inputs.size() > 1) {
      whole = Step.innerName(layer, 0);
      steps.add(
          new Step(whole, Optional.of(layer), new Operation.Linear(new Concatenation()), inputs));
    }
    steps.add(Step.named(layer, new Operation.Normalize(0, Optional.empty()), List.of(whole)));
    steps.add(
        Step.named(
            RESULT, new Operation.Call(inner.simpleName(), Optional.empty()), List.of(layer)));
    double bound = Math.nextUp(statistics.gain() * inner.lipschitz().bound());
    return new Declaration(
        "Raw" + inner.simpleName(),
        RawInputs.documentation(inputs, table),
        properties(inner, bound, layer),
        new WeightsSource.Given(file),
        inner.precision(),
        steps,
        Optional.of(RESULT),
        Optional.of(inner.outputShape().extents()));
  }

  /**
   * The claims of the network that is trained, in standard deviations, as claims in the table's
   * units.
   */
  private static List<Property> properties(Network inner, double bound, String layer) {
    List<Property> properties = new ArrayList<>();
    properties.add(
        new Property.Lipschitz(Double.parseDouble(Decimals.up(bound)), Norm.L2, Norm.L2));
    properties.add(new Property.Scaled(inner.lipschitz(), new Property.Scale.OfLayer(layer)));
    inner.further().stream().filter(Property.Pairs.class::isInstance).forEach(properties::add);
    return properties;
  }

  /** The file of weights: that of the network that it calls, unless that one has several. */
  private static String file(Trainable inner, Path out) {
    Network network = inner.network();
    return switch (inner) {
      case TrainableNetwork _ ->
          network.weightsFile().orElseGet(() -> String.valueOf(out.getFileName()));
      case TrainableComposition _ ->
          "raw" + network.simpleName().toLowerCase(Locale.ROOT) + ".safetensors";
    };
  }

  /** A name whose tensors are not among those of the network. */
  private static String layer(Network network) {
    Set<String> taken =
        network.layers().stream()
            .flatMap(layer -> layer.tensors().stream())
            .map(LinearMap.TensorShape::name)
            .collect(Collectors.toSet());
    return Stream.iterate("z", name -> name + "z")
        .filter(name -> taken.stream().noneMatch(tensor -> tensor.startsWith(name + ".")))
        .findFirst()
        .orElseThrow();
  }
}
