package io.lipc.tools.certify;

import io.lipc.certificate.PairUnits;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.compiler.library.OutputPair;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.runtime.radius.SignedRadius;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of {@code lipc certify} and {@code lipc check} about differences of outputs.
 *
 * @param bounds what is proved
 * @param claim the network's bound in the same distance
 */
record PairsText(PairBounds bounds, RadiusClaim claim) {

  /**
   * The line for people, however many classes there are, and beside what the bound of the network
   * itself gives: {@code 45, mean 0.9124, largest 1.346 (outputs 3 and 5); sqrt(2) L is 1.415}. All
   * are rounded up.
   */
  String brief() {
    List<OutputPair> all = OutputPair.of(bounds);
    OutputPair largest = OutputPair.largest(bounds);
    double sum = all.stream().mapToDouble(pair -> pair.bound().value()).sum();
    return "%d%s, mean %s, largest %s (outputs %d and %d); %s L is %s%s"
        .formatted(
            all.size(),
            where(),
            Decimals.up(sum / all.size()),
            largest.bound(),
            largest.first(),
            largest.second(),
            claim.bound().ofEachOutput() ? "2" : "sqrt(2)",
            new UpperBound(PairBounds.ofAnyPair(claim.bound())),
            bySigns() ? "; radii use signs" : "");
  }

  /** Whether radii of this network look at the signs of what its units read. */
  boolean bySigns() {
    return SignedRadius.of(bounds.subject(), bounds.outputs()).isPresent();
  }

  /** The distance, if it is another one than that of the network's bound. */
  private String where() {
    return bounds.measured().isPresent() ? " in " + claim.distance() : "";
  }

  /** The list for programs: every pair, with the exact decimal of its bound. */
  JsonArray json() {
    List<JsonValue> pairs = new ArrayList<>();
    for (OutputPair pair : OutputPair.of(bounds)) {
      List<JsonValue> outputs = List.of(JsonNumber.of(pair.first()), JsonNumber.of(pair.second()));
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("outputs", new JsonArray(outputs));
      members.put("upper", new JsonNumber(Double.toString(pair.bound().value())));
      putScaled(members);
      pairs.add(new JsonObject(members));
    }
    return new JsonArray(pairs);
  }

  /** The proved bounds in a sentence, by the largest one, rounded up. */
  String sentence() {
    return "differences of its outputs, %d pairs, are at most %s-Lipschitz%s%s"
        .formatted(
            PairUnits.count(bounds.outputs()),
            OutputPair.largest(bounds).bound(),
            where(),
            bySigns() ? ", and radii use signs" : "");
  }

  /** A program must not take bounds in a scale for those of plain differences. */
  private void putScaled(Map<String, JsonValue> members) {
    if (bounds.measured().isPresent()) {
      members.put("scaled", new JsonValue.JsonBoolean(true));
    }
  }

  /** The bounds as JSON, for programs: every pair, with its bound to the bit. */
  JsonArray exactly() {
    List<JsonValue> all = new ArrayList<>();
    for (OutputPair pair : OutputPair.of(bounds)) {
      List<JsonValue> outputs = List.of(JsonNumber.of(pair.first()), JsonNumber.of(pair.second()));
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("outputs", new JsonArray(outputs));
      members.put("bound", Verification.bound(pair.bound().value()));
      putScaled(members);
      all.add(new JsonObject(members));
    }
    return new JsonArray(all);
  }
}
