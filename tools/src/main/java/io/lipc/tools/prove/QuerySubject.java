package io.lipc.tools.prove;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certifier.QuerySearch;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.compiler.reading.QueryReading;
import io.lipc.compiler.reading.UnfitQuery;
import io.lipc.linalg.Deadline;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.queries.Query;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.QueryFile;
import io.lipc.tools.local.Proved;
import java.io.PrintWriter;
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
    try {
      QueryReading.check(query, network);
    } catch (UnfitQuery unfit) {
      throw QueryFile.fault(file, unfit);
    }
    boolean calls = network.layers().stream().anyMatch(Layer.Call.class::isInstance);
    Map<String, Subject> callees =
        calls ? new Proved(networks, end.part(Proved.SHARE)).callees(network) : Map.of();
    List<Unit> units = UnitLists.of(network, callees);
    return new QuerySubject(
        QuerySearch.claimed(query, network, units, weighted.weights(), callees));
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
