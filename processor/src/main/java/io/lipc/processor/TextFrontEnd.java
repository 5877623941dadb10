package io.lipc.processor;

import io.lipc.compiler.foreign.ForeignFile;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.SourceText;
import io.lipc.dsl.TextFinding;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.processor.Located.InText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Reads the texts that annotated interfaces refer to. A file is parsed once however many interfaces
 * name it, and all its networks are compiled; a network without an interface of its own belongs to
 * the first interface that names the file.
 */
final class TextFrontEnd {

  private static final String ANNOTATION = "CertifiedNetwork";

  private final Elements elements;
  private final FileFinder files;
  private final List<Declared> declared = new ArrayList<>();
  private final List<Located> faults = new ArrayList<>();
  private final Set<String> faulty = new TreeSet<>();
  private final List<Parsed> texts = new ArrayList<>();

  private TextFrontEnd(Elements elements, FileFinder files) {
    this.elements = elements;
    this.files = files;
  }

  /** The declarations of all texts; {@code faulty} names the networks that could not be read. */
  record Result(
      List<Declared> declared, List<Located> faults, Set<String> faulty, List<Parsed> texts) {}

  /** One text, and how a fault of it becomes a message for javac. */
  record Parsed(ParsedFile file, Function<TextFinding, Located> locate) {}

  /** Whether the interface refers to a text instead of declaring layers itself. */
  static boolean refersToText(TypeElement type, Elements elements) {
    Annotated annotation = annotation(type, elements);
    return annotation.written("value").isPresent() || annotation.written("dsl").isPresent();
  }

  static Result read(Collection<TypeElement> types, Elements elements, FileFinder files) {
    TextFrontEnd frontEnd = new TextFrontEnd(elements, files);
    Map<String, List<TypeElement>> byFile = new TreeMap<>();
    for (TypeElement type : types) {
      Annotated annotation = annotation(type, elements);
      if (!frontEnd.checkAlone(type, annotation)) {
        frontEnd.faulty.add(Names.network(type, elements));
        continue;
      }
      if (annotation.written("dsl").isPresent()) {
        frontEnd.readInline(type, annotation);
      } else {
        String key = Names.packageName(type, elements) + "/" + annotation.text("value");
        byFile.computeIfAbsent(key, _ -> new ArrayList<>()).add(type);
      }
    }
    byFile.values().forEach(frontEnd::readFile);
    return new Result(frontEnd.declared, frontEnd.faults, frontEnd.faulty, frontEnd.texts);
  }

  static Annotated annotation(TypeElement type, Elements elements) {
    return Annotated.on(type, elements).stream()
        .filter(annotated -> annotated.is(ANNOTATION))
        .findFirst()
        .orElseThrow();
  }

  /** The text says everything: neither layers nor clauses stand beside it. */
  private boolean checkAlone(TypeElement type, Annotated annotation) {
    boolean both = annotation.written("value").isPresent() && annotation.written("dsl").isPresent();
    boolean layers =
        type.getEnclosedElements().stream()
            .anyMatch(
                member ->
                    member.getKind() == ElementKind.METHOD
                        && member.getModifiers().contains(Modifier.ABSTRACT));
    boolean clauses = Annotated.on(type, elements).size() > 1;
    if (!both && !layers && !clauses) {
      return true;
    }
    String found = both ? "a file and an inline text" : layers ? "methods" : "further annotations";
    faults.add(
        Located.of(
            Position.of(annotation),
            Diagnostics.declarationInvalid(
                "network `" + type.getSimpleName() + "` is declared in two ways at once",
                "a text alone, on an otherwise empty interface",
                found,
                "keep the text or the annotations, not both")));
    return false;
  }

  private void readInline(TypeElement type, Annotated annotation) {
    SourceText source = new SourceText(type.getSimpleName() + ".lip", annotation.text("dsl"));
    read(source, List.of(type), Position.ofMember(annotation, "dsl"), true);
  }

  private void readFile(List<TypeElement> types) {
    TypeElement first = types.getFirst();
    Annotated annotation = annotation(first, elements);
    Position position = Position.ofMember(annotation, "value");
    String name = annotation.text("value");
    switch (files.find(Names.packageName(first, elements), name)) {
      case FileFinder.Result.NotFound missing ->
          unreadable(types, position, notReadable(name, missing.reason()));
      case FileFinder.Result.Found found -> {
        Optional<ForeignFile> foreign = ForeignFile.of(found.content());
        if (foreign.isPresent() && found.content().length > 0) {
          unreadable(types, position, foreign(name, foreign.get()));
          return;
        }
        switch (SourceText.decode(name, found.content())) {
          case SourceText.Accepted accepted -> read(accepted.source(), types, position, false);
          case SourceText.Refused refused -> unreadable(types, position, refused.diagnostic());
        }
      }
    }
  }

  private static Diagnostic foreign(String name, ForeignFile kind) {
    return ProofDiagnostics.sourceForeign(name, kind.what(), kind.asModel(name));
  }

  private void unreadable(List<TypeElement> types, Position position, Diagnostic diagnostic) {
    types.forEach(type -> faulty.add(Names.network(type, elements)));
    faults.add(Located.of(position, diagnostic));
  }

  private Diagnostic notReadable(String name, String reason) {
    return ProofDiagnostics.sourceNotReadable(
        name, reason, "put it below one of: " + String.join(", ", files.roots()));
  }

  private void read(SourceText source, List<TypeElement> types, Position position, boolean inline) {
    String packageName = Names.packageName(types.getFirst(), elements);
    ParsedFile parsed = LipParser.parse(source, packageName);
    faulty.addAll(parsed.faulty());
    for (TextFinding finding : parsed.findings()) {
      faults.add(located(new InText(source, finding, inline), position));
    }
    for (TextFinding warning : parsed.warnings()) {
      faults.add(located(new InText(source, warning, inline), position));
    }
    if (parsed.packageName().isPresent() && !parsed.packageName().get().equals(packageName)) {
      faults.add(Located.of(position, otherPackage(source, parsed, packageName)));
      return;
    }
    texts.add(new Parsed(parsed, fault -> located(new InText(source, fault, inline), position)));
    for (ParsedNetwork network : parsed.networks()) {
      TypeElement origin = originOf(network, types);
      declared.add(
          new Declared(
              network.declaration(),
              origin,
              finding ->
                  locate(
                      new InText(source, network.positions().locate(finding), inline),
                      network.declaration().name(),
                      position)));
    }
    if (parsed.findings().isEmpty()) {
      checkNames(types, parsed);
    }
  }

  private static Located located(InText at, Position position) {
    return new Located(position, at.finding().diagnostic(), Optional.empty(), Optional.of(at));
  }

  private static Located locate(InText at, String network, Position position) {
    return new Located(position, at.finding().diagnostic(), Optional.of(network), Optional.of(at));
  }

  private TypeElement originOf(ParsedNetwork network, List<TypeElement> types) {
    return types.stream()
        .filter(type -> Names.network(type, elements).equals(network.declaration().name()))
        .findFirst()
        .orElse(types.getFirst());
  }

  private void checkNames(List<TypeElement> types, ParsedFile parsed) {
    Map<String, String> simpleNames = new TreeMap<>();
    for (ParsedNetwork network : parsed.networks()) {
      String name = network.declaration().name();
      simpleNames.put(name, Names.simpleName(name));
    }
    for (TypeElement type : types) {
      String name = Names.network(type, elements);
      if (!simpleNames.containsKey(name)) {
        faults.add(
            Located.of(
                Position.of(annotation(type, elements)),
                Diagnostics.unknownName(
                        "network", Names.simpleName(name), new TreeSet<>(simpleNames.values()))
                    .help(
                        "rename the interface: it has the name of the network that it stands"
                            + " for")));
      }
    }
  }

  private static Diagnostic otherPackage(SourceText source, ParsedFile parsed, String packageName) {
    Optional<String> found = parsed.packageName();
    return Diagnostics.declarationInvalid(
        "source `" + source.name() + "` is of another package than the interface that names it",
        "package " + packageName,
        "package " + found.orElse(""),
        "leave the package out of the text, or move the interface");
  }
}
