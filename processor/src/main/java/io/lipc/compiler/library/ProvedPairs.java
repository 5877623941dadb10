package io.lipc.compiler.library;

import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of the differences of a network's outputs, which the checker has accepted.
 *
 * @param bounds one for each two outputs
 * @param claim how they were found
 */
public record ProvedPairs(PairBounds bounds, ProvedClaim claim) {

  /** The bounds of pairs among the proved claims of a network. */
  public static Optional<ProvedPairs> among(Subject network, List<ProvedClaim> claims) {
    List<Subject> all = claims.stream().map(ProvedClaim::subject).toList();
    return claims.stream()
        .filter(claim -> claim.kind() == ClaimKind.PAIRS)
        .findFirst()
        .flatMap(
            claim ->
                PairBounds.inAnyScale(network, all).map(pairs -> new ProvedPairs(pairs, claim)));
  }
}
