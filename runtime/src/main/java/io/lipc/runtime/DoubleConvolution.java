package io.lipc.runtime;

import io.lipc.certificate.linear.Convolution;
import io.lipc.runtime.layout.Spares;
import io.lipc.runtime.layout.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution of precision F64: the arithmetic of {@link FloatConvolution}, in doubles, pixel by
 * pixel by {@link DoubleDense}. Instances are immutable, and threads share them.
 */
public final class DoubleConvolution {

  /**
   * Arrays for one window: the places of the elements that it reads, their values, and its results.
   */
  private record Room(int[] places, double[] window, double[] result) {}

  private final Windows windows;
  private final List<DoubleDense> groups;
  private final int pixels;
  private final int outputs;
  private final double floor;
  private final Spares<Room> rooms;

  private DoubleConvolution(Convolution map, double[] weight, double[] bias, double floor) {
    this.windows = new Windows(map);
    this.pixels = map.output().pixels();
    this.outputs = map.channels() / map.groups();
    this.floor = floor;
    this.groups =
        IntStream.range(0, map.groups()).mapToObj(group -> dense(group, weight, bias)).toList();
    int size = windows.size();
    this.rooms = new Spares<>(() -> new Room(new int[size], new double[size], new double[outputs]));
  }

  /**
   * A convolution as it is.
   *
   * @param map its extents
   * @param weight {@code [o][i][u][v]}, v fastest; not changed
   * @param bias of each channel of the result; not changed
   */
  public static DoubleConvolution linear(Convolution map, double[] weight, double[] bias) {
    return new DoubleConvolution(map, weight, bias, Double.NEGATIVE_INFINITY);
  }

  /**
   * A convolution with its activation: {@code max(y, 0)}.
   *
   * @param map its extents
   * @param weight {@code [o][i][u][v]}, v fastest; not changed
   * @param bias of each channel of the result; not changed
   */
  public static DoubleConvolution relu(Convolution map, double[] weight, double[] bias) {
    return new DoubleConvolution(map, weight, bias, 0);
  }

  /**
   * The dense layer from the elements that a window reads to the channels of its pixel of the
   * result.
   */
  private DoubleDense dense(int group, double[] weight, double[] bias) {
    int first = group * outputs;
    double[][] columns = new double[windows.size()][outputs];
    for (int k = 0; k < columns.length; k++) {
      for (int o = 0; o < outputs; o++) {
        columns[k][o] = weight[windows.weight(first + o, k)];
      }
    }
    return DoubleDense.linear(columns, Arrays.copyOfRange(bias, first, first + outputs));
  }

  /**
   * Evaluates the layer on one image.
   *
   * @param x {@code [c][h][w]}, at least as long
   * @param y {@code [c][h][w]}, at least as long, overwritten so far; not {@code x}
   */
  public void apply(double[] x, double[] y) {
    Room room = rooms.take();
    for (int group = 0; group < groups.size(); group++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        windows.places(pixel, group, room.places());
        look(x, room.places(), room.window());
        groups.get(group).apply(room.window(), room.result());
        for (int o = 0; o < outputs; o++) {
          y[(group * outputs + o) * pixels + pixel] = Math.max(room.result()[o], floor);
        }
      }
    }
    rooms.giveBack(room);
  }

  private static void look(double[] x, int[] places, double[] window) {
    for (int k = 0; k < window.length; k++) {
      window[k] = places[k] == Windows.OUTSIDE ? 0 : x[places[k]];
    }
  }
}
