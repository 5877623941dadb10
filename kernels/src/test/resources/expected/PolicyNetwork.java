package demo.control;

import io.lipc.runtime.Arguments;
import io.lipc.runtime.CertifiedFloatNetwork;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.FloatBatches;
import io.lipc.runtime.FloatDense;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import io.lipc.runtime.Transposed;
import io.lipc.runtime.Workspace;
import java.nio.file.Path;

/**
 * A feedback policy whose gain the closed loop relies on.
 *
 * <p>Evaluate one input by {@code apply(float[] input, float[] output)}, of 12 and 4 elements, and
 * a batch by {@code apply(float[][] inputs, float[][] outputs)}, whose rows are such arrays.
 *
 * <p>Certified for all inputs x, x': {@code |f(x) - f(x')|_l2 <= 2 |x - x'|_l2}. The number is
 * the proved bound, rounded up to four digits; {@link #lipschitzBound()} gives it exactly.
 */
public final class PolicyNetwork extends CertifiedFloatNetwork {
  private static final NetworkLoader LOADER = new NetworkLoader(
      PolicyNetwork.class,
      "demo.control.Policy",
      "META-INF/lipc/demo.control.Policy.json",
      "0000000000000000000000000000000000000000000000000000000000000000");

  /**
   * {@code h1 = relu(W state + b)}.
   */
  private final FloatDense h1Dense;

  /**
   * {@code h2 = W h1 + b}.
   */
  private final FloatDense h2Dense;

  /**
   * {@code action = W s + b}.
   */
  private final FloatDense actionDense;

  private final FloatBatches batches = new FloatBatches(this, 64);

  private PolicyNetwork(CertifiedParameters parameters) {
    super(parameters);
    this.h1Dense = FloatDense.relu(
        parameters.floatColumns("h1.weight"), parameters.floatVector("h1.bias"));
    this.h2Dense = FloatDense.linear(
        parameters.floatColumns("h2.weight"), parameters.floatVector("h2.bias"));
    this.actionDense = FloatDense.linear(
        parameters.floatColumns("action.weight"), parameters.floatVector("action.bias"));
  }

  /**
   * Loads the network with the weights that ship with this class.
   *
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static PolicyNetwork load() {
    CertifiedParameters parameters = LOADER.fromResource(
        "weights.safetensors", PolicyNetwork.class.getResourceAsStream("/weights.safetensors"));
    return LOADER.checked(new PolicyNetwork(parameters));
  }

  /**
   * Loads the network with weights from a file.
   *
   * @param weights a safetensors file that holds the certified tensors
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static PolicyNetwork load(Path weights) {
    CertifiedParameters parameters = LOADER.fromFile(weights);
    return LOADER.checked(new PolicyNetwork(parameters));
  }

  @Override
  public Workspace newWorkspace() {
    return new Buffers();
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    Arguments.checkLengths(input.length, 12, output.length, 4);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, PolicyNetwork.class);
    }
    h1Dense.apply(input, buffers.h1);
    h2Dense.apply(buffers.h1, buffers.h2);
    h2(buffers.h2, 64);
    s(buffers.h1, buffers.h2, buffers.s, 64);
    actionDense.apply(buffers.s, buffers.action);
    System.arraycopy(buffers.action, 0, output, 0, 4);
  }

  @Override
  protected FloatBatches batches() {
    return batches;
  }

  @Override
  public void applyTransposed(Workspace workspace, float[][] inputs, float[][] outputs, int rows) {
    Arguments.checkBlocks(inputs, 12, outputs, 4, rows);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, PolicyNetwork.class);
    }
    Block block = buffers.block(rows);
    h1Dense.apply(inputs, block.shared1, rows);
    h2Dense.apply(block.shared1, block.shared2, rows);
    for (int i = 0; i < 64; i++) {
      h2(block.shared2[i], rows);
      s(block.shared1[i], block.shared2[i], block.shared1[i], rows);
    }
    actionDense.apply(block.shared1, block.shared2, rows);
    Transposed.copy(block.shared2, 4, outputs, 0, rows);
  }

  /**
   * {@code h2 = leaky_relu(h2, 0.1)}.
   */
  private static void h2(float[] h2, int n) {
    for (int j = 0; j < n; j++) {
      h2[j] = h2[j] >= 0 ? h2[j] : 0.1f * h2[j];
    }
  }

  /**
   * {@code s = h1 + h2}.
   */
  private static void s(float[] h1, float[] h2, float[] s, int n) {
    for (int j = 0; j < n; j++) {
      s[j] = h1[j] + h2[j];
    }
  }

  /**
   * The intermediate results of one evaluation.
   */
  private static final class Buffers implements Workspace {
    final float[] h1 = new float[64];

    final float[] h2 = new float[64];

    final float[] s = new float[64];

    final float[] action = new float[4];

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
      shared1 = Transposed.allocate(64, rows);
      shared2 = Transposed.allocate(64, rows);
    }
  }
}
