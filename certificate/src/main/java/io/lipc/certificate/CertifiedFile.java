package io.lipc.certificate;

import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import java.util.EnumMap;
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
   * The certificates of other claims that a safetensors file carries. {@link
   * io.lipc.certificate.further.FurtherClaims} decides which network they are about, and whether
   * they are true.
   *
   * @throws FormatException if the file is not one, or what it carries is not such a certificate
   */
  public static Map<ClaimKind, Certificate> further(byte[] file) throws FormatException {
    return further(Safetensors.metadata(file));
  }

  /**
   * The same, of a file that was read before.
   *
   * @throws FormatException if what the file carries is not such a certificate
   */
  public static Map<ClaimKind, Certificate> further(Safetensors.Contents file)
      throws FormatException {
    return further(file.metadata());
  }

  private static Map<ClaimKind, Certificate> further(Map<String, String> metadata)
      throws FormatException {
    Map<ClaimKind, Certificate> further = new EnumMap<>(ClaimKind.class);
    for (ClaimKind kind : ClaimKind.further()) {
      Optional<Certificate> carried = certificate(metadata, key(kind));
      if (carried.isPresent()) {
        if (carried.get().claim().kind() != kind) {
          throw new FormatException("what stands as " + key(kind) + " is another certificate");
        }
        further.put(kind, carried.get());
      }
    }
    return further;
  }

  /** The key under which the text of a network's certificate of a kind of claim stands. */
  public static String key(ClaimKind kind) {
    return kind == ClaimKind.LIPSCHITZ ? KEY : "lipc." + kind.word();
  }

  private static Optional<Certificate> certificate(Map<String, String> metadata, String key)
      throws FormatException {
    String text = metadata.get(key);
    return text == null ? Optional.empty() : Optional.of(CertificateText.read(text));
  }
}
