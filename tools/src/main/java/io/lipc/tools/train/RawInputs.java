package io.lipc.tools.train;

import io.lipc.model.Decimals;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import io.lipc.training.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The inputs of a network that reads a table's units: one for each column, because rounding grows
 * with the ends of an interval, and that of all columns together is as wide as the widest of them;
 * tensors, and very many columns, are one input.
 */
final class RawInputs {

  private static final int MOST = 128;
  private static final Set<String> RESERVED = Set.of("import", "network", "package", "return");

  private RawInputs() {}

  /**
   * The inputs for a table, in the order of its columns.
   *
   * @param taken names that no input may have
   */
  static List<Step> of(Shape shape, Table<?> table, Set<String> taken) {
    int size = shape.size();
    if (shape.extents().size() > 1 || size > MOST) {
      return List.of(input("x", shape.extents(), values(table, 0, size)));
    }
    List<String> names = names(table, taken);
    List<Step> inputs = new ArrayList<>();
    for (int column = 0; column < size; column++) {
      inputs.add(input(names.get(column), List.of(1), values(table, column, column + 1)));
    }
    return inputs;
  }

  /**
   * Which input is which column, where the header has names that no input can have; else empty.
   *
   * @param inputs the names of the inputs
   */
  static String documentation(List<String> inputs, Table<?> table) {
    List<String> header = table.header();
    return header.isEmpty() || inputs.size() != header.size() || inputs.equals(header)
        ? ""
        : IntStream.range(0, inputs.size())
            .mapToObj(i -> inputs.get(i) + " is " + table.features().get(i))
            .collect(Collectors.joining("\n * ", "\n * Reads columns of a table:\n * ", "\n"));
  }

  private static Step input(String name, List<Integer> extents, double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      // As the network may read it, which is a float.
      least = Math.min(least, Math.min(value, (float) value));
      largest = Math.max(largest, Math.max(value, (float) value));
    }
    double lower = Double.parseDouble(Decimals.down(least));
    double upper = Double.parseDouble(Decimals.up(largest));
    Operation.Box box = new Operation.Box(lower, lower < upper ? upper : lower + 1);
    return Step.named(name, new Operation.Input(extents, Optional.of(box)), List.of());
  }

  private static double[] values(Table<?> table, int from, int to) {
    return IntStream.range(0, table.data().size())
        .boxed()
        .flatMapToDouble(
            row ->
                IntStream.range(from, to).mapToDouble(column -> table.data().feature(row, column)))
        .toArray();
  }

  /**
   * The names of inputs: those of the header where the language takes all of them, else x1, x2, ...
   */
  private static List<String> names(Table<?> table, Set<String> taken) {
    List<String> header = table.header();
    boolean fit =
        !header.isEmpty()
            && new HashSet<>(header).size() == header.size()
            && header.stream().allMatch(name -> isFree(name, taken));
    return fit
        ? header
        : IntStream.rangeClosed(1, table.data().featureCount()).mapToObj(i -> "x" + i).toList();
  }

  private static boolean isFree(String name, Set<String> taken) {
    return name.matches("[A-Za-z][A-Za-z0-9_]*")
        && !taken.contains(name)
        && !RESERVED.contains(name);
  }
}
