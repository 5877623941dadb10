package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.FurtherSearch;
import io.lipc.formats.OneLine;
import io.lipc.formats.Quoted;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Property;
import io.lipc.tools.certify.Verification.Answer;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Callees;
import io.lipc.tools.files.Carried;
import io.lipc.tools.files.CertificateFiles;
import io.lipc.tools.files.ClaimFiles;
import io.lipc.tools.files.CompiledModule;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.ModuleCertificates;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has certificates checked: by the checker alone, and against a model where there is one.
 *
 * @param asked what they are wanted for
 * @param given weights that the user gives for certificates without a model
 */
record Verifier(Asked asked, WeightFiles given) {

  /** A certificate against a model. */
  Verification ofModel(Path certificate, Path file, OnnxOptions onnx) throws InputError {
    return against(ModelNetworks.read(onnx.read(file), file), certificate, false);
  }

  /** A certificate that is about whatever it says. */
  Verification alone(Path certificate) throws InputError {
    return switch (new CertificateFiles(given).find(certificate)) {
      case Carried.Whole whole -> checked(name(whole.subject()), whole, certificate, true);
      case Carried.WithoutWeights without ->
          notDecided(
              without.certificate().network(),
              without.missing(),
              "give the model as a second argument, or its safetensors file with --weights");
      case Carried.Unreadable unreadable -> throw new InputError(unreadable.reason());
    };
  }

  /**
   * All certificates that a module carries.
   *
   * @param more where networks that they call may be
   */
  List<Verification> ofModule(Path path, List<Path> more) throws InputError {
    List<CompiledModule> modules = new ArrayList<>();
    try {
      modules.add(CompiledModule.open(path));
      for (Path other : more) {
        modules.add(CompiledModule.open(other));
      }
      ModuleCertificates certificates = new ModuleCertificates(modules, given);
      return modules.getFirst().networks().stream()
          .map(network -> carried(network, certificates.find(network)))
          .toList();
    } finally {
      modules.forEach(CompiledModule::close);
    }
  }

  private Verification carried(String network, Carried carried) {
    return switch (carried) {
      case Carried.Whole whole -> ofModule(network, whole);
      case Carried.WithoutWeights without -> notDecided(network, without.missing());
      case Carried.Unreadable unreadable ->
          Verification.of(network, asked, Answer.REJECTED, OneLine.of(unreadable.reason()));
    };
  }

  /** Verifies a network of a module, with all the claims that it asks for by its origin. */
  private Verification ofModule(String network, Carried.Whole whole) {
    Verification found = checked(network, whole, ClaimWords::certificate);
    return whole
        .missing()
        .map(
            word ->
                found.lacking(
                    "the network asks for a certificate of "
                        + word
                        + ", and there is none in the module"))
        .orElse(found);
  }

  private Verification notDecided(String network, String missing) {
    return notDecided(network, missing, "give them with --weights");
  }

  private Verification notDecided(String network, String missing, String help) {
    String reason = OneLine.of(missing + "; " + help);
    return Verification.of(network, asked, Answer.NOT_DECIDED, reason);
  }

  /** All networks of a model, by the certificates beside it or in its weights. */
  List<Verification> ofNetworks(Path file, OnnxOptions onnx) throws InputError {
    Model model = onnx.read(file);
    ModelNetworks networks = ModelNetworks.read(model, file);
    List<Verification> all = new ArrayList<>();
    for (Map.Entry<String, CheckedNetwork> network : networks.withoutFaults().entrySet()) {
      Path beside = Callees.file(file, network.getKey());
      Optional<Path> weights =
          network.getValue().network().weights().fileName().map(file::resolveSibling);
      if (Files.isRegularFile(beside)) {
        all.add(against(networks, beside, true));
      } else if (weights.isPresent() && CertificateFiles.carriesOne(weights.get())) {
        all.add(against(networks, weights.get(), true));
      } else {
        String reason =
            "there is no certificate "
                + Quoted.of(beside.toString())
                + "; `lipc certify` searches for one";
        all.add(Verification.of(network.getKey(), asked, Answer.NOT_DECIDED, reason));
      }
    }
    return all;
  }

  /**
   * Compares everything with the model before it computes anything: a foreign certificate may be
   * about units that take for ever, while a model is the user's own.
   *
   * @param declared whether a certificate of a query, which no declaration asks for, lacks what the
   *     model does ask for
   */
  private Verification against(ModelNetworks networks, Path certificate, boolean declared)
      throws InputError {
    return switch (new CertificateFiles(networks).find(certificate)) {
      case Carried.Whole whole -> {
        Subject subject = whole.subject();
        Optional<String> difference = networks.difference(subject);
        String name = networks.name(subject.certificate());
        if (difference.isPresent()) {
          yield Verification.rejected(name, subject, asked, OneLine.of(difference.get()));
        }
        boolean carried = networks.isCarried(subject.certificate());
        Verification found = checked(name, whole, certificate, carried);
        boolean answers = subject.certificate().claim().kind() == ClaimKind.QUERY;
        yield answers && !declared ? found : complete(networks, found, whole, certificate);
      }
      case Carried.WithoutWeights without ->
          notDecided(without.certificate().network(), without.missing());
      case Carried.Unreadable unreadable -> throw new InputError(unreadable.reason());
    };
  }

  /**
   * Compares with all that a model asks for. Whatever the bound is, it is said; that there is one
   * is asked for here.
   */
  private static Verification complete(
      ModelNetworks networks, Verification found, Carried.Whole whole, Path certificate)
      throws InputError {
    Certificate own = whole.subject().certificate();
    for (Property property : networks.properties(own)) {
      ClaimKind kind = kindOf(property);
      Optional<Claim> claim =
          kind == own.claim().kind()
              ? Optional.of(own.claim())
              : Optional.ofNullable(whole.further().get(kind)).map(Certificate::claim);
      if (claim.isEmpty()) {
        return found.lacking(
            "the model asks for a certificate of "
                + ClaimWords.subject(kind)
                + ": "
                + missing(certificate, kind));
      }
      if (!isEnough(property, claim.get())) {
        return found.lacking(
            "the model asks for " + asked(property) + ", which the certificate does not claim");
      }
    }
    return found;
  }

  /** A network that asks for its bound alone needs no class of the certifier. */
  private static ClaimKind kindOf(Property property) {
    return switch (property) {
      case Property.Lipschitz _ -> ClaimKind.LIPSCHITZ;
      case Property.Further further -> FurtherSearch.kindOf(further);
    };
  }

  private static boolean isEnough(Property property, Claim claim) {
    return switch (property) {
      case Property.Lipschitz _ -> claim.global().isPresent();
      case Property.Further further -> FurtherSearch.isProvedBy(further, claim);
    };
  }

  private static String asked(Property property) {
    return switch (property) {
      case Property.Lipschitz _, Property.Pairs _ -> property.phrase();
      case Property.Scaled(Property.Lipschitz bound, _) ->
          property.phrase() + " of at most " + Decimals.plain(bound.bound());
      case Property.Local(Property.Lipschitz bound, _) ->
          property.phrase()
              + " of at most "
              + Decimals.plain(bound.bound())
              + " on the declared region";
      case Property.Monotone _, Property.Slopes _ -> property.phrase() + " on the declared region";
      case Property.Range(double lower, double upper) ->
          property.phrase() + " in [" + Decimals.plain(lower) + ", " + Decimals.plain(upper) + "]";
      case Property.Query(String file, _) -> property.phrase() + ", " + Quoted.of(file);
    };
  }

  private static String missing(Path certificate, ClaimKind kind) {
    if (kind == ClaimKind.LIPSCHITZ) {
      return "this is none; `lipc certify` writes it";
    }
    return CertificateFiles.isWeights(certificate)
        ? "these weights carry none; `lipc train` writes it"
        : "there is no "
            + Quoted.of(ClaimFiles.beside(certificate, kind).toString())
            + "; `lipc certify` writes it";
  }

  private static String name(Subject subject) {
    return subject.certificate().network();
  }

  /**
   * @param carried whether weights that carry the certificate are what it is held against
   */
  private Verification checked(
      String network, Carried.Whole whole, Path certificate, boolean carried) {
    return CertificateFiles.isWeights(certificate)
        ? ofWeights(network, whole, carried)
        : checked(
            network,
            whole,
            kind ->
                ClaimWords.certificate(kind)
                    + ", "
                    + Quoted.of(ClaimFiles.beside(certificate, kind).toString()));
  }

  /** Weights that carry a certificate are its subject: it has to say something about them. */
  private Verification ofWeights(String network, Carried.Whole whole, boolean carried) {
    Subject subject = whole.subject();
    int tensors = subject.weights().tensors().size();
    if (subject.certificate().hasFreeWeights()) {
      return Verification.rejected(
          network,
          subject,
          asked,
          "the certificate is about free parameters, and says nothing about weights");
    }
    if (subject.certificate().tensors().isEmpty() && tensors > 0) {
      return Verification.rejected(
          network,
          subject,
          asked,
          "the certificate names none of the " + tensors + " tensors that stand beside it");
    }
    Verification found = checked(network, whole, ClaimWords::certificate);
    return carried ? found.among(tensors) : found;
  }

  /**
   * @param called what a certificate of another claim is called where it is refused
   */
  private Verification checked(
      String network, Carried.Whole whole, Function<ClaimKind, String> called) {
    Subject subject = whole.subject();
    return switch (CertificateChecker.check(subject)) {
      case Verdict.Rejected rejected ->
          Verification.rejected(
              network,
              subject,
              asked,
              OneLine.of(rejected.reason().words() + ": " + rejected.detail()));
      case Verdict.Accepted _ -> withClaims(network, subject, whole.further(), called);
    };
  }

  private Verification withClaims(
      String network,
      Subject subject,
      Map<ClaimKind, Certificate> further,
      Function<ClaimKind, String> called) {
    List<Subject> claims = new ArrayList<>();
    for (Map.Entry<ClaimKind, Certificate> one : further.entrySet()) {
      try {
        claims.add(FurtherClaims.checked(subject, one.getValue()));
      } catch (Rejection rejected) {
        return Verification.rejected(
            network,
            subject,
            asked,
            OneLine.of(called.apply(one.getKey()) + ": " + rejected.getMessage()));
      }
    }
    return Verification.accepted(network, subject, claims, asked);
  }
}
