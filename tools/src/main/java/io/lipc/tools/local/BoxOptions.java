package io.lipc.tools.local;

import io.lipc.formats.Quoted;
import io.lipc.model.Interval;
import io.lipc.tools.command.InputError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** The options that say which inputs a question is about. */
final class BoxOptions {

  @Option(
      names = "--box",
      paramLabel = "FILE",
      description =
          "The box: one line for each element of the input, with its least and its largest value,"
              + " such as -0.1,0.1. Default: the declared intervals.")
  private Optional<Path> box = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "FILE",
      description =
          "The middle of the box: a line with a number for each element, separated by commas. With"
              + " --radius. Default: none.")
  private Optional<Path> at = Optional.empty();

  @Option(names = "--row", paramLabel = "N", description = "Which row of --at, from 1. Default: 1.")
  private Optional<Integer> row = Optional.empty();

  @Option(
      names = "--radius",
      split = ",",
      paramLabel = "R",
      description =
          "How far each element may be from its number in --at. The box ends where the declared"
              + " intervals do. Of several radii, such as 0.01,0.1, the bounds are a table."
              + " Default: none.")
  private List<Double> radii = new ArrayList<>();

  /**
   * A box, not yet compared with the declared intervals.
   *
   * @param radius how far its elements are from those of {@code --at}, where the declared intervals
   *     allow it; empty for a box that is given otherwise
   */
  record Boxed(OptionalDouble radius, List<Interval> sides) {}

  /** Whether there are several radii, and so as many boxes. */
  boolean isEach() {
    return radii.size() > 1;
  }

  /**
   * The boxes: one for each radius, in their order, or a single one.
   *
   * @param size of the whole input
   * @param declared its intervals, if they are
   * @throws InputError if the options do not say one
   */
  List<Boxed> read(int size, Optional<List<Interval>> declared) throws InputError {
    checkTogether();
    if (box.isPresent()) {
      return List.of(new Boxed(OptionalDouble.empty(), sides(box.get(), size)));
    }
    if (at.isPresent()) {
      List<Double> middle = row(at.get(), size, declared);
      return radii.stream()
          .map(r -> new Boxed(OptionalDouble.of(r), around(middle, r, declared)))
          .toList();
    }
    List<Interval> whole =
        declared.orElseThrow(
            () ->
                new InputError(
                    "the model declares no intervals of its input: --box FILE, or --at FILE and"
                        + " --radius R, say which inputs are meant"));
    return List.of(new Boxed(OptionalDouble.empty(), whole));
  }

  private void checkTogether() throws InputError {
    if (box.isPresent() && (at.isPresent() || !radii.isEmpty())) {
      throw new InputError("--box says the whole box, and --at and --radius another one");
    }
    if (at.isPresent() == radii.isEmpty()) {
      throw new InputError("--at and --radius say a box together: one of them is missing");
    }
    if (row.isPresent() && at.isEmpty()) {
      throw new InputError("--row is a row of --at, which is missing");
    }
    double before = Double.NEGATIVE_INFINITY;
    for (double radius : radii) {
      if (!(radius >= 0 && Double.isFinite(radius))) {
        throw new InputError("--radius " + radius + " is negative or not finite");
      }
      if (radius <= before) {
        throw new InputError(
            "--radius " + radius + " behind " + before + ": the smaller one comes first");
      }
      before = radius;
    }
  }

  private static List<Interval> sides(Path file, int size) throws InputError {
    List<List<Double>> rows = NumberRows.read(file, 2, "the two ends of an element's interval");
    if (rows.size() != size) {
      throw new InputError(
          "%s has %d intervals, and the input %d elements"
              .formatted(Quoted.of(file.toString()), rows.size(), size));
    }
    List<Interval> sides = new ArrayList<>();
    for (List<Double> ends : rows) {
      if (ends.get(0) > ends.get(1)) {
        throw new InputError(
            "%s, element %d: no number is in [%s, %s]"
                .formatted(Quoted.of(file.toString()), sides.size(), ends.get(0), ends.get(1)));
      }
      sides.add(new Interval(ends.get(0), ends.get(1)));
    }
    return sides;
  }

  private List<Double> row(Path file, int size, Optional<List<Interval>> declared)
      throws InputError {
    List<List<Double>> rows = NumberRows.read(file, size, "one for each element of the input");
    int wanted = row.orElse(1);
    if (wanted < 1 || wanted > rows.size()) {
      throw new InputError(
          "there is no row %d in %s, which has %d"
              .formatted(wanted, Quoted.of(file.toString()), rows.size()));
    }
    List<Double> found = rows.get(wanted - 1);
    for (int i = 0; i < size; i++) {
      Interval side = widest(declared, i);
      if (found.get(i) < side.lower() || found.get(i) > side.upper()) {
        throw new InputError(
            "element %d of --at is %s, and its declared interval is [%s, %s]"
                .formatted(i, found.get(i), side.lower(), side.upper()));
      }
    }
    return found;
  }

  private static Interval widest(Optional<List<Interval>> declared, int element) {
    return declared
        .map(all -> all.get(element))
        .orElse(new Interval(-Double.MAX_VALUE, Double.MAX_VALUE));
  }

  private static List<Interval> around(
      List<Double> middle, double radius, Optional<List<Interval>> declared) {
    List<Interval> sides = new ArrayList<>();
    for (double number : middle) {
      Interval widest = widest(declared, sides.size());
      sides.add(
          new Interval(
              Math.max(widest.lower(), number - radius),
              Math.min(widest.upper(), number + radius)));
    }
    return sides;
  }
}
