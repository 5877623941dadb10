package io.lipc.tools.page;

import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.LayerReport;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The part of a page about one network.
 *
 * @param network its qualified name
 * @param norms between which the bound holds
 * @param declared the bound that the declaration asks for; empty where the format declares none
 * @param answer about its bound, or about all that it claims where that is none
 * @param lacking what is not proved although the answer is that the bound is: another claim; empty
 *     where all is proved, and where the answer says it
 * @param checked its layers; empty where the declaration has faults
 * @param accepted the certificate of the least bound, which the checker has accepted in this run
 * @param evidence what a search found; empty where there was none
 * @param prefixes bounds on the way from the input, in order
 * @param outputs bounds of single outputs, in order
 * @param claims what it claims beside its bound, or without one, accepted by the checker in this
 *     run
 * @param pairs bounds of the differences of outputs; empty where the network asks for none
 * @param samples empty where no data was given
 * @param messages what the compiler says
 * @param checks how to have the certificate checked again
 */
public record NetworkReport(
    String network,
    Norms norms,
    OptionalDouble declared,
    Answer answer,
    Optional<String> lacking,
    Optional<CheckedNetwork> checked,
    Optional<Subject> accepted,
    Optional<Evidence> evidence,
    List<PrefixBound> prefixes,
    List<OutputBound> outputs,
    List<Subject> claims,
    Optional<ClassPairs> pairs,
    Optional<Samples> samples,
    List<String> messages,
    List<String> checks) {
  public NetworkReport {
    claims = List.copyOf(claims);
    prefixes = List.copyOf(prefixes);
    outputs = List.copyOf(outputs);
    messages = List.copyOf(messages);
    checks = List.copyOf(checks);
  }

  /** Whether all is proved that the network declares. */
  public boolean isProved() {
    return answer == Answer.PROVED && lacking.isEmpty();
  }

  /** The answer about all that the network declares, in words. */
  String verdict() {
    return lacking.orElse(answer.words());
  }

  /** The style of the answer about all that the network declares. */
  String style() {
    return lacking.isPresent() ? Answer.NOT_PROVED.style() : answer.style();
  }

  /** Whether something is certified of it, and no bound. */
  boolean isWithoutBound() {
    return accepted.isEmpty() && !claims.isEmpty();
  }

  /** The results of a search about a layer with weights. */
  Optional<LayerReport> found(Layer layer) {
    return evidence.stream()
        .flatMap(found -> found.layers().stream())
        .filter(found -> layer.multiplies(found.weight()))
        .findFirst();
  }

  /** Whether the proof is about all weights, so that there is no function to evaluate. */
  boolean hasFreeWeights() {
    return accepted.filter(subject -> !subject.isEvaluable()).isPresent();
  }
}
