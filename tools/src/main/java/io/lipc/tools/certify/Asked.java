package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.queries.Query;
import io.lipc.tools.command.NormWords;
import io.lipc.tools.files.ModelUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The claim that a user needs from a certificate. If nothing is asked for, any claim is enough.
 *
 * @param atMost the largest bound that is enough
 * @param norms between which it has to hold
 * @param outputs which outputs it has to be about; empty for all
 * @param query which no input may satisfy
 */
record Asked(
    OptionalDouble atMost, Optional<Norms> norms, List<Integer> outputs, Optional<Query> query) {

  Asked {
    outputs = List.copyOf(outputs);
  }

  private boolean isNothing() {
    return atMost.isEmpty() && norms.isEmpty() && outputs.isEmpty() && query.isEmpty();
  }

  /**
   * The part that is missing from the claim of an accepted certificate, as a clause; empty if none.
   */
  Optional<String> missing(Certificate certificate) {
    if (isNothing()) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    query.flatMap(wanted -> missing(wanted, certificate.claim())).ifPresent(missing::add);
    Optional<Claim.Lipschitz> claim = certificate.claim().global();
    if (atMost.isPresent()
        && claim.filter(found -> found.bound() <= atMost.getAsDouble()).isEmpty()) {
      missing.add("a bound of at most " + atMost.getAsDouble());
    }
    norms
        .filter(wanted -> !claim.map(Claim.Lipschitz::norms).equals(Optional.of(wanted)))
        .ifPresent(wanted -> missing.add("one " + NormWords.sentence(wanted)));
    if (!isAbout(ModelUnits.part(certificate))) {
      missing.add("one of " + (outputs.isEmpty() ? "all outputs" : "outputs " + outputs));
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }

  private static Optional<String> missing(Query wanted, Claim claim) {
    if (claim.equals(new Claim.Unsatisfiable(wanted))) {
      return Optional.empty();
    }
    return claim.equals(new Claim.Unsatisfiable(wanted.overReals()))
        ? Optional.of("one about computed numbers, and this is about real ones")
        : Optional.of("one that no input satisfies this query");
  }

  private boolean isAbout(Optional<ModelUnits.Part> part) {
    return switch (part.orElse(null)) {
      case null -> outputs.isEmpty();
      case ModelUnits.Selected selected -> outputs.equals(selected.outputs());
      case ModelUnits.Lead _ -> false;
    };
  }
}
