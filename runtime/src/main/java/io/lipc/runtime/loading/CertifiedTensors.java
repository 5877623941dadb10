package io.lipc.runtime.loading;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.TensorRecord;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Picks the tensors that a certificate is about. */
public final class CertifiedTensors {

  /** Hashing fewer elements is not worth a second thread. */
  private static final int SHARED_FROM = 1 << 16;

  private CertifiedTensors() {}

  /**
   * The result for one tensor: its numbers or a fault. The fault of the first tensor is reported,
   * whichever thread found one first.
   */
  private sealed interface Outcome {

    record Certified(Tensor tensor) implements Outcome {}

    record Faulty(FormatException fault) implements Outcome {}
  }

  /**
   * The tensors of the certificate, rounded to its format; other tensors are left alone.
   *
   * @throws FormatException if one is missing or not the certified one
   */
  public static Weights of(Certificate certificate, Weights found) throws FormatException {
    List<TensorRecord> records = certificate.tensors();
    long elements = found.tensors().values().stream().mapToLong(Tensor::size).sum();
    List<Outcome> outcomes =
        (elements > SHARED_FROM ? records.parallelStream() : records.stream())
            .map(expected -> outcome(certificate, expected, found))
            .toList();
    List<Tensor> tensors = new ArrayList<>(outcomes.size());
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Certified(Tensor tensor) -> tensors.add(tensor);
        case Outcome.Faulty(FormatException fault) -> throw fault;
      }
    }
    return Weights.of(tensors);
  }

  private static Outcome outcome(Certificate certificate, TensorRecord expected, Weights found) {
    Optional<Tensor> tensor = found.tensor(expected.name());
    if (tensor.isEmpty()) {
      return new Outcome.Faulty(
          new FormatException("tensor " + Quoted.code(expected.name()) + " is missing"));
    }
    try {
      return new Outcome.Certified(certified(certificate, expected, tensor.get()));
    } catch (FormatException fault) {
      return new Outcome.Faulty(fault);
    }
  }

  private static Tensor certified(Certificate certificate, TensorRecord expected, Tensor found)
      throws FormatException {
    if (!found.shape().equals(expected.shape())) {
      throw new FormatException(
          "tensor %s has shape %s, but %s was certified"
              .formatted(Quoted.code(expected.name()), found.shape(), expected.shape()));
    }
    Tensor rounded = found.rounded(certificate.type());
    if (!rounded.digest().equals(expected.digest())) {
      throw new FormatException(
          "tensor %s is not the one that was certified (%s, but %s was)"
              .formatted(Quoted.code(expected.name()), rounded.digest(), expected.digest()));
    }
    return rounded;
  }
}
