package io.lipc.model.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Norm;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.UpperBound;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages about local bounds name two inputs where a search has found them. */
final class LocalDiagnosticsTest {

  private static final Property.Local LOCAL =
      new Property.Local(new Property.Lipschitz(0.75, Norm.L2, Norm.L2), new Region.Declared());

  private static String said(Optional<UpperBound> proved, double reached) {
    return LocalDiagnostics.notCertified(LOCAL, proved, new LowerBound(reached), Optional.empty())
        .message();
  }

  @Test
  void aSearchThatFoundNothingClaimsNoRatio() {
    assertThat(said(Optional.of(new UpperBound(2)), 0))
        .contains("found:    no two inputs whose outputs differ; proved is 2")
        .doesNotContain("times their distance");
    assertThat(said(Optional.empty(), 0.5))
        .contains("two inputs whose outputs differ by 0.5 times their distance; nothing is proved");
  }
}
