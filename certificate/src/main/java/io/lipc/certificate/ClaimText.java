package io.lipc.certificate;

import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;

/**
 * Claims as members of the text of a certificate, and back. The kind of a claim stands in the name:
 * {@code a.X} for a Lipschitz bound, {@code a.X/pairs} for its pairs; no network has a slash in its
 * name. For a Lipschitz bound of units there are {@code declared} and {@code bound}, and, where
 * they are not both l2, the norms.
 */
final class ClaimText {

  private static final char SLASH = '/';

  private ClaimText() {}

  /** The network and the kind of what is claimed of it. */
  static String name(Certificate certificate) {
    return switch (certificate.claim()) {
      case Claim.Lipschitz _ -> certificate.network();
      case Claim.Pairs pairs -> certificate.network() + SLASH + pairs.kind().word();
    };
  }

  static JsonMembers numbers(JsonMembers members, Claim claim) {
    return switch (claim) {
      case Claim.OfUnits ofUnits -> bound(members, ofUnits.inequality());
    };
  }

  static JsonMembers norms(JsonMembers members, Claim claim) {
    return switch (claim) {
      case Claim.OfUnits ofUnits -> norms(members, ofUnits.inequality().norms());
    };
  }

  private static JsonMembers bound(JsonMembers members, Claim.Lipschitz claim) {
    return members.real("declared", claim.declared()).real("bound", claim.bound());
  }

  private static JsonMembers norms(JsonMembers members, Norms norms) {
    return norms.equals(Norms.EUCLIDEAN)
        ? members
        : members.word("input norm", norms.input()).word("output norm", norms.output());
  }

  /** The network of a name that {@link #name} gives. */
  static String network(String name) {
    int slash = name.indexOf(SLASH);
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** The claim of a certificate of this name; its members are read. */
  static Claim read(String name, JsonFields fields) throws FormatException {
    Claim.Lipschitz ofUnits =
        new Claim.Lipschitz(norms(fields), fields.real("bound"), fields.real("declared"));
    int slash = name.indexOf(SLASH);
    if (slash < 0) {
      return ofUnits;
    }
    String word = name.substring(slash + 1);
    Claim pairs = new Claim.Pairs(ofUnits.norms().input());
    if (word.equals(pairs.kind().word())) {
      return pairs;
    }
    throw fields.unfit("network", Quoted.of(name) + ": no claim is called so");
  }

  /** From l2 to l2 where nothing is said. */
  private static Norms norms(JsonFields fields) throws FormatException {
    return fields.has("input norm")
        ? new Norms(fields.word("input norm", Norm.class), fields.word("output norm", Norm.class))
        : Norms.EUCLIDEAN;
  }
}
