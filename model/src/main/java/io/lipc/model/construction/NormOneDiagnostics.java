package io.lipc.model.construction;

import io.lipc.certificate.linear.Window;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The messages about the hypotheses that chains of layers of norm 1 have in common, one named
 * method each, in the words of one construction.
 *
 * @param word the word of the language that the network has for its construction
 * @param made the adjective for weights that the construction makes
 * @param hasBlocks whether there may be residual blocks in the chain
 */
record NormOneDiagnostics(String word, String made, boolean hasBlocks) {

  /** An operation that no such chain has. */
  Diagnostic foreignOperation(String what, String layer) {
    String blocks = hasBlocks ? "residual blocks, " : "";
    return structure(
            "%s stands inside a network of `parameters %s`, which is a chain".formatted(what, word))
        .required(
            blocks
                + "dense layers, convolutions, activations, pools, `flatten` and `permute` in a row")
        .found(what + " in layer `" + layer + "`")
        .help(
            "move it to another network that calls this one:"
                + " calls, `+`, concat and scale compose proved networks");
  }

  /** A chain begins with all inputs as one vector. */
  static Diagnostic partOfInput(String input, List<CheckedNetwork.DeclaredInput> inputs) {
    return ConstructionMessages.partOfInput(input, "layers of norm 1 read", inputs);
  }

  /** The network has no layer to make weights for. */
  Diagnostic nothingToParameterize(String network) {
    return structure("network %s has no layer that could be made %s".formatted(network, made))
        .required("at least one dense layer or convolution")
        .found("none")
        .help("remove the parameterisation, or add a dense layer");
  }

  /** A convolution whose outputs do not read all inputs. */
  Diagnostic severalGroups(String layer, int groups) {
    return kernel(layer, "cuts its channels into " + groups + " groups")
        .required("one group of channels")
        .found("groups = " + groups)
        .help("leave `groups` out");
  }

  /** A convolution for which no kernel of norm 1 is made. */
  Diagnostic kernel(String layer, String what) {
    return structure("convolution `%s` %s, and is not made %s".formatted(layer, what, made));
  }

  /** A maximum over windows that overlap counts an element more than once. */
  static Diagnostic overlappingMaxima(String layer, Window window) {
    return structure("the windows of `max_pool` in layer `" + layer + "` overlap")
        .required("a stride of at least the kernel")
        .found(
            "a kernel of %s that moves by %s"
                .formatted(list(window.kernel()), list(window.stride())))
        .reason(
            "one pixel may be the maximum of "
                + window.overlap()
                + " windows, and its changes count in each")
        .help("leave `stride` out: it is the kernel then");
  }

  private static Diagnostic structure(String summary) {
    return Diagnostic.of(DiagnosticId.PARAMETERIZATION_STRUCTURE, summary);
  }

  /** An activation that is steeper than 1. */
  static Diagnostic slopeOutside(String word, String layer, SlopeBounds slopes) {
    return gain(word, layer)
        .required("slopes within [-1, 1]")
        .found(
            "slopes in [" + Decimals.down(slopes.alpha()) + ", " + Decimals.up(slopes.beta()) + "]")
        .help("use maxmin or abs, which keep distances, or relu or tanh");
  }

  /** An activation of groups whose parameters make it steeper than 1. */
  static Diagnostic gainAboveOne(Activation.Grouped activation, String layer) {
    String parameters = activation.kind().parameterNames() + " = " + list(activation.parameters());
    return gain(activation.kind().word(), layer)
        .required("parameters for which it moves no two vectors further apart")
        .found(parameters)
        .help("use maxmin, householder of a unit vector, or softmax of a temperature from 0.5 on");
  }

  private static Diagnostic gain(String word, String layer) {
    return Diagnostic.of(
        DiagnosticId.PARAMETERIZATION_SLOPE,
        "activation `"
            + word
            + "` of layer `"
            + layer
            + "` may be steeper than 1, which layers of norm 1 cannot make up for");
  }

  static String list(List<?> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
