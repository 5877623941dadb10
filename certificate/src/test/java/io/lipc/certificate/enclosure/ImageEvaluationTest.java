package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.RoundedProgram;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Units that read images, in floats with fused products, within the bound of their rounding. */
class ImageEvaluationTest {

  /** A chain, and what it computes in floats from the units' numbers, by loops of its own. */
  private static final class Chain {
    private final Random random;
    private final NetworkUnderTest net = new NetworkUnderTest();
    private Grid grid;
    private float[] x;

    Chain(Random random) {
      this.random = random;
      net.type = ElementType.F32;
      grid = new Grid(2, 1 + random.nextInt(4), 1 + random.nextInt(4));
      x = floats(grid.elements(), 2);
      List<Double> box = new ArrayList<>();
      for (float number : x) {
        box.add((double) number);
      }
      net.add(new Unit.Input(grid.elements(), Optional.of(new Unit.Box(box, box))));
      for (int k = 0; k < 4; k++) {
        add(net.units.size() - 1);
      }
    }

    private float[] floats(int size, float spread) {
      float[] floats = new float[size];
      for (int i = 0; i < size; i++) {
        floats[i] = spread * (float) random.nextGaussian();
      }
      return floats;
    }

    private void tensor(String name, List<Integer> shape, float[] values) {
      double[] doubles = new double[values.length];
      Arrays.setAll(doubles, i -> values[i]);
      net.tensor(name, shape, doubles);
    }

    private void add(int at) {
      switch (random.nextInt(5)) {
        case 0, 1 -> convolution(at);
        case 2 -> normalisation(at);
        case 3 -> pool(at);
        default -> maxmin(at);
      }
    }

    private void convolution(int at) {
      int groups = grid.channels() % 2 == 0 ? 1 + random.nextInt(2) : 1;
      int channels = 2 * groups;
      Axis down = new Axis(1 + random.nextInt(3), 1, 2, 1, 1 + random.nextInt(2));
      Axis right = new Axis(1 + random.nextInt(3), 1 + random.nextInt(2), 2, 3, 1);
      Window window = new Window(down, right);
      Optional<Grid> given = grid.through(window, channels);
      if (given.isEmpty()) {
        return;
      }
      int read = grid.channels() / groups;
      float[] kernel = floats(channels * read * window.area(), 1);
      float[] bias = floats(channels, 1);
      tensor("k" + at, List.of(channels, read, down.kernel(), right.kernel()), kernel);
      tensor("b" + at, List.of(channels), bias);
      net.add(
          Unit.convolution(
              at,
              new Convolution(grid, channels, window, groups, "k" + at, Optional.of("b" + at))));
      Grid out = given.get();
      float[] y = new float[out.elements()];
      for (int i = 0; i < y.length; i++) {
        int o = i / out.pixels();
        float sum = bias[o];
        for (int u = 0; u < down.kernel(); u++) {
          for (int v = 0; v < right.kernel(); v++) {
            for (int c = 0; c < read; c++) {
              int row = i / out.width() % out.height() + u * down.dilation() - 2;
              int column = i % out.width() * right.stride() + v - 2;
              boolean inside =
                  row >= 0 && row < grid.height() && column >= 0 && column < grid.width();
              int channel = o / 2 * read + c;
              channel = groups == 1 ? c : channel;
              int place = (channel * grid.height() + row) * grid.width() + column;
              float factor = kernel[((o * read + c) * down.kernel() + u) * right.kernel() + v];
              sum = Math.fma(factor, inside ? x[place] : 0, sum);
            }
          }
        }
        y[i] = sum;
      }
      grid = out;
      x = y;
    }

    private void normalisation(int at) {
      float[][] values = new float[4][];
      for (int role = 0; role < 4; role++) {
        values[role] = floats(grid.channels(), 1);
        for (int c = 0; c < grid.channels() && role == 3; c++) {
          values[3][c] = Math.abs(values[3][c]);
        }
        tensor("n" + at + "." + BatchNorm.ROLES.get(role), List.of(grid.channels()), values[role]);
      }
      net.add(Unit.batchNorm(at, new BatchNorm(grid.channels(), grid.pixels(), "n" + at, 0x1p-10)));
      boolean fused = random.nextBoolean();
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        int c = i / grid.pixels();
        float scale = (float) (values[0][c] / Math.sqrt(values[3][c] + 0x1p-10));
        float shift = (float) (values[1][c] - values[2][c] * (double) scale);
        y[i] = fused ? Math.fma(scale, x[i], shift) : scale * x[i] + shift;
      }
      x = y;
    }

    private void pool(int at) {
      Window window = new Window(Axis.of(1 + random.nextInt(2), 1), Axis.of(2, 2));
      Optional<Grid> given = grid.through(window, grid.channels());
      if (given.isEmpty()) {
        return;
      }
      boolean mean = random.nextBoolean();
      float factor = (float) (1.0 / window.area());
      net.add(
          mean
              ? Unit.averagePool(at, new AveragePool(grid, window, factor))
              : new Unit.MaxPool(at, grid, window));
      Grid out = given.get();
      float[] y = new float[out.elements()];
      for (int i = 0; i < y.length; i++) {
        float sum = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int u = 0; u < window.kernel().getFirst(); u++) {
          for (int v = 0; v < 2; v++) {
            int row = i / out.width() % out.height() + u;
            int place =
                (i / out.pixels() * grid.height() + row) * grid.width() + i % out.width() * 2 + v;
            sum = Math.fma(x[place], factor, sum);
            most = Math.max(most, x[place]);
          }
        }
        y[i] = mean ? sum : most;
      }
      grid = out;
      x = y;
    }

    private void maxmin(int at) {
      if (grid.channels() % 2 != 0) {
        return;
      }
      int pixels = grid.pixels();
      net.add(new Unit.Activation(at, "maxmin", List.of(), x.length, pixels));
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        boolean first = i / pixels % 2 == 0;
        float other = x[first ? i + pixels : i - pixels];
        y[i] = first ? Math.max(x[i], other) : Math.min(x[i], other);
      }
      x = y;
    }
  }

  @Test
  @Tag("long")
  void roundingBoundsHold() {
    double most = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Chain chain = new Chain(new Random(seed));
      Subject subject = chain.net.subject();
      double bound = RoundingBound.maxError(subject).orElseThrow();
      double[] input =
          ((Unit.Input) subject.certificate().units().getFirst())
              .box().orElseThrow().lower().stream().mapToDouble(v -> v).toArray();
      List<BigDecimal> exact =
          RoundedProgram.outputs(subject, RoundedProgram.Arithmetic.EXACT, input);
      assertThat(exact).hasSize(chain.x.length);
      for (int i = 0; i < chain.x.length; i++) {
        BigDecimal error = new BigDecimal(chain.x[i]).subtract(exact.get(i)).abs();
        assertThat(error)
            .as("seed %s: %s", seed, chain.net.units)
            .isLessThanOrEqualTo(new BigDecimal(bound));
        most = bound > 0 ? Math.max(most, error.doubleValue() / bound) : most;
      }
    }
    // The bounds say something.
    assertThat(most).isBetween(0.2, 1.0);
  }

  /** All arithmetics pass what another program does through the units. */
  @Test
  void enclosuresHoldExactValues() {
    for (int seed = 0; seed < 400; seed++) {
      Subject subject = new Chain(new Random(seed)).net.subject();
      double[] input =
          ((Unit.Input) subject.certificate().units().getFirst())
              .box().orElseThrow().lower().stream().mapToDouble(v -> v).toArray();
      List<BigDecimal> exact =
          RoundedProgram.outputs(subject, RoundedProgram.Arithmetic.EXACT, input);
      List<BigDecimal> x = Arrays.stream(input).mapToObj(BigDecimal::new).toList();
      assertThat(output(subject, new ExactNumbers(), x))
          .usingElementComparator(BigDecimal::compareTo)
          .isEqualTo(exact);
      double[] doubles = UnitEvaluator.of(subject).apply(input);
      assertThat(doubles).hasSameSizeAs(exact);
      for (int i = 0; i < doubles.length; i++) {
        assertThat(doubles[i]).isCloseTo(exact.get(i).doubleValue(), withinPercentage(1e-3));
      }
    }
  }

  private static <T> List<T> output(Subject subject, Arithmetic<T> arithmetic, List<T> input) {
    Evaluation<T> evaluation = new Evaluation<>(arithmetic);
    List<T> x = input;
    for (Unit unit : subject.certificate().units()) {
      x =
          switch (unit) {
            case Unit.Linear linear -> evaluation.linear(linear, List.of(x), subject.weights());
            case Unit.Activation activation -> evaluation.activation(activation, x);
            case Unit.MaxPool pool -> evaluation.maxPool(pool, x);
            default -> x;
          };
    }
    return x;
  }

  /** The largest element of a window is one number, as large as that element. */
  @Test
  void largestElements() {
    for (int[] at : new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}}) {
      NetworkUnderTest pooled = ofNumbers(1 + at[0], 1 + at[1], 1 + at[2], 1 + at[3]);
      pooled.add(new Unit.MaxPool(0, new Grid(1, 2, 2), Window.square(Axis.of(2, 2))));
      pooled.scale(1, 1.1);
      NetworkUnderTest alone = ofNumbers(4);
      alone.scale(0, 1.1);
      assertThat(RoundingBound.maxError(pooled.subject()))
          .isEqualTo(RoundingBound.maxError(alone.subject()));
    }
  }

  private static NetworkUnderTest ofNumbers(double... numbers) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    List<Double> box = Arrays.stream(numbers).boxed().toList();
    net.add(new Unit.Input(numbers.length, Optional.of(new Unit.Box(box, box))));
    return net;
  }

  /** Mirrored pairs of channels, each pixel with its own numbers, as pairs of neighbours are. */
  @Test
  void reflectionsOfChannels() {
    List<Double> v = List.of(0.6, 0.8);
    NetworkUnderTest image = ofNumbers(1, -2, 3, 4, 5, -6, 7, 8, 9, -10, 11, 12);
    image.add(new Unit.Activation(0, "householder", v, 12, 3));
    NetworkUnderTest pairs = ofNumbers(1, 4, -2, 5, 3, -6, 7, -10, 8, 11, 9, 12);
    pairs.add(new Unit.Activation(0, "householder", v, 12, 1));
    assertThat(RoundingBound.maxError(image.subject()))
        .isEqualTo(RoundingBound.maxError(pairs.subject()));
  }
}
