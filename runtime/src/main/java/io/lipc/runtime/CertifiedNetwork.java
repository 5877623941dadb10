package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of every generated class: what a network says about itself. Bound, sizes, names of
 * outputs, bounds of pairs and the rounding error come from the certificate and the weights that
 * were loaded. The methods that give them are final, so a generated class has no such number of its
 * own, and no text in it can differ from the certificate.
 */
public abstract sealed class CertifiedNetwork
    permits CertifiedFloatNetwork, CertifiedDoubleNetwork {

  /** A bound that is printed is none below the one that was proved. */
  private static final MathContext UPWARDS = new MathContext(4, RoundingMode.CEILING);

  private final Subject subject;
  private final List<String> labels;
  private final List<Subject> further;
  private final Optional<PairBounds> pairs;
  private final Optional<RadiusClaim> radius;
  private final int inputSize;
  private final int outputSize;
  private final Optional<Claim.Lipschitz> claim;
  private final double maxError;

  /** Whether the certificate of pairs has what radii by signs rest on. */
  private final boolean asksForSigns;

  /** Made when it is asked for first: most of a network's life is spent without radii. */
  private Optional<SignedRadius> signed = Optional.empty();

  private boolean isPrepared;

  /** A workspace serves one network, so there is one for each, beside each thread. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Workspace> workspaces = new ThreadLocal<>();

  CertifiedNetwork(CertifiedParameters parameters) {
    this.subject = parameters.subject();
    this.labels = parameters.labels();
    this.further = parameters.further();
    this.pairs = PairBounds.among(subject, further);
    this.inputSize = subject.certificate().inputSize();
    this.outputSize = subject.certificate().outputSize();
    this.claim = subject.certificate().claim().global();
    this.radius = claim.map(_ -> RadiusClaim.of(subject, further));
    this.maxError = parameters.maxError();
    this.asksForSigns =
        radius.flatMap(RadiusClaim::pairs).filter(own -> own.delta().isPresent()).isPresent();
  }

  /**
   * No output of a network differs from the exact one by more, on the declared box; infinite where
   * no such number is known. A generated class remembers it.
   */
  static double maxError(LipschitzNetwork network) {
    return network instanceof CertifiedNetwork generated
        ? generated.maxError
        : RoundingBound.maxError(network.subject()).orElse(Double.POSITIVE_INFINITY);
  }

  /** The workspace of the calling thread. */
  final Workspace workspace() {
    @Nullable Workspace found = workspaces.get();
    if (found != null) {
      return found;
    }
    Workspace made = newWorkspace();
    workspaces.set(made);
    return made;
  }

  /** Room for one evaluation at a time; see {@link LipschitzNetwork#newWorkspace()}. */
  public abstract Workspace newWorkspace();

  /** The number of elements of an input; see {@link LipschitzNetwork#inputSize()}. */
  public final int inputSize() {
    return inputSize;
  }

  /** The number of elements of an output; see {@link LipschitzNetwork#outputSize()}. */
  public final int outputSize() {
    return outputSize;
  }

  /** The certified bound; see {@link LipschitzNetwork#lipschitzBound()}. */
  public final double lipschitzBound() {
    return global().bound();
  }

  private Claim.Lipschitz global() {
    if (claim.isEmpty()) {
      throw withoutBound();
    }
    return claim.get();
  }

  private IllegalStateException withoutBound() {
    return new IllegalStateException(
        certificate().network()
            + " claims no Lipschitz bound, and so has no radii; declare one: `certify"
            + " lipschitz <= 2.0;` or @Lipschitz(2.0)");
  }

  /** The certificate with the loaded weights; see {@link LipschitzNetwork#subject()}. */
  public final Subject subject() {
    return subject;
  }

  /** The certificate; see {@link LipschitzNetwork#certificate()}. */
  public final Certificate certificate() {
    return subject.certificate();
  }

  /** The claims of the network beside its bound; see {@link LipschitzNetwork#furtherClaims()}. */
  public final List<Subject> furtherClaims() {
    return further;
  }

  /** The names of the outputs; see {@link LipschitzNetwork#labels()}. */
  public final List<String> labels() {
    return labels;
  }

  /** Certified bounds of differences of outputs; see {@link LipschitzNetwork#pairBounds()}. */
  public final Optional<PairBounds> pairBounds() {
    return pairs;
  }

  /** The claims that radii rest on; see {@link LipschitzNetwork#radiusClaim()}. */
  public final RadiusClaim radiusClaim() {
    // No lambda: radii ask at each evaluation, which allocates nothing.
    if (radius.isEmpty()) {
      throw withoutBound();
    }
    return radius.get();
  }

  /** Whether signs enlarge radii; see {@link LipschitzNetwork#hasRadiiBySigns()}. */
  public final boolean hasRadiiBySigns() {
    return signed().isPresent();
  }

  /** Without a lock where nothing is to be prepared. */
  final Optional<SignedRadius> signed() {
    return asksForSigns ? prepared() : Optional.empty();
  }

  private synchronized Optional<SignedRadius> prepared() {
    if (!isPrepared) {
      signed = SignedRadius.of(radiusClaim());
      isPrepared = true;
    }
    return signed;
  }

  /** The radius for an input of the box and the logits that this network gave for it. */
  final double radius(float[] input, float[] logits, LocalOptions options) {
    return asksForSigns ? radius(doubles(input), doubles(logits), options) : radius(logits);
  }

  /** The radius for an input of the box and the logits that this network gave for it. */
  final double radius(double[] input, double[] logits, LocalOptions options) {
    return CertifiedRadius.of(input, logits, radiusClaim(), signed(), options, maxError);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The radius for logits that this network gave for an input of its box. */
  final double radius(float[] logits) {
    return CertifiedRadius.of(logits, radiusClaim(), maxError);
  }

  /** The radius for logits that this network gave for an input of its box. */
  final double radius(double[] logits) {
    return CertifiedRadius.of(logits, radiusClaim(), maxError);
  }

  /**
   * The network in one line: its name, the extents of its input, the size of its output, and the
   * bound that was proved, rounded up to four digits, with its norms; or the kinds of its other
   * claims, where it has no bound.
   */
  @Override
  public final String toString() {
    Certificate certificate = certificate();
    String proved =
        claim
            .map(
                own ->
                    "%s Lipschitz bound %s"
                        .formatted(own.norms(), new BigDecimal(own.bound()).round(UPWARDS)))
            .orElseGet(() -> certificate.claim().kind().word());
    return "%s: real%s -> real[%d] in %s, %s, proved"
        .formatted(
            certificate.network(),
            certificate.input().extents(),
            outputSize,
            certificate.type(),
            proved);
  }

  final boolean hasBox() {
    return certificate().input().box().isPresent();
  }
}
