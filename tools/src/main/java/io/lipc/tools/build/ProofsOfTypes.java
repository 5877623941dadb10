package io.lipc.tools.build;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Utf8;
import io.lipc.model.Decimals;
import io.lipc.tools.command.ClaimWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds compiled types that declare networks against the certificates beside them. Without the
 * processor javac compiles a declaration as it would any interface, and proves nothing.
 *
 * @param classes the folder of classes and of {@code META-INF/lipc}
 */
record ProofsOfTypes(Path classes) {

  /** Why nothing has proved what the types declare, as one message for each. */
  List<String> missing(List<AnnotatedType> types) throws IOException {
    List<String> missing = new ArrayList<>();
    for (AnnotatedType type : types) {
      fault(type).ifPresent(fault -> missing.add(message(type, fault)));
    }
    return List.copyOf(missing);
  }

  private static String message(AnnotatedType type, String fault) {
    return "error: nothing has proved the bound "
        + (type.bound().isPresent() ? Decimals.plain(type.bound().getAsDouble()) + " " : "")
        + "of "
        + type.name()
        + " ("
        + type.source()
        + "): "
        + fault;
  }

  private Optional<String> fault(AnnotatedType type) throws IOException {
    if (type.network().isEmpty()) {
      return Optional.of("it is declared within a method, where no processor sees it");
    }
    if (!type.isNetwork()) {
      return Optional.of("it is annotated @Lipschitz, but not @CertifiedNetwork");
    }
    String network = type.network().get();
    Path certificate = classes.resolve(Origin.certificateResource(network));
    Path origin = classes.resolve(Origin.resource(network));
    if (!Files.isRegularFile(certificate) || !Files.isRegularFile(origin)) {
      return Optional.of("there is no certificate " + Origin.certificateResource(network));
    }
    try {
      return fault(type, Origin.parse(text(origin)), CertificateText.read(text(certificate)));
    } catch (FormatException e) {
      return Optional.of("its certificate cannot be read: " + e.getMessage());
    }
  }

  private static String text(Path file) throws IOException, FormatException {
    return Utf8.text(BoundedFile.readRegular(file));
  }

  /** A certificate of an earlier build stays where it is when the processor is taken away. */
  private Optional<String> fault(AnnotatedType type, Origin origin, Certificate certificate)
      throws IOException {
    if (!origin.declaredBy().equals(type.name())) {
      return Optional.of("the certificate of its name was made for " + origin.declaredBy());
    }
    if (!Files.isRegularFile(classFile(origin.generatedClass()))) {
      return Optional.of("the class " + origin.generatedClass() + " was not generated");
    }
    Optional<String> fault = faultOfBound(type, certificate);
    return fault.isPresent() ? fault : faultOfClaims(type, origin, certificate);
  }

  private static Optional<String> faultOfBound(AnnotatedType type, Certificate certificate) {
    Optional<Claim.Lipschitz> claim = certificate.claim().global();
    if (claim.isEmpty()) {
      return type.bound().isPresent()
          ? Optional.of("its certificate was made for no bound")
          : Optional.empty();
    }
    boolean other =
        type.bound().isPresent()
            && (type.bound().getAsDouble() != claim.get().declared()
                || !type.norms().equals(claim.get().norms()));
    boolean none = type.bound().isEmpty() && !type.hasText();
    return other || none
        ? Optional.of(
            "its certificate was made for the bound %s, %s"
                .formatted(Decimals.plain(claim.get().declared()), claim.get().norms()))
        : Optional.empty();
  }

  private Optional<String> faultOfClaims(AnnotatedType type, Origin origin, Certificate certificate)
      throws IOException {
    for (ClaimKind kind : ClaimKind.further()) {
      Optional<String> fault =
          kind == certificate.claim().kind()
              ? faultOfOwn(kind, type)
              : fault(kind, type, origin, certificate);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** The network's own certificate is of this kind where it claims no bound. */
  private static Optional<String> faultOfOwn(ClaimKind kind, AnnotatedType type) {
    return type.claims().contains(kind) || type.hasText()
        ? Optional.empty()
        : Optional.of(
            "it has a certificate of %s, and it is not annotated @%s"
                .formatted(ClaimWords.subject(kind), ClaimWords.annotation(kind)));
  }

  /**
   * The fault of a claim's certificate, if there is one: the generated class says what the
   * processor knew of the claim.
   */
  private Optional<String> fault(
      ClaimKind kind, AnnotatedType type, Origin origin, Certificate certificate)
      throws IOException {
    String resource = kind.resource(certificate.network());
    boolean uses = mentions(origin, resource);
    boolean asked = type.claims().contains(kind);
    // Claims about free weights are proved once these are known, and come with them.
    boolean lacks = asked && !uses && !certificate.hasFreeWeights();
    if (lacks || (uses && !Files.isRegularFile(classes.resolve(resource)))) {
      return Optional.of("there is no certificate " + resource + " of " + ClaimWords.subject(kind));
    }
    return uses && !asked && !type.hasText()
        ? Optional.of(
            "its class has a certificate of %s, and it is not annotated @%s"
                .formatted(ClaimWords.subject(kind), ClaimWords.annotation(kind)))
        : Optional.empty();
  }

  /** The claim of which the certificate is not the one that the generated class was made with. */
  Optional<ClaimKind> otherClaim(String network, Origin origin) throws IOException {
    for (ClaimKind kind : ClaimKind.further()) {
      String resource = kind.resource(network);
      Path file = classes.resolve(resource);
      boolean other =
          mentions(origin, resource)
              && (!Files.isRegularFile(file)
                  || !mentions(origin, Digest.of(BoundedFile.readRegular(file)).hex()));
      if (other) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether the generated class was made with the certificate of this text. */
  boolean isGeneratedWith(Origin origin, byte[] certificate) throws IOException {
    return mentions(origin, Digest.of(certificate).hex());
  }

  /** Constants stand in class files as they are; this one need not be parsed for them. */
  private boolean mentions(Origin origin, String constant) throws IOException {
    Path generated = classFile(origin.generatedClass());
    return Files.isRegularFile(generated)
        && new String(BoundedFile.readRegular(generated), StandardCharsets.ISO_8859_1)
            .contains(
                new String(constant.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  private Path classFile(String name) {
    return classes.resolve(name.replace('.', '/') + ".class");
  }

  /** The help for a pom with which javac does not run the processor. */
  static String help(String version) {
    return """
        help: javac runs no processor that is only on the class path. Put lipc's on the processor path, within
        <configuration> of maven-compiler-plugin, and build with `mvn clean package`, which compiles all again:
            <annotationProcessorPaths><path><groupId>io.lipc</groupId>
              <artifactId>lipc-processor</artifactId><version>%s</version></path></annotationProcessorPaths>
        Where that stands already, <proc>none</proc> or -proc:none keeps it from running."""
        .formatted(version);
  }
}
