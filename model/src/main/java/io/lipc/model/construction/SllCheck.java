package io.lipc.model.construction;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Windowed;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Decimals;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The hypotheses of {@code parameters sll}: each sum is the end of a residual block, and what is
 * not part of one is of a chain whose layers have norm 1. As only sums have two operands, blocks
 * follow each other with nothing beside them.
 */
final class SllCheck {

  /** Blocks are proved together, as one matrix; the checker factorises none with more rows. */
  private static final int MAX_ROWS = 1 << 12;

  /** The most coordinates of one frequency, where images are convolved. */
  private static final int MAX_COORDINATES = 1 << 10;

  private final CheckedNetwork checked;
  private final List<Layer> layers;
  private final StepPlaces places;
  private final NormOneCheck chain;
  private final BitSet inBlocks = new BitSet();
  private final List<Finding> findings = new ArrayList<>();

  private SllCheck(Declaration declaration, CheckedNetwork checked, Construction declared) {
    this.checked = checked;
    this.layers = checked.network().layers();
    this.places = StepPlaces.of(declaration, checked);
    this.chain = OrthogonalCheck.besideBlocks(declaration, checked, declared.word());
  }

  /**
   * Returns no findings exactly if the network is a chain of residual blocks and of layers that are
   * given norm 1, one of these with weights.
   *
   * @param declaration what {@code checked} was made from
   * @param declared the construction by the word that the network has for it
   */
  static List<Finding> check(
      Declaration declaration, CheckedNetwork checked, Construction declared) {
    SllCheck check = new SllCheck(declaration, checked, declared);
    check.checkBlocks();
    check.checkRest();
    if (check.findings.isEmpty()) {
      check.checkSize();
    }
    return check.findings;
  }

  private void checkSize() {
    long rows = layers.stream().mapToLong(SllCheck::rows).sum();
    OptionalLong coordinates = coordinates();
    if (rows > MAX_ROWS && coordinates.orElse(Long.MAX_VALUE) > MAX_COORDINATES) {
      String network = checked.network().name();
      findings.add(
          new Finding(
              new Place.OfParameters(),
              SllDiagnostics.tooLarge(network, rows, MAX_ROWS, coordinates, MAX_COORDINATES)));
    }
  }

  /** The numbers that a layer brings into the inequality: at least so many. */
  private static long rows(Layer layer) {
    return switch (layer) {
      case Layer.Input input -> input.shape().size();
      case Layer.Activate(_, Activation.Pointwise _, Shape shape) -> shape.size();
      case Layer.Activate(_, Activation.Grouped grouped, Shape shape) ->
          shape.size() / grouped.group(shape.size());
      case Layer.Activate _, Layer.Linear _, Layer.MaxPool _, Layer.Call _ -> 0;
    };
  }

  /**
   * The largest number of coordinates of one frequency: channels, times the pixels of a cell, of
   * the input, of activations and of what a window reads of other layers; empty where no image is
   * read.
   */
  private OptionalLong coordinates() {
    long stride = 1;
    long sum = 0;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      long channels = layer.shape().image().map(Grid::channels).orElse(0);
      sum += channels * stride * stride;
      stride *= stride(layer);
    }
    boolean image = layers.getFirst().shape().image().isPresent();
    return image ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  private static int stride(Layer layer) {
    // A mean over the whole image is behind those of the torus.
    return layer instanceof Layer.Linear(_, Windowed map, _)
            && (map.output().pixels() > 1 || !map.tensors().isEmpty())
        ? map.window().stride().stream().mapToInt(k -> k).max().orElse(1)
        : 1;
  }

  private void checkBlocks() {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).isSum()) {
        inBlocks.set(i);
        Optional<ResidualBlock> block = ResidualBlock.endingIn(layers, i);
        block.ifPresent(found -> found.layers().forEach(inBlocks::set));
        if (block.isPresent()) {
          checkBlock(block.get());
        } else {
          report(i, notABlock(i));
        }
      }
    }
  }

  private Diagnostic notABlock(int sum) {
    List<String> terms = layers.get(sum).operands().stream().map(checked::nameOf).toList();
    return SllDiagnostics.notABlock(sum(sum), terms);
  }

  private void checkBlock(ResidualBlock block) {
    Optional<SlopeBounds> slopes = block.slopes(checked.network());
    if (slopes.filter(SllCheck::isMonotone).isEmpty()) {
      report(block.activation(), notMonotone(block.activation(), slopes));
    } else if (!block.fits(layers)) {
      String first = checked.nameOf(block.first());
      report(block.sum(), SllDiagnostics.noAdjoint(first, checked.nameOf(block.second())));
    } else if (!(block.factor() > 0 && block.factor() <= 1)) {
      report(block.sum(), SllDiagnostics.skipOutside(sum(block.sum()), block.factor()));
    }
  }

  private static boolean isMonotone(SlopeBounds slopes) {
    return slopes.isMonotone() && slopes.alpha() < slopes.beta();
  }

  private Diagnostic notMonotone(int layer, Optional<SlopeBounds> slopes) {
    String word = ((Layer.Activate) layers.get(layer)).activation().kind().word();
    String found =
        slopes
            .map(interval -> "slopes in " + written(interval))
            .orElse("`" + word + "`, whose elements depend on each other");
    return SllDiagnostics.notMonotone(word, checked.nameOf(layer), found);
  }

  private static String written(SlopeBounds slopes) {
    return "[" + Decimals.down(slopes.alpha()) + ", " + Decimals.up(slopes.beta()) + "]";
  }

  private void checkRest() {
    List<Integer> rest =
        IntStream.range(0, layers.size()).filter(i -> !inBlocks.get(i)).boxed().toList();
    for (int i : rest) {
      Optional<Diagnostic> fault =
          layers.get(i) instanceof Layer.MaxPool
              ? Optional.of(SllDiagnostics.maximum(checked.nameOf(i)))
              : chain.fault(i);
      fault.ifPresent(diagnostic -> report(i, diagnostic));
    }
    if (findings.isEmpty() && rest.stream().allMatch(i -> layers.get(i).tensors().isEmpty())) {
      String network = checked.network().name();
      Diagnostic nothing =
          inBlocks.isEmpty() ? chain.nothingToParameterize() : SllDiagnostics.blocksAlone(network);
      findings.add(new Finding(new Place.OfParameters(), nothing));
    }
  }

  /** A sum within {@code return} has no name that a user can write. */
  private String sum(int layer) {
    String name = checked.nameOf(layer);
    return name.equals("return") ? "the sum in `return`" : "sum `" + name + "`";
  }

  private void report(int layer, Diagnostic diagnostic) {
    findings.add(new Finding(places.of(layer), diagnostic));
  }
}
