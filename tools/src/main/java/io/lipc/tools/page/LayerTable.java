package io.lipc.tools.page;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certifier.LayerReport;
import io.lipc.certifier.Method;
import io.lipc.charts.Markup.Element;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.UpperBound;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The layers of a network, one a row. */
final class LayerTable {

  private static final String NOTHING = "-";

  private static final List<String> COLUMNS =
      List.of("layer", "operation", "reads", "gives", "slopes", "#l2 norm at most");

  private static final String NORMS =
      "Slopes are the interval that holds every difference quotient of an activation. Norms of"
          + " matrices and convolutions and bounds of called networks have certificates of their"
          + " own, which the checker accepted; factors are read off.";

  private static final String PIVOTS =
      " A pivot is the least eigenvalue of the block that the layer leads to when the certificate's"
          + " matrix inequality is eliminated at the declared bound. It says where room is left; it"
          + " is not a bound.";

  private LayerTable() {}

  static List<Element> of(NetworkReport report, CheckedNetwork checked) {
    boolean pivots = hasPivots(report);
    List<String> columns = new ArrayList<>(COLUMNS);
    if (pivots) {
      columns.add("#pivot");
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < checked.network().layers().size(); i++) {
      List<String> row = new ArrayList<>(row(report, checked, i));
      if (pivots) {
        row.add(pivot(report.found(checked.network().layers().get(i))));
      }
      rows.add(row);
    }
    return List.of(
        Html.heading(3, "Layers"),
        Html.table("Layers in the order of evaluation", columns, rows),
        Html.paragraph(NORMS + (pivots ? PIVOTS : "")));
  }

  /**
   * Whether the elimination whose pivots are known is the one of the certificate. That of another
   * method may stop where the certificate's own proof goes on.
   */
  private static boolean hasPivots(NetworkReport report) {
    Optional<Certificate> certificate = report.accepted().map(Subject::certificate);
    return report.evidence().stream()
            .flatMap(found -> found.layers().stream())
            .anyMatch(layer -> !pivot(Optional.of(layer)).equals(NOTHING))
        && report.evidence().stream()
            .flatMap(found -> found.methods().stream())
            .filter(method -> method.method() == Method.LAYERWISE_LMI)
            .anyMatch(
                method ->
                    certificate
                        .filter(found -> found.method().equals(Method.LAYERWISE_LMI.word()))
                        .map(found -> new UpperBound(found.lipschitz().bound()))
                        .equals(method.upper()));
  }

  private static List<String> row(NetworkReport report, CheckedNetwork checked, int index) {
    Layer layer = checked.network().layers().get(index);
    List<String> reads = layer.operands().stream().map(checked::nameOf).toList();
    return List.of(
        checked.nameOf(index),
        LayerText.operation(layer),
        reads.isEmpty() ? NOTHING : String.join(", ", reads),
        LayerText.shape(layer.shape()),
        slopes(layer),
        norm(layer, report.found(layer), report.accepted()));
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
      case Layer.Linear(_, Weighted _, _) ->
          found.flatMap(LayerReport::norm).map(UpperBound::toString).orElse(NOTHING);
      case Layer.Call call ->
          accepted
              .flatMap(subject -> Optional.ofNullable(subject.callees().get(call.network())))
              .map(Subject::certificate)
              .map(
                  callee ->
                      Decimals.up(callee.lipschitz().bound())
                          + " ("
                          + callee.lipschitz().norms()
                          + ")")
              .orElse(NOTHING);
      case Layer.Linear linear -> LayerText.factor(linear.map()).map(Decimals::up).orElse(NOTHING);
      case Layer.MaxPool pool -> Decimals.up(Math.sqrt(pool.window().overlap()));
      case Layer.Input _, Layer.Activate _ -> NOTHING;
    };
  }

  private static String pivot(Optional<LayerReport> found) {
    OptionalDouble pivot = found.map(LayerReport::pivot).orElse(OptionalDouble.empty());
    return pivot.isEmpty() || !Double.isFinite(pivot.getAsDouble())
        ? NOTHING
        : Decimals.down(pivot.getAsDouble());
  }
}
