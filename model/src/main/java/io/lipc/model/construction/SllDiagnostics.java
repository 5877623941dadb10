package io.lipc.model.construction;

import io.lipc.model.Construction;
import io.lipc.model.Decimals;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The messages about residual blocks of {@code parameters sll}, one named method each. */
final class SllDiagnostics {

  private SllDiagnostics() {}

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
   * More than one matrix holds.
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
            "or declare `parameters %s;`, without blocks: its layers are proved one by one"
                .formatted(Construction.ORTHOGONAL.word()));
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
}
