package io.lipc.runtime.loading;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The certificates that stand beside generated classes, as resources. */
public final class ShippedCertificates {

  private ShippedCertificates() {}

  /** Reads something from resources. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * Reads it.
     *
     * @throws FormatException if a resource is missing, another one than was compiled, or no
     *     certificate
     * @throws IOException if one cannot be read
     */
    T read() throws FormatException, IOException;
  }

  /**
   * The certificate that a class was compiled with.
   *
   * @param beside the class, whose class loader finds it
   * @param resource its name, from the root of the class path
   * @param digest the SHA-256 digest of its text, in lower-case hexadecimal digits
   * @throws FormatException if it is missing, another one, or none
   * @throws IOException if it cannot be read
   */
  public static Certificate compiled(Class<?> beside, String resource, String digest)
      throws FormatException, IOException {
    String text = text(beside, resource);
    if (!digest(text).hex().equals(digest)) {
      throw new FormatException(
          resource + " is not the certificate that this class was compiled with");
    }
    return read(resource, text);
  }

  /**
   * Whether a loaded network is the one that a certificate calls, or an instance of what its class
   * promises.
   *
   * @param call the call in the certificate
   * @param callee the loaded network, of the same name
   * @param type its class
   * @throws FormatException if the certificate of its class is needed and missing, or none
   * @throws IOException if that cannot be read
   */
  public static boolean isCallee(Unit.Call call, Subject callee, Class<?> type)
      throws FormatException, IOException {
    if (callee.digest().equals(call.certificate())) {
      return true;
    }
    String resource = resourceOf(call);
    String text = text(type, resource);
    return digest(text).equals(call.certificate())
        && Promise.broken(read(resource, text), callee.certificate()).isEmpty();
  }

  /** The resource of a called network, from the root of its class path. */
  public static String resourceOf(Unit.Call call) {
    return "META-INF/lipc/" + call.network() + ".json";
  }

  private static Certificate read(String resource, String text) throws FormatException {
    try {
      return CertificateText.read(text);
    } catch (FormatException e) {
      throw new FormatException(resource + ": " + e.getMessage());
    }
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Class<?> beside, String resource) throws FormatException, IOException {
    try (InputStream stream = beside.getResourceAsStream("/" + resource)) {
      if (stream == null) {
        throw new FormatException("the certificate resource " + resource + " is missing");
      }
      return decoded(resource, stream.readAllBytes());
    }
  }

  private static String decoded(String resource, byte[] content) throws FormatException {
    try {
      return Utf8.text(content);
    } catch (FormatException e) {
      throw new FormatException(resource + ": " + e.getMessage());
    }
  }
}
