package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches are cut into blocks, and nobody sees how. */
class FloatBatchesTest {

  private static final int INPUTS = 50;
  private static final int OUTPUTS = 9;

  /** From the second time on, batches are shared among threads where that pays. */
  private static final int REPETITIONS = 3;

  private final SplittableRandom random = new SplittableRandom(19);

  @ParameterizedTest
  @CsvSource({"0, 512", "1, 512", "256, 256", "600, 128", "100000, 128"})
  void everyRowIsEvaluatedOnceAsIfAlone(int widest, int longest) {
    Recording network = new Recording(layer());
    FloatBatches batches = new FloatBatches(network, widest);
    for (int rows : new int[] {0, 1, 7, 8, 129, 513, 1200}) {
      float[][] inputs = rows(rows);
      for (int i = 0; i < REPETITIONS; i++) {
        network.clear();
        float[][] outputs = new float[rows][OUTPUTS];
        batches.apply(inputs, outputs);
        assertThat(network.sortedRows()).containsExactly(IntStream.range(0, rows).toArray());
        assertThat(network.blocks()).allMatch(size -> size <= longest);
        checkBits(network.layer(), inputs, outputs);
      }
    }
  }

  @Test
  void imagesAreEvaluatedOneByOne() {
    Recording network = new Recording(layer());
    FloatBatches batches = FloatBatches.ofImages(network);
    for (int rows : new int[] {0, 1, 7, 200, 1200}) {
      float[][] inputs = rows(rows);
      for (int i = 0; i < REPETITIONS; i++) {
        network.clear();
        float[][] outputs = new float[rows][OUTPUTS];
        batches.apply(inputs, outputs);
        assertThat(network.sortedRows()).containsExactly(IntStream.range(0, rows).toArray());
        assertThat(network.blocks()).isEmpty();
        checkBits(network.layer(), inputs, outputs);
      }
    }
  }

  /** Here the images are their own features, and all layers are in the head. */
  @ParameterizedTest
  @CsvSource({"50, 512", "600, 128"})
  void everyImageIsEvaluatedOnceAsIfAlone(int widest, int longest) {
    Recording network = new Recording(layer());
    Queue<Integer> images = new ConcurrentLinkedQueue<>();
    FloatBatches batches =
        FloatBatches.ofImages(
            network,
            (_, input) -> {
              images.add((int) input[0]);
              return input;
            },
            INPUTS,
            widest,
            network::applyTransposed);
    for (int rows : new int[] {0, 1, 7, 8, 9, 31, 129, 200, 1200}) {
      float[][] inputs = rows(rows);
      for (int i = 0; i < REPETITIONS; i++) {
        network.clear();
        images.clear();
        float[][] outputs = new float[rows][OUTPUTS];
        batches.apply(inputs, outputs);
        assertThat(network.sortedRows()).containsExactly(IntStream.range(0, rows).toArray());
        assertThat(images).doesNotHaveDuplicates();
        assertThat(network.blocks()).allMatch(size -> size >= 8 && size <= longest);
        assertThat(network.blocks().stream().mapToInt(size -> size).sum()).isEqualTo(images.size());
        checkBits(network.layer(), inputs, outputs);
      }
    }
  }

  @Test
  void manyImagesAreBlocks() {
    Recording network = new Recording(layer());
    FloatBatches batches =
        FloatBatches.ofImages(
            network, (_, input) -> input, INPUTS, INPUTS, network::applyTransposed);
    batches.apply(rows(512), new float[512][OUTPUTS]);
    assertThat(network.blocks()).containsExactly(512);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 512, 1",
    "64, 1, 512, 64",
    "600, 1, 512, 300",
    "600, 1, 128, 120",
    "64, 2, 512, 32",
    "96, 2, 512, 48",
    "256, 2, 512, 32",
    "1200, 2, 512, 150",
    "1200, 2, 128, 120",
    "62, 2, 512, 8",
    "8, 2, 512, 1",
    "2147483647, 2, 512, 512"
  })
  void aHeadGetsWholeVectorsWhereAThreadHasSoManyImages(
      int rows, int threads, int maxRows, int expected) {
    assertThat(FloatBatches.imagesPerBlock(rows, threads, maxRows)).isEqualTo(expected);
  }

  @Test
  void aFullBlockIsAsLongAsItsLayersAllow() {
    for (int widest : new int[] {1, 600}) {
      Recording network = new Recording(layer());
      new FloatBatches(network, widest).apply(rows(512), new float[512][OUTPUTS]);
      assertThat(network.blocks()).containsOnly(widest == 1 ? 512 : 128);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1200, 1, 512, 416",
    "1200, 2, 512, 320",
    "4000, 8, 512, 512",
    "4000, 8, 128, 128",
    "512, 1, 512, 512",
    "513, 1, 512, 288",
    "7, 8, 512, 32",
    "0, 1, 512, 32",
    "2147483647, 2, 512, 512"
  })
  void threadsGetEqualShares(int rows, int threads, int maxRows, int expected) {
    assertThat(FloatBatches.blockSize(rows, threads, maxRows)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 2",
    "1, 7, 8, 8",
    "1, 1, 1, 1",
    "0, 1, 8, 1",
    "-1, 1, 8, 1",
    "3, 3, 8, 4",
    "8, 8, 4, 4"
  })
  void aPoolWithoutWorkersIsNotCounted(int asked, int reported, int processors, int expected) {
    assertThat(FloatBatches.threads(asked, reported, processors)).isEqualTo(expected);
  }

  /** The busiest thread does at most a grain a block more than its share. */
  @Test
  void blocksAreNoLongerThanAllowedAndTheBusiestThreadIsHardlyBusier() {
    for (int maxRows = 128; maxRows <= Transposed.ROWS; maxRows += 32) {
      for (int threads = 1; threads <= 16; threads++) {
        for (int rows = 0; rows <= 5000; rows += 1 + random.nextInt(40)) {
          int size = FloatBatches.blockSize(rows, threads, maxRows);
          assertThat(size).isBetween(32, maxRows).matches(s -> s % 32 == 0);
          int share = Math.ceilDiv(rows, threads);
          int busiest = Math.ceilDiv(Math.ceilDiv(rows, size), threads) * size;
          assertThat(busiest)
              .as("%s rows, %s threads, up to %s", rows, threads, maxRows)
              .isLessThan(share + 32 * Math.max(Math.ceilDiv(share, maxRows), 1));
        }
      }
    }
  }

  private FloatDense layer() {
    float[][] columns = new float[INPUTS][];
    Arrays.setAll(columns, k -> numbers(OUTPUTS));
    return FloatDense.relu(columns, numbers(OUTPUTS));
  }

  /** Random rows that begin with their numbers. */
  private float[][] rows(int count) {
    float[][] rows = new float[count][];
    for (int r = 0; r < count; r++) {
      rows[r] = numbers(INPUTS);
      rows[r][0] = r;
    }
    return rows;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  private static void checkBits(FloatDense layer, float[][] inputs, float[][] outputs) {
    float[] alone = new float[OUTPUTS];
    for (int r = 0; r < inputs.length; r++) {
      layer.apply(inputs[r], alone);
      assertThat(outputs[r]).as("row %s of %s", r, inputs.length).containsExactly(alone);
    }
  }

  /** One layer, which notes the rows that it is given, and in what blocks. */
  private record Recording(FloatDense layer, Queue<Integer> rows, Queue<Integer> blocks)
      implements FloatNetwork {

    private record Nothing() implements Workspace {}

    Recording(FloatDense layer) {
      this(layer, new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }

    void clear() {
      rows.clear();
      blocks.clear();
    }

    int[] sortedRows() {
      return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    @Override
    public void apply(float[] input, float[] output) {
      apply(newWorkspace(), input, output);
    }

    @Override
    public void apply(Workspace workspace, float[] input, float[] output) {
      rows.add((int) input[0]);
      layer.apply(input, output);
    }

    @Override
    public void applyTransposed(
        Workspace workspace, float[][] inputs, float[][] outputs, int count) {
      blocks.add(count);
      for (int r = 0; r < count; r++) {
        rows.add((int) inputs[0][r]);
      }
      layer.apply(inputs, outputs, count);
    }

    @Override
    public int inputSize() {
      return INPUTS;
    }

    @Override
    public int outputSize() {
      return OUTPUTS;
    }

    @Override
    public Workspace newWorkspace() {
      return new Nothing();
    }

    /** Infinity, which bounds everything: nothing is certified here. */
    @Override
    public double lipschitzBound() {
      return Double.POSITIVE_INFINITY;
    }

    /** Cutting batches has nothing to do with certificates: asking for one is a fault. */
    @Override
    public Subject subject() {
      throw new AssertionError("batches ask for a certificate");
    }
  }
}
