package io.lipc.certificate.linear;

import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A convolution of images, as machine learning means it (a correlation): channel o of pixel (p, q)
 * is
 *
 * <pre>b_o + sum_i sum_(u, v) K_oiuv x_i(s p + d u - a, s' q + d' v - a'),</pre>
 *
 * <p>i over the channels of the group of o, x zero outside its grid.
 *
 * @param input the image that it reads
 * @param channels the number of channels that it gives, a multiple of {@code groups}
 * @param window the extents of K and how it moves
 * @param groups into so many equal parts the channels are cut, each of which reads only its own; 1
 *     where all read all
 * @param weight the name of K, a tensor {@code [channels, input channels / groups, kernel height,
 *     kernel width]}
 * @param bias the name of b, a tensor {@code [channels]}
 */
public record Convolution(
    Grid input, int channels, Window window, int groups, String weight, Optional<String> bias)
    implements Weighted, Windowed {

  /**
   * Checks that there is such a map.
   *
   * @throws IllegalArgumentException if the window does not fit into the image, or the groups do
   *     not divide the channels
   */
  public Convolution {
    boolean positive = groups > 0 && channels > 0;
    if (!positive || input.channels() % groups != 0 || channels % groups != 0) {
      throw new IllegalArgumentException(groups + " groups do not divide the channels");
    }
    if (input.through(window, channels).isEmpty()) {
      throw input.unfit();
    }
  }

  @Override
  public String word() {
    return "convolution";
  }

  @Override
  public Grid output() {
    return input.through(window, channels).orElseThrow();
  }

  /** The number of channels that each channel of the result reads. */
  public int read() {
    return input.channels() / groups;
  }

  /** The first channel that channel {@code o} of the result reads. */
  public int firstRead(int o) {
    return o / (channels / groups) * read();
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    return input.isOf(sizes) ? output().size() : OptionalInt.empty();
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    Tensor tensor = weights.tensor(weight).orElseThrow();
    Windows windows = Windows.of(this);
    int length = taps();
    return i -> {
      double[] kernel = new double[length];
      tensor.copy(windows.channel(i) * length, kernel);
      return windows.row(i, kernel);
    };
  }

  @Override
  public int taps() {
    return Math.multiplyExact(read(), window.area());
  }

  @Override
  public IntToDoubleFunction shift(Weights weights) {
    Optional<Tensor> tensor = bias.map(name -> weights.tensor(name).orElseThrow());
    int pixels = output().pixels();
    return number -> tensor.map(b -> b.get(number / pixels)).orElse(0.0);
  }

  @Override
  public List<TensorShape> tensors() {
    List<Integer> kernel = window.kernel();
    List<Integer> shape = List.of(channels, read(), kernel.getFirst(), kernel.getLast());
    return Stream.concat(
            Stream.of(new TensorShape(weight, shape)),
            bias.stream().map(name -> new TensorShape(name, List.of(channels))))
        .toList();
  }

  @Override
  public Convolution renamed(UnaryOperator<String> name) {
    return new Convolution(input, channels, window, groups, name.apply(weight), bias.map(name));
  }
}
