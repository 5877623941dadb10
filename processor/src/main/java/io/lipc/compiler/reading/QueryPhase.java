package io.lipc.compiler.reading;

import io.lipc.linalg.Late;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.QueryDiagnostics;
import io.lipc.queries.Query;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the query that a network declares, and holds it against the network. */
public final class QueryPhase {

  private QueryPhase() {}

  /** The network with its query read, or the reason why it cannot be asked. */
  public static Phase<CheckedNetwork> read(CheckedNetwork checked, FileFinder files) {
    List<Property> properties = new ArrayList<>();
    for (Property property : checked.network().properties()) {
      if (property instanceof Property.Query query) {
        switch (asked(query, checked.network(), files)) {
          case Phase.Done<Query>(Query asked) ->
              properties.add(new Property.Query(query.file(), Optional.of(asked)));
          case Phase.Failed<Query>(List<Finding> findings) -> {
            return Phase.failed(findings);
          }
        }
      } else {
        properties.add(property);
      }
    }
    return Phase.done(
        properties.equals(checked.network().properties()) ? checked : with(checked, properties));
  }

  private static CheckedNetwork with(CheckedNetwork checked, List<Property> properties) {
    Network network = checked.network();
    return new CheckedNetwork(
        new Network(
            network.name(), properties, network.weights(), network.precision(), network.layers()),
        checked.stepNames(),
        checked.documentation(),
        checked.inputs());
  }

  private static Phase<Query> asked(Property.Query query, Network network, FileFinder files) {
    return switch (files.find(network.packageName(), query.file())) {
      case FileFinder.Result.NotFound missing ->
          failed(query, QueryDiagnostics.notFound(query, files.roots(), missing.reason()));
      case FileFinder.Result.Found found -> {
        try {
          Query read =
              QueryReading.read(
                  new ByteArrayInputStream(found.content()), query.file(), files.deadline()::check);
          QueryReading.check(read, false);
          QueryReading.check(read, network);
          yield Phase.done(read);
        } catch (UnfitQuery unfit) {
          String help = unfit.isAboutFloats() ? "; its type has to be `real`" : "";
          String what = "[" + unfit.kind() + "] " + unfit.what() + help;
          yield failed(query, QueryDiagnostics.unfit(query, what));
        } catch (Late late) {
          yield failed(query, QueryDiagnostics.unfit(query, "it was not read within the budget"));
        } catch (IOException notPacked) {
          yield failed(query, QueryDiagnostics.unfit(query, "it is no file that gzip has packed"));
        }
      }
    };
  }

  private static Phase<Query> failed(Property.Query query, Diagnostic diagnostic) {
    return Phase.failed(new Finding(new Place.OfClaim(query.word()), diagnostic));
  }
}
