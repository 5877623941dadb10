package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.ClaimKind;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Certificates of what a network claims beside its bound, as files beside the network's own: {@code
 * NETWORK.pairs.json} beside {@code NETWORK.json} or {@code NETWORK.certificate.json}.
 */
public final class ClaimFiles {

  private ClaimFiles() {}

  /** The path of a claim's certificate beside that of the bound, whether it is there or not. */
  public static Path beside(Path certificate, ClaimKind kind) {
    String name = String.valueOf(certificate.getFileName());
    String stem =
        Stream.of(".certificate.json", ".json")
            .filter(name::endsWith)
            .map(ending -> name.substring(0, name.length() - ending.length()))
            .filter(rest -> !rest.isEmpty())
            .findFirst()
            .orElse(name);
    return certificate.resolveSibling(stem + "." + kind.word() + ".json");
  }

  /**
   * The certificates of claims that stand beside a certificate, not yet checked.
   *
   * @throws InputError if what is there cannot be read, or is no certificate of its kind: passed
   *     over, it would look like one that was checked
   */
  static Map<ClaimKind, Certificate> read(Path certificate) throws InputError {
    Map<ClaimKind, Certificate> found = new EnumMap<>(ClaimKind.class);
    for (ClaimKind kind : ClaimKind.further()) {
      Path file = beside(certificate, kind);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        found.put(kind, read(certificate, file, kind));
      }
    }
    return found;
  }

  private static Certificate read(Path certificate, Path file, ClaimKind kind) throws InputError {
    try {
      return of(kind, BoundedFile.readRegular(file));
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (FormatException e) {
      throw new InputError(
          "%s, where the certificate of %s of %s belongs, is none: %s"
              .formatted(
                  Quoted.of(file.toString()),
                  ClaimWords.of(kind),
                  Quoted.of(certificate.toString()),
                  e.getMessage()));
    }
  }

  private static Certificate of(ClaimKind kind, byte[] content) throws FormatException {
    Certificate read = CertificateText.read(content);
    if (read.claim().kind() != kind) {
      throw new FormatException("it is about " + read.claim().kind().word());
    }
    return read;
  }

  /**
   * Leaves beside a certificate those that belong to it: an older one would be read as a part of
   * it. A file that is no certificate of its kind is somebody's own, and stays.
   */
  static void replace(Path certificate, List<ProvedClaim> claims) throws IOException {
    for (ClaimKind kind : ClaimKind.further()) {
      Path file = beside(certificate, kind);
      Optional<ProvedClaim> proved =
          claims.stream().filter(claim -> claim.kind() == kind).findFirst();
      if (proved.isPresent()) {
        AtomicFile.write(file, proved.get().certificate());
      } else if (Files.isRegularFile(file) && isOf(kind, BoundedFile.readRegular(file))) {
        Files.delete(file);
      }
    }
  }

  private static boolean isOf(ClaimKind kind, byte[] content) {
    try {
      return of(kind, content).claim().kind() == kind;
    } catch (FormatException e) {
      return false;
    }
  }
}
