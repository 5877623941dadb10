package io.lipc.compiler.library;

import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.CallOrder;
import io.lipc.compiler.reading.Request;
import io.lipc.model.Declaration;
import io.lipc.model.check.Scope;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The networks that can be called: those of this run, as far as they are proved, and those of the
 * library.
 */
public final class NetworkScope {

  private final Map<String, Request> requests = new TreeMap<>();
  private final Set<String> faulty;
  private final Library library;
  private final Map<String, Library.Result> known = new HashMap<>();
  private final Map<String, Callee> proved = new HashMap<>();

  private NetworkScope(Set<String> faulty, Library library) {
    this.faulty = faulty;
    this.library = library;
  }

  /** The scope of one compilation. */
  public static NetworkScope of(Batch batch, Library library) {
    NetworkScope scope = new NetworkScope(batch.faulty(), library);
    batch.requests().forEach(request -> scope.requests.put(request.declaration().name(), request));
    return scope;
  }

  /**
   * Examines every network after those that it calls; networks that call themselves are refused.
   */
  public List<Examination> visit(Function<Request, Examination> examine) {
    CallOrder.Result order = CallOrder.of(declarations());
    Set<String> circular = new HashSet<>();
    order.cycles().forEach(circular::addAll);
    Map<String, Examination> examinations = new TreeMap<>();
    for (List<String> cycle : order.cycles()) {
      Finding finding = new Finding(new Place.OfNetwork(), Diagnostics.callCycle(cycle));
      examinations.put(
          cycle.getFirst(), Examination.Refused.because(cycle.getFirst(), List.of(finding)));
    }
    for (String network : order.order()) {
      if (circular.contains(network)) {
        examinations.putIfAbsent(network, Examination.Refused.because(network, List.of()));
        continue;
      }
      Examination examination = examine.apply(Objects.requireNonNull(requests.get(network)));
      if (examination instanceof Examination.Proved success) {
        proved.put(network, success.callee());
      }
      examinations.put(network, examination);
    }
    return List.copyOf(examinations.values());
  }

  /** All declarations of this run. */
  public Collection<Declaration> declarations() {
    return requests.values().stream().map(Request::declaration).toList();
  }

  private boolean isOurs(String network) {
    return requests.containsKey(network) || faulty.contains(network);
  }

  /** Read once: a callee's weights may be large. */
  private Library.Result inLibrary(String network) {
    return known.computeIfAbsent(network, library::find);
  }

  /** Whether a network comes from elsewhere, so that its certificate is not checked yet. */
  public boolean isForeign(String network) {
    return !isOurs(network);
  }

  /** The network of that qualified name, if it can be called. */
  public Optional<Callee> find(String network) {
    return isOurs(network)
        ? Optional.ofNullable(proved.get(network))
        : Library.callee(inLibrary(network));
  }

  /** The scope as a declaration sees it. */
  public Scope of(Declaration declaration) {
    return new Scope() {
      @Override
      public Lookup lookup(String name) {
        String network = CallOrder.qualify(name, declaration);
        Optional<Callee> callee = find(network);
        if (callee.isPresent()) {
          return new Lookup.Found(callee.get().signature());
        }
        if (isOurs(network)) {
          return new Lookup.Faulty();
        }
        return inLibrary(network) instanceof Library.Result.Unreadable unreadable
            ? new Lookup.Unreadable(unreadable.reason())
            : new Lookup.Unknown();
      }

      @Override
      public Set<String> names() {
        return requests.keySet().stream()
            .filter(name -> !name.equals(declaration.name()))
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
      }
    };
  }
}
