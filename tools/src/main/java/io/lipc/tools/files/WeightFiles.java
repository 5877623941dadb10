package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.TensorRecord;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files of weights that a user gives for certificates; digests say which one is for which. It notes
 * which of them an answer is about, since a user who gives a file asks about it.
 */
public final class WeightFiles implements CertificateFiles.Supply {

  /** A file as it was named, with its tensors. */
  private record Given(Path file, Weights weights) {}

  private final List<Given> files;
  private final Set<Path> read = new HashSet<>();

  /** The first tensor that all files lack, as a clause. */
  private Optional<String> missing = Optional.empty();

  private WeightFiles(List<Given> files) {
    this.files = List.copyOf(files);
  }

  /** A list without weights. */
  public static WeightFiles none() {
    return new WeightFiles(List.of());
  }

  /**
   * Reads all files.
   *
   * @throws InputError if one of them cannot be read, or is not a safetensors file
   */
  public static WeightFiles read(List<Path> files) throws InputError {
    List<Given> weights = new ArrayList<>();
    for (Path file : files) {
      try {
        weights.add(new Given(file, Safetensors.read(file)));
      } catch (IOException e) {
        throw new InputError(Model.unreadable(file, e));
      } catch (FormatException e) {
        throw new InputError(
            Quoted.of(file.toString())
                + " is not a file of weights: "
                + e.getMessage()
                + (CertificateFiles.isWeights(file)
                    ? ""
                    : "; a model is the second argument: lipc verify CERTIFICATE MODEL"));
      }
    }
    return new WeightFiles(weights);
  }

  /**
   * The weights that a certificate names, in its format: those with its digests, or, where no file
   * has these, the first with its names, of which the checker will say what differs.
   */
  @Override
  public Optional<Weights> weights(Certificate certificate) throws FormatException {
    if (certificate.tensors().isEmpty()) {
      return Optional.of(Weights.of(List.of()));
    }
    Map<Path, Weights> named = new LinkedHashMap<>();
    Map<Path, Weights> same = new LinkedHashMap<>();
    for (Given given : files) {
      if (lacking(given.weights(), certificate).isEmpty()) {
        Weights rounded = certificate.inItsFormat(given.weights());
        named.put(given.file(), rounded);
        if (ofCertificate(rounded, certificate)) {
          same.put(given.file(), rounded);
        }
      }
    }
    Map<Path, Weights> chosen = same.isEmpty() ? named : same;
    read.addAll(chosen.keySet());
    if (chosen.isEmpty()) {
      missing = missing.or(() -> missing(certificate));
    }
    return chosen.values().stream().findFirst();
  }

  /** The first file that was given and that no certificate has been held against. */
  public Optional<Path> unread() {
    return files.stream().map(Given::file).filter(file -> !read.contains(file)).findFirst();
  }

  /**
   * The tensor that a certificate names and the files lack, as a clause about them; empty if none.
   */
  public Optional<String> missing() {
    return missing;
  }

  private Optional<String> missing(Certificate certificate) {
    return files.stream()
        .flatMap(given -> lacking(given.weights(), certificate).stream())
        .findFirst()
        .map(
            tensor ->
                "it has no tensor %s, which the certificate of %s names"
                    .formatted(Quoted.of(tensor), certificate.network()));
  }

  private static Optional<String> lacking(Weights weights, Certificate certificate) {
    return certificate.tensors().stream()
        .map(TensorRecord::name)
        .filter(name -> weights.tensor(name).isEmpty())
        .findFirst();
  }

  @Override
  public boolean isCarried(Certificate certificate) {
    return true;
  }

  /** Whether these are the very tensors that a certificate names. */
  public static boolean ofCertificate(Weights weights, Certificate certificate) {
    return certificate.tensors().stream().allMatch(record -> isOf(record, weights));
  }

  private static boolean isOf(TensorRecord record, Weights weights) {
    Optional<Digest> digest = weights.tensor(record.name()).map(Tensor::digest);
    return digest.equals(Optional.of(record.digest()));
  }
}
