package io.lipc.training.frozen;

import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.training.table.Standardisation;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A trained network, or a composition, with rounded weights and their proof. */
public sealed interface Frozen permits FrozenNetwork, FrozenComposition {

  /** The network with its weights, and a certificate that the checker has accepted. */
  Subject subject();

  /** The network's claims beside its bound: all that it asks for, each accepted by the checker. */
  List<Subject> claims();

  /** Bounds of the differences of its outputs for plain distances, where it asks for them. */
  default Optional<PairBounds> pairs() {
    return PairBounds.among(subject(), claims());
  }

  /** The claims that its radii rest on, with the distance that these are measured in. */
  default RadiusClaim radiusClaim() {
    return RadiusClaim.of(subject(), claims());
  }

  /** The networks whose weights were trained, each with the certificate that goes into its file. */
  List<FrozenNetwork> trained();

  /**
   * The same with the statistics of the network that reads a table's units for it.
   *
   * @param raw the qualified name of that network
   */
  Frozen with(String raw, Standardisation statistics);

  /**
   * The files to write, by the qualified name of the network whose declaration names the file:
   * safetensors with certificates and, where they are known, names of classes in the metadata.
   */
  SortedMap<String, byte[]> files();

  /** The proved bound, l2 to l2, of the network with exactly these weights. */
  default double bound() {
    return subject().certificate().lipschitz().bound();
  }
}
