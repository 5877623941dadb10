package io.lipc.kernels.java;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Network;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Javadoc of a generated class. */
final class Documentation {

  private static final Pattern BLOCK_TAG = Pattern.compile("^([\\s*]*)@", Pattern.MULTILINE);

  private Documentation() {}

  static String of(CheckedNetwork checked, KernelGraph graph, Optional<Double> certifiedBound) {
    Network network = checked.network();
    String written = checked.documentation().strip();
    String summary =
        written.isEmpty() ? "The network {@code " + network.name() + "}." : escaped(written);
    return """
        %s
        %s
        <p>%s

        """
            .formatted(summary, inputs(checked), evaluation(graph))
        + certifiedBound.map(bound -> bound(network, bound)).orElseGet(() -> withoutBound(network));
  }

  /** No number: the certificate has it, and only what it says is proved. */
  private static String withoutBound(Network network) {
    return """
        <p>No Lipschitz bound is claimed, and {@link #lipschitzBound()} gives none. Certified is %s,
        for all inputs of the declared box; {@link #certificates()} has the numbers.
        """
        .formatted(network.first().phrase());
  }

  private static String bound(Network network, double certifiedBound) {
    return """
        <p>Certified for all inputs x, x': {@code |f(x) - f(x')|_%s <= %s |x - x'|_%s}. The number is
        the proved bound, rounded up to four digits; {@link #lipschitzBound()} gives %s.
        """
        .formatted(
            network.lipschitz().outputNorm().word(),
            Decimals.up(certifiedBound),
            network.lipschitz().inputNorm().word(),
            network.hasFreeWeights()
                ? "that of the loaded weights, which is not larger"
                : "it exactly");
  }

  private static String evaluation(KernelGraph graph) {
    return """
    Evaluate one input by {@code apply(%1$s[] input, %1$s[] output)}, of %2$d and %3$d elements, and
    a batch by {@code apply(%1$s[][] inputs, %1$s[][] outputs)}, whose rows are such arrays.\
    """
        .formatted(
            Scalar.of(graph.precision()).word(), graph.input().size(), graph.output().size());
  }

  /** The places of several inputs within the vector, as a sentence. */
  private static String inputs(CheckedNetwork checked) {
    if (checked.inputs().size() < 2) {
      return "";
    }
    return checked.inputs().stream()
        .map(input -> "{@code " + input.name() + "} (" + input.shape().size() + ")")
        .collect(
            Collectors.joining(
                ", ",
                "\n<p>The input holds these one after the other, with these numbers of elements:\n",
                ".\nNorms are taken over all of them.\n"));
  }

  /**
   * The text without anything that would end the comment or be read as a Unicode escape, and
   * without block tags: they would swallow what follows, and {@code @deprecated} would say so of
   * the class.
   */
  private static String escaped(String text) {
    return BLOCK_TAG
        .matcher(text.replace("\\", "&#92;").replace("*/", "*&#47;"))
        .replaceAll("$1&#64;");
  }
}
