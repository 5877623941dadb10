package io.lipc.compiler.report;

import io.lipc.certificate.Certificate;
import io.lipc.certifier.MethodReport;
import io.lipc.compiler.library.Examination;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import java.util.Locale;

/** One line about a proved network for the log of a build: bound, slack, method, time. */
public final class ProofLine {

  private ProofLine() {}

  /**
   * For example {@code network demo.Policy: Lipschitz bound 0.93 (l2 -> l2), 7 % below the declared
   * 1.0, proved by lipsdp-layer in 0.4 s}. The time is that of the search, and left out where a
   * certificate was known before.
   */
  public static String of(Examination.Proved proved) {
    Certificate certificate = proved.callee().subject().certificate();
    return String.format(
        Locale.ROOT,
        "network %s: Lipschitz bound %s (%s), %s, proved by %s%s",
        proved.network(),
        new UpperBound(certificate.bound()),
        certificate.claim().norms(),
        slack(certificate.bound(), proved.checked().network().spec().bound()),
        certificate.method(),
        time(proved));
  }

  private static String slack(double bound, double declared) {
    if (bound == declared) {
      return "as declared";
    }
    int percent = (int) Math.floor(100 * (1 - bound / declared));
    return (percent < 1 ? "less than 1" : String.valueOf(percent))
        + " % below the declared "
        + Decimals.plain(declared);
  }

  private static String time(Examination.Proved proved) {
    double seconds =
        proved.certification().evidence().methods().stream()
            .mapToDouble(MethodReport::seconds)
            .sum();
    if (seconds == 0) {
      return "";
    }
    return seconds < 1
        ? " in " + Math.max(1, Math.round(1000 * seconds)) + " ms"
        : String.format(Locale.ROOT, " in %.1f s", seconds);
  }
}
