package io.lipc.certificate;

import io.lipc.formats.ElementType;
import java.util.List;

/**
 * The claim that a network is {@code bound}-Lipschitz between two norms in real arithmetic, with
 * its proof.
 *
 * @param network the qualified name of the network
 * @param kind whether the proof is about these weights or about all
 * @param type the format of weights and constants
 * @param norms the norms of the differences of inputs and of outputs
 * @param declared the bound that the declaration asked for, not below {@code bound}
 * @param bound the bound that is proved, exactly this double
 * @param calls how the proof reads the networks that are called
 * @param method the search that found the proof: information, never used by the checker
 * @param units the network, flat, in topological order
 * @param tensors the tensors that the units name, sorted by name
 * @param proofs what convinces the checker: one proof, or one for each element of the output, where
 *     that is measured in linf
 */
public record Certificate(
    String network,
    Kind kind,
    ElementType type,
    Norms norms,
    double declared,
    double bound,
    Calls calls,
    String method,
    List<Unit> units,
    List<TensorRecord> tensors,
    List<Proof> proofs) {

  public Certificate {
    units = List.copyOf(units);
    tensors = List.copyOf(tensors);
    proofs = List.copyOf(proofs);
    if (proofs.isEmpty()) {
      throw new IllegalArgumentException("no proof");
    }
  }

  /** A claim whose proof knows the networks that are called by their bounds. */
  public Certificate(
      String network,
      Kind kind,
      ElementType type,
      Norms norms,
      double declared,
      double bound,
      String method,
      List<Unit> units,
      List<TensorRecord> tensors,
      List<Proof> proofs) {
    this(
        network, kind, type, norms, declared, bound, Calls.BOUNDED, method, units, tensors, proofs);
  }

  /** Such a claim from l2 to l2. */
  public Certificate(
      String network,
      Kind kind,
      ElementType type,
      double declared,
      double bound,
      String method,
      List<Unit> units,
      List<TensorRecord> tensors,
      Proof proof) {
    this(
        network,
        kind,
        type,
        Norms.EUCLIDEAN,
        declared,
        bound,
        Calls.BOUNDED,
        method,
        units,
        tensors,
        List.of(proof));
  }

  /** Whether the network has weights that the certificate does not fix. */
  public boolean hasFreeWeights() {
    return kind == Kind.STRUCTURAL && units.stream().anyMatch(unit -> !unit.tensors().isEmpty());
  }

  /**
   * The same claim for another declaration: what a network is called proves nothing about it.
   *
   * @param name the qualified name that is declared
   * @param other the bound that it asks for, not below this one
   */
  public Certificate declaring(String name, double other) {
    return new Certificate(
        name, kind, type, norms, other, bound, calls, method, units, tensors, proofs);
  }

  /** The same claim about other units; what it was proved of, these are not. */
  public Certificate of(List<Unit> others) {
    return new Certificate(
        network, kind, type, norms, declared, bound, calls, method, others, tensors, proofs);
  }

  /** The first proof, which is the only one unless the output is measured in linf. */
  public Proof proof() {
    return proofs.getFirst();
  }

  /** The number of elements that the network reads. */
  public int inputSize() {
    return units.stream()
        .filter(Unit.Input.class::isInstance)
        .mapToInt(Unit::size)
        .findFirst()
        .orElseThrow();
  }

  /** The number of elements that the network gives. */
  public int outputSize() {
    return units.getLast().size();
  }

  /** How a proof reads the networks that are called. Their own certificates are checked always. */
  public enum Calls {
    /** Each call is one unit, of which the certified bound of the called network is known. */
    BOUNDED,
    /** Their units stand in place of the calls; the proof counts these units. */
    INLINED
  }

  /** What a proof is about. */
  public enum Kind {
    /** These weights, identified by their digests. */
    NUMERIC,
    /** Every value of the free parameters. */
    STRUCTURAL
  }
}
