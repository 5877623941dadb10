package io.lipc.certificate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class VerdictTest {

  @Test
  void reasonsReadAsWords() {
    assertThat(Reason.NOT_POSITIVE_DEFINITE.words()).isEqualTo("not positive definite");
    Locale before = Locale.getDefault();
    try {
      // Where the small letter of I has no dot.
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Reason.FOREIGN_DIGEST.words()).isEqualTo("foreign digest");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatDoesNotHoldIsARejection() {
    Rejection.unless(true, Reason.MALFORMED, "no fault");
    assertThatThrownBy(() -> Rejection.unless(false, Reason.WRONG_SHAPE, "3 is not 4"))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection ->
                assertThat(rejection.verdict())
                    .isEqualTo(new Verdict.Rejected(Reason.WRONG_SHAPE, "3 is not 4")))
        .hasMessage("wrong shape: 3 is not 4");
  }

  /** The name of an activation cannot continue the reason. */
  @Test
  void unknownActivationsAreQuoted() {
    assertThat(Rejection.unknown("relu").verdict())
        .isEqualTo(new Verdict.Rejected(Verdict.Reason.UNKNOWN_OPERATION, "relu"));
    assertThat(Rejection.unknown("relu is fine").verdict())
        .isEqualTo(new Verdict.Rejected(Verdict.Reason.UNKNOWN_OPERATION, "\"relu is fine\""));
  }
}
