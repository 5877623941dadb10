package io.lipc.unroller;

import static io.lipc.unroller.Element.each;

import java.util.ArrayList;
import java.util.List;

/**
 * How weights lie in arrays, for floats and for doubles from one text each: see {@link Element}.
 */
final class LayoutTwins {

  private static final String LINEAR = "io.lipc.certificate.linear.";

  private LayoutTwins() {}

  /** How weights lie in arrays. */
  static List<UnrolledClass> layouts() {
    return List.of(columns(), channelBlocks());
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
            /** The weight of each element of a window, {@code [(b, u, v, i)][o]}. */
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
