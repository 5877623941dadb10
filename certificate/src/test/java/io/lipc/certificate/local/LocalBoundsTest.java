package io.lipc.certificate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.enclosure.Evaluation;
import io.lipc.certificate.enclosure.ExactNumbers;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;
import io.lipc.certificate.linear.LinearMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What inputs of a box give stays within what is known of it, and that is not much more. */
final class LocalBoundsTest {

  private static double[][] matrix(Random random, int rows, int columns) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian() / Math.sqrt(columns);
      }
    }
    return w;
  }

  private static double[] vector(Random random, int size) {
    return random.doubles(size, -1, 1).toArray();
  }

  /** A network on its box: {@code depth} layers with activations of one kind, and a sum of two. */
  private static Subject random(Random random, ElementKind kind, int depth, double half) {
    NetworkUnderTest net = new NetworkUnderTest();
    double middle = random.nextGaussian();
    int at = net.input(middle - half, middle + half, 3);
    for (int k = 0; k < depth; k++) {
      int dense = net.dense(at, matrix(random, 6, net.units.get(at).size()), vector(random, 6));
      OfElements function = RandomActivations.ofElements(kind, random);
      int next = RandomActivations.add(net, dense, function, 6);
      at = k == 1 ? net.sum(next, dense, next) : next;
    }
    net.dense(at, matrix(random, 2, 6));
    return local(net);
  }

  private static Subject local(NetworkUnderTest net) {
    Certificate bound = net.subject().certificate();
    Unit.Box box = bound.input().box().orElseThrow();
    Claim local = new Claim.Local(new Claim.Lipschitz(Norms.EUCLIDEAN, 1), box);
    return net.subject(
        new Certificate(
            bound.network(), bound.type(), local, "none", bound.units(), bound.grounds()));
  }

  private static List<List<BigDecimal>> values(Subject subject, List<BigDecimal> input) {
    Evaluation<BigDecimal> evaluation = new Evaluation<>(new ExactNumbers());
    List<List<BigDecimal>> values = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<List<BigDecimal>> read = unit.operands().stream().map(values::get).toList();
      values.add(
          switch (unit) {
            case Unit.Input _ -> input;
            case Unit.Linear linear -> evaluation.linear(linear, read, subject.weights());
            case Unit.Activation activation -> evaluation.activation(activation, read.getFirst());
            case Unit.MaxPool pool -> evaluation.maxPool(pool, read.getFirst());
            case Unit.Call _ -> throw new IllegalArgumentException("no call");
          });
    }
    return values;
  }

  private static List<BigDecimal> inside(Random random, Unit.Box box) {
    List<BigDecimal> x = new ArrayList<>();
    for (int i = 0; i < box.lower().size(); i++) {
      double share = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextDouble();
      double value = box.lower().get(i) * (1 - share) + box.upper().get(i) * share;
      x.add(new BigDecimal(Math.clamp(value, box.lower().get(i), box.upper().get(i))));
    }
    return x;
  }

  /** In exact numbers, so that no rounding hides a bound that is off by one. */
  @ParameterizedTest
  @ValueSource(strings = {"RELU", "LEAKY_RELU", "ABS", "RELU6", "HARD_TANH"})
  void noValueLeavesItsRange(String kind) {
    Random random = new Random(kind.hashCode());
    for (int trial = 0; trial < 40; trial++) {
      double half = Math.scalb(1.0, random.nextInt(-6, 2));
      Subject subject = random(random, ElementKind.valueOf(kind), 3, half);
      List<List<Range>> ranges = LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow();
      for (int sample = 0; sample < 20; sample++) {
        Unit.Box box = subject.certificate().input().box().orElseThrow();
        List<List<BigDecimal>> values = values(subject, inside(random, box));
        for (int unit = 0; unit < values.size(); unit++) {
          for (int e = 0; e < values.get(unit).size(); e++) {
            Range range = ranges.get(unit).get(e);
            assertThat(values.get(unit).get(e))
                .as("unit %d, element %d", unit, e)
                .isBetween(new BigDecimal(range.lower()), new BigDecimal(range.upper()));
          }
        }
      }
    }
  }

  /**
   * The backward pass once more in exact numbers, along the same lines: it loses next to nothing.
   */
  @Test
  void backwardBoundsAreThoseOfExactArithmetic() {
    Random random = new Random(7);
    for (int trial = 0; trial < 30; trial++) {
      Subject subject = random(random, ElementKind.RELU, 3, 0.25);
      List<List<Range>> ranges = LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow();
      ExactBackward exact = new ExactBackward(subject, ranges);
      List<Unit> units = subject.certificate().units();
      for (int unit = 1; unit < units.size(); unit++) {
        int read = unit;
        if (units.stream()
            .noneMatch(u -> u instanceof Unit.Activation && u.operands().contains(read))) {
          continue;
        }
        for (int e = 0; e < units.get(unit).size(); e++) {
          Range range = ranges.get(unit).get(e);
          BigDecimal lower = exact.least(unit, e, 1);
          BigDecimal upper = exact.least(unit, e, -1).negate();
          // The forward range may be narrower.
          assertThat(new BigDecimal(range.lower()).doubleValue())
              .isGreaterThan(lower.doubleValue() - 1e-13);
          assertThat(new BigDecimal(range.upper()).doubleValue())
              .isLessThan(upper.doubleValue() + 1e-13);
        }
      }
    }
  }

  /**
   * Bounds of single elements and of forms, by themselves: none is above what exact arithmetic has
   * along the same lines, not by a bit.
   */
  @Test
  void backwardBoundsAreNotAboveExactOnes() {
    Random random = new Random(9);
    for (int trial = 0; trial < 30; trial++) {
      ElementKind kind = trial % 2 == 0 ? ElementKind.LEAKY_RELU : ElementKind.RELU6;
      Subject subject = random(random, kind, 3, Math.scalb(1.0, random.nextInt(-20, 1)));
      List<List<Range>> ranges = LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow();
      BackwardBounds backward = new BackwardBounds(subject, ranges, _ -> {});
      List<Unit> units = subject.certificate().units();
      units.forEach(unit -> backward.read(unit, slopes(unit, ranges)));
      ExactBackward exact = new ExactBackward(subject, ranges);
      for (int unit = 0; unit < units.size(); unit++) {
        for (int e = 0; e < units.get(unit).size(); e++) {
          Range range = backward.of(unit, new LinearMap.Row(new int[] {e}, new double[] {1}));
          assertThat(new BigDecimal(range.lower())).isLessThanOrEqualTo(exact.least(unit, e, 1));
          assertThat(new BigDecimal(-range.upper())).isLessThanOrEqualTo(exact.least(unit, e, -1));
        }
      }
    }
  }

  private static List<Range> slopes(Unit unit, List<List<Range>> ranges) {
    return unit instanceof Unit.Activation activation
        ? ranges.get(activation.operand()).stream()
            .map(z -> SlopeRanges.over((OfElements) activation.function(), z))
            .toList()
        : List.of();
  }

  /** Where all is linear, no lines lose anything that would hide what roundings do. */
  @Test
  void sumsAreRoundedOutward() {
    Random random = new Random(10);
    for (int trial = 0; trial < 30; trial++) {
      NetworkUnderTest net = new NetworkUnderTest();
      int at = net.input(1, 1, 30);
      for (int k = 0; k < 3; k++) {
        at = net.dense(at, matrix(random, 30, 30), vector(random, 30));
      }
      net.activation(at, "relu");
      Subject subject = local(net);
      List<BigDecimal> one = Collections.nCopies(30, BigDecimal.ONE);
      List<BigDecimal> exact = values(subject, one).get(at);
      List<List<Range>> ranges = LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow();
      for (int e = 0; e < 30; e++) {
        assertThat(exact.get(e))
            .isBetween(
                new BigDecimal(ranges.get(at).get(e).lower()),
                new BigDecimal(ranges.get(at).get(e).upper()));
      }
    }
  }

  /** An activation may read the input itself, whose coefficient is exactly 1. */
  @Test
  void theInputMayBeRead() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 2, 2);
    net.activation(0, "relu");
    Subject subject = local(net);
    assertThat(LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow().getFirst())
        .containsExactly(new Range(-1, 2), new Range(-1, 2));
    assertThat(LocalBounds.known(subject, _ -> {}).apply(1).groups().getFirst().slopes())
        .isEqualTo(new Slopes(0, 1));
  }

  private static Slopes ofPair(NetworkUnderTest net, int at) {
    net.activation(at, "maxmin");
    IntFunction<KnownGroups> known = LocalBounds.known(local(net), _ -> {});
    return known.apply(at + 1).groups().getFirst().slopes();
  }

  private static Slopes ofPair(double... ends) {
    NetworkUnderTest net = new NetworkUnderTest();
    Unit.Box box = new Unit.Box(List.of(ends[0], ends[2]), List.of(ends[1], ends[3]));
    return ofPair(net, net.add(new Unit.Input(2, Optional.of(box))));
  }

  /** The order of a pair is known as soon as its difference has a sign. */
  @Test
  void ordersOfPairs() {
    assertThat(ofPair(0.5, 1, -1, 0.25)).isEqualTo(new Slopes(1, 1));
    assertThat(ofPair(-1, 0.25, 0.5, 1)).isEqualTo(new Slopes(-1, -1));
    assertThat(ofPair(Double.MIN_VALUE, 1, -1, 0)).isEqualTo(new Slopes(1, 1));
    assertThat(ofPair(-1, 0, Double.MIN_VALUE, 1)).isEqualTo(new Slopes(-1, -1));
    assertThat(ofPair(0, 1, 0.5, 1)).isEqualTo(new Slopes(-1, 1));
  }

  /** The ranges of both know something of a difference, and so does its backward bound. */
  @Test
  void bothBoundsOfDifferencesCount() {
    NetworkUnderTest together = new NetworkUnderTest();
    together.input(-1, 1, 1);
    double[][] twice = {{1}, {1}};
    int moving = together.dense(0, twice, new double[] {0.5, -0.25});
    assertThat(ofPair(together, moving)).isEqualTo(new Slopes(1, 1));
    // Below relu there is the line z, which falls to -1.
    NetworkUnderTest apart = new NetworkUnderTest();
    apart.input(-1, 3, 2);
    int relu = apart.activation(0, "relu");
    int far = apart.dense(relu, new double[][] {{1, 0}, {0, -1}}, new double[] {0, -0.5});
    assertThat(ofPair(apart, far)).isEqualTo(new Slopes(1, 1));
  }

  /** More than two elements are no pairs, whatever the order of their neighbours is. */
  @Test
  void longerGroupsAreNoPairs() {
    NetworkUnderTest net = new NetworkUnderTest();
    Unit.Box box = new Unit.Box(List.of(1.0, 0.0, 1.0, 0.0), List.of(2.0, 0.5, 2.0, 0.5));
    net.add(new Unit.Input(4, Optional.of(box)));
    net.activation(0, "group_sort", 4);
    KnownGroups known = LocalBounds.known(local(net), _ -> {}).apply(1);
    assertThat(known.size()).isEqualTo(4);
    assertThat(known.groups().getFirst().slopes()).isEqualTo(new Slopes(-1, 1));
  }

  /** Ranges alone know less: a difference of what grows together. */
  @Test
  void backwardBoundsSeeWhatCancels() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1, 2, 1);
    net.dense(0, new double[][] {{1}, {1}});
    net.activation(1, "relu");
    net.dense(2, new double[][] {{1, -1}}, new double[] {0.5});
    net.activation(3, "relu");
    Subject subject = local(net);
    Range range = LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow().get(3).getFirst();
    assertThat(range.lower()).isBetween(0.49999, 0.5);
    assertThat(range.upper()).isBetween(0.5, 0.50001);
    Group known = LocalBounds.known(subject, _ -> {}).apply(4).groups().getFirst();
    assertThat(known.slopes()).isEqualTo(new Slopes(1, 1));
    assertThat(known.fresh()).isZero();
  }

  /** A bound for all inputs has no box: what holds everywhere is known. */
  @Test
  void otherClaimsKnowWhatHoldsForAllInputs() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1);
    net.activation(0, "relu");
    Subject subject = net.subject();
    assertThat(LocalBounds.known(subject, _ -> {}).apply(1).groups().getFirst().slopes())
        .isEqualTo(new Slopes(0, 1));
  }

  /** Of pairs, the order may be fixed; of other groups the properties for all inputs are known. */
  @Test
  void groupsKeepWhatHoldsForAllInputs() {
    for (GroupKind kind : GroupKind.values()) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(1, 2, 4);
      net.add(Unit.affine(0, List.of(1.0, 1.0, 1.0, 1.0), List.of(5.0, 0.0, -5.0, 0.0), 4));
      net.add(new Unit.Activation(1, RandomActivations.ofGroups(kind, 2, new Random(1)), 4, 1));
      Subject subject = local(net);
      List<Group> groups = LocalBounds.known(subject, _ -> {}).apply(2).groups();
      switch (kind) {
        case MAXMIN, GROUP_SORT -> {
          assertThat(groups.get(0).slopes()).isEqualTo(new Slopes(1, 1));
          assertThat(groups.get(0).given().apply(0)).containsExactly(1, 0);
          assertThat(groups.get(1).slopes()).isEqualTo(new Slopes(-1, -1));
          assertThat(groups.get(1).given().apply(0)).containsExactly(0, 1);
          assertThat(groups.get(1).given().apply(1)).containsExactly(1, 0);
        }
        case HOUSEHOLDER, SOFTMAX, LAYER_NORM ->
            assertThat(groups)
                .allMatch(
                    group ->
                        group
                            .slopes()
                            .equals(subject.certificate().known(2).groups().getFirst().slopes()));
      }
    }
  }

  /** Numbers beyond all doubles give no bound, and no false one. */
  @Test
  void overflowsAreNoBounds() {
    for (double huge : new double[] {1e200, 1e308, Double.MAX_VALUE}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(-huge, huge, 2);
      net.dense(0, new double[][] {{huge, -huge}, {1, 1}}, new double[] {huge, 0});
      net.activation(1, "relu");
      net.dense(2, new double[][] {{1, 1}, {huge, -1}});
      net.activation(3, "tanh");
      Subject subject = local(net);
      for (List<Range> ranges : LocalBounds.ranges(Region.of(subject), _ -> {}).orElseThrow()) {
        for (Range range : ranges) {
          assertThat(range.lower()).isNotNaN().isLessThanOrEqualTo(range.upper());
        }
      }
      assertThat(LocalBounds.known(subject, _ -> {}).apply(2).groups().getFirst().slopes())
          .isEqualTo(new Slopes(0, 1));
    }
  }

  /** The work is told before it is done. */
  @Test
  void workIsCounted() {
    Subject subject = random(new Random(1), ElementKind.RELU, 3, 1);
    long[] spent = {0};
    LocalBounds.known(subject, products -> spent[0] += products);
    assertThat(spent[0]).isGreaterThan(2 * 6 * (6 * 3 + 6 * 6));
    assertThatThrownBy(
            () ->
                LocalBounds.known(
                    subject,
                    _ -> {
                      throw new ArithmeticException("enough");
                    }))
        .isInstanceOf(ArithmeticException.class);
  }
}
