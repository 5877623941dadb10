package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Where {@link RoundingBound} stops: near the largest number of a format there is no bound. */
final class RoundingEdgesTest {

  private ElementType type = ElementType.F32;

  private double largest() {
    return type == ElementType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  private NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = type;
    return net;
  }

  private static OptionalDouble bound(NetworkUnderTest net) {
    return RoundingBound.maxError(net.subject());
  }

  private static int input(NetworkUnderTest net, double... upper) {
    List<Double> ends = Arrays.stream(upper).boxed().toList();
    Unit.Box box = new Unit.Box(Collections.nCopies(upper.length, 0.0), ends);
    return net.add(new Unit.Input(upper.length, Optional.of(box)));
  }

  /** Twice the sum of the magnitudes is what a partial sum may be, rounded. */
  @Test
  void sumsUpToHalfOfTheLargestNumber() {
    for (ElementType each : ElementType.values()) {
      type = each;
      double eighth = largest() / 8;
      for (double factor : new double[] {4, -4}) {
        NetworkUnderTest net = network();
        net.scale(input(net, eighth), factor);
        assertThat(bound(net)).as("half of %s", largest()).isEmpty();
        net = network();
        net.scale(input(net, eighth), factor * (1 - 0x1p-49));
        assertThat(bound(net)).as("less than half of %s", largest()).isPresent();
        net = network();
        net.dense(input(net, eighth, eighth), new double[][] {{factor / 2, -factor / 2}});
        assertThat(bound(net)).as("half of %s in a sum", largest()).isEmpty();
        net.units.set(0, new Unit.Input(2, Optional.of(box(eighth * (1 - 0x1p-20), eighth))));
        assertThat(bound(net)).as("less than half of %s in a sum", largest()).isPresent();
      }
    }
  }

  private static Unit.Box box(double... upper) {
    return new Unit.Box(
        Collections.nCopies(upper.length, 0.0), Arrays.stream(upper).boxed().toList());
  }

  /** The constant of an affine unit is a term, too, and the error of an operand may be. */
  @Test
  void allTermsCount() {
    for (ElementType each : ElementType.values()) {
      type = each;
      double half = largest() / 2;
      NetworkUnderTest net = network();
      net.add(Unit.affine(input(net, 1), List.of(0.0), List.of(-half), 1));
      assertThat(bound(net)).isEmpty();
      net = network();
      NetworkUnderTest callee = network();
      callee.input(1);
      callee.bound = half;
      int product = net.scale(input(net, 0x1p50), type == ElementType.F32 ? 0x1p-26 : 0x1p3);
      // The real value is small; the computed one, by what the callee's bound says, need not be.
      net.scale(net.call(product, "test.Callee", callee.subject()), 1);
      assertThat(bound(net)).isEmpty();
    }
  }

  @Test
  void productsOfAFunctionUpToTheLargestNumber() {
    for (ElementType each : ElementType.values()) {
      type = each;
      double unit = type == ElementType.F32 ? 0x1p-24 : 0x1p-53;
      NetworkUnderTest net = network();
      net.activation(net.input(-largest() / 2, 0, 1), "leaky_relu", 2);
      assertThat(bound(net)).isEmpty();
      // Only with what is rounded it would be beyond.
      net = network();
      net.activation(net.input(-largest() / 2 * (1 - unit), 0, 1), "leaky_relu", 2);
      assertThat(bound(net)).isEmpty();
      net = network();
      net.activation(net.input(-largest() / 2 * (1 - 5 * unit), 0, 1), "leaky_relu", 2);
      assertThat(bound(net)).isPresent();
      // Computed exactly, so of any size.
      net = network();
      net.activation(net.input(-largest(), largest(), 2), "relu");
      assertThat(bound(net)).hasValue(0);
    }
  }

  /**
   * Twice the product may overflow where the product does not, even if it is then multiplied by 0.
   */
  @Test
  void reflectionsThatDouble() {
    for (ElementType each : ElementType.values()) {
      type = each;
      NetworkUnderTest net = network();
      double sliver = type == ElementType.F32 ? 0x1p-46 : 13 * 0x1p-53;
      int x = input(net, largest() / 2 * (1 - sliver), 1);
      int y = net.activation(x, "householder", -1, 0);
      net.add(Unit.select(y, List.of(1)));
      assertThat(bound(net)).isEmpty();
      net.units.set(0, new Unit.Input(2, Optional.of(box(largest() / 2 * (1 - 0x1p-20), 1))));
      assertThat(bound(net)).isPresent();
    }
  }

  @Test
  void logitsWhoseDifferencesMayOverflow() {
    for (ElementType each : ElementType.values()) {
      type = each;
      double quarter = largest() / 4;
      double less =
          type == ElementType.F32 ? Math.nextDown((float) quarter) : Math.nextDown(quarter);
      NetworkUnderTest net = network();
      net.activation(net.input(0, quarter, 2), "softmax", 1);
      assertThat(bound(net)).isEmpty();
      net.units.set(0, new Unit.Input(2, Optional.of(box(quarter, less))));
      assertThat(bound(net)).isEmpty();
      net.units.set(0, new Unit.Input(2, Optional.of(box(less, quarter))));
      assertThat(bound(net)).isEmpty();
      net.units.set(0, new Unit.Input(2, Optional.of(box(less, less))));
      assertThat(bound(net)).isPresent();
    }
  }

  /** Of doubles, too, when the real sums are not finite; and a function of them has no bound. */
  @Test
  void whatOverflowsStaysUnbounded() {
    double[][] weight = {{1e300, -1e300}, {1, 0}};
    for (String function :
        List.of("relu", "tanh", "hard_swish", "sin", "abs", "maxmin", "center")) {
      NetworkUnderTest net = network();
      net.type = ElementType.F64;
      net.activation(net.dense(net.input(-1e300, 1e300, 2), weight), function);
      assertThat(bound(net)).as(function).isEmpty();
    }
    NetworkUnderTest net = network();
    net.type = ElementType.F64;
    int y = net.dense(net.input(-1e300, 1e300, 2), weight);
    net.scale(net.add(Unit.select(y, List.of(0))), 0);
    assertThat(bound(net)).isEmpty();
    // Nothing depends on the element that overflows.
    net.units.removeLast();
    net.units.set(y + 1, Unit.select(y, List.of(1)));
    assertThat(bound(net)).isPresent();
  }

  @Test
  void withoutABoxOneHasToBeGiven() {
    for (ElementType each : ElementType.values()) {
      type = each;
      NetworkUnderTest net = network();
      net.scale(net.input(2), 3);
      assertThat(bound(net)).isEmpty();
      OptionalDouble given = RoundingBound.maxError(net.subject(), box(1, 4));
      net.units.set(0, new Unit.Input(2, Optional.of(box(1, 4))));
      assertThat(given).isPresent().isEqualTo(bound(net));
      // A box that is given has the say, also where one is declared.
      assertThat(RoundingBound.maxError(net.subject(), box(8, 1)).orElseThrow())
          .isGreaterThan(1.99 * given.orElseThrow());
    }
  }

  /** One network, called with two boxes, has two errors. */
  @Test
  void aCalleeIsBoundedForEachOfItsInputs() {
    for (ElementType each : ElementType.values()) {
      type = each;
      NetworkUnderTest callee = network();
      callee.scale(callee.input(1), 3);
      callee.bound = 3;
      NetworkUnderTest net = network();
      int x = input(net, 1, 1024);
      int first = net.call(net.add(Unit.select(x, List.of(0))), "test.Callee", callee.subject());
      int second = net.call(net.add(Unit.select(x, List.of(1))), "test.Callee", callee.subject());
      net.concat(first, second);
      double both = bound(net).orElseThrow();
      net.units.set(net.units.size() - 1, Unit.select(first, List.of(0)));
      assertThat(both).isGreaterThan(1000 * bound(net).orElseThrow());
    }
  }

  /** Two networks, called with one box, have two errors as well. */
  @Test
  void eachCalleeIsBoundedByItself() {
    NetworkUnderTest small = new NetworkUnderTest();
    small.scale(small.input(1), 0.5);
    NetworkUnderTest large = new NetworkUnderTest();
    large.scale(large.input(1), 4096);
    large.bound = 4096;
    for (int order = 0; order < 2; order++) {
      NetworkUnderTest net = new NetworkUnderTest();
      int x = input(net, 1);
      for (int k = 0; k < 2; k++) {
        boolean isSmall = k == order;
        net.call(x, isSmall ? "test.Small" : "test.Large", (isSmall ? small : large).subject());
      }
      net.concat(1, 2);
      assertThat(bound(net).orElseThrow()).isGreaterThan(4096 * 0x1p-53);
    }
  }
}
