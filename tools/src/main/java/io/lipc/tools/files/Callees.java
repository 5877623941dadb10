package io.lipc.tools.files;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.compiler.library.ProvedPairs;
import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The certificates of called networks, which lie beside that of the caller, and those of the pairs
 * of their outputs beside them.
 */
public final class Callees {

  private Callees() {}

  /** The file of the certificate of {@code network}, beside another file. */
  public static Path file(Path other, String network) {
    return other.resolveSibling(network + ".certificate.json");
  }

  /**
   * Writes a certificate, and beside it those of all networks that it calls. What is left there of
   * the pairs of outputs is what is proved of them.
   *
   * @param file where the certificate of {@code subject} goes
   * @param pairs what is proved of the pairs of outputs, by network
   */
  public static void write(Path file, Subject subject, Map<String, ProvedPairs> pairs)
      throws IOException {
    AtomicFile.write(file, CertificateText.write(subject.certificate()));
    PairsFile.replace(file, Optional.ofNullable(pairs.get(subject.certificate().network())));
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      write(file(file, callee.getKey()), callee.getValue(), pairs);
    }
  }
}
