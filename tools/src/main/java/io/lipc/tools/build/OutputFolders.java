package io.lipc.tools.build;

import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folders of generated sources and resources, and the class output that both end in. Files are
 * named {@code source:PATH} and {@code resource:PATH}.
 */
final class OutputFolders {

  private static final String SOURCE = "source:";
  private static final String RESOURCE = "resource:";
  private static final String JAVA = ".java";

  private final Path sources;
  private final Path resources;
  private final Path classes;

  OutputFolders(Path sources, Path resources, Path classes) {
    this.sources = sources;
    this.resources = resources;
    this.classes = classes;
  }

  /** The name of the source of a class. */
  static String source(String className) {
    return SOURCE + className.replace('.', '/') + JAVA;
  }

  static String resource(String path) {
    return RESOURCE + path;
  }

  private Path folder(String name) {
    return name.startsWith(SOURCE) ? sources : resources;
  }

  private static String path(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private Path file(String name) {
    return folder(name).resolve(path(name));
  }

  /** Whether all files are there as they were written. */
  boolean hold(Map<String, String> digests) throws IOException {
    for (Map.Entry<String, String> expected : digests.entrySet()) {
      Path file = file(expected.getKey());
      if (!Files.isRegularFile(file)
          || !BuildState.digest(Files.readAllBytes(file)).equals(expected.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Removes old files that are not written again, then writes those that are new or differ. */
  void replace(Set<String> old, SortedMap<String, byte[]> outputs) throws IOException {
    Set<String> stale = new TreeSet<>(old);
    stale.removeAll(outputs.keySet());
    for (String name : stale) {
      remove(name);
    }
    for (Map.Entry<String, byte[]> output : outputs.entrySet()) {
      Path file = file(output.getKey());
      if (!Files.isRegularFile(file)
          || !Arrays.equals(Files.readAllBytes(file), output.getValue())) {
        Files.createDirectories(file.getParent());
        AtomicFile.write(file, output.getValue());
      }
    }
  }

  /**
   * Removes a file, together with its copy or its classes in the class output: no later goal of
   * Maven removes those.
   */
  private void remove(String name) throws IOException {
    delete(folder(name), path(name));
    if (name.startsWith(RESOURCE)) {
      delete(classes, path(name));
      return;
    }
    String stem = path(name).substring(0, path(name).length() - JAVA.length());
    int slash = stem.lastIndexOf('/');
    String simple = stem.substring(slash + 1);
    Path folder = slash < 0 ? classes : classes.resolve(stem.substring(0, slash));
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String found = file.getFileName().toString();
        if (found.equals(simple + ".class")
            || (found.startsWith(simple + "$") && found.endsWith(".class"))) {
          delete(classes, classes.relativize(file).toString());
        }
      }
    }
  }

  /** The file and the folders that it leaves empty. */
  private static void delete(Path folder, String path) throws IOException {
    Path file = folder.resolve(path);
    if (!file.normalize().startsWith(folder.normalize())) {
      throw new IOException(path + " does not stay below " + folder);
    }
    Files.deleteIfExists(file);
    try {
      Path parent = file.getParent();
      while (parent != null && !parent.equals(folder) && Files.isDirectory(parent)) {
        Files.delete(parent);
        parent = parent.getParent();
      }
    } catch (DirectoryNotEmptyException e) {
      // Others have files there.
    }
  }
}
