package io.lipc.runtime.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import io.lipc.runtime.LocalLipschitzTest;
import io.lipc.runtime.radius.LocalBound.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A search for a bound ends with its time, and what is known by then is the answer. */
final class BoxBoundTest {

  private static final Subject NETWORK =
      LocalLipschitzTest.random(new Norms(Norm.LINF, Norm.LINF), "tanh", "tanh", 3);
  private static final Unit.Box BOX =
      new Unit.Box(List.of(-0.25, -1.0, -0.375), List.of(0.75, 0.0, 0.625));

  /** The bound where every look at the clock takes a nanosecond. */
  private static LocalBound bound(int cuts, long nanos, AtomicLong clock) {
    return BoxBound.of(NETWORK, BOX, new LocalOptions(cuts, nanos), clock::incrementAndGet);
  }

  private static int parts(LocalBound bound) {
    PositivityWitness witness = bound.certificate().orElseThrow().certificate().proof().witness();
    return ((PositivityWitness.Rows) witness).boxes().leaves();
  }

  @Test
  void noTimeLeavesTheBoundForAllInputs() {
    AtomicLong whole = new AtomicLong();
    assertThat(bound(0, Long.MAX_VALUE, whole).method()).isEqualTo(Method.ROWS);
    for (long nanos : new long[] {0, 1, whole.get() / 2}) {
      AtomicLong clock = new AtomicLong();
      LocalBound none = bound(200, nanos, clock);
      assertThat(none.method()).isEqualTo(Method.EVERYWHERE);
      assertThat(none.value()).isEqualTo(NETWORK.certificate().lipschitz().bound());
      assertThat(none.certificate()).isEmpty();
      // Elements are looked at in several threads, each of which looks at the clock once more.
      assertThat(clock.get()).isLessThan(nanos + 50);
    }
  }

  @Test
  void littleTimeLeavesTheBoxAsAWhole() {
    AtomicLong first = new AtomicLong();
    LocalBound whole = bound(0, Long.MAX_VALUE, first);
    AtomicLong clock = new AtomicLong();
    LocalBound some = bound(200, first.get() * 3 / 2, clock);
    assertThat(some).isEqualTo(whole);
    assertThat(clock.get()).isLessThan(first.get() * 3 / 2 + 50);
  }

  /** A last look at all parts is in time: what was cut is not lost. */
  @Test
  void moreTimeLeavesMoreParts() {
    AtomicLong first = new AtomicLong();
    LocalBound whole = bound(0, Long.MAX_VALUE, first);
    long nanos = 200 * first.get();
    AtomicLong clock = new AtomicLong();
    LocalBound some = bound(Integer.MAX_VALUE, nanos, clock);
    assertThat(some.value()).isLessThan(0.99 * whole.value());
    assertThat(parts(some)).isBetween(5, 100);
    assertThat(clock.get()).isLessThan(nanos + 50);
    assertThat(CertificateChecker.check(some.certificate().orElseThrow()))
        .isEqualTo(new Verdict.Accepted());
    LocalBound more = bound(Integer.MAX_VALUE, 2 * nanos, new AtomicLong());
    assertThat(more.value()).isLessThan(some.value());
    LocalBound counted = bound(parts(some) - 1, Long.MAX_VALUE, new AtomicLong());
    assertThat(parts(counted)).isEqualTo(parts(some));
    assertThat(counted).isEqualTo(some);
  }
}
