package io.lipc.compiler.library;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Utf8;
import io.lipc.formats.Weights;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Networks that were compiled before, read from the resources that their jars carry: the
 * certificate, its origin, the weights.
 */
public final class CarriedNetworks implements Library {

  /** The reader of a jar's resources. */
  public interface Resources {

    /** A resource of the jar that carries {@code network}; empty where there is none. */
    Optional<byte[]> read(String network, String path);
  }

  private final Resources resources;

  /** Networks that several others call are read once. */
  private final Map<String, Result> known = new HashMap<>();

  /** Networks as {@code resources} carry them. */
  public CarriedNetworks(Resources resources) {
    this.resources = resources;
  }

  @Override
  public Result find(String network) {
    return find(network, Set.of());
  }

  private Result find(String network, Set<String> callers) {
    if (callers.contains(network)) {
      return new Result.Unreadable("its certificate calls itself");
    }
    Result result = known.get(network);
    if (result == null) {
      result = read(network, callers);
      known.put(network, result);
    }
    return result;
  }

  private Result read(String network, Set<String> callers) {
    Optional<byte[]> text = resources.read(network, Origin.certificateResource(network));
    if (text.isEmpty()) {
      return new Result.Unknown();
    }
    try {
      return read(network, text.get(), callers);
    } catch (FormatException e) {
      return new Result.Unreadable(e.getMessage());
    }
  }

  private Result read(String network, byte[] text, Set<String> callers) throws FormatException {
    Certificate certificate = CertificateText.read(text);
    if (!certificate.network().equals(network)) {
      return new Result.Unreadable("its certificate is about `" + certificate.network() + "`");
    }
    Optional<byte[]> originText = resources.read(network, Origin.resource(network));
    if (originText.isEmpty()) {
      return new Result.Unreadable("its origin is missing beside its certificate");
    }
    Origin origin = Origin.parse(Utf8.text(originText.get()));
    if (certificate.hasFreeWeights() && origin.weightsResource().isPresent()) {
      return new Result.Unreadable("its jar has weights, and its certificate is about free ones");
    }
    Weights weights = Weights.of(List.of());
    // The checker has to see weights that a certificate about free parameters does not name.
    if (!certificate.tensors().isEmpty() || origin.weightsResource().isPresent()) {
      Optional<byte[]> file =
          origin.weightsResource().flatMap(path -> resources.read(network, path));
      if (file.isEmpty()) {
        return new Result.Unreadable("its weights are not part of its jar");
      }
      weights = certificate.inItsFormat(Safetensors.read(file.get()));
    }
    Set<String> path = new TreeSet<>(callers);
    path.add(network);
    Map<String, Subject> callees = new HashMap<>();
    Optional<String> free = Optional.of(network).filter(_ -> certificate.hasFreeWeights());
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
        if (!(find(call.network(), path) instanceof Result.Found found)) {
          return new Result.Unreadable("it calls `" + call.network() + "`, which cannot be read");
        }
        callees.put(call.network(), found.callee().subject());
        free = free.or(() -> found.callee().signature().freeWeights());
      }
    }
    Subject subject = new Subject(certificate, Digest.of(text), weights, callees);
    return new Result.Found(new Callee(signature(certificate, free), subject, origin));
  }

  /** The signature of an unchecked certificate, which may have no input, or impossible sizes. */
  private static Signature signature(Certificate certificate, Optional<String> freeWeights)
      throws FormatException {
    try {
      return new Signature(
          certificate.network(),
          Shape.vector(certificate.inputSize()),
          Shape.vector(certificate.outputSize()),
          certificate
              .claim()
              .global()
              .map(
                  claim ->
                      new Property.Lipschitz(
                          claim.declared(), claim.norms().input(), claim.norms().output())),
          certificate.type(),
          freeWeights);
    } catch (NoSuchElementException | IllegalArgumentException e) {
      throw new FormatException("its certificate is not about vectors: " + e.getMessage());
    }
  }
}
