package io.lipc.model.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.model.About;
import io.lipc.model.Property;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What messages about slopes say of elements, numbers and regions. */
final class SlopeDiagnosticsTest {

  private static final Property.Slope SLOPE =
      new Property.Slope(0.4, new About.Elements(List.of(2, 3), List.of(0), "income"));

  private static SlopeDiagnostics.Open open(OptionalDouble sampled, int inputs) {
    return new SlopeDiagnostics.Open(
        SLOPE,
        3,
        0.61049,
        sampled,
        Collections.nCopies(inputs, -1.0),
        Collections.nCopies(inputs, 0.5));
  }

  @Test
  void theLeastThatIsProvedIsRoundedUp() {
    Diagnostic said =
        SlopeDiagnostics.notCertified(Optional.of(open(OptionalDouble.of(0.39995), 4)));
    assertThat(said.id()).isEqualTo(DiagnosticId.SLOPES_NOT_CERTIFIED);
    assertThat(said.summary())
        .isEqualTo("the certified slope 0.6105 in `income[1]` exceeds the declared 0.4");
    assertThat(said.toString())
        .contains("0.3999 at the inputs that were tried", "[-1.0, 0.5] x [-1.0, 0.5]");
    Diagnostic called = SlopeDiagnostics.notCertified(Optional.of(open(OptionalDouble.empty(), 4)));
    assertThat(called.toString()).contains("by the bounds of the networks").doesNotContain(" x [");
    Diagnostic wide = SlopeDiagnostics.notCertified(Optional.of(open(OptionalDouble.of(0.1), 9)));
    assertThat(wide.toString()).doesNotContain(" x [");
    assertThat(SlopeDiagnostics.notCertified(Optional.empty()).summary())
        .isEqualTo("no bound for each input of the network is proved");
  }

  /** The ratio of the two differences, never above it: 1 / 3 has no double. */
  @Test
  void aRatioIsRoundedDown() {
    List<Double> first = List.of(0.0, 0.0, 0.0, 0.0);
    List<Double> second = List.of(0.0, 0.0, 0.0, 3.0);
    SlopeDiagnostics.Counterexample third =
        new SlopeDiagnostics.Counterexample(SLOPE, 1, 3, first, second, 2, 1);
    BigDecimal moved = new BigDecimal(third.ratio()).multiply(BigDecimal.valueOf(3));
    assertThat(moved).isLessThan(BigDecimal.ONE);
    assertThat(third.ratio()).isBetween(Math.nextDown(1 / 3.0), 1 / 3.0);
    SlopeDiagnostics.Counterexample whole =
        new SlopeDiagnostics.Counterexample(SLOPE, 1, 3, first, second, -6, 0);
    assertThat(whole.ratio()).isEqualTo(2);
    assertThat(SlopeDiagnostics.violated(whole).summary())
        .isEqualTo("`y[1]` moves by 2 times as much as `income[1]`, above the declared slope 0.4");
  }

  /** Four digits of 0.40001 are those of 0.4, which is not above it. */
  @Test
  void aRatioIsSeenToBeAboveTheBound() {
    SlopeDiagnostics.Counterexample near =
        new SlopeDiagnostics.Counterexample(
            SLOPE, 0, 2, List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0, 1.0), 0, 0.40001);
    assertThat(SlopeDiagnostics.violated(near).summary())
        .isEqualTo(
            "`y[0]` moves by 0.40001 times as much as `income[0]`, above the declared slope 0.4");
  }
}
