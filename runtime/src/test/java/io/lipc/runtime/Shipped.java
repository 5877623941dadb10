package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A certificate being written for a network that ships with a class; changed, then read. */
public final class Shipped {

  public String network = "demo.Network";
  public ElementType type = ElementType.F64;
  public Norms norms = new Norms(Norm.L2, Norm.L2);
  public double declared = 1;
  public double bound = 0.5;

  /** Whether the certificate is about every value of its weights, and so records none. */
  public boolean free;

  /** Whether a network without weights calls one whose weights are free. */
  public boolean composed;

  public PositivityWitness witness = new PositivityWitness.ExactElimination();
  public final List<Unit> units = new ArrayList<>();
  public final List<Proof.Multiplier> multipliers = new ArrayList<>();
  public final List<Tensor> tensors = new ArrayList<>();

  /** A certificate without units. */
  public Shipped() {}

  /** Half of each of two elements, by a matrix. */
  public static Shipped halved() {
    Shipped shipped = new Shipped();
    shipped.input(2);
    shipped.units.add(Unit.dense(0, 2, 2, "w", Optional.empty()));
    shipped.tensors.add(tensor("w", ElementType.F64, List.of(2, 2), 0.5, 0, 0, 0.5));
    return shipped;
  }

  /** The same for every matrix: what a class promises whose weights are trained. */
  public static Shipped promised() {
    Shipped shipped = halved();
    shipped.free = true;
    shipped.declared = 0.75;
    shipped.bound = 0.75;
    return shipped;
  }

  /** Half of what another network of two elements gives, whose bound is at most 1/2. */
  public static Shipped calling(String callee, Digest certificate) {
    Shipped shipped = new Shipped();
    shipped.network = "demo.Caller";
    shipped.bound = 0.25;
    shipped.input(2);
    shipped.units.add(new Unit.Call(0, callee, certificate, 2, 2));
    shipped.units.add(Unit.scale(1, 0.5, 2));
    // S = (1/16 - l/4) |x|^2 + (l - 1/4) |w|^2.
    shipped.multipliers.add(new Proof.Multiplier(1, Proof.Constraint.GAIN, List.of(0.25)));
    return shipped;
  }

  public static Tensor tensor(
      String name, ElementType type, List<Integer> shape, double... values) {
    try {
      return Tensor.of(name, type, shape, values);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public void input(int size) {
    List<Double> ends = Collections.nCopies(size, 1.0);
    Unit.Box box = new Unit.Box(ends.stream().map(end -> -end).toList(), ends);
    units.add(new Unit.Input(size, Optional.of(box)));
  }

  /** Adds a matrix, and gives its unit's number. */
  public int dense(int operand, double[][] rows, String name) {
    int columns = rows[0].length;
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    tensors.add(tensor(name, type, List.of(rows.length, columns), values));
    units.add(Unit.dense(operand, columns, rows.length, name, Optional.empty()));
    return units.size() - 1;
  }

  public Certificate certificate() {
    List<TensorRecord> records =
        free || composed
            ? List.of()
            : tensors.stream().map(t -> new TensorRecord(t.name(), t.shape(), digest(t))).toList();
    Proof proof = new Proof(List.of(), List.of(), multipliers, witness);
    return new Certificate(
        network,
        type,
        new Claim.Lipschitz(norms, bound, declared),
        "by hand",
        units,
        grounds(records, proof));
  }

  private Grounds grounds(List<TensorRecord> records, Proof proof) {
    if (free) {
      return new Grounds.LdltConstruction();
    }
    return composed
        ? new Grounds.Composition(Grounds.Calls.BOUNDED, List.of(proof))
        : new Grounds.GivenWeights(records, proof);
  }

  private Digest digest(Tensor tensor) {
    try {
      return tensor.rounded(type).digest();
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public String text() {
    return CertificateText.write(certificate());
  }

  public Digest textDigest() {
    return Digest.of(text().getBytes(StandardCharsets.UTF_8));
  }

  public Weights weights() {
    return Weights.of(tensors);
  }

  /** With weights, which a certificate of free ones is not about. */
  public Subject subject(Subject... callees) {
    Map<String, Subject> byName =
        Arrays.stream(callees).collect(Collectors.toMap(c -> c.certificate().network(), c -> c));
    return new Subject(certificate(), textDigest(), weights(), byName);
  }

  public String resource() {
    return "META-INF/lipc/" + network + ".json";
  }
}
