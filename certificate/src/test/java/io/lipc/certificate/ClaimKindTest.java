package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which claims need another beside them. */
final class ClaimKindTest {

  @Test
  void boundsRangesAndQueriesStandAlone() {
    assertThat(Arrays.stream(ClaimKind.values()).filter(ClaimKind::standsAlone))
        .containsExactly(ClaimKind.LIPSCHITZ, ClaimKind.RANGE, ClaimKind.QUERY);
  }

  @Test
  void allButTheBoundAreFurther() {
    assertThat(ClaimKind.further())
        .containsExactly(
            ClaimKind.SCALED,
            ClaimKind.PAIRS,
            ClaimKind.RANGE,
            ClaimKind.QUERY,
            ClaimKind.LOCAL,
            ClaimKind.MONOTONE,
            ClaimKind.SLOPES);
  }
}
