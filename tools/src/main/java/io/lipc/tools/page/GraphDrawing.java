package io.lipc.tools.page;

import io.lipc.charts.Markup;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Svg;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.tools.page.GraphLayout.Box;
import io.lipc.tools.page.GraphLayout.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The graph of a network, from the top to the bottom. Deep networks continue in a further column,
 * like a text.
 */
final class GraphDrawing {

  private static final double BOX = 204;
  private static final double HEIGHT = 40;
  private static final double GAP = 26;
  private static final double NARROW = 22;
  private static final double BETWEEN = 14;
  private static final double GUTTER = 44;
  private static final double MARGIN = 24;

  /** Deeper networks are drawn in columns. */
  private static final int MAX_RANKS = 16;

  private static final int LONGEST_NAME = 27;

  private final CheckedNetwork checked;
  private final GraphLayout layout;
  private final int ranksPerColumn;
  private final double[] lanes;
  private final double columnWidth;

  private GraphDrawing(CheckedNetwork checked, GraphLayout layout) {
    this.checked = checked;
    this.layout = layout;
    int columns = (layout.ranks() + MAX_RANKS - 1) / MAX_RANKS;
    this.ranksPerColumn = (layout.ranks() + columns - 1) / columns;
    this.lanes = new double[layout.lanes()];
    double x = 0;
    for (int lane = 0; lane < lanes.length; lane++) {
      double width = layout.wide().contains(lane) ? BOX : NARROW;
      lanes[lane] = x + width / 2;
      x += width + BETWEEN;
    }
    this.columnWidth = x - BETWEEN;
  }

  static Element draw(String id, CheckedNetwork checked) {
    GraphLayout layout = GraphLayout.of(checked.network().layers());
    return new GraphDrawing(checked, layout).draw(id);
  }

  private Element draw(String id) {
    int columns = (layout.ranks() + ranksPerColumn - 1) / ranksPerColumn;
    double width = 2 * MARGIN + columns * columnWidth + (columns - 1) * GUTTER;
    double height = 2 * MARGIN + ranksPerColumn * (HEIGHT + GAP) - GAP;
    List<Element> parts = new ArrayList<>();
    layout.edges().forEach(edge -> parts.addAll(line(edge)));
    layout.boxes().forEach(box -> parts.add(box(box)));
    String description =
        layout.boxes().stream().map(this::sentence).collect(Collectors.joining("; ", "", "."));
    return Svg.drawing(id, width, height, "The graph of layers", description).holding(parts);
  }

  /** The left edge of the column of a rank. */
  private double left(int rank) {
    int column = rank / ranksPerColumn;
    return MARGIN + column * (columnWidth + GUTTER);
  }

  private double x(int rank, int lane) {
    return left(rank) + lanes[lane];
  }

  private double top(int rank) {
    return MARGIN + (rank % ranksPerColumn) * (HEIGHT + GAP);
  }

  private Layer layer(int index) {
    return checked.network().layers().get(index);
  }

  /** The name of a box: that of the layer with weights, where an activation shares the box. */
  private String name(Box box) {
    return checked.nameOf(box.layers().getFirst());
  }

  private String operations(Box box) {
    return box.layers().stream()
        .map(this::layer)
        .map(LayerText::operation)
        .collect(Collectors.joining(", "));
  }

  private String what(Box box) {
    return operations(box) + ", " + LayerText.shape(layer(box.result()).shape());
  }

  private String sentence(Box box) {
    List<String> read =
        layout.edges().stream()
            .filter(edge -> edge.to().equals(box))
            .map(edge -> name(edge.from()))
            .toList();
    return name(box)
        + ": "
        + what(box)
        + (read.isEmpty() ? "" : ", reads " + String.join(" and ", read));
  }

  private Element box(Box box) {
    double x = x(box.rank(), box.lane()) - BOX / 2;
    double y = top(box.rank());
    Layer first = layer(box.layers().getFirst());
    String shown = box.layers().size() == 1 && isShapeNews(first) ? what(box) : operations(box);
    return Markup.element("g")
        .with("class", "box " + Labels.style(first))
        .holding(
            Svg.hint(sentence(box)),
            Svg.rectangle("", x, y, BOX, HEIGHT).with("rx", 5),
            Svg.text("name middle", x + BOX / 2, y + 17, Labels.fit(name(box), LONGEST_NAME)),
            Svg.text("what middle", x + BOX / 2, y + 32, Labels.fit(shown, LONGEST_NAME + 4)));
  }

  /** Whether the operation's words leave the shape of its value open. */
  private static boolean isShapeNews(Layer layer) {
    return layer.dense().isEmpty();
  }

  private List<Element> line(Edge edge) {
    StringBuilder steps = new StringBuilder();
    int first = edge.from().rank();
    double x = x(first, edge.lanes().getFirst());
    double y = top(first) + HEIGHT;
    steps.append('M').append(Svg.at(x, y));
    int last = edge.lanes().size() - 1;
    for (int step = 1; step <= last; step++) {
      int rank = first + step;
      double nextX = x(rank, edge.lanes().get(step));
      double nextTop = top(rank);
      if (rank % ranksPerColumn == 0) {
        steps.append(acrossColumns(y, nextX, nextTop, edge.lanes().get(step), rank));
      } else if (nextX == x) {
        steps.append('L').append(Svg.at(nextX, nextTop));
      } else {
        double half = (y + nextTop) / 2;
        steps.append('C').append(Svg.at(x, half)).append(' ').append(Svg.at(nextX, half));
        steps.append(' ').append(Svg.at(nextX, nextTop));
      }
      x = nextX;
      y = step == last ? nextTop : nextTop + HEIGHT;
      if (step < last) {
        steps.append('L').append(Svg.at(x, y));
      }
    }
    String head = "M" + Svg.at(x, y) + "L" + Svg.at(x - 4, y - 7) + "L" + Svg.at(x + 4, y - 7);
    return List.of(Svg.path("edge", steps.toString()), Svg.path("head", head + "Z"));
  }

  /**
   * A path to the next column: below the column, up through the gutter, and into the next one from
   * above.
   */
  private String acrossColumns(double y, double nextX, double nextTop, int lane, int rank) {
    double apart = 4.0 * Math.min(lane, 4);
    double gutter = left(rank) - GUTTER / 2 - apart;
    return "V"
        + Svg.number(y + MARGIN / 3 + apart / 2)
        + "H"
        + Svg.number(gutter)
        + "V"
        + Svg.number(nextTop - MARGIN / 1.5 + apart / 2)
        + "H"
        + Svg.number(nextX)
        + "V"
        + Svg.number(nextTop);
  }
}
