package io.lipc.processor;

import io.lipc.certificate.ClaimKind;
import io.lipc.compiler.Compilation;
import io.lipc.compiler.emission.GeneratedClass;
import io.lipc.compiler.library.Callee;
import io.lipc.compiler.library.Origin;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.compiler.proof.Counterexamples;
import io.lipc.compiler.report.HelpBase;
import io.lipc.formats.OneLine;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.model.diagnostic.Severity;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** Messages and files, by way of javac. */
final class Output implements Counterexamples {

  private final Messager messager;
  private final Filer filer;
  private final DiagnosticLog log;
  private boolean givesNotes = true;

  Output(ProcessingEnvironment environment, Optional<Path> root) {
    log = new DiagnosticLog(environment, root);
    messager = environment.getMessager();
    filer = environment.getFiler();
  }

  /** Everything that is reported is written to {@code file} at the end as well. */
  void logTo(Path file) {
    log.writeTo(file);
  }

  /** Makes the rules of the SARIF file name their pages below {@code base}. */
  void linkTo(HelpBase base) {
    log.linkTo(base);
  }

  /** Notes about networks are neither printed nor written to the file from now on. */
  void silenceNotes() {
    givesNotes = false;
  }

  void end() {
    log.write().ifPresent(fault -> warn(fault));
  }

  void report(Located located) {
    boolean isNote = located.diagnostic().severity() == Severity.NOTE;
    if (Suppressions.silence(located) || (isNote && !givesNotes)) {
      return;
    }
    log.add(located);
    Diagnostic.Kind kind = kind(located.diagnostic());
    Position position = located.position();
    Element element = position.element();
    String message = located.message();
    if (position.annotation().isEmpty()) {
      messager.printMessage(kind, message, element);
    } else if (position.value().isEmpty()) {
      messager.printMessage(kind, message, element, position.annotation().get());
    } else {
      messager.printMessage(
          kind, message, element, position.annotation().get(), position.value().get());
    }
  }

  /** A fault of no place in any source. */
  void report(io.lipc.model.diagnostic.Diagnostic fault) {
    log.add(fault);
    messager.printMessage(kind(fault), fault.message());
  }

  private static Diagnostic.Kind kind(io.lipc.model.diagnostic.Diagnostic diagnostic) {
    return switch (diagnostic.severity()) {
      case ERROR -> Diagnostic.Kind.ERROR;
      case WARNING -> Diagnostic.Kind.WARNING;
      case NOTE -> Diagnostic.Kind.NOTE;
    };
  }

  /** An option that cannot mean what was meant. */
  void warn(String message) {
    messager.printMessage(Diagnostic.Kind.WARNING, OneLine.each(message));
  }

  /**
   * Prints a note, which is no fault of the declared networks and which no option makes an error.
   */
  void note(String message) {
    messager.printMessage(Diagnostic.Kind.NOTE, OneLine.each(message));
  }

  /** One line of the log of a build. */
  void tell(String line) {
    if (givesNotes) {
      note(line);
    }
  }

  /** The class is created first and written last: nothing is written where it cannot be. */
  void write(Compilation.Compiled compiled, Declared declared) {
    TypeElement origin = declared.origin();
    Callee callee = compiled.proof().callee();
    String name = callee.origin().generatedClass();
    try {
      FileObject source = filer.createSourceFile(name, origin);
      compiled.others().forEach(other -> write(compiled.network(), other, origin));
      resource(
          Origin.certificateResource(compiled.network()), compiled.proof().certificate(), origin);
      writeClaims(compiled, origin);
      resource(Origin.resource(compiled.network()), callee.origin().toText(), origin);
      if (declared.ships().isPresent()) {
        resource(declared.ships().get().resource(), declared.ships().get().content(), origin);
      }
      try (Writer writer = source.openWriter()) {
        writer.write(compiled.source());
      }
    } catch (FilerException e) {
      report(Located.of(Position.of(origin), Diagnostics.duplicateName("class", name)));
    } catch (IOException e) {
      report(Located.of(Position.of(origin), ProofDiagnostics.internalFault("emit", e)));
    }
  }

  /**
   * Writes the certificates of claims, and deletes those that an earlier build has left: they would
   * be taken for claims of this network.
   */
  private void writeClaims(Compilation.Compiled compiled, TypeElement origin) throws IOException {
    Set<ClaimKind> written = EnumSet.noneOf(ClaimKind.class);
    for (ProvedClaim claim : compiled.proof().claims()) {
      resource(claim.kind().resource(compiled.network()), claim.certificate(), origin);
      written.add(claim.kind());
    }
    for (ClaimKind kind : ClaimKind.further()) {
      if (!written.contains(kind)) {
        deleteOld(kind.resource(compiled.network()));
      }
    }
  }

  private void write(String network, GeneratedClass generated, TypeElement origin) {
    switch (generated) {
      case GeneratedClass.Omitted omitted ->
          messager.printMessage(
              Diagnostic.Kind.NOTE,
              "network `%s` has no class for %s: %s"
                  .formatted(network, omitted.backend().title(), omitted.reason()),
              origin);
      case GeneratedClass.Written written -> {
        try (Writer writer = filer.createSourceFile(written.name(), origin).openWriter()) {
          writer.write(written.source());
        } catch (FilerException e) {
          report(
              Located.of(Position.of(origin), Diagnostics.duplicateName("class", written.name())));
        } catch (IOException e) {
          report(Located.of(Position.of(origin), ProofDiagnostics.internalFault("emit", e)));
        }
      }
    }
  }

  private void resource(String path, String text, TypeElement origin) throws IOException {
    resource(path, text.getBytes(StandardCharsets.UTF_8), origin);
  }

  private void resource(String path, byte[] content, TypeElement origin) throws IOException {
    FileObject file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", path, origin);
    try (var stream = file.openOutputStream()) {
      stream.write(content);
    }
  }

  /**
   * Deletes a file of an earlier compilation, which would be read as a part of this one. A filer
   * cannot delete, so this needs a class output in the file system.
   */
  private void deleteOld(String path) throws IOException {
    URI old;
    try {
      old = filer.getResource(StandardLocation.CLASS_OUTPUT, "", path).toUri();
    } catch (FileNotFoundException | NoSuchFileException none) {
      return;
    }
    if ("file".equals(old.getScheme())) {
      Files.deleteIfExists(Path.of(old));
    }
  }

  /** Writes the file beside the generated sources, so that no jar ships it. */
  @Override
  public String write(String network, String json) {
    String path = "lipc/" + network + ".counterexample.json";
    try {
      FileObject file = filer.createResource(StandardLocation.SOURCE_OUTPUT, "", path);
      try (Writer writer = file.openWriter()) {
        writer.write(json);
      }
      return path + " below the folder of generated sources";
    } catch (IOException e) {
      return "no file, since " + path + " could not be written (" + e.getMessage() + ")";
    }
  }
}
