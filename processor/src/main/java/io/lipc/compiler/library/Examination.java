package io.lipc.compiler.library;

import io.lipc.certifier.Certification;
import io.lipc.certifier.MethodReport;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Warnings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outcome for a declaration whose bound has been proved or refused. */
public sealed interface Examination {

  /** The qualified name of the network. */
  String network();

  /** The findings about it: why it is refused, or what is odd. */
  default List<Finding> said() {
    return switch (this) {
      case Proved proved -> proved.warnings();
      case Refused refused -> refused.findings();
    };
  }

  /**
   * All claims are proved, and the checker has accepted the proofs.
   *
   * @param checked the network
   * @param certification how its bound was found, where it has one
   * @param certificate the text of the certificate, exactly as it was checked and as it is shipped
   * @param callee what callers need: that certificate with all that it is about, and the class
   * @param claims what is proved beside that certificate's claim: all that the network asks for,
   *     unless the weights bring it
   * @param cached when the cache got the certificate, where it is from there
   * @param warnings what is odd about the network
   */
  record Proved(
      CheckedNetwork checked,
      Certification certification,
      String certificate,
      Callee callee,
      List<ProvedClaim> claims,
      Optional<Instant> cached,
      List<Finding> warnings)
      implements Examination {
    public Proved {
      claims = List.copyOf(claims);
      warnings = List.copyOf(warnings);
    }

    /** The same with other findings. */
    public Proved with(List<Finding> others) {
      return new Proved(checked, certification, certificate, callee, claims, cached, others);
    }

    /** The same with another claim. */
    public Proved with(ProvedClaim claim) {
      List<ProvedClaim> more = new ArrayList<>(claims);
      more.add(claim);
      return new Proved(checked, certification, certificate, callee, more, cached, warnings);
    }

    /**
     * Whether a search for any proof of the declared bound may have ended early: its proof is of a
     * much smaller bound, so the declared one gave no reason to look for less.
     */
    public boolean isFirstProof() {
      return (cached.isPresent() || seconds() > 0)
          && callee
              .subject()
              .certificate()
              .claim()
              .global()
              .filter(own -> Warnings.LOOSE_FIRST * own.bound() <= own.declared())
              .isPresent();
    }

    /** The time of the search; 0 where the certificate was known before. */
    public double seconds() {
      return certification.evidence().methods().stream().mapToDouble(MethodReport::seconds).sum();
    }

    /** Bounds of the differences of outputs, if they are among the claims. */
    public Optional<ProvedPairs> pairs() {
      return ProvedPairs.among(callee.subject(), claims);
    }

    @Override
    public String network() {
      return checked.network().name();
    }
  }

  /**
   * The declaration is refused.
   *
   * @param findings why; empty if the only fault is one of a network that it calls
   * @param certification how far the proof went, where it got that far
   */
  record Refused(String network, List<Finding> findings, Optional<Certification> certification)
      implements Examination {
    public Refused {
      findings = List.copyOf(findings);
    }

    /** Refused for what its text says. */
    public static Refused because(String network, List<Finding> findings) {
      return new Refused(network, findings, Optional.empty());
    }
  }
}
