package io.lipc.runtime;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.vector.SlicedBlocks;
import io.lipc.runtime.vector.VectorTransposition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Times scalar and vector kernels against each other, once per JVM, in a thread of its own: for
 * their first second or so, until C2 has compiled them, vector kernels are a thousand times slower,
 * and nobody should wait for that. Vector kernels that have won give the bits of scalar ones, or
 * they are not used: networks were compared with their certificates by scalar kernels.
 */
final class VectorTrial implements Runnable {

  private record Shape(int inputs, int outputs) {}

  private static final int SIZE = 64;

  /**
   * The most inputs of a trial: more than a slice, because C2 leaves out code that it has not seen
   * run, and comes back to it slowly.
   */
  private static final int MOST_INPUTS = SlicedBlocks.SLICE + 1;

  private static final int MOST_OUTPUTS = 259;

  /**
   * Layers that take tiles of every kind, whatever the width of a vector. With 32 registers, 131
   * and 259 outputs leave three behind panels of 128 and 256. With 16, only layers of up to five
   * take the tiles of {@code VectorTiles}, and what has more than a slice of inputs passes sums on.
   */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(SIZE, MOST_OUTPUTS),
          new Shape(SIZE, 131),
          new Shape(SIZE, 74),
          new Shape(SIZE, 70),
          new Shape(SIZE, 67),
          new Shape(SIZE, 5),
          new Shape(SIZE, 3),
          new Shape(MOST_INPUTS, 15));

  /**
   * The rows of a trial: more than some layers have outputs, and fewer than others. So scalar loops
   * run along both, all of them long.
   */
  private static final int BLOCK = 128;

  private static final int ROUNDS_TO_WIN = 3;

  /** A processor where vectors have not won by then keeps to scalar kernels. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final AtomicBoolean WON = new AtomicBoolean();

  /** Initialised by whoever asks first; vectors are loaded in its thread, which takes a while. */
  private static final class Started {
    static final Thread THREAD = new Thread(new VectorTrial(), "lipc-vector-trial");

    static {
      THREAD.setDaemon(true);
      THREAD.start();
    }
  }

  /** An image of as many channels, in an array that a square fits. */
  private static final Grid IMAGE = new Grid(SIZE, 8, 8);

  private static final Window WINDOW = Window.square(Axis.of(2, 2));

  private final FloatPool average = FloatPool.average(IMAGE, WINDOW, 0.25f);
  private final FloatPool max = FloatPool.max(IMAGE, WINDOW);
  private final float[][] rows = new float[BLOCK][SIZE];
  private final float[] square = new float[SIZE * SIZE];
  private final float[] turned = new float[SIZE * SIZE];
  private final float[][] x = Transposed.allocate(MOST_INPUTS);
  private final float[][] y = Transposed.allocate(MOST_OUTPUTS);
  private final float[] single = new float[MOST_OUTPUTS];

  VectorTrial() {}

  /** Starts the trial, unless it runs already or is over. */
  static void start() {
    Objects.requireNonNull(Started.THREAD);
  }

  /** Whether vector kernels are compiled and faster. */
  static boolean isWon() {
    return WON.getPlain();
  }

  @Override
  public void run() {
    if (!VectorDense.isPossible()) {
      return;
    }
    List<FloatDense> scalar = layers(KernelVariant.SCALAR, 1);
    List<FloatDense> vector = layers(KernelVariant.VECTOR, 1);
    long end = System.nanoTime() + PATIENCE_NANOS;
    int wins = 0;
    while (wins < ROUNDS_TO_WIN && System.nanoTime() < end) {
      long first = time(KernelVariant.SCALAR, scalar);
      long second = time(KernelVariant.SCALAR, scalar);
      wins += time(KernelVariant.VECTOR, vector) < Math.min(first, second) ? 1 : 0;
    }
    WON.set(wins == ROUNDS_TO_WIN && isAgreed(scalar, vector));
  }

  /** Whether both give the same bits of the same random numbers, by rows and by blocks. */
  boolean isAgreed(List<FloatDense> scalar, List<FloatDense> vector) {
    return Arrays.deepEquals(
        results(KernelVariant.SCALAR, scalar), results(KernelVariant.VECTOR, vector));
  }

  private float[][] results(KernelVariant variant, List<FloatDense> layers) {
    SplittableRandom random = new SplittableRandom(2);
    for (float[][] numbers : List.of(x, y, rows, new float[][] {square, turned, single})) {
      for (float[] row : numbers) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextFloat() - 0.5f;
        }
      }
    }
    List<float[]> results = new ArrayList<>();
    for (FloatPool pool : List.of(average, max)) {
      pool(variant, pool);
      results.add(turned.clone());
    }
    transpose(variant);
    results.add(turned.clone());
    addCopies(results, x);
    addCopies(results, rows);
    for (FloatDense dense : layers) {
      dense.apply(x, y, BLOCK);
      addCopies(results, y);
      dense.apply(x[0], single);
      results.add(single.clone());
    }
    return results.toArray(float[][]::new);
  }

  /**
   * Adds copies of the results without the rows behind the last one of a block, which may hold
   * anything.
   */
  private static void addCopies(List<float[]> results, float[][] numbers) {
    for (float[] row : numbers) {
      results.add(Arrays.copyOf(row, Math.min(row.length, BLOCK)));
    }
  }

  /**
   * Nanoseconds for every kind of vector kernel, or of scalar ones in their place; one that is not
   * compiled yet costs more than all others.
   */
  private long time(KernelVariant variant, List<FloatDense> layers) {
    long start = System.nanoTime();
    for (FloatDense dense : layers) {
      transpose(variant);
      pool(variant);
      dense.apply(x, y, BLOCK);
      for (int i = 0; i < SIZE; i++) {
        dense.apply(x[i], single);
      }
    }
    return System.nanoTime() - start;
  }

  /** Rows into a block and back, and a square, as images are: all are as before. */
  private void transpose(KernelVariant variant) {
    if (variant.runsVectors() && VectorTransposition.isPossible(BLOCK, SIZE)) {
      VectorTransposition.transpose(rows, 0, BLOCK, x, 0, SIZE);
      VectorTransposition.transposeBack(x, rows, 0, BLOCK, SIZE);
      VectorTransposition.transpose(square, 0, SIZE, turned, 0, SIZE, SIZE, SIZE);
    } else {
      Transposed.transpose(rows, 0, BLOCK, x, 0, SIZE);
      Transposed.transposeBack(x, rows, 0, BLOCK, SIZE);
      Transposed.transpose(square, 0, SIZE, turned, 0, SIZE, SIZE, SIZE);
    }
  }

  private void pool(KernelVariant variant) {
    List.of(average, max).forEach(pool -> pool(variant, pool));
  }

  private void pool(KernelVariant variant, FloatPool pool) {
    ImageLayout from = ImageLayout.of(IMAGE);
    pool.apply(variant.runsVectors(), from, square, ImageLayout.of(pool.output()), turned);
  }

  /** The layers of the trial, with weights of that seed. */
  static List<FloatDense> layers(KernelVariant variant, long seed) {
    return SHAPES.stream().map(shape -> random(variant, shape, seed)).toList();
  }

  private static FloatDense random(KernelVariant variant, Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] columns = new float[shape.inputs()][shape.outputs()];
    for (float[] column : columns) {
      for (int i = 0; i < column.length; i++) {
        column[i] = random.nextFloat() - 0.5f;
      }
    }
    return variant.dense(columns, new float[shape.outputs()], true);
  }
}
