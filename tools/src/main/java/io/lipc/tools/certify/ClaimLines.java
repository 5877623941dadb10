package io.lipc.tools.certify;

import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.JsonValue;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.queries.Formula;
import io.lipc.queries.Query;
import io.lipc.tools.command.BoxWords;
import io.lipc.tools.command.SlopeWords;
import io.lipc.tools.command.TrendWords;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * The lines of commands about the claims beside a network's bound, each in one place.
 *
 * @param network with everything that it is about
 * @param claims all its other claims, each accepted
 */
record ClaimLines(Subject network, List<Subject> claims) {

  /** The claim of an accepted certificate, as a clause. */
  String sentence(Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, _) ->
          "it is %s-Lipschitz from %s to %s"
              .formatted(new UpperBound(bound.bound()), distance(claim), output(bound));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          "it is %s-Lipschitz from %s to %s for inputs of %s"
              .formatted(
                  new UpperBound(bound.bound()), input(bound), output(bound), BoxWords.of(box));
      case Claim.Monotone(List<Claim.Trend> trends, Unit.Box box) ->
          "it is %s for inputs of %s".formatted(words(trends), BoxWords.of(box));
      case Claim.Slopes slopes -> words(slopes) + " for inputs of " + BoxWords.of(slopes.box());
      case Claim.Pairs _ -> pairs().sentence();
      case Claim.Unsatisfiable(Query query) -> query(query);
      case Claim.Range range ->
          "its outputs are in "
              + ends(range)
              + " for all inputs of its box (exactly "
              + hexadecimal(range)
              + ")";
    };
  }

  /** The same for programs, with all numbers to the bit. */
  JsonValue exactly(Subject claim) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, InputScale scale) ->
          json(bound, scaled(scale, claim), Verification.bound(bound.bound()));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          json(bound, Map.of("on", json(box)), Verification.bound(bound.bound()));
      case Claim.Monotone monotone -> json(monotone);
      case Claim.Slopes slopes -> json(slopes, Verification::bound);
      case Claim.Pairs _ -> pairs().exactly();
      case Claim.Unsatisfiable(Query query) -> json(query);
      case Claim.Range range -> json(range);
    };
  }

  /** The proved claim, in brief, for people. */
  String brief(ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, _) ->
          "%s from %s to %s"
              .formatted(new UpperBound(bound.bound()), distance(claim.subject()), output(bound));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          "%s from %s to %s, for inputs of %s"
              .formatted(
                  new UpperBound(bound.bound()), input(bound), output(bound), BoxWords.of(box));
      case Claim.Monotone(List<Claim.Trend> trends, Unit.Box box) ->
          "%s, for inputs of %s".formatted(words(trends), BoxWords.of(box));
      case Claim.Slopes slopes -> words(slopes) + ", for inputs of " + BoxWords.of(slopes.box());
      case Claim.Pairs _ -> pairs().brief();
      case Claim.Unsatisfiable(Query query) -> query(query);
      case Claim.Range range -> "every output is in " + ends(range) + ", for all inputs of the box";
    };
  }

  /** The same for programs, in decimals. */
  JsonValue json(ProvedClaim claim) {
    return switch (claim.subject().certificate().claim()) {
      case Claim.Lipschitz _ -> throw noFurther();
      case Claim.Scaled(Claim.Lipschitz bound, InputScale scale) ->
          json(bound, scaled(scale, claim.subject()), decimal(bound.bound()));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          json(bound, Map.of("on", json(box)), decimal(bound.bound()));
      case Claim.Monotone monotone -> json(monotone);
      case Claim.Slopes slopes -> json(slopes, ClaimLines::decimal);
      case Claim.Pairs _ -> pairs().json();
      case Claim.Unsatisfiable(Query query) -> json(query);
      case Claim.Range range -> json(range);
    };
  }

  /** Members beside the claim's own for programs: of pairs, whether radii use signs. */
  Map<String, JsonValue> more(Subject claim) {
    return claim.certificate().claim() instanceof Claim.Pairs
        ? Map.of("radiiBySigns", new JsonValue.JsonBoolean(pairs().bySigns()))
        : Map.of();
  }

  /** The same where that claim is not proved, or not made. */
  static Map<String, JsonValue> noMore(ClaimKind kind) {
    return kind == ClaimKind.PAIRS ? Map.of("radiiBySigns", new JsonValue.JsonNull()) : Map.of();
  }

  private String words(List<Claim.Trend> trends) {
    return TrendWords.of(trends, network.certificate().outputSize());
  }

  private String words(Claim.Slopes slopes) {
    return SlopeWords.of(slopes, network.certificate().outputSize());
  }

  private static JsonValue json(Claim.Slopes claim, DoubleFunction<JsonValue> number) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put(
        "slopes", new JsonValue.JsonArray(claim.slopes().stream().map(number::apply).toList()));
    members.put("outputs", json(claim.outputs()));
    members.put("on", json(claim.box()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(Claim.Monotone monotone) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put(
        "trends",
        new JsonValue.JsonArray(monotone.trends().stream().map(ClaimLines::json).toList()));
    members.put("on", json(monotone.box()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(Claim.Trend trend) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("trend", new JsonValue.JsonString(trend.rising() ? "increasing" : "decreasing"));
    members.put("inputs", json(trend.inputs()));
    members.put("outputs", json(trend.outputs()));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue json(List<Integer> numbers) {
    return new JsonValue.JsonArray(
        numbers.stream().<JsonValue>map(JsonValue.JsonNumber::of).toList());
  }

  private String distance(Subject claim) {
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
      Claim.Lipschitz bound, Map<String, JsonValue> restriction, JsonValue number) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("upper", number);
    members.put("from", new JsonValue.JsonString(input(bound)));
    members.put("to", new JsonValue.JsonString(output(bound)));
    members.putAll(restriction);
    return new JsonValue.JsonObject(members);
  }

  /** The scale of differences of inputs, its words, and the tensor whose numbers it has. */
  private Map<String, JsonValue> scaled(InputScale scale, Subject claim) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("per", json(scale));
    members.put("distance", new JsonValue.JsonString(distance(claim)));
    scale.named().ifPresent(name -> members.put("perTensor", new JsonValue.JsonString(name)));
    return members;
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
      case InputScale.Units(List<Double> lengths, _) ->
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

  /** A query is not repeated: it may be long, and the user has its file. */
  private static String query(Query query) {
    long comparisons = comparisons(query.formula());
    return "no input satisfies the query of %,d %s, in real arithmetic"
        .formatted(comparisons, comparisons == 1 ? "comparison" : "comparisons");
  }

  private static long comparisons(Formula formula) {
    return switch (formula) {
      case Formula.And(List<Formula> members) ->
          members.stream().mapToLong(ClaimLines::comparisons).sum();
      case Formula.Or(List<Formula> members) ->
          members.stream().mapToLong(ClaimLines::comparisons).sum();
      case Formula.Atom _ -> 1;
    };
  }

  private static JsonValue json(Query query) {
    return new JsonValue.JsonString(query.text());
  }

  /** The ends as decimals with all their digits, which are the doubles themselves. */
  private static JsonValue json(Claim.Range range) {
    return new JsonValue.JsonArray(List.of(exact(range.lower()), exact(range.upper())));
  }

  private static JsonValue exact(double end) {
    return new JsonValue.JsonNumber(new BigDecimal(end).toString());
  }

  /** There are some, as one of the claims is theirs. */
  private PairsText pairs() {
    PairBounds bounds = PairBounds.inAnyScale(network, claims).orElseThrow();
    return new PairsText(
        bounds,
        bounds.measured().isPresent()
            ? RadiusClaim.of(network, claims)
            : RadiusClaim.of(network, List.of()));
  }

  private static IllegalArgumentException noFurther() {
    return new IllegalArgumentException("a bound is no claim beside the bound");
  }
}
