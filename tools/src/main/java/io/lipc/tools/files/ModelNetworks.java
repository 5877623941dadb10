package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.formats.ElementType;
import io.lipc.formats.OneLine;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
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
public final class ModelNetworks {

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

  Weights weights(String network) throws InputError {
    return find(network).weights();
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
      throw new InputError(file + " declares no network");
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
              ? file + " holds no network " + network + " without faults; `lipc check` says more"
              : OneLine.of(
                  file
                      + " holds no network "
                      + network
                      + ", which the certificate is about; it holds "
                      + (declared.isEmpty() ? "none" : String.join(", ", declared))
                      + (isText ? "" : ", since such a model is called after its file")));
    }
    return found;
  }

  /** Whether a network's weights are not of the model, but brought by whoever runs it. */
  boolean hasFreeWeights(String network) throws InputError {
    return find(network).checked().network().hasFreeWeights();
  }

  /**
   * How the certificate differs from the model's network of the same name, or that of a callee from
   * the network that is called; nothing is computed. Empty if none does: then a bound of the one is
   * a bound of the other. Only the outermost certificate may be about some outputs; then it ends
   * with their selection.
   */
  public Optional<String> difference(Subject subject) throws InputError {
    List<Unit> units = subject.certificate().units();
    boolean some = ModelUnits.selection(subject.certificate()).isPresent();
    return difference(subject, some ? units.subList(0, units.size() - 1) : units, new TreeSet<>());
  }

  private Optional<String> difference(Subject subject, List<Unit> units, Set<String> seen)
      throws InputError {
    Optional<String> difference = difference(subject.certificate(), units);
    for (Map.Entry<String, Subject> callee : new TreeMap<>(subject.callees()).entrySet()) {
      Certificate called = callee.getValue().certificate();
      if (difference.isEmpty() && !called.network().equals(callee.getKey())) {
        difference = Optional.of("it takes " + called.network() + " for " + callee.getKey());
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
    CheckedNetwork model = find(certificate.network()).checked();
    ElementType type = ModelUnits.type(model.network().precision());
    if (certificate.type() != type) {
      return Optional.of(
          "the model's numbers are %s, and the certificate is about %s"
              .formatted(type, certificate.type()));
    }
    Optional<String> difference = ModelUnits.difference(model, units);
    return difference.isEmpty() && certificate.hasFreeWeights() && !model.network().hasFreeWeights()
        ? Optional.of("it is about free parameters, and the model's weights are given")
        : difference;
  }
}
