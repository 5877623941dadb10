package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Certificates as files, with those of the networks that they call beside them. */
public final class CertificateFiles {

  private final ModelNetworks networks;

  /** Networks that several others call are read once. */
  private final Map<Path, Subject> known = new HashMap<>();

  public CertificateFiles(ModelNetworks networks) {
    this.networks = networks;
  }

  /** The certificate of {@code file}, with the weights of the model. */
  public Subject subject(Path file) throws InputError {
    return subject(file, Set.of());
  }

  private Subject subject(Path file, Set<String> callers) throws InputError {
    Subject subject = known.get(file);
    if (subject == null) {
      subject = read(file, callers);
      known.put(file, subject);
    }
    return subject;
  }

  private Subject read(Path file, Set<String> callers) throws InputError {
    try {
      byte[] content = Files.readAllBytes(file);
      boolean carried = isWeights(file);
      Certificate read = carried ? carried(file, content) : text(content);
      Set<String> path = new TreeSet<>(callers);
      if (!path.add(read.network())) {
        throw new InputError("the certificate of " + read.network() + " calls itself");
      }
      Weights weights =
          carried && networks.hasFreeWeights(read.network())
              ? Safetensors.read(content)
              : networks.weights(read.network());
      Map<String, Subject> callees = new HashMap<>();
      for (Unit unit : read.units()) {
        if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
          callees.put(call.network(), subject(Callees.file(file, call.network()), path));
        }
      }
      return new Subject(read, CertificateText.digest(read), weights, callees);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (FormatException e) {
      throw new InputError(file + " is not a certificate: " + e.getMessage());
    }
  }

  /** Whether a file is one of weights, which carry their certificate. */
  public static boolean isWeights(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  private static Certificate text(byte[] content) throws FormatException {
    return CertificateText.read(new String(content, StandardCharsets.UTF_8));
  }

  /** Trained weights carry their certificate. */
  private static Certificate carried(Path file, byte[] content) throws FormatException, InputError {
    return CertifiedFile.certificate(content)
        .orElseThrow(() -> new InputError(file + " carries no certificate"));
  }
}
