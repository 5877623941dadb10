package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.FormatException;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Carried;
import io.lipc.tools.files.CompiledModule;
import io.lipc.tools.files.ModuleCertificates;
import io.lipc.tools.files.WeightFiles;
import io.lipc.tools.page.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The networks that a compiled module carries below {@code META-INF/lipc}, for a report. */
final class ModuleInputs {

  private ModuleInputs() {}

  /**
   * The networks of a module, by name.
   *
   * @param classes its folder of classes, or its jar
   * @param classPath where networks that it calls may be
   */
  static List<ReportInput> read(Path classes, List<Path> classPath) throws InputError {
    List<CompiledModule> modules = new ArrayList<>();
    try {
      modules.add(CompiledModule.open(classes));
      for (Path place : classPath) {
        if (CompiledModule.is(place)) {
          modules.add(CompiledModule.open(place));
        }
      }
      ModuleCertificates certificates = new ModuleCertificates(modules, WeightFiles.none());
      return modules.getFirst().networks().stream()
          .map(network -> input(modules.getFirst(), network, certificates.find(network)))
          .toList();
    } finally {
      modules.forEach(CompiledModule::close);
    }
  }

  private static ReportInput input(CompiledModule module, String network, Carried carried) {
    try {
      return switch (carried) {
        case Carried.Whole whole -> input(network, whole, labels(module, whole));
        case Carried.WithoutWeights without -> refused(network, without.missing());
        case Carried.Unreadable unreadable -> refused(network, unreadable.reason());
      };
    } catch (FormatException | IOException e) {
      return refused(network, "its weights cannot be read again: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // Nobody has checked the certificate yet: its units may be no network's.
      return refused(network, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> labels(CompiledModule module, Carried.Whole whole)
      throws FormatException, IOException {
    return OutputLabels.in(module, whole.origin().flatMap(Origin::weightsResource));
  }

  private static ReportInput input(String network, Carried.Whole whole, List<String> labels) {
    Certificate certificate = whole.subject().certificate();
    return new ReportInput(
        network,
        certificate.claim().global().map(Claim.Lipschitz::norms).orElse(Norms.EUCLIDEAN),
        certificate.claim().global().stream().mapToDouble(Claim.Lipschitz::declared).findFirst(),
        Answer.PROVED,
        whole
            .missing()
            .map(word -> "not all is proved: the module has no certificate of its " + word),
        Optional.of(CertifiedNetworks.of(certificate)),
        Optional.of(whole.subject()),
        List.copyOf(whole.further().values()),
        labels,
        Optional.empty(),
        List.of(),
        whole.origin().map(ModuleInputs::check).stream().toList());
  }

  private static String check(Origin origin) {
    return origin.generatedClass()
        + (origin.loadsAlone() ? ".load()" : ".load(weights)")
        + ".verify();  // in Java, with the module's jar";
  }

  private static ReportInput refused(String network, String reason) {
    return new ReportInput(
        network,
        Norms.EUCLIDEAN,
        OptionalDouble.empty(),
        Answer.REFUSED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of("the certificate of " + network + " cannot be read: " + reason),
        List.of());
  }
}
