package io.lipc.processor;

import io.lipc.compiler.library.CarriedNetworks;
import io.lipc.formats.BoundedFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and weights of networks that were compiled before, by this module in an earlier
 * run or by a module on the class path. Methods of class files do not help: they do not keep the
 * names of parameters.
 */
final class FilerResources implements CarriedNetworks.Resources {

  private final Filer filer;
  private final Elements elements;

  FilerResources(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
  }

  /** A resource from where the generated class of the network is found. */
  @Override
  public Optional<byte[]> read(String network, String path) {
    return read(() -> open(filer.getResource(StandardLocation.CLASS_OUTPUT, "", path)))
        .or(
            () ->
                anchor(network).flatMap(anchor -> read(() -> open(besides(anchor, network, path)))))
        .or(() -> readOnClassPath(path));
  }

  /**
   * Eclipse's compiler is the other way round: it opens whatever a jar has, and what it gives as
   * its place opens nothing.
   */
  private Optional<byte[]> readOnClassPath(String path) {
    return read(() -> open(filer.getResource(StandardLocation.CLASS_PATH, "", path)));
  }

  /**
   * The class file of the generated class. javac lists only what could be packages in a jar, so
   * nothing below META-INF can be asked for; but where the class is, the rest is. Eclipse's
   * compiler has no place for a jar with a blank in its path.
   */
  private Optional<URI> anchor(String network) {
    String path = classFile(network);
    List<FileAt> places = new ArrayList<>();
    places.add(() -> filer.getResource(StandardLocation.CLASS_PATH, "", path));
    TypeElement type = elements.getTypeElement(network + "Network");
    ModuleElement module = type == null ? null : elements.getModuleOf(type);
    if (module != null && !module.isUnnamed()) {
      String prefix = module.getQualifiedName() + "/";
      places.add(() -> filer.getResource(StandardLocation.MODULE_PATH, prefix, path));
    }
    for (FileAt place : places) {
      try {
        Optional<URI> found = Optional.ofNullable(place.find().toUri());
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException | IllegalArgumentException e) {
        // How the absence of a file shows depends on the file manager; it is not a fault by itself.
      }
    }
    return Optional.empty();
  }

  private static String classFile(String network) {
    return network.replace('.', '/') + "Network.class";
  }

  private static URI besides(URI anchor, String network, String path) {
    String file = anchor.toString();
    return URI.create(file.substring(0, file.length() - classFile(network).length()) + path);
  }

  private static InputStream open(FileObject file) throws IOException {
    requireRegular(file.toUri());
    return file.openInputStream();
  }

  /** Folders of classes may hold pipes, and links to files that never end. */
  private static void requireRegular(@Nullable URI uri) throws IOException {
    // Eclipse's compiler has none for what is in a jar.
    if (uri != null && "file".equals(uri.getScheme()) && !Files.isRegularFile(Path.of(uri))) {
      throw new IOException("it is not a regular file");
    }
  }

  /** Opens a file without the JVM's cache of open jars: a later build may replace the jar. */
  private static InputStream open(URI uri) throws IOException {
    requireRegular(uri);
    URLConnection connection = uri.toURL().openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static Optional<byte[]> read(StreamAt place) {
    try (InputStream stream = place.open()) {
      return Optional.of(BoundedFile.read(stream, BoundedFile.MAX_BYTES));
    } catch (IOException | IllegalArgumentException e) {
      // As above.
      return Optional.empty();
    }
  }

  /** Finds a file in one place, if it is there. */
  private interface FileAt {
    FileObject find() throws IOException;
  }

  /** Opens a file in one place, if it is there. */
  private interface StreamAt {
    InputStream open() throws IOException;
  }
}
