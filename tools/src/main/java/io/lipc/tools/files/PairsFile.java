package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.compiler.library.ProvedPairs;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificate of the pairs of a network's outputs, as a file beside the network's own: {@code
 * NETWORK.pairs.json} beside {@code NETWORK.json} or {@code NETWORK.certificate.json}.
 */
public final class PairsFile {

  private static final String ENDING = ".pairs.json";

  private PairsFile() {}

  /** The place of the certificate of pairs, whether it is there or not. */
  public static Path beside(Path certificate) {
    String name = String.valueOf(certificate.getFileName());
    String stem =
        Stream.of(".certificate.json", ".json")
            .filter(name::endsWith)
            .map(ending -> name.substring(0, name.length() - ending.length()))
            .filter(rest -> !rest.isEmpty())
            .findFirst()
            .orElse(name);
    return certificate.resolveSibling(stem + ENDING);
  }

  /**
   * The certificate of pairs beside a certificate, not checked yet.
   *
   * @return empty where there is no such file
   * @throws InputError if the file cannot be read, or is no certificate: passed over, it would look
   *     like one that was checked
   */
  static Optional<Certificate> read(Path certificate) throws InputError {
    Path file = beside(certificate);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      String text = new String(BoundedFile.readRegular(file), StandardCharsets.UTF_8);
      return Optional.of(CertificateText.read(text));
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (FormatException e) {
      throw new InputError(
          "%s, where the certificate of the pairs of outputs of %s belongs, is none: %s"
              .formatted(
                  Quoted.of(file.toString()), Quoted.of(certificate.toString()), e.getMessage()));
    }
  }

  /**
   * Leaves beside a certificate that of the pairs which belongs to it: an older one would be read
   * as a part of it. A file that is no certificate of pairs is the user's own, and stays.
   */
  static void replace(Path certificate, Optional<ProvedPairs> pairs) throws IOException {
    Path file = beside(certificate);
    if (pairs.isPresent()) {
      AtomicFile.write(file, pairs.get().certificate());
    } else if (Files.isRegularFile(file) && isOfPairs(BoundedFile.readRegular(file))) {
      Files.delete(file);
    }
  }

  private static boolean isOfPairs(byte[] content) {
    try {
      String text = new String(content, StandardCharsets.UTF_8);
      return CertificateText.read(text).network().endsWith(PairBounds.nameOf(""));
    } catch (FormatException e) {
      return false;
    }
  }
}
