package io.lipc.compiler.proof;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.library.CompilerVersion;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Utf8;
import io.lipc.model.Network;
import io.lipc.model.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Certificates that earlier builds found, by the questions that they answer. It saves the search,
 * never the check: an entry is tried like a certificate that weights carry, and the search runs
 * anew if it fails, whatever has been written into the folder. So it proves the declared bound. No
 * check can tell whether it is as good as the result of a search, so the log says where it is from.
 *
 * <p>Each certificate is a file of its own, named after the digest of its question, written beside
 * its place and moved there: builds may share a folder, at the same time too.
 */
public final class CertificateCache {

  /**
   * A certificate that is kept, and when it was written, as the folder says.
   *
   * @param certificate not checked yet
   */
  record Kept(Certificate certificate, Instant written) {}

  /** The largest certificates of networks that lipc can prove have a few MiB. */
  private static final int MAX_BYTES = 1 << 26;

  private final Optional<Path> folder;
  private final Consumer<String> complaints;

  private CertificateCache(Optional<Path> folder, Consumer<String> complaints) {
    this.folder = folder;
    this.complaints = complaints;
  }

  /** Finds and keeps nothing. */
  public static CertificateCache none() {
    return new CertificateCache(Optional.empty(), _ -> {});
  }

  /**
   * Certificates in a folder, which is made where it is missing.
   *
   * @param complaints told why certificates cannot be kept, as a sentence; the build goes on
   */
  public static CertificateCache in(Path folder, Consumer<String> complaints) {
    try {
      Files.createDirectories(folder);
      return new CertificateCache(Optional.of(folder), complaints);
    } catch (IOException e) {
      complaints.accept("the cache " + folder + " cannot be made: " + e.getMessage());
      return none();
    }
  }

  /**
   * All that an answer depends on: units and constants, digests of tensors and callees, format,
   * norms and the declared bound; who searches, and how. The network's name is not part of it.
   *
   * @param settings those of the search
   */
  static Digest question(Network network, Trial trial, String settings) {
    String asked =
        "lipc %s, %s, %s".formatted(CompilerVersion.word(), settings, about(network, trial).hex());
    return Digest.of(asked.getBytes(StandardCharsets.UTF_8));
  }

  private static Digest about(Network network, Trial trial) {
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return CertificateText.digest(
        new Certificate(
            "_",
            network.precision(),
            trial.claim(),
            "",
            trial.units(),
            new Grounds.GivenWeights(
                UnitLists.tensors(trial.units(), trial.weights()),
                Grounds.Calls.BOUNDED,
                List.of(none))));
  }

  /** The question for what a network asks for beside its bound, with all numbers in it. */
  static Digest further(Property.Further property, Digest certificate, String settings) {
    String asked =
        "lipc %s, %s, %s of %s"
            .formatted(CompilerVersion.word(), settings, property, certificate.hex());
    return Digest.of(asked.getBytes(StandardCharsets.UTF_8));
  }

  /** The entry that is kept for a question; empty if it cannot be read. */
  Optional<Kept> find(Digest question) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(folder.get(), question);
    try {
      String text = Utf8.text(BoundedFile.readRegular(file, MAX_BYTES));
      return Optional.of(
          new Kept(CertificateText.read(text), Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | FormatException | OutOfMemoryError e) {
      complaints.accept("the cached certificate " + file + " is not used: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps the text of an accepted certificate. */
  void keep(Digest question, String text) {
    if (folder.isEmpty()) {
      return;
    }
    Path file = file(folder.get(), question);
    try {
      AtomicFile.write(file, text);
    } catch (IOException e) {
      complaints.accept("the certificate " + file + " cannot be kept: " + e.getMessage());
    }
  }

  private static Path file(Path folder, Digest question) {
    return folder.resolve(question.hex() + ".json");
  }
}
