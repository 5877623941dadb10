package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.About;
import io.lipc.model.Construction;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a text means does not depend on how it is written. */
final class SameNetworkTest {

  private static final List<String> RESIDUAL =
      List.of(
          "h1 = x |> dense(6) |> relu;",
          "h2 = h1 |> dense(6, bias=false) |> tanh;",
          "skip = x |> dense(6, tensor=\"shortcut\") |> leaky_relu(0.1);",
          "s = h1 + h2 + skip;",
          "pair = s |> maxmin |> abs;",
          "both = concat(pair, s |> scale(0.1));",
          "y = both |> dense(2);");

  private static Network network(List<String> bindings) {
    Checks checks =
        Checks.of(
            "package demo;\nnetwork Residual(x: real[4] in [-1, 1]) -> real[2] {\n"
                + "  certify lipschitz <= 3.5;\n  weights \"r.safetensors\";\n  "
                + String.join("\n  ", bindings)
                + "\n  return y;\n}\n");
    assertThat(checks.findings()).isEmpty();
    return checks.networks().get("demo.Residual");
  }

  private static Layer activate(int operand, ActivationKind kind) {
    return new Layer.Activate(operand, Activation.of(kind), Shape.vector(6));
  }

  @Test
  void aResidualGraphWithMixedActivationsIsReadAsWritten() {
    Shape six = Shape.vector(6);
    assertThat(network(RESIDUAL))
        .isEqualTo(
            new Network(
                "demo.Residual",
                new Property.Lipschitz(3.5, Norm.L2, Norm.L2),
                new WeightsSource.Given("r.safetensors"),
                ElementType.F32,
                List.of(
                    new Layer.Input(
                        Shape.vector(4), Optional.of(Collections.nCopies(4, new Interval(-1, 1)))),
                    Layer.dense(0, 4, 6, "h1.weight", Optional.of("h1.bias")),
                    activate(1, PointwiseKind.RELU),
                    Layer.dense(2, 6, 6, "h2.weight", Optional.empty()),
                    activate(3, PointwiseKind.TANH),
                    Layer.dense(0, 4, 6, "shortcut.weight", Optional.of("shortcut.bias")),
                    new Layer.Activate(
                        5, PointwiseKind.LEAKY_RELU.with(List.of((double) 0.1f)), six),
                    Layer.sum(List.of(2, 4, 6), six),
                    activate(7, GroupedKind.MAXMIN),
                    activate(8, PointwiseKind.ABS),
                    Layer.scale(7, 0.1f, six),
                    Layer.concat(List.of(9, 10), Shape.vector(12)),
                    Layer.dense(11, 12, 2, "y.weight", Optional.of("y.bias")))));
  }

  @Test
  void activationsOfGroupsHaveTheirConstants() {
    String text =
        "network G(x: real[6] in [1, 2]) -> real[6] { certify lipschitz <= 1; return x |> group_sort(3) |>"
            + " householder(0.6, v1 = -0.8) |> softmax |> softmax(0.5) |> center |>"
            + " layer_norm(1e-5) |> layer_norm(epsilon = 0.5, size = 3) |>"
            + " l2_normalize(0.5) |> l2_normalize(at_least = 0.1); }";
    Shape six = Shape.vector(6);
    assertThat(Checks.of(text).networks().get("G").layers())
        .contains(
            new Layer.Activate(0, GroupedKind.GROUP_SORT.with(List.of(3.0)), six),
            new Layer.Activate(
                1, GroupedKind.HOUSEHOLDER.with(List.of((double) 0.6f, (double) -0.8f)), six),
            new Layer.Activate(2, GroupedKind.SOFTMAX.with(List.of(1.0)), six),
            new Layer.Activate(3, GroupedKind.SOFTMAX.with(List.of(0.5)), six),
            new Layer.Activate(4, Activation.of(LinearKind.CENTER), six),
            new Layer.Activate(5, GroupedKind.LAYER_NORM.with(List.of((double) 1e-5f, 0.0)), six),
            new Layer.Activate(6, GroupedKind.LAYER_NORM.with(List.of(0.5, 3.0)), six),
            new Layer.Activate(7, GroupedKind.L2_NORMALIZE.with(List.of(0.5)), six),
            new Layer.Activate(8, GroupedKind.L2_NORMALIZE.with(List.of((double) 0.1f)), six));
  }

  @Test
  void theOrderOfBindingsIsNoPartOfTheNetwork() {
    Network expected = network(RESIDUAL);
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      List<String> shuffled = new ArrayList<>(RESIDUAL);
      Collections.shuffle(shuffled, random);
      assertThat(network(shuffled)).isEqualTo(expected);
    }
  }

  @Test
  void theNamesOfLayersWithoutWeightsAreNoPartOfTheNetwork() {
    List<String> renamed = RESIDUAL.stream().map(b -> b.replaceAll("\\bs\\b", "sum")).toList();
    assertThat(network(renamed)).isEqualTo(network(RESIDUAL));
  }

  @Test
  void anotherOrderOfTermsIsAnotherNetwork() {
    List<String> swapped =
        RESIDUAL.stream().map(b -> b.replace("h1 + h2 + skip", "h2 + h1 + skip")).toList();
    assertThat(network(swapped)).isNotEqualTo(network(RESIDUAL));
  }

  @Test
  void weightsAndParametersAreDeclaredInAnyOrder() {
    String clauses = "parameters ldlt; weights \"t.safetensors\";";
    String text =
        "network N(x: real[2]) -> real[2] { certify lipschitz <= 1; "
            + clauses
            + " y = x |> dense(2); return y; }";
    Network network = Checks.of(text).networks().get("N");
    assertThat(network.weights())
        .isEqualTo(
            new WeightsSource.Parameterized(Construction.LDLT, Optional.of("t.safetensors")));
    String swapped = "weights \"t.safetensors\"; parameters ldlt;";
    assertThat(Checks.of(text.replace(clauses, swapped)).networks()).containsValue(network);
    assertThat(Checks.of(text.replace(clauses, "parameters ldlt;")).networks())
        .doesNotContainValue(network);
  }

  @Test
  void pairsMayStandOnEitherSideOfTheBound() {
    String text = "network N(x: real[2]) -> real[2] { %s return x |> relu; }";
    String bound = "certify lipschitz <= 1 from linf to linf;";
    Network network = Checks.of(text.formatted(bound + "certify pairs;")).networks().get("N");
    assertThat(network.properties())
        .containsExactly(new Property.Lipschitz(1, Norm.LINF, Norm.LINF), new Property.Pairs());
    assertThat(Checks.of(text.formatted("certify pairs;" + bound)).networks())
        .containsValue(network);
    assertThat(Checks.of(text.formatted(bound)).networks()).doesNotContainValue(network);
  }

  @Test
  void aRangeIsPartOfWhatIsDeclared() {
    String text =
        "network N(x: real[2] in [0, 1]) -> real[2] { %s certify lipschitz <= 1; return x |> relu;"
            + " }";
    Network network = Checks.of(text.formatted("certify range in [-0.5, 2];")).networks().get("N");
    assertThat(network.further()).containsExactly(new Property.Range(-0.5, 2));
    assertThat(Checks.of(text.formatted("certify range in [-0.5, 3];")).networks())
        .doesNotContainValue(network);
    assertThat(
            Checks.of(text.formatted("certify range in [-1, 1]; certify range in [0, 1];"))
                .findings())
        .hasSize(1);
    assertThat(
            Checks.of(
                    text.replace("%s", "")
                        .replace("x |> relu", "range")
                        .replace("{", "{ ")
                        .replace("return", "range = x |> relu; return"))
                .networks())
        .containsKey("N");
  }

  /** Its file is read later. */
  @Test
  void aQueryIsPartOfWhatIsDeclared() {
    String text =
        "network N(x: real[2]) -> real[2] { %s certify lipschitz <= 1; query = x |> relu;"
            + " return query; }";
    Network network = Checks.of(text.formatted("certify query \"q.vnnlib\";")).networks().get("N");
    assertThat(network.further()).containsExactly(new Property.Query("q.vnnlib"));
    assertThat(Checks.of(text.formatted("certify query \"p.vnnlib\";")).networks())
        .doesNotContainValue(network);
    assertThat(
            Checks.of(text.formatted("certify query \"q.vnnlib\"; certify query \"p.vnnlib\";"))
                .findings())
        .hasSize(1);
  }

  @Test
  void aScaleIsPartOfWhatIsDeclared() {
    String text =
        "network N(x: real[2]) -> real[2] { %s certify lipschitz <= 2; per = x |> scale(2); return"
            + " per |> relu; }";
    Network network =
        Checks.of(text.formatted("certify lipschitz <= 1 per [0.5, 2];")).networks().get("N");
    assertThat(network.further())
        .containsExactly(
            new Property.Scaled(
                new Property.Lipschitz(1, Norm.L2, Norm.L2),
                new Property.Scale.Units(List.of(0.5, 2.0))));
    assertThat(Checks.of(text.formatted("certify lipschitz <= 1 per [0.5, 3];")).networks())
        .doesNotContainValue(network);
    assertThat(
            Checks.of(text.formatted("certify lipschitz <= 1 from linf to l2 per per;"))
                .networks()
                .get("N")
                .further())
        .containsExactly(
            new Property.Scaled(
                new Property.Lipschitz(1, Norm.LINF, Norm.L2), new Property.Scale.OfLayer("per")));
    String twice = "certify lipschitz <= 1 per per; certify lipschitz <= 1 per [1, 1];";
    assertThat(Checks.of(text.formatted(twice)).findings()).hasSize(1);
    assertThat(Checks.of(text.formatted("certify lipschitz <= 1 per pear;")).findings()).hasSize(1);
  }

  @Test
  void aRegionIsPartOfWhatIsDeclared() {
    String text =
        "network N(x: real[2] in [-1, 1], box: real[1] in [0, 2]) -> real[3] { certify lipschitz <= 2;"
            + " certify lipschitz <= 1%s; on = concat(x, box); return on |> relu; }";
    Property.Lipschitz bound = new Property.Lipschitz(1, Norm.L2, Norm.L2);
    assertRegion(bound, text.formatted(" on box"), sides(-1, 1, -1, 1, 0, 2));
    assertRegion(bound, text.formatted(" on x in [0, 0.5]"), sides(0, 0.5, 0, 0.5, 0, 2));
    assertRegion(bound, text.formatted(" on box in [0, 1]"), sides(-1, 1, -1, 1, 0, 1));
    assertRegion(bound, text.formatted(" on box = 0"), sides(-1, 1, -1, 1, 0, 0));
    assertRegion(
        bound, text.formatted(" on x[1] = 0.5, x in [-1, 0]"), sides(-1, 0, 0.5, 0.5, 0, 2));
    assertRegion(
        new Property.Lipschitz(1, Norm.LINF, Norm.L2),
        text.formatted(" from linf to l2 on box"),
        sides(-1, 1, -1, 1, 0, 2));
    assertRegion(
        new Property.Lipschitz(1, Norm.LINF, Norm.LINF),
        text.formatted(" from linf to linf on box"),
        sides(-1, 1, -1, 1, 0, 2));
    String[] faults = {
      " on x in [0, 2]", "box-outside",
      " on x in [1, -1]", "box-empty",
      " on x[0] = 1e999", "box-empty",
      " on y in [0, 1]", "unknown-name",
      " on x[2] = 0", "unknown-name",
      " on x[99999999999] = 0", "unknown-name",
      " on x = 0, x[1] = 0", "duplicate-name",
      " on x in", "syntax",
      " on x[-1] = 0", "syntax",
      " on", "syntax",
      " on box, x = 0", "syntax",
      " per on on box", "syntax",
      "e999 on box", "bound-invalid",
      " on box; certify lipschitz <= 1 on x = 0", "declaration-invalid",
    };
    for (int i = 0; i < faults.length; i += 2) {
      assertThat(Checks.of(text.formatted(faults[i])).findings())
          .as(faults[i])
          .extracting(found -> found.diagnostic().id().word())
          .containsExactly(faults[i + 1]);
    }
    String open = text.replace(" in [-1, 1]", "").replace(" in [0, 2]", "");
    assertThat(Checks.of(open.formatted(" on x in [0, 1]")).findings())
        .extracting(found -> found.diagnostic().id().word())
        .containsExactly("box-missing");
    assertRegion(bound, open.formatted(" on x in [0, 1], box = 3"), sides(0, 1, 0, 1, 3, 3));
  }

  @Test
  void trendsArePartOfWhatIsDeclared() {
    String text =
        "network N(x: real[2] in [-1, 1], of: real[1] in [0, 2]) -> real[3] { certify lipschitz <= 2;"
            + " certify monotone %s; monotone = concat(x, of); return monotone |> relu; }";
    List<Integer> all = List.of(0, 1, 2);
    assertTrends(
        text.formatted("increasing in x"),
        sides(-1, 1, -1, 1, 0, 2),
        new Property.Trend(true, new About.Elements(List.of(0, 1), all, "x")));
    assertTrends(
        text.formatted("decreasing in of of y[1], increasing in x[1] on x in [0, 1], of = 2"),
        sides(0, 1, 0, 1, 2, 2),
        new Property.Trend(false, new About.Elements(List.of(2), List.of(1), "of")),
        new Property.Trend(true, new About.Elements(List.of(1), all, "x[1]")));
    String[] faults = {
      "increasing in z", "unknown-name",
      "increasing in x[2]", "unknown-name",
      "increasing in x[99999999999]", "unknown-name",
      "increasing in x of y[3]", "unknown-name",
      "increasing in x of z[0]", "syntax",
      "rising in x", "syntax",
      "increasing x", "syntax",
      "increasing in x of y", "syntax",
      "increasing in x, increasing in x[0]", "duplicate-name",
      "increasing in x of y[0], decreasing in x[1]", "duplicate-name",
      "increasing in x on x in [0, 2]", "box-outside",
      "increasing in x on x in [1, 0]", "box-empty",
      "increasing in x; certify monotone decreasing in x", "declaration-invalid",
    };
    for (int i = 0; i < faults.length; i += 2) {
      assertThat(Checks.of(text.formatted(faults[i])).findings())
          .as(faults[i])
          .extracting(found -> found.diagnostic().id().word())
          .containsExactly(faults[i + 1]);
    }
    String open = text.replace(" in [-1, 1]", "").replace(" in [0, 2]", "");
    assertThat(Checks.of(open.formatted("increasing in of")).findings())
        .extracting(found -> found.diagnostic().id().word())
        .containsExactly("box-missing");
    assertThat(Checks.of(text.replace("relu", "softmax").formatted("increasing in x")).findings())
        .extracting(found -> found.diagnostic().id().word())
        .containsExactly("local-not-supported");
  }

  @Test
  void slopesArePartOfWhatIsDeclared() {
    String text =
        "network N(x: real[2] in [-1, 1], of: real[1] in [0, 2]) -> real[3] { certify lipschitz <= 2;"
            + " certify slopes <= %s; slopes = concat(x, of); return slopes |> relu; }";
    List<Integer> all = List.of(0, 1, 2);
    assertSlopes(
        text.formatted("0.5 in x"),
        sides(-1, 1, -1, 1, 0, 2),
        new Property.Slope(0.5, new About.Elements(List.of(0, 1), all, "x")));
    List<Integer> second = List.of(1);
    assertSlopes(
        text.formatted("0 in of, 1e3 in x[1] of y[1] on x in [0, 1], of = 2"),
        sides(0, 1, 0, 1, 2, 2),
        new Property.Slope(0, new About.Elements(List.of(2), second, "of")),
        new Property.Slope(1e3, new About.Elements(List.of(1), second, "x[1]")));
    String[] faults = {
      "1 in z", "unknown-name",
      "1 in x[2]", "unknown-name",
      "1 in x of y[3]", "unknown-name",
      "1 in x of z[0]", "syntax",
      "1 x", "syntax",
      "in x", "syntax",
      "1 in x of y", "syntax",
      "1 in x, 2 in x[0]", "duplicate-name",
      "1 in x, 1 in of, 2 in of", "duplicate-name",
      "-1 in x", "bound-invalid",
      "1e999 in x", "bound-invalid",
      "1 in x on x in [0, 2]", "box-outside",
      "1 in x on x in [1, 0]", "box-empty",
      "1 in x; certify slopes <= 1 in of", "declaration-invalid",
    };
    for (int i = 0; i < faults.length; i += 2) {
      assertThat(Checks.of(text.formatted(faults[i])).findings())
          .as(faults[i])
          .extracting(found -> found.diagnostic().id().word())
          .containsExactly(faults[i + 1]);
    }
    String open = text.replace(" in [-1, 1]", "").replace(" in [0, 2]", "");
    assertThat(Checks.of(open.formatted("1 in of")).findings())
        .extracting(found -> found.diagnostic().id().word())
        .containsExactly("box-missing");
    assertThat(Checks.of(text.replace("relu", "softmax").formatted("1 in x")).findings())
        .extracting(found -> found.diagnostic().id().word())
        .containsExactly("local-not-supported");
    String free = text.replace("concat(x, of)", "concat(x, of) |> dense(3)");
    assertThat(Checks.of(free.formatted("1 in x; parameters ldlt")).findings())
        .extracting(found -> found.diagnostic().id().word())
        .contains("local-not-supported");
  }

  private static void assertSlopes(String text, List<Interval> sides, Property.Slope... slopes) {
    assertThat(Checks.of(text).networks().get("N").further())
        .as(text)
        .containsExactly(new Property.Slopes(List.of(slopes), new Region.Sides(sides)));
  }

  private static void assertTrends(String text, List<Interval> sides, Property.Trend... trends) {
    assertThat(Checks.of(text).networks().get("N").further())
        .as(text)
        .containsExactly(new Property.Monotone(List.of(trends), new Region.Sides(sides)));
  }

  private static List<Interval> sides(double... ends) {
    List<Interval> sides = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      sides.add(new Interval(ends[i], ends[i + 1]));
    }
    return sides;
  }

  private static void assertRegion(Property.Lipschitz bound, String text, List<Interval> sides) {
    assertThat(Checks.of(text).networks().get("N").further())
        .as(text)
        .containsExactly(new Property.Local(bound, new Region.Sides(sides)));
  }

  @Test
  void aCallIsResolvedByNameAndAFaultyCalleeIsNoFurtherFault() {
    String policy = "network Policy(x: real[2]) -> real[2] { certify lipschitz <= 1; return x; }";
    String caller =
        "network C(x: real[2]) -> real[2] { certify lipschitz <= 1; return Policy(x); }";
    assertThat(Checks.of(policy + caller).networks().get("C").layers())
        .contains(new Layer.Call(0, "Policy", Shape.vector(2)));
    assertThat(Checks.of(policy.replace("x;", ";") + caller).findings()).hasSize(1);
  }

  @Test
  void aScaleMayBeATensorAndPairsAreInIt() {
    String text =
        "network N(x: real[2]) -> real[2] { certify pairs; %s certify lipschitz <= 2;"
            + " weights \"w.safetensors\"; h = x |> dense(2); return h; }";
    Network network =
        Checks.of(text.formatted("certify lipschitz <= 1 per \"x \\\"unit\";")).networks().get("N");
    Property.Scaled scaled =
        new Property.Scaled(
            new Property.Lipschitz(1, Norm.L2, Norm.L2), new Property.Scale.OfTensor("x \"unit"));
    assertThat(network.further()).containsExactly(scaled, new Property.Pairs(Optional.of(scaled)));
    assertThat(Checks.of(text.formatted("")).networks().get("N").further())
        .containsExactly(new Property.Pairs());
    assertThat(Checks.of(text.formatted("certify lipschitz <= 1 per \"x\" y;")).findings())
        .isNotEmpty();
  }
}
