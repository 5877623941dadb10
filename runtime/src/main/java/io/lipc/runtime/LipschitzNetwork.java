package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network with a certified Lipschitz bound, as every generated class is one, whatever its
 * precision. Implementations are thread-safe.
 */
public sealed interface LipschitzNetwork permits FloatNetwork, DoubleNetwork {

  /** The number of elements of an input, all inputs of the network together. */
  int inputSize();

  /** The number of elements of an output. */
  int outputSize();

  /**
   * The certified Lipschitz bound, between the declared norms, of the exact real function that the
   * weights define.
   *
   * @throws IllegalStateException if the network claims no bound, but something else alone, such as
   *     a range of its outputs
   */
  double lipschitzBound();

  /**
   * Room for the intermediate results of one evaluation at a time. With a workspace of its own per
   * thread, {@code apply(workspace, input, output)} allocates nothing.
   */
  Workspace newWorkspace();

  /** The certificate with everything that it is about: the loaded weights and the callees. */
  Subject subject();

  /**
   * The names of the outputs, in their order: those of the classes that {@code lipc train} found in
   * its table, which travel in the metadata of the weights' file ({@link ClassLabels}). Where its
   * own file has none, a network has the names of the network whose outputs it hands on. No
   * certificate depends on them.
   *
   * @return one name for each output, all different; an empty list where there are none, or names
   *     of another number of outputs
   */
  default List<String> labels() {
    return List.of();
  }

  /**
   * The name of an output, as {@link #labels()} gives it.
   *
   * @param output its index, from 0 to {@link #outputSize()} - 1
   * @throws IndexOutOfBoundsException if there is no such output
   * @throws IllegalStateException if the outputs have no names; nothing takes their place, because
   *     numbers are names of classes as well
   */
  default String label(int output) {
    Objects.checkIndex(output, outputSize());
    List<String> names = labels();
    if (names.isEmpty()) {
      throw new IllegalStateException(
          "the weights of %s carry no names for its %d outputs; `lipc train` writes them, as `%s` in the file's metadata"
              .formatted(certificate().network(), outputSize(), ClassLabels.KEY));
    }
    return names.get(output);
  }

  /**
   * The certificate that this network was loaded with, which gives the bound; where the network
   * claims none, that of its first other claim.
   */
  default Certificate certificate() {
    return subject().certificate();
  }

  /**
   * The claims of the network beside that of its {@link #certificate()}, such as bounds of
   * differences of outputs: each certificate with everything that it is about.
   *
   * @return one for each further claim that was declared; empty where there is one claim alone
   */
  default List<Subject> furtherClaims() {
    return List.of();
  }

  /**
   * All certificates that this network was loaded with, that of its bound first, where it has one.
   */
  default List<Certificate> certificates() {
    return Stream.concat(Stream.of(subject()), furtherClaims().stream())
        .map(Subject::certificate)
        .toList();
  }

  /**
   * Certified bounds of the differences of each two outputs, in the norm of the inputs, with their
   * certificate; empty unless the network was declared with {@code certify pairs;} or
   * {@code @Pairs}. Empty, too, beside a scaled bound: those bounds are in its scale, and {@code
   * radiusClaim().pairs()} has them.
   */
  default Optional<PairBounds> pairBounds() {
    return PairBounds.among(subject(), furtherClaims());
  }

  /**
   * Whether {@code certifiedRadius(input, logits)} looks at the signs of what the network's units
   * read at the input, and so may give more than the bounds of pairs do. It does where the network
   * was declared with {@code certify pairs with signs;} or {@code @Pairs(signs = true)}, and its
   * proofs are about single elements: not where an image is proved by its frequencies, a unit by
   * its gain alone, or where the forms of all pairs would take more than 256 MiB. The first call
   * prepares them.
   */
  default boolean hasRadiiBySigns() {
    return false;
  }

  /**
   * The claims that certified radii and tubes of this network rest on, and the distance that these
   * are measured in: that of the bound's input side, or, where a scaled bound was declared ({@code
   * certify lipschitz <= 1.0 per z;} or {@code @ScaledLipschitz}), that scale's. Its {@code
   * distance(x, other)} measures two inputs in it, its {@code distance()} says it in words.
   */
  default RadiusClaim radiusClaim() {
    return RadiusClaim.of(subject(), furtherClaims());
  }

  /**
   * Runs the independent checker on the certificate and the loaded weights, callees included, and
   * on those of all {@link #furtherClaims()}; all have to be accepted. Loading compares digests
   * only; this is the full check, as costly as at compile time. A proof about free parameters says
   * nothing about the numbers that a network runs on, and is rejected.
   */
  default Verdict verify() {
    if (!subject().isEvaluable()) {
      return new Verdict.Rejected(
          Verdict.Reason.MISSING_TENSOR, "the certificate is about free parameters");
    }
    return Stream.concat(furtherClaims().stream(), Stream.of(subject()))
        .map(CertificateChecker::check)
        .filter(Verdict.Rejected.class::isInstance)
        .findFirst()
        .orElse(new Verdict.Accepted());
  }
}
