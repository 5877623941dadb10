package io.lipc.tools.build;

import io.lipc.compiler.reading.FileFinder;
import io.lipc.formats.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds files that texts of a project name: beside the texts or among the resources, below each
 * root in the package, then in the root.
 */
final class SourceFiles implements FileFinder {

  private final List<Path> texts;
  private final List<Path> roots = new ArrayList<>();

  SourceFiles(List<Path> texts, List<Path> resources) {
    this.texts = List.copyOf(texts);
    roots.addAll(texts);
    roots.addAll(resources);
  }

  @Override
  public List<String> roots() {
    return roots.stream().map(Path::toString).toList();
  }

  @Override
  public String place(String packageName, String name) {
    String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return roots.getFirst().resolve(folder + name).toString();
  }

  @Override
  public Optional<String> near(String packageName, String name) {
    String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return FileFinder.refuse(name).isPresent()
        ? Optional.empty()
        : roots.stream()
            .flatMap(root -> Stream.of(folder + name, name).map(root::resolve))
            .flatMap(file -> FileFinder.near(file).stream())
            .findFirst();
  }

  @Override
  public Result find(String packageName, String name) {
    Optional<String> refused = FileFinder.refuse(name);
    if (refused.isPresent()) {
      return new Result.NotFound(refused.get());
    }
    String inPackage = packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
    try {
      for (Path root : roots) {
        for (String path : inPackage.equals(name) ? List.of(name) : List.of(inPackage, name)) {
          Path file = root.resolve(path);
          if (Files.isRegularFile(file)) {
            return file.toRealPath().startsWith(root.toRealPath())
                ? new Result.Found(BoundedFile.readRegular(file), Optional.of(path))
                : new Result.NotFound("the file is a link that leaves its root");
          }
        }
      }
      return new Result.NotFound("there is no such file");
    } catch (IOException e) {
      return new Result.NotFound("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** The file beside the texts that has to be copied to be the resource; empty for others. */
  Optional<Path> besideTexts(String resource) {
    return texts.stream()
        .map(root -> root.resolve(resource))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
