package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.formats.ElementType;
import io.lipc.formats.OneLine;
import io.lipc.formats.Quoted;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Property;
import io.lipc.tools.command.InputError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The networks of a model with their weights, read without any search for proofs. */
public final class ModelNetworks implements CertificateFiles.Supply {

  private final Path file;
  private final boolean isText;
  private final Map<String, NetworkReader.Weighted> networks = new TreeMap<>();

  /** The names of all networks, those included that have faults. */
  private final Set<String> declared = new TreeSet<>();

  private ModelNetworks(Path file, boolean isText) {
    this.file = file;
    this.isText = isText;
  }

  /** Reads the networks of a model with their weights. */
  public static ModelNetworks read(Model model, Path file) {
    ModelNetworks networks = new ModelNetworks(file, model instanceof Model.Text);
    switch (model) {
      case Model.Text text -> networks.read(text);
      case Model.Whole whole -> networks.networks.put(whole.name(), whole.network());
    }
    networks.declared.addAll(networks.networks.keySet());
    return networks;
  }

  private void read(Model.Text text) {
    ImportedTexts imported = ImportedTexts.of(text);
    List<Declaration> declarations =
        Stream.of(imported.networks(), text.parsed().networks())
            .flatMap(List::stream)
            .map(ParsedNetwork::declaration)
            .toList();
    declarations.forEach(declaration -> declared.add(declaration.name()));
    declared.addAll(imported.faulty());
    declared.addAll(text.parsed().faulty());
    networks.putAll(NetworkReader.read(declarations, new FolderFiles(text.folder())));
  }

  /** The weights of the network that a certificate is about. */
  @Override
  public Optional<Weights> weights(Certificate certificate) throws InputError {
    return Optional.of(match(certificate).weights());
  }

  /** The model's name for the network that a certificate is about. */
  public String name(Certificate certificate) throws InputError {
    return match(certificate).checked().network().name();
  }

  /**
   * The properties that the certificate's network asks for; a certificate of some outputs is about
   * less.
   */
  public List<Property> properties(Certificate certificate) throws InputError {
    return ModelUnits.part(certificate).isEmpty()
        ? match(certificate).checked().network().properties()
        : List.of();
  }

  /**
   * The network that a certificate is about: that of its name, else the one with its units. A model
   * that is called after its file, or has moved to another package, is still the same; whether its
   * weights are, is for the checker.
   */
  private NetworkReader.Weighted match(Certificate certificate) throws InputError {
    if (declared.contains(certificate.network())) {
      return find(certificate.network());
    }
    if (!isText) {
      return networks.values().iterator().next();
    }
    List<Unit> units = whole(certificate);
    List<NetworkReader.Weighted> same =
        networks.values().stream()
            .filter(network -> ModelUnits.difference(network.checked(), units).isEmpty())
            .toList();
    return same.size() == 1 ? same.getFirst() : find(certificate.network());
  }

  /** The units of a certificate, without those that end one about a part of the outputs. */
  private static List<Unit> whole(Certificate certificate) {
    return ModelUnits.part(certificate).map(ModelUnits.Part::network).orElse(certificate.units());
  }

  /**
   * A network with its weights.
   *
   * @throws InputError if it is not there, or has faults
   */
  public NetworkReader.Weighted weighted(String network) throws InputError {
    return find(network);
  }

  /** A network without faults. */
  public Optional<CheckedNetwork> checked(String network) {
    return Optional.ofNullable(networks.get(network)).map(NetworkReader.Weighted::checked);
  }

  /**
   * All networks of the model, by name.
   *
   * @throws InputError if one of them has faults, or there is none
   */
  public Map<String, CheckedNetwork> withoutFaults() throws InputError {
    for (String name : declared) {
      find(name);
    }
    if (networks.isEmpty()) {
      throw new InputError(Quoted.of(file.toString()) + " declares no network");
    }
    Map<String, CheckedNetwork> all = new TreeMap<>();
    networks.forEach((name, network) -> all.put(name, network.checked()));
    return all;
  }

  private NetworkReader.Weighted find(String network) throws InputError {
    NetworkReader.Weighted found = networks.get(network);
    if (found == null) {
      throw new InputError(
          declared.contains(network)
              ? Quoted.of(file.toString())
                  + " holds no network "
                  + network
                  + " without faults; `lipc check` says more"
              : OneLine.of(
                  Quoted.of(file.toString())
                      + " holds no network "
                      + network
                      + ", which the certificate is about; it holds "
                      + (declared.isEmpty() ? "none" : String.join(", ", declared))
                      + ", none with the same layers"));
    }
    return found;
  }

  /** Whether a network's weights are not the model's, but are given when it runs. */
  @Override
  public boolean isCarried(Certificate certificate) throws InputError {
    return match(certificate).checked().network().hasFreeWeights();
  }

  /**
   * The difference of the certificate from the model's network, or that of a callee from the
   * network that is called, as a clause; nothing is computed. Empty if none does: then a bound of
   * the one is a bound of the other. Only the outermost certificate may be about some outputs, or
   * their differences; then it ends with the units of these.
   */
  public Optional<String> difference(Subject subject) throws InputError {
    return difference(subject, whole(subject.certificate()), new TreeSet<>());
  }

  private Optional<String> difference(Subject subject, List<Unit> units, Set<String> seen)
      throws InputError {
    Optional<String> difference = difference(subject.certificate(), units);
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      Certificate called = callee.getValue().certificate();
      if (difference.isEmpty() && !called.network().equals(callee.getKey())) {
        difference = ModelUnits.other("it takes " + called.network() + " for " + callee.getKey());
      }
      if (difference.isEmpty() && seen.add(called.network())) {
        difference =
            difference(callee.getValue(), called.units(), seen)
                .map(other -> called.network() + ": " + other);
      }
    }
    return difference;
  }

  private Optional<String> difference(Certificate certificate, List<Unit> units) throws InputError {
    CheckedNetwork model = match(certificate).checked();
    ElementType type = model.network().precision();
    if (certificate.type() != type) {
      return ModelUnits.other(
          "the model's numbers are %s, and the certificate is about %s"
              .formatted(type, certificate.type()));
    }
    Optional<String> difference = ModelUnits.difference(model, units);
    return difference.isEmpty() && certificate.hasFreeWeights() && !model.network().hasFreeWeights()
        ? ModelUnits.other("it is about free parameters, and the model's weights are given")
        : difference;
  }
}
