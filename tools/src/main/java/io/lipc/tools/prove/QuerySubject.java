package io.lipc.tools.prove;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.query.QueryUnits;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certifier.QuerySearch;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.queries.Element;
import io.lipc.queries.Query;
import io.lipc.queries.QueryFault;
import io.lipc.queries.Tensor;
import io.lipc.queries.Tensor.Role;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.QueryFile;
import io.lipc.tools.local.Proved;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A query about a network. It stands apart as a command's own methods name no class of {@code
 * io.lipc.certifier}: picocli asks for them, so that each command would load these.
 *
 * @param claimed that no input satisfies it, which nobody has checked
 */
record QuerySubject(Subject claimed) {

  /**
   * A query about a network of a model.
   *
   * @param file of the query
   * @throws InputError if they do not fit together
   */
  static QuerySubject of(ModelNetworks networks, String name, Path file, Query query, Deadline end)
      throws InputError {
    NetworkReader.Weighted weighted = networks.weighted(name);
    Network network = weighted.checked().network();
    if (network.hasFreeWeights()) {
      throw new InputError(
          network.name() + " has free parameters: what a query asks depends on their values");
    }
    check(file, query, Role.INPUT, network.input().shape().size(), name);
    check(file, query, Role.OUTPUT, network.outputShape().size(), name);
    boolean calls = network.layers().stream().anyMatch(Layer.Call.class::isInstance);
    Map<String, Subject> callees =
        calls ? new Proved(networks, end.part(Proved.SHARE)).callees(network) : Map.of();
    List<Unit> units = UnitLists.of(network, callees);
    if (units.getFirst() instanceof Unit.Input input && input.box().isPresent()) {
      checkWithin(file, query, input.box().get(), name);
    }
    return new QuerySubject(
        QuerySearch.claimed(query, network, units, weighted.weights(), callees));
  }

  private static void check(Path file, Query query, Role role, int size, String name)
      throws InputError {
    Tensor tensor = query.networks().getFirst().tensors(role).getFirst();
    if (tensor.size() != size) {
      throw QueryFile.fault(
          file,
          QueryFault.SHAPE,
          "%s has %d elements, and the %s of %s has %d"
              .formatted(tensor.name(), tensor.size(), role.word(), name, size));
    }
  }

  /** A network is not known where it is not declared. */
  private static void checkWithin(Path file, Query query, Unit.Box declared, String name)
      throws InputError {
    Unit.Box box = QueryUnits.box(query);
    for (int i = 0; i < box.lower().size(); i++) {
      boolean isBelow = box.lower().get(i) < declared.lower().get(i);
      if (isBelow || box.upper().get(i) > declared.upper().get(i)) {
        String element = query.nameOf(new Element(0, i));
        // To the last digit, as a query's numbers are exact.
        String end =
            new BigDecimal((isBelow ? declared.lower() : declared.upper()).get(i)).toPlainString();
        throw new InputError(
            "[query-box] %s: %s is in %s, and %s declares %s; assert `(%s %s %s)`, or declare a wider interval"
                .formatted(
                    Quoted.of(file.toString()),
                    element,
                    interval(box, i),
                    name,
                    interval(declared, i),
                    isBelow ? ">=" : "<=",
                    element,
                    end));
      }
    }
  }

  private static String interval(Unit.Box box, int i) {
    return "[%s, %s]"
        .formatted(Decimals.plain(box.lower().get(i)), Decimals.plain(box.upper().get(i)));
  }

  /**
   * The answer.
   *
   * @param file of the known parts
   * @param start these parts
   * @throws InputError if they are no parts of the box of the query
   */
  Answered answered(int parts, TreeFile file, BoxTree start, Deadline end, PrintWriter err)
      throws InputError {
    try (SearchProgress progress = SearchProgress.on(err)) {
      return new Answered(
          claimed,
          QuerySearch.answer(claimed, new QuerySearch.Work(parts, start, end, progress::cuts)));
    } catch (Rejection unfit) {
      if (start instanceof BoxTree.Leaf) {
        throw new InputError("the query cannot be asked about this network: " + unfit.getMessage());
      }
      throw file.unfit(unfit);
    }
  }
}
