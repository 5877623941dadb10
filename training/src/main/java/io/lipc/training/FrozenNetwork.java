package io.lipc.training;

import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Subject;
import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Rounded weights with their proof.
 *
 * @param subject the weights, and a certificate that the checker has accepted
 */
public record FrozenNetwork(Subject subject) {

  /** The proved bound, l2 to l2, of the network with exactly these weights. */
  public double bound() {
    return subject.certificate().bound();
  }

  /** A safetensors file that carries its certificate. */
  public byte[] file() {
    return CertifiedFile.write(subject.certificate(), subject.weights());
  }

  /**
   * Writes {@link #file()}, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, file());
  }
}
