package io.lipc.certificate.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Maps of images against loops that copy the image with zeros around it, and count. */
class ImageMapsTest {

  private static final Weights NONE = new Weights(Map.of());

  private final Random random = new Random(41);

  private static Tensor tensor(
      ElementType type, String name, List<Integer> shape, double... values) {
    try {
      return Tensor.of(name, type, shape, values);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static double[][] matrix(LinearMap map, Weights weights, int columns) {
    var rows = map.rows(List.of(columns), weights);
    double[][] matrix = new double[map.outputs(List.of(columns)).orElseThrow()][columns];
    for (int i = 0; i < matrix.length; i++) {
      LinearMap.Row row = rows.apply(i);
      assertThat(row.factors()).hasSameSizeAs(row.places()).isNotEmpty();
      for (int k = 0; k < row.places().length; k++) {
        assertThat(k == 0 || row.places()[k - 1] < row.places()[k]).isTrue();
        matrix[i][row.places()[k]] = row.factors()[k];
      }
    }
    return matrix;
  }

  private Axis axis() {
    return new Axis(
        random.nextInt(1, 5),
        random.nextInt(1, 5),
        random.nextInt(0, 4),
        random.nextInt(0, 4),
        random.nextInt(1, 4));
  }

  /** The image with zeros around it: {@code [above, left, below, right]}. */
  private static double[][] padded(double[][] image, List<Integer> zeros) {
    int height = zeros.get(0) + image.length + zeros.get(2);
    double[][] padded = new double[height][zeros.get(1) + image[0].length + zeros.get(3)];
    for (int y = 0; y < image.length; y++) {
      System.arraycopy(image[y], 0, padded[zeros.get(0) + y], zeros.get(1), image[y].length);
    }
    return padded;
  }

  /** The kernel with zeros between its elements. */
  private static double[][] dilated(double[][] kernel, int down, int right) {
    double[][] dilated =
        new double[(kernel.length - 1) * down + 1][(kernel[0].length - 1) * right + 1];
    for (int u = 0; u < kernel.length; u++) {
      for (int v = 0; v < kernel[0].length; v++) {
        dilated[u * down][v * right] = kernel[u][v];
      }
    }
    return dilated;
  }

  /** Slides over all places where the kernel lies within the image. */
  private static double[][] slid(double[][] image, double[][] kernel, int down, int right) {
    List<double[]> rows = new ArrayList<>();
    for (int y = 0; y + kernel.length <= image.length; y += down) {
      List<Double> row = new ArrayList<>();
      for (int x = 0; x + kernel[0].length <= image[0].length; x += right) {
        double sum = 0;
        for (int u = 0; u < kernel.length; u++) {
          for (int v = 0; v < kernel[0].length; v++) {
            sum += kernel[u][v] * image[y + u][x + v];
          }
        }
        row.add(sum);
      }
      rows.add(row.stream().mapToDouble(d -> d).toArray());
    }
    return rows.toArray(double[][]::new);
  }

  private static double[][] cut(double[] all, int from, int height, int width) {
    return IntStream.range(0, height)
        .mapToObj(y -> Arrays.copyOfRange(all, from + y * width, from + (y + 1) * width))
        .toArray(double[][]::new);
  }

  private static double[] convolved(Convolution map, double[] kernel, double[] x) {
    Grid in = map.input();
    Window window = map.window();
    int height = window.kernel().getFirst();
    int width = window.kernel().getLast();
    int read = in.channels() / map.groups();
    int given = map.channels() / map.groups();
    List<Double> y = new ArrayList<>();
    for (int group = 0; group < map.groups(); group++) {
      for (int o = 0; o < given; o++) {
        double[][] sum = null;
        for (int i = 0; i < read; i++) {
          int channel = group * read + i;
          double[][] image = cut(x, channel * in.pixels(), in.height(), in.width());
          int from = ((group * given + o) * read + i) * height * width;
          double[][] part =
              slid(
                  padded(image, window.padding()),
                  dilated(
                      cut(kernel, from, height, width),
                      window.dilation().getFirst(),
                      window.dilation().getLast()),
                  window.stride().getFirst(),
                  window.stride().getLast());
          for (int p = 0; sum != null && p < part.length; p++) {
            for (int q = 0; q < part[p].length; q++) {
              part[p][q] += sum[p][q];
            }
          }
          sum = part;
        }
        Arrays.stream(sum).flatMapToDouble(Arrays::stream).forEach(y::add);
      }
    }
    return y.stream().mapToDouble(d -> d).toArray();
  }

  private static double[][] transposed(double[][] columns) {
    double[][] rows = new double[columns[0].length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        rows[i][j] = columns[j][i];
      }
    }
    return rows;
  }

  private static double[] unit(int size, int at) {
    double[] unit = new double[size];
    unit[at] = 1;
    return unit;
  }

  @Test
  void convolutions() {
    int seen = 0;
    int blind = 0;
    while (seen < 400) {
      int groups = random.nextInt(1, 4);
      Grid input =
          new Grid(groups * random.nextInt(1, 3), random.nextInt(1, 7), random.nextInt(1, 7));
      int channels = groups * random.nextInt(1, 4);
      Window window = new Window(axis(), axis());
      if (input.through(window, channels).isEmpty()) {
        continue;
      }
      seen++;
      Convolution map = new Convolution(input, channels, window, groups, "k", Optional.of("b"));
      List<Integer> shape = map.tensors().getFirst().shape();
      assertThat(shape)
          .containsExactly(
              channels,
              input.channels() / groups,
              window.vertical().kernel(),
              window.horizontal().kernel());
      int size = shape.stream().reduce(1, (a, b) -> a * b);
      double[] kernel = IntStream.rangeClosed(1, size).asDoubleStream().toArray();
      double[] bias = random.doubles(channels).toArray();
      Weights weights =
          Weights.of(
              List.of(
                  tensor(ElementType.F64, "k", shape, kernel),
                  tensor(ElementType.F64, "b", List.of(channels), bias)));
      int n = input.elements();
      double[][] columns =
          IntStream.range(0, n)
              .mapToObj(j -> convolved(map, kernel, unit(n, j)))
              .toArray(double[][]::new);
      double[][] rows = matrix(map, weights, n);
      assertThat(rows).as(map.toString()).isDeepEqualTo(transposed(columns));
      blind +=
          Arrays.stream(rows).anyMatch(row -> Arrays.stream(row).allMatch(a -> a == 0)) ? 1 : 0;
      Grid output = map.output();
      assertThat(output.elements()).isEqualTo(rows.length);
      assertThat(output.channels()).isEqualTo(channels);
      for (int i = 0; i < rows.length; i++) {
        int channel = i / (rows.length / channels);
        assertThat(map.shift(weights).applyAsDouble(i)).isEqualTo(bias[channel]);
        assertThat(Windows.of(map).channel(i)).isEqualTo(channel);
      }
      assertThat(map.taps()).isEqualTo(size / channels);
      assertThat(map.outputs(List.of(n + 1))).isEmpty();
      assertThat(map.outputs(List.of(n, n))).isEmpty();
    }
    assertThat(blind).isGreaterThan(20);
  }

  @Test
  void whatElseIsKnownOfConvolutions() {
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    Convolution map = new Convolution(new Grid(4, 5, 6), 6, window, 2, "k", Optional.empty());
    assertThat(map.word()).isEqualTo("convolution");
    assertThat(map.onRows()).isEmpty();
    assertThat(map.copies()).isFalse();
    assertThat(map.gain(NONE)).isEmpty();
    assertThat(map.constants()).isEmpty();
    assertThat(map.shift(NONE).applyAsDouble(3)).isZero();
    assertThat(IntStream.range(0, 6).map(map::firstRead)).containsExactly(0, 0, 0, 2, 2, 2);
    assertThat(map.tensors()).containsExactly(new LinearMap.TensorShape("k", List.of(6, 2, 3, 3)));
    assertThat(map.renamed(name -> "0/" + name))
        .isEqualTo(new Convolution(map.input(), 6, window, 2, "0/k", Optional.empty()));
    Convolution biased = new Convolution(map.input(), 6, window, 2, "k", Optional.of("b"));
    assertThat(biased.tensors().getLast()).isEqualTo(new LinearMap.TensorShape("b", List.of(6)));
    assertThat(biased.renamed(name -> "0/" + name).tensors().getLast().name()).isEqualTo("0/b");
  }

  @Test
  void noConvolution() {
    Window window = Window.square(Axis.of(2, 1));
    Grid image = new Grid(4, 3, 3);
    for (int[] wrong :
        new int[][] {{4, 0}, {4, -1}, {4, 3}, {6, 4}, {0, 1}, {-4, 1}, {-4, -1}, {2, 4}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new Convolution(image, wrong[0], window, wrong[1], "k", Optional.empty()))
          .withMessageContaining("groups do not divide the channels");
    }
    int most = Grid.MAX_ELEMENTS;
    for (Axis axis :
        List.of(
            new Axis(0, 1, 0, 0, 1),
            new Axis(-1, 1, 0, 0, 1),
            new Axis(2, 0, 0, 0, 1),
            new Axis(2, -1, 0, 0, 1),
            new Axis(2, 1, -1, 0, 1),
            new Axis(2, 1, 0, -1, 1),
            new Axis(2, 1, 3, -1, 1),
            new Axis(2, 1, 0, 0, 0),
            new Axis(2, 1, 0, 0, -1),
            new Axis(1, 1, 0, 0, 0),
            new Axis(4, 1, 0, 0, 1),
            new Axis(2, 1, 0, 0, 3),
            new Axis(3, 1, 0, 0, Integer.MAX_VALUE),
            new Axis(Integer.MAX_VALUE, 1, most, most, Integer.MAX_VALUE),
            new Axis(2, most, most + 1, 0, 1),
            new Axis(2, most, 0, most + 1, 1),
            new Axis(2, most, 0, Integer.MAX_VALUE, 1),
            new Axis(1, 1, most, 0, 1))) {
      for (Window refused :
          List.of(new Window(axis, Axis.of(1, 1)), new Window(Axis.of(1, 1), axis))) {
        assertThatIllegalArgumentException()
            .as(axis.toString())
            .isThrownBy(() -> new Convolution(image, 4, refused, 1, "k", Optional.empty()))
            .withMessage("a window that does not fit into [4, 3, 3]");
      }
    }
    for (Grid none : List.of(new Grid(-1, 3, 3), new Grid(1, 0, 3), new Grid(1, 3, -3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Convolution(none, 1, window, 1, "k", Optional.empty()));
    }
  }

  /** Extents whose product overflows to what would be a small number. */
  @Test
  void grids() {
    assertThat(new Grid(2, 3, 4).size()).hasValue(24);
    assertThat(new Grid(2, 3, 4).elements()).isEqualTo(24);
    assertThat(new Grid(2, 3, 4).pixels()).isEqualTo(12);
    assertThat(new Grid(2, 3, 4).extents()).containsExactly(2, 3, 4);
    assertThat(new Grid(1 << 24, 1, 1).size()).hasValue(1 << 24);
    for (int[] e :
        new int[][] {
          {(1 << 24) + 1, 1, 1},
          {1, (1 << 12) + 1, 1 << 12},
          {1 << 16, 1 << 16, 1},
          {1, 1 << 16, 1 << 16},
          {1 << 30, 1 << 30, 1 << 30},
          {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
          {0, 1, 1},
          {1, 0, 1},
          {1, 1, 0},
          {-1, -1, 1},
          {1, -1, -1},
          {-1, 1, -1}
        }) {
      assertThat(new Grid(e[0], e[1], e[2]).size()).as(Arrays.toString(e)).isEmpty();
    }
    assertThat(new Grid(2, 3, 4).isOf(List.of(24))).isTrue();
    assertThat(new Grid(2, 3, 4).isOf(List.of(23))).isFalse();
    assertThat(new Grid(2, 3, 4).isOf(List.of(12, 12))).isFalse();
    assertThat(new Grid(2, 3, 4).isOf(List.of())).isFalse();
    assertThat(new Grid(1, 1, 1).through(Window.square(Axis.of(1, 1)), 0)).isEmpty();
    assertThat(new Grid(1, 1, 1).through(Window.square(Axis.of(1, 1)), 1 << 24)).isPresent();
    assertThat(new Grid(1, 1, 1).through(Window.square(Axis.of(1, 1)), (1 << 24) + 1)).isEmpty();
  }

  @Test
  void axes() {
    for (int round = 0; round < 4000; round++) {
      Axis axis = axis();
      int extent = random.nextInt(1, 9);
      int span = (axis.kernel() - 1) * axis.dilation() + 1;
      int all = axis.before() + extent + axis.after();
      int fit = (int) IntStream.range(0, all).filter(p -> p * axis.stride() + span <= all).count();
      assertThat(axis.outputs(extent))
          .as("%s of %s", axis, extent)
          .isEqualTo(fit > 0 ? OptionalInt.of(fit) : OptionalInt.empty());
      assertThat(axis.span()).isEqualTo(span);
      assertThat(axis.place(0, 0)).isEqualTo(-axis.before());
      assertThat(axis.place(3, 2) - axis.place(2, 2)).isEqualTo(axis.stride());
      assertThat(axis.place(3, 2) - axis.place(3, 1)).isEqualTo(axis.dilation());
    }
    assertThat(Axis.of(3, 2)).isEqualTo(new Axis(3, 2, 0, 0, 1));
    assertThat(Axis.of(3, 2).outputs(0)).isEmpty();
    assertThat(Axis.of(1, Integer.MAX_VALUE).outputs(5)).hasValue(1);
    int most = Grid.MAX_ELEMENTS;
    Axis wide = new Axis(2, 2 * most, most, most, 2 * most);
    assertThat(wide.outputs(most)).hasValue(1);
    assertThat(wide.place(0, 1)).isEqualTo(most);
    assertThat(new Axis(1, most, most, most, Integer.MAX_VALUE).outputs(most)).hasValue(3);
    assertThat(new Axis(1, most, most, most, 1).place(2, 0)).isEqualTo(most);
  }

  /** As many windows as have one pixel in common, of a long row of them. */
  @Test
  void overlaps() {
    for (int kernel = 1; kernel < 8; kernel++) {
      for (int stride = 1; stride < 10; stride++) {
        int[] read = new int[200];
        for (int at = 0; at + kernel <= read.length; at += stride) {
          IntStream.range(at, at + kernel).forEach(k -> read[k]++);
        }
        int most = Arrays.stream(read).max().orElseThrow();
        Axis axis = Axis.of(kernel, stride);
        assertThat(axis.overlap()).isEqualTo(most);
        assertThat(new Window(axis, Axis.of(5, 2)).overlap()).isEqualTo(3 * most);
        assertThat(new Window(Axis.of(5, 2), axis).overlap()).isEqualTo(3 * most);
      }
    }
  }

  @Test
  void windows() {
    Window window = Window.of(List.of(2, 3), List.of(4, 5), List.of(6, 7, 8, 9), List.of(10, 11));
    assertThat(window).isEqualTo(new Window(new Axis(2, 4, 6, 8, 10), new Axis(3, 5, 7, 9, 11)));
    assertThat(window.kernel()).containsExactly(2, 3);
    assertThat(window.stride()).containsExactly(4, 5);
    assertThat(window.padding()).containsExactly(6, 7, 8, 9);
    assertThat(window.dilation()).containsExactly(10, 11);
    assertThat(window.area()).isEqualTo(6);
    assertThat(window.isPlain()).isFalse();
    Window plain = Window.plain(List.of(2, 3), List.of(4, 5));
    assertThat(plain).isEqualTo(new Window(Axis.of(2, 4), Axis.of(3, 5)));
    assertThat(plain.isPlain()).isTrue();
    for (Axis axis :
        List.of(new Axis(2, 1, 1, 0, 1), new Axis(2, 1, 0, 1, 1), new Axis(2, 1, 0, 0, 2))) {
      assertThat(new Window(axis, Axis.of(2, 1)).isPlain()).isFalse();
      assertThat(new Window(Axis.of(2, 1), axis).isPlain()).isFalse();
    }
    List<Integer> two = List.of(1, 1);
    List<Integer> four = List.of(0, 0, 0, 0);
    for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(1), List.of(1, 1, 1))) {
      for (List<List<Integer>> lists :
          List.of(
              List.of(wrong, two, four, two),
              List.of(two, wrong, four, two),
              List.of(two, two, wrong, two),
              List.of(two, two, two, two),
              List.of(two, two, four, wrong))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Window.of(lists.get(0), lists.get(1), lists.get(2), lists.get(3)))
            .withMessage("a window that does not have two axes");
      }
    }
  }

  private Window plain() {
    return Window.plain(
        List.of(random.nextInt(1, 5), random.nextInt(1, 5)),
        List.of(random.nextInt(1, 5), random.nextInt(1, 5)));
  }

  @Test
  void averages() {
    for (int seen = 0; seen < 200; ) {
      Grid input = new Grid(random.nextInt(1, 3), random.nextInt(1, 8), random.nextInt(1, 8));
      Window window = plain();
      if (input.through(window, 1).isEmpty()) {
        continue;
      }
      seen++;
      double factor = random.nextGaussian();
      AveragePool map = new AveragePool(input, window, factor);
      double[] ones = new double[window.area() * input.channels()];
      Arrays.fill(ones, factor);
      Convolution same =
          new Convolution(input, input.channels(), window, input.channels(), "k", Optional.empty());
      int n = input.elements();
      double[][] columns =
          IntStream.range(0, n)
              .mapToObj(j -> convolved(same, ones, unit(n, j)))
              .toArray(double[][]::new);
      double[][] rows = matrix(map, NONE, n);
      assertThat(rows).as(map.toString()).isDeepEqualTo(transposed(columns));
      assertThat(map.output().elements()).isEqualTo(rows.length);
      double norm = norm(rows);
      double gain = map.gain(NONE).orElseThrow();
      assertThat(gain).isGreaterThanOrEqualTo(norm * (1 - 1e-9));
      boolean apart =
          window.stride().get(0) >= window.kernel().get(0)
              && window.stride().get(1) >= window.kernel().get(1);
      if (apart) {
        assertThat(gain).isCloseTo(norm, within(1e-9 * norm));
      }
      assertThat(map.outputs(List.of(n + 1))).isEmpty();
      assertThat(map.outputs(List.of(n, n))).isEmpty();
    }
    AveragePool map = new AveragePool(new Grid(1, 2, 2), Window.square(Axis.of(2, 2)), 0.25);
    assertThat(map.word()).isEqualTo("average_pool");
    assertThat(map.constants()).containsExactly(0.25);
    assertThat(map.onRows()).isEmpty();
    assertThat(map.copies()).isFalse();
    assertThat(map.tensors()).isEmpty();
    assertThat(map.shift(NONE).applyAsDouble(0)).isZero();
  }

  /** By repeated products with the transposed: from below, and near where it ends. */
  private double norm(double[][] rows) {
    double[] x = random.doubles(rows[0].length, 0.5, 1).toArray();
    double norm = 0;
    for (int step = 0; step < 300; step++) {
      double[] y = new double[rows.length];
      double[] next = new double[x.length];
      double before = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < x.length; j++) {
          y[i] += rows[i][j] * x[j] / before;
        }
        for (int j = 0; j < x.length; j++) {
          next[j] += rows[i][j] * y[i];
        }
      }
      norm = Math.sqrt(Arrays.stream(y).map(v -> v * v).sum());
      x = next;
    }
    return norm;
  }

  /** {@code gain^2 >= factor^2 area overlap} in exact numbers, and next to it. */
  @Test
  void gainsOfAveragesAreRoundedUp() {
    for (int round = 0; round < 3000; round++) {
      Window window = plain();
      double factor =
          switch (round % 4) {
            case 0 -> random.nextGaussian();
            case 1 -> 1.0 / window.area();
            case 2 -> (float) (-1.0 / window.area());
            default -> Math.scalb(random.nextGaussian(), random.nextInt(-1074, 1000));
          };
      double gain = new AveragePool(new Grid(1, 5, 5), window, factor).gain(NONE).orElseThrow();
      BigDecimal square =
          new BigDecimal(factor)
              .pow(2)
              .multiply(BigDecimal.valueOf((long) window.area() * window.overlap()));
      assertThat(new BigDecimal(gain).pow(2)).isGreaterThanOrEqualTo(square);
      double less = gain * (1 - 0x1p-50) - 2 * Double.MIN_VALUE;
      assertThat(less < 0 || new BigDecimal(less).pow(2).compareTo(square) < 0).isTrue();
    }
    Window two = Window.square(Axis.of(2, 2));
    assertThat(new AveragePool(new Grid(1, 2, 2), two, 0.25).gain(NONE)).hasValue(0.5);
    assertThat(new AveragePool(new Grid(1, 2, 2), two, 0).gain(NONE).orElseThrow())
        .isLessThanOrEqualTo(Double.MIN_VALUE);
    assertThat(new AveragePool(new Grid(1, 2, 2), two, Double.MAX_VALUE).gain(NONE))
        .hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  void poolsThatAreNone() {
    Grid image = new Grid(1, 3, 3);
    for (Axis axis :
        List.of(
            new Axis(4, 1, 0, 0, 1),
            new Axis(0, 1, 0, 0, 1),
            new Axis(2, 0, 0, 0, 1),
            new Axis(2, 1, 1, 0, 1),
            new Axis(2, 1, 0, 1, 1),
            new Axis(2, 1, 0, 0, 2))) {
      for (Window refused :
          List.of(new Window(axis, Axis.of(1, 1)), new Window(Axis.of(1, 1), axis))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new AveragePool(image, refused, 1))
            .withMessage("a window that does not fit into [1, 3, 3]");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Unit.MaxPool(0, image, refused))
            .withMessage("a window that does not fit into [1, 3, 3]");
      }
    }
  }

  /** That all windows take the pixel that most of them have in common: the gain is reached. */
  @Test
  void largestOfWindows() {
    for (int seen = 0; seen < 200; ) {
      Grid input = new Grid(random.nextInt(1, 3), random.nextInt(1, 8), random.nextInt(1, 8));
      Window window = plain();
      if (input.through(window, 1).isEmpty()) {
        continue;
      }
      seen++;
      Unit.MaxPool pool = new Unit.MaxPool(0, input, window);
      double[][] ones = matrix(new AveragePool(input, window, 1), NONE, input.elements());
      assertThat(pool.size()).isEqualTo(ones.length);
      int[] read = new int[input.elements()];
      for (int i = 0; i < ones.length; i++) {
        double[] row = ones[i];
        assertThat(pool.windows().places(i))
            .containsExactly(IntStream.range(0, row.length).filter(j -> row[j] != 0).toArray());
        Arrays.stream(pool.windows().places(i)).forEach(j -> read[j]++);
      }
      int most = Arrays.stream(read).max().orElseThrow();
      BigDecimal square = new BigDecimal(pool.gain()).pow(2);
      assertThat(square).isGreaterThanOrEqualTo(BigDecimal.valueOf(most));
      assertThat(square).isGreaterThanOrEqualTo(BigDecimal.valueOf(window.overlap()));
      assertThat(pool.gain()).isCloseTo(Math.sqrt(window.overlap()), within(1e-14));
    }
  }

  private Weights statistics(ElementType type, double[][] values) {
    List<Tensor> tensors = new ArrayList<>();
    for (int role = 0; role < 4; role++) {
      String name = "n." + BatchNorm.ROLES.get(role);
      tensors.add(tensor(type, name, List.of(values[role].length), values[role]));
    }
    return Weights.of(tensors);
  }

  @Test
  void normalisations() {
    for (int round = 0; round < 200; round++) {
      boolean single = random.nextBoolean();
      int channels = random.nextInt(1, 4);
      int pixels = random.nextInt(1, 5);
      double[][] values = new double[4][channels];
      for (double[] role : values) {
        Arrays.setAll(role, _ -> single ? (float) random.nextGaussian() : random.nextGaussian());
      }
      Arrays.setAll(values[3], c -> Math.abs(values[3][c]));
      double epsilon = random.nextInt(4) / 3.0;
      Weights weights = statistics(single ? ElementType.F32 : ElementType.F64, values);
      BatchNorm map = new BatchNorm(channels, pixels, "n", epsilon);
      double[][] rows = matrix(map, weights, channels * pixels);
      double most = 0;
      for (int c = 0; c < channels; c++) {
        double scale = values[0][c] / Math.sqrt(values[3][c] + epsilon);
        scale = single ? (float) scale : scale;
        double shift = values[1][c] - values[2][c] * scale;
        shift = single ? (float) shift : shift;
        for (int p = 0; p < pixels; p++) {
          double[] row = new double[channels * pixels];
          row[c * pixels + p] = scale;
          assertThat(rows[c * pixels + p]).containsExactly(row);
          assertThat(map.shift(weights).applyAsDouble(c * pixels + p)).isEqualTo(shift);
        }
        most = Math.max(most, Math.abs(scale));
      }
      assertThat(map.gain(weights)).hasValue(most);
      assertThat(map.outputs(List.of(channels * pixels))).hasValue(channels * pixels);
      assertThat(map.outputs(List.of(channels * pixels + 1))).isEmpty();
      assertThat(map.outputs(List.of(channels, pixels))).isEmpty();
    }
  }

  @Test
  void whatElseIsKnownOfNormalisations() {
    BatchNorm map = new BatchNorm(2, 3, "n", 0.125);
    assertThat(map.word()).isEqualTo("batch_norm");
    assertThat(map.constants()).containsExactly(0.125);
    assertThat(map.onRows()).isEmpty();
    assertThat(map.copies()).isFalse();
    assertThat(map.tensors())
        .containsExactly(
            new LinearMap.TensorShape("n.weight", List.of(2)),
            new LinearMap.TensorShape("n.bias", List.of(2)),
            new LinearMap.TensorShape("n.running_mean", List.of(2)),
            new LinearMap.TensorShape("n.running_var", List.of(2)));
    assertThat(map.renamed(name -> "0/" + name)).isEqualTo(new BatchNorm(2, 3, "0/n", 0.125));
    int[][] none = {{0, 1}, {1, 0}, {-1, -1}, {1 << 12, (1 << 12) + 1}, {1 << 16, 1 << 16}};
    for (int[] extents : none) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new BatchNorm(extents[0], extents[1], "n", 0))
          .withMessage(extents[0] + " channels of " + extents[1] + " pixels");
    }
  }

  /** Variances that are none give no number, whichever channel has them. */
  @Test
  void normalisationsByNothing() {
    for (double variance : new double[] {0, -1}) {
      double[][] values = {{1, 1, 1}, {0, 0, 0}, {0, 0, 0}, {1, variance, 4}};
      Weights weights = statistics(ElementType.F64, values);
      double gain = new BatchNorm(3, 2, "n", -0.0).gain(weights).orElseThrow();
      assertThat(Double.isFinite(gain)).isFalse();
    }
  }

  @Test
  void groupsOfChannels() {
    for (int round = 0; round < 200; round++) {
      int size = random.nextInt(1, 5);
      int pixels = random.nextInt(1, 5);
      int groups = random.nextInt(1, 4);
      int n = size * pixels * groups;
      ChannelGroups channels = new ChannelGroups(size, pixels);
      List<Integer> places = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          for (int k = 0; k < size; k++) {
            places.add((group * size + k) * pixels + pixel);
          }
        }
      }
      assertThat(IntStream.range(0, n).mapToObj(channels::place).toList()).isEqualTo(places);
      List<Integer> all = IntStream.range(0, n).boxed().toList();
      assertThat(channels.of(all)).isEqualTo(places);
      assertThat(channels.vector(channels.of(all))).isEqualTo(all);
      double[] numbers = IntStream.range(0, n).asDoubleStream().toArray();
      assertThat(channels.of(numbers))
          .containsExactly(places.stream().mapToDouble(k -> k).toArray());
      assertThat(channels.vector(channels.of(numbers))).containsExactly(numbers);
    }
  }

  /** What divides one number of channels has to divide the other, too; all are positive. */
  @Test
  void groupsThatDivideOneSideAlone() {
    Window point = Window.square(Axis.of(1, 1));
    int[][] forged = {
      {3, 4, 2}, {4, 3, 2}, {3, 3, 2}, {4, 0, 1}, {4, -2, 1}, {4, 4, 0}, {4, 4, -1}
    };
    for (int[] numbers : forged) {
      Grid input = new Grid(numbers[0], 2, 2);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new Convolution(input, numbers[1], point, numbers[2], "k", Optional.empty()))
          .withMessage(numbers[2] + " groups do not divide the channels");
    }
  }

  /** Zeros around it make no window of what has no pixel. */
  @Test
  void axesOfNoPixel() {
    Axis axis = new Axis(1, 1, 1, 1, 1);
    assertThat(axis.outputs(1)).hasValue(3);
    assertThat(axis.outputs(0)).isEmpty();
    assertThat(axis.outputs(-1)).isEmpty();
  }

  @Test
  void mostElements() {
    assertThat(new Grid(1, 1 << 12, 1 << 12).size()).hasValue(1 << 24);
    assertThat(new Grid(1 << 12, 1, 1 << 12).size()).hasValue(1 << 24);
    for (Grid larger :
        List.of(
            new Grid(1, 257, 65281),
            new Grid(2, 1 << 12, 1 << 12),
            new Grid(1 << 12, 2, 1 << 12),
            new Grid(1 << 12, 1 << 12, 2))) {
      assertThat(larger.size()).isEmpty();
    }
  }

  /** The least gain of a mean whose errors are doubles: it is exact. */
  @Test
  void gainsOfTinyFactors() {
    Window point = Window.square(Axis.of(1, 1));
    Grid grid = new Grid(1, 1, 1);
    assertThat(new AveragePool(grid, point, 0x1p-500).gain(NONE)).hasValue(0x1p-500);
    assertThat(new AveragePool(grid, point, 0x1p-501).gain(NONE)).hasValue(Math.nextUp(0x1p-501));
  }

  /** Of a window that reaches over the edge only the elements within. */
  @Test
  void placesOfAWindowAtTheEdge() {
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    Convolution map = new Convolution(new Grid(1, 2, 3), 1, window, 1, "k", Optional.empty());
    assertThat(Windows.of(map).places(0)).containsExactly(0, 1, 3, 4);
    assertThat(Windows.of(map).places(1)).containsExactly(0, 1, 2, 3, 4, 5);
  }
}
