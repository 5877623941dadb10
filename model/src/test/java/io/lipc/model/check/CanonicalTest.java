package io.lipc.model.check;

import static io.lipc.model.check.Declarations.activate;
import static io.lipc.model.check.Declarations.add;
import static io.lipc.model.check.Declarations.dense;
import static io.lipc.model.check.Declarations.inner;
import static io.lipc.model.check.Declarations.input;
import static io.lipc.model.check.Declarations.network;
import static io.lipc.model.check.Declarations.relu;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Scaling;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CanonicalTest {

  private static Network shuffled(String output, List<Step> steps, Random random) {
    List<Step> copy = new ArrayList<>(steps);
    Collections.shuffle(copy, random);
    return network(Declarations.of(output, copy.toArray(Step[]::new)));
  }

  @Test
  void theOrderOfStepsIsNoPartOfTheNetwork() {
    List<Step> steps =
        List.of(
            input("x", 4),
            dense("a", 4, "x"),
            relu("b", "a"),
            dense("c", 4, "x"),
            add("s", "b", "c", "x"),
            dense("y", 2, "s"));
    Network expected = network(Declarations.of("y", steps.toArray(Step[]::new)));
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      assertThat(shuffled("y", steps, random)).isEqualTo(expected);
    }
  }

  @Test
  void aRandomGraphHasOneOrder() {
    Random random = new Random(5);
    for (int graph = 0; graph < 50; graph++) {
      List<Step> steps = new ArrayList<>(List.of(input("h0", 4)));
      for (int i = 1; i < 30; i++) {
        steps.add(add("h" + i, "h" + random.nextInt(i), "h" + (i - 1)));
      }
      Network expected = network(Declarations.of("h29", steps.toArray(Step[]::new)));
      assertThat(expected.layers()).hasSize(30);
      assertThat(shuffled("h29", steps, random)).isEqualTo(expected);
    }
  }

  @Test
  void operandsAreWalkedFromLeftToRight() {
    Network network =
        network(
            Declarations.of(
                "s",
                dense("right", 4, "x"),
                dense("left", 4, "x"),
                input("x", 4),
                add("s", "left", "right")));
    assertThat(network.layers())
        .containsExactly(
            new Layer.Input(Shape.vector(4), Optional.empty()),
            Layer.dense(0, 4, 4, "left.weight", Optional.of("left.bias")),
            Layer.dense(0, 4, 4, "right.weight", Optional.of("right.bias")),
            Layer.sum(List.of(1, 2), Shape.vector(4)));
  }

  @Test
  void eachLayerKeepsTheStepThatDeclaredIt() {
    Operation dense = new Operation.Dense(4, true, Optional.empty());
    CheckedNetwork checked =
        Declarations.check(
                Declarations.of("h", relu("h", "h#1"), inner("h", 1, dense, "x"), input("x", 4)))
            .network()
            .orElse(null);
    // An inner step stands before its reader in every front end, so this order is a fault.
    assertThat(checked).isNull();
    checked =
        Declarations.check(
                Declarations.of("h", inner("h", 1, dense, "x"), relu("h", "h#1"), input("x", 4)))
            .network()
            .orElseThrow();
    assertThat(checked.stepNames()).containsExactly("x", "h#1", "h");
    assertThat(checked.nameOf(1)).isEqualTo("h");
  }

  @Test
  void constantsAreRoundedToThePrecision() {
    Step scale = Step.named("y", new Operation.Linear(new Scaling(0.1)), List.of("h"));
    Step leaky = Step.named("h", activate(PointwiseKind.LEAKY_RELU, 0.3), List.of("x"));
    Network network = network(Declarations.of("y", input("x", 4), leaky, scale));
    assertThat(((Layer.Activate) network.layers().get(1)).activation().parameters())
        .containsExactly((double) 0.3f);
    assertThat(network.layers().get(2).linear()).contains(new Scaling(0.1f));
  }

  @Test
  void aBoxHasASidePerElement() {
    Operation input = new Operation.Input(List.of(2, 3), Optional.of(new Operation.Box(-1, 2)));
    Network network = network(Declarations.of("x", Step.named("x", input, List.of())));
    assertThat(network.input().box()).contains(Collections.nCopies(6, new Interval(-1, 2)));
  }

  private static Step boxed(String name, int size, double upper) {
    Operation.Box box = new Operation.Box(0, upper);
    return Step.named(name, new Operation.Input(List.of(size), Optional.of(box)), List.of());
  }

  private static Step concat(String name, String... operands) {
    return Step.named(name, new Operation.Linear(new Concatenation()), List.of(operands));
  }

  @Test
  void severalInputsArePartsOfOne() {
    Declaration declaration =
        Declarations.of("y", boxed("a", 2, 1), boxed("b", 3, 2), concat("y", "b", "a"));
    CheckedNetwork checked = Declarations.check(declaration).network().orElseThrow();
    List<Interval> box = new ArrayList<>(Collections.nCopies(2, new Interval(0, 1)));
    box.addAll(Collections.nCopies(3, new Interval(0, 2)));
    assertThat(checked.network().layers())
        .containsExactly(
            new Layer.Input(Shape.vector(5), Optional.of(box)),
            Layer.part(0, 2, Shape.vector(3)),
            Layer.part(0, 0, Shape.vector(2)),
            Layer.concat(List.of(1, 2), Shape.vector(5)));
    assertThat(checked.stepNames()).containsExactly("a, b", "b", "a", "y");
    assertThat(checked.inputs())
        .containsExactly(
            new CheckedNetwork.DeclaredInput("a", Shape.vector(2)),
            new CheckedNetwork.DeclaredInput("b", Shape.vector(3)));
  }

  @Test
  void allInputsInTheirOrderAreTheWhole() {
    Network network =
        network(
            Declarations.of(
                "y", input("a", 2), input("b", 3), concat("x", "a", "b"), relu("y", "x")));
    assertThat(network).isEqualTo(network(Declarations.of("y", input("x", 5), relu("y", "x"))));
    assertThat(network(Declarations.of("x", input("a", 2), input("b", 3), concat("x", "a", "b"))))
        .isEqualTo(network(Declarations.of("x", input("x", 5))));
  }

  @Test
  void aChainOfFiveThousandLayers() {
    List<Step> steps = new ArrayList<>(List.of(input("h0", 4)));
    for (int i = 1; i <= 5000; i++) {
      steps.add(i % 2 == 0 ? relu("h" + i, "h" + (i - 1)) : dense("h" + i, 4, "h" + (i - 1)));
    }
    Network expected = network(Declarations.of("h5000", steps.toArray(Step[]::new)));
    assertThat(expected.layers()).hasSize(5001);
    Collections.reverse(steps);
    assertThat(network(Declarations.of("h5000", steps.toArray(Step[]::new)))).isEqualTo(expected);
  }
}
