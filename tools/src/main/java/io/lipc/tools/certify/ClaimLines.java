package io.lipc.tools.certify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.JsonValue;
import io.lipc.model.Decimals;
import java.util.List;

/** The lines of commands about the claims beside a network's bound, each in one place. */
final class ClaimLines {

  private ClaimLines() {}

  /** The claim of an accepted certificate, as a clause. */
  static String sentence(Subject network, Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ -> PairsText.sentence(pairs(network, claim));
      case Claim.Range range -> "its outputs are in " + ends(range) + " for all inputs of its box";
    };
  }

  /** The same for programs, with all numbers to the bit. */
  static JsonValue exactly(Subject network, Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ -> PairsText.exactly(pairs(network, claim));
      case Claim.Range range -> json(range);
    };
  }

  /** The proved claim, in brief, for people. */
  static String brief(Subject network, ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ ->
          PairsText.brief(pairs(network, claim.subject()), network.certificate().lipschitz());
      case Claim.Range range -> "every output is in " + ends(range) + ", for all inputs of the box";
    };
  }

  /** The same for programs, in decimals. */
  static JsonValue json(Subject network, ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ -> PairsText.json(pairs(network, claim.subject()));
      case Claim.Range range -> json(range);
    };
  }

  /** The ends of a range, as declared, so that both are exact. */
  private static String ends(Claim.Range range) {
    return "[" + Decimals.plain(range.lower()) + ", " + Decimals.plain(range.upper()) + "]";
  }

  private static JsonValue json(Claim.Range range) {
    return new JsonValue.JsonArray(
        List.of(
            new JsonValue.JsonNumber(Double.toString(range.lower())),
            new JsonValue.JsonNumber(Double.toString(range.upper()))));
  }

  private static PairBounds pairs(Subject network, Subject claim) {
    return PairBounds.claimed(network, claim.certificate());
  }

  private static IllegalArgumentException noFurther() {
    return new IllegalArgumentException("a bound is no claim beside the bound");
  }
}
