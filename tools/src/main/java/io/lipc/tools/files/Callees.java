package io.lipc.tools.files;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The certificates of called networks, which lie beside that of the caller. */
public final class Callees {

  private Callees() {}

  /** The file of the certificate of {@code network}, beside another file. */
  public static Path file(Path other, String network) {
    return other.resolveSibling(network + ".certificate.json");
  }

  /**
   * Writes the certificates of all networks that {@code subject} calls beside that of the caller.
   */
  public static void write(Path caller, Subject subject) throws IOException {
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      AtomicFile.write(
          file(caller, callee.getKey()), CertificateText.write(callee.getValue().certificate()));
      write(caller, callee.getValue());
    }
  }
}
