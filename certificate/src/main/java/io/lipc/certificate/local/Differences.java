package io.lipc.certificate.local;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap.Row;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * How the difference of two inputs of a box goes through a network, as steps: for each two inputs
 * there are slopes in the ranges with which the steps give the difference of the outputs. In a
 * {@link Region} they do so for derivatives along a path ({@link Rows}).
 *
 * <p>A linear unit does to differences what its rows say. A group of {@link Group} with one number
 * f has {@code f = s p}, with a slope s in [a, b]: this is what its inequality says of a single
 * pair (p, f). A group without such a number is linear. Of a called network its bound is known.
 */
final class Differences {

  /**
   * One step: element e is {@code s_e sum_j row_ej x_j}, for some s_e in its range.
   *
   * @param operands numbers of earlier steps, whose elements x are, one after the other
   * @param rows of numbers; the input has none
   * @param slopes the ranges; single numbers where a unit is linear
   */
  record Step(List<Integer> operands, List<Row> rows, List<Range> slopes) {

    int size() {
      return slopes.size();
    }
  }

  /** The work of a product of a called network: it is stored, and asked for its own range. */
  private static final long CALLED = 16;

  private final List<Step> steps = new ArrayList<>();

  private Differences() {}

  /**
   * The steps of a network in a region; none if it is seen to have no input.
   *
   * @throws Rejection if a unit is none of those above
   */
  static Optional<List<Step>> of(Region region, LongConsumer spend) {
    Subject subject = region.subject();
    List<Unit> units = subject.certificate().units();
    // Values behind a call are not known, and the weights of its network need not be at hand.
    boolean calls = units.stream().anyMatch(Unit.Call.class::isInstance);
    Rejection.unless(
        !calls || region.isOfInputs(), Reason.MALFORMED, "a cut of units that are not known");
    return calls
        ? Optional.of(of(subject, subject.certificate()::known, spend))
        : LocalBounds.known(region, spend).map(known -> of(subject, known, spend));
  }

  private static List<Step> of(
      Subject subject, IntFunction<KnownGroups> known, LongConsumer spend) {
    Differences differences = new Differences();
    List<Unit> units = subject.certificate().units();
    int[] stepOf = new int[units.size()];
    for (int i = 0; i < stepOf.length; i++) {
      List<Integer> read = units.get(i).operands().stream().map(k -> stepOf[k]).toList();
      switch (units.get(i)) {
        case Unit.Input input -> differences.linear(List.of(), List.of(), input.size());
        case Unit.Linear unit -> {
          List<Integer> sizes = read.stream().map(k -> differences.steps.get(k).size()).toList();
          IntFunction<Row> rows = unit.map().rows(sizes, subject.weights());
          differences.linear(read, each(unit.size(), rows), unit.size());
        }
        case Unit.Activation unit -> differences.activation(unit, known.apply(i), read);
        case Unit.Call call -> {
          spend.accept(CALLED * call.inputs() * call.size());
          Claim.Lipschitz bound = Assembly.callee(subject, call).certificate().lipschitz();
          differences.call(call, bound.bound(), read);
        }
        case Unit.MaxPool _ ->
            throw new Rejection(Reason.MALFORMED, "rows through unit " + i + ", a pool");
      }
      stepOf[i] = differences.steps.size() - 1;
    }
    return differences.steps;
  }

  private static List<Row> each(int size, IntFunction<Row> row) {
    return IntStream.range(0, size).mapToObj(row).toList();
  }

  private void linear(List<Integer> operands, List<Row> rows, int size) {
    steps.add(new Step(operands, rows, Collections.nCopies(size, Products.ONE)));
  }

  /**
   * Adds a called network g of which a bound L is known, between any two of the norms: products
   * {@code p_ij = s_ij d_j}, s_ij in [-L, L], and their sums over j, which are the elements of
   * {@code g(u) - g(u')} for {@code d = u - u'}.
   *
   * <p>Proof: element i of the difference, e, is not above its norm, be that l2 or linf; so {@code
   * |e| <= L |d|}. For d = 0 all s_ij may be 0. From linf, let k be a number with {@code |d_k| =
   * |d|}, and {@code s_ik = e / d_k}, the others 0. From l2, let {@code s_ij = e d_j / |d|^2}. Then
   * the sum over j of s_ij d_j is e, and no s_ij is larger than {@code |e| / |d| <= L}.
   */
  private void call(Unit.Call unit, double bound, List<Integer> read) {
    int inputs = unit.inputs();
    int products = Math.multiplyExact(inputs, unit.size());
    IntFunction<Row> one = k -> new Row(new int[] {k % inputs}, new double[] {1});
    steps.add(
        new Step(
            read, each(products, one), Collections.nCopies(products, new Range(-bound, bound))));
    double[] ones = new double[inputs];
    Arrays.fill(ones, 1);
    IntFunction<Row> sum =
        i -> new Row(IntStream.range(i * inputs, (i + 1) * inputs).toArray(), ones);
    linear(List.of(steps.size() - 1), each(unit.size(), sum), unit.size());
  }

  private void activation(Unit.Activation unit, KnownGroups known, List<Integer> read) {
    List<Group> groups = known.groups();
    boolean single = groups.stream().allMatch(group -> group.pairs() <= 1);
    Rejection.unless(single, Reason.MALFORMED, "rows through " + unit.function().word());
    ChannelGroups places = unit.groups(known.size());
    boolean elements = unit.function() instanceof OfElements;
    List<Range> slopes = groups.stream().map(group -> slopes(group, elements)).toList();
    steps.add(new Step(read, each(groups.size(), k -> read(groups.get(k), k, places)), slopes));
    if (!elements) {
      Row[] given = new Row[unit.size()];
      for (int i = 0; i < given.length; i++) {
        given[places.place(i)] = given(groups.get(i / known.size()), i, places, given.length);
      }
      linear(List.of(read.getFirst(), steps.size() - 1), Arrays.asList(given), given.length);
    }
  }

  /** A group without fresh elements, as a softmax of one, does not read f: it has no free slope. */
  private static Range slopes(Group group, boolean elements) {
    return elements || group.fresh() > 0
        ? new Range(group.slopes().lower(), group.slopes().upper())
        : Products.ZERO;
  }

  /** The numbers p of group number k. */
  private static Row read(Group group, int k, ChannelGroups places) {
    return new Row(places(group, k, places, group.size(), 0), group.read().apply(0));
  }

  /** Element number i, counted group by group; the numbers f stand behind all elements. */
  private static Row given(Group group, int i, ChannelGroups places, int size) {
    double[] factors = group.given().apply(i % group.size());
    return new Row(places(group, i / group.size(), places, factors.length, size), factors);
  }

  private static int[] places(Group group, int k, ChannelGroups places, int count, int size) {
    return IntStream.range(0, count)
        .map(e -> e < group.size() ? places.place(k * group.size() + e) : size + k)
        .toArray();
  }
}
