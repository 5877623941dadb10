package demo;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.Arguments;
import io.lipc.runtime.CertifiedFloatNetwork;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.FloatBatches;
import io.lipc.runtime.FloatConvolution;
import io.lipc.runtime.FloatDense;
import io.lipc.runtime.FloatPool;
import io.lipc.runtime.ImageLayout;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import io.lipc.runtime.Transposed;
import io.lipc.runtime.Workspace;
import java.nio.file.Path;
import java.util.List;

/**
 * Which of ten things is in a picture.
 *
 * <p>Evaluate one input by {@code apply(float[] input, float[] output)}, of 144 and 10 elements, and
 * a batch by {@code apply(float[][] inputs, float[][] outputs)}, whose rows are such arrays.
 *
 * <p>Certified for all inputs x, x': {@code |f(x) - f(x')|_l2 <= 34 |x - x'|_l2}. The number is
 * the proved bound, rounded up to four digits; {@link #lipschitzBound()} gives it exactly.
 */
public final class ShirtsNetwork extends CertifiedFloatNetwork {
  private static final NetworkLoader LOADER = new NetworkLoader(
      ShirtsNetwork.class,
      "demo.Shirts",
      "META-INF/lipc/demo.Shirts.json",
      "0000000000000000000000000000000000000000000000000000000000000000");

  /**
   * {@code a1 = relu(K * x + b)}.
   */
  private final FloatConvolution a1Convolution;

  /**
   * How {@code a1} lies in memory.
   */
  private final ImageLayout a1Layout;

  /**
   * {@code c2 = relu(K * a1 + b)}.
   */
  private final FloatConvolution c2Convolution;

  /**
   * How {@code c2} lies in memory.
   */
  private final ImageLayout c2Layout;

  /**
   * {@code pooled = max_pool(s)}.
   */
  private final FloatPool pooledPool;

  /**
   * How {@code s} lies in memory.
   */
  private final ImageLayout sLayout;

  /**
   * {@code h = relu(W pooled + b)}.
   */
  private final FloatDense hDense;

  /**
   * {@code y = W h + b}.
   */
  private final FloatDense yDense;

  private final FloatBatches batches = FloatBatches.ofImages(
      this, this::applyImage, 72, 72, this::applyHead);

  private ShirtsNetwork(CertifiedParameters parameters) {
    super(parameters);
    this.a1Convolution = FloatConvolution.relu(
        parameters.convolution("1"), parameters.floatVector("c1.weight"), parameters.floatVector("c1.bias"));
    this.a1Layout = new ImageLayout(new Grid(8, 6, 6), 1, 1, 1, 1);
    this.c2Convolution = FloatConvolution.relu(
        parameters.convolution("3"), a1Layout, parameters.floatVector("c2#0.weight"), parameters.floatVector("c2#0.bias"));
    this.c2Layout = new ImageLayout(new Grid(8, 6, 6), 1, 1, 1, 1);
    this.pooledPool = FloatPool.max(new Grid(8, 6, 6), Window.plain(List.of(2, 2), List.of(2, 2)));
    this.sLayout = new ImageLayout(new Grid(8, 6, 6), 1, 1, 1, 1);
    this.hDense = FloatDense.relu(
        parameters.floatColumns("h.weight"), parameters.floatVector("h.bias"));
    this.yDense = FloatDense.linear(
        parameters.floatColumns("y.weight"), parameters.floatVector("y.bias"));
  }

  /**
   * Loads the network with the weights that ship with this class.
   *
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static ShirtsNetwork load() {
    CertifiedParameters parameters = LOADER.fromResource(
        "weights.safetensors", ShirtsNetwork.class.getResourceAsStream("/weights.safetensors"));
    return LOADER.checked(new ShirtsNetwork(parameters));
  }

  /**
   * Loads the network with weights from a file.
   *
   * @param weights a safetensors file that holds the certified tensors
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static ShirtsNetwork load(Path weights) {
    CertifiedParameters parameters = LOADER.fromFile(weights);
    return LOADER.checked(new ShirtsNetwork(parameters));
  }

  @Override
  public Workspace newWorkspace() {
    return new Buffers();
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    Arguments.checkLengths(input.length, 144, output.length, 10);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, ShirtsNetwork.class);
    }
    applyImage(buffers, input);
    hDense.apply(buffers.pooled, buffers.h);
    yDense.apply(buffers.h, buffers.y);
    System.arraycopy(buffers.y, 0, output, 0, 10);
  }

  @Override
  protected FloatBatches batches() {
    return batches;
  }

  /**
   * The layers before the first dense one, whose input is returned.
   */
  private float[] applyImage(Workspace workspace, float[] input) {
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, ShirtsNetwork.class);
    }
    a1Convolution.enter(input, a1Layout, buffers.a1);
    c2Convolution.apply(buffers.a1, c2Layout, buffers.c2);
    s(buffers.a1, buffers.c2, buffers.s, 512);
    pooledPool.leave(sLayout, buffers.s, buffers.pooled);
    return buffers.pooled;
  }

  /**
   * The other layers, where {@code features[i][r]} is element i of {@code pooled} of row r.
   */
  private void applyHead(Workspace workspace, float[][] features, float[][] outputs, int rows) {
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, ShirtsNetwork.class);
    }
    Block block = buffers.block(rows);
    hDense.apply(features, block.shared1, rows);
    yDense.apply(block.shared1, block.shared2, rows);
    Transposed.copy(block.shared2, 10, outputs, 0, rows);
  }

  /**
   * {@code s = a1 + c2}.
   */
  private static void s(float[] a1, float[] c2, float[] s, int n) {
    for (int j = 0; j < n; j++) {
      s[j] = a1[j] + c2[j];
    }
  }

  /**
   * The intermediate results of one evaluation.
   */
  private static final class Buffers implements Workspace {
    final float[] a1 = new float[512];

    final float[] c2 = new float[512];

    final float[] s = new float[512];

    final float[] pooled = new float[72];

    final float[] h = new float[20];

    final float[] y = new float[10];

    private Block block;

    Block block(int rows) {
      if (block == null || block.rows < rows) {
        block = new Block(rows);
      }
      return block;
    }
  }

  /**
   * The intermediate results of a block of rows. Results that are not needed at the same
   * time share their arrays.
   */
  private static final class Block {
    final int rows;

    final float[][] shared1;

    final float[][] shared2;

    Block(int rows) {
      this.rows = rows;
      shared1 = Transposed.allocate(20, rows);
      shared2 = Transposed.allocate(10, rows);
    }
  }
}
