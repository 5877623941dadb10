package demo.control;

import io.lipc.runtime.Arguments;
import io.lipc.runtime.CertifiedFloatNetwork;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.FloatBatches;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import io.lipc.runtime.Transposed;
import io.lipc.runtime.Workspace;

/**
 * The network {@code demo.control.Guarded}.
 *
 * <p>Evaluate one input by {@code apply(float[] input, float[] output)}, of 12 and 4 elements, and
 * a batch by {@code apply(float[][] inputs, float[][] outputs)}, whose rows are such arrays.
 *
 * <p>Certified for all inputs x, x': {@code |f(x) - f(x')|_l2 <= 1 |x - x'|_l2}. The number is
 * the proved bound, rounded up to four digits; {@link #lipschitzBound()} gives it exactly.
 */
public final class GuardedNetwork extends CertifiedFloatNetwork {
  private static final NetworkLoader LOADER = new NetworkLoader(
      GuardedNetwork.class,
      "demo.control.Guarded",
      "META-INF/lipc/demo.control.Guarded.json",
      "0000000000000000000000000000000000000000000000000000000000000000");

  private final PolicyNetwork policy;

  private final FloatBatches batches = new FloatBatches(this, 12);

  private GuardedNetwork(CertifiedParameters parameters, PolicyNetwork policy) {
    super(parameters);
    this.policy = policy;
  }

  /**
   * Loads the network; it has no weights of its own.
   *
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static GuardedNetwork load() {
    PolicyNetwork policy = PolicyNetwork.load();
    CertifiedParameters parameters = LOADER.withoutWeights(policy);
    return LOADER.checked(new GuardedNetwork(parameters, policy));
  }

  @Override
  public Workspace newWorkspace() {
    return new Buffers(policy);
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    Arguments.checkLengths(input.length, 12, output.length, 4);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, GuardedNetwork.class);
    }
    policy.apply(buffers.policyWorkspace, input, buffers.result_0);
    result(buffers.result_0, buffers.result, 4);
    System.arraycopy(buffers.result, 0, output, 0, 4);
  }

  @Override
  protected FloatBatches batches() {
    return batches;
  }

  @Override
  public void applyTransposed(Workspace workspace, float[][] inputs, float[][] outputs, int rows) {
    Arguments.checkBlocks(inputs, 12, outputs, 4, rows);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, GuardedNetwork.class);
    }
    Block block = buffers.block(rows);
    policy.applyTransposed(buffers.policyWorkspace, inputs, block.shared1, rows);
    for (int i = 0; i < 4; i++) {
      result(block.shared1[i], block.shared1[i], rows);
    }
    Transposed.copy(block.shared1, 4, outputs, 0, rows);
  }

  /**
   * {@code result = 0.5 result_0}.
   */
  private static void result(float[] result_0, float[] result, int n) {
    for (int j = 0; j < n; j++) {
      result[j] = 0.5f * result_0[j];
    }
  }

  /**
   * The intermediate results of one evaluation.
   */
  private static final class Buffers implements Workspace {
    final float[] result_0 = new float[4];

    final float[] result = new float[4];

    private Block block;

    final Workspace policyWorkspace;

    Buffers(PolicyNetwork policy) {
      this.policyWorkspace = policy.newWorkspace();
    }

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

    Block(int rows) {
      this.rows = rows;
      shared1 = Transposed.allocate(4, rows);
    }
  }
}
