package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads what a generated class runs on, and refuses whatever its certificate is not about.
 *
 * <p>The class carries the digest of its certificate, the certificate those of its tensors and of
 * the certificates of its callees: so a loaded network is the one that was certified. The proof
 * itself is not checked again here; {@link LipschitzNetwork#verify()} does that.
 */
public final class NetworkLoader {

  private static final String RECOMPILE =
      "compile the network again, and ship the class, META-INF/lipc and the weights together";
  private static final String RECERTIFY =
      "use the weights that the network was compiled with, or compile it again with these";

  private final Class<?> generated;
  private final String network;
  private final String certificateResource;
  private final String certificateDigest;

  /**
   * A loader for one generated class.
   *
   * @param generated the class, whose class loader finds the certificate
   * @param network the qualified name of the network
   * @param certificateResource the name of the certificate, from the root of the class path
   * @param certificateDigest the SHA-256 digest of its text, in lower-case hexadecimal digits
   */
  public NetworkLoader(
      Class<?> generated, String network, String certificateResource, String certificateDigest) {
    this.generated = generated;
    this.network = network;
    this.certificateResource = certificateResource;
    this.certificateDigest = certificateDigest;
  }

  /**
   * Reads the weights that ship with the class.
   *
   * @param resource what messages call them
   * @param stream their safetensors file, or null where it was not found; closed here
   * @param callees the networks that this one calls
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  @SuppressWarnings("exports") // Callers need not see the annotation that says "or null".
  public CertifiedParameters fromResource(
      String resource, @Nullable InputStream stream, LipschitzNetwork... callees) {
    if (stream == null) {
      throw fault("the weights resource " + resource + " is missing", RECOMPILE);
    }
    try (stream) {
      return parameters(Safetensors.read(stream.readAllBytes()), callees);
    } catch (FormatException e) {
      throw fault("weights " + resource + ": " + e.getMessage(), RECERTIFY, e);
    } catch (IOException e) {
      throw fault("weights " + resource + " cannot be read", "see the cause", e);
    }
  }

  /**
   * Reads the weights from a file.
   *
   * @param weights a safetensors file
   * @param callees the networks that this one calls
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public CertifiedParameters fromFile(Path weights, LipschitzNetwork... callees) {
    try {
      return parameters(Safetensors.read(weights), callees);
    } catch (FormatException e) {
      throw fault("weights " + weights + ": " + e.getMessage(), RECERTIFY, e);
    } catch (IOException e) {
      throw fault("weights " + weights + " cannot be read", "see the cause", e);
    }
  }

  /**
   * For a network that has no weights of its own.
   *
   * @param callees the networks that it calls
   * @throws NetworkLoadException if anything is missing or differs from what was certified
   */
  public CertifiedParameters withoutWeights(LipschitzNetwork... callees) {
    return parameters(Weights.of(List.of()), callees);
  }

  /**
   * Compares the code with the certificate: both are evaluated on a few inputs.
   *
   * @return {@code loaded} itself
   * @throws NetworkLoadException if they differ by more than rounding explains
   */
  public <N extends LipschitzNetwork> N checked(N loaded) {
    AgreementCheck.firstDifference(loaded)
        .ifPresent(
            difference -> {
              throw fault("the code disagrees with its certificate: " + difference, RECOMPILE);
            });
    return loaded;
  }

  private CertifiedParameters parameters(Weights found, LipschitzNetwork... callees) {
    String text = certificateText();
    Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
    if (!digest.hex().equals(certificateDigest)) {
      throw fault(
          certificateResource + " is not the certificate that this class was compiled with",
          RECOMPILE);
    }
    Certificate certificate;
    try {
      certificate = CertificateText.read(text);
    } catch (FormatException e) {
      throw fault(certificateResource + ": " + e.getMessage(), RECOMPILE, e);
    }
    return new CertifiedParameters(
        new Subject(
            certificate,
            digest,
            certifiedTensors(certificate, found),
            certifiedCallees(certificate, callees)));
  }

  private String certificateText() {
    try (InputStream stream = generated.getResourceAsStream("/" + certificateResource)) {
      if (stream == null) {
        throw fault("the certificate resource " + certificateResource + " is missing", RECOMPILE);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw fault(certificateResource + " cannot be read", "see the cause", e);
    }
  }

  /** The tensors of the certificate, rounded to its format; other tensors are left alone. */
  private Weights certifiedTensors(Certificate certificate, Weights found) {
    List<Tensor> tensors = new ArrayList<>(certificate.tensors().size());
    for (TensorRecord expected : certificate.tensors()) {
      Tensor tensor =
          found
              .tensor(expected.name())
              .orElseThrow(() -> fault("tensor `" + expected.name() + "` is missing", RECERTIFY));
      tensors.add(certifiedTensor(certificate, expected, tensor));
    }
    return Weights.of(tensors);
  }

  private Tensor certifiedTensor(Certificate certificate, TensorRecord expected, Tensor found) {
    if (!found.shape().equals(expected.shape())) {
      throw fault(
          "tensor `%s` has shape %s, certified was %s"
              .formatted(expected.name(), found.shape(), expected.shape()),
          RECERTIFY);
    }
    Tensor rounded;
    try {
      rounded = found.rounded(certificate.type());
    } catch (FormatException e) {
      throw fault("weights: " + e.getMessage(), RECERTIFY, e);
    }
    if (!rounded.digest().equals(expected.digest())) {
      throw fault(
          "tensor `%s` is not the one that was certified (%s, certified was %s)"
              .formatted(expected.name(), rounded.digest(), expected.digest()),
          RECERTIFY);
    }
    return rounded;
  }

  private Map<String, Subject> certifiedCallees(
      Certificate certificate, LipschitzNetwork... callees) {
    Map<String, Subject> byName = new TreeMap<>();
    for (LipschitzNetwork callee : callees) {
      byName.put(callee.certificate().network(), callee.subject());
    }
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Call call) {
        Subject callee = byName.get(call.network());
        if (callee == null || !callee.digest().equals(call.certificate())) {
          throw fault(
              call.network() + " is not the network that was certified as its callee",
              "compile both networks again");
        }
      }
    }
    return byName;
  }

  private NetworkLoadException fault(String fault, String help) {
    return new NetworkLoadException(network, fault, help);
  }

  private NetworkLoadException fault(String fault, String help, Throwable cause) {
    return new NetworkLoadException(network, fault, help, cause);
  }
}
