package io.lipc.tools;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A network of free weights is no function; with some weights it is one that can be compared. */
final class FreeWeights {

  private FreeWeights() {}

  /** The subject with arbitrary weights, the same ones each time, where none are known. */
  static Subject chosen(Subject subject) {
    if (subject.isEvaluable()) {
      return subject;
    }
    Map<String, Subject> callees = new TreeMap<>();
    subject.callees().forEach((name, callee) -> callees.put(name, chosen(callee)));
    Map<String, Tensor> tensors = new TreeMap<>(subject.weights().tensors());
    for (Unit unit : subject.certificate().units()) {
      if (unit instanceof Unit.Dense dense) {
        tensors.computeIfAbsent(
            dense.weight(),
            name -> tensor(subject.certificate(), name, List.of(dense.size(), dense.inputs())));
        dense
            .bias()
            .ifPresent(
                bias ->
                    tensors.computeIfAbsent(
                        bias, name -> tensor(subject.certificate(), name, List.of(dense.size()))));
      }
    }
    return new Subject(subject.certificate(), subject.digest(), new Weights(tensors), callees);
  }

  private static Tensor tensor(Certificate certificate, String name, List<Integer> shape) {
    Random random = new Random(name.hashCode());
    int size = shape.stream().reduce(1, Math::multiplyExact);
    double scale = 1 / Math.sqrt(shape.getLast());
    double[] values = random.doubles(size, -scale, scale).map(certificate.type()::round).toArray();
    try {
      return Tensor.of(name, certificate.type(), shape, values);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
