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
import java.util.List;
import java.util.Optional;

/** Files of weights that somebody gives for certificates; which one is for which, digests say. */
public final class WeightFiles implements CertificateFiles.Supply {

  private final List<Weights> files;

  private WeightFiles(List<Weights> files) {
    this.files = List.copyOf(files);
  }

  /** No weights. */
  public static WeightFiles none() {
    return new WeightFiles(List.of());
  }

  /**
   * Reads all files.
   *
   * @throws InputError if one of them cannot be read, or is not a safetensors file
   */
  public static WeightFiles read(List<Path> files) throws InputError {
    List<Weights> weights = new ArrayList<>();
    for (Path file : files) {
      try {
        weights.add(Safetensors.read(file));
      } catch (IOException e) {
        throw new InputError(Model.unreadable(file, e));
      } catch (FormatException e) {
        throw new InputError(
            Quoted.of(file.toString()) + " is not a file of weights: " + e.getMessage());
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
    Optional<Weights> named = Optional.empty();
    for (Weights file : files) {
      if (certificate.tensors().stream().allMatch(one -> file.tensor(one.name()).isPresent())) {
        Weights rounded = file.rounded(certificate.type());
        if (certificate.tensors().stream().allMatch(one -> isOf(one, rounded))) {
          return Optional.of(rounded);
        }
        named = named.or(() -> Optional.of(rounded));
      }
    }
    return named;
  }

  @Override
  public boolean isCarried(Certificate certificate) {
    return true;
  }

  private static boolean isOf(TensorRecord record, Weights weights) {
    Optional<Digest> digest = weights.tensor(record.name()).map(Tensor::digest);
    return digest.equals(Optional.of(record.digest()));
  }
}
