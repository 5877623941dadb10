package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Parallel;
import io.lipc.training.autodiff.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chain of stages that move no two values further apart in l2: layers whose weights have norm 1
 * or less, of which the last one is multiplied by L, residual blocks, and activations. So it is
 * L-Lipschitz.
 *
 * <p>Without residual blocks there are no multipliers: the stored weights are rounded, and each
 * layer's norm is proved anew. The bound of a block does not follow from the norms of its layers;
 * so with blocks there are multipliers for the whole chain, those of each activation times the
 * square of the bound behind it. The part of S that is left behind a stage is then at least the
 * square of the stage's result.
 *
 * <p>Free parameters: those of {@link NonexpansiveLayer} and {@link ResidualLayer}, and biases,
 * which start at 0.
 */
public final class OrthogonalChain extends SingleConstruction {

  private final List<Stage> stages;
  private final int last;

  /**
   * A chain.
   *
   * @param bound L, positive and finite
   * @param stages in their order; activations may be left out where there is no residual block
   * @throws IllegalArgumentException if no layer is to have norm L, or names are not unique
   */
  public OrthogonalChain(double bound, List<? extends Stage> stages) {
    super(bound, layout(stages));
    this.stages = List.copyOf(stages);
    this.last =
        IntStream.range(0, stages.size())
            .filter(i -> stages.get(i) instanceof NonexpansiveLayer)
            .max()
            .orElseThrow(() -> new IllegalArgumentException("a chain without weights"));
  }

  private static Layout layout(List<? extends Stage> stages) {
    Layout.Builder layout = new Layout.Builder();
    stages.forEach(stage -> declare(stage, layout));
    return layout.build();
  }

  private static void declare(Stage stage, Layout.Builder layout) {
    switch (stage) {
      case NonexpansiveLayer layer -> {
        layer.declare(layout);
        layout.add(layer.bias(), layer.outputs());
      }
      case ResidualLayer block -> block.declare(layout);
      case PassingActivation _ -> {}
    }
  }

  @Override
  public boolean hasMultipliers() {
    return stages.stream().anyMatch(ResidualLayer.class::isInstance);
  }

  @Override
  void initialise(Start start) {
    for (Stage stage : stages) {
      switch (stage) {
        case NonexpansiveLayer layer -> layer.initialise(start);
        case ResidualLayer block -> block.initialise(start);
        case PassingActivation _ -> {}
      }
    }
  }

  @Override
  void construct(Map<String, Variable> free, ConstructedWeights weights) {
    List<Made> made =
        Parallel.map(
            IntStream.range(0, stages.size()).boxed().toList(),
            i -> multiplications(stages.get(i)),
            i -> make(i, free));
    for (Made stage : made) {
      stage.tensors().forEach(weights::put);
      stage.biases().forEach(weights::putFree);
      stage.multipliers().filter(_ -> hasMultipliers()).ifPresent(weights::multiply);
    }
  }

  /**
   * The weights of a stage, made from the free parameters.
   *
   * @param biases the names of those that are parameters themselves
   * @param multipliers of its activation, where it has one
   */
  private record Made(
      Map<String, Variable> tensors, List<String> biases, Optional<double[]> multipliers) {}

  private Made make(int stage, Map<String, Variable> free) {
    double behind = stage < last ? bound() : 1;
    return switch (stages.get(stage)) {
      case NonexpansiveLayer layer -> {
        Variable rows = layer.rows(free);
        Variable scaled = stage == last ? rows.times(bound()) : rows;
        yield new Made(
            Map.of(layer.weight(), scaled), layer.bias().stream().toList(), Optional.empty());
      }
      case ResidualLayer block -> {
        ResidualLayer.Made made = block.of(free);
        Map<String, Variable> tensors =
            Map.of(block.weight(), Rows.get(free, block.weight()), block.back(), made.back());
        List<String> biases =
            Stream.concat(block.bias().stream(), block.backBias().stream()).toList();
        yield new Made(tensors, biases, Optional.of(block.multipliers(made, behind)));
      }
      case PassingActivation activation -> {
        double[] multipliers = new double[activation.groups()];
        Arrays.fill(multipliers, behind * behind * activation.multiplier());
        yield new Made(Map.of(), List.of(), Optional.of(multipliers));
      }
    };
  }

  private static long multiplications(Stage stage) {
    return switch (stage) {
      case NonexpansiveLayer layer -> layer.multiplications();
      case ResidualLayer block -> block.multiplications();
      case PassingActivation _ -> 0;
    };
  }
}
