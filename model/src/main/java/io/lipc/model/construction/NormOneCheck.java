package io.lipc.model.construction;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.LinearOperation;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hypotheses that chains of layers of norm 1 have in common: weights can be given norm 1, and
 * all that has no weights moves no two values further apart. Layers are looked at one by one, as a
 * network of layers with one operand each is a chain.
 */
abstract class NormOneCheck {

  /** A unit vector whose two elements were rounded to F32 may be longer than 1 by as much. */
  private static final double UNIT_ROUNDING = 0x1p-22;

  private final CheckedNetwork checked;
  private final NormOneDiagnostics say;
  private final StepPlaces places;

  NormOneCheck(Declaration declaration, CheckedNetwork checked, NormOneDiagnostics say) {
    this.checked = checked;
    this.say = say;
    this.places = StepPlaces.of(declaration, checked);
  }

  /**
   * The reason why the construction makes no kernel of norm 1 for a convolution, if it does not.
   */
  abstract Optional<Diagnostic> kernelFault(Convolution map, String layer, NormOneDiagnostics say);

  /** Returns no findings exactly if weights of norm 1 can be made for all layers. */
  final List<Finding> findings() {
    List<Layer> layers = checked.network().layers();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      int layer = i;
      fault(i).ifPresent(fault -> findings.add(new Finding(places.of(layer), fault)));
    }
    if (findings.isEmpty() && layers.stream().allMatch(layer -> layer.tensors().isEmpty())) {
      findings.add(new Finding(new Place.OfParameters(), nothingToParameterize()));
    }
    return findings;
  }

  /** A network without a layer to make weights for. */
  final Diagnostic nothingToParameterize() {
    return say.nothingToParameterize(checked.network().name());
  }

  /** The fault that keeps a layer from being one of a chain of norm 1. */
  final Optional<Diagnostic> fault(int at) {
    String name = checked.nameOf(at);
    if (checked.network().isPartOfInput(at)) {
      return Optional.of(NormOneDiagnostics.partOfInput(name, checked.inputs()));
    }
    return switch (checked.network().layers().get(at)) {
      case Layer.Input _ -> Optional.empty();
      case Layer.Linear linear -> fault(linear.map(), name);
      case Layer.Activate activate -> fault(activate.activation(), name);
      case Layer.MaxPool pool ->
          pool.window().overlap() == 1
              ? Optional.empty()
              : Optional.of(NormOneDiagnostics.overlappingMaxima(name, pool.window()));
      case Layer.Call call ->
          Optional.of(say.foreignOperation("a call of `" + call.network() + "`", name));
    };
  }

  /**
   * A mean over windows of k pixels moves nothing apart, also where they overlap: its square is at
   * most the mean of the squares, and a pixel is in at most k windows.
   */
  private Optional<Diagnostic> fault(LinearMap map, String layer) {
    return switch (map) {
      case Matrix _, Identity _, Selection _, Centering _, AveragePool _ -> Optional.empty();
      case Convolution convolution ->
          convolution.groups() > 1
              ? Optional.of(say.severalGroups(layer, convolution.groups()))
              : kernelFault(convolution, layer, say);
      case BatchNorm _, Concatenation _, Diagonal _, Scaling _, Sum _ ->
          Optional.of(say.foreignOperation(LinearOperation.phraseOf(map), layer));
    };
  }

  private static Optional<Diagnostic> fault(Activation activation, String layer) {
    return switch (activation) {
      case Activation.Linear _ -> Optional.empty();
      case Activation.Pointwise pointwise -> fault(pointwise.slopes(), activation, layer);
      case Activation.Grouped grouped ->
          keepsDistances(grouped)
              ? Optional.empty()
              : Optional.of(NormOneDiagnostics.gainAboveOne(grouped, layer));
    };
  }

  private static Optional<Diagnostic> fault(
      SlopeBounds slopes, Activation activation, String layer) {
    return slopes.alpha() >= -1 && slopes.beta() <= 1
        ? Optional.empty()
        : Optional.of(NormOneDiagnostics.slopeOutside(activation.kind().word(), layer, slopes));
  }

  /** By the gains that {@link io.lipc.model.activation.GroupedKind} states. */
  private static boolean keepsDistances(Activation.Grouped grouped) {
    List<Double> parameters = grouped.parameters();
    return switch (grouped.kind()) {
      case MAXMIN, GROUP_SORT -> true;
      case HOUSEHOLDER -> squares(parameters) <= 1 + UNIT_ROUNDING;
      case SOFTMAX -> parameters.getFirst() >= 0.5;
      case LAYER_NORM, L2_NORMALIZE -> parameters.getFirst() >= 1;
    };
  }

  private static double squares(List<Double> vector) {
    return vector.stream().mapToDouble(v -> v * v).sum();
  }
}
