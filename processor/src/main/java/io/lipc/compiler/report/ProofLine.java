package io.lipc.compiler.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.PairUnits;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.OutputPair;
import io.lipc.compiler.library.ProvedPairs;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** One line about a proved network for the log of a build: bound, slack, method, time. */
public final class ProofLine {

  private ProofLine() {}

  /**
   * The line of a build whose searches end with the first proof: where little was asked for, it
   * says what would search on.
   *
   * @param tight the option that does
   */
  public static String ofFirst(Examination.Proved proved, String tight) {
    return of(proved)
        + (proved.isFirstProof()
            ? "; this is the first proof, and " + tight + " looks for less"
            : "");
  }

  /**
   * The line about a proof, for example {@code network demo.Policy: Lipschitz bound 0.93 (l2 ->
   * l2), 7 % below the declared 1.0, proved by lipsdp-layer in 0.4 s, pairs at most 1.12 (45, in
   * 2.1 s)}. The largest bound of a difference of two outputs, and how many there are, is said of
   * networks that ask for pairs. Times are those of the searches. Where a certificate was known
   * before, there is none; that it is from the cache, and since when it is there, is said: another
   * search may find a better one.
   */
  public static String of(Examination.Proved proved) {
    Certificate certificate = proved.callee().subject().certificate();
    if (certificate.claim().global().isEmpty()) {
      return String.format(
          "network %s: %s, no Lipschitz bound, proved by %s",
          proved.network(),
          proved.checked().network().first().phrase(),
          Quoted.of(certificate.method()));
    }
    Claim.Lipschitz claim = certificate.lipschitz();
    return String.format(
        Locale.ROOT,
        "network %s: Lipschitz bound %s (%s), %s, proved by %s%s%s",
        proved.network(),
        new UpperBound(claim.bound()),
        claim.norms(),
        slack(claim.bound(), proved.checked().network().lipschitz().bound()),
        Quoted.of(certificate.method()),
        proved
            .cached()
            .map(ProofLine::since)
            .or(() -> time(proved.seconds()).map(time -> " " + time))
            .orElse(""),
        proved.pairs().map(ProofLine::pairs).orElse(""));
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

  /** The day suffices, and is the same in all zones. */
  private static String since(Instant cached) {
    return ", from the cache of " + LocalDate.ofInstant(cached, ZoneOffset.UTC);
  }

  private static String pairs(ProvedPairs pairs) {
    return ", pairs%s at most %s (%d%s%s)"
        .formatted(
            pairs.bounds().measured().isPresent() ? " in its scale" : "",
            OutputPair.largest(pairs.bounds()).bound(),
            PairUnits.count(pairs.bounds().outputs()),
            pairs.bounds().delta().isPresent() ? ", for radii by signs too" : "",
            pairs
                .claim()
                .cached()
                .map(ProofLine::since)
                .or(() -> time(pairs.claim().seconds()).map(time -> ", " + time))
                .orElse(""));
  }

  /** Empty where nothing was searched for. */
  private static Optional<String> time(double seconds) {
    if (seconds == 0) {
      return Optional.empty();
    }
    return Optional.of(
        seconds < 1
            ? "in " + Math.max(1, Math.round(1000 * seconds)) + " ms"
            : String.format(Locale.ROOT, "in %.1f s", seconds));
  }
}
