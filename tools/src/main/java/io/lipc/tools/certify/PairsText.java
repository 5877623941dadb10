package io.lipc.tools.certify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.compiler.library.OutputPair;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of {@code lipc certify} and {@code lipc check} about differences of outputs. */
final class PairsText {

  private PairsText() {}

  /**
   * The line for people, however many classes there are, and beside what the bound of the network
   * itself gives: {@code 45, mean 0.9124, largest 1.346 (outputs 3 and 5); sqrt(2) L is 1.415}. All
   * are rounded up.
   *
   * @param claim what is proved of the network
   */
  static String brief(PairBounds bounds, Claim.Lipschitz claim) {
    List<OutputPair> all = OutputPair.of(bounds);
    OutputPair largest = OutputPair.largest(bounds);
    double sum = all.stream().mapToDouble(pair -> pair.bound().value()).sum();
    return "%d, mean %s, largest %s (outputs %d and %d); %s L is %s"
        .formatted(
            all.size(),
            Decimals.up(sum / all.size()),
            largest.bound(),
            largest.first(),
            largest.second(),
            claim.ofEachOutput() ? "2" : "sqrt(2)",
            new UpperBound(PairBounds.ofAnyPair(claim)));
  }

  /** The list for programs: every pair, with the exact decimal of its bound. */
  static JsonArray json(PairBounds bounds) {
    List<JsonValue> pairs = new ArrayList<>();
    for (OutputPair pair : OutputPair.of(bounds)) {
      List<JsonValue> outputs = List.of(JsonNumber.of(pair.first()), JsonNumber.of(pair.second()));
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("outputs", new JsonArray(outputs));
      members.put("upper", new JsonNumber(Double.toString(pair.bound().value())));
      pairs.add(new JsonObject(members));
    }
    return new JsonArray(pairs);
  }

  /** The proved bounds in a sentence, by the largest one, rounded up. */
  static String sentence(PairBounds bounds) {
    return "differences of its outputs, %d pairs, are at most %s-Lipschitz"
        .formatted(PairUnits.count(bounds.outputs()), OutputPair.largest(bounds).bound());
  }

  /** The bounds as JSON, for programs: every pair, with its bound to the bit. */
  static JsonArray exactly(PairBounds bounds) {
    List<JsonValue> all = new ArrayList<>();
    for (OutputPair pair : OutputPair.of(bounds)) {
      List<JsonValue> outputs = List.of(JsonNumber.of(pair.first()), JsonNumber.of(pair.second()));
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("outputs", new JsonArray(outputs));
      members.put("bound", Verification.bound(pair.bound().value()));
      all.add(new JsonObject(members));
    }
    return new JsonArray(all);
  }
}
