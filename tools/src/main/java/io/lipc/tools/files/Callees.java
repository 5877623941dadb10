package io.lipc.tools.files;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.AtomicFile;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The certificates of called networks, which lie beside that of the caller, and those of their
 * other claims beside them.
 */
public final class Callees {

  private Callees() {}

  /** The file of the certificate of {@code network}, beside another file. */
  public static Path file(Path other, String network) {
    return other.resolveSibling(network + ".certificate.json");
  }

  /**
   * Writes a certificate, and beside it those of all networks that it calls. The certificates of
   * other claims there are then those of {@code claims}; others are deleted.
   *
   * @param file where the certificate of {@code subject} goes
   * @param claims the proved claims beside bounds, by network
   * @throws InputError if two of them would be one file, or one is a folder; then nothing is
   *     written
   */
  public static void write(Path file, Subject subject, Map<String, List<ProvedClaim>> claims)
      throws IOException, InputError {
    Set<ClaimKind> kinds =
        claims.values().stream()
            .flatMap(List::stream)
            .map(ProvedClaim::kind)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ClaimKind.class)));
    claim(file, subject, kinds, new HashMap<>());
    writeAll(file, subject, claims);
  }

  /** The name that the user gives to the first certificate may be that of another one. */
  private static void claim(
      Path file, Subject subject, Set<ClaimKind> kinds, Map<Path, String> owners)
      throws InputError {
    String network = subject.certificate().network();
    claim(file, "the certificate of " + network, owners);
    for (ClaimKind kind : kinds) {
      String what = ClaimWords.of(kind);
      claim(ClaimFiles.beside(file, kind), "that of " + what + " of " + network, owners);
    }
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      claim(file(file, callee.getKey()), callee.getValue(), kinds, owners);
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

  private static void writeAll(Path file, Subject subject, Map<String, List<ProvedClaim>> claims)
      throws IOException {
    AtomicFile.write(file, CertificateText.write(subject.certificate()));
    ClaimFiles.replace(file, claims.getOrDefault(subject.certificate().network(), List.of()));
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      writeAll(file(file, callee.getKey()), callee.getValue(), claims);
    }
  }
}
