package io.lipc.tools.page;

import io.lipc.certificate.Subject;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certifier.LayerReport;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.UpperBound;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The layers of a network, one a row. */
final class LayerTable {

  private static final String NOTHING = "-";

  private static final Weights NONE = Weights.of(List.of());

  private LayerTable() {}

  static List<Element> of(NetworkReport report, CheckedNetwork checked) {
    List<List<String>> rows = new ArrayList<>();
    List<Layer> layers = checked.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      rows.add(row(report, checked, i));
    }
    return List.of(
        Html.heading(3, "Layers"),
        Html.table(
            "Layers in the order of evaluation",
            List.of("layer", "operation", "reads", "gives", "slopes", "#l2 norm at most", "#pivot"),
            rows),
        Html.paragraph(
            "Slopes are the interval that holds every difference quotient of an activation. Norms"
                + " of matrices and convolutions and bounds of called networks have certificates of their own, which"
                + " the checker accepted; factors are read off. A pivot is the least eigenvalue of the block that the layer"
                + " leads to when the matrix inequality is eliminated at the declared bound; where it"
                + " is not positive, elimination stops. It says where room is left; it is not a bound."));
  }

  private static List<String> row(NetworkReport report, CheckedNetwork checked, int index) {
    Layer layer = checked.network().layers().get(index);
    Optional<LayerReport> found = report.found(layer);
    List<String> reads = layer.operands().stream().map(checked::nameOf).toList();
    return List.of(
        checked.nameOf(index),
        LayerText.operation(layer),
        reads.isEmpty() ? NOTHING : String.join(", ", reads),
        LayerText.shape(layer.shape()),
        slopes(layer),
        norm(layer, found, report.accepted()),
        pivot(found.map(LayerReport::pivot).orElse(OptionalDouble.empty())));
  }

  private static String slopes(Layer layer) {
    if (!(layer instanceof Layer.Activate activate)) {
      return NOTHING;
    }
    return switch (activate.activation()) {
      case Activation.Pointwise pointwise -> slopes(pointwise.slopes());
      case Activation.Linear(LinearKind kind) when kind == LinearKind.IDENTITY ->
          slopes(new SlopeBounds(1, 1));
      case Activation.Linear _, Activation.Grouped _ -> "none: not elementwise";
    };
  }

  private static String slopes(SlopeBounds slopes) {
    return "[" + Decimals.down(slopes.alpha()) + ", " + Decimals.up(slopes.beta()) + "]";
  }

  private static String norm(Layer layer, Optional<LayerReport> found, Optional<Subject> accepted) {
    return switch (layer) {
      case Layer.Linear(_, Matrix _, _), Layer.Linear(_, Convolution _, _) ->
          found.flatMap(LayerReport::norm).map(UpperBound::toString).orElse(NOTHING);
      case Layer.Call call ->
          accepted
              .flatMap(subject -> Optional.ofNullable(subject.callees().get(call.network())))
              .map(Subject::certificate)
              .map(callee -> Decimals.up(callee.bound()) + " (" + callee.claim().norms() + ")")
              .orElse(NOTHING);
      case Layer.Linear(_, Scaling(double factor), _) -> Decimals.up(Math.abs(factor));
      case Layer.Linear(_, Diagonal diagonal, _) -> Decimals.up(diagonal.gain(NONE).orElse(0));
      case Layer.Linear(_, AveragePool pool, _) -> Decimals.up(pool.gain(NONE).orElse(0));
      case Layer.MaxPool pool -> Decimals.up(Math.sqrt(pool.window().overlap()));
      case Layer.Input _, Layer.Linear _, Layer.Activate _ -> NOTHING;
    };
  }

  private static String pivot(OptionalDouble pivot) {
    return pivot.isEmpty() || !Double.isFinite(pivot.getAsDouble())
        ? NOTHING
        : Decimals.down(pivot.getAsDouble());
  }
}
