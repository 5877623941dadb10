package io.lipc.tools.report;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders and jars that resources are looked up in, as a class loader does. */
final class ModuleRoots implements AutoCloseable {

  private final List<Path> roots = new ArrayList<>();
  private final List<FileSystem> jars = new ArrayList<>();

  private ModuleRoots() {}

  /** Opens them; what is neither folder nor jar has no resources. */
  static ModuleRoots open(List<Path> places) throws IOException {
    ModuleRoots opened = new ModuleRoots();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        opened.roots.add(place);
      } else if (Files.isRegularFile(place) && place.toString().endsWith(".jar")) {
        FileSystem jar = FileSystems.newFileSystem(place);
        opened.jars.add(jar);
        opened.roots.add(jar.getPath("/"));
      }
    }
    return opened;
  }

  /** The content of the first file of that name. */
  Optional<byte[]> find(String resource) throws IOException {
    for (Path root : roots) {
      Path file = root.resolve(resource).normalize();
      if (file.startsWith(root) && Files.isRegularFile(file)) {
        return Optional.of(Files.readAllBytes(file));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    for (FileSystem jar : jars) {
      jar.close();
    }
  }
}
