package io.lipc.processor;

import io.lipc.compiler.reading.FileFinder;
import io.lipc.formats.BoundedFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * Files by way of javac: class output (Maven has copied the resources there by then), then the
 * source path, then the folder of {@code -Alipc.root}. There, {@code src/main/resources} is looked
 * at first: Gradle has resources in a folder of their own, and IDEs copy them when they like.
 */
final class FilerFiles implements FileFinder {

  private static final String RESOURCES = "src/main/resources";

  private final Filer filer;
  private final Optional<Path> root;

  FilerFiles(Filer filer, Optional<Path> root) {
    this.filer = filer;
    this.root = root;
  }

  @Override
  public List<String> roots() {
    List<String> roots = new ArrayList<>(List.of("class output", "source path"));
    root.ifPresent(_ -> roots.add("-Alipc.root"));
    return roots;
  }

  @Override
  public Result find(String packageName, String name) {
    Optional<String> refused = FileFinder.refuse(name);
    if (refused.isPresent()) {
      return new Result.NotFound(refused.get());
    }
    String inPackage = packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
    for (Place place : places(inPackage, name)) {
      try {
        Optional<byte[]> content = read(place);
        if (content.isPresent()) {
          return new Result.Found(content.get(), place.resource(), path -> beside(place, path));
        }
      } catch (IOException e) {
        return unreadable(e);
      }
    }
    return notFound();
  }

  /** In the first place with a file of such a name, as that place calls it. */
  @Override
  public Optional<String> near(String packageName, String name) {
    String inPackage = packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
    return FileFinder.refuse(name).isPresent()
        ? Optional.empty()
        : places(inPackage, name).stream()
            .flatMap(place -> file(place).flatMap(FileFinder::near).stream())
            .findFirst();
  }

  /** Where a file would be, if that is a folder of the machine. */
  private Optional<Path> file(Place place) {
    return switch (place) {
      case Place.Folder folder -> Optional.of(folder.folder().resolve(folder.path()));
      case Place.Javac(StandardLocation location, String path) -> {
        try {
          URI uri = filer.getResource(location, "", path).toUri();
          yield "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
          yield Optional.empty();
        }
      }
    };
  }

  private static Result notFound() {
    return new Result.NotFound("there is no such file");
  }

  private static Result unreadable(IOException e) {
    return new Result.NotFound(e.getMessage() == null ? "it cannot be read" : e.getMessage());
  }

  /** A place where a file may be, and the file's path from there. */
  private sealed interface Place {

    String path();

    /** The path within the jar, of a file that will be part of it. */
    Optional<String> resource();

    /** The same place for another path. */
    Place at(String other);

    record Javac(StandardLocation location, String path) implements Place {
      @Override
      public Optional<String> resource() {
        return location == StandardLocation.CLASS_OUTPUT ? Optional.of(path) : Optional.empty();
      }

      @Override
      public Place at(String other) {
        return new Javac(location, other);
      }
    }

    record Folder(Path root, Path folder, String path, boolean ships) implements Place {
      @Override
      public Optional<String> resource() {
        return ships ? Optional.of(path) : Optional.empty();
      }

      @Override
      public Place at(String other) {
        return new Folder(root, folder, other, ships);
      }
    }
  }

  /** One after the other. */
  private List<Place> places(String inPackage, String name) {
    List<String> paths = inPackage.equals(name) ? List.of(name) : List.of(inPackage, name);
    List<Place> places = new ArrayList<>();
    for (StandardLocation location :
        List.of(StandardLocation.CLASS_OUTPUT, StandardLocation.SOURCE_PATH)) {
      paths.forEach(path -> places.add(new Place.Javac(location, path)));
    }
    if (root.isPresent()) {
      Path resources = root.get().resolve(RESOURCES);
      paths.forEach(path -> places.add(new Place.Folder(root.get(), resources, path, true)));
      places.add(new Place.Folder(root.get(), root.get(), name, false));
    }
    return places;
  }

  /** A file of the folder that another one was found in: there, and nowhere else. */
  private Result beside(Place place, String path) {
    Optional<String> refused = FileFinder.refuse(path);
    if (refused.isPresent()) {
      return new Result.NotFound(refused.get());
    }
    String folder = place.path().substring(0, place.path().lastIndexOf('/') + 1);
    Place other = place.at(folder + path);
    try {
      return read(other, path)
          .<Result>map(content -> new Result.Found(content, other.resource()))
          .orElseGet(FilerFiles::notFound);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private Optional<byte[]> read(Place place) throws IOException {
    return read(place, place.path());
  }

  /**
   * The content of a file; empty where there is none.
   *
   * @param below the end of its path, which no link may lead out of what is before it
   */
  private Optional<byte[]> read(Place place, String below) throws IOException {
    return switch (place) {
      case Place.Javac(StandardLocation location, String path) -> read(location, path, below);
      case Place.Folder(Path top, Path folder, String path, _) -> {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
          yield Optional.empty();
        }
        requireBelow(top, file);
        requireBelow(before(file, below), file);
        yield Optional.of(readBounded(Files.newInputStream(file)));
      }
    };
  }

  private Optional<byte[]> read(StandardLocation location, String path, String below)
      throws IOException {
    FileObject file;
    try {
      file = filer.getResource(location, "", path);
    } catch (IOException | IllegalArgumentException e) {
      // How the absence of a file shows depends on the file manager; it is not a fault by itself.
      return Optional.empty();
    }
    if ("file".equals(file.toUri().getScheme())) {
      Path real = Path.of(file.toUri());
      if (!Files.exists(real)) {
        return Optional.empty();
      }
      requireNoPipe(real);
      requireBelow(before(real, path), real);
      requireBelow(before(real, below), real);
    }
    Optional<InputStream> stream = opened(file);
    return stream.isEmpty() ? Optional.empty() : Optional.of(readBounded(stream.get()));
  }

  /** Empty where there is no file, or a folder. */
  private static Optional<InputStream> opened(FileObject file) {
    try {
      return Optional.of(file.openInputStream());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Refuses a pipe: opening one waits for a writer, which may never come. */
  private static void requireNoPipe(Path file) throws IOException {
    if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
      throw new IOException("it is not a regular file");
    }
  }

  /** The folder that a path which ends a file's leads from. */
  private static Path before(Path file, String path) {
    Path folder = file;
    for (int i = 0; i < Path.of(path).getNameCount() && folder.getParent() != null; i++) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** A link in an output folder could lead anywhere. */
  private static void requireBelow(Path root, Path file) throws IOException {
    if (!file.toRealPath().startsWith(root.toRealPath())) {
      throw new IOException("the file is a link that leaves its root");
    }
  }

  private static byte[] readBounded(InputStream stream) throws IOException {
    try (stream) {
      return BoundedFile.read(stream, BoundedFile.MAX_BYTES);
    }
  }
}
