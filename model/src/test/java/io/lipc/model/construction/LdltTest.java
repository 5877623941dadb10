package io.lipc.model.construction;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Declarations;
import io.lipc.model.check.Scope;
import io.lipc.model.construction.DenseBlock.Chain;
import io.lipc.model.construction.DenseBlock.Residual;
import io.lipc.model.construction.DenseBlock.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hypotheses of the LDL^T theorems, without weights. Declarations are written as {@code "a =
 * dense x; h = relu a; y = dense h"}; every width is 4, the input is {@code x}, and the last step
 * is the output.
 */
final class LdltTest {

  private static final WeightsSource LDLT =
      new WeightsSource.Parameterized(Construction.LDLT, Optional.empty());
  private static final String RESIDUAL =
      "a = dense x; h = relu a; out = dense h; skip = dense x; y = add out skip";

  private static Step step(String text) {
    String[] words = text.strip().split("[ =]+");
    Operation operation =
        switch (words[1]) {
          case "dense" -> new Operation.Dense(4, true, Optional.empty());
          case "add" -> new Operation.Linear(new Sum());
          case "scale" -> new Operation.Linear(new Scaling(0.5));
          case "Body" -> new Operation.Call("Body");
          default -> {
            String[] call = words[1].split("[()]");
            Double[] parameters =
                call.length == 1 ? new Double[0] : new Double[] {Double.valueOf(call[1])};
            yield Declarations.activate(ActivationKind.named(call[0]).orElseThrow(), parameters);
          }
        };
    return Step.named(words[0], operation, List.of(words).subList(2, words.length));
  }

  private static Declaration declaration(String text) {
    List<Step> steps = new ArrayList<>();
    steps.add(Declarations.input("x", 4));
    Stream.of(text.split(";")).map(LdltTest::step).forEach(steps::add);
    return Declarations.of(steps.getLast().name(), steps.toArray(Step[]::new));
  }

  private static Scope withBody() {
    Signature body =
        new Signature(
            "p.Body",
            Shape.vector(4),
            Shape.vector(4),
            Optional.of(new Property.Lipschitz(2, Norm.L2, Norm.L2)),
            ElementType.F32,
            Optional.empty());
    return Declarations.scope(Map.of("Body", body), Set.of());
  }

  private static List<String> findings(Declaration declaration, WeightsSource weights) {
    return Declarations.findings(
        Declarations.with(declaration, declaration.lipschitz(), weights), withBody());
  }

  private static List<String> findings(String text) {
    return findings(declaration(text), LDLT);
  }

  private static Optional<DenseBlock> structure(String text) {
    return DenseBlock.of(Declarations.network(declaration(text)));
  }

  // What the theorems are about.

  @Test
  void aChainIsRecognisedWithItsStagesInOrder() {
    assertThat(structure("y = dense x")).contains(new Chain(List.of(), 1));
    assertThat(structure("a = dense x; h = abs a; b = dense h; g = leaky_relu(1.5) b; y = dense g"))
        .contains(new Chain(List.of(new Stage(1, 2), new Stage(3, 4)), 5));
  }

  @Test
  void aResidualBlockIsRecognisedInEitherOrder() {
    assertThat(structure(RESIDUAL)).contains(new Residual(4, List.of(new Stage(1, 2)), 3));
    assertThat(structure(RESIDUAL.replace("add out skip", "add skip out")))
        .contains(new Residual(1, List.of(new Stage(2, 3)), 4));
    assertThat(
            structure(
                "s = dense x; a = dense x; h = tanh a; b = dense h; g = leaky_relu(0.1) b;"
                    + " o = dense g; y = add s o"))
        .contains(new Residual(1, List.of(new Stage(2, 3), new Stage(4, 5)), 6));
  }

  @Test
  void trainedWeightsAreHeldToTheSameHypotheses() {
    WeightsSource trained =
        new WeightsSource.Parameterized(Construction.LDLT, Optional.of("w.safetensors"));
    assertThat(findings(declaration(RESIDUAL), trained)).isEmpty();
    String identitySkip = "a = dense x; h = relu a; out = dense h; y = add x out";
    assertThat(findings(declaration(identitySkip), trained)).hasSize(1);
    assertThat(findings(declaration(identitySkip), Declarations.GIVEN)).isEmpty();
  }

  // Each hypothesis.

  static Stream<Arguments> wrong() {
    String slope = "parameterization-slope OfStep[step=2]: activation ";
    String structure = "parameterization-structure ";
    String chain = "a = dense x; h = %s a; y = dense h";
    String block = RESIDUAL.replace("relu", "%s");
    return Stream.of(
        // Slopes of a chain: every [a, b] with a < b.
        Arguments.of(chain.formatted("relu"), ""),
        Arguments.of(chain.formatted("tanh"), ""),
        Arguments.of(chain.formatted("abs"), ""),
        Arguments.of(chain.formatted("leaky_relu(-0.1)"), ""),
        Arguments.of(chain.formatted("leaky_relu(7)"), ""),
        Arguments.of(
            chain.formatted("leaky_relu(1)"),
            slope + "`leaky_relu` of layer `h` is linear: its slope is 1.0"),
        // The slope is rounded to the network's precision before it is looked at.
        Arguments.of(
            chain.formatted("leaky_relu(1.00000001)"),
            slope + "`leaky_relu` of layer `h` is linear: its slope is 1.0"),
        Arguments.of(
            chain.formatted("identity"),
            slope + "`identity` of layer `h` is linear: its slope is 1.0"),
        Arguments.of(chain.formatted("maxmin"), slope + "`maxmin` of layer `h` is not elementwise"),
        // Slopes of a residual block: within [0, 1].
        Arguments.of(block.formatted("tanh"), ""),
        Arguments.of(block.formatted("leaky_relu(0)"), ""),
        Arguments.of(block.formatted("leaky_relu(0.9)"), ""),
        Arguments.of(
            block.formatted("abs"),
            slope
                + "`abs` of layer `h` has slopes in [-1.0, 1.0], but LDLT-R is proved for [0, 1]"),
        Arguments.of(
            block.formatted("leaky_relu(-0.1)"),
            slope
                + "`leaky_relu` of layer `h` has slopes in [-0.1, 1.0],"
                + " but LDLT-R is proved for [0, 1]"),
        Arguments.of(
            block.formatted("leaky_relu(1.5)"),
            slope
                + "`leaky_relu` of layer `h` has slopes in [1.0, 1.5],"
                + " but LDLT-R is proved for [0, 1]"),
        Arguments.of(
            block.formatted("identity"),
            slope + "`identity` of layer `h` is linear: its slope is 1.0"),
        Arguments.of(block.formatted("maxmin"), slope + "`maxmin` of layer `h` is not elementwise"),
        // The structure of a chain.
        Arguments.of(
            "h = relu x",
            structure + "OfParameters[]: network p.N has no dense layer that LDLT could"),
        Arguments.of(
            "a = dense x; y = relu a",
            structure + "OfStep[step=2]: the network ends in activation `relu`, but LDLT ends in"),
        Arguments.of(
            "a = dense x; b = dense a; h = relu b; y = dense h",
            structure + "OfStep[step=2]: dense layers `a` and `b` follow each other without"),
        Arguments.of(
            "a = dense x; h = relu a; g = tanh h; y = dense g",
            structure + "OfStep[step=3]: activations `relu` and `tanh` follow each other without"),
        Arguments.of(
            "h = relu x; y = dense h",
            structure + "OfStep[step=1]: activation `relu` reads the input, but LDLT begins with"),
        Arguments.of(
            "h = scale x; y = dense h",
            structure + "OfStep[step=1]: operation `scale` stands inside an LDLT block"),
        Arguments.of(
            "h = Body x; y = dense h",
            structure + "OfStep[step=1]: a call of `p.Body` stands inside an LDLT block"),
        // The structure of a residual block.
        Arguments.of(
            "a = dense x; h = relu a; out = dense h; y = add out x",
            structure + "OfOperand[step=4, index=1]: sum `y` adds input `x` itself, but LDLT-R"),
        Arguments.of(
            "s = identity x; a = dense x; h = relu a; out = dense h; y = add s out",
            structure + "OfOperand[step=5, index=0]: sum `y` adds input `x` itself, but LDLT-R"),
        Arguments.of(
            "a = dense x; h = relu a; skip = dense x; y = add skip h",
            structure + "OfOperand[step=4, index=1]: sum `y` adds activation `relu` itself, but"),
        Arguments.of(
            "a = dense x; b = dense x; y = add a b",
            structure + "OfOperand[step=3, index=1]: sum `y` adds dense layers of the input only"),
        Arguments.of(
            "a = dense x; y = add a a",
            structure + "OfOperand[step=2, index=1]: sum `y` adds dense layers of the input only"),
        Arguments.of(
            "a = dense x; h = relu a; o = dense h; p = dense h; y = add o p",
            structure + "OfStep[step=5]: sum `y` adds no dense layer of the input, which LDLT-R"),
        Arguments.of(
            "a = dense x; h = relu a; o = dense h; y = add a o",
            structure + "OfOperand[step=4, index=0]: dense layer `a` is both a term of sum `y`"),
        Arguments.of(
            "a = dense x; b = dense a; s = dense x; y = add s b",
            structure + "OfStep[step=2]: dense layers `a` and `b` follow each other without"),
        Arguments.of(
            RESIDUAL + "; z = relu y",
            structure + "OfStep[step=5]: sum `y` is not the output, but an LDLT-R block ends in"),
        Arguments.of(
            RESIDUAL + "; b = dense y; g = relu b; o = dense g; s = dense y; z = add o s",
            structure + "OfStep[step=10]: sum `z` is one of 2 in this network, but an LDLT block"),
        // Dense layers that belong to no block.
        Arguments.of(
            RESIDUAL.replace("y = add out skip", "e = dense x; y = add out skip e"),
            "unparameterized-dense OfOperand[step=6, index=2]: dense layer `e` is not part of the"),
        Arguments.of(
            RESIDUAL.replace("add out skip", "add out skip out"),
            "unparameterized-dense OfOperand[step=5, index=2]: dense layer `out` is not part of"),
        Arguments.of(
            RESIDUAL + "; z = dense y",
            "unparameterized-dense OfStep[step=6]: dense layer `z` is not part of the LDLT block"),
        Arguments.of(
            "f = dense x; a = dense f; h = relu a; out = dense h; skip = dense f; y = add out skip",
            "unparameterized-dense OfStep[step=1]: dense layer `f` is not part of the LDLT block"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongHypothesisIsOneFinding(String text, String expected) {
    List<String> found = findings(text);
    if (expected.isEmpty()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).singleElement().asString().startsWith(expected);
    }
  }

  @Test
  void independentFaultsAreAllReportedAndNoneThatMayFollow() {
    assertThat(findings("a = dense x; h = abs a; b = dense h; g = maxmin b; y = dense g"))
        .hasSize(1);
    assertThat(findings("a = dense x; h = identity a; b = dense h; g = maxmin b; y = dense g"))
        .hasSize(2);
    assertThat(findings("s = scale x; a = dense s; t = scale a; y = relu t")).hasSize(2);
    assertThat(findings("a = dense x; h = maxmin a; y = relu h")).hasSize(1);
    assertThat(findings("a = dense x; b = scale q; y = add a b"))
        .containsExactly("unknown-name OfOperand[step=2, index=0]: there is no layer `q`");
  }

  // Networks that call others.

  @Test
  void aPlainDenseLayerBesideACallIsOneFault() {
    Declaration declaration = declaration("b = Body x; c = dense b; y = dense c");
    assertThat(findings(declaration, new WeightsSource.None()))
        .containsExactly(
            "unparameterized-dense OfStep[step=2]:"
                + " nothing bounds dense layer `c` of p.N beside its call of `Body`");
    assertThat(findings(declaration, Declarations.GIVEN)).isEmpty();
  }

  // The check and the structure agree.

  @Test
  void aNetworkWithoutFindingsIsOneThatIsRecognised() {
    Random random = new Random(11);
    int recognised = 0;
    int trials = 20_000;
    for (int i = 0; i < trials; i++) {
      Declaration declaration = mutated(random);
      Optional<CheckedNetwork> network =
          DeclarationChecker.check(declaration, withBody()).network();
      if (network.isPresent()) {
        boolean found = DenseBlock.of(network.get().network()).isPresent();
        assertThat(findings(declaration, LDLT).isEmpty()).as("%s", declaration).isEqualTo(found);
        recognised += found ? 1 : 0;
      }
    }
    assertThat(recognised).isBetween(trials / 100, trials / 2);
  }

  private static final List<String> OPERATIONS =
      List.of("dense", "relu", "abs", "identity", "maxmin", "leaky_relu(0.5)", "scale", "Body");

  /** A block with a few of its steps replaced; steps that nothing reads any more are left out. */
  private static Declaration mutated(Random random) {
    String text =
        random.nextBoolean()
            ? RESIDUAL
            : "a = dense x; h = tanh a; b = dense h; g = relu b; y = dense g";
    List<Step> steps = new ArrayList<>(declaration(text).steps());
    for (int change = random.nextInt(4); change > 0; change--) {
      int at = 1 + random.nextInt(steps.size() - 1);
      String name = steps.get(at).name();
      String left = steps.get(random.nextInt(at)).name();
      String right = steps.get(random.nextInt(at)).name();
      boolean sum = random.nextInt(4) == 0;
      String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      steps.set(
          at, step(name + " = " + (sum ? "add " + left + " " + right : operation + " " + left)));
    }
    return Declarations.of(steps.getLast().name(), reaching(steps).toArray(Step[]::new));
  }

  private static List<Step> reaching(List<Step> steps) {
    Map<String, Step> byName = new HashMap<>();
    steps.forEach(step -> byName.put(step.name(), step));
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(steps.getLast().name()));
    while (!open.isEmpty()) {
      String name = open.removeLast();
      if (reached.add(name)) {
        open.addAll(Optional.ofNullable(byName.get(name)).orElseThrow().operands());
      }
    }

    return steps.stream().filter(step -> reached.contains(step.name())).toList();
  }
}
