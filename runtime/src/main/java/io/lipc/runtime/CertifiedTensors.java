package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.TensorRecord;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;

/** Picks the tensors that a certificate is about. */
final class CertifiedTensors {

  private CertifiedTensors() {}

  /**
   * The tensors of the certificate, rounded to its format; other tensors are left alone.
   *
   * @throws FormatException if one is missing or not the certified one
   */
  static Weights of(Certificate certificate, Weights found) throws FormatException {
    List<Tensor> tensors = new ArrayList<>(certificate.tensors().size());
    for (TensorRecord expected : certificate.tensors()) {
      Tensor tensor =
          found
              .tensor(expected.name())
              .orElseThrow(
                  () -> new FormatException("tensor `" + expected.name() + "` is missing"));
      tensors.add(certified(certificate, expected, tensor));
    }
    return Weights.of(tensors);
  }

  private static Tensor certified(Certificate certificate, TensorRecord expected, Tensor found)
      throws FormatException {
    if (!found.shape().equals(expected.shape())) {
      throw new FormatException(
          "tensor `%s` has shape %s, certified was %s"
              .formatted(expected.name(), found.shape(), expected.shape()));
    }
    Tensor rounded = found.rounded(certificate.type());
    if (!rounded.digest().equals(expected.digest())) {
      throw new FormatException(
          "tensor `%s` is not the one that was certified (%s, certified was %s)"
              .formatted(expected.name(), rounded.digest(), expected.digest()));
    }
    return rounded;
  }
}
