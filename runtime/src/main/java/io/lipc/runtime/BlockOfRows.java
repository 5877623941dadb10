package io.lipc.runtime;

import io.lipc.runtime.layout.Spares;
import io.lipc.runtime.vector.VectorTransposition;

/**
 * Evaluates the rows of a batch that a thread takes at a time. The arrays that it works in are
 * spare ones: see {@link Spares}.
 */
sealed interface BlockOfRows {

  /**
   * The least number of rows of a block; below, a block costs more than its rows one by one:
   * measured on networks 50 and 512 wide.
   */
  int MIN_BLOCK = 8;

  /** How many rows a thread takes at a time of a batch that {@code threads} work on. */
  int size(int rows, int threads);

  /** Evaluates {@code rows} rows from {@code from} on. */
  void apply(float[][] inputs, float[][] outputs, int from, int rows);

  /** The workspaces of threads. */
  Spares<?> spares();

  /** Every row by itself. */
  record OneByOne(FloatNetwork network, Spares<Workspace> workspaces) implements BlockOfRows {

    OneByOne(FloatNetwork network) {
      this(network, new Spares<>(network::newWorkspace));
    }

    @Override
    public Spares<?> spares() {
      return workspaces;
    }

    @Override
    public int size(int rows, int threads) {
      return FloatBatches.imagesPerPart(rows, threads);
    }

    @Override
    public void apply(float[][] inputs, float[][] outputs, int from, int rows) {
      Workspace workspace = workspaces.take();
      oneByOne(network, workspace, inputs, outputs, from, rows);
      workspaces.giveBack(workspace);
    }
  }

  private static void oneByOne(
      FloatNetwork network,
      Workspace workspace,
      float[][] inputs,
      float[][] outputs,
      int from,
      int rows) {
    for (int r = from; r < from + rows; r++) {
      network.apply(workspace, inputs[r], outputs[r]);
    }
  }

  /**
   * All layers on rows that lie {@link Transposed}.
   *
   * @param maxRows how many at most
   */
  record Transposing(FloatNetwork network, int maxRows, Spares<Room> rooms) implements BlockOfRows {

    /** The arrays for a block of up to so many rows. */
    record Room(int rows, Workspace workspace, float[][] inputs, float[][] outputs) {

      Room(FloatNetwork network) {
        this(0, network.newWorkspace(), new float[0][], new float[0][]);
      }

      /** Room for a block that needs more. */
      Room(FloatNetwork network, Room smaller, int rows) {
        this(
            rows,
            smaller.workspace,
            Transposed.allocate(network.inputSize(), rows),
            Transposed.allocate(network.outputSize(), rows));
      }
    }

    Transposing(FloatNetwork network, int maxRows) {
      this(network, maxRows, new Spares<>(() -> new Room(network)));
    }

    @Override
    public Spares<?> spares() {
      return rooms;
    }

    @Override
    public int size(int rows, int threads) {
      return FloatBatches.blockSize(rows, threads, maxRows);
    }

    @Override
    public void apply(float[][] inputs, float[][] outputs, int from, int rows) {
      Room room = rooms.take();
      if (rows < MIN_BLOCK) {
        oneByOne(network, room.workspace, inputs, outputs, from, rows);
      } else {
        room = room.rows < rows ? new Room(network, room, rows) : room;
        transpose(inputs, from, rows, room.inputs, 0, network.inputSize());
        network.applyTransposed(room.workspace, room.inputs, room.outputs, rows);
        transposeBack(room.outputs, outputs, from, rows, network.outputSize());
      }
      rooms.giveBack(room);
    }
  }

  /**
   * The layers of images one by one, those of the head on rows that lie {@link Transposed}.
   *
   * @param features the number of elements that the head reads
   * @param maxRows how many at most
   */
  record ImagesThenHead(
      FloatNetwork network,
      FloatBatches.ImageLayers images,
      int features,
      int maxRows,
      FloatBatches.Head head,
      Spares<HeadRoom> rooms)
      implements BlockOfRows {

    /** How many rows are transposed at a time, while they are in the first-level cache. */
    private static final int STRIP = 16;

    /** The arrays for a block of up to so many rows. */
    record HeadRoom(
        int rows, Workspace workspace, float[][] strip, float[][] features, float[][] outputs) {

      HeadRoom(FloatNetwork network) {
        this(0, network.newWorkspace(), new float[0][], new float[0][], new float[0][]);
      }

      /** Room for a block that needs more. */
      HeadRoom(FloatNetwork network, int features, HeadRoom smaller, int rows) {
        this(
            rows,
            smaller.workspace,
            new float[STRIP][features],
            Transposed.allocate(features, rows),
            Transposed.allocate(network.outputSize(), rows));
      }
    }

    ImagesThenHead(
        FloatNetwork network,
        FloatBatches.ImageLayers images,
        int features,
        int maxRows,
        FloatBatches.Head head) {
      this(network, images, features, maxRows, head, new Spares<>(() -> new HeadRoom(network)));
    }

    @Override
    public Spares<?> spares() {
      return rooms;
    }

    @Override
    public int size(int rows, int threads) {
      return FloatBatches.imagesPerBlock(rows, threads, maxRows);
    }

    @Override
    public void apply(float[][] inputs, float[][] outputs, int from, int rows) {
      HeadRoom room = rooms.take();
      if (rows < MIN_BLOCK) {
        oneByOne(network, room.workspace, inputs, outputs, from, rows);
      } else {
        room = room.rows < rows ? new HeadRoom(network, features, room, rows) : room;
        for (int r = 0; r < rows; r += STRIP) {
          strip(room, inputs, from + r, r, Math.min(STRIP, rows - r));
        }
        head.apply(room.workspace, room.features, room.outputs, rows);
        transposeBack(room.outputs, outputs, from, rows, network.outputSize());
      }
      rooms.giveBack(room);
    }

    /** Images from {@code from} on become rows from {@code at} on of what the head reads. */
    private void strip(HeadRoom room, float[][] inputs, int from, int at, int count) {
      for (int r = 0; r < count; r++) {
        float[] found = images.apply(room.workspace, inputs[from + r]);
        System.arraycopy(found, 0, room.strip[r], 0, features);
      }
      transpose(room.strip, 0, count, room.features, at, features);
    }
  }

  private static void transpose(
      float[][] rows, int from, int count, float[][] block, int at, int size) {
    if (runsVectors(count, size)) {
      VectorTransposition.transpose(rows, from, count, block, at, size);
    } else {
      Transposed.transpose(rows, from, count, block, at, size);
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
