package io.lipc.compiler.warning;

import io.lipc.model.Network;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Notes;
import io.lipc.model.diagnostic.Place;
import java.util.List;

/** Notes about what the class of a network will not do, because of its declaration. */
public final class Consequences {

  private Consequences() {}

  /** The notes about the class that is generated for a network. */
  public static List<Finding> of(Network network) {
    return network.input().box().isPresent()
        ? List.of()
        : List.of(new Finding(new Place.OfNetwork(), Notes.noInputBox(network.simpleName())));
  }
}
