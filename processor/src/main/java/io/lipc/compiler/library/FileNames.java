package io.lipc.compiler.library;

import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names of the files that are shipped with networks. {@code a.X.pairs} is a good name of a
 * network, and its certificate has the name of what is shipped beside that of {@code a.X}.
 */
public final class FileNames {

  private FileNames() {}

  /**
   * Faults of a network's name among the others of one run. It does not matter whether the other
   * network has bounds of pairs: a reader of the file would take it for them.
   */
  public static List<Finding> faults(String network, Collection<Declaration> declarations) {
    return declarations.stream()
        .flatMap(other -> taken(network, other.name()).stream())
        .map(fault -> new Finding(new Place.OfNetwork(), fault))
        .toList();
  }

  private static Optional<Diagnostic> taken(String network, String other) {
    String file = Origin.certificateResource(network);
    return Stream.of(
            taken(file, Origin.pairsResource(other), network, "certificate of the pairs", other),
            taken(file, Origin.resource(other), network, "origin", other))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Diagnostic> taken(
      String file, String ofOther, String network, String content, String other) {
    return file.equals(ofOther)
        ? Optional.of(Diagnostics.fileOfAnother(network, content, other, file))
        : Optional.empty();
  }
}
