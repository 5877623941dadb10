package io.lipc.runtime;

import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.radius.LocalBound;
import io.lipc.runtime.radius.LocalOptions;
import java.util.Arrays;

/**
 * The superclass of generated classes of precision F32. It evaluates in a workspace of the thread,
 * and gives radii; all numbers besides those that are computed come from the certificate, as {@link
 * CertifiedNetwork} says.
 */
public abstract non-sealed class CertifiedFloatNetwork extends CertifiedNetwork
    implements FloatNetwork {

  /** Room for the logits of a radius, as many as this network has. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<float[]> logits;

  /**
   * The network that these parameters are about.
   *
   * @param parameters from a {@link NetworkLoader}
   */
  protected CertifiedFloatNetwork(CertifiedParameters parameters) {
    super(parameters);
    int size = parameters.subject().certificate().outputSize();
    this.logits = ThreadLocal.withInitial(() -> new float[size]);
  }

  /** How the batches of this network are cut. */
  protected abstract FloatBatches batches();

  @Override
  public final void apply(float[][] inputs, float[][] outputs) {
    batches().apply(inputs, outputs);
  }

  @Override
  public final void apply(float[] input, float[] output) {
    apply(workspace(), input, output);
  }

  @Override
  public final String label(int output) {
    return FloatNetwork.super.label(output);
  }

  @Override
  public final Verdict verify() {
    return FloatNetwork.super.verify();
  }

  @Override
  public final boolean contains(float[] input) {
    return FloatNetwork.super.contains(input);
  }

  @Override
  public final LocalBound localLipschitz(float[] input, double radius) {
    return FloatNetwork.super.localLipschitz(input, radius);
  }

  @Override
  public final LocalBound localLipschitz(float[] input, double radius, LocalOptions options) {
    return FloatNetwork.super.localLipschitz(input, radius, options);
  }

  @Override
  public final double certifiedRadius(float[] input, float[] logits) {
    return certifiedRadius(workspace(), input, logits);
  }

  @Override
  public final double certifiedRadius(float[] input, float[] logits, LocalOptions options) {
    return certifiedRadius(workspace(), input, logits, options);
  }

  /**
   * The certified radius: how far an input may move before the decision changes, as {@link
   * #certifiedRadius(float[], float[])} says, evaluated in the given workspace; it allocates
   * nothing, unless it {@link #hasRadiiBySigns()}.
   *
   * <p>It is always 0 where no box of inputs is declared: rounding errors grow with the inputs, and
   * without a box nothing bounds them. The Lipschitz bound holds for all inputs nevertheless. For
   * radii declare where the inputs lie, by {@code in [-1, 1]} behind the input of a text, or by
   * {@code min = -1, max = 1} in {@code @Input}.
   */
  @Override
  public final double certifiedRadius(Workspace workspace, float[] input, float[] logits) {
    return certifiedRadius(workspace, input, logits, LocalOptions.DEFAULT);
  }

  private double certifiedRadius(
      Workspace workspace, float[] input, float[] logits, LocalOptions options) {
    Arguments.checkLogits(input.length, inputSize(), logits.length, outputSize());
    if (!hasBox()) {
      return 0;
    }
    float[] own = this.logits.get();
    // Before the box is asked, so that another network's workspace is refused wherever it is given.
    apply(workspace, input, own);
    return contains(input) && Arrays.equals(own, logits) ? radius(input, logits, options) : 0;
  }

  /**
   * Assumes that this network gave the logits for an input inside of its declared box, and checks
   * nothing: otherwise the result is not a radius. For such an input, it is that of {@link
   * #certifiedRadius(float[], float[])}.
   *
   * @param logits what the network gave for that input
   * @return the radius, rounded down; 0 where nothing can be said
   * @deprecated {@link #certifiedRadius(float[], float[])} checks what is assumed here
   */
  @Deprecated
  public final double certifiedRadius(float[] logits) {
    return radius(logits);
  }
}
