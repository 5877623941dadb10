package io.lipc.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * The batches of one network: cut into blocks of rows, on the common pool where there is enough to
 * do. How rows fall to blocks and threads has no influence on their results.
 */
public final class FloatBatches {

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

  /** The layers of a network that images run through one by one: all before its head. */
  @FunctionalInterface
  public interface ImageLayers {

    /**
     * The vector that the head reads for one image.
     *
     * @param workspace of the network
     * @param input an image, {@code [c][h][w]}
     * @return an array of the workspace, which the next image overwrites
     */
    float[] apply(Workspace workspace, float[] input);
  }

  /** The layers of a network that run for many images at once: from its first dense one on. */
  @FunctionalInterface
  public interface Head {

    /**
     * Evaluates these layers on rows that lie {@link Transposed}.
     *
     * @param workspace of the network
     * @param features what the image layers gave
     * @param outputs overwritten; behind the last row, with anything
     * @param rows from 1 to {@link Transposed#ROWS}
     */
    void apply(Workspace workspace, float[][] features, float[][] outputs, int rows);
  }

  private final FloatNetwork network;
  private final BlockOfRows block;

  /** Measured time per row of the last block, in nanoseconds: it depends on the machine. */
  private volatile double nanosPerRow;

  /**
   * Batches for the evaluation of {@code network}, in blocks of rows that lie {@link Transposed}.
   *
   * @param network the network whose rows are evaluated
   * @param widest the number of elements of its widest layer, which decides how long blocks are.
   *     Layers of networks that it calls do not count: measured, nothing is lost where one is 2048
   *     wide
   */
  public FloatBatches(FloatNetwork network, int widest) {
    this(network, new BlockOfRows.Transposing(network, maxRows(widest)));
  }

  private FloatBatches(FloatNetwork network, BlockOfRows block) {
    this.network = network;
    this.block = block;
  }

  private static int maxRows(int widest) {
    int fitting = LAYER / Math.max(widest, 1) / Transposed.GRAIN * Transposed.GRAIN;
    return Math.clamp(fitting, MIN_ROWS, Transposed.ROWS);
  }

  /**
   * Batches for a network with convolutions, whose rows are evaluated one by one: an image fills
   * vectors by itself, and a block of them no cache.
   *
   * @param network the network whose rows are evaluated
   */
  public static FloatBatches ofImages(FloatNetwork network) {
    return new FloatBatches(network, new BlockOfRows.OneByOne(network));
  }

  /**
   * Batches for a network with convolutions whose last layers are dense: these run for a block of
   * images at once, so that their weights are read once for all.
   *
   * @param network the network whose rows are evaluated; one by one, where there are few
   * @param images its layers before the first of these
   * @param features the number of elements that these give
   * @param widest the number of elements of the widest of what the head reads and gives
   * @param head the other layers
   */
  public static FloatBatches ofImages(
      FloatNetwork network, ImageLayers images, int features, int widest, Head head) {
    return new FloatBatches(
        network, new BlockOfRows.ImagesThenHead(network, images, features, maxRows(widest), head));
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
    int size = block.size(inputs.length, threads);
    IntStream starts = IntStream.range(0, Math.ceilDiv(inputs.length, size)).map(b -> b * size);
    (threads > 1 ? starts.parallel() : starts)
        .forEach(from -> timed(inputs, outputs, from, Math.min(size, inputs.length - from)));
  }

  /**
   * How many rows a block has: each thread gets as few blocks as hold its share, all of one size.
   *
   * @param maxRows a multiple of {@link Transposed#GRAIN}, which blocks do not exceed
   */
  static int blockSize(int rows, int threads, int maxRows) {
    int share = Math.max(Math.ceilDiv(rows, threads), 1);
    int blocks = Math.ceilDiv(share, maxRows);
    return Math.ceilDiv(Math.ceilDiv(share, blocks), Transposed.GRAIN) * Transposed.GRAIN;
  }

  /**
   * How many images a thread takes at a time: parts that may end early, because an image takes
   * longer than what a head gains by whole vectors.
   */
  static int imagesPerPart(int rows, int threads) {
    return Math.max(Math.ceilDiv(rows, SHARES * threads), 1);
  }

  /**
   * The same where images have a head, which gains by blocks of {@link Transposed#GRAIN} rows or
   * more: as many parts as there are such blocks in a thread's share, up to {@link #SHARES}.
   *
   * @param maxRows what blocks do not exceed
   */
  static int imagesPerBlock(int rows, int threads, int maxRows) {
    int share = Math.max(Math.ceilDiv(rows, threads), 1);
    if (threads > 1 && share < Transposed.GRAIN) {
      return imagesPerPart(rows, threads);
    }
    int parts = threads > 1 ? Math.min(SHARES, share / Transposed.GRAIN) : 1;
    return Math.ceilDiv(share, Math.max(Math.ceilDiv(share, maxRows), parts));
  }

  /**
   * The number of threads that work on a batch, the caller's included.
   *
   * @param asked the workers of the common pool, as the property gives them
   * @param reported as the pool says: 1 even where none was asked for
   * @param processors on one, the pool's worker has nothing to run on
   */
  static int threads(int asked, int reported, int processors) {
    return asked <= 0 ? 1 : Math.min(reported + 1, processors);
  }

  /** Leaves no trace of the batches that were evaluated, neither arrays nor times. */
  void forget() {
    block.spares().clear();
    nanosPerRow = 0;
  }

  private boolean isWorthThreads(int rows) {
    return rows * nanosPerRow >= MIN_PARALLEL_NANOS;
  }

  private void timed(float[][] inputs, float[][] outputs, int from, int rows) {
    long start = System.nanoTime();
    block.apply(inputs, outputs, from, rows);
    nanosPerRow = (double) (System.nanoTime() - start) / rows;
  }
}
