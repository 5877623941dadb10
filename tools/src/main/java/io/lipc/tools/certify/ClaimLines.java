package io.lipc.tools.certify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.JsonValue;

/** What commands say of the claims beside a network's bound, each in one place. */
final class ClaimLines {

  private ClaimLines() {}

  /** What an accepted certificate says, as a clause. */
  static String sentence(Subject network, Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ -> PairsText.sentence(pairs(network, claim));
    };
  }

  /** The same for programs, with all numbers to the bit. */
  static JsonValue exactly(Subject network, Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ -> PairsText.exactly(pairs(network, claim));
    };
  }

  /** What was proved, in brief, for people. */
  static String brief(Subject network, ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ ->
          PairsText.brief(pairs(network, claim.subject()), network.certificate().lipschitz());
    };
  }

  /** The same for programs, in decimals. */
  static JsonValue json(Subject network, ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Pairs _ -> PairsText.json(pairs(network, claim.subject()));
    };
  }

  private static PairBounds pairs(Subject network, Subject claim) {
    return PairBounds.claimed(network, claim.certificate());
  }

  private static IllegalArgumentException noFurther() {
    return new IllegalArgumentException("a bound is no claim beside the bound");
  }
}
