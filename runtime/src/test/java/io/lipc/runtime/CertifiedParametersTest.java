package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Generated constructors get the certified numbers, each where it belongs. */
class CertifiedParametersTest {

  private static Shipped network() {
    Shipped shipped = new Shipped();
    shipped.input(2);
    shipped.units.add(Unit.dense(0, 2, 3, "w", Optional.of("b")));
    shipped.units.add(Unit.affine(1, List.of(1.5, 2.5, 3.5), List.of(-1.0, -2.0, -3.0), 3));
    shipped.tensors.add(Shipped.tensor("w", ElementType.F64, List.of(3, 2), 1, 2, 3, 4, 5, 6.25));
    shipped.tensors.add(Shipped.tensor("b", ElementType.F64, List.of(3), 7, 8, 9.5));
    return shipped;
  }

  @Test
  void tensorsByName() {
    CertifiedParameters parameters = new CertifiedParameters(network().subject());
    assertThat(parameters.doubleColumns("w"))
        .isDeepEqualTo(new double[][] {{1, 3, 5}, {2, 4, 6.25}});
    assertThat(parameters.floatColumns("w"))
        .isDeepEqualTo(new float[][] {{1, 3, 5}, {2, 4, 6.25f}});
    assertThat(parameters.doubleVector("b")).containsExactly(7, 8, 9.5);
    assertThat(parameters.floatVector("b")).containsExactly(7, 8, 9.5f);
    assertThat(parameters.floatVector("w")).containsExactly(1, 2, 3, 4, 5, 6.25f);
    parameters.doubleVector("b")[0] = 100;
    assertThat(parameters.doubleVector("b")).containsExactly(7, 8, 9.5);
    assertThatThrownBy(() -> parameters.doubleVector("c"))
        .hasMessage("no tensor `c` was certified");
    assertThatThrownBy(() -> parameters.floatColumns("x/w"))
        .hasMessage("no tensor `x/w` was certified");
  }

  /** The text before the first slash is a callee's name, whatever it is. */
  @Test
  void tensorsOfCalleesByTheNameBeforeTheSlash() {
    Subject callee = network().subject();
    Shipped caller = new Shipped();
    caller.input(2);
    Subject subject =
        new Subject(
            caller.certificate(),
            caller.textDigest(),
            caller.weights(),
            Map.of("", callee, "demo.A", callee));
    CertifiedParameters parameters = new CertifiedParameters(subject);
    assertThat(parameters.doubleVector("demo.A/b")).containsExactly(7, 8, 9.5);
    assertThat(parameters.doubleVector("/b")).containsExactly(7, 8, 9.5);
    assertThatThrownBy(() -> parameters.doubleVector("b"))
        .hasMessage("no tensor `b` was certified");
  }

  @Test
  void affineUnitsByNumber() {
    Shipped shipped = network();
    shipped.units.add(Unit.affine(2, List.of(4.5, 5.5, 6.5), List.of(0.25, 0.5, 0.75), 3));
    CertifiedParameters parameters = new CertifiedParameters(shipped.subject());
    assertThat(parameters.doubleScale("2")).containsExactly(1.5, 2.5, 3.5);
    assertThat(parameters.doubleShift("2")).containsExactly(-1, -2, -3);
    assertThat(parameters.doubleScale("3")).containsExactly(4.5, 5.5, 6.5);
    assertThat(parameters.floatScale("3")).containsExactly(4.5f, 5.5f, 6.5f);
    assertThat(parameters.floatShift("3")).containsExactly(0.25f, 0.5f, 0.75f);
    assertThat(parameters.doubleShift("3")).containsExactly(0.25, 0.5, 0.75);
    assertThatThrownBy(() -> parameters.doubleScale("4"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no affine unit 4 was certified");
  }

  /** Who asks for the wrong kind, or for no unit, is told, and gets no other's numbers. */
  @Test
  void unitsOfAnotherKind() {
    Shipped shipped = network();
    shipped.units.add(Unit.select(2, List.of(2, 0, 2, 1)));
    shipped.units.add(Unit.affine(3, List.of(4.0, 3.0, 2.0, 1.0), List.of(0.5, 1.0, 1.5, 2.0), 4));
    shipped.units.add(Unit.select(4, List.of(3, 1)));
    CertifiedParameters parameters = new CertifiedParameters(shipped.subject());
    assertThat(parameters.doubleScale("2")).containsExactly(1.5, 2.5, 3.5);
    assertThat(parameters.indices("3")).containsExactly(2, 0, 2, 1);
    assertThat(parameters.floatIndices("3")).containsExactly(2, 0, 2, 1);
    assertThat(parameters.doubleIndices("3")).containsExactly(2, 0, 2, 1);
    assertThat(parameters.doubleScale("4")).containsExactly(4, 3, 2, 1);
    assertThat(parameters.floatShift("4")).containsExactly(0.5f, 1, 1.5f, 2);
    assertThat(parameters.indices("5")).containsExactly(3, 1);
    parameters.indices("5")[0] = 0;
    assertThat(parameters.indices("5")).containsExactly(3, 1);
    for (String other : List.of("2", "4", "1", "6", "03", "-1", "")) {
      assertThatThrownBy(() -> parameters.indices(other))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no selection " + other + " was certified");
    }
    for (String other : List.of("3", "5", "1", "6", "02", "-1", "")) {
      assertThatThrownBy(() -> parameters.doubleScale(other))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no affine unit " + other + " was certified");
    }
  }

  /**
   * Two groups of three channels, which read two channels each through a window of 1 x 2. Weights
   * say where they stand: output channel, channel that is read, column.
   */
  private static Shipped convolution(Optional<String> bias) {
    Window window = Window.plain(List.of(1, 2), List.of(1, 1));
    Convolution map = new Convolution(new Grid(4, 1, 2), 6, window, 2, "k", bias);
    Shipped shipped = new Shipped();
    shipped.input(8);
    shipped.units.add(Unit.affine(0, Collections.nCopies(8, 1.0), Collections.nCopies(8, 0.0), 8));
    shipped.units.add(new Unit.Linear(List.of(1), map, 6));
    double[] weights = new double[24];
    Arrays.setAll(weights, k -> 100 * (k / 4) + 10 * (k / 2 % 2) + k % 2);
    shipped.tensors.add(Shipped.tensor("k", ElementType.F32, List.of(6, 2, 1, 2), weights));
    shipped.tensors.add(Shipped.tensor("c", ElementType.F32, List.of(6), 1, 2, 3, 4, 5, 6));
    return shipped;
  }

  @Test
  void convolutionsByBlocksOfChannels() {
    CertifiedParameters parameters =
        new CertifiedParameters(convolution(Optional.of("c")).subject());
    assertThat(parameters.floatTaps("2", 2))
        .isDeepEqualTo(
            new float[][] {
              {0, 100}, {10, 110}, {1, 101}, {11, 111},
              {200}, {210}, {201}, {211},
              {300, 400}, {310, 410}, {301, 401}, {311, 411},
              {500}, {510}, {501}, {511}
            });
    assertThat(parameters.floatTaps("2", 8))
        .isDeepEqualTo(
            new float[][] {
              {0, 100, 200}, {10, 110, 210}, {1, 101, 201}, {11, 111, 211},
              {300, 400, 500}, {310, 410, 510}, {301, 401, 501}, {311, 411, 511}
            });
    assertThat(parameters.floatTaps("2", 3)).isDeepEqualTo(parameters.floatTaps("2", 8));
    assertThat(parameters.floatBiases("2", 2))
        .isDeepEqualTo(new float[][] {{1, 2}, {3}, {4, 5}, {6}});
    assertThat(parameters.floatBiases("2", 3)).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(parameters.floatBiases("2", 1)).hasDimensions(6, 1);
  }

  @Test
  void convolutionsByBlocksOfChannelsInDoubles() {
    CertifiedParameters parameters =
        new CertifiedParameters(convolution(Optional.of("c")).subject());
    assertThat(parameters.doubleTaps("2", 2))
        .isDeepEqualTo(
            new double[][] {
              {0, 100}, {10, 110}, {1, 101}, {11, 111},
              {200}, {210}, {201}, {211},
              {300, 400}, {310, 410}, {301, 401}, {311, 411},
              {500}, {510}, {501}, {511}
            });
    assertThat(parameters.doubleBiases("2", 2))
        .isDeepEqualTo(new double[][] {{1, 2}, {3}, {4, 5}, {6}});
    assertThatThrownBy(() -> parameters.doubleTaps("1", 8))
        .hasMessage("no convolution 1 was certified");
    assertThatThrownBy(
            () ->
                new CertifiedParameters(convolution(Optional.empty()).subject())
                    .doubleBiases("2", 8))
        .hasMessage("no bias of convolution 2 was certified");
  }

  @Test
  void blocksOfWhatIsNoConvolutionOrHasNoBias() {
    CertifiedParameters parameters =
        new CertifiedParameters(convolution(Optional.empty()).subject());
    assertThat(parameters.floatTaps("2", 8)).hasDimensions(8, 3);
    assertThatThrownBy(() -> parameters.floatTaps("1", 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no convolution 1 was certified");
    assertThatThrownBy(() -> parameters.floatBiases("3", 8))
        .hasMessage("no convolution 3 was certified");
    assertThatThrownBy(() -> parameters.floatBiases("2", 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no bias of convolution 2 was certified");
  }

  /** Two channels of three pixels, an affine unit; a callee's tensors have its name. */
  @Test
  void theNumbersOfBatchNormalisation() {
    Shipped inner = new Shipped();
    inner.input(6);
    inner.units.add(new Unit.Linear(List.of(0), new BatchNorm(2, 3, "n", 0.75), 6));
    List<Integer> channels = List.of(2);
    inner.tensors.add(Shipped.tensor("n.weight", ElementType.F64, channels, 3, -5));
    inner.tensors.add(Shipped.tensor("n.bias", ElementType.F64, channels, 1, 2));
    inner.tensors.add(Shipped.tensor("n.running_mean", ElementType.F64, channels, 4, 8));
    inner.tensors.add(Shipped.tensor("n.running_var", ElementType.F64, channels, 3.25, 0.25));
    Shipped outer = new Shipped();
    outer.network = "demo.Outer";
    outer.input(6);
    outer.units.add(new Unit.Call(0, inner.network, inner.textDigest(), 6, 6));
    Subject subject = outer.subject(inner.subject());
    Map<String, CertifiedParameters> places =
        Map.of(
            "1",
            new CertifiedParameters(inner.subject()),
            "demo.Network/1",
            CertifiedParameters.of(new ShippedNetwork(subject)));
    places.forEach(
        (unit, parameters) -> {
          assertThat(parameters.doubleScale(unit)).containsExactly(1.5, 1.5, 1.5, -5, -5, -5);
          assertThat(parameters.doubleShift(unit)).containsExactly(-5, -5, -5, 42, 42, 42);
          assertThat(parameters.floatShift(unit)).containsExactly(-5, -5, -5, 42, 42, 42);
        });
  }

  /** A callee's have its name before their number there. */
  @Test
  void theSelectionsOfCallees() {
    Shipped inner = network();
    inner.units.add(Unit.select(2, List.of(1, 2, 0)));
    Shipped outer = calling("demo.Outer", inner);
    outer.units.add(Unit.select(3, List.of(2)));
    CertifiedParameters all =
        CertifiedParameters.of(new ShippedNetwork(outer.subject(inner.subject())));
    assertThat(all.doubleScale("1")).containsExactly(10, 20);
    assertThat(all.doubleScale("demo.Network/2")).containsExactly(1.5, 2.5, 3.5);
    assertThat(all.indices("demo.Network/3")).containsExactly(1, 2, 0);
    assertThat(all.doubleScale("3")).containsExactly(30, 40, 50);
    assertThat(all.indices("4")).containsExactly(2);
  }

  private static Shipped calling(String name, Shipped callee) {
    Shipped caller = new Shipped();
    caller.network = name;
    caller.input(2);
    caller.units.add(Unit.affine(0, List.of(10.0, 20.0), List.of(0.0, 0.0), 2));
    caller.units.add(new Unit.Call(1, callee.network, callee.textDigest(), 2, 3));
    caller.units.add(Unit.affine(2, List.of(30.0, 40.0, 50.0), List.of(0.0, 0.0, 0.0), 3));
    return caller;
  }

  /** Tensors and units by a path. */
  @Test
  void theNumbersOfCallees() {
    Shipped inner = network();
    Shipped middle = calling("demo.Middle", inner);
    middle.tensors.add(Shipped.tensor("b", ElementType.F64, List.of(1), 77));
    Shipped outer = calling("demo.Outer", middle);
    Subject subject = outer.subject(middle.subject(inner.subject()));
    CertifiedParameters all = CertifiedParameters.of(new ShippedNetwork(subject));
    assertThat(all.subject()).isSameAs(subject);
    assertThat(all.doubleVector("demo.Middle/b")).containsExactly(77);
    assertThat(all.doubleVector("demo.Middle/demo.Network/b")).containsExactly(7, 8, 9.5);
    assertThat(all.doubleScale("1")).containsExactly(10, 20);
    assertThat(all.doubleScale("demo.Middle/1")).containsExactly(10, 20);
    assertThat(all.doubleScale("demo.Middle/demo.Network/2")).containsExactly(1.5, 2.5, 3.5);
    assertThat(all.doubleShift("demo.Middle/demo.Network/2")).containsExactly(-1, -2, -3);
    assertThat(all.doubleScale("demo.Middle/3")).containsExactly(30, 40, 50);
    assertThatThrownBy(() -> all.doubleScale("demo.Middle/demo.Network/1"))
        .hasMessage("no affine unit demo.Middle/demo.Network/1 was certified");
    assertThat(all.doubleScale("3")).containsExactly(30, 40, 50);
    assertThatThrownBy(() -> all.doubleScale("demo.Network/2"))
        .hasMessage("no network `demo.Network` was certified");
  }

  @Test
  void aNameThatIsTwoTensors() {
    Shipped inner = network();
    Shipped outer = calling("demo.Outer", inner);
    outer.tensors.add(Shipped.tensor("demo.Network/b", ElementType.F64, List.of(1), 1));
    CertifiedParameters all =
        CertifiedParameters.of(new ShippedNetwork(outer.subject(inner.subject())));
    assertThatThrownBy(() -> all.doubleVector("demo.Network/b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("`demo.Network/b` is a tensor here and in a callee");
    assertThat(all.doubleVector("demo.Network/w")).hasSize(6);
  }

  @Test
  void anActivationHasNoMap() {
    Shipped shipped = Shipped.halved();
    shipped.units.add(Unit.activation(1, "relu", List.of(), 2));
    CertifiedParameters parameters = new CertifiedParameters(shipped.subject());
    assertThatThrownBy(() -> parameters.doubleScale("2"))
        .hasMessage("no affine unit 2 was certified");
  }

  @Test
  void aCalleeThatIsNotThere() {
    Shipped outer = calling("demo.Outer", network());
    CertifiedParameters alone = CertifiedParameters.of(new ShippedNetwork(outer.subject()));
    assertThatThrownBy(() -> alone.doubleScale("demo.Network/2"))
        .hasMessage("no network `demo.Network` was certified");
    assertThatThrownBy(() -> alone.doubleScale("/2")).hasMessage("no network `` was certified");
  }

  @Test
  void theErrorIsThatOfTheDeclaredBox() {
    Shipped shipped = network();
    CertifiedParameters parameters = new CertifiedParameters(shipped.subject());
    assertThat(parameters.maxError())
        .isEqualTo(RoundingBound.maxError(shipped.subject()).orElseThrow())
        .isPositive();
    shipped.units.set(0, new Unit.Input(2, Optional.empty()));
    assertThat(new CertifiedParameters(shipped.subject()).maxError())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
