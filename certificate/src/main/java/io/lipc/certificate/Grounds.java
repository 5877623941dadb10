package io.lipc.certificate;

import java.util.List;
import java.util.Optional;

/**
 * Which function a certificate is about, and why its bound holds. Each case has what its reasons
 * read and nothing besides: a theorem about free parameters cannot stand beside given weights, nor
 * beside calls that are read as units.
 */
public sealed interface Grounds {

  /** The tensors that the claim is about, sorted by name; none where weights are free. */
  List<TensorRecord> tensors();

  /** Whether the claim is about given weights, or about every value of free parameters. */
  Certificate.Kind kind();

  /** These with other proofs; the same where a claim does not rest on proofs in numbers. */
  Grounds with(List<Proof> proofs);

  /** How a proof treats the networks that are called. Their own certificates are always checked. */
  enum Calls {
    /** Each call is one unit; of the called network only its certified bound is used. */
    BOUNDED,
    /**
     * The units of the called networks stand in place of the calls, and the proof numbers all of
     * them together.
     */
    INLINED
  }

  /** A proof in numbers, about the units as they stand or with others in place of calls. */
  sealed interface Proved extends Grounds {

    /** How the proofs treat the networks that are called. */
    Calls calls();

    /**
     * One proof, or one for each element of the output, where that is measured in linf and the
     * proofs are matrix inequalities.
     */
    List<Proof> proofs();
  }

  /**
   * A function whose weights are given, identified by their digests.
   *
   * @param tensors those that the units name, sorted by name
   * @param calls how the proofs read the networks that are called
   * @param proofs at least one
   */
  record GivenWeights(List<TensorRecord> tensors, Calls calls, List<Proof> proofs)
      implements Proved {
    public GivenWeights {
      tensors = List.copyOf(tensors);
      proofs = atLeastOne(proofs);
    }

    @Override
    public Certificate.Kind kind() {
      return Certificate.Kind.NUMERIC;
    }

    @Override
    public GivenWeights with(List<Proof> others) {
      return new GivenWeights(tensors, calls, others);
    }

    /** Grounds with one proof, in which called networks are known by their bounds. */
    public GivenWeights(List<TensorRecord> tensors, Proof proof) {
      this(tensors, Calls.BOUNDED, List.of(proof));
    }
  }

  /**
   * A function that has no weights of its own; those of the networks that it calls may be free.
   *
   * @param calls how the proofs read the networks that are called
   * @param proofs at least one
   */
  record Composition(Calls calls, List<Proof> proofs) implements Proved {
    public Composition {
      proofs = atLeastOne(proofs);
    }

    @Override
    public Certificate.Kind kind() {
      return Certificate.Kind.STRUCTURAL;
    }

    @Override
    public Composition with(List<Proof> others) {
      return new Composition(calls, others);
    }

    @Override
    public List<TensorRecord> tensors() {
      return List.of();
    }
  }

  /**
   * Every function that the LDL^T construction makes of its parameters for this bound: the theorem
   * gives multipliers with {@code S > 0} whatever they are.
   */
  record LdltConstruction() implements Grounds {
    @Override
    public Certificate.Kind kind() {
      return Certificate.Kind.STRUCTURAL;
    }

    @Override
    public LdltConstruction with(List<Proof> others) {
      return this;
    }

    @Override
    public List<TensorRecord> tensors() {
      return List.of();
    }
  }

  /**
   * A function whose weights are given, those of called networks included; the declared box of
   * inputs is passed through its units as ranges, which is all that the claim rests on.
   *
   * @param tensors those that the units name, sorted by name
   * @param boxes parts of the box, through which lines are passed backward too; empty for ranges of
   *     the whole box alone
   */
  record Enclosure(List<TensorRecord> tensors, Optional<BoxTree> boxes) implements Grounds {
    public Enclosure {
      tensors = List.copyOf(tensors);
    }

    /** By ranges of the whole box alone. */
    public Enclosure(List<TensorRecord> tensors) {
      this(tensors, Optional.empty());
    }

    @Override
    public Certificate.Kind kind() {
      return Certificate.Kind.NUMERIC;
    }

    @Override
    public Enclosure with(List<Proof> others) {
      return this;
    }
  }

  private static List<Proof> atLeastOne(List<Proof> proofs) {
    if (proofs.isEmpty()) {
      throw new IllegalArgumentException("no proof");
    }
    return List.copyOf(proofs);
  }
}
