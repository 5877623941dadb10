package io.lipc.model.check;

import static io.lipc.model.check.Declarations.activate;
import static io.lipc.model.check.Declarations.add;
import static io.lipc.model.check.Declarations.dense;
import static io.lipc.model.check.Declarations.findings;
import static io.lipc.model.check.Declarations.inner;
import static io.lipc.model.check.Declarations.input;
import static io.lipc.model.check.Declarations.relu;
import static io.lipc.model.check.Declarations.returning;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Scaling;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.Construction;
import io.lipc.model.Decimals;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.model.activation.RefusedActivation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One test per rule; each names every finding, so none of them may report more than its fault. */
final class DeclarationCheckerTest {

  private static final Step X = input("x", 4);

  private static Declaration of(String output, Step... steps) {
    return Declarations.of(output, steps);
  }

  @Test
  void aSoundDeclarationHasNoFindings() {
    assertThat(findings(of("y", X, dense("h", 8, "x"), relu("y", "h")))).isEmpty();
  }

  // Names.

  @Test
  void anUnknownOperandIsReportedOnceHoweverOftenItIsRead() {
    assertThat(
            findings(of("s", X, relu("hidden", "x"), relu("b", "hiden"), add("s", "hiden", "b"))))
        .containsExactly("unknown-name OfOperand[step=2, index=0]: there is no layer `hiden`");
  }

  @Test
  void anUnknownOutputPointsAtTheOutput() {
    assertThat(findings(of("z", X)))
        .containsExactly("unknown-name OfOutput[]: there is no layer `z`");
  }

  @Test
  void anInnerNameIsNoNameForOthers() {
    Declaration declaration = of("y", X, relu("hidden1", "x"), relu("y", "hiddn1"));
    assertThat(Declarations.check(declaration).findings().getFirst().diagnostic().message())
        .endsWith("help: did you mean `hidden1`?");
    Declaration inner =
        of("y", X, inner("y", 1, activate(PointwiseKind.RELU), "x"), relu("y", "q", "y#1"));
    assertThat(Declarations.check(inner).findings().getFirst().diagnostic().message())
        .endsWith("note: names in scope: `x`, `y`");
  }

  @Test
  void aMissingOutputIsReported() {
    Declaration whole = of("x", X);
    Declaration without =
        new Declaration(
            "p.N",
            "",
            whole.properties(),
            whole.weights(),
            ElementType.F32,
            List.of(X),
            Optional.empty(),
            Optional.empty());
    assertThat(findings(without))
        .containsExactly(
            "declaration-invalid OfNetwork[]: network p.N marks no layer as its output");
  }

  @Test
  void aDuplicateNameIsOneFindingAtTheSecond() {
    assertThat(findings(of("h", X, relu("h", "x"), relu("h", "x"))))
        .containsExactly("duplicate-name OfName[step=2]: layer `h` is declared more than once");
  }

  @Test
  void duplicateBindingsKeepTheirOwnInnerSteps() {
    Operation relu = activate(PointwiseKind.RELU);
    Operation four = new Operation.Dense(4, true, Optional.empty());
    assertThat(
            findings(
                of(
                    "h",
                    X,
                    inner("h", 1, four, "x"),
                    relu("h", "h#1"),
                    inner("h", 1, relu, "x"),
                    dense("h", 4, "h#1"))))
        .containsExactly("duplicate-name OfName[step=4]: layer `h` is declared more than once");
  }

  // The declared property.

  @Test
  void aBoundIsPositiveAndFinite() {
    for (double bound : new double[] {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Property.Lipschitz spec = new Property.Lipschitz(bound, Norm.L2, Norm.L2);
      assertThat(findings(Declarations.with(of("x", X), Optional.of(spec), Declarations.GIVEN)))
          .containsExactly(
              "bound-invalid OfBound[]: declared Lipschitz bound "
                  + bound
                  + " is not positive and finite");
    }
    Property.Lipschitz smallest = new Property.Lipschitz(Double.MIN_VALUE, Norm.L2, Norm.L2);
    assertThat(findings(Declarations.with(of("x", X), Optional.of(smallest), Declarations.GIVEN)))
        .isEmpty();
  }

  /** A network that claims a range alone; what rests on a bound is refused. */
  @Test
  void aRangeIsEnoughWhereNothingNeedsABound() {
    Step boxed =
        Step.named(
            "x", new Operation.Input(List.of(4), Optional.of(new Operation.Box(0, 1))), List.of());
    Declaration alone = claiming(of("x", boxed), new Property.Range(0, 1));
    assertThat(findings(alone)).isEmpty();
    DeclarationChecker.Outcome outcome = DeclarationChecker.check(alone, Scope.empty());
    assertThat(outcome.network()).isPresent();
    assertThat(outcome.network().get().network().global()).isEmpty();
    assertThat(outcome.network().get().network().further()).isEmpty();
    assertThat(findings(claiming(of("x", boxed), new Property.Range(0, 1), new Property.Pairs())))
        .containsExactly(
            "bound-invalid OfClaim[word=pairs]: network p.N asks for bounds of pairs, but declares"
                + " no Lipschitz bound");
    Signature unbounded =
        new Signature(
            "q.Ranged",
            Shape.vector(4),
            Shape.vector(4),
            Optional.empty(),
            ElementType.F32,
            Optional.empty());
    Scope scope = Declarations.scope(Map.of("Ranged", unbounded), Set.of());
    Step call = Step.named("y", new Operation.Call("Ranged"), List.of("x"));
    String called =
        "bound-invalid OfStep[step=1]: network p.N calls `q.Ranged`, which declares no Lipschitz"
            + " bound";
    assertThat(findings(of("y", boxed, call), scope)).containsExactly(called);
    assertThat(findings(claiming(of("y", boxed, call), new Property.Range(0, 1)), scope))
        .containsExactly(called);
  }

  private static Declaration claiming(Declaration declaration, Property... properties) {
    return new Declaration(
        declaration.name(),
        declaration.documentation(),
        List.of(properties),
        declaration.weights(),
        declaration.precision(),
        declaration.steps(),
        declaration.output(),
        declaration.result());
  }

  @Test
  void aBoundIsDeclared() {
    assertThat(findings(Declarations.with(of("x", X), Optional.empty(), Declarations.GIVEN)))
        .containsExactly("bound-invalid OfNetwork[]: network p.N declares no Lipschitz bound");
  }

  @Test
  void constructionsBoundFromL2ToL2Only() {
    WeightsSource free = new WeightsSource.Parameterized(Construction.LDLT, Optional.empty());
    for (Norm from : Norm.values()) {
      for (Norm to : Norm.values()) {
        Optional<Property.Lipschitz> spec = Optional.of(new Property.Lipschitz(1, from, to));
        Declaration chain = of("y", X, dense("y", 4, "x"));
        boolean euclidean = from == Norm.L2 && to == Norm.L2;
        assertThat(findings(Declarations.with(chain, spec, Declarations.GIVEN))).isEmpty();
        assertThat(findings(Declarations.with(chain, spec, free)))
            .hasSize(euclidean ? 0 : 1)
            .allMatch(text -> text.startsWith("norm-not-supported OfBound[]: "));
      }
    }
  }

  // Pairs of outputs.

  private static List<String> findingsOfPairs(Declaration declaration, Scope scope) {
    Property.Lipschitz bound = new Property.Lipschitz(1, Norm.L2, Norm.LINF);
    return findings(withPairs(declaration.with(bound)), scope);
  }

  private static Declaration withPairs(Declaration declaration) {
    return new Declaration(
        declaration.name(),
        declaration.documentation(),
        List.of(declaration.lipschitz().orElseThrow(), new Property.Pairs()),
        declaration.weights(),
        declaration.precision(),
        declaration.steps(),
        declaration.output(),
        declaration.result());
  }

  private static Declaration ofOutputs(Integer... extents) {
    return of(
        "y",
        X,
        dense("h", new Shape(List.of(extents)).size(), "x"),
        Step.named("y", new Operation.Reshape(Optional.of(List.of(extents))), List.of("h")));
  }

  @Test
  void pairsAreOfTwoTo64OutputsInAnyShape() {
    for (Integer[] extents : new Integer[][] {{2}, {64}, {1, 1, 2}, {4, 4, 4}}) {
      assertThat(findingsOfPairs(ofOutputs(extents), Scope.empty())).isEmpty();
    }
    for (Integer[] extents : new Integer[][] {{1}, {1, 1, 1}}) {
      assertThat(findingsOfPairs(ofOutputs(extents), Scope.empty()))
          .containsExactly(
              "pairs-not-supported OfClaim[word=pairs]: network p.N asks for bounds of pairs, but"
                  + " has one output");
    }
    for (Integer[] extents : new Integer[][] {{65}, {5, 13}}) {
      assertThat(findingsOfPairs(ofOutputs(extents), Scope.empty()))
          .containsExactly(
              "pairs-not-supported OfClaim[word=pairs]: network p.N asks for bounds of 2080 pairs,"
                  + " of 65 outputs");
    }
  }

  @Test
  void whatAsksForPairsHandsThemOnToTheNetwork() {
    Declaration declaration = ofOutputs(2);
    assertThat(Declarations.network(declaration).further()).isEmpty();
    Property.Lipschitz bound = new Property.Lipschitz(1, Norm.LINF, Norm.L2);
    Declaration asking = withPairs(declaration).with(bound);
    assertThat(Declarations.network(asking).properties())
        .containsExactly(bound, new Property.Pairs());
  }

  @Test
  void anUnknownShapeOfTheOutputIsNoFurtherFault() {
    assertThat(findingsOfPairs(of("z", X, dense("y", 1, "x")), Scope.empty()))
        .noneMatch(text -> text.startsWith("pairs-not-supported"));
    assertThat(findingsOfPairs(of("y", X, dense("y", 0, "x")), Scope.empty()))
        .noneMatch(text -> text.startsWith("pairs-not-supported"));
  }

  @Test
  void pairsNeedTheWeightsOfWhatIsCalled() {
    Signature known =
        new Signature(
            "q.Known",
            Shape.vector(4),
            Shape.vector(4),
            Optional.of(new Property.Lipschitz(2, Norm.L2, Norm.L2)),
            ElementType.F32,
            Optional.empty());
    Signature free =
        new Signature(
            "q.Caller",
            Shape.vector(4),
            Shape.vector(4),
            Optional.of(new Property.Lipschitz(2, Norm.L2, Norm.L2)),
            ElementType.F32,
            Optional.of("q.Free"));
    Scope scope = Declarations.scope(Map.of("Known", known, "Caller", free), Set.of());
    Step first = Step.named("h", new Operation.Call("Known"), List.of("x"));
    Step second = Step.named("y", new Operation.Call("Caller"), List.of("h"));
    assertThat(findingsOfPairs(of("h", X, first), scope)).isEmpty();
    assertThat(findings(of("y", X, first, second), scope)).isEmpty();
    assertThat(findingsOfPairs(of("y", X, first, second), scope))
        .containsExactly(
            "pairs-not-supported OfClaim[word=pairs]: network p.N asks for bounds of pairs, but the"
                + " weights of `q.Free` are not known yet");
  }

  @Test
  void aSignatureNamesTheNetworkWhoseWeightsAreFree() {
    WeightsSource free = new WeightsSource.Parameterized(Construction.LDLT, Optional.empty());
    WeightsSource trained = new WeightsSource.Parameterized(Construction.LDLT, Optional.of("w"));
    Declaration chain = of("y", X, dense("y", 4, "x"));
    Map<String, Signature> none = Map.of();
    Signature ofFree =
        Signature.of(Declarations.network(Declarations.with(chain, chain.lipschitz(), free)), none);
    Signature ofTrained =
        Signature.of(
            Declarations.network(Declarations.with(chain, chain.lipschitz(), trained)), none);
    assertThat(ofFree.freeWeights()).contains("p.N");
    assertThat(ofTrained.freeWeights()).isEmpty();
    Declaration calling = of("y", X, Step.named("y", new Operation.Call("N"), List.of("x")));
    Network caller =
        DeclarationChecker.check(calling, Declarations.scope(Map.of("N", ofFree), Set.of()))
            .network()
            .orElseThrow()
            .network();
    assertThat(Signature.of(caller, Map.of("p.N", ofFree)).freeWeights()).contains("p.N");
    assertThat(Signature.of(caller, Map.of("p.N", ofTrained)).freeWeights()).isEmpty();
  }

  // Single operations.

  @Test
  void aSizeIsPositiveAndNotTooLarge() {
    for (int size : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Shape.MAX_SIZE + 1}) {
      assertThat(findings(of("h", X, dense("h", size, "x"))))
          .containsExactly("size-out-of-range OfArgument[step=1]: layer `h` has size " + size);
      assertThat(findings(of("x", input("x", size))))
          .containsExactly(
              "size-out-of-range OfArgument[step=0]: input `x` has size [" + size + "]");
    }
    assertThat(findings(of("x", input("x", 65536, 65536))))
        .containsExactly("size-out-of-range OfArgument[step=0]: input `x` has size [65536, 65536]");
    assertThat(findings(of("x", input("x", 1 << 20)))).isEmpty();
  }

  @Test
  void allLayersTogetherAreNotTooLarge() {
    assertThat(findings(of("x", input("x", Shape.MAX_SIZE))))
        .containsExactly(
            "size-out-of-range OfNetwork[]: the layers of network `p.N` have 16777216 elements in"
                + " all");
    Step scaled = Step.named("y", new Operation.Linear(new Scaling(0.5)), List.of("x"));
    assertThat(findings(of("y", input("x", 1 << 19), scaled))).isEmpty();
    assertThat(findings(of("y", input("x", (1 << 19) + 1), scaled))).hasSize(1);
  }

  @Test
  void aMatrixIsNotTooLarge() {
    assertThat(findings(of("h", input("x", 1 << 15), dense("h", 1 << 14, "x"))))
        .containsExactly(
            "size-out-of-range OfArgument[step=1]: the matrix of layer `h` has size 536870912"
                + " numbers");
    assertThat(findings(of("h", input("x", 1 << 14), dense("h", 1 << 14, "x")))).isEmpty();
  }

  @Test
  void aConstantIsFiniteInTheDeclaredPrecision() {
    for (double factor : new double[] {1e300, Double.NaN, Double.NEGATIVE_INFINITY}) {
      Step scale = Step.named("y", new Operation.Linear(new Scaling(factor)), List.of("x"));
      assertThat(findings(of("y", X, scale)))
          .containsExactly("constant-invalid OfArgument[step=1]: the factor of `y` is " + factor);
      Step leaky = Step.named("y", activate(PointwiseKind.LEAKY_RELU, factor), List.of("x"));
      assertThat(findings(of("y", X, leaky)))
          .containsExactly(
              "constant-invalid OfArgument[step=1]: a parameter of `leaky_relu` is " + factor);
    }
  }

  @Test
  void aConstantIsOneForWhichTheSlopesAreProved() {
    String fault = "constant-invalid OfArgument[step=1]: a parameter of `%s` is %s";
    for (double constant : new double[] {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY, 1e39}) {
      boolean isRoundedToZero = constant == -1e-300;
      Step elu = Step.named("y", activate(PointwiseKind.ELU, constant), List.of("x"));
      if (!isRoundedToZero) {
        assertThat(findings(of("y", X, elu)))
            .containsExactly(fault.formatted("elu", text(constant)));
      }
      Step celu = Step.named("y", activate(PointwiseKind.CELU, constant), List.of("x"));
      assertThat(findings(of("y", X, celu)))
          .containsExactly(fault.formatted("celu", text(constant)));
    }
    // It is 0 in F32.
    Step celu = Step.named("y", activate(PointwiseKind.CELU, 1e-60), List.of("x"));
    assertThat(findings(of("y", X, celu))).containsExactly(fault.formatted("celu", "1.0E-60"));
    for (double constant : new double[] {0, 0.5, 3}) {
      Step elu = Step.named("y", activate(PointwiseKind.ELU, constant), List.of("x"));
      assertThat(findings(of("y", X, elu))).isEmpty();
    }
  }

  private static String text(double constant) {
    return Decimals.plain(constant);
  }

  @Test
  void anIntervalIsFiniteAndInOrder() {
    assertThat(boxed(1, -1))
        .containsExactly(
            "constant-invalid OfBox[step=0]: the interval of input `x` is [1.0, -1.0]");
    assertThat(boxed(0, Double.POSITIVE_INFINITY))
        .containsExactly(
            "constant-invalid OfBox[step=0]: the interval of input `x` is [0.0, Infinity]");
    assertThat(boxed(Double.NaN, 1))
        .containsExactly(
            "constant-invalid OfBox[step=0]: the interval of input `x` has no lower end");
  }

  private static List<String> boxed(double lower, double upper) {
    Operation input = new Operation.Input(List.of(4), Optional.of(new Operation.Box(lower, upper)));
    return findings(of("x", Step.named("x", input, List.of())));
  }

  @Test
  void anActivationWithoutFiniteSlopesIsRefused() {
    for (RefusedActivation refused : RefusedActivation.values()) {
      Step step = Step.named("y", new Operation.Refused(refused), List.of("x"));
      assertThat(findings(of("y", X, step)))
          .singleElement()
          .asString()
          .startsWith(
              "activation-not-slope-restricted OfStep[step=1]: activation `" + refused.word());
    }
  }

  // Weights.

  @Test
  void missingWeightsAreOneFault() {
    Declaration declaration = of("b", X, relu("a", "x"), dense("c", 4, "a"), dense("b", 4, "c"));
    assertThat(
            findings(
                Declarations.with(declaration, declaration.lipschitz(), new WeightsSource.None())))
        .containsExactly(
            "unbounded-layer OfStep[step=2]: nothing bounds the weights of layer `c` of p.N");
  }

  @Test
  void withoutWeightedLayersNoWeightsAreNeeded() {
    Declaration declaration = of("a", X, relu("a", "x"));
    assertThat(
            findings(
                Declarations.with(declaration, declaration.lipschitz(), new WeightsSource.None())))
        .isEmpty();
  }

  @Test
  void aBindingHoldsOneDenseLayer() {
    Operation dense = new Operation.Dense(4, true, Optional.empty());
    assertThat(
            findings(
                of(
                    "h",
                    X,
                    inner("h", 1, dense, "x"),
                    inner("h", 2, dense, "h#1"),
                    dense("h", 4, "h#2"))))
        .containsExactly(
            "unnamed-layer OfStep[step=2]: binding `h` holds more than one dense layer");
  }

  @Test
  void aDenseLayerHasAName() {
    Operation dense = new Operation.Dense(4, true, Optional.empty());
    Step unnamed = new Step("return#1", Optional.empty(), dense, List.of("x"));
    Step second = new Step("return#2", Optional.empty(), dense, List.of("return#1"));
    assertThat(findings(of("return#2", X, unnamed, second)))
        .containsExactly("unnamed-layer OfStep[step=1]: the dense layer in `return` has no name");
  }

  @Test
  void aTensorBelongsToOneLayerAndHasAName() {
    Operation named = new Operation.Dense(4, true, Optional.of("a"));
    assertThat(findings(of("b", X, dense("a", 4, "x"), Step.named("b", named, List.of("a")))))
        .containsExactly(
            "duplicate-name OfArgument[step=2]: tensor `a` is declared more than once");
    Operation empty = new Operation.Dense(4, true, Optional.of(""));
    assertThat(findings(of("b", X, Step.named("b", empty, List.of("x")))))
        .containsExactly(
            "declaration-invalid OfArgument[step=1]: the tensor name of layer `b` is empty");
  }

  // The graph.

  @Test
  void aCycleIsReportedWithItsPathAndNothingThatFollows() {
    Declaration declaration =
        of("c", X, relu("a", "c"), add("b", "a", "x"), relu("c", "b"), relu("unused", "x"));
    assertThat(findings(declaration))
        .containsExactly("cycle OfName[step=1]: layer `a` depends on itself");
    assertThat(Declarations.check(declaration).findings().getFirst().diagnostic().body())
        .contains("  reason:   `a` -> `c` -> `b` -> `a`".replace("`", ""));
  }

  @Test
  void independentCyclesAndAnotherFaultAreAllReported() {
    assertThat(
            findings(
                of(
                    "s",
                    X,
                    relu("a", "a"),
                    relu("b", "c"),
                    relu("c", "b"),
                    dense("d", 3, "x"),
                    add("e", "x", "d"),
                    add("s", "a", "b", "e"))))
        .containsExactly(
            "cycle OfName[step=1]: layer `a` depends on itself",
            "cycle OfName[step=2]: layer `b` depends on itself",
            "shape-mismatch OfOperand[step=5, index=1]: layer `e` adds R^4 and R^3");
  }

  @Test
  void onlyTheEndOfAnUnusedBranchIsReported() {
    assertThat(findings(of("y", X, relu("y", "x"), relu("a", "x"), relu("b", "a"), relu("c", "x"))))
        .containsExactly(
            "unused-layer OfName[step=3]: layer `b` does not reach the output",
            "unused-layer OfName[step=4]: layer `c` does not reach the output");
  }

  @Test
  void everyInputReachesTheOutput() {
    assertThat(findings(of("y", X, input("z", 4), relu("y", "x"))))
        .containsExactly("unused-layer OfName[step=1]: input `z` does not reach the output");
    assertThat(findings(of("y", X, input("z", 4), add("y", "x", "z")))).isEmpty();
  }

  @Test
  void severalInputsAreInABoxTogetherOrNotAtAll() {
    Operation boxed = new Operation.Input(List.of(4), Optional.of(new Operation.Box(0, 1)));
    Step z = Step.named("z", boxed, List.of());
    assertThat(findings(of("y", X, z, add("y", "x", "z"))))
        .containsExactly(
            "declaration-invalid OfName[step=0]: input `x` has no interval, but input `z` has one");
  }

  @Test
  void allInputsTogetherAreATensor() {
    int half = Shape.MAX_SIZE / 2 + 1;
    assertThat(findings(of("y", input("x", half), input("z", half), add("y", "x", "z"))))
        .containsExactly(
            "size-out-of-range OfNetwork[]: the layers of network `p.N` have 25165827 elements in"
                + " all");
  }

  @Test
  void anInputIsDeclared() {
    assertThat(findings(of("h", relu("h"))))
        .containsExactly(
            "declaration-invalid OfNetwork[]: network p.N declares no input",
            "shape-mismatch OfStep[step=0]: layer `h` gives `relu` 0 operands");
  }

  // Shapes.

  @Test
  void aSumHasOperandsOfOneShape() {
    Declaration declaration = of("s", X, dense("h", 3, "x"), add("s", "h", "x"));
    assertThat(findings(declaration))
        .containsExactly("shape-mismatch OfOperand[step=2, index=1]: layer `s` adds R^3 and R^4");
    assertThat(Declarations.check(declaration).findings().getFirst().diagnostic().body())
        .containsExactly(
            "  required: `x` of the same shape as `h`, R^3",
            "  found:    `x` is R^4",
            "  help: give `h` 4 outputs, or map `x` with a layer of its own: `... |> dense(3)`");
  }

  @Test
  void operandsAreCounted() {
    Step concat = Step.named("c", new Operation.Linear(new Concatenation()), List.of("x"));
    assertThat(findings(of("c", X, concat)))
        .containsExactly("shape-mismatch OfStep[step=1]: layer `c` gives `concat` 1 operand");
    assertThat(findings(of("s", X, add("s", "x"))))
        .containsExactly("shape-mismatch OfStep[step=1]: layer `s` gives `+` 1 operand");
    assertThat(findings(of("h", X, dense("h", 4, "x", "x"))))
        .containsExactly("shape-mismatch OfStep[step=1]: layer `h` gives `dense` 2 operands");
  }

  @Test
  void maxMinNeedsPairs() {
    Step maxMin = Step.named("m", activate(GroupedKind.MAXMIN), List.of("h"));
    assertThat(findings(of("m", X, dense("h", 3, "x"), maxMin)))
        .containsExactly(
            "shape-mismatch OfStep[step=2]: layer `m` sorts pairs, but its input R^3 has an odd"
                + " size");
    assertThat(findings(of("m", X, dense("h", 6, "x"), maxMin))).isEmpty();
  }

  private static Operation grouped(ActivationKind kind, Double... constants) {
    return new Operation.Activate(kind.with(List.of(constants)));
  }

  private static List<String> findingsOfGroup(Operation group, int width) {
    return findings(of("m", X, dense("h", width, "x"), Step.named("m", group, List.of("h"))));
  }

  @Test
  void groupsFillTheVector() {
    Operation threes = grouped(GroupedKind.GROUP_SORT, 3.0);
    assertThat(findingsOfGroup(threes, 8))
        .containsExactly(
            "shape-mismatch OfStep[step=2]: layer `m` maps groups of 3, but its input R^8 is not"
                + " a whole number of groups");
    assertThat(findingsOfGroup(threes, 9)).isEmpty();
    assertThat(findingsOfGroup(grouped(GroupedKind.HOUSEHOLDER, 0.6, -0.8), 3)).hasSize(1);
    assertThat(findingsOfGroup(grouped(GroupedKind.HOUSEHOLDER, 0.6, -0.8), 4)).isEmpty();
  }

  @Test
  void groupsHaveAWholeSize() {
    for (double size : new double[] {2.5, 1, 0, -3, 1e30}) {
      assertThat(findingsOfGroup(grouped(GroupedKind.GROUP_SORT, size), 6)).hasSize(1);
    }
    assertThat(findingsOfGroup(grouped(GroupedKind.GROUP_SORT, 2.5), 6))
        .containsExactly("constant-invalid OfArgument[step=2]: the size of `group_sort` is 2.5");
  }

  @Test
  void softmaxHasATemperatureAndSeveralElements() {
    for (double temperature : new double[] {0, -1, 1e-60}) {
      assertThat(findingsOfGroup(grouped(GroupedKind.SOFTMAX, temperature), 6)).hasSize(1);
    }
    assertThat(findingsOfGroup(grouped(GroupedKind.SOFTMAX, 0.5), 6)).isEmpty();
    assertThat(findingsOfGroup(grouped(LinearKind.CENTER), 6)).isEmpty();
    assertThat(findingsOfGroup(grouped(LinearKind.CENTER), 1))
        .containsExactly(
            "shape-mismatch OfStep[step=2]: layer `m` subtracts the mean of one element, which"
                + " leaves 0");
    assertThat(findingsOfGroup(grouped(GroupedKind.SOFTMAX, 0.5), 1))
        .containsExactly(
            "shape-mismatch OfStep[step=2]: layer `m` is a softmax of one element, which is"
                + " always 1");
  }

  @Test
  void layerNormHasAnEpsilonAndGroupsThatFit() {
    for (double epsilon : new double[] {0, -0.0, -1e-5, 1e-60}) {
      assertThat(findingsOfGroup(grouped(GroupedKind.LAYER_NORM, epsilon, 0.0), 6)).hasSize(1);
    }
    for (double size : new double[] {1, -2, 2.5, 4, 12, 1e30}) {
      assertThat(findingsOfGroup(grouped(GroupedKind.LAYER_NORM, 0.5, size), 6)).hasSize(1);
    }
    for (double size : new double[] {0, 2, 3, 6}) {
      assertThat(findingsOfGroup(grouped(GroupedKind.LAYER_NORM, 0.5, size), 6)).isEmpty();
    }
    assertThat(findingsOfGroup(grouped(GroupedKind.LAYER_NORM, 0.5, 1.0), 6))
        .containsExactly("constant-invalid OfArgument[step=2]: the size of `layer_norm` is 1.0");
    assertThat(findingsOfGroup(grouped(GroupedKind.LAYER_NORM, 0.5, 0.0), 1))
        .containsExactly(
            "shape-mismatch OfStep[step=2]: layer `m` normalises a single element, which leaves"
                + " 0");
  }

  @Test
  void aConcatenationIsNotTooLarge() {
    Step concat = Step.named("c", new Operation.Linear(new Concatenation()), List.of("x", "x"));
    assertThat(findings(of("c", input("x", Shape.MAX_SIZE), concat)))
        .containsExactly("size-out-of-range OfStep[step=1]: layer `c` has size 33554432");
  }

  @Test
  void theResultHasTheDeclaredShape() {
    assertThat(findings(returning(of("x", X), 4))).isEmpty();
    assertThat(findings(returning(of("x", X), 5)))
        .containsExactly("shape-mismatch OfResult[]: network `p.N` returns R^4, but declares R^5");
    assertThat(findings(returning(of("x", X), 2, 2)))
        .containsExactly(
            "shape-mismatch OfResult[]: network `p.N` returns R^4, but declares R^(2x2)");
    assertThat(findings(returning(of("x", X), 0)))
        .containsExactly("size-out-of-range OfResult[]: the result of p.N has size [0]");
  }

  @Test
  void aFaultyShapeIsNoFurtherFault() {
    assertThat(
            findings(
                returning(of("y", X, dense("h", 0, "x"), add("s", "h", "x"), relu("y", "s")), 9)))
        .containsExactly("size-out-of-range OfArgument[step=1]: layer `h` has size 0");
  }

  // Calls.

  @Test
  void aCallNamesANetworkAndFitsIt() {
    Signature policy =
        new Signature(
            "q.Policy",
            Shape.vector(4),
            Shape.vector(2),
            Optional.of(new Property.Lipschitz(2, Norm.L2, Norm.L2)),
            ElementType.F32,
            Optional.empty());
    Scope scope = Declarations.scope(Map.of("Policy", policy), Set.of("Broken"));
    Step call = Step.named("y", new Operation.Call("Policy"), List.of("x"));
    assertThat(findings(returning(of("y", X, call), 2), scope)).isEmpty();
    assertThat(findings(of("y", input("x", 3), call), scope))
        .containsExactly(
            "shape-mismatch OfStep[step=1]: network `q.Policy` reads R^4, but is applied to R^3");
    Step misspelt = Step.named("y", new Operation.Call("Polcy"), List.of("x"));
    assertThat(findings(of("y", X, misspelt), scope))
        .containsExactly("unknown-name OfStep[step=1]: there is no network `Polcy`");
    Step broken = Step.named("y", new Operation.Call("Broken"), List.of("x"));
    DeclarationChecker.Outcome outcome = DeclarationChecker.check(of("y", X, broken), scope);
    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.network()).isEmpty();
  }

  @Test
  void aCallIsOfTheCallersPrecision() {
    Signature precise =
        new Signature(
            "q.Policy",
            Shape.vector(4),
            Shape.vector(2),
            Optional.of(new Property.Lipschitz(2, Norm.L2, Norm.L2)),
            ElementType.F64,
            Optional.empty());
    Scope scope = Declarations.scope(Map.of("Policy", precise), Set.of());
    Step call = Step.named("y", new Operation.Call("Policy"), List.of("x"));
    assertThat(findings(of("y", X, call), scope))
        .containsExactly(
            "declaration-invalid OfStep[step=1]: "
                + "network `q.Policy` computes in F64, but p.N in F32");
  }

  @Test
  void independentFaultsAreAllReported() {
    Declaration declaration =
        of(
            "y",
            X,
            dense("a", 0, "x"),
            relu("b", "nothing"),
            Step.named("c", new Operation.Linear(new Scaling(Double.NaN)), List.of("x")),
            add("y", "a", "b", "c"));
    Property.Lipschitz spec = new Property.Lipschitz(-1, Norm.L2, Norm.L2);
    assertThat(findings(Declarations.with(declaration, Optional.of(spec), Declarations.GIVEN)))
        .extracting(text -> text.substring(0, text.indexOf(' ')))
        .containsExactly("unknown-name", "bound-invalid", "size-out-of-range", "constant-invalid");
  }
}
