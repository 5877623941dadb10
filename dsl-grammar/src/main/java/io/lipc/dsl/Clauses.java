package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser.BindingContext;
import io.lipc.dsl.syntax.LipSyntaxParser.BoxContext;
import io.lipc.dsl.syntax.LipSyntaxParser.CertifyContext;
import io.lipc.dsl.syntax.LipSyntaxParser.MonotoneContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NameContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NumberContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OnContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OutputContext;
import io.lipc.dsl.syntax.LipSyntaxParser.PairsContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ParametersContext;
import io.lipc.dsl.syntax.LipSyntaxParser.PerContext;
import io.lipc.dsl.syntax.LipSyntaxParser.PrecisionContext;
import io.lipc.dsl.syntax.LipSyntaxParser.QueryContext;
import io.lipc.dsl.syntax.LipSyntaxParser.RangeContext;
import io.lipc.dsl.syntax.LipSyntaxParser.SideContext;
import io.lipc.dsl.syntax.LipSyntaxParser.SlopeContext;
import io.lipc.dsl.syntax.LipSyntaxParser.SlopesContext;
import io.lipc.dsl.syntax.LipSyntaxParser.StatementContext;
import io.lipc.dsl.syntax.LipSyntaxParser.TrendContext;
import io.lipc.dsl.syntax.LipSyntaxParser.WeightsContext;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.About;
import io.lipc.model.Construction;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** The clauses of one network: each at most once, all before the layers. */
final class Clauses {

  private static final String BOUND = "certify lipschitz";
  private static final String SCALED = "certify lipschitz .. per";
  private static final String LOCAL = "certify lipschitz .. on";
  private static final String PAIRS = "certify pairs";
  private static final String RANGE = "certify range";
  private static final String INCREASING = "increasing";
  private static final String MONOTONE = "certify monotone";
  private static final String SLOPES = "certify slopes";
  private static final String QUERY = "certify query";

  private final Steps steps;
  private final CommonTokenStream tokens;
  private final Problems problems;
  private final Set<String> seen = new HashSet<>();
  private final List<Property> properties = new ArrayList<>();
  private Optional<String> file = Optional.empty();
  private Optional<Construction> construction = Optional.empty();
  private ElementType precision = ElementType.F32;

  Clauses(Steps steps, CommonTokenStream tokens, Problems problems) {
    this.steps = steps;
    this.tokens = tokens;
    this.problems = problems;
  }

  /** The properties to be proved, in the order of their clauses. */
  List<Property> properties() {
    return properties;
  }

  WeightsSource weights() {
    return WeightsSource.of(construction, file);
  }

  ElementType precision() {
    return precision;
  }

  /** Reads a clause that has no syntax fault. */
  void read(StatementContext clause, boolean layersBegan) {
    if (clause.exception != null || !isInOrder(clause, layersBegan)) {
      return;
    }
    switch (clause) {
      case CertifyContext certify -> readCertify(certify);
      case PairsContext asked -> readPairs(asked);
      case RangeContext range -> readRange(range);
      case MonotoneContext monotone -> readMonotone(monotone);
      case SlopesContext slopes -> readSlopes(slopes);
      case QueryContext query -> readQuery(query);
      case WeightsContext given -> readWeights(given);
      case ParametersContext parameters -> readParameters(parameters.name());
      case PrecisionContext declared ->
          word(declared.name(), ElementType.values(), Clauses::wordOf, "`f32` or `f64`")
              .ifPresent(found -> precision = found);
      case BindingContext _, OutputContext _ ->
          throw new IllegalArgumentException("a layer is not a clause");
      default -> throw new IllegalArgumentException("an unlabelled statement has a fault");
    }
  }

  private boolean isInOrder(StatementContext statement, boolean layersBegan) {
    Token keyword = statement.getStart();
    String words = wordsOf(statement);
    String clause = "clause `" + words + "`";
    if (!seen.add(words)) {
      problems.add(
          Spans.of(keyword),
          Diagnostics.declarationInvalid(
              clause + " stands twice in one network",
              "at most one",
              "a second one",
              "remove one of them"));
      return false;
    }
    if (layersBegan) {
      problems.add(
          Spans.of(keyword),
          Diagnostics.declarationInvalid(
              clause + " stands after a layer",
              "clauses before layers",
              "a layer above it",
              "move it to the top of the network"));
      return false;
    }
    return true;
  }

  /** The words that a clause is known by: {@code certify} begins two. */
  private static String wordsOf(StatementContext clause) {
    return switch (clause) {
      case CertifyContext certify ->
          certify.per() != null ? SCALED : certify.on() != null ? LOCAL : BOUND;
      case PairsContext _ -> PAIRS;
      case RangeContext _ -> RANGE;
      case MonotoneContext _ -> MONOTONE;
      case SlopesContext _ -> SLOPES;
      case QueryContext _ -> QUERY;
      default -> clause.getStart().getText();
    };
  }

  private void readCertify(CertifyContext certify) {
    NumberContext number = certify.number();
    Norm input = Norm.L2;
    Norm output = Norm.L2;
    Token last = number.getStop();
    if (certify.norms() != null) {
      input = norm(certify.norms().domain);
      output = norm(certify.norms().codomain);
      last = certify.norms().getStop();
    }
    Property.Lipschitz bound = new Property.Lipschitz(Literals.number(number), input, output);
    if (certify.per() != null) {
      Property scaled = new Property.Scaled(bound, scale(certify.per()));
      addClaim(scaled, Spans.between(number.getStart(), certify.per().getStop(), tokens));
    } else if (certify.on() != null) {
      Property local = new Property.Local(bound, region(certify.on()));
      addClaim(local, Spans.between(number.getStart(), certify.on().getStop(), tokens));
    } else {
      properties.add(bound);
      steps.put(new Place.OfBound(), Spans.between(number.getStart(), last, tokens));
    }
  }

  private void addClaim(Property property, Span span) {
    properties.add(property);
    steps.put(new Place.OfClaim(property.word()), span);
  }

  private static Region region(OnContext on) {
    return on.BOX() == null
        ? new Region.Parts(on.side().stream().map(Clauses::part).toList())
        : new Region.Declared();
  }

  /** The declared intervals where no region is written. */
  private static Region regionOrBox(@Nullable OnContext on) {
    return on == null ? new Region.Declared() : region(on);
  }

  private void readMonotone(MonotoneContext asked) {
    List<Property.Trend> trends = asked.trend().stream().map(this::trend).toList();
    Region region = regionOrBox(asked.on());
    ParserRuleContext last = asked.on() == null ? asked.trend().getLast() : asked.on();
    addClaim(
        new Property.Monotone(trends, region),
        Spans.between(asked.CERTIFY().getSymbol(), last.getStop(), tokens));
  }

  private Property.Trend trend(TrendContext trend) {
    String[] words = {INCREASING, "decreasing"};
    String direction =
        word(trend.direction, words, word -> word, "`increasing` or `decreasing`")
            .orElse(INCREASING);
    return new Property.Trend(
        direction.equals(INCREASING),
        new About.Named(
            trend.named.getText(), number(trend.element), output(trend.result, trend.output)));
  }

  private void readSlopes(SlopesContext asked) {
    OptionalInt output = output(asked.result, asked.output);
    List<Property.Slope> slopes =
        asked.slope().stream().map(slope -> slope(slope, output)).toList();
    Token last =
        asked.on() != null
            ? asked.on().getStop()
            : asked.CLOSE_BRACKET() != null
                ? asked.CLOSE_BRACKET().getSymbol()
                : asked.slope().getLast().getStop();
    addClaim(
        new Property.Slopes(slopes, regionOrBox(asked.on())),
        Spans.between(asked.CERTIFY().getSymbol(), last, tokens));
  }

  private static Property.Slope slope(SlopeContext slope, OptionalInt output) {
    return new Property.Slope(
        Literals.number(slope.number()),
        new About.Named(slope.named.getText(), number(slope.element), output));
  }

  /** The number of an output behind `of`, which calls the output `y`; empty for all of them. */
  private OptionalInt output(@Nullable NameContext result, @Nullable Token output) {
    if (result != null) {
      word(result, new String[] {"y"}, word -> word, "`y`, which stands for the output");
    }
    return number(output);
  }

  /** A number of an element; one that is too large for any is the largest. */
  private static OptionalInt number(@Nullable Token token) {
    return token == null
        ? OptionalInt.empty()
        : OptionalInt.of(Literals.whole(token.getText()).orElse(Integer.MAX_VALUE));
  }

  private static Region.Part part(SideContext side) {
    NumberContext lower = side.box() == null ? side.fixed : side.box().lower;
    NumberContext upper = side.box() == null ? side.fixed : side.box().upper;
    return new Region.Part(
        side.named.getText(), number(side.element), Literals.number(lower), Literals.number(upper));
  }

  private Property.Scale scale(PerContext per) {
    if (per.STRING() != null) {
      // A fault of the string is said, and the declaration is not used then.
      Optional<String> tensor = Strings.value(per.STRING().getSymbol(), problems);
      return new Property.Scale.OfTensor(tensor.orElse(""));
    }
    return per.layer == null
        ? new Property.Scale.Units(per.lengths.stream().map(Literals::number).toList())
        : new Property.Scale.OfLayer(per.layer.getText());
  }

  private void readPairs(PairsContext asked) {
    addClaim(
        new Property.Pairs(Optional.empty(), asked.SIGNS() != null),
        Spans.between(asked.CERTIFY().getSymbol(), asked.PAIRS().getSymbol(), tokens));
  }

  private void readRange(RangeContext range) {
    BoxContext box = range.box();
    Property asked = new Property.Range(Literals.number(box.lower), Literals.number(box.upper));
    addClaim(asked, Spans.between(range.CERTIFY().getSymbol(), box.getStop(), tokens));
  }

  private void readQuery(QueryContext asked) {
    Token string = asked.STRING().getSymbol();
    // A fault of the string is said, and the declaration is not used then.
    Property query = new Property.Query(Strings.value(string, problems).orElse(""));
    addClaim(query, Spans.between(asked.CERTIFY().getSymbol(), string, tokens));
  }

  private Norm norm(NameContext name) {
    return word(name, Norm.values(), Norm::word, "a norm: `l2` or `linf`").orElse(Norm.L2);
  }

  private static String wordOf(ElementType precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  private <T> Optional<T> word(
      NameContext name, T[] values, Function<T, String> wordOf, String expected) {
    String text = name.getText();
    Optional<T> found =
        Arrays.stream(values).filter(value -> wordOf.apply(value).equals(text)).findFirst();
    if (found.isEmpty()) {
      String[] words = Arrays.stream(values).map(wordOf).toArray(String[]::new);
      problems.add(
          Spans.of(name, tokens),
          Diagnostics.syntax(
              SyntaxFault.shown(name.getStart()), expected, Words.closest(text, words)));
    }
    return found;
  }

  private void readWeights(WeightsContext given) {
    Token string = given.STRING().getSymbol();
    file = Strings.value(string, problems);
    steps.put(new Place.OfWeights(), Spans.of(string));
  }

  private void readParameters(NameContext name) {
    construction = Construction.named(name.getText());
    if (construction.isEmpty()) {
      List<String> known = Arrays.stream(Construction.values()).map(Construction::word).toList();
      problems.add(
          Spans.of(name, tokens),
          Diagnostics.unknownName("parameterisation", Literals.shortened(name.getText()), known));
    }
    steps.put(new Place.OfParameters(), Spans.of(name, tokens));
  }
}
