package io.lipc.tools.certify;

import io.lipc.certificate.ClaimKind;
import io.lipc.certifier.Certification;
import io.lipc.certifier.FurtherSearch;
import io.lipc.compiler.library.Examination;
import io.lipc.model.Declaration;
import io.lipc.model.Property;
import io.lipc.model.diagnostic.Place;
import io.lipc.tools.command.ClaimWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The claims of a network whose bound is proved and another claim is not. Claims are proved one
 * after the other, and the first one that fails ends that.
 *
 * @param proved the claims before it; the bound is the first
 * @param failed the claim that is not proved
 * @param open the claims after it, which nobody tried to prove
 */
record ClaimStates(List<ClaimKind> proved, ClaimKind failed, List<ClaimKind> open) {

  ClaimStates {
    proved = List.copyOf(proved);
    open = List.copyOf(open);
  }

  /** The claims of a network; empty where none was proved, or all were. */
  static Optional<ClaimStates> of(Declaration asked, Examination examination) {
    return switch (examination) {
      case Examination.Proved _ -> Optional.empty();
      case Examination.Refused refused ->
          refused
              .certification()
              .filter(Certification.Certified.class::isInstance)
              .flatMap(_ -> failed(refused))
              .map(word -> of(asked, word));
    };
  }

  private static Optional<String> failed(Examination.Refused refused) {
    return refused.findings().stream()
        .flatMap(
            finding ->
                finding.place() instanceof Place.OfClaim(String word)
                    ? Optional.of(word).stream()
                    : Optional.<String>empty().stream())
        .findFirst();
  }

  private static ClaimStates of(Declaration asked, String failed) {
    List<Property> all = new ArrayList<>();
    asked.lipschitz().ifPresent(all::add);
    all.addAll(asked.further());
    List<ClaimKind> kinds = all.stream().map(FurtherSearch::kindOf).toList();
    int place = all.stream().map(Property::word).toList().indexOf(failed);
    return new ClaimStates(
        kinds.subList(0, place), kinds.get(place), kinds.subList(place + 1, kinds.size()));
  }

  /** Such as {@code bound proved; pairs of outputs not proved; local bound not tried}. */
  String words() {
    List<String> words = new ArrayList<>();
    proved.forEach(kind -> words.add(ClaimWords.title(kind) + " proved"));
    words.add(ClaimWords.title(failed) + " not proved");
    open.forEach(kind -> words.add(ClaimWords.title(kind) + " not tried"));
    return String.join("; ", words);
  }
}
