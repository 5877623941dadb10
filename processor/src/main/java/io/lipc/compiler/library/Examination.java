package io.lipc.compiler.library;

import io.lipc.certifier.Certification;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.diagnostic.Finding;
import java.time.Instant;
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
   * The bound is proved, and the checker has accepted the proof.
   *
   * @param checked the network
   * @param certification how its bound was found
   * @param certificate the text of the certificate, exactly as it was checked and as it is shipped
   * @param callee what callers need: that certificate with all that it is about, and the class
   * @param pairs bounds of the differences of outputs, where the network asks for them
   * @param cached when the cache got the certificate, where it is from there
   * @param warnings what is odd about the network
   */
  record Proved(
      CheckedNetwork checked,
      Certification certification,
      String certificate,
      Callee callee,
      Optional<ProvedPairs> pairs,
      Optional<Instant> cached,
      List<Finding> warnings)
      implements Examination {
    public Proved {
      warnings = List.copyOf(warnings);
    }

    /** The same with other findings. */
    public Proved with(List<Finding> others) {
      return new Proved(checked, certification, certificate, callee, pairs, cached, others);
    }

    /** The same with bounds of the differences of outputs. */
    public Proved with(ProvedPairs proved) {
      return new Proved(
          checked, certification, certificate, callee, Optional.of(proved), cached, warnings);
    }

    /** The text of the certificate of the pairs, exactly as it was checked and as it is shipped. */
    public Optional<String> pairsCertificate() {
      return pairs.map(ProvedPairs::certificate);
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
