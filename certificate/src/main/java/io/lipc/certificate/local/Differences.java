package io.lipc.certificate.local;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap.Row;
import io.lipc.certificate.linear.Windows;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * How the difference of two inputs of a box goes through a network, as steps: rows of numbers, and
 * elements that are multiplied by a slope. For each two inputs there are slopes in the ranges, with
 * which the steps give the difference of the outputs.
 *
 * <ul>
 *   <li>A linear unit does to differences what its rows say.
 *   <li>A group of {@link Group} with one number f has {@code f = s p}, with a slope s in [a, b]:
 *       this is what its inequality says of a single pair. Without such a number it is linear.
 *   <li>The largest element of a window moves by a mean of the moves of its elements: a sum, each
 *       of which has a slope in [0, 1].
 * </ul>
 */
final class Differences {

  /** One step; operands are numbers of earlier steps. */
  sealed interface Step {

    List<Integer> operands();

    int size();

    /** The input. */
    record Given(int size) implements Step {
      @Override
      public List<Integer> operands() {
        return List.of();
      }
    }

    /** Rows over the elements of the operands, one after the other. */
    record Linear(List<Integer> operands, List<Row> rows) implements Step {
      @Override
      public int size() {
        return rows.size();
      }
    }

    /** Each element of the operand times a number of its range. */
    record Sloped(int operand, List<Range> slopes) implements Step {
      @Override
      public List<Integer> operands() {
        return List.of(operand);
      }

      @Override
      public int size() {
        return slopes.size();
      }
    }
  }

  private static final Range SHARE = new Range(0, 1);

  private final List<Step> steps = new ArrayList<>();

  private Differences() {}

  /**
   * The steps of a network on the box of its input.
   *
   * @param subject on its box, well formed, with all weights
   * @throws Rejection if a unit is none of those above
   */
  static List<Step> of(Subject subject, LongConsumer spend) {
    Differences differences = new Differences();
    IntFunction<KnownGroups> known = LocalBounds.onBox(subject, spend);
    List<Unit> units = subject.certificate().units();
    int[] stepOf = new int[units.size()];
    for (int i = 0; i < stepOf.length; i++) {
      List<Integer> read = units.get(i).operands().stream().map(k -> stepOf[k]).toList();
      stepOf[i] =
          switch (units.get(i)) {
            case Unit.Input input -> differences.add(new Step.Given(input.size()));
            case Unit.Linear linear -> differences.linear(linear, read, subject);
            case Unit.Activation activation ->
                differences.activation(activation, known.apply(i), read.getFirst());
            case Unit.MaxPool pool -> differences.pool(pool, read.getFirst());
            case Unit.Call call ->
                throw new Rejection(
                    Reason.MALFORMED, "rows through " + call.network() + ", which is not inlined");
          };
    }
    return differences.steps;
  }

  private int add(Step step) {
    steps.add(step);
    return steps.size() - 1;
  }

  private int rows(List<Integer> operands, int size, IntFunction<Row> row) {
    return add(new Step.Linear(operands, IntStream.range(0, size).mapToObj(row).toList()));
  }

  private int linear(Unit.Linear unit, List<Integer> read, Subject subject) {
    List<Integer> sizes = read.stream().map(k -> steps.get(k).size()).toList();
    return rows(read, unit.size(), unit.map().rows(sizes, subject.weights()));
  }

  private int activation(Unit.Activation unit, KnownGroups known, int read) {
    List<Group> groups = known.groups();
    boolean single = groups.stream().allMatch(group -> group.pairs() <= 1);
    Rejection.unless(single, Reason.MALFORMED, "rows through " + unit.function().word());
    List<Range> slopes =
        groups.stream()
            .map(group -> new Range(group.slopes().lower(), group.slopes().upper()))
            .toList();
    if (unit.function() instanceof OfElements) {
      return add(new Step.Sloped(read, slopes));
    }
    ChannelGroups places = unit.groups(known.size());
    int pairs = rows(List.of(read), groups.size(), k -> read(groups.get(k), k, places));
    int fresh = add(new Step.Sloped(pairs, slopes));
    Row[] given = new Row[unit.size()];
    for (int i = 0; i < given.length; i++) {
      given[places.place(i)] = given(groups.get(i / known.size()), i, places, unit.size());
    }
    return add(new Step.Linear(List.of(read, fresh), Arrays.asList(given)));
  }

  /** What the slope of group number k multiplies; nothing where the group is linear. */
  private static Row read(Group group, int k, ChannelGroups places) {
    int[] elements =
        IntStream.range(0, group.fresh() * group.size())
            .map(i -> places.place(k * group.size() + i))
            .toArray();
    return new Row(elements, group.fresh() == 0 ? new double[0] : group.read().apply(0));
  }

  /** Element number i, counted group by group; the numbers f stand behind all elements. */
  private static Row given(Group group, int i, ChannelGroups places, int size) {
    int k = i / group.size();
    double[] factors = group.given().apply(i % group.size());
    int[] elements =
        IntStream.range(0, factors.length)
            .map(e -> e < group.size() ? places.place(k * group.size() + e) : size + k)
            .toArray();
    return new Row(elements, factors);
  }

  private int pool(Unit.MaxPool pool, int read) {
    Windows windows = pool.windows();
    List<int[]> all = IntStream.range(0, pool.size()).mapToObj(windows::places).toList();
    int[] flat = all.stream().flatMapToInt(Arrays::stream).toArray();
    int copies =
        rows(List.of(read), flat.length, i -> new Row(new int[] {flat[i]}, new double[] {1}));
    int shares = add(new Step.Sloped(copies, Collections.nCopies(flat.length, SHARE)));
    int[] from = new int[all.size() + 1];
    for (int i = 0; i < all.size(); i++) {
      from[i + 1] = from[i] + all.get(i).length;
    }
    return rows(
        List.of(shares),
        all.size(),
        i -> {
          double[] ones = new double[all.get(i).length];
          Arrays.fill(ones, 1);
          return new Row(IntStream.range(from[i], from[i + 1]).toArray(), ones);
        });
  }
}
