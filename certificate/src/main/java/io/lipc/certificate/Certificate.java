package io.lipc.certificate;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Grounds.Proved;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.NetworkName;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * A claim about a network, with what it rests on.
 *
 * @param network the qualified name of the network
 * @param type the format of weights and constants
 * @param claim what is proved
 * @param method the search that found the proof: information, never used by the checker
 * @param units the network, flat, in topological order
 * @param grounds which weights the claim is about, and why it holds
 */
public record Certificate(
    String network,
    ElementType type,
    Claim claim,
    String method,
    List<Unit> units,
    Grounds grounds) {

  public Certificate {
    NetworkName.checked(network);
    units = List.copyOf(units);
  }

  /**
   * The Lipschitz bound for all inputs, for whoever cannot do without one.
   *
   * @throws IllegalStateException if the certificate claims something else
   */
  public Claim.Lipschitz lipschitz() {
    return claim
        .global()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    network + " has a certificate of " + claim.kind().word() + ", of no bound"));
  }

  /**
   * The claim that the proofs in numbers show of the units.
   *
   * @throws IllegalStateException if the claim rests on no such proof
   */
  public Claim.Lipschitz inequality() {
    if (claim instanceof Claim.OfUnits ofUnits) {
      return ofUnits.inequality();
    }
    throw new IllegalStateException(claim.kind().word() + " rests on no inequality");
  }

  /** Whether the claim is about these weights, or about every value of free parameters. */
  public Kind kind() {
    return grounds.kind();
  }

  /** Whether the network has weights of its own that the certificate does not fix. */
  public boolean hasFreeWeights() {
    return grounds instanceof Grounds.LdltConstruction;
  }

  /** The tensors that the certificate is about, sorted by name; none where weights are free. */
  public List<TensorRecord> tensors() {
    return grounds.tensors();
  }

  /** The proofs in numbers; none where a theorem replaces them. */
  public List<Proof> proofs() {
    return grounds instanceof Proved proved ? proved.proofs() : List.of();
  }

  /**
   * How many of the proofs show a bound: all of them, but for pairs with what radii by signs rest
   * on. There, a second one of each pair stands behind these, and shows no bound.
   */
  public int bounding() {
    boolean twice = claim instanceof Claim.Pairs pairs && pairs.delta().isPresent();
    return twice ? proofs().size() / 2 : proofs().size();
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
   * The same claim about a network of another name: what it is called proves nothing about it.
   *
   * @param name the qualified name that is declared
   */
  public Certificate named(String name) {
    return new Certificate(name, type, claim, method, units, grounds);
  }

  /**
   * The same bound for another declaration.
   *
   * @param name the qualified name that is declared
   * @param declared the bound that it asks for, not below this one
   * @throws IllegalStateException if the certificate claims no bound
   */
  public Certificate declaring(String name, double declared) {
    Claim.Lipschitz own = lipschitz();
    Claim other = new Claim.Lipschitz(own.norms(), own.bound(), declared);
    return new Certificate(name, type, other, method, units, grounds);
  }

  /**
   * This certificate with another bound and the same proof, which may not suffice for that bound.
   *
   * @throws IllegalStateException if the certificate claims no bound
   */
  public Certificate claiming(double bound) {
    Claim.Lipschitz own = lipschitz();
    Claim other = new Claim.Lipschitz(own.norms(), bound, own.declared());
    return new Certificate(network, type, other, method, units, grounds);
  }

  /**
   * This certificate with other units and the same proof, which was found for the old ones and may
   * not hold for these.
   */
  public Certificate of(List<Unit> others) {
    return new Certificate(network, type, claim, method, others, grounds);
  }

  /** This certificate with other grounds for the same claim. */
  public Certificate on(Grounds others) {
    return new Certificate(network, type, claim, method, units, others);
  }

  /**
   * This certificate with other proofs of the same claim; the certificate itself where a theorem
   * replaces proofs in numbers.
   */
  public Certificate with(List<Proof> proofs) {
    return on(grounds.with(proofs));
  }

  /**
   * The properties of an activation's elements that hold for all inputs.
   *
   * @param unit the number of an activation
   */
  public KnownGroups known(int unit) {
    return ((Unit.Activation) units.get(unit)).known();
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

  /**
   * The tensors of a file, those that this certificate names in its format. Others stay as they are
   * stored, as units of inputs have to.
   *
   * @throws FormatException if an element overflows that format
   */
  public Weights inItsFormat(Weights file) throws FormatException {
    return file.rounded(
        type, tensors().stream().map(TensorRecord::name).collect(Collectors.toSet()));
  }
}
