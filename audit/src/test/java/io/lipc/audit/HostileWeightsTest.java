package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of weights has one reading, or the audit refuses it: advisory 11. */
@Timeout(60)
final class HostileWeightsTest {

  static List<HostileWeights> all() {
    return HostileWeights.all();
  }

  private static String verdict(byte[] weights) {
    return Witness.audit(List.of(HostileWeights.CERTIFICATE), List.of(weights), 100_000_000)
        .getLast();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFileOfTheList(HostileWeights file) {
    String expected =
        switch (file.verdict()) {
          case READ -> "ACCEPTED: test.Network is 4.5-Lipschitz";
          case OTHER, REFUSED -> "REJECTED";
          case UNLIKE -> "NOT DECIDED: tensor w is stored as ";
        };
    assertThat(verdict(file.content())).startsWith(expected);
  }

  @Test
  void theListIsThere() {
    assertThat(all()).hasSizeGreaterThan(170);
  }
}
