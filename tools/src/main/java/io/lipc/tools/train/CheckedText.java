package io.lipc.tools.train;

import io.lipc.compiler.reading.CallOrder;
import io.lipc.compiler.reading.Phase;
import io.lipc.compiler.reading.QueryPhase;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Signature;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import io.lipc.model.diagnostic.Finding;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.FolderFiles;
import io.lipc.tools.files.ImportedTexts;
import io.lipc.tools.files.Model;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks of a text and of those that it imports, checked before there are any weights. */
final class CheckedText {

  private final Model.Text text;
  private final Map<String, DeclarationChecker.Outcome> outcomes = new TreeMap<>();
  private final Map<String, Signature> signatures = new TreeMap<>();

  private CheckedText(Model.Text text) {
    this.text = text;
  }

  static CheckedText of(Model.Text text) {
    CheckedText checked = new CheckedText(text);
    Map<String, Declaration> declarations =
        Stream.of(ImportedTexts.of(text).networks(), text.parsed().networks())
            .flatMap(List::stream)
            .map(ParsedNetwork::declaration)
            .collect(Collectors.toMap(Declaration::name, one -> one, (first, _) -> first));
    for (String name : CallOrder.of(declarations.values()).order()) {
      Declaration declaration = declarations.get(name);
      if (declaration != null) {
        checked.check(declaration);
      }
    }
    return checked;
  }

  private void check(Declaration declaration) {
    DeclarationChecker.Outcome outcome =
        withQuery(DeclarationChecker.check(declaration, new Earlier(declaration)));
    outcomes.put(declaration.name(), outcome);
    outcome
        .network()
        .map(CheckedNetwork::network)
        .ifPresent(one -> signatures.put(one.name(), Signature.of(one, signatures)));
  }

  /** The same with the query that the network declares, if it can be read. */
  private DeclarationChecker.Outcome withQuery(DeclarationChecker.Outcome outcome) {
    return outcome
        .network()
        .map(
            network ->
                switch (QueryPhase.read(network, new FolderFiles(text.folder()))) {
                  case Phase.Done<CheckedNetwork>(CheckedNetwork read) ->
                      new DeclarationChecker.Outcome(
                          Optional.of(read), outcome.findings(), outcome.warnings());
                  case Phase.Failed<CheckedNetwork>(List<Finding> findings) ->
                      new DeclarationChecker.Outcome(
                          Optional.empty(), findings, outcome.warnings());
                })
        .orElse(outcome);
  }

  /** The networks that were checked before, by the names by which a declaration calls them. */
  private final class Earlier implements Scope {

    private final Declaration caller;

    Earlier(Declaration caller) {
      this.caller = caller;
    }

    @Override
    public Lookup lookup(String name) {
      String qualified = CallOrder.qualify(name, caller);
      Signature signature = signatures.get(qualified);
      if (signature != null) {
        return new Lookup.Found(signature);
      }
      return outcomes.containsKey(qualified) ? new Lookup.Faulty() : new Lookup.Unknown();
    }

    @Override
    public Set<String> names() {
      return outcomes.keySet();
    }
  }

  /** A network without faults. */
  Optional<CheckedNetwork> network(String name) {
    return Optional.ofNullable(outcomes.get(name)).flatMap(DeclarationChecker.Outcome::network);
  }

  /** All networks without faults. */
  List<CheckedNetwork> networks() {
    return outcomes.values().stream()
        .map(DeclarationChecker.Outcome::network)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * A network of the text.
   *
   * @throws InputError with all faults of the text: one of its other networks may be the reason
   */
  CheckedNetwork faultless(ParsedNetwork parsed) throws InputError {
    DeclarationChecker.Outcome outcome = outcomes.get(parsed.declaration().name());
    if (outcome != null && outcome.network().isPresent()) {
      return outcome.network().get();
    }
    String faults =
        text.parsed().networks().stream().flatMap(this::faults).collect(Collectors.joining("\n"));
    throw new InputError(
        text.source().name()
            + (faults.isEmpty()
                ? " calls a network of another text that has faults"
                : " has faults:\n" + faults));
  }

  private Stream<String> faults(ParsedNetwork parsed) {
    return Optional.ofNullable(outcomes.get(parsed.declaration().name()))
        .map(DeclarationChecker.Outcome::findings)
        .stream()
        .flatMap(Collection::stream)
        .map(parsed.positions()::locate)
        .map(finding -> TextRenderer.render(text.source(), finding));
  }
}
