package io.lipc.compiler.proof;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.ProvedPairs;
import io.lipc.compiler.reading.WeightsPhase;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.model.Network;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.PairDiagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of the differences of each two outputs, for the networks that ask for them: carried by
 * their weights, known from an earlier build, or searched for. Whatever is shipped has been read
 * again and accepted.
 */
record PairProofs(Search search, CertificateCache cache) {

  /** The proved examination with the bounds of pairs, or a refusal for the lack of one. */
  Examination added(Examination.Proved proved, WeightsPhase.Weighted weighted) {
    Network network = proved.checked().network();
    // The weights of free parameters bring their own, and a part of the outputs has other pairs.
    boolean asked = network.spec().pairs() && search.outputs(network).isEmpty();
    if (!asked || network.hasFreeWeights()) {
      return proved;
    }
    Subject subject = proved.callee().subject();
    Digest question = CertificateCache.pairs(subject.digest(), search.settings());
    return weighted
        .pairs()
        .flatMap(carried -> accepted(subject, carried))
        .map(known -> new ProvedPairs(known, 0, Optional.empty()))
        .or(() -> cached(subject, question))
        .or(() -> searched(subject, question))
        .<Examination>map(proved::with)
        .orElseGet(() -> refused(proved));
  }

  private Optional<ProvedPairs> cached(Subject subject, Digest question) {
    return cache
        .find(question)
        .flatMap(
            kept ->
                accepted(subject, kept.certificate())
                    .map(known -> new ProvedPairs(known, 0, Optional.of(kept.written()))));
  }

  private Optional<ProvedPairs> searched(Subject subject, Digest question) {
    long started = System.nanoTime();
    Optional<ProvedPairs> found =
        search
            .pairs(subject)
            .flatMap(bounds -> again(subject, bounds.subject().certificate()))
            .map(
                bounds ->
                    new ProvedPairs(bounds, (System.nanoTime() - started) / 1e9, Optional.empty()));
    found.ifPresent(pairs -> cache.keep(question, pairs.certificate()));
    return found;
  }

  /** Tries the text of the result, and uses no other statement of the search about it. */
  private static Optional<PairBounds> again(Subject subject, Certificate found) {
    try {
      return accepted(subject, CertificateText.read(CertificateText.write(found)));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  /** Weights may have been trained under another name; one that fails is as good as none. */
  private static Optional<PairBounds> accepted(Subject subject, Certificate pairs) {
    String name = PairBounds.nameOf(subject.certificate().network());
    try {
      return Optional.of(PairBounds.checked(subject, pairs.declaring(name, pairs.declared())));
    } catch (IllegalArgumentException rejected) {
      return Optional.empty();
    }
  }

  private static Examination refused(Examination.Proved proved) {
    return new Examination.Refused(
        proved.network(),
        List.of(new Finding(new Place.OfPairs(), PairDiagnostics.notCertified(proved.network()))),
        Optional.of(proved.certification()));
  }
}
