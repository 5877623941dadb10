package demo.control;

import io.lipc.certificate.Subject;
import io.lipc.runtime.Arguments;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.Kernels;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import io.lipc.runtime.Workspace;
import java.nio.file.Path;

/**
 * A feedback policy whose gain the closed loop relies on.
 *
 * <p>Certified for all inputs x, x': {@code |f(x) - f(x')|_l2 <= 2 |x - x'|_l2}. The number is
 * the proved bound, rounded up to four digits; {@link #lipschitzBound()} gives it exactly.
 */
public final class PolicyNetwork implements FloatNetwork {
  private static final NetworkLoader LOADER = new NetworkLoader(
      PolicyNetwork.class,
      "demo.control.Policy",
      "META-INF/lipc/demo.control.Policy.json",
      "0000000000000000000000000000000000000000000000000000000000000000");

  private final float[][] h1Weight;

  private final float[] h1Bias;

  private final float[][] h2Weight;

  private final float[] h2Bias;

  private final float[][] actionWeight;

  private final float[] actionBias;

  private final Subject subject;

  private final double maxError;

  private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(this::newWorkspace);

  private PolicyNetwork(CertifiedParameters parameters) {
    this.h1Weight = parameters.floatColumns("h1.weight");
    this.h1Bias = parameters.floatVector("h1.bias");
    this.h2Weight = parameters.floatColumns("h2.weight");
    this.h2Bias = parameters.floatVector("h2.bias");
    this.actionWeight = parameters.floatColumns("action.weight");
    this.actionBias = parameters.floatVector("action.bias");
    this.subject = parameters.subject();
    this.maxError = parameters.maxError();
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
  public int inputSize() {
    return 12;
  }

  @Override
  public int outputSize() {
    return 4;
  }

  @Override
  public double lipschitzBound() {
    return 2.0;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public Workspace newWorkspace() {
    return new Buffers();
  }

  @Override
  public void apply(float[] input, float[] output) {
    apply(workspaces.get(), input, output);
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    Arguments.checkLengths(input.length, 12, output.length, 4);
    if (!(workspace instanceof Buffers buffers)) {
      throw Arguments.foreignWorkspace(workspace, PolicyNetwork.class);
    }
    h1(input, h1Weight, h1Bias, buffers.h1);
    h2(buffers.h1, h2Weight, h2Bias, buffers.h2);
    s(buffers.h1, buffers.h2, buffers.s);
    action(buffers.s, actionWeight, actionBias, buffers.action);
    System.arraycopy(buffers.action, 0, output, 0, 4);
  }

  /**
   * How far, in l2, an input may move within the declared box before the decision changes: the
   * class of the largest logit, or the sign of a single one. Rounding errors of both
   * evaluations are accounted for.
   *
   * @param logits what the network gave for that input
   * @return the radius, rounded down; 0 where nothing can be said
   */
  public double certifiedRadius(float[] logits) {
    return CertifiedRadius.of(logits, lipschitzBound(), maxError);
  }

  /**
   * {@code h1 = relu(W state + b)}.
   */
  private static void h1(float[] state, float[][] weight, float[] bias, float[] h1) {
    Kernels.dense(weight, bias, state, h1);
    for (int j = 0; j < 64; j++) {
      h1[j] = Math.max(h1[j], 0f);
    }
  }

  /**
   * {@code h2 = leaky_relu(W h1 + b, 0.1)}.
   */
  private static void h2(float[] h1, float[][] weight, float[] bias, float[] h2) {
    Kernels.dense(weight, bias, h1, h2);
    for (int j = 0; j < 64; j++) {
      h2[j] = h2[j] >= 0 ? h2[j] : 0.1f * h2[j];
    }
  }

  /**
   * {@code s = h1 + h2}.
   */
  private static void s(float[] h1, float[] h2, float[] s) {
    for (int j = 0; j < 64; j++) {
      s[j] = h1[j] + h2[j];
    }
  }

  /**
   * {@code action = W s + b}.
   */
  private static void action(float[] s, float[][] weight, float[] bias, float[] action) {
    Kernels.dense(weight, bias, s, action);
  }

  /**
   * The intermediate results of one evaluation.
   */
  private static final class Buffers implements Workspace {
    final float[] h1 = new float[64];

    final float[] h2 = new float[64];

    final float[] s = new float[64];

    final float[] action = new float[4];
  }
}
