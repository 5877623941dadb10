package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Utf8;
import io.lipc.formats.Weights;
import io.lipc.tools.command.ClaimWords;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The certificates of compiled modules, with their weights and the networks that they call. */
public final class ModuleCertificates {

  /** The first that has a resource gives it, as a class loader does. */
  private final List<CompiledModule> modules;

  private final WeightFiles given;

  /** Networks that several others call are read once. */
  private final Map<String, Carried> known = new HashMap<>();

  /**
   * The certificates of {@code modules}.
   *
   * @param given weights that the modules lack
   */
  public ModuleCertificates(List<CompiledModule> modules, WeightFiles given) {
    this.modules = List.copyOf(modules);
    this.given = given;
  }

  /** The files of a network, which are read once. */
  public Carried find(String network) {
    return find(network, Set.of());
  }

  private Carried find(String network, Set<String> callers) {
    Carried carried = known.get(network);
    if (carried == null) {
      carried = load(network, callers);
      known.put(network, carried);
    }
    return carried;
  }

  private Carried load(String network, Set<String> callers) {
    Set<String> path = new TreeSet<>(callers);
    if (!path.add(network)) {
      return new Carried.Unreadable("it calls itself");
    }
    try {
      return read(network, path);
    } catch (FormatException | IllegalArgumentException e) {
      return new Carried.Unreadable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Carried.Unreadable("it cannot be unpacked: " + e.getMessage());
    }
  }

  private Carried read(String network, Set<String> path) throws IOException, FormatException {
    byte[] text = resource(Origin.certificateResource(network));
    Certificate certificate = CertificateText.read(text);
    if (!certificate.network().equals(network)) {
      return new Carried.Unreadable("it is about " + certificate.network());
    }
    if (!certificate.claim().kind().standsAlone()) {
      return new Carried.Unreadable(
          "it is about " + ClaimWords.of(certificate.claim().kind()) + ", not about a bound");
    }
    Map<String, Subject> callees = new HashMap<>();
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
        switch (find(call.network(), path)) {
          case Carried.Whole callee -> callees.put(call.network(), callee.subject());
          case Carried.WithoutWeights callee -> {
            return new Carried.WithoutWeights(certificate, callee.missing());
          }
          case Carried.Unreadable callee -> {
            return new Carried.Unreadable("it calls " + call.network() + ": " + callee.reason());
          }
        }
      }
    }
    Optional<Origin> origin = origin(network);
    Optional<Weights> weights = weights(certificate, origin);
    if (weights.isEmpty()) {
      return new Carried.WithoutWeights(certificate, missing(network, origin));
    }
    Subject subject = new Subject(certificate, Digest.of(text), weights.get(), callees);
    return new Carried.Whole(subject, origin, further(network));
  }

  /** Weights beside a certificate that names none are read, too: the checker has to see them. */
  private Optional<Weights> weights(Certificate certificate, Optional<Origin> origin)
      throws IOException, FormatException {
    Optional<String> name = origin.flatMap(Origin::weightsResource);
    Optional<byte[]> carried = name.isPresent() ? lookUp(name.get()) : Optional.empty();
    if (carried.isPresent()) {
      if (certificate.hasFreeWeights()) {
        throw new FormatException("it is about free parameters, and the module has weights");
      }
      return Optional.of(certificate.inItsFormat(Safetensors.read(carried.get())));
    }
    return given.weights(certificate);
  }

  private static String missing(String network, Optional<Origin> origin) {
    return "the weights of "
        + network
        + origin
            .flatMap(Origin::weightsResource)
            .map(name -> ", " + Quoted.of(name) + ",")
            .orElse("")
        + " are not in the module";
  }

  private Optional<Origin> origin(String network) throws IOException, FormatException {
    Optional<byte[]> text = lookUp(Origin.resource(network));
    return text.isEmpty() ? Optional.empty() : Optional.of(Origin.parse(Utf8.text(text.get())));
  }

  private Map<ClaimKind, Certificate> further(String network) throws IOException, FormatException {
    Map<ClaimKind, Certificate> further = new EnumMap<>(ClaimKind.class);
    for (ClaimKind kind : ClaimKind.further()) {
      String name = kind.resource(network);
      Optional<byte[]> text = lookUp(name);
      if (text.isPresent()) {
        Certificate read = CertificateText.read(text.get());
        if (read.claim().kind() != kind) {
          throw new FormatException(Quoted.of(name) + " is about " + read.claim().kind().word());
        }
        further.put(kind, read);
      }
    }
    return further;
  }

  private byte[] resource(String name) throws IOException, FormatException {
    return lookUp(name)
        .orElseThrow(
            () ->
                new FormatException(
                    "there is no " + Quoted.of(name) + " in the module or its class path"));
  }

  private Optional<byte[]> lookUp(String name) throws IOException, FormatException {
    for (CompiledModule module : modules) {
      Optional<byte[]> found = module.find(name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
