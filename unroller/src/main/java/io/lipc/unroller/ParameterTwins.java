package io.lipc.unroller;

import static io.lipc.unroller.Element.each;

import java.util.ArrayList;
import java.util.List;

/** The arrays of a network, for floats and for doubles from one text each: see {@link Element}. */
final class ParameterTwins {

  private static final String LINEAR = "io.lipc.certificate.linear.";

  private ParameterTwins() {}

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
        abstract double[] scale(String unit);
        """);
    methods.add(
        """
        /** The shifts of an affine unit. */
        abstract double[] shift(String unit);
        """);
    methods.add(
        """
        /**
         * The numbers of the elements that a selection of the certificate takes, in its order.
         *
         * @param unit the number of its unit, behind the names of callees, each with a slash
         * @return a fresh array
         */
        public abstract int[] indices(String unit);
        """);
    methods.add(
        """
        /**
         * A convolution of the certificate: its extents.
         *
         * @param unit the number of its unit, behind the names of callees, each with a slash
         */
        public abstract Convolution convolution(String unit);
        """);
    methods.add(
        """
        private static String bias(Convolution map, String unit) {
          return map.bias()
              .orElseThrow(
                  () ->
                      new IllegalStateException("no bias of convolution " + unit + " was certified"));
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
         * @param unit the number of its unit, behind the names of callees, each with a slash
         * @return a fresh array, one number per element
         */
        public T[] TScale(String unit) {
          return to{Type}(scale(unit));
        }
        """,
        """
        /**
         * The shifts of an affine unit of the certificate.
         *
         * @param unit the number of its unit, behind the names of callees, each with a slash
         * @return a fresh array, one number per element
         */
        public T[] TShift(String unit) {
          return to{Type}(shift(unit));
        }
        """,
        """
        /**
         * The kernel of a convolution, by blocks of the channels that it gives. A block is of
         * neighbours of one group, the last block of a group perhaps a smaller one. Each has one array
         * for each element that its window sees, rows outermost, then columns, then the channels that
         * it reads.
         *
         * @param unit the number of its unit, behind the names of callees, each with a slash
         * @param block the most channels of a block
         * @return fresh arrays, of one number for each channel of the block
         */
        public T[][] TTaps(String unit, int block) {
          Convolution map = convolution(unit);
          return new ChannelBlocks(map, block).taps(TVector(map.weight()));
        }
        """,
        """
        /**
         * The biases of a convolution, by the blocks of {@link #TTaps}.
         *
         * @param unit the number of its unit, behind the names of callees, each with a slash
         * @param block the most channels of a block
         * @return a fresh array for each block
         * @throws IllegalStateException if the convolution has no bias
         */
        public T[][] TBiases(String unit, int block) {
          Convolution map = convolution(unit);
          return new ChannelBlocks(map, block).biases(TVector(bias(map, unit)));
        }
        """,
        """
        /** The {@link #indices}, which are exact: no tensor has more than 2^24 elements. */
        public T[] TIndices(String unit) {
          return to{Type}(Arrays.stream(indices(unit)).asDoubleStream().toArray());
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
}
