package io.lipc.compiler.warning;

import io.lipc.compiler.library.Library;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.ParsedImport;
import io.lipc.dsl.TextFinding;
import io.lipc.model.diagnostic.CallDiagnostics;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Imports of networks that are neither in this run nor in the library. */
public final class UnknownImports {

  private UnknownImports() {}

  /**
   * The faults of a text's imports at their places, by the names of the networks. The caller treats
   * these networks as faulty: a call of them is not a further fault.
   *
   * @param declared the qualified names of the networks of this run, faulty ones included
   */
  public static SortedMap<String, TextFinding> of(
      ParsedFile parsed, Collection<String> declared, Library library) {
    SortedMap<String, TextFinding> faults = new TreeMap<>();
    for (ParsedImport imported : parsed.imports()) {
      if (!declared.contains(imported.network())) {
        fault(imported.network(), declared, library)
            .ifPresent(
                fault -> faults.put(imported.network(), new TextFinding(imported.span(), fault)));
      }
    }
    return faults;
  }

  private static Optional<Diagnostic> fault(
      String network, Collection<String> declared, Library library) {
    return switch (library.find(network)) {
      case Library.Result.Found _ -> Optional.empty();
      case Library.Result.Unreadable unreadable ->
          Optional.of(CallDiagnostics.calleeNotReadable(network, unreadable.reason()));
      case Library.Result.Unknown _ ->
          Optional.of(Diagnostics.unknownName("network", network, declared));
    };
  }
}
