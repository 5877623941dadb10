package io.lipc.dsl;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Network;
import io.lipc.model.Signature;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tests do with a text: parse it and check what it declares, callees before callers. */
record Checks(Map<String, Network> networks, List<TextFinding> findings) {

  static SourceText source(String text) {
    return new SourceText("test.lip", text);
  }

  static Checks of(String text) {
    return of(source(text));
  }

  static Checks of(SourceText source) {
    ParsedFile file = LipParser.parse(source);
    List<TextFinding> findings = new ArrayList<>(file.findings());
    findings.addAll(file.warnings());
    Map<String, Network> networks = new LinkedHashMap<>();
    Map<String, Signature> signatures = new HashMap<>();
    for (ParsedNetwork parsed : file.networks()) {
      DeclarationChecker.Outcome outcome =
          DeclarationChecker.check(parsed.declaration(), new Earlier(signatures, file.faulty()));
      outcome.findings().forEach(finding -> findings.add(parsed.positions().locate(finding)));
      outcome
          .network()
          .map(CheckedNetwork::network)
          .ifPresent(
              network -> {
                networks.put(network.name(), network);
                signatures.put(network.name(), Signature.of(network, signatures));
              });
    }
    return new Checks(networks, findings);
  }

  private record Earlier(Map<String, Signature> networks, Set<String> faulty) implements Scope {
    @Override
    public Lookup lookup(String name) {
      if (faulty.contains(name)) {
        return new Lookup.Faulty();
      }
      Signature found = networks.get(name);
      return found == null ? new Lookup.Unknown() : new Lookup.Found(found);
    }

    @Override
    public Set<String> names() {
      return networks.keySet();
    }
  }
}
