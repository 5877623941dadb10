package io.lipc.certificate;

import io.lipc.formats.FormatException;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.queries.Query;
import io.lipc.queries.QueryException;
import io.lipc.queries.QueryReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Claims as members of the text of a certificate, and back. The kind of a claim stands in the name:
 * {@code a.X} for a Lipschitz bound, {@code a.X/pairs} for its pairs; no network has a slash in its
 * name. For a Lipschitz bound of units there are {@code declared} and {@code bound}, and, where
 * they are not both l2, the norms; where differences of inputs have a scale {@code per} as well,
 * and the name of the tensor whose numbers these are; for pairs {@code delta}, where radii by signs
 * rest on it; for a range {@code lower} and {@code upper}; for a query {@code query}, the lines of
 * its canonical text; for a local bound the ends of its box under these names, and for a claim of
 * monotonicity too, which has {@code trends} besides; bounds of single inputs have such a box,
 * {@code slopes} by element of the input, and {@code outputs}.
 */
final class ClaimText {

  private static final char SLASH = '/';
  private static final String PER = "per";
  private static final String PER_TENSOR = "per tensor";
  private static final String FIRST_LAYER = "first layer";
  private static final String INCREASING = "increasing";
  private static final String DECREASING = "decreasing";
  private static final String DELTA = "delta";
  private static final String OUTPUTS = "outputs";
  private static final String QUERY = "query";

  private ClaimText() {}

  /** The network and the kind of what is claimed of it. */
  static String name(Certificate certificate) {
    return switch (certificate.claim()) {
      case Claim.Lipschitz _ -> certificate.network();
      case Claim.Scaled _,
          Claim.Pairs _,
          Claim.Range _,
          Claim.Unsatisfiable _,
          Claim.Local _,
          Claim.OfDerivatives _ ->
          certificate.network() + SLASH + certificate.claim().kind().word();
    };
  }

  static JsonMembers numbers(JsonMembers members, Claim claim) {
    return switch (claim) {
      case Claim.OfUnits ofUnits -> bound(members, ofUnits.inequality());
      case Claim.Range(double lower, double upper) ->
          members.real("lower", lower).real("upper", upper);
      case Claim.Unsatisfiable(Query query) ->
          members.list(QUERY, query.text().lines().toList(), JsonString::new);
      case Claim.Monotone(List<Claim.Trend> trends, _) ->
          members.list("trends", trends, ClaimText::trend);
      case Claim.Slopes(List<Double> slopes, List<Integer> outputs, _) ->
          members.reals("slopes", slopes).integers(OUTPUTS, outputs);
    };
  }

  static JsonMembers norms(JsonMembers members, Claim claim) {
    return switch (claim) {
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          box(norms(members, bound.norms()), box);
      case Claim.OfDerivatives onBox -> box(members, onBox.box());
      case Claim.OfUnits ofUnits -> {
        JsonMembers norms = norms(members, ofUnits.inequality().norms());
        ofUnits.measured().ifPresent(scale -> scale(norms, scale));
        ofUnits.delta().ifPresent(delta -> norms.real(DELTA, delta));
        yield norms;
      }
      case Claim.Range _, Claim.Unsatisfiable _ -> members;
    };
  }

  private static JsonMembers box(JsonMembers members, Unit.Box box) {
    return members.reals("lower", box.lower()).reals("upper", box.upper());
  }

  private static JsonValue trend(Claim.Trend trend) {
    return new JsonMembers()
        .text("trend", trend.rising() ? INCREASING : DECREASING)
        .integers("inputs", trend.inputs())
        .integers(OUTPUTS, trend.outputs())
        .object();
  }

  private static Claim.Trend trend(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a trend", value);
    String word = fields.text("trend");
    if (!word.equals(INCREASING) && !word.equals(DECREASING)) {
      throw fields.fault("trend", word);
    }
    List<Integer> inputs = fields.integers("inputs");
    List<Integer> outputs = fields.integers(OUTPUTS);
    fields.end();
    return new Claim.Trend(word.equals(INCREASING), inputs, outputs);
  }

  private static JsonMembers scale(JsonMembers members, InputScale scale) {
    return switch (scale) {
      case InputScale.FirstLayer _ -> members.text(PER, FIRST_LAYER);
      case InputScale.Units(List<Double> lengths, Optional<String> tensor) -> {
        JsonMembers units = members.reals(PER, lengths);
        yield tensor.map(name -> units.text(PER_TENSOR, name)).orElse(units);
      }
    };
  }

  private static InputScale scale(JsonFields fields) throws FormatException {
    if (fields.is(PER, FIRST_LAYER)) {
      fields.text(PER);
      return new InputScale.FirstLayer();
    }
    List<Double> lengths = fields.reals(PER);
    return new InputScale.Units(
        lengths, fields.has(PER_TENSOR) ? Optional.of(fields.text(PER_TENSOR)) : Optional.empty());
  }

  private static JsonMembers bound(JsonMembers members, Claim.Lipschitz claim) {
    return members.real("declared", claim.declared()).real("bound", claim.bound());
  }

  private static JsonMembers norms(JsonMembers members, Norms norms) {
    return norms.equals(Norms.EUCLIDEAN)
        ? members
        : members.word("input norm", norms.input()).word("output norm", norms.output());
  }

  /** The network of a name that {@link #name} gives. */
  static String network(String name) {
    int slash = name.indexOf(SLASH);
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** The claim of a certificate of this name; its members are read. */
  static Claim read(String name, JsonFields fields) throws FormatException {
    int slash = name.indexOf(SLASH);
    return switch (slash < 0
        ? ClaimKind.LIPSCHITZ
        : kind(name, name.substring(slash + 1), fields)) {
      case LIPSCHITZ -> ofUnits(fields);
      case SCALED -> new Claim.Scaled(ofUnits(fields), scale(fields));
      case PAIRS ->
          new Claim.Pairs(
              ofUnits(fields).norms().input(),
              fields.has(PER) ? Optional.of(scale(fields)) : Optional.empty(),
              fields.has(DELTA) ? OptionalDouble.of(fields.real(DELTA)) : OptionalDouble.empty());
      case RANGE -> new Claim.Range(fields.real("lower"), fields.real("upper"));
      case QUERY -> new Claim.Unsatisfiable(query(fields));
      case LOCAL -> new Claim.Local(ofUnits(fields), box(fields));
      case MONOTONE -> {
        List<Claim.Trend> trends = fields.list("trends", ClaimText::trend);
        yield new Claim.Monotone(trends, box(fields));
      }
      case SLOPES -> {
        List<Double> slopes = fields.reals("slopes");
        List<Integer> outputs = fields.integers(OUTPUTS);
        yield new Claim.Slopes(slopes, outputs, box(fields));
      }
    };
  }

  private static Query query(JsonFields fields) throws FormatException {
    List<String> lines = fields.list(QUERY, line -> fields.asText(QUERY, line));
    try {
      return QueryReader.read(new StringReader(String.join("\n", lines)));
    } catch (QueryException fault) {
      throw fields.unfit(QUERY, Objects.requireNonNullElse(fault.getMessage(), ""));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Unit.Box box(JsonFields fields) throws FormatException {
    List<Double> lower = fields.reals("lower");
    try {
      return new Unit.Box(lower, fields.reals("upper"));
    } catch (IllegalArgumentException noBox) {
      throw fields.unfit("upper", Objects.requireNonNullElse(noBox.getMessage(), ""));
    }
  }

  private static ClaimKind kind(String name, String word, JsonFields fields)
      throws FormatException {
    for (ClaimKind kind : ClaimKind.further()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw fields.unfit("network", Quoted.of(name) + ": no claim is called so");
  }

  private static Claim.Lipschitz ofUnits(JsonFields fields) throws FormatException {
    return new Claim.Lipschitz(norms(fields), fields.real("bound"), fields.real("declared"));
  }

  /** From l2 to l2 where nothing is said. */
  private static Norms norms(JsonFields fields) throws FormatException {
    return fields.has("input norm")
        ? new Norms(fields.word("input norm", Norm.class), fields.word("output norm", Norm.class))
        : Norms.EUCLIDEAN;
  }
}
