package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;

/**
 * The messages about the hypotheses that constructions of dense layers have in common, one named
 * method each, in the words of one construction.
 *
 * @param name the construction's name
 * @param subject the subject of sentences about reading, beginning and ending
 * @param block a network that the construction makes weights for
 * @param layers the layers of such a network
 * @param output the output of such a network
 * @param remedy the help where an activation is not elementwise
 */
record DenseDiagnostics(
    String name, String subject, String block, String layers, String output, String remedy) {

  /** An operation that no block has. */
  Diagnostic foreignOperation(String what, String layer) {
    return structure(
            "%s stands inside %s, which has dense layers and activations only"
                .formatted(what, block))
        .required(layers)
        .found(what + " in layer `" + layer + "`")
        .help(
            "move it to another network that calls this one:"
                + " calls, `+`, concat and scale compose proved networks");
  }

  /** A block reads all inputs as one vector. */
  Diagnostic partOfInput(String input, List<CheckedNetwork.DeclaredInput> inputs) {
    return ConstructionMessages.partOfInput(input, subject + " reads", inputs);
  }

  /** The network has no layer to make weights for. */
  Diagnostic nothingToParameterize(String network) {
    return structure(
            "network %s has no dense layer that %s could parameterise".formatted(network, name))
        .required("at least one dense layer")
        .found("none")
        .help("remove the parameterisation, or add a dense layer");
  }

  /** The construction does not bound the layers behind the last dense layer. */
  Diagnostic endsInActivation(String word, String layer, int size) {
    Diagnostic diagnostic =
        structure(
                "the network ends in activation `%s`, but %s ends in a dense layer"
                    .formatted(word, subject))
            .required(output)
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
                .formatted(word, subject))
        .required("a dense layer first")
        .found("`" + word + "` of `" + input + "`")
        .help(
            "put a dense layer before it, or apply `"
                + word
                + "` in another network that calls this one");
  }

  private static Diagnostic structure(String summary) {
    return Diagnostic.of(DiagnosticId.PARAMETERIZATION_STRUCTURE, summary);
  }

  /** An activation that mixes its elements. */
  Diagnostic notElementwise(String word, String layer) {
    return slope("activation `" + word + "` of layer `" + layer + "` is not elementwise")
        .required("an elementwise activation with slopes in [a, b], a < b")
        .found("`" + word + "`, whose elements depend on each other")
        .help(remedy);
  }

  /** An activation that is none. */
  static Diagnostic linear(String word, String layer, SlopeBounds slopes) {
    return slope(
            "activation `%s` of layer `%s` is linear: its slope is %s"
                .formatted(word, layer, number(slopes.alpha())))
        .required("slopes in [a, b] with a < b")
        .found("slopes in " + interval(slopes))
        .reason("the construction divides by b - a")
        .help("remove it and merge the dense layers around it, or use relu, tanh, leaky_relu");
  }

  /**
   * Slopes outside [0, 1], where a construction needs them within.
   *
   * @param proof the subject and verb of a clause: {@code these layers are}
   */
  static Diagnostic notMonotone(String word, String layer, SlopeBounds slopes, String proof) {
    String interval = interval(slopes);
    return slope(
            "activation `%s` of layer `%s` has slopes in %s, but %s proved for [0, 1]"
                .formatted(word, layer, interval, proof))
        .required("slopes within [0, 1]")
        .found("slopes in " + interval)
        .help("use relu, tanh, or leaky_relu(s) with 0 <= s < 1");
  }

  private static Diagnostic slope(String summary) {
    return Diagnostic.of(DiagnosticId.PARAMETERIZATION_SLOPE, summary);
  }

  private static String interval(SlopeBounds slopes) {
    return "[" + number(slopes.alpha()) + ", " + number(slopes.beta()) + "]";
  }

  /** The shortest decimal of the format that the number was rounded to. */
  private static String number(double value) {
    return (float) value == value ? Float.toString((float) value) : Double.toString(value);
  }
}
