package io.lipc.compiler.reading;

import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Signature;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The first phases alone, for those who have a certificate already: check and read weights. */
public final class NetworkReader {

  private NetworkReader() {}

  /** A network with its weights, in its own precision. */
  public record Weighted(CheckedNetwork checked, Weights weights) {}

  /** The networks that have no faults, by name; those that call a faulty one are left out too. */
  public static Map<String, Weighted> read(List<Declaration> declarations, FileFinder files) {
    Map<String, Declaration> byName = new TreeMap<>();
    declarations.forEach(declaration -> byName.put(declaration.name(), declaration));
    Map<String, Weighted> read = new TreeMap<>();
    Map<String, Signature> signatures = new TreeMap<>();
    for (String name : CallOrder.of(declarations).order()) {
      Declaration declaration = Objects.requireNonNull(byName.get(name));
      DeclarationChecker.Outcome outcome =
          DeclarationChecker.check(declaration, scope(declaration, signatures));
      Optional<CheckedNetwork> checked = outcome.network();
      if (checked.isPresent()
          && WeightsPhase.read(checked.get(), files)
              instanceof Phase.Done<WeightsPhase.Weighted> done) {
        read.put(name, new Weighted(done.value().checked(), done.value().weights()));
        signatures.put(name, Signature.of(checked.get().network(), signatures));
      }
    }
    return read;
  }

  private static Scope scope(Declaration declaration, Map<String, Signature> read) {
    return new Scope() {
      @Override
      public Lookup lookup(String name) {
        Signature callee = read.get(CallOrder.qualify(name, declaration));
        return callee == null ? new Lookup.Unknown() : new Lookup.Found(callee);
      }

      @Override
      public Set<String> names() {
        return read.keySet();
      }
    };
  }
}
