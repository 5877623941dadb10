package io.lipc.certificate.frequency;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A convolution by its matrices, on the grid and on tori: slow, and without any frequency. */
record Unrolled(Convolution map, Tensor weight) {

  static Unrolled of(Grid input, int channels, Window window, int groups, double[] kernel) {
    Convolution map = new Convolution(input, channels, window, groups, "w1", Optional.empty());
    try {
      List<Integer> shape = map.tensors().getFirst().shape();
      return new Unrolled(map, Tensor.of("w1", ElementType.F64, shape, kernel));
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Unrolled random(
      RandomGenerator random, Grid input, int channels, Window window, int groups) {
    int size = channels * (input.channels() / groups) * window.area();
    return of(input, channels, window, groups, random.doubles(size, -1, 1).toArray());
  }

  /** A small one, of any kind. */
  static Unrolled random(RandomGenerator random) {
    while (true) {
      int groups = random.nextInt(4) == 0 ? 2 : 1;
      Grid input =
          new Grid(groups * random.nextInt(1, 3), random.nextInt(1, 8), random.nextInt(1, 8));
      Window window = new Window(axis(random), axis(random));
      int channels = groups * random.nextInt(1, 3);
      boolean small =
          input
              .through(window, channels)
              .filter(out -> out.height() <= 8 && out.width() <= 8)
              .isPresent();
      if (small) {
        return random(random, input, channels, window, groups);
      }
    }
  }

  private static Axis axis(RandomGenerator random) {
    return new Axis(
        random.nextInt(1, 6),
        random.nextInt(1, 4),
        random.nextInt(0, 4),
        random.nextInt(0, 4),
        random.nextInt(4) == 0 ? 2 : 1);
  }

  /** The least number of cells that holds, along each axis; by hand. */
  List<Integer> least() {
    Grid in = map.input();
    Grid out = map.output();
    return List.of(
        least(map.window().vertical(), in.height(), out.height()),
        least(map.window().horizontal(), in.width(), out.width()));
  }

  private static int least(Axis axis, int n, int m) {
    int s = axis.stride();
    int last = s * (m - 1) + (axis.kernel() - 1) * axis.dilation() - axis.before();
    int pixels = Math.max(n + axis.before(), last + 1);
    return Math.max(m, Math.ceilDiv(pixels, s));
  }

  /** The norm of the convolution of the image with zeros around it. */
  double norm() {
    LinearMap.Row[] sparse = new LinearMap.Row[map.output().elements()];
    var rows = map.rows(List.of(map.input().elements()), new Weights(Map.of(map.weight(), weight)));
    double[][] matrix = new double[sparse.length][map.input().elements()];
    for (int i = 0; i < matrix.length; i++) {
      LinearMap.Row row = rows.apply(i);
      for (int k = 0; k < row.places().length; k++) {
        matrix[i][row.places()[k]] = row.factors()[k];
      }
    }
    return norm(matrix);
  }

  /** The norm of the convolution on a torus: what leaves at one side comes in at the other. */
  double norm(Torus torus) {
    int height = torus.cells().getFirst();
    int width = torus.cells().getLast();
    int down = height * map.window().vertical().stride();
    int across = width * map.window().horizontal().stride();
    int outputs = map.channels() * height * width;
    int inputs = map.input().channels() * down * across;
    double[][] matrix = new double[2 * outputs][2 * inputs];
    for (int i = 0; i < outputs; i++) {
      int o = i / (height * width);
      for (int c = 0; c < map.read(); c++) {
        int first = o / (map.channels() / map.groups()) * map.read();
        for (int u = 0; u < map.window().vertical().kernel(); u++) {
          for (int v = 0; v < map.window().horizontal().kernel(); v++) {
            int y = place(map.window().vertical(), i / width % height, u);
            int x = place(map.window().horizontal(), i % width, v);
            double turn =
                2
                    * Math.PI
                    * (torus.twist().getFirst() * Math.floorDiv(y, down)
                        + torus.twist().getLast() * Math.floorDiv(x, across));
            int column =
                ((first + c) * down + Math.floorMod(y, down)) * across + Math.floorMod(x, across);
            double factor =
                weight.get(
                    ((o * map.read() + c) * map.window().vertical().kernel() + u)
                            * map.window().horizontal().kernel()
                        + v);
            matrix[i][column] += factor * Math.cos(turn);
            matrix[i][inputs + column] -= factor * Math.sin(turn);
            matrix[outputs + i][column] += factor * Math.sin(turn);
            matrix[outputs + i][inputs + column] += factor * Math.cos(turn);
          }
        }
      }
    }
    return norm(matrix);
  }

  private static int place(Axis axis, int pixel, int element) {
    return pixel * axis.stride() + element * axis.dilation() - axis.before();
  }

  /** By squaring a Gram matrix 36 times: above the norm by a share of 1e-10 at most. */
  static double norm(double[][] matrix) {
    boolean wide = matrix.length <= matrix[0].length;
    int n = Math.min(matrix.length, matrix[0].length);
    double[][] power = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < Math.max(matrix.length, matrix[0].length); k++) {
          power[i][j] += wide ? matrix[i][k] * matrix[j][k] : matrix[k][i] * matrix[k][j];
        }
      }
    }
    double logarithm = 0;
    double exponent = 0.5;
    for (int step = 0; step <= 36; step++) {
      double trace = 0;
      for (int i = 0; i < n; i++) {
        trace += power[i][i];
      }
      if (trace == 0) {
        return 0;
      }
      logarithm += exponent * Math.log(trace);
      exponent /= 2;
      power = square(power, 1 / trace);
    }
    return Math.exp(logarithm);
  }

  private static double[][] square(double[][] symmetric, double factor) {
    int n = symmetric.length;
    double[][] square = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double left = symmetric[i][k] * factor * factor;
        for (int j = 0; j < n && left != 0; j++) {
          square[i][j] += left * symmetric[k][j];
        }
      }
    }
    return square;
  }

  /** The claim that the convolution has a gain, as the certificate of a network of it alone. */
  NetworkUnderTest claim(double gain, Torus torus) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.norms = Norms.EUCLIDEAN;
    net.type = weight.type();
    net.input(map.input().elements());
    net.tensor("w1", weight.shape(), weight.values());
    net.add(Unit.convolution(0, map));
    net.rows(0, map.input().elements());
    net.rows(1, map.output().elements());
    net.gains.add(new Proof.Gain(1, gain, torus));
    net.gain(1, 1);
    net.bound = gain;
    return net;
  }

  Subject subject(double gain, Torus torus) {
    return claim(gain, torus).subject();
  }
}
