package io.lipc.tools.certify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.JsonValue;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.tools.command.BoxWords;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The lines of commands about the claims beside a network's bound, each in one place. */
final class ClaimLines {

  private ClaimLines() {}

  /** The claim of an accepted certificate, as a clause. */
  static String sentence(Subject network, Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, _) ->
          "it is %s-Lipschitz from %s to %s"
              .formatted(new UpperBound(bound.bound()), distance(network, claim), output(bound));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          "it is %s-Lipschitz from %s to %s for inputs of %s"
              .formatted(
                  new UpperBound(bound.bound()), input(bound), output(bound), BoxWords.of(box));
      case Claim.Pairs _ -> PairsText.sentence(pairs(network, claim));
      case Claim.Range range ->
          "its outputs are in "
              + ends(range)
              + " for all inputs of its box (exactly "
              + hexadecimal(range)
              + ")";
    };
  }

  /** The same for programs, with all numbers to the bit. */
  static JsonValue exactly(Subject network, Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, InputScale scale) ->
          json(bound, "per", json(scale), Verification.bound(bound.bound()));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          json(bound, "on", json(box), Verification.bound(bound.bound()));
      case Claim.Pairs _ -> PairsText.exactly(pairs(network, claim));
      case Claim.Range range -> json(range);
    };
  }

  /** The proved claim, in brief, for people. */
  static String brief(Subject network, ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, _) ->
          "%s from %s to %s"
              .formatted(
                  new UpperBound(bound.bound()), distance(network, claim.subject()), output(bound));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          "%s from %s to %s, for inputs of %s"
              .formatted(
                  new UpperBound(bound.bound()), input(bound), output(bound), BoxWords.of(box));
      case Claim.Pairs _ ->
          PairsText.brief(pairs(network, claim.subject()), network.certificate().lipschitz());
      case Claim.Range range -> "every output is in " + ends(range) + ", for all inputs of the box";
    };
  }

  /** The same for programs, in decimals. */
  static JsonValue json(Subject network, ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, InputScale scale) ->
          json(bound, "per", json(scale), decimal(bound.bound()));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          json(bound, "on", json(box), decimal(bound.bound()));
      case Claim.Pairs _ -> PairsText.json(pairs(network, claim.subject()));
      case Claim.Range range -> json(range);
    };
  }

  private static String distance(Subject network, Subject claim) {
    return RadiusClaim.of(network, List.of(claim)).distance();
  }

  private static JsonValue decimal(double number) {
    return new JsonValue.JsonNumber(Double.toString(number));
  }

  private static String input(Claim.Lipschitz bound) {
    return bound.fromLargest() ? "linf" : "l2";
  }

  private static String output(Claim.Lipschitz bound) {
    return bound.ofEachOutput() ? "linf" : "l2";
  }

  /** A bound with what restricts it, or measures its inputs. */
  private static JsonValue json(
      Claim.Lipschitz bound, String word, JsonValue restriction, JsonValue number) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("upper", number);
    members.put("from", new JsonValue.JsonString(input(bound)));
    members.put("to", new JsonValue.JsonString(output(bound)));
    members.put(word, restriction);
    return new JsonValue.JsonObject(members);
  }

  /** The ends of each element's interval, as decimals with all their digits. */
  private static JsonValue json(Unit.Box box) {
    return new JsonValue.JsonArray(
        IntStream.range(0, box.lower().size())
            .<JsonValue>mapToObj(
                i ->
                    new JsonValue.JsonArray(
                        List.of(exact(box.lower().get(i)), exact(box.upper().get(i)))))
            .toList());
  }

  private static JsonValue json(InputScale scale) {
    return switch (scale) {
      case InputScale.FirstLayer _ -> new JsonValue.JsonString("first layer");
      case InputScale.Units(List<Double> lengths) ->
          new JsonValue.JsonArray(lengths.stream().map(ClaimLines::decimal).toList());
    };
  }

  /** The ends of a range, rounded outward. */
  private static String ends(Claim.Range range) {
    return "[" + Decimals.down(range.lower()) + ", " + Decimals.up(range.upper()) + "]";
  }

  /** The ends themselves; adding 0 takes the sign from a zero. */
  private static String hexadecimal(Claim.Range range) {
    return "["
        + Double.toHexString(range.lower() + 0.0)
        + ", "
        + Double.toHexString(range.upper() + 0.0)
        + "]";
  }

  /** The ends as decimals with all their digits, which are the doubles themselves. */
  private static JsonValue json(Claim.Range range) {
    return new JsonValue.JsonArray(List.of(exact(range.lower()), exact(range.upper())));
  }

  private static JsonValue exact(double end) {
    return new JsonValue.JsonNumber(new BigDecimal(end).toString());
  }

  private static PairBounds pairs(Subject network, Subject claim) {
    return PairBounds.claimed(network, claim.certificate());
  }

  private static IllegalArgumentException noFurther() {
    return new IllegalArgumentException("a bound is no claim beside the bound");
  }
}
