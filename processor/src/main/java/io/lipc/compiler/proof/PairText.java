package io.lipc.compiler.proof;

import io.lipc.certifier.Certification;
import io.lipc.certifier.falsify.Pair;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.model.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counterexamples as text: doubles in JSON read back as the same doubles. */
public final class PairText {

  private PairText() {}

  /** The two inputs that exceed a declared bound, with the ratio that they are known to reach. */
  public static String json(Network network, Certification.Violated violated) {
    Pair pair = violated.pair();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", new JsonValue.JsonString(network.name()));
    members.put("declared", number(network.lipschitz().bound()));
    members.put(
        "norms",
        new JsonValue.JsonString(UnitLists.claimOf(network.lipschitz()).norms().toString()));
    members.put("ratio", number(violated.evidence().lower().value()));
    members.put("first", numbers(pair.first()));
    members.put("second", numbers(pair.second()));
    return Json.write(new JsonValue.JsonObject(members)) + "\n";
  }

  private static JsonValue number(double value) {
    return new JsonValue.JsonNumber(Double.toString(value));
  }

  private static JsonValue numbers(List<Double> values) {
    return new JsonValue.JsonArray(values.stream().map(PairText::number).toList());
  }
}
