package io.lipc.tools.page;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Unit;
import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Curve;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Mark.Stroke;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Draws the parts of a box that a proof looks at one by one, where two elements of it move. */
final class PartsDrawing {

  /** More lines than these are a grey area. */
  private static final int MOST = 2000;

  private PartsDrawing() {}

  /**
   * The drawing with its heading; nothing where the box is not cut, too often, or not of two sides.
   *
   * @param claim of a box, accepted
   */
  static List<Element> of(Certificate claim, Unit.Box box, String id) {
    Optional<BoxTree> cut = boxes(claim);
    if (cut.isEmpty()) {
      return List.of();
    }
    BoxTree tree = cut.get();
    List<Integer> moving =
        IntStream.range(0, box.lower().size())
            .filter(i -> box.lower().get(i) < box.upper().get(i))
            .boxed()
            .toList();
    int parts = tree.leaves();
    if (moving.size() != 2 || parts < 2 || parts > MOST) {
      return List.of();
    }
    int x = moving.get(0);
    int y = moving.get(1);
    List<Mark> lines = new ArrayList<>();
    cuts(
        tree,
        new Cell(box.lower().get(x), box.upper().get(x), box.lower().get(y), box.upper().get(y)),
        x,
        lines);
    Panel panel =
        Panel.usual(
            12,
            Axis.of(Scale.linear(box.lower().get(x), box.upper().get(x)), "input " + x),
            Axis.of(Scale.linear(box.lower().get(y), box.upper().get(y)), "input " + y));
    String said =
        "The proof looks at %,d parts of the box one by one; lines are where it is cut."
            .formatted(parts);
    return List.of(
        Html.paragraph(said),
        Html.drawing(
            Svg.drawing(id, 720, panel.bottom(), "Parts of the box", said)
                .holding(panel.draw(lines))));
  }

  private static Optional<BoxTree> boxes(Certificate claim) {
    if (claim.grounds() instanceof Grounds.Enclosure(_, Optional<BoxTree> boxes)) {
      return boxes;
    }
    return claim.proof().witness() instanceof PositivityWitness.Rows(BoxTree boxes)
        ? Optional.of(boxes)
        : Optional.empty();
  }

  private record Cell(double left, double right, double low, double high) {}

  private static void cuts(BoxTree tree, Cell cell, int x, List<Mark> lines) {
    switch (tree) {
      case BoxTree.Leaf _, BoxTree.Vertices _, BoxTree.Lines _, BoxTree.Empty _ -> {}
      case BoxTree.Cut(BoxTree.Element element, double at, BoxTree below, BoxTree above)
          when element.unit() > 0 -> {
        // No line: where a unit is 0 is bent.
        cuts(below, cell, x, lines);
        cuts(above, cell, x, lines);
      }
      case BoxTree.Cut(BoxTree.Element element, double at, BoxTree below, BoxTree above) -> {
        boolean upright = element.number() == x;
        lines.add(
            upright ? line(at, cell.low, at, cell.high) : line(cell.left, at, cell.right, at));
        cuts(
            below,
            upright
                ? new Cell(cell.left, at, cell.low, cell.high)
                : new Cell(cell.left, cell.right, cell.low, at),
            x,
            lines);
        cuts(
            above,
            upright
                ? new Cell(at, cell.right, cell.low, cell.high)
                : new Cell(cell.left, cell.right, at, cell.high),
            x,
            lines);
      }
    }
  }

  private static Curve line(double fromX, double fromY, double toX, double toY) {
    return new Curve(
        Colour.BLUE, Stroke.THIN, List.of(new Point(fromX, fromY), new Point(toX, toY)));
  }
}
