package io.lipc.unroller;

import static io.lipc.unroller.Element.each;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes of the runtime for floats and for doubles, from one text each: see {@link Element}.
 */
final class TwinClasses {

  private static final String LINEAR = "io.lipc.certificate.linear.";

  private TwinClasses() {}

  /** How weights lie in arrays. */
  static List<UnrolledClass> layouts() {
    return List.of(columns(), channelBlocks());
  }

  /** Averages and maxima over windows, by plain loops. */
  static UnrolledClass pooling(Element element) {
    String name = element.word() + "Pooling";
    return new UnrolledClass(
        name,
        "final class " + name,
        element.typed(
            """
            The loops of {@link {Type}Pool}: averages or maxima of each channel of an image over windows that
            lie within it.
            """),
        List.of(
            LINEAR + "Axis",
            LINEAR + "Grid",
            LINEAR + "Window",
            "io.lipc.runtime.layout.ImageSteps"),
        element.typed(
            """
            final boolean isMaximum;
            final T factor;
            final Grid output;
            final Axis down;
            final Axis right;
            private final ImageSteps flatInput;
            private final ImageSteps flatOutput;
            """),
        element.typed(
            """
            /**
             * A pool.
             *
             * @param factor what each element of an average is multiplied with
             * @throws IllegalArgumentException if the window does not fit, or has zeros around it
             */
            {Type}Pooling(boolean isMaximum, T factor, Grid input, Window window) {
              this.isMaximum = isMaximum;
              this.factor = factor;
              this.output = output(input, window);
              this.down = window.vertical();
              this.right = window.horizontal();
              this.flatInput = ImageSteps.flat(input);
              this.flatOutput = ImageSteps.flat(output);
            }
            """),
        poolingMethods().stream().map(element::typed).toList());
  }

  private static List<String> poolingMethods() {
    return List.of(
        """
        private static Grid output(Grid input, Window window) {
          if (!window.isPlain()) {
            throw new IllegalArgumentException("a pool with zeros around its image");
          }
          return input
              .through(window, input.channels())
              .orElseThrow(
                  () -> new IllegalArgumentException("a window that does not fit into " + input));
        }
        """,
        """
        /** Evaluates the layer on one image, {@code [c][h][w]} as its result. */
        void apply(T[] x, T[] y) {
          apply(x, flatInput, y, flatOutput);
        }
        """,
        """
        /** The same of an image whose elements stand elsewhere. */
        void apply(T[] x, ImageSteps from, T[] y) {
          apply(x, from, y, flatOutput);
        }
        """,
        """
        /** The same with a result whose elements stand elsewhere. */
        void apply(T[] x, ImageSteps from, T[] y, ImageSteps to) {
          for (int p = 0; p < output.height(); p++) {
            for (int c = 0; c < output.channels(); c++) {
              int at = from.place(c, p * down.stride());
              row(x, at, from, y, to.place(c, p), to.pixel());
            }
          }
        }
        """,
        """
        /**
         * A row of one channel, one element of all windows after the other: where a loop ends in a
         * single maximum, C2 compares and jumps, and random numbers take twice as long.
         */
        private void row(T[] x, int at, ImageSteps from, T[] y, int to, int step) {
          int pixelStep = from.pixel() * right.stride();
          for (int q = 0; q < output.width(); q++) {
            y[to + q * step] = isMaximum ? x[at + q * pixelStep] : 0;
          }
          for (int u = 0; u < down.kernel(); u++) {
            for (int v = 0; v < right.kernel(); v++) {
              int first = at + u * from.row() * down.dilation() + v * from.pixel() * right.dilation();
              if (isMaximum) {
                raise(x, first, pixelStep, y, to, step);
              } else {
                add(x, first, pixelStep, y, to, step);
              }
            }
          }
        }
        """,
        """
        private void raise(T[] x, int first, int pixelStep, T[] y, int to, int step) {
          for (int q = 0; q < output.width(); q++) {
            y[to + q * step] = Math.max(x[first + q * pixelStep], y[to + q * step]);
          }
        }
        """,
        """
        private void add(T[] x, int first, int pixelStep, T[] y, int to, int step) {
          for (int q = 0; q < output.width(); q++) {
            y[to + q * step] = Math.fma(x[first + q * pixelStep], factor, y[to + q * step]);
          }
        }
        """);
  }

  /** The class from which a network takes its arrays. */
  static UnrolledClass parameterArrays() {
    List<String> methods = new ArrayList<>();
    methods.add(
        """
        /** A tensor of the certificate or of a callee. */
        abstract Tensor tensor(String name);
        """);
    methods.add(
        """
        /** The factors of an affine unit. */
        abstract double[] scale(int index);
        """);
    methods.add(
        """
        /** The shifts of an affine unit. */
        abstract double[] shift(int index);
        """);
    methods.add(
        """
        /**
         * The numbers of the elements that a selection of the certificate takes, in its order.
         *
         * @param index its number among affine units, selections and convolutions, counted from 0
         * @return a fresh array
         */
        public abstract int[] indices(int index);
        """);
    methods.add(
        """
        /**
         * A convolution of the certificate: its extents.
         *
         * @param index its number among affine units, selections and convolutions, counted from 0
         */
        public abstract Convolution convolution(int index);
        """);
    methods.add(
        """
        private static String bias(Convolution map, int index) {
          return map.bias()
              .orElseThrow(
                  () ->
                      new IllegalStateException("no bias of convolution " + index + " was certified"));
        }
        """);
    arrays().forEach(text -> methods.addAll(each(text)));
    return new UnrolledClass(
        "ParameterArrays",
        "abstract class ParameterArrays",
        """
        The arrays that generated constructors take: {@code float[]} or {@code double[]}, by their
        precision. The conversion to float changes no number, because the certified ones are floats then.
        """,
        List.of(
            LINEAR + "Convolution",
            "io.lipc.formats.Tensor",
            "io.lipc.runtime.layout.ChannelBlocks",
            "io.lipc.runtime.layout.Columns",
            "java.util.Arrays"),
        "",
        "ParameterArrays() {}\n",
        methods);
  }

  private static List<String> arrays() {
    return List.of(
        """
        /**
         * The columns of a dense layer's weight.
         *
         * @param tensor the name of a tensor of two extents, {@code [outputs, inputs]}
         * @return one fresh array of {@code outputs} numbers per input
         */
        public T[][] TColumns(String tensor) {
          Tensor weight = tensor(tensor);
          T[][] columns = new T[weight.shape().get(1)][weight.shape().get(0)];
          Columns.fill(weight, columns);
          return columns;
        }
        """,
        """
        /** The elements of a tensor, in row-major order, as a fresh array. */
        public T[] TVector(String tensor) {
          Tensor found = tensor(tensor);
          T[] vector = new T[found.size()];
          found.copy(0, vector);
          return vector;
        }
        """,
        """
        /**
         * The factors of an affine unit of the certificate.
         *
         * @param index its number among affine units, selections and convolutions, counted from 0
         * @return a fresh array, one number per element
         */
        public T[] TScale(int index) {
          return to{Type}(scale(index));
        }
        """,
        """
        /**
         * The shifts of an affine unit of the certificate.
         *
         * @param index its number among affine units, selections and convolutions, counted from 0
         * @return a fresh array, one number per element
         */
        public T[] TShift(int index) {
          return to{Type}(shift(index));
        }
        """,
        """
        /**
         * The kernel of a convolution, by blocks of the channels that it gives. A block is of
         * neighbours of one group, the last block of a group perhaps a smaller one. Each has one array
         * for each element that its window sees, rows outermost, then columns, then the channels that
         * it reads.
         *
         * @param index its number among affine units, selections and convolutions, counted from 0
         * @param block the most channels of a block
         * @return fresh arrays, of one number for each channel of the block
         */
        public T[][] TTaps(int index, int block) {
          Convolution map = convolution(index);
          return new ChannelBlocks(map, block).taps(TVector(map.weight()));
        }
        """,
        """
        /**
         * The biases of a convolution, by the blocks of {@link #TTaps}.
         *
         * @param index its number among affine units, selections and convolutions, counted from 0
         * @param block the most channels of a block
         * @return a fresh array for each block
         * @throws IllegalStateException if the convolution has no bias
         */
        public T[][] TBiases(int index, int block) {
          Convolution map = convolution(index);
          return new ChannelBlocks(map, block).biases(TVector(bias(map, index)));
        }
        """,
        """
        /** The {@link #indices}, which are exact: no tensor has more than 2^24 elements. */
        public T[] TIndices(int index) {
          return to{Type}(Arrays.stream(indices(index)).asDoubleStream().toArray());
        }
        """,
        """
        private static T[] to{Type}(double[] numbers) {
          T[] converted = new T[numbers.length];
          for (int i = 0; i < converted.length; i++) {
            converted[i] = {cast}numbers[i];
          }
          return converted;
        }
        """);
  }

  private static UnrolledClass columns() {
    List<String> methods = new ArrayList<>();
    methods.addAll(
        each(
            """
            /** Copies {@code matrix[i][k]} to {@code columns[k][i]}, as T. */
            public static void fill(Tensor matrix, T[][] columns) {
              forEachTile(matrix, from -> fill(matrix, from, columns));
            }
            """));
    methods.add(
        """
        /** Threads write different rows of the columns, so their number changes no result. */
        private static void forEachTile(Tensor matrix, IntConsumer fill) {
          int tiles = Math.ceilDiv(matrix.shape().get(0), HEIGHT);
          IntStream from = IntStream.range(0, tiles).map(tile -> tile * HEIGHT);
          (matrix.size() > SHARED_FROM ? from.parallel() : from).forEach(fill);
        }
        """);
    methods.addAll(
        each(
            """
            private static void fill(Tensor matrix, int from, T[][] columns) {
              int height = Math.min(HEIGHT, matrix.shape().get(0) - from);
              int width = Math.min(WIDTH, columns.length);
              T[][] tile = new T[height][width];
              for (int k = 0; k < columns.length; k += width) {
                // The last tile overlaps the one before, where the width does not divide the columns.
                int start = Math.min(k, columns.length - width);
                for (int i = 0; i < height; i++) {
                  matrix.copy((from + i) * columns.length + start, tile[i]);
                }
                for (int j = 0; j < width; j++) {
                  transpose(tile, j, columns[start + j], from);
                }
              }
            }
            """));
    methods.addAll(
        each(
            """
            private static void transpose(T[][] tile, int j, T[] column, int from) {
              for (int i = 0; i < tile.length; i++) {
                column[from + i] = tile[i][j];
              }
            }
            """));
    return new UnrolledClass(
        "Columns",
        "public final class Columns",
        """
        Transposes weights in tiles that stay in the processor's caches: element by element, each step
        down a column would be in another page.
        """,
        List.of(
            "io.lipc.formats.Tensor",
            "java.util.function.IntConsumer",
            "java.util.stream.IntStream"),
        """
        /** The rows and columns of a tile. */
        private static final int HEIGHT = 64;

        private static final int WIDTH = 256;

        /** Fewer elements are not worth a second thread. */
        private static final int SHARED_FROM = 1 << 16;
        """,
        "private Columns() {}\n",
        methods);
  }

  private static UnrolledClass channelBlocks() {
    List<String> methods = new ArrayList<>();
    methods.add(
        """
        private int count() {
          return map.groups() * Math.ceilDiv(channels, size);
        }
        """);
    methods.add(
        """
        private int first(int block) {
          int each = Math.ceilDiv(channels, size);
          return block / each * channels + block % each * size;
        }
        """);
    methods.add(
        """
        private int end(int block) {
          int first = first(block);
          return Math.min(first + size, (first / channels + 1) * channels);
        }
        """);
    methods.addAll(
        each(
            """
            /** The weights that multiply each element of a window, {@code [(b, u, v, i)][o]}. */
            public T[][] taps(T[] weight) {
              Windows windows = new Windows(map);
              T[][] taps = new T[count() * windows.size()][];
              for (int t = 0; t < taps.length; t++) {
                int block = t / windows.size();
                int first = first(block);
                taps[t] = new T[end(block) - first];
                for (int o = 0; o < taps[t].length; o++) {
                  taps[t][o] = weight[windows.weight(first + o, t % windows.size())];
                }
              }
              return taps;
            }
            """));
    methods.addAll(
        each(
            """
            /** The numbers of the channels block by block, {@code [b][o]}. */
            public T[][] biases(T[] bias) {
              T[][] biases = new T[count()][];
              for (int block = 0; block < biases.length; block++) {
                biases[block] = Arrays.copyOfRange(bias, first(block), end(block));
              }
              return biases;
            }
            """));
    return new UnrolledClass(
        "ChannelBlocks",
        "public final class ChannelBlocks",
        """
        The output channels of a convolution by blocks: neighbours, which all read the same channels, so
        that no block reaches over two groups. The last block of a group may be smaller.
        """,
        List.of(LINEAR + "Convolution", "java.util.Arrays"),
        """
        private final Convolution map;

        /** The number of channels of a full block. */
        private final int size;

        /** The number of output channels of a group. */
        private final int channels;
        """,
        """
        /**
         * Blocks of the channels that a convolution gives.
         *
         * @param size the most channels of a block
         */
        public ChannelBlocks(Convolution map, int size) {
          this.map = map;
          this.size = size;
          this.channels = map.channels() / map.groups();
        }
        """,
        methods);
  }
}
