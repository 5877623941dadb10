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
import io.lipc.model.Construction;
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
 * The hypotheses of {@code parameters orthogonal} and {@code parameters aol}: a chain in which
 * weights can be given norm 1, and in which all that has no weights moves no two values further
 * apart. Layers are looked at one by one, as a network of layers with one operand each is a chain.
 */
public final class OrthogonalCheck {

  /** A unit vector whose two elements were rounded to F32 may be longer than 1 by as much. */
  private static final double UNIT_ROUNDING = 0x1p-22;

  private final CheckedNetwork checked;
  private final Construction construction;
  private final StepPlaces places;

  OrthogonalCheck(Declaration declaration, CheckedNetwork checked, Construction construction) {
    this.checked = checked;
    this.construction = construction;
    this.places = StepPlaces.of(declaration, checked);
  }

  /**
   * Returns no findings exactly if weights of norm 1 can be made for all layers, and a file for
   * them is declared.
   *
   * @param declaration what {@code checked} was made from
   */
  public static List<Finding> check(
      Declaration declaration, CheckedNetwork checked, Construction construction) {
    return new OrthogonalCheck(declaration, checked, construction).findings();
  }

  private List<Finding> findings() {
    List<Layer> layers = checked.network().layers();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      int layer = i;
      fault(i).ifPresent(fault -> findings.add(new Finding(places.of(layer), fault)));
    }
    if (findings.isEmpty() && layers.stream().allMatch(layer -> layer.tensors().isEmpty())) {
      findings.add(
          new Finding(
              new Place.OfParameters(),
              OrthogonalDiagnostics.nothingToParameterize(checked.network().name(), construction)));
    }
    return findings;
  }

  /** The fault that keeps a layer from being one of a chain of norm 1. */
  Optional<Diagnostic> fault(int at) {
    String name = checked.nameOf(at);
    if (checked.network().isPartOfInput(at)) {
      return Optional.of(OrthogonalDiagnostics.partOfInput(name, checked.inputs()));
    }
    return switch (checked.network().layers().get(at)) {
      case Layer.Input _ -> Optional.empty();
      case Layer.Linear linear -> fault(linear.map(), name);
      case Layer.Activate activate -> fault(activate.activation(), name);
      case Layer.MaxPool pool ->
          pool.window().overlap() == 1
              ? Optional.empty()
              : Optional.of(OrthogonalDiagnostics.overlappingMaxima(name, pool.window()));
      case Layer.Call call ->
          Optional.of(
              OrthogonalDiagnostics.foreignOperation(
                  "a call of `" + call.network() + "`", name, construction));
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
          hasKernel(convolution)
              ? Optional.empty()
              : Optional.of(OrthogonalDiagnostics.noKernel(layer, convolution, construction));
      case Diagonal _ ->
          Optional.of(
              OrthogonalDiagnostics.foreignOperation("a normalisation", layer, construction));
      case Sum _ ->
          Optional.of(OrthogonalDiagnostics.foreignOperation("a sum", layer, construction));
      case BatchNorm _, Concatenation _, Scaling _ ->
          Optional.of(
              OrthogonalDiagnostics.foreignOperation(
                  "operation `" + LinearOperation.wordOf(map) + "`", layer, construction));
    };
  }

  /**
   * The scaling of channels needs only that all outputs of a kernel read all inputs: steps of
   * several pixels leave rows of the matrix out, and gaps between taps change no sum of products.
   */
  private boolean hasKernel(Convolution map) {
    return construction == Construction.AOL
        ? map.groups() == 1
        : OrthogonalForm.of(map).isPresent();
  }

  private static Optional<Diagnostic> fault(Activation activation, String layer) {
    return switch (activation) {
      case Activation.Linear _ -> Optional.empty();
      case Activation.Pointwise pointwise -> fault(pointwise.slopes(), activation, layer);
      case Activation.Grouped grouped ->
          keepsDistances(grouped)
              ? Optional.empty()
              : Optional.of(OrthogonalDiagnostics.gainAboveOne(grouped, layer));
    };
  }

  private static Optional<Diagnostic> fault(
      SlopeBounds slopes, Activation activation, String layer) {
    return slopes.alpha() >= -1 && slopes.beta() <= 1
        ? Optional.empty()
        : Optional.of(OrthogonalDiagnostics.slopeOutside(activation.kind().word(), layer, slopes));
  }

  /**
   * Whether an activation keeps distances, by the gains that {@link
   * io.lipc.model.activation.GroupedKind} states.
   */
  private static boolean keepsDistances(Activation.Grouped grouped) {
    List<Double> parameters = grouped.parameters();
    return switch (grouped.kind()) {
      case MAXMIN, GROUP_SORT -> true;
      case HOUSEHOLDER -> squares(parameters) <= 1 + UNIT_ROUNDING;
      case SOFTMAX -> parameters.getFirst() >= 0.5;
    };
  }

  private static double squares(List<Double> vector) {
    return vector.stream().mapToDouble(v -> v * v).sum();
  }
}
