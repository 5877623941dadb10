package io.lipc.certificate.inequality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.positivity.Dyadic;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The properties of a unit's groups may differ: the matrix is that of a network with a unit for
 * each group, whose function has these properties by the table.
 */
class KnownPerGroupTest {

  private static final int INPUTS = 3;
  private static final int GROUPS = 4;

  private final Random random = new Random(37);

  private double[][] weights(int rows, int columns) {
    double[][] weights = new double[rows][];
    Arrays.setAll(weights, _ -> random.doubles(columns, -1, 1).toArray());
    return weights;
  }

  private static Optional<List<List<Dyadic>>> matrix(
      NetworkUnderTest net, List<KnownGroups> known) {
    return Assembly.matrix(net.subject(), known::get, 0, Dyadic::of, new Work(() -> {}));
  }

  private static Optional<List<List<Dyadic>>> matrix(NetworkUnderTest net) {
    Subject subject = net.subject();
    return Assembly.matrix(
        subject, subject.certificate()::known, 0, Dyadic::of, new Work(() -> {}));
  }

  private static void assertSame(
      Optional<List<List<Dyadic>>> found, Optional<List<List<Dyadic>>> expected) {
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }

  /** A unit of which that is known; what is known of the others nobody asks. */
  private static List<KnownGroups> at(int unit, int size, List<Group> groups) {
    KnownGroups none = new KnownGroups(1, List.of());
    return IntStream.rangeClosed(0, unit)
        .mapToObj(i -> i == unit ? new KnownGroups(size, groups) : none)
        .toList();
  }

  /**
   * Compares one unit, whose own function says nothing, with a unit for each function.
   *
   * @param size the number of elements of each group
   */
  private void compare(String word, int size, List<ActivationFunction> functions) {
    double[][] first = weights(GROUPS * size, INPUTS);
    double[][] last = weights(2, GROUPS * size);
    double[] multipliers = random.doubles(GROUPS, 100, 200).toArray();
    NetworkUnderTest one = new NetworkUnderTest();
    NetworkUnderTest many = new NetworkUnderTest();
    one.bound = 1e4;
    many.bound = 1e4;
    int unit = one.activation(one.dense(one.input(INPUTS), first), word);
    int z = many.dense(many.input(INPUTS), first);
    int[] parts = new int[GROUPS];
    for (int k = 0; k < GROUPS; k++) {
      List<Integer> own = IntStream.range(k * size, (k + 1) * size).boxed().toList();
      int read = many.add(Unit.select(z, own));
      parts[k] = RandomActivations.add(many, read, functions.get(k), size);
      if (Group.of(functions.get(k), size).pairs() > 0) {
        many.slope(parts[k], multipliers[k]);
      }
    }
    one.slope(unit, multipliers);
    one.dense(unit, last);
    many.dense(many.concat(parts), last);

    List<Group> groups = functions.stream().map(function -> Group.of(function, size)).toList();
    Optional<List<List<Dyadic>>> found = matrix(one, at(unit, size, groups));
    assertThat(found).isPresent();
    assertSame(found, matrix(many));
    List<Group> alike = Collections.nCopies(GROUPS, groups.getLast());
    assertThat(matrix(one, at(unit, size, alike))).isNotEqualTo(found);
  }

  @Test
  void eachElementHasItsSlopes() {
    for (int k = 0; k < 100; k++) {
      ActivationFunction linear = ActivationFunction.of("leaky_relu", List.of(1.0));
      compare(
          "relu",
          1,
          List.of(
              RandomActivations.ofElements(random),
              ActivationFunction.of("hard_swish", List.of()),
              linear,
              ActivationFunction.of("leaky_relu", List.of(0.25))));
    }
  }

  @Test
  void eachGroupIsMappedAsIsKnownOfIt() {
    for (int k = 0; k < 100; k++) {
      compare(
          "maxmin",
          2,
          List.of(
              RandomActivations.ofGroups(2, random),
              ActivationFunction.of("maxmin", List.of()),
              ActivationFunction.of("softmax", List.of(1.0)),
              RandomActivations.ofGroups(GroupKind.HOUSEHOLDER, 2, random)));
    }
  }

  private static Group slopes(double lower, double upper) {
    return Group.elementwise(new Slopes(lower, upper));
  }

  @Test
  void theGainOfAUnitIsTheLargest() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.bound = 100;
    int unit = net.activation(net.input(3), "relu");
    net.gain(unit, 1.5);
    NetworkUnderTest same = new NetworkUnderTest();
    same.bound = 100;
    same.gain(same.activation(same.input(3), "hard_swish"), 1.5);

    List<Group> groups = List.of(slopes(0, 1), slopes(-1.5, 1), slopes(0.25, 0.25));
    assertThat(new KnownGroups(1, groups).gain()).isEqualTo(1.5);
    assertSame(matrix(net, at(unit, 1, groups)), matrix(same));
  }

  /** Whether all elements are linear may hang on a rounding: the function alone decides. */
  @Test
  void aUnitOfLinearElementsKeepsItsMultipliers() {
    List<KnownGroups> known = at(1, 1, List.of(slopes(0, 0), slopes(1, 1)));
    NetworkUnderTest net = new NetworkUnderTest();
    net.bound = 100;
    int unit = net.activation(net.input(2), "relu");
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> matrix(net, known))
        .withMessage("malformed: unit 1: no multiplier");
    net.slope(unit, 1);
    Optional<List<List<Dyadic>>> found = matrix(net, known);
    assertThat(found).isPresent();

    NetworkUnderTest linear = new NetworkUnderTest();
    linear.bound = 100;
    int same = linear.activation(linear.input(2), "leaky_relu", 1);
    assertSame(matrix(linear, known), found);
    linear.slope(same, 1);
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> matrix(linear, known))
        .withMessage("malformed: unit 1: nothing reads its multipliers, SLOPE");
  }

  @Test
  void aRowHasTheSlopesOfAllItsElements() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.bound = 100;
    net.input(3);
    net.rows(0, 1, 2);
    int unit = net.slopes(0, "relu", 1, 2);

    Group half = slopes(0, 0.5);
    Group first = slopes(0, 1);
    Optional<List<List<Dyadic>>> found = matrix(net, at(unit, 1, List.of(first, half, half)));
    assertThat(found).isPresent();
    assertSame(matrix(net, at(unit, 1, List.of(first, slopes(0.5, 0.5), slopes(0, 0.25)))), found);
    assertSame(matrix(net, at(unit, 1, List.of(first, slopes(0, 0), slopes(0.5, 0.5)))), found);
    for (Group wider : List.of(slopes(0, 1), slopes(-0.5, 0.5), slopes(1, 1))) {
      assertThat(matrix(net, at(unit, 1, List.of(first, half, wider)))).isNotEqualTo(found);
    }
  }

  @Test
  void groupsAreThoseOfTheUnit() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.bound = 100;
    int unit = net.slopes(net.input(3), "relu", 1);
    for (int count : new int[] {1, 2, 4}) {
      List<Group> groups = Collections.nCopies(count, slopes(0, 1));
      assertThatExceptionOfType(Rejection.class)
          .isThrownBy(() -> matrix(net, at(unit, 1, groups)))
          .withMessage("wrong shape: unit 1: " + count + " groups");
    }
    List<Group> mixed =
        List.of(slopes(0, 1), Group.of(ActivationFunction.of("maxmin", List.of()), 2));
    assertThatThrownBy(() -> new KnownGroups(1, mixed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups of other sizes than 1");
  }

  @Test
  void differentGroupsOfSeveralElementsHaveNothingInCommon() {
    Group sorted = Group.pair(-1, 1);
    Group kept = Group.pair(1, 1);
    KnownGroups known = new KnownGroups(2, List.of(sorted, kept, kept));
    assertThat(known.of(1, 2)).isEqualTo(kept);
    assertThatThrownBy(() -> known.of(0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("several groups");
    Group elements = new KnownGroups(1, List.of(slopes(0, 0.5), slopes(0.25, 1))).of(0, 2);
    assertThat(elements.slopes()).isEqualTo(new Slopes(0, 1));
  }
}
