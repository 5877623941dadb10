package io.lipc.model.construction;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Window;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;
import java.util.stream.Collectors;

/** Every message about the hypotheses of {@code parameters orthogonal}, one named method each. */
final class OrthogonalDiagnostics {

  private OrthogonalDiagnostics() {}

  /** An operation that no orthogonal chain has. */
  static Diagnostic foreignOperation(String what, String layer) {
    return structure(what + " stands inside an orthogonal network, which is a chain")
        .required(
            "dense layers, convolutions, activations, pools, `flatten` and `permute` in a row")
        .found(what + " in layer `" + layer + "`")
        .help(
            "move it to another network that calls this one:"
                + " calls, `+`, concat and scale compose proved networks");
  }

  /** A chain begins with all inputs as one vector. */
  static Diagnostic partOfInput(String input, List<CheckedNetwork.DeclaredInput> inputs) {
    String all =
        inputs.stream()
            .map(CheckedNetwork.DeclaredInput::name)
            .collect(Collectors.joining(", ", "concat(", ")"));
    return structure(
            "input `" + input + "` is read by itself, but an orthogonal network reads all as one")
        .required("`" + (inputs.size() > 4 ? "concat(...)" : all) + "`, all inputs in their order")
        .found("`" + input + "`")
        .help("read the concatenation of all inputs, or declare one input in their place");
  }

  /** Nothing to make weights for. */
  static Diagnostic nothingToParameterize(String network) {
    return structure("network " + network + " has no layer that could be made orthogonal")
        .required("at least one dense layer or convolution")
        .found("none")
        .help("remove the parameterisation, or add a dense layer");
  }

  /** A convolution for which no kernel of norm 1 is made. */
  static Diagnostic noKernel(String layer, Convolution map) {
    if (map.groups() > 1) {
      return kernel(layer, "cuts its channels into " + map.groups() + " groups")
          .required("one group of channels")
          .found("groups = " + map.groups())
          .help("leave `groups` out");
    }
    Window window = map.window();
    if (!OrthogonalForm.isDense(window)) {
      return kernel(layer, "has a kernel with gaps")
          .required("a kernel whose elements are neighbours")
          .found("dilation = " + list(window.dilation()))
          .help("leave `dilation` out, and take a larger kernel");
    }
    String found =
        "a kernel of %s that moves by %s".formatted(list(window.kernel()), list(window.stride()));
    return kernel(layer, "moves by several pixels and reads some of them twice")
        .required("stride 1, or a stride of at least the kernel")
        .found(found)
        .help("take a kernel as large as the stride: the windows are then apart")
        .help("or stride 1, and a pool behind it");
  }

  private static Diagnostic kernel(String layer, String what) {
    return structure("convolution `" + layer + "` " + what + ", and is not made orthogonal");
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
            + "` may be steeper than 1, which an orthogonal network cannot make up for");
  }

  private static String list(List<?> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Weights that nobody has made yet, of a construction that no theorem of the core is about. */
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
