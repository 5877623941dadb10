package io.lipc.tools.train;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certifier.FurtherSearch;
import io.lipc.model.Property;
import io.lipc.training.frozen.FrozenNetwork;
import java.util.List;
import java.util.Optional;

/**
 * The result of training in the units of the table.
 *
 * @param <E> how networks do on test rows
 * @param standardising the network, and its statistics
 * @param frozen its weights and the called network, with the certificates of the least bounds that
 *     were needed or found
 * @param evaluation on the test rows, at distances in {@link #units()}
 * @param verified whether the checker accepts the certificate that was written
 */
record RawResult<E>(
    Standardising standardising, FrozenNetwork frozen, E evaluation, boolean verified) {

  String network() {
    return standardising.network().network().name();
  }

  Subject subject() {
    return frozen.subject();
  }

  double bound() {
    return subject().certificate().lipschitz().bound();
  }

  double declared() {
    return standardising.network().network().lipschitz().bound();
  }

  /** The units of its radii, for sentences. */
  String units() {
    return frozen.radiusClaim().units().orElse(Reading.TABLE);
  }

  /** The bound that is proved in standard deviations. */
  Optional<Claim.Lipschitz> scaled() {
    return frozen.claims().stream()
        .map(claim -> claim.certificate().claim())
        .filter(Claim.Scaled.class::isInstance)
        .map(claim -> ((Claim.Scaled) claim).bound())
        .findFirst();
  }

  /** The bound that is declared in standard deviations, where it is not proved. */
  Optional<Property.Lipschitz> missing() {
    return standardising.network().network().further().stream()
        .filter(Property.Scaled.class::isInstance)
        .map(property -> ((Property.Scaled) property).bound())
        .filter(asked -> scaled().filter(found -> found.bound() <= asked.bound()).isEmpty())
        .findFirst();
  }

  /** All else that is declared beside bounds and not proved. */
  List<Property.Further> unproved() {
    return standardising.network().network().further().stream()
        .filter(property -> !(property instanceof Property.Scaled))
        .filter(
            property ->
                frozen.claims().stream()
                    .map(claim -> claim.certificate().claim())
                    .noneMatch(claim -> FurtherSearch.isProvedBy(property, claim)))
        .toList();
  }

  /** Whether the network compiles as it is declared. */
  boolean isProved() {
    return verified && bound() <= declared() && missing().isEmpty() && unproved().isEmpty();
  }
}
