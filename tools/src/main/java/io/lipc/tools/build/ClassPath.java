package io.lipc.tools.build;

import io.lipc.compiler.library.CarriedNetworks;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.BoundedFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Folders and jars, as javac would be given them. */
final class ClassPath implements CarriedNetworks.Resources {

  private final List<Path> entries;

  private ClassPath(List<Path> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Entries between the separators of this platform. */
  static ClassPath parse(String entries) {
    return new ClassPath(
        Stream.of(entries.split(Pattern.quote(File.pathSeparator)))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList());
  }

  /** All about a network comes from where its certificate is found first. */
  @Override
  public Optional<byte[]> read(String network, String path) {
    return entries.stream()
        .filter(entry -> read(entry, Origin.certificateResource(network)).isPresent())
        .findFirst()
        .flatMap(entry -> read(entry, path));
  }

  /** Whether there is a type of that qualified name. */
  boolean hasType(String name) {
    String path = name.replace('.', '/') + ".class";
    return entries.stream().anyMatch(entry -> read(entry, path).isPresent());
  }

  /** Reads a file of an entry; one that cannot be read counts as absent, as for javac. */
  private static Optional<byte[]> read(Path entry, String path) {
    try {
      if (Files.isDirectory(entry)) {
        Path file = entry.resolve(path);
        return Files.isRegularFile(file)
            ? Optional.of(BoundedFile.readRegular(file))
            : Optional.empty();
      }
      return Files.isRegularFile(entry) ? readJar(entry, path) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> readJar(Path jar, String path) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(path);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream stream = zip.getInputStream(entry)) {
        return Optional.of(BoundedFile.read(stream, BoundedFile.MAX_BYTES));
      }
    }
  }
}
