package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.runtime.loading.CertifiedTensors;
import io.lipc.runtime.loading.ClaimSource;
import io.lipc.runtime.loading.LoadHelp;
import io.lipc.runtime.loading.Promise;
import io.lipc.runtime.loading.ShippedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads the weights and certificates of a generated class, and refuses those that do not belong
 * together.
 *
 * <p>The class carries the digest of its certificate, the certificate those of its tensors and of
 * the certificates of its callees: so a loaded network is the one that was certified. The proof
 * itself is not checked again here; {@link LipschitzNetwork#verify()} does that. The exception are
 * networks whose weights were free when they were compiled: their weights bring a certificate, and
 * the checker has to accept it.
 */
public final class NetworkLoader {

  private final Class<?> generated;
  private final String network;
  private final String certificateResource;
  private final String certificateDigest;
  private final List<ClaimSource> further;

  /**
   * A loader for one generated class.
   *
   * @param generated the class, whose class loader finds the certificate
   * @param network the qualified name of the network
   * @param certificateResource the name of the certificate, from the root of the class path
   * @param certificateDigest the SHA-256 digest of its text, in lower-case hexadecimal digits
   */
  public NetworkLoader(
      Class<?> generated, String network, String certificateResource, String certificateDigest) {
    this(generated, network, certificateResource, certificateDigest, List.of());
  }

  private NetworkLoader(
      Class<?> generated,
      String network,
      String certificateResource,
      String certificateDigest,
      List<ClaimSource> further) {
    this.generated = generated;
    this.network = network;
    this.certificateResource = certificateResource;
    this.certificateDigest = certificateDigest;
    this.further = List.copyOf(further);
  }

  /**
   * The same for a network with another claim, which was certified when it was compiled.
   *
   * @param resource the name of its certificate, from the root of the class path
   * @param digest the SHA-256 digest of its text, in lower-case hexadecimal digits
   */
  public NetworkLoader claiming(String resource, String digest) {
    return with(new ClaimSource.Shipped(resource, digest));
  }

  /**
   * The same for a network with free weights and another claim: the weights have to bring a
   * certificate of it as well, and the checker has to accept that.
   *
   * @param word the word of the kind of claim, such as {@code pairs}
   * @throws NetworkLoadException if no claim is called so
   */
  public NetworkLoader claimingOfWeights(String word) {
    return ClaimKind.further().stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .map(kind -> with(new ClaimSource.Carried(kind)))
        .orElseThrow(
            () -> fault("it claims `" + word + "`, which is no claim", LoadHelp.RECOMPILE));
  }

  private NetworkLoader with(ClaimSource source) {
    List<ClaimSource> more = new ArrayList<>(further);
    more.add(source);
    return new NetworkLoader(generated, network, certificateResource, certificateDigest, more);
  }

  /**
   * Reads the weights that ship with the class.
   *
   * @param resource what messages call them
   * @param stream their safetensors file, or null where it was not found; closed here
   * @param callees the networks that this one calls
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  @SuppressWarnings("exports") // Callers need not see the annotation that says "or null".
  public CertifiedParameters fromResource(
      String resource, @Nullable InputStream stream, LipschitzNetwork... callees) {
    if (stream == null) {
      throw fault("the weights resource " + resource + " is missing", LoadHelp.RECOMPILE);
    }
    try (stream) {
      return parameters(Safetensors.contents(stream.readAllBytes()), callees);
    } catch (FormatException e) {
      throw fault("weights " + resource + ": " + e.getMessage(), LoadHelp.RECERTIFY, e);
    } catch (IOException e) {
      throw fault("weights " + resource + " cannot be read", "see the cause", e);
    }
  }

  /**
   * Reads the weights from a file.
   *
   * @param weights a safetensors file
   * @param callees the networks that this one calls
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public CertifiedParameters fromFile(Path weights, LipschitzNetwork... callees) {
    try {
      return parameters(Safetensors.contents(weights), callees);
    } catch (FormatException e) {
      throw fault("weights " + weights + ": " + e.getMessage(), LoadHelp.RECERTIFY, e);
    } catch (IOException e) {
      throw fault("weights " + weights + " cannot be read", "see the cause", e);
    }
  }

  /**
   * The parameters of a network that has no weights of its own, only those of the networks it
   * calls.
   *
   * @param callees the networks that it calls
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public CertifiedParameters withoutWeights(LipschitzNetwork... callees) {
    Certificate certificate = certificate();
    CertifiedParameters unnamed =
        parameters(certificate, certificate, Weights.of(List.of()), callees);
    return withClaims(unnamed.with(labels(certificate, callees)), Map.of(), Weights.of(List.of()));
  }

  /** A network that hands on what another one gives calls it as that one does. */
  private Optional<ClassLabels> labels(Certificate certificate, LipschitzNetwork... callees) {
    return certificate.units().getLast() instanceof Unit.Call call
        ? Optional.ofNullable(byName(callees).get(call.network()))
            .map(LipschitzNetwork::labels)
            .filter(names -> names.size() == call.size())
            .map(names -> labels(call, names))
        : Optional.empty();
  }

  private ClassLabels labels(Unit.Call call, List<String> names) {
    try {
      return new ClassLabels(names);
    } catch (IllegalArgumentException e) {
      throw fault(
          call.network() + ", whose outputs it hands on: " + e.getMessage(),
          LoadHelp.NAMES_OF_CALLEE,
          e);
    }
  }

  /**
   * Compares the code with the certificate: what the code computes, in every way in which it can be
   * asked, has the bits that the certificate's units have in the order of sums that generated code
   * keeps to, on inputs from all over the declared box.
   *
   * @return {@code loaded} itself
   * @throws NetworkLoadException if they differ in a bit, or the class is not one that takes its
   *     bound, its box, its labels and its radii from the certificate
   */
  public <N extends LipschitzNetwork> N checked(N loaded) {
    if (!(loaded instanceof CertifiedNetwork)) {
      throw fault(
          "its class is not a CertifiedNetwork, which takes bound, box, labels and radii from the"
              + " certificate: another version of lipc has generated it, or it was edited",
          LoadHelp.RECOMPILE);
    }
    AgreementCheck.firstDifference(loaded)
        .ifPresent(
            difference -> {
              throw fault(
                  "the code disagrees with its certificate: " + difference, LoadHelp.RECOMPILE);
            });
    return loaded;
  }

  /** The parameters of a network whose certificate is about {@code own} tensors. */
  private CertifiedParameters parameters(
      Certificate promise, Certificate own, Weights found, LipschitzNetwork... callees) {
    KernelVariant.fault()
        .ifPresent(
            fault -> {
              throw fault(fault, LoadHelp.KERNELS);
            });
    Map<String, Subject> called = certifiedCallees(promise, callees);
    Weights tensors = certifiedTensors(own, found);
    Subject compiled = new Subject(promise, new Digest(certificateDigest), tensors, called);
    if (!compiled.isEvaluable()) {
      throw fault(
          "its certificate is about free parameters, and no weights are certified", LoadHelp.TRAIN);
    }
    if (Promise.calling(own, called).equals(promise)) {
      // What the class was compiled with was checked then.
      return new CertifiedParameters(compiled);
    }
    @Nullable Verdict verdict = null;
    for (Certificate instance : Promise.instances(own, called)) {
      Subject subject = new Subject(instance, CertificateText.digest(instance), tensors, called);
      verdict = CertificateChecker.check(subject);
      if (verdict instanceof Verdict.Accepted) {
        return new CertifiedParameters(subject);
      }
    }
    throw fault(
        "its certificate is not accepted: " + verdict,
        own.equals(promise) ? LoadHelp.RECOMPILE : LoadHelp.TRAIN);
  }

  private CertifiedParameters parameters(Safetensors.Contents file, LipschitzNetwork... callees)
      throws FormatException {
    Certificate promise = certificate();
    Certificate own = promise.hasFreeWeights() ? certificateOf(file, promise) : promise;
    CertifiedParameters unnamed = parameters(promise, own, file.weights(), callees);
    Optional<ClassLabels> names = labels(file).or(() -> labels(promise, callees));
    return withClaims(unnamed.with(names), CertifiedFile.further(file), file.weights());
  }

  private CertifiedParameters withClaims(
      CertifiedParameters parameters, Map<ClaimKind, Certificate> carried, Weights file) {
    List<Subject> claims = new ArrayList<>();
    for (ClaimSource source : further) {
      claims.add(claim(source, parameters.subject(), carried, file));
    }
    return parameters.claiming(claims);
  }

  /**
   * The certificate of a claim: one that was compiled with the class was checked then, one that the
   * weights bring is checked here, and so is one whose callees have weights that came later. Units
   * of inputs that are in the file have to be those of the certificate.
   */
  private Subject claim(
      ClaimSource source, Subject subject, Map<ClaimKind, Certificate> carried, Weights file) {
    return switch (source) {
      case ClaimSource.Shipped(String resource, String digest) -> {
        Certificate shipped = certificate(resource, digest);
        Certificate instance = Promise.calling(shipped, subject.callees());
        yield accepted(
            shipped.claim().kind(),
            LoadHelp.RECOMPILE,
            () ->
                instance.equals(shipped)
                    ? FurtherClaims.named(subject, shipped, file)
                    : FurtherClaims.checked(subject, instance));
      }
      case ClaimSource.Carried(ClaimKind kind) -> {
        Certificate own =
            Optional.ofNullable(carried.get(kind))
                .orElseThrow(
                    () ->
                        fault("the weights carry no certificate of " + kind.word(), LoadHelp.TRAIN))
                .named(network);
        yield accepted(kind, LoadHelp.TRAIN, () -> FurtherClaims.checked(subject, own));
      }
    };
  }

  private Subject accepted(ClaimKind kind, String help, Supplier<Subject> claim) {
    try {
      return claim.get();
    } catch (Rejection rejected) {
      throw fault(
          "its certificate of " + kind.word() + " is not accepted: " + rejected.getMessage(),
          help,
          rejected);
    }
  }

  private Optional<ClassLabels> labels(Safetensors.Contents file) {
    try {
      return ClassLabels.in(file.metadata());
    } catch (FormatException e) {
      throw fault("the names of its classes: " + e.getMessage(), LoadHelp.NAMES, e);
    }
  }

  /** The certificate that trained weights carry; they may have been trained under another name. */
  private Certificate certificateOf(Safetensors.Contents file, Certificate promise)
      throws FormatException {
    Certificate own =
        CertifiedFile.certificate(file)
            .map(
                carried ->
                    carried.claim().global().isPresent()
                        ? carried.declaring(promise.network(), promise.lipschitz().declared())
                        : carried)
            .orElseThrow(
                () -> fault("the weights carry no certificate of their own", LoadHelp.TRAIN));
    Optional<String> broken = Promise.broken(promise, own);
    if (broken.isPresent()) {
      throw fault("the certificate of the weights cannot be used: " + broken.get(), LoadHelp.TRAIN);
    }
    return own;
  }

  private Certificate certificate() {
    return certificate(certificateResource, certificateDigest);
  }

  private Certificate certificate(String resource, String digest) {
    return shipped(resource, () -> ShippedCertificates.compiled(generated, resource, digest));
  }

  private Weights certifiedTensors(Certificate certificate, Weights found) {
    try {
      return CertifiedTensors.of(certificate, found);
    } catch (FormatException e) {
      throw fault(e.getMessage(), LoadHelp.RECERTIFY, e);
    }
  }

  private Map<String, Subject> certifiedCallees(
      Certificate certificate, LipschitzNetwork... callees) {
    Map<String, LipschitzNetwork> byName = byName(callees);
    Map<String, Subject> subjects = new TreeMap<>();
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Call call) {
        LipschitzNetwork callee = byName.get(call.network());
        if (callee == null || !callee.subject().isEvaluable() || !isCertified(call, callee)) {
          throw fault(
              call.network() + " is not the network that was certified as its callee",
              "compile both networks again, as `mvn clean package` does");
        }
        subjects.put(call.network(), callee.subject());
      }
    }
    return subjects;
  }

  /** The callees by name; of several with one name, the last one counts. */
  private static Map<String, LipschitzNetwork> byName(LipschitzNetwork... callees) {
    Map<String, LipschitzNetwork> byName = new TreeMap<>();
    for (LipschitzNetwork callee : callees) {
      byName.put(callee.certificate().network(), callee);
    }
    return byName;
  }

  private boolean isCertified(Unit.Call call, LipschitzNetwork callee) {
    return shipped(
        ShippedCertificates.resourceOf(call),
        () -> ShippedCertificates.isCallee(call, callee.subject(), callee.getClass()));
  }

  /** The content of a resource of a class, or its fault. */
  private <T> T shipped(String resource, ShippedCertificates.Reader<T> reader) {
    try {
      return reader.read();
    } catch (FormatException e) {
      throw fault(e.getMessage(), LoadHelp.RECOMPILE, e);
    } catch (IOException e) {
      throw fault(resource + " cannot be read", "see the cause", e);
    }
  }

  private NetworkLoadException fault(String fault, String help) {
    return new NetworkLoadException(network, fault, help);
  }

  private NetworkLoadException fault(String fault, String help, Throwable cause) {
    return new NetworkLoadException(network, fault, help, cause);
  }
}
