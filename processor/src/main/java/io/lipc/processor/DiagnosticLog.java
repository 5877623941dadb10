package io.lipc.processor;

import io.lipc.compiler.report.DiagnosticFile;
import io.lipc.compiler.report.HelpBase;
import io.lipc.compiler.report.Reported;
import io.lipc.model.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** All diagnostics of one compilation, for the file that {@code -Alipc.diagnostics} names. */
final class DiagnosticLog {

  private final ProcessingEnvironment environment;
  private final SourcePlaces places;
  private final List<Reported> all = new ArrayList<>();
  private Optional<Path> file = Optional.empty();
  private Optional<HelpBase> helpBase = Optional.empty();

  DiagnosticLog(ProcessingEnvironment environment, Optional<Path> root) {
    this.environment = environment;
    this.places = new SourcePlaces(environment, root);
  }

  void writeTo(Path place) {
    file = Optional.of(place);
  }

  void linkTo(HelpBase base) {
    helpBase = Optional.of(base);
  }

  void add(Located located) {
    // Elements live for one round only, so places are looked up now.
    Optional<String> network = located.network().or(() -> network(located.position().element()));
    all.add(new Reported(located.diagnostic(), network, places.of(located)));
  }

  void add(Diagnostic diagnostic) {
    all.add(new Reported(diagnostic, Optional.empty(), Optional.empty()));
  }

  private Optional<String> network(Element element) {
    Element at = element;
    while (at != null && !(at instanceof TypeElement)) {
      at = at.getEnclosingElement();
    }
    return at instanceof TypeElement type
        ? Optional.of(Names.network(type, environment.getElementUtils()))
        : Optional.empty();
  }

  /** Writes the file, if one is wanted; the result says what went wrong. */
  Optional<String> write() {
    try {
      if (file.isPresent()) {
        DiagnosticFile.write(file.get(), all, helpBase);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("diagnostics cannot be written: " + e.getMessage());
    }
  }
}
