package io.lipc.certificate;

import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A safetensors file that carries the certificate of its own tensors, as the text {@value #KEY} of
 * its metadata: trained weights and the proof about them cannot be parted. Other programs read the
 * tensors and pass over the metadata.
 */
public final class CertifiedFile {

  /** The key in a safetensors file's metadata under which the text of its certificate stands. */
  public static final String KEY = "lipc.certificate";

  /** The key under which the text of the certificate of its outputs' pairs stands, if any. */
  public static final String PAIRS = "lipc.pairs";

  private CertifiedFile() {}

  /**
   * The bytes of a safetensors file that holds the weights and, in its metadata, their certificate.
   */
  public static byte[] write(Certificate certificate, Weights weights) {
    return Safetensors.write(
        weights, new TreeMap<>(Map.of(KEY, CertificateText.write(certificate))));
  }

  /**
   * The certificate that a safetensors file carries, if it does. Whether it is true, and about
   * these tensors, is for the checker to say.
   *
   * @throws FormatException if the file is not one, or what it carries is not a certificate
   */
  public static Optional<Certificate> certificate(byte[] file) throws FormatException {
    return certificate(Safetensors.metadata(file), KEY);
  }

  /**
   * The certificate that a safetensors file carries, as {@link #certificate(byte[])} gives it, for
   * a file that was read before.
   *
   * @throws FormatException if what the file carries is not a certificate
   */
  public static Optional<Certificate> certificate(Safetensors.Contents file)
      throws FormatException {
    return certificate(file.metadata(), KEY);
  }

  /**
   * The certificate of the pairs of outputs that a safetensors file carries, if it does. {@link
   * io.lipc.certificate.margin.PairBounds} decides which network it is about, and whether it is
   * true.
   *
   * @throws FormatException if the file is not one, or what it carries is not a certificate
   */
  public static Optional<Certificate> pairs(byte[] file) throws FormatException {
    return certificate(Safetensors.metadata(file), PAIRS);
  }

  /**
   * The same, of a file that was read before.
   *
   * @throws FormatException if what the file carries is not a certificate
   */
  public static Optional<Certificate> pairs(Safetensors.Contents file) throws FormatException {
    return certificate(file.metadata(), PAIRS);
  }

  private static Optional<Certificate> certificate(Map<String, String> metadata, String key)
      throws FormatException {
    String text = metadata.get(key);
    return text == null ? Optional.empty() : Optional.of(CertificateText.read(text));
  }
}
