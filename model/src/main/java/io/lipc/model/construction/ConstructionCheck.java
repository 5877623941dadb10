package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.WeightsSource.Parameterized;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;

/** Checks the conditions of the construction that a network declares. */
public final class ConstructionCheck {

  private ConstructionCheck() {}

  /**
   * Returns no findings exactly if the construction makes weights for the network, and a bound can
   * be proved for them: by a theorem about all weights, or for those in a declared file.
   *
   * @param declaration what {@code checked} was made from
   */
  public static List<Finding> check(
      Declaration declaration, CheckedNetwork checked, Parameterized declared) {
    Construction construction = declared.construction().in(checked.network());
    List<Finding> findings =
        new ArrayList<>(
            switch (construction) {
              case LDLT -> new LdltCheck(declaration, checked).findings();
              case SANDWICH -> new SandwichCheck(declaration, checked).findings();
              case ORTHOGONAL -> OrthogonalCheck.ofChain(declaration, checked).findings();
              case AOL -> new AolCheck(declaration, checked).findings();
              case SLL -> SllCheck.check(declaration, checked, declared.construction());
            });
    if (findings.isEmpty() && declared.file().isEmpty() && !construction.hasTheorem()) {
      findings.add(
          new Finding(
              new Place.OfParameters(),
              ConstructionMessages.untrained(
                  declared.construction().word(), checked.network().name())));
    }
    return findings;
  }
}
