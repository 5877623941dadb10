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
      paramLabel = "R",
      description =
          "How far each element may be from its number in --at. The box ends where the declared"
              + " intervals do. Default: none.")
  private Optional<Double> radius = Optional.empty();

  /**
   * The box, not yet compared with the declared intervals.
   *
   * @param size of the whole input
   * @param declared its intervals, if they are
   * @throws InputError if the options do not say one
   */
  List<Interval> read(int size, Optional<List<Interval>> declared) throws InputError {
    checkTogether();
    if (box.isPresent()) {
      return sides(box.get(), size);
    }
    if (at.isPresent()) {
      return around(at.get(), size, declared);
    }
    return declared.orElseThrow(
        () ->
            new InputError(
                "the model declares no intervals of its input: --box FILE, or --at FILE and"
                    + " --radius R, say which inputs are meant"));
  }

  private void checkTogether() throws InputError {
    if (box.isPresent() && (at.isPresent() || radius.isPresent())) {
      throw new InputError("--box says the whole box, and --at and --radius another one");
    }
    if (at.isPresent() != radius.isPresent()) {
      throw new InputError("--at and --radius say a box together: one of them is missing");
    }
    if (row.isPresent() && at.isEmpty()) {
      throw new InputError("--row is a row of --at, which is missing");
    }
    OptionalDouble given =
        radius.isPresent() ? OptionalDouble.of(radius.get()) : OptionalDouble.empty();
    if (given.isPresent() && !(given.getAsDouble() >= 0 && Double.isFinite(given.getAsDouble()))) {
      throw new InputError("--radius " + given.getAsDouble() + " is negative or not finite");
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

  private List<Interval> around(Path file, int size, Optional<List<Interval>> declared)
      throws InputError {
    List<List<Double>> rows = NumberRows.read(file, size, "one for each element of the input");
    int wanted = row.orElse(1);
    if (wanted < 1 || wanted > rows.size()) {
      throw new InputError(
          "there is no row %d in %s, which has %d"
              .formatted(wanted, Quoted.of(file.toString()), rows.size()));
    }
    List<Interval> sides = new ArrayList<>();
    for (double middle : rows.get(wanted - 1)) {
      int i = sides.size();
      sides.add(side(middle, declared.map(all -> all.get(i)), i));
    }
    return sides;
  }

  private Interval side(double middle, Optional<Interval> declared, int element) throws InputError {
    double least = declared.map(Interval::lower).orElse(-Double.MAX_VALUE);
    double largest = declared.map(Interval::upper).orElse(Double.MAX_VALUE);
    if (middle < least || middle > largest) {
      throw new InputError(
          "element %d of --at is %s, and its declared interval is [%s, %s]"
              .formatted(element, middle, least, largest));
    }
    double r = radius.orElseThrow();
    return new Interval(Math.max(least, middle - r), Math.min(largest, middle + r));
  }
}
