package io.lipc.processor;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.UnitLists;
import io.lipc.compiler.Callee;
import io.lipc.compiler.Library;
import io.lipc.compiler.Origin;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.model.Norm;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * Networks that were compiled before: by this module in an earlier run, or by a module on the class
 * path. They are read from what their jars carry, never from their methods, whose parameter names a
 * class file does not keep.
 */
final class FilerLibrary implements Library {

  private final Filer filer;
  private final Elements elements;

  /** Networks that several others call are read once. */
  private final Map<String, Result> known = new HashMap<>();

  FilerLibrary(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
  }

  @Override
  public Result find(String network) {
    return find(network, Set.of());
  }

  private Result find(String network, Set<String> callers) {
    if (callers.contains(network)) {
      return new Result.Unreadable("its certificate calls itself");
    }
    Result result = known.get(network);
    if (result == null) {
      result = read(network, callers);
      known.put(network, result);
    }
    return result;
  }

  private Result read(String network, Set<String> callers) {
    Optional<byte[]> text = resource(network, Origin.certificateResource(network));
    if (text.isEmpty()) {
      return new Result.Unknown();
    }
    try {
      return read(network, text.get(), callers);
    } catch (FormatException e) {
      return new Result.Unreadable(e.getMessage());
    }
  }

  private Result read(String network, byte[] text, Set<String> callers) throws FormatException {
    Certificate certificate = CertificateText.read(new String(text, StandardCharsets.UTF_8));
    if (!certificate.network().equals(network)) {
      return new Result.Unreadable("its certificate is about `" + certificate.network() + "`");
    }
    Optional<byte[]> originText = resource(network, Origin.resource(network));
    if (originText.isEmpty()) {
      return new Result.Unreadable("its origin is missing beside its certificate");
    }
    Origin origin = Origin.parse(new String(originText.get(), StandardCharsets.UTF_8));
    Weights weights = Weights.of(List.of());
    // The checker has to see weights that a certificate about free parameters does not name.
    if (!certificate.tensors().isEmpty() || origin.weightsResource().isPresent()) {
      Optional<byte[]> file = origin.weightsResource().flatMap(path -> resource(network, path));
      if (file.isEmpty()) {
        return new Result.Unreadable("its weights are not part of its jar");
      }
      weights = Safetensors.read(file.get()).rounded(certificate.type());
    }
    Set<String> path = new TreeSet<>(callers);
    path.add(network);
    Map<String, Subject> callees = new HashMap<>();
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
        if (!(find(call.network(), path) instanceof Result.Found found)) {
          return new Result.Unreadable("it calls `" + call.network() + "`, which cannot be read");
        }
        callees.put(call.network(), found.callee().subject());
      }
    }
    Signature signature =
        new Signature(
            network,
            Shape.vector(certificate.inputSize()),
            Shape.vector(certificate.outputSize()),
            norm(certificate.norms().input()),
            norm(certificate.norms().output()),
            UnitLists.precisionOf(certificate.type()));
    Subject subject = new Subject(certificate, Digest.of(text), weights, callees);
    return new Result.Found(new Callee(signature, subject, origin));
  }

  private static Norm norm(io.lipc.certificate.Norm norm) {
    return switch (norm) {
      case L2 -> Norm.L2;
      case LINF -> Norm.LINF;
    };
  }

  /** A resource from where the generated class of the network is found. */
  private Optional<byte[]> resource(String network, String path) {
    return read(() -> filer.getResource(StandardLocation.CLASS_OUTPUT, "", path).openInputStream())
        .or(
            () ->
                anchor(network)
                    .flatMap(anchor -> read(() -> open(besides(anchor, network, path)))));
  }

  /**
   * The class file of the generated class. javac lists only what could be packages in a jar, so
   * nothing below META-INF can be asked for; but where the class is, the rest is.
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
        return Optional.of(place.find().toUri());
      } catch (IOException | IllegalArgumentException e) {
        // How the absence of a file shows depends on the file manager; it is no fault by itself.
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

  /** Without the JVM's cache of open jars: a later build may replace the jar. */
  private static InputStream open(URI uri) throws IOException {
    URLConnection connection = uri.toURL().openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static Optional<byte[]> read(StreamAt place) {
    try (InputStream stream = place.open()) {
      return Optional.of(stream.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      // As above.
      return Optional.empty();
    }
  }

  /** Where a file may be. */
  private interface FileAt {
    FileObject find() throws IOException;
  }

  /** Where a file may be read. */
  private interface StreamAt {
    InputStream open() throws IOException;
  }
}
