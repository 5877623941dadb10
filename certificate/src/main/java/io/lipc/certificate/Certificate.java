package io.lipc.certificate;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Grounds.Composition;
import io.lipc.certificate.Grounds.GivenWeights;
import io.lipc.certificate.Grounds.Proved;
import io.lipc.formats.ElementType;
import io.lipc.formats.NetworkName;
import java.util.List;
import java.util.NoSuchElementException;

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
    NetworkName.ofCertificate(network);
    units = List.copyOf(units);
  }

  /**
   * The Lipschitz bound that is claimed: outputs differ by at most this many times as much as
   * inputs, in the norms of the {@link #claim}.
   */
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

  /** The proofs in numbers; none where a theorem replaces them. */
  public List<Proof> proofs() {
    return grounds instanceof Proved proved ? proved.proofs() : List.of();
  }

  /**
   * How the proofs treat the networks that are called: by their bounds, or with their units
   * inlined.
   */
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

  /**
   * This certificate with another bound and the same proof, which may not suffice for that bound.
   */
  public Certificate claiming(double other) {
    return new Certificate(network, type, claim.bounded(other), declared, method, units, grounds);
  }

  /**
   * This certificate with other units and the same proof, which was found for the old ones and may
   * not hold for these.
   */
  public Certificate of(List<Unit> others) {
    return new Certificate(network, type, claim, declared, method, others, grounds);
  }

  /** This certificate with other grounds for the same claim. */
  public Certificate on(Grounds others) {
    return new Certificate(network, type, claim, declared, method, units, others);
  }

  /**
   * This certificate with other proofs of the same claim; the certificate itself where a theorem
   * replaces proofs in numbers.
   */
  public Certificate with(List<Proof> proofs) {
    return switch (grounds) {
      case GivenWeights given -> on(new GivenWeights(given.tensors(), given.calls(), proofs));
      case Composition composition -> on(new Composition(composition.calls(), proofs));
      case Grounds.LdltConstruction _ -> this;
    };
  }

  /**
   * The input of the network: its extents, and the box that is declared for it.
   *
   * @throws NoSuchElementException if no unit is one, as the checker asks of the first
   */
  public Unit.Input input() {
    // By numbers: radii ask for the box at each evaluation, which allocates nothing.
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i) instanceof Unit.Input input) {
        return input;
      }
    }
    throw new NoSuchElementException("no unit is an input");
  }

  /** The number of elements of an input of the network. */
  public int inputSize() {
    return input().size();
  }

  /** The number of elements of an output of the network. */
  public int outputSize() {
    return units.getLast().size();
  }

  /** Which weights a certificate is about. */
  public enum Kind {
    /** The certificate is about the given weights alone, identified by their digests. */
    NUMERIC,
    /**
     * The certificate is about every value of the free parameters, so about weights that are not
     * yet known.
     */
    STRUCTURAL
  }
}
