package io.lipc.compiler.emission;

import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The backends to generate classes for: those of the option or, without it, those whose types the
 * compiled code can see.
 *
 * @param chosen the backends
 * @param faults of the option
 */
public record Backends(Set<Backend> chosen, List<Diagnostic> faults) {

  /** The option of javac that names backends. */
  public static final String OPTION = "lipc.backends";

  /**
   * The backends of a compilation.
   *
   * @param options javac's options for processors
   * @param isVisible whether a type of that qualified name can be referred to
   */
  public static Backends of(Map<String, String> options, Predicate<String> isVisible) {
    if (!options.containsKey(OPTION)) {
      Set<Backend> visible = EnumSet.allOf(Backend.class);
      visible.removeIf(backend -> !backend.missing(isVisible).isEmpty());
      return new Backends(visible, List.of());
    }
    Set<Backend> chosen = EnumSet.of(Backend.JVM);
    List<Diagnostic> faults = new ArrayList<>();
    String written = options.get(OPTION);
    for (String word : (written == null ? "" : written).split(",", -1)) {
      Backend.named(word.strip())
          .ifPresentOrElse(
              chosen::add,
              () -> faults.add(Diagnostics.unknownName("backend", word.strip(), Backend.words())));
    }
    for (Backend backend : List.copyOf(chosen)) {
      List<Backend.Requirement> missing = backend.missing(isVisible);
      if (!missing.isEmpty()) {
        chosen.remove(backend);
        faults.add(notAvailable(backend, missing));
      }
    }
    return new Backends(chosen, faults);
  }

  private static Diagnostic notAvailable(Backend backend, List<Backend.Requirement> missing) {
    return Diagnostics.backendNotAvailable(
        backend.word(),
        backend.requirements().stream().map(Backend.Requirement::type).toList(),
        missing.stream().map(Backend.Requirement::type).toList(),
        missing.getLast().remedy());
  }
}
