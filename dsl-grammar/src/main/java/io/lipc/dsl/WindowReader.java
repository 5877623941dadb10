package io.lipc.dsl;

import io.lipc.certificate.linear.Window;
import io.lipc.model.Operation;
import java.util.List;
import java.util.Optional;

/** Operations with a window, from their arguments. */
final class WindowReader {

  static final List<String> OF_CONVOLUTION =
      List.of(
          "channels",
          "kernel",
          "stride",
          "padding",
          "dilation",
          "groups",
          "bias",
          "tensor",
          "mode");

  static final List<String> OF_POOL = List.of("kernel", "stride");

  private final Arguments arguments;

  /**
   * @param arguments by the names of the parameters
   */
  WindowReader(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Stride 1, padding 0, dilation 1, one group and a bias, where nothing is said. */
  Optional<Operation> convolution() {
    Optional<Integer> channels = arguments.whole("channels");
    Optional<List<Integer>> kernel = arguments.pixels("kernel", Optional.empty(), 2);
    Optional<List<Integer>> stride = arguments.pixels("stride", Optional.of(1), 2);
    Optional<List<Integer>> padding = arguments.pixels("padding", Optional.of(0), 2, 4);
    Optional<List<Integer>> dilation = arguments.pixels("dilation", Optional.of(1), 2);
    Optional<Integer> groups = arguments.whole("groups", 1);
    boolean bias = arguments.flag("bias", true);
    Optional<String> tensor = arguments.text("tensor");
    arguments.zeros("mode");
    return arguments.then(
        () ->
            new Operation.Convolve(
                channels.orElseThrow(),
                Window.of(
                    kernel.orElseThrow(),
                    stride.orElseThrow(),
                    around(padding.orElseThrow()),
                    dilation.orElseThrow()),
                groups.orElseThrow(),
                bias,
                tensor));
  }

  /** {@code [down, right]} stands for both sides. */
  private static List<Integer> around(List<Integer> padding) {
    return padding.size() == 4
        ? padding
        : List.of(padding.getFirst(), padding.getLast(), padding.getFirst(), padding.getLast());
  }

  Optional<Operation> averagePool() {
    Optional<Window> window = window();
    return arguments.then(() -> new Operation.AveragePooling(window));
  }

  Optional<Operation> maxPool() {
    Optional<Window> window = window();
    return arguments.then(() -> new Operation.MaxPooling(window.orElseThrow()));
  }

  /** The window, which moves by its own size if no stride is given. */
  private Optional<Window> window() {
    Optional<List<Integer>> kernel = arguments.pixels("kernel", Optional.empty(), 2);
    if (kernel.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Integer>> stride =
        arguments.given("stride") ? arguments.pixels("stride", Optional.empty(), 2) : kernel;
    return stride.map(moved -> Window.plain(kernel.get(), moved));
  }
}
