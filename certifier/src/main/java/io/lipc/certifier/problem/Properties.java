package io.lipc.certifier.problem;

import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.model.Property;

/** What claims have to do with the properties that declarations ask for. */
public final class Properties {

  private Properties() {}

  /** The kind of the claims that prove a property. */
  public static ClaimKind kindOf(Property property) {
    return switch (property) {
      case Property.Lipschitz _ -> ClaimKind.LIPSCHITZ;
      case Property.Pairs _ -> ClaimKind.PAIRS;
      case Property.Range _ -> ClaimKind.RANGE;
    };
  }

  /** Whether a claim, once it is accepted, is enough for a property. */
  public static boolean isProvedBy(Property property, Claim claim) {
    return switch (property) {
      case Property.Lipschitz lipschitz -> isProvedBy(UnitLists.claimOf(lipschitz), claim);
      case Property.Pairs _ -> claim instanceof Claim.Pairs;
      case Property.Range(double lower, double upper) ->
          claim instanceof Claim.Range range && lower <= range.lower() && range.upper() <= upper;
    };
  }

  private static boolean isProvedBy(Claim.Lipschitz asked, Claim claim) {
    return claim
        .global()
        .filter(found -> found.norms().equals(asked.norms()) && found.bound() <= asked.bound())
        .isPresent();
  }
}
