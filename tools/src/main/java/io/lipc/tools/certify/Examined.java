package io.lipc.tools.certify;

import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.tools.files.Message;
import io.lipc.tools.page.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of the compiler's phases for one network.
 *
 * @param norms between which a bound was asked for
 * @param asked the bound that was asked for or declared; empty where the best was searched for
 * @param certification empty where the declaration itself is at fault
 * @param allClaims what was proved beside bounds, by network: of this one, and of others of its
 *     text and of what that imports
 * @param states the claims of which one beside the bound is not proved, where that is so
 * @param messages faults and warnings
 */
public record Examined(
    String network,
    Norms norms,
    OptionalDouble asked,
    Optional<Certification> certification,
    Map<String, List<ProvedClaim>> allClaims,
    Optional<ClaimStates> states,
    List<Message> messages) {
  public Examined {
    allClaims = Map.copyOf(allClaims);
    messages = List.copyOf(messages);
  }

  /** A text whose fault is none of a network that could be read. */
  static Examined atFault(String name, Message fault) {
    return new Examined(
        name,
        Norms.EUCLIDEAN,
        OptionalDouble.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        List.of(fault));
  }

  /** The claims that were proved of the network beside its bound. */
  public List<ProvedClaim> claims() {
    return allClaims.getOrDefault(network, List.of());
  }

  /** The answer about the bound that was asked for, or about all else where none was. */
  public Answer answer() {
    return switch (certification.orElse(null)) {
      case null -> Answer.REFUSED;
      case Certification.Certified _, Certification.WithoutBound _ -> Answer.PROVED;
      case Certification.Inconclusive _ -> Answer.NOT_PROVED;
      case Certification.Violated _ -> Answer.FALSE;
    };
  }

  /** Says what is not proved where the bound is, or all else where no bound was asked for. */
  public Optional<String> lacking() {
    return answer() == Answer.PROVED && !faultless()
        ? Optional.of(
            states
                .map(ClaimStates::words)
                .orElse("bound proved, and refused for what is said of it"))
        : Optional.empty();
  }

  /** Whether what was asked for is proved, and there is no fault. */
  public boolean proved() {
    return faultless() && answer() == Answer.PROVED;
  }

  boolean faultless() {
    return messages.stream().noneMatch(Message::isFault);
  }

  /** The same after what was said of the text before. */
  Examined after(List<Message> said) {
    List<Message> all = new ArrayList<>(said);
    all.addAll(messages);
    return new Examined(network, norms, asked, certification, allClaims, states, all);
  }

  /** The best proof that the checker has accepted. */
  public Optional<Subject> best() {
    return certification.flatMap(
        found ->
            switch (found) {
              case Certification.Certified certified -> Optional.of(certified.subject());
              case Certification.WithoutBound without -> Optional.of(without.subject());
              case Certification.Inconclusive inconclusive -> inconclusive.best();
              case Certification.Violated violated -> violated.best();
            });
  }
}
