package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.model.activation.RefusedActivation;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LipParserTest {

  private static final String HEAD = "network N(x: real[4]) -> real[4] {\n";

  private static ParsedNetwork parsed(String text) {
    ParsedFile file = LipParser.parse(Checks.source(text));
    assertThat(file.findings()).isEmpty();
    assertThat(file.faulty()).isEmpty();
    return file.networks().getFirst();
  }

  private static Declaration body(String body) {
    return parsed(HEAD + body + "\n}\n").declaration();
  }

  private static Step step(String name, Operation operation, String... operands) {
    return Step.named(name, operation, List.of(operands));
  }

  private static Operation activate(ActivationKind kind) {
    return new Operation.Activate(Activation.of(kind));
  }

  static Stream<Arguments> operations() {
    return Map.<String, Operation>ofEntries(
            Map.entry("dense(3)", new Operation.Dense(3, true, Optional.empty())),
            Map.entry("dense(outputs=3)", new Operation.Dense(3, true, Optional.empty())),
            Map.entry("dense(-3)", new Operation.Dense(-3, true, Optional.empty())),
            Map.entry("dense(007)", new Operation.Dense(7, true, Optional.empty())),
            Map.entry("dense(2147483647)", new Operation.Dense(2147483647, true, Optional.empty())),
            Map.entry("dense(3, bias=false)", new Operation.Dense(3, false, Optional.empty())),
            Map.entry("dense(bias=true, 3)", new Operation.Dense(3, true, Optional.empty())),
            Map.entry(
                "dense(3, tensor=\"a\\\"b\\\\c\")",
                new Operation.Dense(3, true, Optional.of("a\"b\\c"))),
            Map.entry("relu", activate(PointwiseKind.RELU)),
            Map.entry("relu()", activate(PointwiseKind.RELU)),
            Map.entry("tanh", activate(PointwiseKind.TANH)),
            Map.entry("abs", activate(PointwiseKind.ABS)),
            Map.entry("identity", activate(LinearKind.IDENTITY)),
            Map.entry("maxmin", activate(GroupedKind.MAXMIN)),
            Map.entry(
                "leaky_relu(0.1)",
                new Operation.Activate(PointwiseKind.LEAKY_RELU.with(List.of(0.1)))),
            Map.entry(
                "leaky_relu(slope=-1e-3)",
                new Operation.Activate(PointwiseKind.LEAKY_RELU.with(List.of(-1e-3)))),
            Map.entry("elu(0.5)", new Operation.Activate(PointwiseKind.ELU.with(List.of(0.5)))),
            Map.entry(
                "celu(alpha=2)", new Operation.Activate(PointwiseKind.CELU.with(List.of(2.0)))),
            Map.entry("gelu", activate(PointwiseKind.GELU)),
            Map.entry("gelu_tanh", activate(PointwiseKind.GELU_TANH)),
            Map.entry("softplus", activate(PointwiseKind.SOFTPLUS)),
            Map.entry("hard_swish()", activate(PointwiseKind.HARD_SWISH)),
            Map.entry("relu6", activate(PointwiseKind.RELU6)),
            Map.entry("hard_shrink(0.5)", new Operation.Refused(RefusedActivation.HARD_SHRINK)),
            Map.entry("threshold(0, 1)", new Operation.Refused(RefusedActivation.THRESHOLD)),
            Map.entry("scale(+2)", new Operation.Linear(new Scaling(2))),
            Map.entry("scale(factor=0.5)", new Operation.Linear(new Scaling(0.5))),
            Map.entry("scale(1e999)", new Operation.Linear(new Scaling(Double.POSITIVE_INFINITY))),
            Map.entry("permute([2, 0, +1])", new Operation.Linear(new Selection(List.of(2, 0, 1)))),
            Map.entry("permute(indices=[-1])", new Operation.Linear(new Selection(List.of(-1)))),
            Map.entry("flatten", new Operation.Reshape(Optional.empty())),
            Map.entry("reshape([2, 3])", new Operation.Reshape(Optional.of(List.of(2, 3)))),
            Map.entry("square", new Operation.Refused(RefusedActivation.SQUARE)),
            Map.entry("exp()", new Operation.Refused(RefusedActivation.EXP)),
            Map.entry("heaviside", new Operation.Refused(RefusedActivation.HEAVISIDE)),
            Map.entry("Policy", new Operation.Call("Policy")),
            Map.entry("other.place.Policy()", new Operation.Call("other.place.Policy")),
            Map.entry("N", new Operation.Call("N")))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationIsReadAsWritten(String text, Operation expected) {
    List<Step> steps = body("y = x |> " + text + "; return y;").steps();
    assertThat(steps.getLast()).isEqualTo(step("y", expected, "x"));
  }

  @Test
  void aPipeAndAnApplicationAreTheSameStep() {
    for (String form : List.of("x |> Policy", "Policy(x)", "(x) |> Policy()", "(Policy(x))")) {
      assertThat(body("y = " + form + "; return y;").steps().getLast())
          .isEqualTo(step("y", new Operation.Call("Policy"), "x"));
    }
    assertThat(body("y = dense(x, 3); return y;")).isEqualTo(body("y = x |> dense(3); return y;"));
    assertThat(body("y = concat(x, x); return y;"))
        .isEqualTo(body("y = x |> concat(x); return y;"));
  }

  @Test
  void aPipeGivesInnerStepsAndANamedLastOne() {
    List<Step> steps = body("h = x |> dense(4) |> relu |> tanh; return h;").steps();
    assertThat(steps).extracting(Step::name).containsExactly("x", "h#1", "h#2", "h");
    assertThat(steps).extracting(Step::binding).endsWith(Optional.of("h"), Optional.of("h"));
    assertThat(steps.get(2).operands()).containsExactly("h#1");
  }

  @Test
  void anExpressionInReturnHasNoBinding() {
    Declaration declaration = body("return x |> relu |> tanh;");
    assertThat(declaration.steps())
        .extracting(Step::name)
        .containsExactly("x", "return#1", "return#2");
    assertThat(declaration.steps().getLast().binding()).isEmpty();
    assertThat(declaration.output()).contains("return#2");
  }

  @Test
  void aNameInReturnRefersToItsStep() {
    assertThat(body("return (x);").output()).contains("x");
    assertThat(body("return x;").steps()).hasSize(1);
  }

  @Test
  void anAliasIsAnIdentity() {
    assertThat(body("a = (x); return a;").steps().getLast())
        .isEqualTo(step("a", activate(LinearKind.IDENTITY), "x"));
  }

  @Test
  void aSumIsOneStepAndBracketsAreInnerOnes() {
    List<Step> steps = body("s = x + (x |> relu) + (x + x) + x; return s;").steps();
    assertThat(steps.getLast())
        .isEqualTo(step("s", new Operation.Linear(new Sum()), "x", "s#1", "s#2", "x"));
  }

  @Test
  void clausesAreReadInAnyOrder() {
    Declaration declaration =
        body(
            "precision f64; weights \"a/b.safetensors\"; certify lipschitz <= 0.1 from linf to l2;"
                + " return x;");
    assertThat(declaration.lipschitz()).contains(new Property.Lipschitz(0.1, Norm.LINF, Norm.L2));
    assertThat(declaration.weights()).isEqualTo(new WeightsSource.Given("a/b.safetensors"));
    assertThat(declaration.precision()).isEqualTo(ElementType.F64);
  }

  @Test
  void parametersStandAloneOrBesideWeightsInAnyOrder() {
    String weights = "weights \"w.safetensors\"; ";
    String parameters = "parameters ldlt; ";
    assertThat(body(parameters + "return x;").weights())
        .isEqualTo(new WeightsSource.Parameterized(Construction.LDLT, Optional.empty()));
    for (String clauses : List.of(weights + parameters, parameters + weights)) {
      assertThat(body(clauses + "return x;").weights())
          .isEqualTo(
              new WeightsSource.Parameterized(Construction.LDLT, Optional.of("w.safetensors")));
    }
  }

  @Test
  void withoutClausesNothingIsDeclared() {
    Declaration declaration = body("return x;");
    assertThat(declaration.lipschitz()).isEmpty();
    assertThat(declaration.weights()).isEqualTo(new WeightsSource.None());
    assertThat(declaration.precision()).isEqualTo(ElementType.F32);
  }

  @Test
  void aBoundIsTheNearestDouble() {
    for (String bound : List.of("2", "+2.5", "-1", "0.1", "1e-3", "4.9e-324", "1e999", "0")) {
      assertThat(body("certify lipschitz <= " + bound + "; return x;").lipschitz())
          .contains(new Property.Lipschitz(Double.parseDouble(bound), Norm.L2, Norm.L2));
    }
  }

  @Test
  void anInputHasExtentsAndABox() {
    Step input =
        parsed("network N(x: real[1, 28, 28] in [-1, 1e0]) -> real[4] { return x; }")
            .declaration()
            .steps()
            .getFirst();
    assertThat(input)
        .isEqualTo(
            step(
                "x",
                new Operation.Input(List.of(1, 28, 28), Optional.of(new Operation.Box(-1, 1)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certify",
        "lipschitz",
        "pairs",
        "weights",
        "parameters",
        "precision",
        "from",
        "to",
        "real",
        "in",
        "true",
        "relu",
        "l2"
      })
  void aWordOfTheLanguageMayNameALayer(String word) {
    Declaration declaration =
        parsed(
                "network "
                    + word
                    + "("
                    + word
                    + "x: real[2]) -> real[2] {\n"
                    + word
                    + " = "
                    + word
                    + "x |> relu; return "
                    + word
                    + " + "
                    + word
                    + ";}")
            .declaration();
    assertThat(declaration.name()).isEqualTo(word);
    assertThat(declaration.steps().get(1).name()).isEqualTo(word);
    assertThat(declaration.steps().getLast().operands()).containsExactly(word, word);
  }

  @Test
  void aNameIsQualifiedByThePackageOfTheFileOrElseOfTheCaller() {
    String network = "network N(x: real[2]) -> real[2] { return x; }";
    SourceText with = Checks.source("package a.network.real;" + network);
    assertThat(LipParser.parse(with, "b").networks().getFirst().declaration().name())
        .isEqualTo("a.network.real.N");
    assertThat(LipParser.parse(with, "b").packageName()).contains("a.network.real");
    SourceText without = Checks.source(network);
    assertThat(LipParser.parse(without, "b.c").networks().getFirst().declaration().name())
        .isEqualTo("b.c.N");
    assertThat(LipParser.parse(without).networks().getFirst().declaration().name()).isEqualTo("N");
  }

  @Test
  void aDocCommentIsCleanedOfItsStars() {
    String text =
        "/** Not this. */\n/**\n * A policy.\n *\n *  Indented **bold**.\n **/ /* nor this */\n"
            + HEAD
            + "/** Of a layer: ignored. */ y = x /**/ |> /** also here */ relu; // end\n return y; }";
    assertThat(parsed(text).declaration().documentation())
        .isEqualTo("A policy.\n\n Indented **bold**.");
  }

  @Test
  void placesAreFoundInTheText() {
    ParsedNetwork network =
        parsed(
            "network N(x: real[4] in [0, 1]) -> real[2, 2] {\n"
                + "  certify lipschitz <= 1.5 from l2 to l2;\n"
                + "  weights \"w\";\n"
                + "  h = x |> dense(64, bias=false) |> relu;\n"
                + "  return (h + x)\n     + h;\n}\n");
    TextPositions positions = network.positions();
    assertThat(positions.spanOf(new Place.OfNetwork())).isEqualTo(new Span(1, 9, 1));
    assertThat(positions.spanOf(new Place.OfName(0))).isEqualTo(new Span(1, 11, 1));
    assertThat(positions.spanOf(new Place.OfArgument(0))).isEqualTo(new Span(1, 14, 17));
    assertThat(positions.spanOf(new Place.OfResult())).isEqualTo(new Span(1, 36, 10));
    assertThat(positions.spanOf(new Place.OfBound())).isEqualTo(new Span(2, 24, 17));
    assertThat(positions.spanOf(new Place.OfClaim("pairs"))).isEqualTo(new Span(2, 24, 17));
    assertThat(positions.spanOf(new Place.OfWeights())).isEqualTo(new Span(3, 11, 3));
    assertThat(positions.spanOf(new Place.OfStep(1))).isEqualTo(new Span(4, 12, 21));
    assertThat(positions.spanOf(new Place.OfArgument(1))).isEqualTo(new Span(4, 18, 14));
    assertThat(positions.spanOf(new Place.OfOperand(1, 0))).isEqualTo(new Span(4, 7, 1));
    assertThat(positions.spanOf(new Place.OfName(1))).isEqualTo(new Span(4, 3, 1));
    assertThat(positions.spanOf(new Place.OfName(2))).isEqualTo(new Span(4, 3, 1));
    assertThat(positions.spanOf(new Place.OfStep(2))).isEqualTo(new Span(4, 37, 4));
    assertThat(positions.spanOf(new Place.OfOutput())).isEqualTo(new Span(5, 10, 7));
    assertThat(positions.spanOf(new Place.OfOperand(4, 1))).isEqualTo(new Span(6, 8, 1));
  }

  @Test
  void aPlaceWithoutAPositionFallsBackToAWiderOne() {
    TextPositions positions =
        new TextPositions(
            Map.of(
                new Place.OfNetwork(), new Span(1, 1, 1), new Place.OfStep(0), new Span(2, 2, 2)));
    assertThat(positions.spanOf(new Place.OfArgument(0))).isEqualTo(new Span(2, 2, 2));
    assertThat(positions.spanOf(new Place.OfOutput())).isEqualTo(new Span(1, 1, 1));
    assertThat(positions.spanOf(new Place.OfOperand(7, 1))).isEqualTo(new Span(1, 1, 1));
  }

  @Test
  void aFaultyNetworkIsNamedAndTheOthersAreRead() {
    ParsedFile file =
        LipParser.parse(
            Checks.source(
                "package p;\nnetwork A(x: real[2]) -> real[2] { return x |>; }\n"
                    + "network B(x: real[2]) -> real[2] { return x |> A; }\n"
                    + "network C(x: real[2]) -> { return x; }\n"));
    assertThat(file.faulty()).containsExactly("p.A", "p.C");
    assertThat(file.networks()).extracting(n -> n.declaration().name()).containsExactly("p.B");
    assertThat(file.findings()).hasSize(2);
  }

  @Test
  void anEmptyTextDeclaresNothing() {
    for (String text : List.of("", "\n", "// nothing", "/* nothing */", "package a;")) {
      ParsedFile file = LipParser.parse(Checks.source(text));
      assertThat(file.findings()).isEmpty();
      assertThat(file.networks()).isEmpty();
    }
  }
}
