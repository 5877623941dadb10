package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Certificates as files, with those of the networks that they call beside them. */
public final class CertificateFiles {

  /** The source of the weights that certificates are about. */
  public sealed interface Supply permits ModelNetworks, WeightFiles {

    /** Whether a certificate that stands in a file of weights is about these. */
    boolean isCarried(Certificate certificate) throws InputError;

    /** The weights of a certificate; empty if there are none of the names in it. */
    Optional<Weights> weights(Certificate certificate) throws InputError, FormatException;
  }

  private final Supply supply;

  /** Networks that several others call are read once. */
  private final Map<Path, Carried> known = new HashMap<>();

  public CertificateFiles(Supply supply) {
    this.supply = supply;
  }

  /**
   * The certificate of {@code file}, with its weights, and with those of its other claims: beside
   * it, or, with weights that carry them, in them.
   *
   * @throws InputError if one of these cannot be read
   */
  public Carried find(Path file) throws InputError {
    Carried carried = find(file, Set.of());
    return carried instanceof Carried.Whole whole && !isWeights(file)
        ? new Carried.Whole(whole.subject(), whole.origin(), ClaimFiles.read(file))
        : carried;
  }

  private Carried find(Path file, Set<String> callers) throws InputError {
    Carried carried = known.get(file);
    if (carried == null) {
      carried = read(file, callers);
      known.put(file, carried);
    }
    return carried;
  }

  private Carried read(Path file, Set<String> callers) throws InputError {
    try {
      byte[] content = callers.isEmpty() ? BoundedFile.read(file) : BoundedFile.readRegular(file);
      boolean carried = isWeights(file);
      Certificate read = carried ? carried(file, content) : text(content);
      if (isBeside(file, read) || !(callers.isEmpty() || read.claim().global().isPresent())) {
        throw new InputError(
            "%s is a certificate of %s of %s, which is checked with that of its bound: give that one"
                .formatted(
                    Quoted.of(file.toString()),
                    ClaimWords.of(read.claim().kind()),
                    read.network()));
      }
      Set<String> path = new TreeSet<>(callers);
      if (!path.add(read.network())) {
        throw new InputError("the certificate of " + read.network() + " calls itself");
      }
      Optional<Weights> weights = carried ? carried(read, content) : supply.weights(read);
      return weights.isEmpty()
          ? new Carried.WithoutWeights(read, "the weights of " + read.network() + " are not given")
          : withCallees(
              file, read, weights.get(), carried ? CertifiedFile.further(content) : Map.of(), path);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (FormatException e) {
      throw new InputError(Quoted.of(file.toString()) + " is not a certificate: " + e.getMessage());
    }
  }

  /**
   * The weights that stand in a file with their certificate. Where a model names its own weights,
   * those are taken, and the certificate has to be about them too. If the file has others, or the
   * certificate names none, it is checked with those of the file, and what differs is said.
   */
  private Optional<Weights> carried(Certificate read, byte[] content)
      throws InputError, FormatException {
    Weights own = Safetensors.read(content);
    boolean same = WeightFiles.ofCertificate(own.rounded(read.type()), read);
    return supply.isCarried(read) || read.tensors().isEmpty() || !same
        ? Optional.of(own)
        : supply.weights(read);
  }

  private Carried withCallees(
      Path file,
      Certificate read,
      Weights weights,
      Map<ClaimKind, Certificate> further,
      Set<String> path)
      throws InputError {
    Map<String, Subject> callees = new HashMap<>();
    for (Unit unit : read.units()) {
      if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
        switch (find(Callees.file(file, call.network()), path)) {
          case Carried.Whole callee -> callees.put(call.network(), callee.subject());
          case Carried.WithoutWeights callee -> {
            return new Carried.WithoutWeights(read, callee.missing());
          }
          case Carried.Unreadable callee -> {
            return callee;
          }
        }
      }
    }
    Subject subject = new Subject(read, CertificateText.digest(read), weights, callees);
    return new Carried.Whole(subject, Optional.empty(), further);
  }

  /** Whether a certificate is, by its name or its claim, one that stands beside another. */
  private static boolean isBeside(Path file, Certificate read) {
    ClaimKind kind = read.claim().kind();
    boolean named =
        kind != ClaimKind.LIPSCHITZ && file.toString().endsWith("." + kind.word() + ".json");
    return named || !kind.standsAlone();
  }

  /** Whether a file is one of weights, which carry their certificate. */
  public static boolean isWeights(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  /** Whether a file is a certificate or weights, rather than a model. */
  public static boolean isCertificate(Path file) {
    return isWeights(file) || file.toString().endsWith(".json");
  }

  /** Whether {@code file} is one of weights, and has a certificate in it. */
  public static boolean carriesOne(Path file) throws InputError {
    try {
      return Files.isRegularFile(file)
          && CertifiedFile.certificate(BoundedFile.readRegular(file)).isPresent();
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (FormatException e) {
      throw new InputError(
          Quoted.of(file.toString()) + " is not a file of weights: " + e.getMessage());
    }
  }

  private static Certificate text(byte[] content) throws FormatException {
    return CertificateText.read(content);
  }

  /** Trained weights carry their certificate. */
  private static Certificate carried(Path file, byte[] content) throws FormatException, InputError {
    return CertifiedFile.certificate(content)
        .orElseThrow(() -> new InputError(Quoted.of(file.toString()) + " carries no certificate"));
  }
}
