package io.lipc.tools.files;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.compiler.library.ProvedPairs;
import io.lipc.formats.AtomicFile;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
   * Writes a certificate, and beside it those of all networks that it calls. The certificates of
   * pairs of outputs there are then those of {@code pairs}; others are deleted.
   *
   * @param file where the certificate of {@code subject} goes
   * @param pairs the proved bounds of pairs of outputs, by network
   * @throws InputError if two of them would be one file, or one is a folder; then nothing is
   *     written
   */
  public static void write(Path file, Subject subject, Map<String, ProvedPairs> pairs)
      throws IOException, InputError {
    claim(file, subject, !pairs.isEmpty(), new HashMap<>());
    writeAll(file, subject, pairs);
  }

  /** The name that the user gives to the first certificate may be that of another one. */
  private static void claim(Path file, Subject subject, boolean withPairs, Map<Path, String> owners)
      throws InputError {
    String network = subject.certificate().network();
    claim(file, "the certificate of " + network, owners);
    if (withPairs) {
      claim(PairsFile.beside(file), "that of the pairs of outputs of " + network, owners);
    }
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      claim(file(file, callee.getKey()), callee.getValue(), withPairs, owners);
    }
  }

  private static void claim(Path file, String owner, Map<Path, String> owners) throws InputError {
    if (Files.isDirectory(file)) {
      throw new InputError(file + " is a folder, where " + owner + " belongs");
    }
    String other = owners.putIfAbsent(file.toAbsolutePath().normalize(), owner);
    if (other != null && !other.equals(owner)) {
      throw new InputError(
          "%s would be %s as well as %s, which is called: give the first another name"
              .formatted(file, other, owner));
    }
  }

  private static void writeAll(Path file, Subject subject, Map<String, ProvedPairs> pairs)
      throws IOException {
    AtomicFile.write(file, CertificateText.write(subject.certificate()));
    PairsFile.replace(file, Optional.ofNullable(pairs.get(subject.certificate().network())));
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      writeAll(file(file, callee.getKey()), callee.getValue(), pairs);
    }
  }
}
