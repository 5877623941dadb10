package io.lipc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who has which share of a budget. */
final class TimingTest {

  private static final Duration TEN = Duration.ofSeconds(10);

  private static Network network(boolean pairs) {
    return new Network(
        "demo.Net",
        pairs
            ? List.of(new Property.Lipschitz(1, Norm.L2, Norm.L2), new Property.Pairs())
            : List.of(new Property.Lipschitz(1, Norm.L2, Norm.L2)),
        new WeightsSource.None(),
        ElementType.F32,
        List.of(new Layer.Input(Shape.vector(2), Optional.empty())));
  }

  private static Duration left(Deadline deadline) {
    return deadline.left().orElseThrow();
  }

  @Test
  void allNetworksOfARunShareOneBudget() {
    AtomicLong now = new AtomicLong();
    Deadline end = Deadline.in(TEN, now::get);
    Timing whole = new Timing.Whole(TEN, end, 2);

    assertThat(left(whole.search(network(true)))).isEqualTo(Duration.ofSeconds(5));
    now.set(Duration.ofSeconds(4).toNanos());
    assertThat(left(whole.further())).isEqualTo(Duration.ofSeconds(6));
    // One more than was expected has all that is left, and nothing once that is spent.
    assertThat(left(whole.search(network(false)))).isEqualTo(Duration.ofSeconds(6));
    now.set(TEN.toNanos());
    assertThat(whole.search(network(false)).isPassed()).isTrue();
  }

  @Test
  void amongManyEachHasAQuarterOfWhatIsLeft() {
    Timing whole = new Timing.Whole(TEN, Deadline.in(TEN, () -> 0), 100);

    assertThat(left(whole.search(network(false)))).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void aNetworkWithPairsHasNoMoreThanOneWithout() {
    Timing each = new Timing.Each(TEN);

    assertThat(left(each.search(network(false)))).isBetween(TEN.minusSeconds(5), TEN);
    Duration search = left(each.search(network(true)));
    Duration pairs = left(each.further());
    assertThat(search.plus(pairs)).isLessThanOrEqualTo(TEN);
    assertThat(search).isPositive();
    assertThat(pairs).isPositive();
  }

  @Test
  void aBuildThatAsksForNoBudgetIsPatient() {
    Timing usual = new Timing.Usual();

    assertThat(usual.budget()).contains(Duration.ofSeconds(5));
    assertThat(usual.ofFurther()).contains(Duration.ofSeconds(30));
    assertThat(left(usual.search(network(true)))).isBetween(TEN, Timing.PATIENCE);
    assertThat(left(usual.further())).isBetween(TEN, Timing.PATIENCE);
    assertThat(new Timing.Unlimited().search(network(false))).isSameAs(Deadline.NONE);
  }
}
