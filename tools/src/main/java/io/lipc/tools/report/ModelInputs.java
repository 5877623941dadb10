package io.lipc.tools.report;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.Method;
import io.lipc.certifier.SearchListener;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.tools.certify.Examined;
import io.lipc.tools.certify.Examiner;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.Callees;
import io.lipc.tools.files.CertificateFiles;
import io.lipc.tools.files.Message;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.PairFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The networks of a model file, each proved or refused, for a report.
 *
 * @param file the model
 * @param onnx what is said of an ONNX model
 * @param folder where certificates and pairs of inputs go
 * @param budget of each network's search
 */
record ModelInputs(
    Path file, OnnxOptions onnx, Path folder, Duration budget, SearchListener listener) {

  List<ReportInput> read() throws InputError {
    Model model = onnx.read(file);
    ModelNetworks networks = ModelNetworks.read(model, file);
    Examiner examiner =
        new Examiner(
            Method.AUTO,
            Optional.of(budget),
            Deadline.in(budget.multipliedBy(networks(model))),
            Question.asDeclared(),
            new PairFiles(folder),
            listener);
    List<Examined> all =
        switch (model) {
          case Model.Text text -> examiner.examineAll(text);
          case Model.Whole _ -> examiner.examine(model);
        };
    if (all.isEmpty()) {
      throw new InputError(file + " declares no network");
    }
    List<ReportInput> inputs = new ArrayList<>();
    for (Examined examined : all) {
      Optional<CheckedNetwork> checked = networks.checked(examined.network());
      inputs.add(input(examined, checked, declared(model, examined.network())));
    }
    return inputs;
  }

  private static int networks(Model model) {
    return switch (model) {
      case Model.Text text -> Math.max(1, text.parsed().networks().size());
      case Model.Whole _ -> 1;
    };
  }

  private static OptionalDouble declared(Model model, String network) {
    return switch (model) {
      case Model.Text text ->
          text.parsed().networks().stream()
              .map(ParsedNetwork::declaration)
              .filter(declaration -> declaration.name().equals(network))
              .flatMap(declaration -> declaration.lipschitz().stream())
              .mapToDouble(spec -> spec.bound())
              .findFirst();
      case Model.Whole _ -> OptionalDouble.empty();
    };
  }

  private ReportInput input(
      Examined examined, Optional<CheckedNetwork> checked, OptionalDouble declared)
      throws InputError {
    // Where no bound is asked for, nothing is known of one.
    Optional<Evidence> evidence =
        examined
            .certification()
            .filter(Certification.OfBound.class::isInstance)
            .map(Certification::evidence);
    return new ReportInput(
        examined.network(),
        examined.norms(),
        declared,
        examined.answer(),
        examined.lacking(),
        checked,
        examined.best().map(best -> withUnits(best, examined.claims())),
        examined.claims().stream().map(claim -> claim.subject().certificate()).toList(),
        labels(checked),
        evidence,
        examined.messages().stream().map(Message::text).map(this::withoutFolder).toList(),
        examined.best().isEmpty() ? List.of() : written(examined, examined.best().get()));
  }

  /** The network with the tensors that its claims call the units of its inputs after. */
  private static Subject withUnits(Subject network, List<ProvedClaim> claims) {
    Subject all = network;
    for (ProvedClaim claim : claims) {
      all = all.beside(claim.subject().weights());
    }
    return all;
  }

  /** Trained weights know what the classes are called. */
  private List<String> labels(Optional<CheckedNetwork> checked) throws InputError {
    Optional<Path> weights =
        checked
            .flatMap(found -> found.network().weights().fileName())
            .map(file::resolveSibling)
            .filter(CertificateFiles::isWeights)
            .filter(Files::isRegularFile);
    if (weights.isEmpty()) {
      return List.of();
    }
    try {
      return OutputLabels.in(BoundedFile.readRegular(weights.get()));
    } catch (IOException e) {
      throw new InputError(Model.unreadable(weights.get(), e));
    } catch (FormatException e) {
      throw new InputError(weights.get() + ": " + e.getMessage());
    }
  }

  /** A message without the folder in which files were looked for: only their names matter. */
  private String withoutFolder(String message) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? message : message.replace(parent + File.separator, "");
  }

  /** Puts the certificates where the command that checks them will look for them. */
  private List<String> written(Examined examined, Subject subject) throws InputError {
    String name = subject.certificate().network() + ".certificate.json";
    Path target = folder.resolve(name);
    try {
      Callees.write(target, subject, examined.allClaims());
    } catch (IOException e) {
      throw new InputError("the certificate " + target + " cannot be written: " + e.getMessage());
    }
    return List.of("lipc verify " + quoted(name) + " " + quoted(besidePage()) + options());
  }

  private String options() {
    return onnx.words().stream().map(word -> " " + quoted(word)).collect(Collectors.joining());
  }

  /** The model as a command in the folder of the page names it; a page says nothing of others. */
  private String besidePage() {
    Path page = folder.toAbsolutePath().normalize();
    Path model = file.toAbsolutePath().normalize();
    boolean isBelow = model.startsWith(page);
    return String.valueOf(isBelow ? page.relativize(model) : model.getFileName())
        .replace('\\', '/');
  }

  /** A word, quoted for a shell where it has to be. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./+,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
