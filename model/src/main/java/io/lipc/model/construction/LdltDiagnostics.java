package io.lipc.model.construction;

import io.lipc.model.Construction;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;

/** The messages about residual blocks of {@code parameters ldlt}, one named method each. */
final class LdltDiagnostics {

  private static final String CLAUSE = Construction.LDLT.clause();

  private LdltDiagnostics() {}

  /** The error for more than one residual block in one network. */
  static Diagnostic severalSums(String sum, int count) {
    return structure(
            sum + " is one of " + count + " in this network, but an LDLT block has one sum")
        .required("one block per network")
        .found(count + " sums")
        .help(
            "declare each block as a network of its own with "
                + CLAUSE
                + ", and compose them: `x |> Block1 |> Block2`");
  }

  /** A sum whose value is processed further. */
  static Diagnostic innerSum(String sum) {
    return structure(sum + " is not the output, but an LDLT-R block ends in its sum")
        .required("the sum as the output of the network")
        .found("layers that read " + sum)
        .help("end the network in the sum, and call it from another one: `x |> Block |> ...`");
  }

  /** The skip that other residual networks have. */
  static Diagnostic identitySkip(String sum, String input, int size) {
    return structure(
            sum + " adds input `" + input + "` itself, but LDLT-R needs a dense layer of it")
        .required("`y = A x + B w` with `||A||_2 < L`, both matrices parameterised")
        .found("`" + input + "`, a skip by the identity")
        .reason(
            "the construction factorises `L^2 I - A'A`, which the identity makes singular at L = 1")
        .help(
            String.format(
                "write `skip = %s |> dense(%d)`, and add `skip` instead of `%s`",
                input, size, input));
  }

  /** A nonlinear term. */
  static Diagnostic activationInSum(String sum, String word, String term, int size) {
    return structure(sum + " adds activation `" + word + "` itself, but LDLT-R adds dense layers")
        .required("`dense(x) + dense(h)`")
        .found("`" + word + "` in layer `" + term + "`")
        .help(
            String.format(
                "write `out = %s |> dense(%d)`, and add `out` instead of `%s`", term, size, term));
  }

  /** A residual block without a nonlinearity. */
  static Diagnostic noChain(String sum, String first, String other) {
    return structure(
            String.format(
                "%s adds dense layers of the input only, `%s` and `%s`", sum, first, other))
        .required("`dense(x) + dense(h)`, where `h` is an activation")
        .found("no activation in either term")
        .help("keep one of the two, or let one read an activation: `x |> dense(n) |> relu`");
  }

  /** A sum of two chains. */
  static Diagnostic noSkip(String sum) {
    return structure(sum + " adds no dense layer of the input, which LDLT-R needs as its skip")
        .required("`dense(x) + dense(h)`")
        .found("no term that is a dense layer of the input")
        .help(
            "declare each term as a network of its own with "
                + CLAUSE
                + ", and add their calls: `F(x) + G(x)`");
  }

  /** One matrix in two places. */
  static Diagnostic sharedSkip(String layer, String sum) {
    return structure(
            String.format(
                "dense layer `%s` is both a term of %s and the first layer of the other term",
                layer, sum))
        .required("a dense layer of its own for the skip")
        .found("`" + layer + "`, read twice")
        .help("declare a second dense layer of the input, and add that");
  }

  private static Diagnostic structure(String summary) {
    return Diagnostic.of(DiagnosticId.PARAMETERIZATION_STRUCTURE, summary);
  }

  /** Slopes for which the theorem of residual blocks does not hold. */
  static Diagnostic notMonotone(String word, String layer, SlopeBounds slopes) {
    return DenseDiagnostics.notMonotone(word, layer, slopes, "LDLT-R is")
        .help("or leave the skip out: a chain (LDLT-L) takes every finite [a, b]");
  }

  /**
   * A dense layer that the construction does not reach.
   *
   * @param where its place relative to the block
   */
  static Diagnostic denseOutsideBlock(String layer, String network, String where) {
    return Diagnostic.of(
            DiagnosticId.UNPARAMETERIZED_DENSE,
            "dense layer `" + layer + "` is not part of the LDLT block of " + network)
        .required("dense layers of one block: a chain, or a dense layer of the input plus a chain")
        .found("`" + layer + "`, " + where)
        .reason("the theorem bounds the block alone, and nothing bounds another matrix")
        .help(
            "move `"
                + layer
                + "` to a network of its own with "
                + CLAUSE
                + ", and compose the two by call")
        .help("or certify given weights without LDLT");
  }
}
