package io.lipc.certificate;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Grounds.Composition;
import io.lipc.certificate.Grounds.GivenWeights;
import io.lipc.certificate.Grounds.Proved;
import io.lipc.formats.ElementType;
import java.util.List;

/**
 * A claim about a network, with what it rests on.
 *
 * @param network the qualified name of the network
 * @param type the format of weights and constants
 * @param claim what is proved
 * @param declared the bound that the declaration asked for, not below that of the claim
 * @param method the search that found the proof: information, never used by the checker
 * @param units the network, flat, in topological order
 * @param grounds which weights the claim is about, and why it holds
 */
public record Certificate(
    String network,
    ElementType type,
    Claim claim,
    double declared,
    String method,
    List<Unit> units,
    Grounds grounds) {

  public Certificate {
    units = List.copyOf(units);
  }

  /** The bound that is claimed. */
  public double bound() {
    return claim.bound();
  }

  /** Whether the claim is about these weights, or about every value of free parameters. */
  public Kind kind() {
    return grounds instanceof GivenWeights ? Kind.NUMERIC : Kind.STRUCTURAL;
  }

  /** Whether the network has weights of its own that the certificate does not fix. */
  public boolean hasFreeWeights() {
    return grounds instanceof Grounds.LdltConstruction;
  }

  /** The tensors that the certificate is about, sorted by name; none where weights are free. */
  public List<TensorRecord> tensors() {
    return grounds instanceof Proved proved ? proved.tensors() : List.of();
  }

  /** The proofs in numbers; none where a theorem says it all. */
  public List<Proof> proofs() {
    return grounds instanceof Proved proved ? proved.proofs() : List.of();
  }

  /** How the proofs read the networks that are called. */
  public Calls calls() {
    return grounds instanceof Proved proved ? proved.calls() : Calls.BOUNDED;
  }

  /**
   * The first proof, which is the only one unless the output is measured in linf.
   *
   * @throws java.util.NoSuchElementException if there is none, because a theorem says it all
   */
  public Proof proof() {
    return proofs().getFirst();
  }

  /**
   * The same claim for another declaration: what a network is called proves nothing about it.
   *
   * @param name the qualified name that is declared
   * @param other the bound that it asks for, not below this one
   */
  public Certificate declaring(String name, double other) {
    return new Certificate(name, type, claim, other, method, units, grounds);
  }

  /** Another bound for the same reasons, which may not suffice for it. */
  public Certificate claiming(double other) {
    return new Certificate(network, type, claim.bounded(other), declared, method, units, grounds);
  }

  /** The same claim about other units; what it was proved of, these are not. */
  public Certificate of(List<Unit> others) {
    return new Certificate(network, type, claim, declared, method, others, grounds);
  }

  /** The same claim for other reasons. */
  public Certificate on(Grounds others) {
    return new Certificate(network, type, claim, declared, method, units, others);
  }

  /** The same claim with other proofs; itself where a theorem says it all. */
  public Certificate with(List<Proof> proofs) {
    return switch (grounds) {
      case GivenWeights given -> on(new GivenWeights(given.tensors(), given.calls(), proofs));
      case Composition composition -> on(new Composition(composition.calls(), proofs));
      case Grounds.LdltConstruction _ -> this;
    };
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

  /** What a proof is about. */
  public enum Kind {
    /** These weights, identified by their digests. */
    NUMERIC,
    /** Every value of the free parameters. */
    STRUCTURAL
  }
}
