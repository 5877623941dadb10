package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every message about the hypotheses of {@code parameters ldlt} and {@code parameters sandwich},
 * one named method each. Those that are about both name the construction.
 */
public final class LdltDiagnostics {

  private static final String CLAUSE = "`parameters ldlt;` or @Parameterized(LDLT)";

  private final Construction construction;

  LdltDiagnostics(Construction construction) {
    this.construction = construction;
  }

  private boolean isSandwich() {
    return construction == Construction.SANDWICH;
  }

  /** The subject of sentences about reading, beginning and ending. */
  private String chain() {
    return isSandwich() ? "a sandwich chain" : "LDLT";
  }

  // The structure.

  /** An operation that no block has. */
  Diagnostic foreignOperation(String what, String layer) {
    String block = isSandwich() ? "a sandwich chain" : "an LDLT block";
    String required =
        isSandwich()
            ? "dense layers with activations between them"
            : "dense layers, activations, and the sum of a residual block";
    return structure(
            "%s stands inside %s, which has dense layers and activations only"
                .formatted(what, block))
        .required(required)
        .found(what + " in layer `" + layer + "`")
        .help(
            "move it to another network that calls this one:"
                + " calls, `+`, concat and scale compose proved networks");
  }

  /** A block reads all inputs as one vector. */
  Diagnostic partOfInput(String input, List<CheckedNetwork.DeclaredInput> inputs) {
    String all =
        inputs.stream()
            .map(CheckedNetwork.DeclaredInput::name)
            .collect(Collectors.joining(", ", "concat(", ")"));
    return structure(
            "input `%s` is read by itself, but %s reads all inputs as one"
                .formatted(input, chain()))
        .required("`" + (inputs.size() > 4 ? "concat(...)" : all) + "`, all inputs in their order")
        .found("`" + input + "`")
        .help("read the concatenation of all inputs, or declare one input in their place");
  }

  /** The network has no layer to make weights for. */
  Diagnostic nothingToParameterize(String network) {
    return structure(
            "network %s has no dense layer that %s could parameterise"
                .formatted(network, isSandwich() ? "sandwich" : "LDLT"))
        .required("at least one dense layer")
        .found("none")
        .help("remove the parameterisation, or add a dense layer");
  }

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

  /** The construction does not bound the layers behind the last dense layer. */
  Diagnostic endsInActivation(String word, String layer, int size) {
    Diagnostic diagnostic =
        structure(
                "the network ends in activation `%s`, but %s ends in a dense layer"
                    .formatted(word, chain()))
            .required("a dense layer as the output" + (isSandwich() ? "" : ", or the sum of two"))
            .found("`" + word + "` in layer `" + layer + "`");
    return word.equals(LinearKind.IDENTITY.word())
        ? diagnostic.help("return what `" + layer + "` reads")
        : diagnostic.help("add a dense layer behind it: `... |> dense(" + size + ")`");
  }

  /** Two matrices whose product only one block could bound. */
  static Diagnostic denseAfterDense(String second, String first) {
    return structure(
            String.format(
                "dense layers `%s` and `%s` follow each other without an activation",
                first, second))
        .required("an activation between two dense layers")
        .found("`" + second + "` reads `" + first + "`")
        .help("merge the two into one dense layer, or put an activation between them");
  }

  /** Two nonlinearities on one path. */
  static Diagnostic activationAfterActivation(String second, String first) {
    return structure(
            String.format(
                "activations `%s` and `%s` follow each other without a dense layer", first, second))
        .required("a dense layer between two activations")
        .found("`" + second + "` reads `" + first + "`")
        .help("keep one of the two, or put a dense layer between them");
  }

  /** A nonlinearity without a matrix before it. */
  Diagnostic activationOfInput(String word, String input) {
    return structure(
            "activation `%s` reads the input, but %s begins with a dense layer"
                .formatted(word, chain()))
        .required("a dense layer first")
        .found("`" + word + "` of `" + input + "`")
        .help(
            "put a dense layer before it, or apply `"
                + word
                + "` in another network that calls this one");
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

  // The slopes.

  /** An activation that mixes its elements. */
  Diagnostic notElementwise(String word, String layer) {
    String help =
        isSandwich()
            ? "use relu, tanh, or leaky_relu(s) with 0 <= s < 1"
            : "use relu, tanh, abs or leaky_relu, or certify given weights without LDLT";
    return slope("activation `" + word + "` of layer `" + layer + "` is not elementwise")
        .required("an elementwise activation with slopes in [a, b], a < b")
        .found("`" + word + "`, whose elements depend on each other")
        .help(help);
  }

  /** Slopes for which sandwich layers are not 1-Lipschitz. */
  static Diagnostic notMonotone(String word, String layer, SlopeBounds slopes) {
    String interval = "[" + number(slopes.alpha()) + ", " + number(slopes.beta()) + "]";
    return slope(
            "activation `%s` of layer `%s` has slopes in %s, but sandwich layers are proved for [0, 1]"
                .formatted(word, layer, interval))
        .required("slopes within [0, 1]")
        .found("slopes in " + interval)
        .help("use relu, tanh, or leaky_relu(s) with 0 <= s < 1")
        .help("or declare `parameters ldlt;`, whose chains take every finite [a, b]");
  }

  /** Slopes for which the theorem of the structure does not hold. */
  static Diagnostic slopeOutside(
      String word, String layer, SlopeBounds slopes, LdltStructure structure) {
    String interval = "[" + number(slopes.alpha()) + ", " + number(slopes.beta()) + "]";
    String activation = "activation `" + word + "` of layer `" + layer + "`";
    if (!(slopes.alpha() < slopes.beta())) {
      return slope(activation + " is linear: its slope is " + number(slopes.alpha()))
          .required("slopes in [a, b] with a < b")
          .found("slopes in " + interval)
          .reason("the construction divides by b - a")
          .help("remove it and merge the dense layers around it, or use relu, tanh, leaky_relu");
    }
    return switch (structure) {
      case LdltStructure.Residual _ ->
          slope(activation + " has slopes in " + interval + ", but LDLT-R is proved for [0, 1]")
              .required("slopes within [0, 1]")
              .found("slopes in " + interval)
              .help("use relu, tanh, or leaky_relu(s) with 0 <= s < 1")
              .help("or leave the skip out: a chain (LDLT-L) takes every finite [a, b]");
      case LdltStructure.Chain _ ->
          throw new IllegalArgumentException("a chain takes every interval that is not a point");
    };
  }

  private static Diagnostic slope(String summary) {
    return Diagnostic.of(DiagnosticId.PARAMETERIZATION_SLOPE, summary);
  }

  /** The shortest decimal of the format that the number was rounded to. */
  private static String number(double value) {
    return (float) value == value ? Float.toString((float) value) : Double.toString(value);
  }

  // Dense layers that belong to no block.

  /**
   * A dense layer that the construction does not reach.
   *
   * @param where its place relative to the block
   */
  static Diagnostic denseOutsideBlock(String layer, String network, String where) {
    return plainDense("dense layer `" + layer + "` is not part of the LDLT block of " + network)
        .required("dense layers of one block: a chain, or a dense layer of the input plus a chain")
        .found("`" + layer + "`, " + where)
        .reason("the theorem bounds the block alone, and nothing bounds another matrix")
        .help(own(layer) + ", and compose the two by call")
        .help("or certify given weights without LDLT");
  }

  /** A dense layer beside calls, in a network without weights. */
  public static Diagnostic denseBesideCall(String layer, String network, String callee) {
    return plainDense(
            String.format(
                "nothing bounds dense layer `%s` of %s beside its call of `%s`",
                layer, network, callee))
        .required("weights that can be read now, or a parameterisation, for each dense layer")
        .found("neither a file of weights nor a parameterisation")
        .help(own(layer) + ", and call that")
        .help("or declare the file: `weights \"file.safetensors\";` or @WeightsFile(\"...\")");
  }

  private static String own(String layer) {
    return "move `" + layer + "` to a network of its own with " + CLAUSE;
  }

  private static Diagnostic plainDense(String summary) {
    return Diagnostic.of(DiagnosticId.UNPARAMETERIZED_DENSE, summary);
  }
}
