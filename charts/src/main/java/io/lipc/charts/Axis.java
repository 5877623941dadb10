package io.lipc.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a panel.
 *
 * @param ticks the labelled places
 * @param grid whether a line crosses the panel at each tick
 * @param title what is counted; may be empty
 */
public record Axis(Scale scale, List<Tick> ticks, boolean grid, String title) {

  /** A labelled place. */
  public record Tick(double at, String label) {}

  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** An axis of numbers. Its title says where its scale is logarithmic. */
  public static Axis of(Scale scale, String title) {
    List<Tick> ticks =
        scale.ticks().stream().map(tick -> new Tick(tick, Scale.label(tick))).toList();
    return new Axis(scale, ticks, true, scale.title(title));
  }

  /** An axis of names, which are at 0, 1, 2 and so on, from left to right. */
  public static Axis columns(List<String> names, String title) {
    return new Axis(Scale.linear(-0.5, names.size() - 0.5), places(names), false, title);
  }

  /** An axis of names, which are at 0, 1, 2 and so on, from the top to the bottom. */
  public static Axis rows(List<String> names) {
    return new Axis(Scale.linear(names.size() - 0.5, -0.5), places(names), false, "");
  }

  private static List<Tick> places(List<String> names) {
    List<Tick> places = new ArrayList<>();
    names.forEach(name -> places.add(new Tick(places.size(), name)));
    return places;
  }

  /** The longest label, in pixels. */
  double widest() {
    return 6.6 * ticks.stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
  }
}
