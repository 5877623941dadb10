package io.lipc.model.construction;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Window;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Decimals;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Every message about the hypotheses of {@code parameters orthogonal}, {@code parameters sll} and
 * {@code parameters aol}, one named method each.
 */
final class OrthogonalDiagnostics {

  private OrthogonalDiagnostics() {}

  /** An operation that no such chain has. */
  static Diagnostic foreignOperation(String what, String layer, Construction construction) {
    String blocks = hasBlocks(construction) ? "residual blocks, " : "";
    return structure(
            "%s stands inside a network of `parameters %s`, which is a chain"
                .formatted(what, construction.word()))
        .required(
            blocks
                + "dense layers, convolutions, activations, pools, `flatten` and `permute` in a row")
        .found(what + " in layer `" + layer + "`")
        .help(
            "move it to another network that calls this one:"
                + " calls, `+`, concat and scale compose proved networks");
  }

  private static boolean hasBlocks(Construction construction) {
    return switch (construction) {
      case LDLT, SLL -> true;
      case ORTHOGONAL, AOL, SANDWICH -> false;
    };
  }

  /** The adjective for weights of a construction of layers of norm 1. */
  private static String made(Construction construction) {
    return construction == Construction.AOL ? "almost orthogonal" : "orthogonal";
  }

  /** A chain begins with all inputs as one vector. */
  static Diagnostic partOfInput(String input, List<CheckedNetwork.DeclaredInput> inputs) {
    String all =
        inputs.stream()
            .map(CheckedNetwork.DeclaredInput::name)
            .collect(Collectors.joining(", ", "concat(", ")"));
    return structure(
            "input `" + input + "` is read by itself, but layers of norm 1 read all inputs as one")
        .required("`" + (inputs.size() > 4 ? "concat(...)" : all) + "`, all inputs in their order")
        .found("`" + input + "`")
        .help("read the concatenation of all inputs, or declare one input in their place");
  }

  /** The network has no layer to make weights for. */
  static Diagnostic nothingToParameterize(String network, Construction construction) {
    return structure(
            "network %s has no layer that could be made %s".formatted(network, made(construction)))
        .required("at least one dense layer or convolution")
        .found("none")
        .help("remove the parameterisation, or add a dense layer");
  }

  /** A convolution for which no kernel of norm 1 is made. */
  static Diagnostic noKernel(String layer, Convolution map, Construction construction) {
    if (map.groups() > 1) {
      return kernel(layer, "cuts its channels into " + map.groups() + " groups", construction)
          .required("one group of channels")
          .found("groups = " + map.groups())
          .help("leave `groups` out");
    }
    Window window = map.window();
    if (!OrthogonalForm.isDense(window)) {
      return kernel(layer, "has a kernel with gaps", construction)
          .required("a kernel whose elements are neighbours")
          .found("dilation = " + list(window.dilation()))
          .help("leave `dilation` out, and take a larger kernel");
    }
    String found =
        "a kernel of %s that moves by %s".formatted(list(window.kernel()), list(window.stride()));
    Diagnostic strided =
        kernel(layer, "moves by several pixels and reads some of them twice", construction)
            .required("stride 1, or a stride of at least the kernel")
            .found(found)
            .help("take a kernel as large as the stride: the windows are then apart")
            .help("or stride 1, and a pool behind it");
    return hasBlocks(construction)
        ? strided
        : strided.help("or declare `parameters aol;`, which takes any stride");
  }

  private static Diagnostic kernel(String layer, String what, Construction construction) {
    return structure(
        "convolution `%s` %s, and is not made %s".formatted(layer, what, made(construction)));
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

  /**
   * A sum that is not the end of a block.
   *
   * @param terms what it adds
   */
  static Diagnostic notABlock(String sum, List<String> terms) {
    return structure(sum + " is not the end of a residual block")
        .required(
            "`x + b` or `(x |> scale(a)) + b`, where `h = x |> conv2d(..) |> relu` and"
                + " `b = h |> conv2d(..)`, or two dense layers")
        .found(terms.stream().map(term -> "`" + term + "`").collect(Collectors.joining(" + ")))
        .help(
            "let the skip and the first layer of the block read the same layer, and nothing else");
  }

  /** A skip that adds to the norm, or nothing. */
  static Diagnostic skipOutside(String sum, double factor) {
    return structure("the skip of " + sum + " is multiplied by " + Decimals.plain(factor))
        .required("a skip `a x` with 0 < a <= 1")
        .found("a = " + Decimals.plain(factor))
        .reason("the rest of the block is made from what `a` leaves of the norm 1")
        .help("write `x` itself, or `x |> scale(0.5)`");
  }

  /** Two convolutions of which one cannot be the other's adjoint. */
  static Diagnostic noAdjoint(String first, String second) {
    return structure(
            "the windows of convolutions `%s` and `%s` do not fit a residual block"
                .formatted(first, second))
        .required(
            "the same kernel in both, stride 1, no groups, no dilation, and padding that keeps"
                + " height and width")
        .found("windows that differ, or that move the image")
        .help("write `kernel = 3, padding = 1` or `kernel = 5, padding = 2` in both");
  }

  /** An activation inside of a block. */
  static Diagnostic notMonotone(String word, String layer, String found) {
    return Diagnostic.of(
            DiagnosticId.PARAMETERIZATION_SLOPE,
            "activation `"
                + word
                + "` of layer `"
                + layer
                + "` stands in a residual block, which is proved for slopes within [0, 1]")
        .required("an elementwise activation with slopes in [a, b], 0 <= a < b <= 1")
        .found(found)
        .help("use relu, tanh, or leaky_relu(s) with 0 <= s < 1");
  }

  /** Blocks alone, whose bound is 1 whatever is declared. */
  static Diagnostic blocksAlone(String network) {
    return structure("network " + network + " has no layer that could be given its bound")
        .required("a dense layer or a convolution besides those of residual blocks")
        .found("residual blocks alone, each of norm 1")
        .help("add one before or behind the blocks: `x |> conv2d(16, kernel = 3, padding = 1)`");
  }

  /**
   * The error for a layer of more numbers than one matrix holds.
   *
   * @param coordinates at one frequency; empty where no image is read
   */
  static Diagnostic tooLarge(
      String network, long rows, int most, OptionalLong coordinates, int mostCoordinates) {
    return structure(
            "network %s has %d elements in its input and its activations, more than are proved together"
                .formatted(network, rows))
        .required(
            "at most %d elements, the rows of one matrix, or %d coordinates by frequency"
                .formatted(most, mostCoordinates))
        .found(
            coordinates.isPresent()
                ? "%d, and %d coordinates".formatted(rows, coordinates.getAsLong())
                : String.valueOf(rows))
        .reason("the norms of the layers of a residual block say nothing of its bound")
        .help("make the image smaller before the first block: `conv2d(8, kernel = 2, stride = 2)`")
        .help(
            "or declare `parameters orthogonal;`, without blocks: its layers are proved one by one");
  }

  /** A maximum of pixels among layers that are proved together. */
  static Diagnostic maximum(String layer) {
    return structure("`max_pool` in layer `" + layer + "` stands beside residual blocks")
        .required("layers whose multipliers are known, as those of all other layers are")
        .found("a maximum over windows")
        .help("use `avg_pool(2)`, or a convolution of kernel 2 and stride 2");
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

  private static String list(List<?> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Weights that are not made yet, of a construction that no theorem of the core is about. */
  static Diagnostic untrained(String word, String network) {
    return Diagnostic.of(
            DiagnosticId.UNBOUNDED_LAYER,
            "nothing bounds the weights of " + network + " before they are trained")
        .required("a file of trained weights beside `parameters " + word + ";`")
        .found("none")
        .reason("each layer's norm is proved for the numbers that are stored, and for no others")
        .help(
            "declare it, `weights \"file.safetensors\";` or @WeightsFile(\"...\");"
                + " `lipc train` writes it, and needs none to begin with");
  }
}
