package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Unit;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.tools.page.LayerGroups;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Networks as their certificates describe them: completely, but for the names of most layers. */
final class CertifiedNetworks {

  private CertifiedNetworks() {}

  /** The network of a certificate about all outputs. */
  static CheckedNetwork of(Certificate certificate) {
    List<Layer> layers = certificate.units().stream().map(UnitLists::layer).toList();
    Network network =
        new Network(
            certificate.network(),
            UnitLists.propertyOf(certificate.claim()).stream().toList(),
            new WeightsSource.None(),
            certificate.type(),
            layers);
    return new CheckedNetwork(network, names(certificate.units(), layers), "");
  }

  /** A layer with weights is called as its tensors are, and so is the activation behind it. */
  private static List<String> names(List<Unit> units, List<Layer> layers) {
    String[] names = new String[units.size()];
    Set<String> taken = new HashSet<>();
    for (List<Integer> group : LayerGroups.of(layers)) {
      int first = group.getFirst();
      String wanted = name(units.get(first), layers.get(first), first);
      String name = taken.add(wanted) ? wanted : wanted + "_" + first;
      taken.add(name);
      names[first] = group.size() == 1 ? name : Step.innerName(name, 0);
      names[group.getLast()] = name;
    }
    return Arrays.asList(names);
  }

  private static String name(Unit unit, Layer layer, int index) {
    return switch (unit) {
      case Unit.Input _ -> "input";
      case Unit.Linear linear ->
          layer.dense().map(dense -> prefix(dense.weight())).orElse(linear.map().word() + index);
      default -> unit.getClass().getSimpleName().toLowerCase(Locale.ROOT) + index;
    };
  }

  private static String prefix(String weight) {
    return weight.endsWith(".weight")
        ? weight.substring(0, weight.length() - ".weight".length())
        : weight;
  }
}
