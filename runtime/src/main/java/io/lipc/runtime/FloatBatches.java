package io.lipc.runtime;

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

  /**
   * Products from which a second thread pays: 2^22 take 40 microseconds on one core with vectors,
   * waking a thread of the pool up to 10.
   */
  private static final long MIN_PARALLEL_PRODUCTS = 1 << 22;

  /** What one thread works in. */
  private record Room(Workspace workspace, float[][] inputs, float[][] outputs) {}

  private final FloatNetwork network;
  private final long products;
  private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(this::newRoom);

  /**
   * The batches of {@code network}.
   *
   * @param products how many products one row takes
   */
  public FloatBatches(FloatNetwork network, long products) {
    this.network = network;
    this.products = products;
  }

  private Room newRoom() {
    return new Room(
        network.newWorkspace(),
        Transposed.allocate(network.inputSize()),
        Transposed.allocate(network.outputSize()));
  }

  /**
   * Evaluates the network on each row; nothing is written where an argument is refused.
   *
   * @param inputs rows of {@link FloatNetwork#inputSize()} elements
   * @param outputs as many rows of {@link FloatNetwork#outputSize()} elements, overwritten
   * @throws IllegalArgumentException if the numbers of rows differ, or a row has another length
   */
  public void apply(float[][] inputs, float[][] outputs) {
    Arguments.checkRows(inputs.length, outputs.length);
    for (int r = 0; r < inputs.length; r++) {
      Arguments.checkLengths(
          inputs[r].length, network.inputSize(), outputs[r].length, network.outputSize());
    }
    int size = blockSize(inputs.length);
    int blocks = Math.ceilDiv(inputs.length, size);
    IntStream starts = IntStream.range(0, blocks).map(b -> b * size);
    (isWorthThreads(inputs.length) ? starts.parallel() : starts)
        .forEach(from -> block(inputs, outputs, from, Math.min(size, inputs.length - from)));
  }

  private boolean isWorthThreads(int rows) {
    return rows * products >= MIN_PARALLEL_PRODUCTS;
  }

  /** As large as blocks can be, but one for each thread of the common pool. */
  private int blockSize(int rows) {
    int threads = isWorthThreads(rows) ? Runtime.getRuntime().availableProcessors() : 1;
    int share = Math.ceilDiv(Math.ceilDiv(rows, threads), GRAIN) * GRAIN;
    return Math.clamp(share, GRAIN, Transposed.ROWS);
  }

  private void block(float[][] inputs, float[][] outputs, int from, int rows) {
    Room room = rooms.get();
    if (rows < MIN_BLOCK) {
      for (int r = from; r < from + rows; r++) {
        network.apply(room.workspace(), inputs[r], outputs[r]);
      }
      return;
    }
    Transposed.transpose(inputs, from, rows, room.inputs());
    network.applyTransposed(room.workspace(), room.inputs(), room.outputs(), rows);
    Transposed.transposeBack(room.outputs(), outputs, from, rows);
  }
}
