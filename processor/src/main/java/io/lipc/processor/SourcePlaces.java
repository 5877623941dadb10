package io.lipc.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.lipc.compiler.report.Reported.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * Places as files, lines and columns. javac alone tells lines, by its tree API; where that is not
 * there, as in Eclipse or behind Gradle's wrappers, the file is all that is known.
 */
final class SourcePlaces {

  private final Elements elements;
  private final Optional<Path> root;
  private final Optional<Trees> trees;

  SourcePlaces(ProcessingEnvironment environment, Optional<Path> root) {
    this.elements = environment.getElementUtils();
    this.root = root.map(path -> path.toAbsolutePath().normalize());
    this.trees = trees(environment);
  }

  private static Optional<Trees> trees(ProcessingEnvironment environment) {
    try {
      return Optional.of(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError e) {
      return Optional.empty();
    }
  }

  Optional<Location> of(Located located) {
    Optional<Located.InText> inFile = located.text().filter(in -> !in.inline());
    return inFile.isPresent()
        ? inFile.map(in -> ofText(in, located.position().element()))
        : ofElement(located.position());
  }

  private Location ofText(Located.InText in, Element element) {
    String name = in.source().name();
    String folder =
        elements.getPackageOf(element).getQualifiedName().toString().replace('.', '/') + "/";
    String file =
        List.of("src/main/resources/", "src/main/lip/", "src/main/java/", "").stream()
            .flatMap(place -> List.of(place + folder + name, place + name).stream())
            .map(path -> path.replace("//", "/"))
            .filter(path -> root.isPresent() && Files.isRegularFile(root.get().resolve(path)))
            .findFirst()
            .orElse(name);
    return new Location(file, in.finding().span().line(), in.finding().span().column());
  }

  private Optional<Location> ofElement(Position position) {
    Optional<Location> place = trees.flatMap(known -> path(known, position)).flatMap(this::start);
    return place.isPresent() ? place : ofFile(position.element());
  }

  private static Optional<TreePath> path(Trees trees, Position position) {
    Element element = position.element();
    return Optional.ofNullable(
        position.annotation().isEmpty()
            ? trees.getPath(element)
            : position.value().isEmpty()
                ? trees.getPath(element, position.annotation().get())
                : trees.getPath(element, position.annotation().get(), position.value().get()));
  }

  private Optional<Location> start(TreePath path) {
    CompilationUnitTree unit = path.getCompilationUnit();
    long offset = trees.orElseThrow().getSourcePositions().getStartPosition(unit, path.getLeaf());
    if (offset < 0) {
      return Optional.empty();
    }
    try {
      String before = unit.getSourceFile().getCharContent(true).toString();
      before = before.substring(0, (int) offset);
      int line = (int) unit.getLineMap().getLineNumber(offset);
      // Not the line map's own column, which widens tabs.
      int from = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
      int column = before.codePointCount(from, before.length()) + 1;
      return Optional.of(new Location(name(unit.getSourceFile()), line, column));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Compilers need not know files, and say so by this exception; then there is no place to name.
   */
  private Optional<Location> ofFile(Element element) {
    try {
      return Optional.ofNullable(elements.getFileObjectOf(element))
          .map(file -> new Location(name(file), 0, 0));
    } catch (UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  private String name(JavaFileObject file) {
    URI uri = file.toUri();
    if (!"file".equals(uri.getScheme())) {
      return file.getName();
    }
    Path path = Path.of(uri).toAbsolutePath().normalize();
    Path shown = root.filter(path::startsWith).map(base -> base.relativize(path)).orElse(path);
    return shown.toString().replace('\\', '/');
  }
}
