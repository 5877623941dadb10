package io.lipc.tools.page;

import static io.lipc.charts.Markup.element;

import io.lipc.certificate.Claim;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.charts.Escape;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Svg;
import io.lipc.compiler.library.OutputPair;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bounds of the differences of outputs, a row and a column for each class. */
final class PairTable {

  /**
   * The most classes of a table: the numbers of more would fill the page, so they become a drawing,
   * whose numbers are hints.
   */
  private static final int MOST_COLUMNS = 16;

  /** The number of the largest bounds that stand below a drawing. */
  private static final int LARGEST = 12;

  /** Shades of cells, from the smallest bound to the largest. */
  private static final int SHADES = 5;

  private static final int CELL = 10;
  private static final int LONGEST_LABEL = 16;
  private static final int LABELS = 120;
  private static final String CAPTION = "Bounds of the difference of two outputs";

  private final ClassPairs pairs;
  private final double least;
  private final double largest;

  private PairTable(ClassPairs pairs) {
    this.pairs = pairs;
    this.least = OutputPair.smallest(pairs.bounds()).bound().value();
    this.largest = OutputPair.largest(pairs.bounds()).bound().value();
  }

  /** Empty where the network asks for no bounds of pairs. */
  static List<Element> of(NetworkReport report, String id) {
    if (report.pairs().isEmpty() || report.accepted().isEmpty()) {
      return List.of();
    }
    PairTable table = new PairTable(report.pairs().get());
    List<Element> parts = new ArrayList<>();
    parts.add(Html.heading(3, "Bounds of pairs of outputs"));
    parts.add(table.claim(report.accepted().get(), report.claims()));
    if (table.outputs() <= MOST_COLUMNS) {
      parts.add(table.matrix());
    } else {
      parts.add(Html.drawing(table.drawing(id)));
      parts.add(table.largest());
    }
    return parts;
  }

  private int outputs() {
    return pairs.bounds().outputs();
  }

  private Element claim(Subject network, List<Subject> claims) {
    boolean scaled = pairs.bounds().measured().isPresent();
    RadiusClaim radii = RadiusClaim.of(network, scaled ? claims : List.of());
    Claim.Lipschitz claim = radii.bound();
    String what =
        "How much the difference of two outputs moves at most, as a multiple of how much the inputs"
            + " move in "
            + (scaled ? radii.distance() : claim.norms().toString().split(" ", 2)[0])
            + (scaled ? ". The scaled bound alone says " : ". The bound of the network alone says ")
            + (claim.ofEachOutput() ? "2 L = " : "sqrt(2) L = ")
            + new UpperBound(PairBounds.ofAnyPair(claim))
            + (outputs() == 2
                ? ". The bound here has a certificate of its own"
                : " for each of the "
                    + PairUnits.count(outputs())
                    + " pairs. The bounds here have a certificate of their own")
            + ", which the checker accepted when this page was made: ";
    return Html.paragraph(what)
        .holding(Html.code(pairs.bounds().subject().digest().toString()))
        .saying(
            ". Certified radii divide the lead over each class by the bound of its pair"
                + (pairs.bounds().delta().isPresent()
                    ? ", or are larger by the signs of what units read at the input."
                    : "."));
  }

  private Element matrix() {
    List<Element> heads = new ArrayList<>(List.of(head("col", "class")));
    pairs
        .labels()
        .forEach(label -> heads.add(head("col", fit(label)).with("class", "number pair")));
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < outputs(); i++) {
      List<Element> cells = new ArrayList<>(List.of(head("row", fit(pairs.labels().get(i)))));
      for (int j = 0; j < outputs(); j++) {
        cells.add(i == j ? element("td").with("class", "number pair").saying("-") : cell(i, j));
      }
      rows.add(element("tr").holding(cells));
    }
    return Html.ofElements(CAPTION + ": the stronger the shade, the larger", heads, rows);
  }

  private static String fit(String label) {
    return Labels.fit(label, LONGEST_LABEL);
  }

  private static Element head(String scope, String text) {
    return element("th").with("scope", scope).saying(text);
  }

  private Element cell(int i, int j) {
    double bound = pairs.bounds().of(i, j);
    return element("td")
        .with("class", "number pair shade" + shade(bound))
        .saying(new UpperBound(bound).toString());
  }

  /** The shade of a bound, from 1 for the smallest bounds to the number of shades. */
  private int shade(double bound) {
    double share = largest > least ? (bound - least) / (largest - least) : 0;
    return 1 + Math.min(SHADES - 1, (int) (share * SHADES));
  }

  private Element drawing(String id) {
    double side = (double) CELL * outputs();
    List<Element> shapes = new ArrayList<>();
    for (int i = 0; i < outputs(); i++) {
      double base = CELL * (i + 0.9);
      shapes.add(Svg.text("tick end", LABELS - 6.0, base, fit(pairs.labels().get(i))));
      for (int j = 0; j < outputs(); j++) {
        if (i != j) {
          shapes.add(square(i, j));
        }
      }
    }
    String description =
        "A square of shades, a row and a column for each of "
            + outputs()
            + " classes in the same order. The strongest shade is of bounds up to "
            + new UpperBound(largest)
            + ", the faintest of those from "
            + Decimals.down(least)
            + ".";
    return Svg.drawing(id, LABELS + side, side, CAPTION, description).holding(shapes);
  }

  private Element square(int i, int j) {
    double bound = pairs.bounds().of(i, j);
    String hint =
        "%s and %s: %s"
            .formatted(
                Escape.visible(pairs.labels().get(i)),
                Escape.visible(pairs.labels().get(j)),
                new UpperBound(bound));
    return Svg.rectangle(
            "shade" + shade(bound), LABELS + (double) CELL * j, (double) CELL * i, CELL, CELL)
        .holding(Svg.hint(hint));
  }

  private Element largest() {
    List<List<String>> rows =
        OutputPair.of(pairs.bounds()).stream()
            .sorted(Comparator.comparingDouble((OutputPair pair) -> -pair.bound().value()))
            .limit(LARGEST)
            .map(
                pair ->
                    List.of(
                        pairs.labels().get(pair.first()),
                        pairs.labels().get(pair.second()),
                        pair.bound().toString()))
            .toList();
    return Html.table("The largest bounds", List.of("class", "and class", "#bound"), rows);
  }
}
