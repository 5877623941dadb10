package io.lipc.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * The batches of one network: cut into blocks of rows that lie {@link Transposed}, on the common
 * pool where there is enough to do. How rows fall to blocks and threads has no influence on their
 * results.
 */
public final class FloatBatches {

  /** Below, a block costs more than its rows one by one: measured on networks 50 and 512 wide. */
  private static final int MIN_BLOCK = 8;

  /** Blocks are whole vectors, of whatever width, but for the last. */
  private static final int GRAIN = 32;

  /** How many numbers of a layer stay in the second-level cache, beside another and weights. */
  private static final int LAYER = 1 << 16;

  /** Fewer rows than this per block, and weights come from memory too often. */
  private static final int MIN_ROWS = 128;

  /** How many parts of images a thread gets, so that none waits long for another. */
  private static final int SHARES = 4;

  /** How much work pays a second thread: waking one takes up to 20 microseconds. */
  private static final double MIN_PARALLEL_NANOS = 100_000;

  private static final String WORKERS = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** Found out when there is something to share. */
  private static final class Threads {
    static final int COUNT =
        threads(
            Integer.getInteger(WORKERS, 1),
            ForkJoinPool.getCommonPoolParallelism(),
            Runtime.getRuntime().availableProcessors());
  }

  /** What a block is evaluated in. */
  private record Room(Workspace workspace, float[][] inputs, float[][] outputs) {}

  private final FloatNetwork network;

  /** Whether rows are evaluated one by one. */
  private final boolean alone;

  private final int maxRows;
  private final Spares<Room> rooms = new Spares<>(this::newRoom);

  /** What a row took in the last block: measured, because it depends on the machine. */
  private volatile double nanosPerRow;

  /**
   * Batches for the evaluation of {@code network}.
   *
   * @param network the network whose rows are evaluated
   * @param widest the number of elements of its widest layer, which decides how long blocks are.
   *     Layers of networks that it calls do not count: measured, nothing is lost where one is 2048
   *     wide
   */
  public FloatBatches(FloatNetwork network, int widest) {
    this(network, false, maxRows(widest));
  }

  private FloatBatches(FloatNetwork network, boolean alone, int maxRows) {
    this.network = network;
    this.alone = alone;
    this.maxRows = maxRows;
  }

  private static int maxRows(int widest) {
    int fitting = LAYER / Math.max(widest, 1) / GRAIN * GRAIN;
    return Math.clamp(fitting, MIN_ROWS, Transposed.ROWS);
  }

  /**
   * Batches for a network with convolutions, whose rows are evaluated one by one: an image fills
   * vectors by itself, and a block of them no cache.
   *
   * @param network the network whose rows are evaluated
   */
  public static FloatBatches ofImages(FloatNetwork network) {
    return new FloatBatches(network, true, 1);
  }

  private Room newRoom() {
    return new Room(
        network.newWorkspace(),
        Transposed.allocate(alone ? 0 : network.inputSize()),
        Transposed.allocate(alone ? 0 : network.outputSize()));
  }

  /**
   * Evaluates the network on each row; nothing is written where an argument is refused.
   *
   * @param inputs rows of {@link FloatNetwork#inputSize()} elements
   * @param outputs as many rows of {@link FloatNetwork#outputSize()} elements, overwritten; all of
   *     them different arrays
   * @throws IllegalArgumentException if the numbers of rows differ, or a row has another length
   */
  public void apply(float[][] inputs, float[][] outputs) {
    Arguments.checkRows(inputs.length, outputs.length);
    for (int r = 0; r < inputs.length; r++) {
      Arguments.checkLengths(
          inputs[r].length, network.inputSize(), outputs[r].length, network.outputSize());
    }
    int threads = isWorthThreads(inputs.length) ? Threads.COUNT : 1;
    int size =
        alone
            ? Math.max(Math.ceilDiv(inputs.length, SHARES * threads), 1)
            : blockSize(inputs.length, threads, maxRows);
    IntStream starts = IntStream.range(0, Math.ceilDiv(inputs.length, size)).map(b -> b * size);
    (threads > 1 ? starts.parallel() : starts)
        .forEach(from -> block(inputs, outputs, from, Math.min(size, inputs.length - from)));
  }

  /**
   * How many rows a block has: each thread gets as few blocks as hold its share, all of one size.
   *
   * @param maxRows a multiple of {@link #GRAIN}, which blocks do not exceed
   */
  static int blockSize(int rows, int threads, int maxRows) {
    int share = Math.max(Math.ceilDiv(rows, threads), 1);
    int blocks = Math.ceilDiv(share, maxRows);
    return Math.ceilDiv(Math.ceilDiv(share, blocks), GRAIN) * GRAIN;
  }

  /**
   * How many threads work on a batch, the caller's included.
   *
   * @param asked the workers of the common pool, as the property gives them
   * @param reported as the pool says: 1 even where none was asked for
   * @param processors on one, the pool's worker has nothing to run on
   */
  static int threads(int asked, int reported, int processors) {
    return asked <= 0 ? 1 : Math.min(reported + 1, processors);
  }

  private boolean isWorthThreads(int rows) {
    return rows * nanosPerRow >= MIN_PARALLEL_NANOS;
  }

  private void block(float[][] inputs, float[][] outputs, int from, int rows) {
    long start = System.nanoTime();
    Room room = rooms.take();
    run(room, inputs, outputs, from, rows);
    rooms.giveBack(room);
    nanosPerRow = (double) (System.nanoTime() - start) / rows;
  }

  private void run(Room room, float[][] inputs, float[][] outputs, int from, int rows) {
    if (alone || rows < MIN_BLOCK) {
      for (int r = from; r < from + rows; r++) {
        network.apply(room.workspace(), inputs[r], outputs[r]);
      }
      return;
    }
    transpose(inputs, from, rows, room.inputs(), network.inputSize());
    network.applyTransposed(room.workspace(), room.inputs(), room.outputs(), rows);
    transposeBack(room.outputs(), outputs, from, rows, network.outputSize());
  }

  private static void transpose(float[][] rows, int from, int count, float[][] block, int size) {
    if (runsVectors(count, size)) {
      VectorTransposition.transpose(rows, from, count, block, size);
    } else {
      Transposed.transpose(rows, from, count, block, 0, size);
    }
  }

  private static void transposeBack(
      float[][] block, float[][] rows, int from, int count, int size) {
    if (runsVectors(count, size)) {
      VectorTransposition.transposeBack(block, rows, from, count, size);
    } else {
      Transposed.transposeBack(block, rows, from, count, size);
    }
  }

  private static boolean runsVectors(int rows, int size) {
    return KernelVariant.chosen().runsVectors() && VectorTransposition.isPossible(rows, size);
  }
}
