package io.lipc.processor;

import io.lipc.compiler.reading.FileFinder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.JavaFileManager;
import javax.tools.StandardLocation;

/**
 * Files by way of javac: class output (Maven has copied the resources there by then), then the
 * source path, then the folder of {@code -Alipc.root}. There, {@code src/main/resources} is looked
 * at first: Gradle has resources in a folder of their own, and IDEs copy them when they like.
 */
final class FilerFiles implements FileFinder {

  private static final long MAX_BYTES = 1L << 30;
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
    List<String> paths = inPackage.equals(name) ? List.of(name) : List.of(inPackage, name);
    try {
      for (JavaFileManager.Location location :
          List.of(StandardLocation.CLASS_OUTPUT, StandardLocation.SOURCE_PATH)) {
        for (String path : paths) {
          Optional<byte[]> content = read(location, path);
          if (content.isPresent()) {
            boolean ships = location == StandardLocation.CLASS_OUTPUT;
            return new Result.Found(content.get(), ships ? Optional.of(path) : Optional.empty());
          }
        }
      }
      return root.isPresent() ? readBelow(root.get(), paths) : notFound();
    } catch (IOException e) {
      return new Result.NotFound(e.getMessage() == null ? "it cannot be read" : e.getMessage());
    }
  }

  private static Result notFound() {
    return new Result.NotFound("there is no such file");
  }

  private static Result readBelow(Path root, List<String> paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(RESOURCES).resolve(path);
      if (Files.isRegularFile(file)) {
        return new Result.Found(readBelow(root, file), Optional.of(path));
      }
    }
    Path file = root.resolve(paths.getLast());
    return Files.isRegularFile(file)
        ? new Result.Found(readBelow(root, file), Optional.empty())
        : notFound();
  }

  private static byte[] readBelow(Path root, Path file) throws IOException {
    requireBelow(root, file);
    return readBounded(Files.newInputStream(file));
  }

  /** The content of a file at a location; empty where javac has none there. */
  private Optional<byte[]> read(JavaFileManager.Location location, String path) throws IOException {
    FileObject file;
    InputStream stream;
    try {
      file = filer.getResource(location, "", path);
      stream = file.openInputStream();
    } catch (IOException | IllegalArgumentException e) {
      // How the absence of a file shows depends on the file manager; it is not a fault by itself.
      return Optional.empty();
    }
    try (stream) {
      requireBelowItsRoot(file.toUri(), path);
      return Optional.of(readBounded(stream));
    }
  }

  /** A link in an output folder could lead anywhere. */
  private static void requireBelowItsRoot(URI uri, String path) throws IOException {
    if (!"file".equals(uri.getScheme())) {
      return;
    }
    Path file = Path.of(uri);
    Path root = file;
    for (int i = 0; i < Path.of(path).getNameCount() && root.getParent() != null; i++) {
      root = root.getParent();
    }
    requireBelow(root, file);
  }

  private static void requireBelow(Path root, Path file) throws IOException {
    if (!file.toRealPath().startsWith(root.toRealPath())) {
      throw new IOException("the file is a link that leaves its root");
    }
  }

  private static byte[] readBounded(InputStream stream) throws IOException {
    try (stream) {
      byte[] content = stream.readNBytes((int) MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IOException("the file is larger than 1 GiB");
      }
      return content;
    }
  }
}
