package io.lipc.certificate.linear;

import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Batch normalisation with given statistics, which scales and shifts each channel: {@code s_c x +
 * t_c}. With the tensors gamma, beta, mean and variance,
 *
 * <pre>s_c = gamma_c / sqrt(variance_c + epsilon),   t_c = beta_c - mean_c s_c,</pre>
 *
 * <p>in doubles, each operation rounded to nearest, and s and t once more to the format of gamma:
 * so every program has the same numbers.
 *
 * @param channels the number of channels
 * @param pixels the number of elements of each, which are neighbours
 * @param prefix the names of the tensors, each {@code [channels]}, begin with it: {@code
 *     prefix.weight}, {@code .bias}, {@code .running_mean} and {@code .running_var}
 * @param epsilon what is added to the variance
 */
public record BatchNorm(int channels, int pixels, String prefix, double epsilon)
    implements LinearMap {

  /** The ends of its tensors' names, behind the prefix and a dot. */
  public static final List<String> ROLES = List.of("weight", "bias", "running_mean", "running_var");

  /**
   * Checks that there is such a map.
   *
   * @throws IllegalArgumentException if there are no channels or pixels, or more than 2^24 elements
   */
  public BatchNorm {
    if (new Grid(channels, pixels, 1).size().isEmpty()) {
      throw new IllegalArgumentException(channels + " channels of " + pixels + " pixels");
    }
  }

  @Override
  public String word() {
    return "batch_norm";
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    return new Grid(channels, pixels, 1).isOf(sizes)
        ? OptionalInt.of(channels * pixels)
        : OptionalInt.empty();
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    Statistics statistics = new Statistics(weights);
    return i -> new Row(new int[] {i}, new double[] {statistics.scale(i / pixels)});
  }

  @Override
  public IntToDoubleFunction shift(Weights weights) {
    Statistics statistics = new Statistics(weights);
    return i -> statistics.shift(i / pixels);
  }

  /** A shift is finite only if its scale is. */
  @Override
  public boolean isFinite(Weights weights) {
    Statistics statistics = new Statistics(weights);
    return IntStream.range(0, channels).mapToDouble(statistics::shift).allMatch(Double::isFinite);
  }

  @Override
  public OptionalDouble gain(Weights weights) {
    Statistics statistics = new Statistics(weights);
    return IntStream.range(0, channels).mapToDouble(c -> Math.abs(statistics.scale(c))).max();
  }

  /** The four tensors of some weights, in the order of the roles. */
  private final class Statistics {

    private final List<Tensor> tensors;

    Statistics(Weights weights) {
      this.tensors = ROLES.stream().map(role -> weights.tensor(name(role)).orElseThrow()).toList();
    }

    double scale(int channel) {
      return rounded(at(0, channel) / Math.sqrt(at(3, channel) + epsilon));
    }

    double shift(int channel) {
      return rounded(at(1, channel) - at(2, channel) * scale(channel));
    }

    private double at(int role, int channel) {
      return tensors.get(role).get(channel);
    }

    private double rounded(double value) {
      return tensors.getFirst().type() == ElementType.F32 ? (float) value : value;
    }
  }

  private String name(String role) {
    return prefix + "." + role;
  }

  @Override
  public List<Double> constants() {
    return List.of(epsilon);
  }

  @Override
  public List<TensorShape> tensors() {
    return ROLES.stream().map(role -> new TensorShape(name(role), List.of(channels))).toList();
  }

  @Override
  public BatchNorm renamed(UnaryOperator<String> name) {
    return new BatchNorm(channels, pixels, name.apply(prefix), epsilon);
  }
}
