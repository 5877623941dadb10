package io.lipc.runtime;

/**
 * Blocks of rows that lie transposed: {@code block[i][r]} is element i of row r, and each {@code
 * block[i]} has room for more rows than there are: kernels write whole vectors. Behind the last row
 * of a block stands anything.
 *
 * <p>Every operation on a layer is then one on whole arrays of rows, which fill vector registers
 * whatever the width of the layer. The target may be the source in {@link #affine}, {@link
 * #maxMin}, {@link #slice}, and, at offset 0, {@link #copy}.
 */
public final class Transposed {

  /**
   * The most rows that a block has. Loops that C2 makes begin and end with steps one by one, up to
   * as many as a vector has lanes: these should be few among all.
   */
  public static final int ROWS = 512;

  /** Room is for a multiple of so many rows: two vectors, of whatever width kernels run on. */
  static final int GRAIN = 32;

  /** A cache line of floats. */
  private static final int LINE = 16;

  /** The header before the elements of an array, counted in floats. */
  private static final int HEADER = 4;

  private Transposed() {}

  /**
   * A new block of {@code size} elements per row with room for {@link #ROWS} rows, all 0, whose
   * arrays lie in memory as kernels run best.
   */
  public static float[][] allocate(int size) {
    return allocate(size, ROWS);
  }

  /**
   * The same with room for {@code rows} rows, and no more than kernels write behind them.
   *
   * @param rows from 1 to {@link #ROWS}
   */
  public static float[][] allocate(int size, int rows) {
    return arrays(size, room(rows));
  }

  private static int room(int rows) {
    return Math.ceilDiv(rows, GRAIN) * GRAIN;
  }

  /**
   * Arrays of at least {@code length} elements, an odd number of cache lines from one to the next:
   * as far as they stay where they were allocated, they begin at the same place of a line, so a
   * loop of C2 that aligns one of them aligns all, and their elements of one index compete neither
   * for places in the caches nor, by the last bits of their addresses, with stores under way.
   * Measured on Zen 5, scalar loops over 512 take a third less time than in arrays of 512.
   */
  static float[][] arrays(int count, int length) {
    int lines = Math.ceilDiv(length + HEADER, LINE) | 1;
    return new float[count][lines * LINE - HEADER];
  }

  /**
   * Refuses blocks that have too little room.
   *
   * @throws IllegalArgumentException naming the extent found and the one expected
   */
  static void check(String what, float[][] block, int size, int rows) {
    int room = room(rows);
    if (block.length < size) {
      throw new IllegalArgumentException(
          what + " has " + block.length + " elements per row, expected " + size);
    }
    for (int i = 0; i < size; i++) {
      if (block[i].length < room) {
        throw new IllegalArgumentException(
            "%s[%d] has room for %d rows, expected at least %d"
                .formatted(what, i, block[i].length, room));
      }
    }
  }

  /**
   * Copies elements: {@code target[offset + i][r] = source[i][r]} for the first {@code size}
   * elements of each of {@code rows} rows.
   */
  public static void copy(float[][] source, int size, float[][] target, int offset, int rows) {
    for (int i = 0; i < size; i++) {
      System.arraycopy(source[i], 0, target[offset + i], 0, rows);
    }
  }

  /**
   * Takes neighbouring elements: {@code target[i][r] = source[from + i][r]} for the {@code size}
   * elements of the target.
   */
  public static void slice(float[][] source, int from, float[][] target, int size, int rows) {
    for (int i = 0; i < size; i++) {
      System.arraycopy(source[from + i], 0, target[i], 0, rows);
    }
  }

  /**
   * Takes the elements with the given numbers: {@code target[i][r] = source[indices[i]][r]}; the
   * target must not be the source.
   */
  public static void select(int[] indices, float[][] source, float[][] target, int rows) {
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(source[indices[i]], 0, target[i], 0, rows);
    }
  }

  /**
   * Sorts pairs of elements in each row: {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]}
   * the minimum.
   */
  public static void maxMin(float[][] x, float[][] y, int size, int rows) {
    maxMin(x, y, size, 1, rows);
  }

  /**
   * Sorts pairs of channels in each row: the elements of a pair are {@code pixels} apart, and the
   * first becomes the maximum.
   *
   * @param size a multiple of {@code 2 * pixels}
   */
  public static void maxMin(float[][] x, float[][] y, int size, int pixels, int rows) {
    for (int channel = 0; channel < size; channel += 2 * pixels) {
      for (int i = channel; i < channel + pixels; i++) {
        maxMin(x[i], x[i + pixels], y[i], y[i + pixels], rows);
      }
    }
  }

  private static void maxMin(float[] x0, float[] x1, float[] y0, float[] y1, int rows) {
    for (int j = 0; j < rows; j++) {
      float a = x0[j];
      float b = x1[j];
      y0[j] = Math.max(a, b);
      y1[j] = Math.min(a, b);
    }
  }

  /**
   * An affine map by element: {@code y[i][r] = scale[i] x[i][r] + shift[i]}, product and sum each
   * rounded.
   */
  public static void affine(float[] scale, float[] shift, float[][] x, float[][] y, int rows) {
    for (int i = 0; i < scale.length; i++) {
      affine(scale[i], shift[i], x[i], y[i], rows);
    }
  }

  private static void affine(float scale, float shift, float[] x, float[] y, int rows) {
    for (int j = 0; j < rows; j++) {
      y[j] = scale * x[j] + shift;
    }
  }

  /**
   * Copies row {@code row} of a block into {@code target}: {@code target[i] = block[i][row]} for
   * the first {@code size} elements.
   */
  public static void gather(float[][] block, int row, float[] target, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = block[i][row];
    }
  }

  /**
   * Copies {@code source} into row {@code row} of a block: {@code block[i][row] = source[i]} for
   * the first {@code size} elements.
   */
  public static void scatter(float[] source, int size, float[][] block, int row) {
    for (int i = 0; i < size; i++) {
      block[i][row] = source[i];
    }
  }

  /**
   * Puts rows into a block, a few at a time, so that what is written lies together: {@code
   * block[i][at + r] = rows[from + r][i]}.
   */
  static void transpose(float[][] rows, int from, int count, float[][] block, int at, int size) {
    int r = 0;
    for (; r + ScalarStrips.ROWS <= count; r += ScalarStrips.ROWS) {
      ScalarStrips.transpose(rows, from + r, block, at + r, size);
    }
    for (; r < count; r++) {
      scatter(rows[from + r], size, block, at + r);
    }
  }

  /** Takes rows out of a block, a few at a time: {@code rows[from + r][i] = block[i][r]}. */
  static void transposeBack(float[][] block, float[][] rows, int from, int count, int size) {
    int r = 0;
    for (; r + ScalarStrips.ROWS <= count; r += ScalarStrips.ROWS) {
      ScalarStrips.transposeBack(block, r, rows, from + r, size);
    }
    for (; r < count; r++) {
      gather(block, r, rows[from + r], size);
    }
  }

  /**
   * Transposes a matrix whose rows stand one behind the other: {@code target[to + j * targetPitch +
   * i] = source[from + i * pitch + j]} for i below {@code height} and j below {@code width}.
   */
  static void transpose(
      float[] source,
      int from,
      int pitch,
      float[] target,
      int to,
      int targetPitch,
      int height,
      int width) {
    for (int i = 0; i < height; i++) {
      int at = from + i * pitch;
      for (int j = 0; j < width; j++) {
        target[to + j * targetPitch + i] = source[at + j];
      }
    }
  }
}
