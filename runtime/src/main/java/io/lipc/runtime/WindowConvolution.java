package io.lipc.runtime;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.runtime.layout.Spares;
import io.lipc.runtime.layout.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Convolutions of every shape by the kernels of dense layers: a pixel of the result is a dense
 * layer of what its window sees, in the order of sums, whose inputs are (u, v, i).
 *
 * <p>Pixels are the rows of a block, and what windows see at their element (u, v) of channel i is
 * copied to one array: rows of the image, shifted.
 */
final class WindowConvolution extends FloatConvolution {

  /**
   * How many numbers windows may see at a time. Measured with 288 for each pixel, a quarter of it,
   * which stays in the second-level cache, leaves loops so short that they take a third more time.
   */
  private static final int FITTING = 1 << 18;

  /** Arrays for a strip of pixels: the elements that their windows read, and the results. */
  private record Room(float[][] windows, float[][] results) {}

  /** One image, without zeros, and the result. */
  private record Flat(float[] x, float[] y) {}

  private final Windows windows;
  private final List<FloatDense> groups;
  private final Axis down;
  private final Axis right;
  private final Grid output;

  /** The channels of the result that a group gives. */
  private final int outputs;

  /** How many pixels are evaluated at a time, as whole vectors of any width. */
  private final int strip;

  /** Whether what is seen at an element of windows is the whole image, shifted. */
  private final boolean shifts;

  private final Spares<Room> rooms;
  private final Spares<Flat> flats;

  WindowConvolution(
      KernelVariant variant,
      Convolution map,
      ImageLayout input,
      float[] weight,
      float[] bias,
      boolean relu) {
    super(map, input);
    this.down = map.window().vertical();
    this.right = map.window().horizontal();
    this.output = map.output();
    this.windows = new Windows(map);
    this.outputs = map.channels() / map.groups();
    this.groups =
        IntStream.range(0, map.groups())
            .mapToObj(g -> variant.dense(columns(g, weight), part(g, bias), relu))
            .toList();
    int inputs = windows.size();
    this.shifts =
        down.stride() == 1 && right.stride() == 1 && output.width() == map.input().width();
    int unit = KernelVariant.MOST_ROWS;
    int whole = Math.ceilDiv(output.pixels(), unit) * unit;
    int fitting = FITTING / Math.max(inputs, outputs) / unit * unit;
    this.strip = Math.min(whole, Math.clamp(fitting, unit, Transposed.ROWS));
    this.rooms =
        new Spares<>(
            () -> new Room(Transposed.arrays(inputs, strip), Transposed.arrays(outputs, strip)));
    this.flats =
        new Spares<>(
            () ->
                new Flat(
                    ImageLayout.of(map.input()).allocate(), ImageLayout.of(output).allocate()));
  }

  /** The weights of a group by what they are multiplied with: {@code [(u, v, i)][o]}. */
  private float[][] columns(int group, float[] weight) {
    float[][] columns = new float[windows.size()][outputs];
    for (int k = 0; k < columns.length; k++) {
      for (int o = 0; o < outputs; o++) {
        columns[k][o] = weight[windows.weight(group * outputs + o, k)];
      }
    }
    return columns;
  }

  private float[] part(int group, float[] bias) {
    return Arrays.copyOfRange(bias, group * outputs, (group + 1) * outputs);
  }

  @Override
  public void apply(float[] x, float[] y) {
    Room room = rooms.take();
    for (int from = 0; from < output.pixels(); from += strip) {
      int count = Math.min(strip, output.pixels() - from);
      for (int g = 0; g < groups.size(); g++) {
        fill(room.windows(), x, g * map.read(), from, count);
        groups.get(g).apply(room.windows(), room.results(), count);
        for (int o = 0; o < outputs; o++) {
          int to = (g * outputs + o) * output.pixels() + from;
          System.arraycopy(room.results()[o], 0, y, to, count);
        }
      }
    }
    rooms.giveBack(room);
  }

  /**
   * Gathers the elements that the windows of {@code count} pixels read, from pixel {@code from} and
   * channel c on.
   */
  private void fill(float[][] windows, float[] x, int c, int from, int count) {
    int k = 0;
    for (int u = 0; u < down.kernel(); u++) {
      for (int v = 0; v < right.kernel(); v++) {
        for (int i = 0; i < map.read(); i++, k++) {
          int plane = (c + i) * map.input().pixels();
          if (shifts) {
            shift(windows[k], x, plane, u, v, from, count);
          } else {
            fill(windows[k], x, plane, u, v, from, count);
          }
        }
      }
    }
  }

  /**
   * Gathers element (u, v) of the windows, where the result is as wide as the image and the window
   * moves by single pixels: the whole channel, shifted, but for columns that came from the row
   * before or behind.
   */
  private void shift(float[] seen, float[] x, int plane, int u, int v, int from, int count) {
    int width = output.width();
    int columns = right.place(0, v);
    int shift = down.place(0, u) * width + columns;
    int pixels = map.input().pixels();
    int begin = Math.clamp(-shift - from, 0, count);
    int end = Math.clamp(pixels - shift - from, begin, count);
    Arrays.fill(seen, 0, begin, 0f);
    if (begin < end) {
      System.arraycopy(x, plane + from + begin + shift, seen, begin, end - begin);
    }
    Arrays.fill(seen, end, count, 0f);
    int first = columns < 0 ? 0 : Math.max(width - columns, 0);
    int size = Math.min(Math.abs(columns), width);
    for (int row = from / width * width - from; row < count && size > 0; row += width) {
      int left = Math.clamp(row + first, 0, count);
      Arrays.fill(seen, left, Math.clamp(row + first + size, left, count), 0f);
    }
  }

  /** Gathers element (u, v) of the windows, row by row. */
  private void fill(float[] seen, float[] x, int plane, int u, int v, int from, int count) {
    int at = 0;
    while (at < count) {
      int p = (from + at) / output.width();
      int q = (from + at) % output.width();
      int size = Math.min(output.width() - q, count - at);
      int row = down.place(p, u);
      if (row >= 0 && row < map.input().height()) {
        fillRow(seen, at, x, plane + row * map.input().width(), v, q, size);
      } else {
        Arrays.fill(seen, at, at + size, 0f);
      }
      at += size;
    }
  }

  /** A row of pixels from q on, of which some windows may begin or end outside of the image. */
  private void fillRow(float[] seen, int at, float[] x, int line, int v, int q, int size) {
    int stride = right.stride();
    int column = right.place(q, v);
    int width = map.input().width();
    int begin = Math.clamp(Math.ceilDiv(-column, stride), 0, size);
    int end = Math.clamp(Math.ceilDiv(width - column, stride), begin, size);
    Arrays.fill(seen, at, at + begin, 0f);
    if (stride == 1 && begin < end) {
      System.arraycopy(x, line + column + begin, seen, at + begin, end - begin);
    } else {
      for (int j = begin; j < end; j++) {
        seen[at + j] = x[line + column + j * stride];
      }
    }
    Arrays.fill(seen, at + end, at + size, 0f);
  }

  @Override
  public void apply(float[] x, ImageLayout layout, float[] y) {
    Flat flat = flats.take();
    input().leave(x, flat.x());
    apply(flat.x(), flat.y());
    layout.enter(flat.y(), y);
    flats.giveBack(flat);
  }
}
