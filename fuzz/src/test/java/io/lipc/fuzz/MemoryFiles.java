package io.lipc.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Javac's files without a disk: the class path is that of the JVM, and is read once for all runs;
 * resources are given, and what is written is forgotten.
 */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {

  private static final Set<Location> OURS =
      Set.of(
          StandardLocation.CLASS_OUTPUT,
          StandardLocation.SOURCE_OUTPUT,
          StandardLocation.SOURCE_PATH);

  private Map<String, byte[]> resources = Map.of();

  MemoryFiles(StandardJavaFileManager files) {
    super(files);
  }

  /** Begins a run, in which these resources lie in the class output, by their paths. */
  void lay(Map<String, byte[]> paths) {
    resources = Map.copyOf(paths);
  }

  /** A file of one run. */
  static final class MemoryFile extends SimpleJavaFileObject {
    private byte[] content;
    private final boolean exists;
    private final boolean generated;

    private MemoryFile(String path, Kind kind, byte[] content, boolean exists, boolean generated) {
      super(URI.create("memory:///" + path.replaceAll("[^A-Za-z0-9_./-]", "_")), kind);
      this.content = content;
      this.exists = exists;
      this.generated = generated;
    }

    static MemoryFile source(String path, String text) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      return new MemoryFile(path, Kind.SOURCE, content, true, false);
    }

    /** Whether it was written during the run. */
    boolean isGenerated() {
      return generated;
    }

    @Override
    public InputStream openInputStream() throws NoSuchFileException {
      if (!exists) {
        throw new NoSuchFileException(getName());
      }
      return new ByteArrayInputStream(content);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public OutputStream openOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          content = toByteArray();
        }
      };
    }
  }

  private MemoryFile resource(String packageName, String name) {
    String path = packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
    byte[] found = resources.get(path);
    return new MemoryFile(
        path, JavaFileObject.Kind.OTHER, found == null ? new byte[0] : found, found != null, false);
  }

  @Override
  public boolean hasLocation(Location location) {
    return OURS.contains(location) || super.hasLocation(location);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    return OURS.contains(location) ? List.of() : super.list(location, packageName, kinds, recurse);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    boolean memory = a instanceof MemoryFile || b instanceof MemoryFile;
    return memory ? a == b : super.isSameFile(a, b);
  }

  @Override
  public FileObject getFileForInput(Location location, String packageName, String name)
      throws IOException {
    return OURS.contains(location)
        ? resource(packageName, name)
        : super.getFileForInput(location, packageName, name);
  }

  @Override
  public FileObject getFileForOutput(
      Location location, String packageName, String name, FileObject sibling) {
    return resource(packageName, name);
  }

  @Override
  public FileObject getFileForOutputForOriginatingFiles(
      Location location, String packageName, String name, FileObject... from) {
    return resource(packageName, name);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    String path = className.replace('.', '/') + kind.extension;
    return new MemoryFile(path, kind, new byte[0], true, true);
  }

  @Override
  public JavaFileObject getJavaFileForOutputForOriginatingFiles(
      Location location, String className, JavaFileObject.Kind kind, FileObject... from) {
    return getJavaFileForOutput(location, className, kind, null);
  }
}
