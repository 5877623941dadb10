package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.compiler.library.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of one network that a module or a folder carries. They are not checked yet. */
public sealed interface Carried {

  /**
   * A certificate, and all that it is about.
   *
   * @param origin the class that runs the network, where the module says so
   * @param further the certificates of what it claims beside its bound
   */
  record Whole(Subject subject, Optional<Origin> origin, Map<ClaimKind, Certificate> further)
      implements Carried {

    /** The first claim that the network asks for and of which there is no certificate, in words. */
    public Optional<String> missing() {
      List<String> there = further.keySet().stream().map(ClaimKind::word).toList();
      // The weights of free parameters bring theirs.
      return origin.map(Origin::claims).orElse(List.of()).stream()
          .filter(word -> !there.contains(word))
          .filter(_ -> !subject.certificate().hasFreeWeights())
          .findFirst();
    }
  }

  /**
   * A certificate of weights that the module does not have.
   *
   * @param missing which ones, as a clause
   */
  record WithoutWeights(Certificate certificate, String missing) implements Carried {}

  /**
   * A missing certificate, or one that cannot be read.
   *
   * @param reason a clause
   */
  record Unreadable(String reason) implements Carried {}
}
