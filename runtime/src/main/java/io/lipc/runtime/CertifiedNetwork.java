package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
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
  private final int inputSize;
  private final int outputSize;
  private final double bound;
  private final boolean toLinf;
  private final double maxError;

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
    this.bound = subject.certificate().lipschitz().bound();
    this.toLinf = subject.certificate().lipschitz().ofEachOutput();
    this.maxError = parameters.maxError();
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
    return bound;
  }

  /** The certificate with the loaded weights; see {@link LipschitzNetwork#subject()}. */
  public final Subject subject() {
    return subject;
  }

  /** The certificate; see {@link LipschitzNetwork#certificate()}. */
  public final Certificate certificate() {
    return subject.certificate();
  }

  /** What is claimed beside the bound; see {@link LipschitzNetwork#furtherClaims()}. */
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

  /** The radius for logits that this network gave for an input of its box. */
  final double radius(float[] logits) {
    if (pairs.isPresent()) {
      return CertifiedRadius.of(logits, pairs.get(), maxError);
    }
    return toLinf
        ? CertifiedRadius.ofLinf(logits, bound, maxError)
        : CertifiedRadius.of(logits, bound, maxError);
  }

  /** The radius for logits that this network gave for an input of its box. */
  final double radius(double[] logits) {
    if (pairs.isPresent()) {
      return CertifiedRadius.of(logits, pairs.get(), maxError);
    }
    return toLinf
        ? CertifiedRadius.ofLinf(logits, bound, maxError)
        : CertifiedRadius.of(logits, bound, maxError);
  }

  /**
   * The network in one line: its name, the extents of its input, the size of its output, and the
   * bound that was proved, rounded up to four digits, with its norms.
   */
  @Override
  public final String toString() {
    Certificate certificate = certificate();
    return "%s: real%s -> real[%d] in %s, %s Lipschitz bound %s, proved"
        .formatted(
            certificate.network(),
            certificate.input().extents(),
            outputSize,
            certificate.type(),
            certificate.lipschitz().norms(),
            new BigDecimal(bound).round(UPWARDS));
  }

  final boolean hasBox() {
    return certificate().input().box().isPresent();
  }
}
