package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Model;
import io.lipc.tools.page.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The networks that a compiled module carries below {@code META-INF/lipc}, for a report. */
final class ModuleInputs {

  private static final String ORIGIN = ".origin.json";

  private final ModuleRoots roots;

  /** Networks that several others call are read once. */
  private final Map<String, Subject> known = new HashMap<>();

  private ModuleInputs(ModuleRoots roots) {
    this.roots = roots;
  }

  /** Whether {@code path} is a folder of classes rather than a model. */
  static boolean isModule(Path path) {
    return Files.isDirectory(path);
  }

  /**
   * The networks of a module, by name.
   *
   * @param classes its folder of classes
   * @param classPath where networks that it calls may be
   */
  static List<ReportInput> read(Path classes, List<Path> classPath) throws InputError {
    List<Path> places = new ArrayList<>(List.of(classes));
    places.addAll(classPath);
    try (ModuleRoots roots = ModuleRoots.open(places)) {
      ModuleInputs module = new ModuleInputs(roots);
      List<ReportInput> inputs = new ArrayList<>();
      for (String network : networks(classes)) {
        inputs.add(module.input(network));
      }
      return inputs;
    } catch (IOException e) {
      throw new InputError(Model.unreadable(classes, e));
    }
  }

  private static List<String> networks(Path classes) throws IOException, InputError {
    Path folder = classes.resolve("META-INF").resolve("lipc");
    if (!Files.isDirectory(folder)) {
      throw new InputError(
          classes
              + " holds no networks: there is no folder META-INF/lipc in it; a report is about a"
              + " .lip, .nnet or .onnx file, or about a folder of compiled classes");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ORIGIN))
          .map(name -> name.substring(0, name.length() - ORIGIN.length()))
          .sorted()
          .toList();
    }
  }

  private ReportInput input(String network) throws IOException {
    try {
      Origin origin = origin(network);
      Subject subject = subject(network, Set.of());
      Certificate certificate = subject.certificate();
      String load = origin.loadsAlone() ? ".load()" : ".load(weights)";
      return new ReportInput(
          network,
          certificate.claim().norms(),
          OptionalDouble.of(certificate.declared()),
          Answer.PROVED,
          Optional.of(CertifiedNetworks.of(certificate)),
          Optional.of(subject),
          Optional.empty(),
          List.of(),
          List.of(
              origin.generatedClass() + load + ".verify();  // in Java, with the module's jar"));
    } catch (FormatException | IllegalArgumentException e) {
      return new ReportInput(
          network,
          Norms.EUCLIDEAN,
          OptionalDouble.empty(),
          Answer.REFUSED,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of("the certificate of " + network + " cannot be read: " + e.getMessage()),
          List.of());
    }
  }

  private Subject subject(String network, Set<String> callers) throws IOException, FormatException {
    Subject subject = known.get(network);
    if (subject == null) {
      subject = load(network, callers);
      known.put(network, subject);
    }
    return subject;
  }

  private Subject load(String network, Set<String> callers) throws IOException, FormatException {
    Set<String> path = new TreeSet<>(callers);
    if (!path.add(network)) {
      throw new FormatException("it calls itself");
    }
    byte[] text = resource(Origin.certificateResource(network));
    Certificate certificate = CertificateText.read(new String(text, StandardCharsets.UTF_8));
    if (!certificate.network().equals(network)) {
      throw new FormatException("it is about " + certificate.network());
    }
    Map<String, Subject> callees = new HashMap<>();
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
        callees.put(call.network(), subject(call.network(), path));
      }
    }
    return new Subject(certificate, Digest.of(text), weights(network, certificate), callees);
  }

  private Weights weights(String network, Certificate certificate)
      throws IOException, FormatException {
    Optional<String> resource = origin(network).weightsResource();
    if (resource.isPresent()) {
      return Safetensors.read(resource(resource.get())).rounded(certificate.type());
    }
    if (!certificate.tensors().isEmpty()) {
      throw new FormatException("its weights are not a resource of the module");
    }
    return Weights.of(List.of());
  }

  private Origin origin(String network) throws IOException, FormatException {
    return Origin.parse(new String(resource(Origin.resource(network)), StandardCharsets.UTF_8));
  }

  private byte[] resource(String name) throws IOException, FormatException {
    return roots
        .find(name)
        .orElseThrow(
            () -> new FormatException("there is no " + name + " in the module or its class path"));
  }
}
