package io.lipc.compiler.proof;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.Digest;
import io.lipc.formats.Weights;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A search for the least bound of a network whose declared bound is proved. Methods end once the
 * bound that they are asked for is proved, so no bound is asked for in the second search.
 *
 * @param first the search for a proof of the declared bound
 * @param options of the second search, without a bound
 * @param timing how long it may take
 */
record TightSearch(Search first, Options options, Timing timing) implements Search {

  @Override
  public Certification.OfBound certify(
      Network network, Weights weights, Map<String, Subject> callees) {
    Certification.OfBound found = first.certify(network, weights, callees);
    return found instanceof Certification.Certified proved && !network.hasFreeWeights()
        ? least(network, weights, callees, proved)
        : found;
  }

  private Certification.OfBound least(
      Network network,
      Weights weights,
      Map<String, Subject> callees,
      Certification.Certified proved) {
    Options unasked =
        new Options(
            options.method(),
            OptionalDouble.empty(),
            List.of(),
            options.seed(),
            options.effort(),
            timing.budget(),
            timing.search(network));
    Certification.OfBound second =
        Certifier.certify(network, weights, callees, unasked, SearchListener.NONE);
    return second instanceof Certification.Certified better
            && better.upper().value() < proved.upper().value()
        ? new Certification.Certified(
            declaring(network, better.subject()), better.upper(), better.evidence())
        : proved;
  }

  /** The same certificate with the bound that the network declares. */
  private static Subject declaring(Network network, Subject subject) {
    Certificate certificate =
        subject.certificate().declaring(network.name(), network.lipschitz().bound());
    Digest digest = Digest.of(CertificateText.write(certificate).getBytes(StandardCharsets.UTF_8));
    return new Subject(certificate, digest, subject.weights(), subject.callees());
  }

  @Override
  public Optional<Subject> further(Property.Further property, Subject network) {
    return first.further(property, network);
  }

  @Override
  public boolean isForLeast() {
    return true;
  }

  @Override
  public String settings() {
    return first.settings() + ", for the least bound";
  }

  @Override
  public LowerBound lower(
      Network network, Weights weights, Map<String, Subject> callees, double enough) {
    return first.lower(network, weights, callees, enough);
  }
}
