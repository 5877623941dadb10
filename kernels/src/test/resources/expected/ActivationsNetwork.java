package demo;

import io.lipc.runtime.Activations;
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
 * The network {@code demo.Activations}.
 *
 * <p>Evaluate one input by {@code apply(float[] input, float[] output)}, of 4 and 2 elements, and
 * a batch by {@code apply(float[][] inputs, float[][] outputs)}, whose rows are such arrays.
 *
 * <p>Certified for all inputs x, x': {@code |f(x) - f(x')|_l2 <= 64 |x - x'|_l2}. The number is
 * the proved bound, rounded up to four digits; {@link #lipschitzBound()} gives it exactly.
 */
public final class ActivationsNetwork extends CertifiedFloatNetwork {
  private static final NetworkLoader LOADER = new NetworkLoader(
      ActivationsNetwork.class,
      "demo.Activations",
      "META-INF/lipc/demo.Activations.json",
      "0000000000000000000000000000000000000000000000000000000000000000");

  /**
   * {@code y = W abs + b}.
   */
  private final FloatDense yDense;

  private final FloatBatches batches = new FloatBatches(this, 4);

  private ActivationsNetwork(CertifiedParameters parameters) {
    super(parameters);
    this.yDense = FloatDense.linear(
        parameters.floatColumns("y.weight"), parameters.floatVector("y.bias"));
  }

  /**
   * Loads the network with the weights that ship with this class.
   *
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static ActivationsNetwork load() {
    CertifiedParameters parameters = LOADER.fromResource(
        "weights.safetensors", ActivationsNetwork.class.getResourceAsStream("/weights.safetensors"));
    return LOADER.checked(new ActivationsNetwork(parameters));
  }

  /**
   * Loads the network with weights from a file.
   *
   * @param weights a safetensors file that holds the certified tensors
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public static ActivationsNetwork load(Path weights) {
    CertifiedParameters parameters = LOADER.fromFile(weights);
    return LOADER.checked(new ActivationsNetwork(parameters));
  }

  @Override
  public Workspace newWorkspace() {
    return new Buffers();
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    Arguments.checkLengths(input.length, 4, output.length, 2);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, ActivationsNetwork.class);
    }
    relu(input, buffers.relu, 4);
    leaky_relu(buffers.relu, buffers.leaky_relu, 4);
    tanh(buffers.leaky_relu, buffers.tanh, 4);
    sigmoid(buffers.tanh, buffers.sigmoid, 4);
    silu(buffers.sigmoid, buffers.silu, 4);
    relu6(buffers.silu, buffers.relu6, 4);
    hard_tanh(buffers.relu6, buffers.hard_tanh, 4);
    elu(buffers.hard_tanh, buffers.elu, 4);
    celu(buffers.elu, buffers.celu, 4);
    selu(buffers.celu, buffers.selu, 4);
    softplus(buffers.selu, buffers.softplus, 4);
    softsign(buffers.softplus, buffers.softsign, 4);
    hard_sigmoid(buffers.softsign, buffers.hard_sigmoid, 4);
    hard_swish(buffers.hard_sigmoid, buffers.hard_swish, 4);
    gelu(buffers.hard_swish, buffers.gelu, 4);
    gelu_tanh(buffers.gelu, buffers.gelu_tanh, 4);
    mish(buffers.gelu_tanh, buffers.mish, 4);
    sin(buffers.mish, buffers.sin, 4);
    abs(buffers.sin, buffers.abs, 4);
    yDense.apply(buffers.abs, buffers.y);
    System.arraycopy(buffers.y, 0, output, 0, 2);
  }

  @Override
  protected FloatBatches batches() {
    return batches;
  }

  @Override
  public void applyTransposed(Workspace workspace, float[][] inputs, float[][] outputs, int rows) {
    Arguments.checkBlocks(inputs, 4, outputs, 2, rows);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, ActivationsNetwork.class);
    }
    Block block = buffers.block(rows);
    for (int i = 0; i < 4; i++) {
      relu(inputs[i], block.shared1[i], rows);
      leaky_relu(block.shared1[i], block.shared1[i], rows);
      tanh(block.shared1[i], block.shared1[i], rows);
      sigmoid(block.shared1[i], block.shared1[i], rows);
      silu(block.shared1[i], block.shared1[i], rows);
      relu6(block.shared1[i], block.shared1[i], rows);
      hard_tanh(block.shared1[i], block.shared1[i], rows);
      elu(block.shared1[i], block.shared1[i], rows);
      celu(block.shared1[i], block.shared1[i], rows);
      selu(block.shared1[i], block.shared1[i], rows);
      softplus(block.shared1[i], block.shared1[i], rows);
      softsign(block.shared1[i], block.shared1[i], rows);
      hard_sigmoid(block.shared1[i], block.shared1[i], rows);
      hard_swish(block.shared1[i], block.shared1[i], rows);
      gelu(block.shared1[i], block.shared1[i], rows);
      gelu_tanh(block.shared1[i], block.shared1[i], rows);
      mish(block.shared1[i], block.shared1[i], rows);
      sin(block.shared1[i], block.shared1[i], rows);
      abs(block.shared1[i], block.shared1[i], rows);
    }
    yDense.apply(block.shared1, block.shared2, rows);
    Transposed.copy(block.shared2, 2, outputs, 0, rows);
  }

  /**
   * {@code relu = relu(x)}.
   */
  private static void relu(float[] x, float[] relu, int n) {
    for (int j = 0; j < n; j++) {
      relu[j] = Math.max(x[j], 0f);
    }
  }

  /**
   * {@code leaky_relu = leaky_relu(relu, 0.75)}.
   */
  private static void leaky_relu(float[] relu, float[] leaky_relu, int n) {
    for (int j = 0; j < n; j++) {
      leaky_relu[j] = relu[j] >= 0 ? relu[j] : 0.75f * relu[j];
    }
  }

  /**
   * {@code tanh = tanh(leaky_relu)}.
   */
  private static void tanh(float[] leaky_relu, float[] tanh, int n) {
    for (int j = 0; j < n; j++) {
      tanh[j] = Activations.tanh(leaky_relu[j]);
    }
  }

  /**
   * {@code sigmoid = sigmoid(tanh)}.
   */
  private static void sigmoid(float[] tanh, float[] sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      sigmoid[j] = Activations.sigmoid(tanh[j]);
    }
  }

  /**
   * {@code silu = silu(sigmoid)}.
   */
  private static void silu(float[] sigmoid, float[] silu, int n) {
    for (int j = 0; j < n; j++) {
      silu[j] = Activations.silu(sigmoid[j]);
    }
  }

  /**
   * {@code relu6 = relu6(silu)}.
   */
  private static void relu6(float[] silu, float[] relu6, int n) {
    for (int j = 0; j < n; j++) {
      relu6[j] = Math.min(Math.max(silu[j], 0f), 6.0f);
    }
  }

  /**
   * {@code hard_tanh = hard_tanh(relu6)}.
   */
  private static void hard_tanh(float[] relu6, float[] hard_tanh, int n) {
    for (int j = 0; j < n; j++) {
      hard_tanh[j] = Math.min(Math.max(relu6[j], -1.0f), 1.0f);
    }
  }

  /**
   * {@code elu = elu(hard_tanh, 0.75)}.
   */
  private static void elu(float[] hard_tanh, float[] elu, int n) {
    for (int j = 0; j < n; j++) {
      elu[j] = Activations.elu(hard_tanh[j], 0.75f);
    }
  }

  /**
   * {@code celu = celu(elu, 0.75)}.
   */
  private static void celu(float[] elu, float[] celu, int n) {
    for (int j = 0; j < n; j++) {
      celu[j] = Activations.celu(elu[j], 0.75f);
    }
  }

  /**
   * {@code selu = selu(celu)}.
   */
  private static void selu(float[] celu, float[] selu, int n) {
    for (int j = 0; j < n; j++) {
      selu[j] = Activations.selu(celu[j]);
    }
  }

  /**
   * {@code softplus = softplus(selu)}.
   */
  private static void softplus(float[] selu, float[] softplus, int n) {
    for (int j = 0; j < n; j++) {
      softplus[j] = Activations.softplus(selu[j]);
    }
  }

  /**
   * {@code softsign = softsign(softplus)}.
   */
  private static void softsign(float[] softplus, float[] softsign, int n) {
    for (int j = 0; j < n; j++) {
      softsign[j] = (float) Activations.softsign(softplus[j]);
    }
  }

  /**
   * {@code hard_sigmoid = hard_sigmoid(softsign)}.
   */
  private static void hard_sigmoid(float[] softsign, float[] hard_sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      hard_sigmoid[j] = (float) Activations.hardSigmoid(softsign[j]);
    }
  }

  /**
   * {@code hard_swish = hard_swish(hard_sigmoid)}.
   */
  private static void hard_swish(float[] hard_sigmoid, float[] hard_swish, int n) {
    for (int j = 0; j < n; j++) {
      hard_swish[j] = (float) Activations.hardSwish(hard_sigmoid[j]);
    }
  }

  /**
   * {@code gelu = gelu(hard_swish)}.
   */
  private static void gelu(float[] hard_swish, float[] gelu, int n) {
    for (int j = 0; j < n; j++) {
      gelu[j] = Activations.gelu(hard_swish[j]);
    }
  }

  /**
   * {@code gelu_tanh = gelu_tanh(gelu)}.
   */
  private static void gelu_tanh(float[] gelu, float[] gelu_tanh, int n) {
    for (int j = 0; j < n; j++) {
      gelu_tanh[j] = Activations.geluTanh(gelu[j]);
    }
  }

  /**
   * {@code mish = mish(gelu_tanh)}.
   */
  private static void mish(float[] gelu_tanh, float[] mish, int n) {
    for (int j = 0; j < n; j++) {
      mish[j] = Activations.mish(gelu_tanh[j]);
    }
  }

  /**
   * {@code sin = sin(mish)}.
   */
  private static void sin(float[] mish, float[] sin, int n) {
    for (int j = 0; j < n; j++) {
      sin[j] = (float) Activations.sin(mish[j]);
    }
  }

  /**
   * {@code abs = abs(sin)}.
   */
  private static void abs(float[] sin, float[] abs, int n) {
    for (int j = 0; j < n; j++) {
      abs[j] = Math.abs(sin[j]);
    }
  }

  /**
   * The intermediate results of one evaluation.
   */
  private static final class Buffers implements Workspace {
    final float[] relu = new float[4];

    final float[] leaky_relu = new float[4];

    final float[] tanh = new float[4];

    final float[] sigmoid = new float[4];

    final float[] silu = new float[4];

    final float[] relu6 = new float[4];

    final float[] hard_tanh = new float[4];

    final float[] elu = new float[4];

    final float[] celu = new float[4];

    final float[] selu = new float[4];

    final float[] softplus = new float[4];

    final float[] softsign = new float[4];

    final float[] hard_sigmoid = new float[4];

    final float[] hard_swish = new float[4];

    final float[] gelu = new float[4];

    final float[] gelu_tanh = new float[4];

    final float[] mish = new float[4];

    final float[] sin = new float[4];

    final float[] abs = new float[4];

    final float[] y = new float[2];

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
      shared1 = Transposed.allocate(4, rows);
      shared2 = Transposed.allocate(2, rows);
    }
  }
}
