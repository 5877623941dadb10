package io.lipc.compiler.proof;

import io.lipc.certificate.Subject;
import io.lipc.certificate.linear.Grid;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Embedding;
import io.lipc.certifier.LayerReport;
import io.lipc.certifier.MethodReport;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics.LayerRow;
import io.lipc.model.diagnostic.ProofDiagnostics.MethodRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the message about a bound that was not proved from the certifier's results. */
final class NotProved {

  private static final double LONG_SECONDS = 2;

  private NotProved() {}

  /**
   * The bound may be true, and was not proved.
   *
   * @param unused why the certificate that the weights carry was not used, where they carry one
   */
  static Finding inconclusive(
      CheckedNetwork checked, Certification.Evidence evidence, Optional<String> unused) {
    Property.Lipschitz spec = checked.network().lipschitz();
    List<MethodRow> methods = methods(evidence);
    Diagnostic diagnostic =
        methods.isEmpty()
            ? ProofDiagnostics.nothingCertified(spec, String.join("; ", failures(evidence)), unused)
            : ProofDiagnostics.boundNotCertified(
                spec,
                methods,
                failures(evidence),
                reason(checked, spec, evidence),
                rows(checked, evidence),
                evidence.blamed().map(weight -> layerName(checked, weight)).orElse(""),
                evidence.lower(),
                unused);
    return new Finding(new Place.OfBound(), diagnostic);
  }

  /** The bound is false. */
  static Finding violated(
      CheckedNetwork checked, Certification.Violated violated, String pairFile) {
    return new Finding(
        new Place.OfBound(),
        ProofDiagnostics.boundViolated(
            checked.network().lipschitz(),
            violated.evidence().lower(),
            violated.best().map(NotProved::bound),
            pairFile));
  }

  private static UpperBound bound(Subject subject) {
    return new UpperBound(subject.certificate().lipschitz().bound());
  }

  private static List<MethodRow> methods(Certification.Evidence evidence) {
    List<MethodRow> rows = new ArrayList<>();
    for (MethodReport report : evidence.methods()) {
      report.upper().ifPresent(upper -> rows.add(new MethodRow(named(report), upper)));
    }
    rows.sort(Comparator.comparingDouble(row -> row.bound().value()));
    return rows;
  }

  private static List<String> failures(Certification.Evidence evidence) {
    return evidence.methods().stream()
        .filter(report -> report.upper().isEmpty())
        .map(report -> named(report) + ": " + report.failure().orElse("no result"))
        .toList();
  }

  /** Times are told if a person has waited; short ones would make each message different. */
  private static String named(MethodReport report) {
    return report.seconds() < LONG_SECONDS
        ? report.name()
        : String.format(Locale.ROOT, "%s in %.0f s", report.name(), report.seconds());
  }

  private static String reason(
      CheckedNetwork checked, Property.Lipschitz spec, Certification.Evidence evidence) {
    String infeasible = "no multipliers were found for " + Decimals.plain(spec.bound());
    return evidence
        .blamed()
        .map(
            weight ->
                infeasible
                    + "; first pivot that is not positive definite: layer "
                    + layerName(checked, weight))
        .orElse(infeasible);
  }

  private static List<LayerRow> rows(CheckedNetwork checked, Certification.Evidence evidence) {
    List<LayerRow> rows = new ArrayList<>();
    for (LayerReport report : evidence.layers()) {
      String pivot = report.pivot().isPresent() ? signed(report.pivot().getAsDouble()) : "";
      rows.add(
          new LayerRow(
              layerName(checked, report.weight()),
              extents(checked, report),
              report.norm().map(UpperBound::toString).orElse("unknown"),
              report.embedding().map(Embedding::toString),
              pivot));
    }
    return rows;
  }

  private static String signed(double pivot) {
    return pivot < 0 ? Decimals.down(pivot) : "+" + Decimals.down(pivot);
  }

  /** A dense layer reads a vector, whatever shape that had. */
  private static String extents(CheckedNetwork checked, LayerReport report) {
    OptionalInt layer = layer(checked, report.weight());
    return layer.stream()
        .mapToObj(checked.network().layers()::get)
        .flatMap(found -> found.convolution().stream())
        .map(map -> extents(map.input()) + " -> " + extents(map.output()))
        .findFirst()
        .orElse(report.inputs() + " -> " + report.outputs());
  }

  private static String extents(Grid grid) {
    return grid.extents().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /** The user's name for the layer with this matrix or kernel. */
  private static String layerName(CheckedNetwork checked, String weight) {
    OptionalInt layer = layer(checked, weight);
    return layer.isPresent() ? checked.nameOf(layer.getAsInt()) : weight;
  }

  private static OptionalInt layer(CheckedNetwork checked, String weight) {
    List<Layer> layers = checked.network().layers();
    return IntStream.range(0, layers.size())
        .filter(i -> layers.get(i).multiplies(weight))
        .findFirst();
  }
}
