package io.lipc.tools.build;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Unit;
import io.lipc.compiler.library.CompilerVersion;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.tools.files.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a certificate in the class output is about what there is now, by content: times of files
 * say little where they are copied, unpacked, or come out of a cache.
 *
 * @param classes the folder of classes and of {@code META-INF/lipc}
 * @param sources finds the source file of a type
 * @param texts folders in which the processor finds texts and models, those of packages too
 * @param root the folder of the project, in which it looks at last
 * @param library the networks that others call, those of this module first
 */
record Staleness(Path classes, SourceFinder sources, List<Path> texts, Path root, Library library) {

  /** Finds sources by what they declare. */
  @FunctionalInterface
  interface SourceFinder {

    /** The file of a type, or, where that is nested, of the type around it. */
    Optional<Path> find(String type) throws IOException;
  }

  /**
   * Why a network has to be certified again, as a clause; empty if it need not.
   *
   * @param declaring the type that declares it; empty where a text of {@code lipc:compile} does
   */
  Optional<String> of(String network, Origin origin, Optional<AnnotatedType> declaring)
      throws IOException, FormatException {
    Path file = classes.resolve(Origin.certificateResource(network));
    ProofsOfTypes proofs = new ProofsOfTypes(classes);
    if (!Files.isRegularFile(file)) {
      return Optional.of("its certificate is missing");
    }
    byte[] text = BoundedFile.readRegular(file);
    if (!proofs.isGeneratedWith(origin, text)) {
      return Optional.of("its class was generated with another certificate");
    }
    Optional<ClaimKind> other = proofs.otherClaim(network, origin);
    if (other.isPresent()) {
      return Optional.of(
          "its class was generated with another certificate of " + other.get().word());
    }
    Certificate certificate = CertificateText.read(text);
    Optional<String> inputs =
        declaring.isPresent()
            ? ofDeclaration(origin, declaring.get(), certificate)
            : Optional.empty();
    return inputs.isPresent()
        ? inputs
        : ofWeights(origin, certificate).or(() -> ofCallees(certificate));
  }

  private Optional<String> ofDeclaration(Origin origin, AnnotatedType type, Certificate certificate)
      throws IOException {
    if (!origin.compiler().equals(CompilerVersion.word())) {
      return Optional.of(
          "it was made by lipc %s, and this is lipc %s"
              .formatted(
                  origin.compiler().isEmpty() ? "of an unknown version" : origin.compiler(),
                  CompilerVersion.word()));
    }
    Optional<Path> source = sources.find(type.name());
    if (source.isEmpty()) {
      return Optional.of("its source is not below a root of sources");
    }
    if (isOther(source.get(), origin.files().source())) {
      return Optional.of(
          source.get().getFileName() + " has changed since the certificate was made");
    }
    Optional<Path> text = text(type);
    if (text.isPresent() != origin.files().text().isPresent()) {
      return Optional.of("the text or model that it was made from is missing");
    }
    if (text.isPresent()
        && (isOther(text.get(), origin.files().text())
            || (ModelOfType.isOne(text.get())
                && new ModelOfType(text.get(), type.output(), type.shapes())
                    .differs(certificate)))) {
      return Optional.of(text.get().getFileName() + " has changed since the certificate was made");
    }
    return Optional.empty();
  }

  /**
   * The places where the processor looks, in its order: the package, then the root of each place.
   */
  private Optional<Path> text(AnnotatedType type) {
    Stream<Path> below = texts.stream().flatMap(place -> type.texts().stream().map(place::resolve));
    Stream<Path> alone =
        type.texts().stream().reduce((_, last) -> last).stream().map(root::resolve);
    return Stream.concat(below, alone).filter(Files::isRegularFile).findFirst();
  }

  private static boolean isOther(Path file, Optional<Digest> digest) throws IOException {
    return !Optional.of(Digest.of(BoundedFile.readRegular(file))).equals(digest);
  }

  /** Anything but the very tensors of the certificate counts as a change. */
  private Optional<String> ofWeights(Origin origin, Certificate certificate) {
    if (origin.weightsResource().isEmpty()) {
      return Optional.empty();
    }
    if (certificate.hasFreeWeights()) {
      return Optional.of("it is about free parameters, and there are weights");
    }
    try {
      byte[] file = BoundedFile.readRegular(classes.resolve(origin.weightsResource().get()));
      Weights weights = Safetensors.read(file).rounded(certificate.type());
      return WeightFiles.ofCertificate(weights, certificate)
          ? Optional.empty()
          : Optional.of("its weights have changed");
    } catch (FormatException | IOException e) {
      return Optional.of("its weights cannot be read: " + e.getMessage());
    }
  }

  /**
   * The first callee whose certificate has changed, as a clause; callees of other modules too,
   * whose jars may have changed since.
   */
  private Optional<String> ofCallees(Certificate certificate) {
    return certificate.units().stream()
        .flatMap(unit -> unit instanceof Unit.Call call ? Stream.of(call) : Stream.empty())
        .filter(call -> !isAsCertified(call))
        .map(call -> "the certificate of " + call.network() + ", which it calls, is another one")
        .findFirst();
  }

  private boolean isAsCertified(Unit.Call call) {
    return library.find(call.network()) instanceof Library.Result.Found found
        && found.callee().subject().digest().equals(call.certificate());
  }
}
