package io.lipc.certificate;

import io.lipc.certificate.Proof.Constraint;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A certificate being written by hand: every method that adds a unit gives its number. */
public final class NetworkUnderTest {

  public ElementType type = ElementType.F64;
  public Certificate.Kind kind = Certificate.Kind.NUMERIC;
  public Norms norms = Norms.EUCLIDEAN;
  public double bound = 1;
  public double declared = 1e300;

  /** Whether a construction makes the weights: then there are neither records nor proofs. */
  public boolean construction;

  public Grounds.Calls calls = Grounds.Calls.BOUNDED;
  public PositivityWitness witness = new PositivityWitness.ExactElimination();
  public final List<Unit> units = new ArrayList<>();
  public final Map<String, Tensor> tensors = new TreeMap<>();
  public final List<TensorRecord> records = new ArrayList<>();
  public final List<Proof.Gain> gains = new ArrayList<>();
  public final List<Proof.Segmentation> segmentations = new ArrayList<>();
  public final List<Proof.Multiplier> multipliers = new ArrayList<>();
  public final Map<String, Subject> callees = new TreeMap<>();

  /** The proofs of the elements of the output before the one that is being written. */
  public final List<Proof> finished = new ArrayList<>();

  /** An empty one. */
  public NetworkUnderTest() {}

  public int add(Unit unit) {
    units.add(unit);
    return units.size() - 1;
  }

  public int input(int size) {
    return add(new Unit.Input(size, Optional.empty()));
  }

  public int input(double lower, double upper, int size) {
    return add(
        new Unit.Input(
            size,
            Optional.of(
                new Unit.Box(Collections.nCopies(size, lower), Collections.nCopies(size, upper)))));
  }

  public int dense(int operand, double[][] weight) {
    String name = "w" + units.size();
    tensor(name, List.of(weight.length, weight[0].length), flat(weight));
    return add(Unit.dense(operand, weight[0].length, weight.length, name, Optional.empty()));
  }

  public int dense(int operand, double[][] weight, double[] bias) {
    int at = dense(operand, weight);
    String name = "b" + at;
    tensor(name, List.of(bias.length), bias);
    String matrix = units.get(at).tensors().getFirst();
    units.set(at, Unit.dense(operand, weight[0].length, weight.length, matrix, Optional.of(name)));
    return at;
  }

  public void tensor(String name, List<Integer> shape, double[] values) {
    try {
      Tensor tensor = Tensor.of(name, type, shape, values);
      tensors.put(name, tensor);
      records.removeIf(record -> record.name().equals(name));
      records.add(new TensorRecord(name, shape, tensor.digest()));
      records.sort(Comparator.comparing(TensorRecord::name));
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public int activation(int operand, String name, double... parameters) {
    return add(
        Unit.activation(
            operand, name, Arrays.stream(parameters).boxed().toList(), units.get(operand).size()));
  }

  /** An activation whose slope constraints have the given multipliers. */
  public int slopes(int operand, String name, double... multipliers) {
    int at = activation(operand, name);
    slope(at, multipliers);
    return at;
  }

  public int sum(int... operands) {
    return add(Unit.sum(Arrays.stream(operands).boxed().toList(), units.get(operands[0]).size()));
  }

  public int concat(int... operands) {
    int size = Arrays.stream(operands).map(i -> units.get(i).size()).sum();
    return add(Unit.concat(Arrays.stream(operands).boxed().toList(), size));
  }

  public int scale(int operand, double factor) {
    return add(Unit.scale(operand, factor, units.get(operand).size()));
  }

  /** A call of a network, which is given the name by which it is called. */
  public int call(int operand, String network, Subject callee) {
    Certificate certificate =
        callee.certificate().declaring(network, callee.certificate().lipschitz().declared());
    return callAsNamed(
        operand,
        network,
        new Subject(
            certificate, CertificateText.digest(certificate), callee.weights(), callee.callees()));
  }

  /** A call of a subject as it is, whatever its certificate says of its name and digest. */
  public int callAsNamed(int operand, String network, Subject callee) {
    callees.put(network, callee);
    Certificate certificate = callee.certificate();
    return add(
        new Unit.Call(
            operand, network, callee.digest(), certificate.inputSize(), certificate.outputSize()));
  }

  public void slope(int unit, double... values) {
    multiplier(unit, Constraint.SLOPE, values);
  }

  public void gain(int unit, double multiplier) {
    multiplier(unit, Constraint.GAIN, multiplier);
  }

  /** A dense unit known by its gain alone. */
  public void gain(int unit, double multiplier, double gain) {
    gains.add(new Proof.Gain(unit, gain, new PositivityWitness.ExactElimination()));
    gain(unit, multiplier);
  }

  public void multiplier(int unit, Constraint constraint, double... values) {
    multipliers.add(new Proof.Multiplier(unit, constraint, Arrays.stream(values).boxed().toList()));
  }

  /** The multipliers of the input's elements, where it is measured in linf. */
  public void range(double... values) {
    multiplier(0, Constraint.RANGE, values);
  }

  /** Ends the proof of an element of the output, and begins the next. */
  public void nextElement() {
    finished.add(new Proof(gains, segmentations, multipliers, witness));
    multipliers.clear();
  }

  public void rows(int unit, Integer... lengths) {
    segmentations.add(new Proof.Segmentation(unit, List.of(lengths)));
  }

  public Subject subject() {
    Certificate certificate =
        new Certificate(
            "test.Network",
            type,
            new Claim.Lipschitz(norms, bound, construction && declared == 1e300 ? bound : declared),
            "by hand",
            units,
            grounds());
    return subject(certificate);
  }

  /** A certificate with the weights and callees that were written. */
  public Subject subject(Certificate certificate) {
    Digest digest = Digest.of(CertificateText.write(certificate).getBytes(StandardCharsets.UTF_8));
    return new Subject(certificate, digest, new Weights(tensors), callees);
  }

  private Grounds grounds() {
    if (construction) {
      return new Grounds.LdltConstruction();
    }
    List<Proof> proofs = new ArrayList<>(finished);
    proofs.add(new Proof(gains, segmentations, multipliers, witness));
    return switch (kind) {
      case NUMERIC -> new Grounds.GivenWeights(records, calls, proofs);
      case STRUCTURAL -> new Grounds.Composition(calls, proofs);
    };
  }

  private static double[] flat(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
  }
}
