package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What units are on a torus, and each refusal by a network whose only fault it is, beside one that
 * is just within the limit.
 */
class TorusUnitsTest {

  private static final Torus ONE = torus(1, 1);

  private final NetworkUnderTest net = new NetworkUnderTest();
  private Set<Integer> cropped = Set.of();

  private static Torus torus(int down, int right) {
    return new Torus(List.of(down, right), List.of(0.0, 0.0));
  }

  private int image(int channels, int height, int width) {
    return net.add(new Unit.Input(List.of(channels, height, width), Optional.empty()));
  }

  private int convolution(int operand, Grid in, int channels, Window window) {
    String name = "k" + net.units.size();
    Convolution map = new Convolution(in, channels, window, 1, name, Optional.empty());
    double[] kernel = new double[channels * in.channels() * window.area()];
    Arrays.fill(kernel, 0.5);
    net.tensor(name, map.tensors().getFirst().shape(), kernel);
    return net.add(Unit.convolution(operand, map));
  }

  private static Window point() {
    return Window.square(Axis.of(1, 1));
  }

  private TorusNetwork on(Torus torus) {
    return TorusNetwork.of(net.units, net.units.size(), net.subject().weights(), torus, cropped);
  }

  private void assertRefused(Torus torus, Reason reason, String detail) {
    assertThatThrownBy(() -> on(torus))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.verdict()).isEqualTo(new Rejected(reason, detail)));
  }

  @Test
  void numbersOfCells() {
    image(1, 1, 1);
    assertThat(on(ONE).frequencies()).isEqualTo(1);
    assertThat(on(torus(256, 1)).frequencies()).isEqualTo(256);
    assertThat(on(torus(1, 256)).frequencies()).isEqualTo(256);
    assertRefused(torus(257, 1), Reason.TOO_LARGE, "a torus of [257, 1] cells");
    assertRefused(torus(1, 257), Reason.TOO_LARGE, "a torus of [1, 257] cells");
    assertRefused(torus(0, 1), Reason.TOO_LARGE, "a torus of [0, 1] cells");
    assertRefused(torus(1, -1), Reason.TOO_LARGE, "a torus of [1, -1] cells");
  }

  /** Also where no window would ask for them. */
  @Test
  void twists() {
    image(1, 1, 1);
    for (double twist : new double[] {0.25, 1, -0.0, Double.NaN}) {
      for (List<Double> both : List.of(List.of(twist, 0.0), List.of(0.5, twist))) {
        Torus forged = new Torus(List.of(1, 1), both);
        assertRefused(forged, Reason.MALFORMED, "a torus of other cells or twists");
      }
    }
    assertThat(on(new Torus(List.of(1, 1), List.of(0.5, 0.0))).half()).isEqualTo(1);
  }

  @Test
  void inputsThatAreNoImages() {
    for (List<Integer> extents : List.of(List.of(4), List.of(2, 2), List.of(1, 1, 2, 2))) {
      net.units.clear();
      net.add(new Unit.Input(extents, Optional.empty()));
      assertRefused(ONE, Reason.MALFORMED, "an input of the extents " + extents);
    }
  }

  @Test
  void imagesThatAreLargerThanTheTorus() {
    image(1, 3, 2);
    assertThat(on(torus(3, 2)).coordinates()).isEqualTo(1);
    assertRefused(torus(2, 2), Reason.MALFORMED, "unit 0 does not fit on the torus");
    assertRefused(torus(3, 1), Reason.MALFORMED, "unit 0 does not fit on the torus");
  }

  @Test
  void numbersOfCoordinates() {
    image(1024, 1, 1);
    assertThat(on(ONE).coordinates()).isEqualTo(1024);
    net.units.clear();
    image(1025, 1, 1);
    assertRefused(ONE, Reason.TOO_LARGE, "1025 waves");
    net.units.clear();
    net.slopes(image(513, 1, 1), "relu", 1);
    assertRefused(ONE, Reason.TOO_LARGE, "1026 waves");
  }

  /** A unit of which more is said than its operand has. */
  @Test
  void sizesThatAreNotThoseOfAnImage() {
    image(2, 1, 1);
    net.add(new Unit.Linear(List.of(0), new Identity(), 2));
    assertThat(on(ONE).rows(1)).isEqualTo(2);
    net.units.set(1, new Unit.Linear(List.of(0), new Identity(), 3));
    assertRefused(ONE, Reason.WRONG_SHAPE, "unit 1");
    net.units.set(1, new Unit.Linear(List.of(0), new Identity(), 1));
    assertRefused(ONE, Reason.WRONG_SHAPE, "unit 1");
  }

  /** As many elements, in another order. */
  @Test
  void windowsOverOtherImages() {
    image(1, 2, 4);
    convolution(0, new Grid(1, 4, 2), 1, point());
    assertRefused(torus(4, 4), Reason.MALFORMED, "unit 1 reads another image");
    net.units.removeLast();
    net.add(new Unit.MaxPool(0, new Grid(1, 4, 2), point()));
    assertRefused(torus(4, 4), Reason.MALFORMED, "unit 1 reads another image");
    net.units.removeLast();
    net.add(new Unit.MaxPool(0, new Grid(1, 2, 4), point()));
    assertThat(on(torus(2, 4)).coordinates()).isEqualTo(2);
  }

  /** Of equally many pixels. */
  @Test
  void channelsOfDifferentImages() {
    image(1, 2, 2);
    Window other = new Window(new Axis(2, 1, 0, 0, 1), new Axis(1, 1, 1, 1, 1));
    int row = convolution(0, new Grid(1, 2, 2), 1, other);
    net.concat(0, row);
    assertRefused(torus(4, 4), Reason.MALFORMED, "unit 2 joins different images");
    net.units.removeLast();
    net.sum(0, row);
    assertRefused(torus(4, 4), Reason.MALFORMED, "unit 2 adds different images");
  }

  /** Joined signals may differ in their channels alone, added ones in nothing. */
  @Test
  void likeness() {
    TorusSignal.Step step = new TorusSignal.Step.Fresh(0);
    TorusSignal signal = new TorusSignal(new Grid(2, 3, 4), 1, 2, true, step);
    assertThat(signal.isLike(new TorusSignal(new Grid(2, 3, 4), 1, 2, false, step))).isTrue();
    TorusSignal channels = new TorusSignal(new Grid(3, 3, 4), 1, 2, true, step);
    assertThat(signal.hasPixelsOf(channels)).isTrue();
    assertThat(signal.isLike(channels)).isFalse();
    for (TorusSignal other :
        List.of(
            new TorusSignal(new Grid(2, 4, 4), 1, 2, true, step),
            new TorusSignal(new Grid(2, 3, 3), 1, 2, true, step),
            new TorusSignal(new Grid(2, 3, 4), 2, 2, true, step),
            new TorusSignal(new Grid(2, 3, 4), 1, 1, true, step))) {
      assertThat(signal.hasPixelsOf(other)).isFalse();
      assertThat(signal.isLike(other)).isFalse();
    }
  }

  /** A pool whose windows overlap or leave pixels out is not zero outside of its grid. */
  @Test
  void poolsThatAreClean() {
    assertPool(new Grid(1, 4, 6), new Window(Axis.of(2, 2), Axis.of(3, 3)), true);
    assertPool(new Grid(1, 4, 6), new Window(Axis.of(1, 2), Axis.of(2, 3)), true);
    // Down: windows of 3 that move by 2; windows that leave out the last row.
    assertPool(new Grid(1, 5, 6), new Window(Axis.of(3, 2), Axis.of(3, 3)), false);
    assertPool(new Grid(1, 5, 6), new Window(Axis.of(2, 2), Axis.of(3, 3)), false);
    // And to the right.
    assertPool(new Grid(1, 6, 5), new Window(Axis.of(3, 3), Axis.of(3, 2)), false);
    assertPool(new Grid(1, 6, 5), new Window(Axis.of(3, 3), Axis.of(2, 2)), false);
  }

  private void assertPool(Grid in, Window window, boolean clean) {
    net.units.clear();
    image(in.channels(), in.height(), in.width());
    AveragePool map = new AveragePool(in, window, 0.25);
    net.add(Unit.averagePool(0, map));
    convolution(1, map.output(), 1, point());
    if (clean) {
      assertThat(on(torus(8, 8)).rows(2)).isEqualTo(1);
    } else {
      assertRefused(torus(8, 8), Reason.MALFORMED, "unit 2 reads what is not zero outside");
    }
  }

  /** Values of a convolution beyond its grid pass through all of these. */
  @Test
  void whatReadsASignalThatIsNotClean() {
    assertClean(at -> net.scale(at, 0.5), false);
    assertClean(at -> net.add(new Unit.Linear(List.of(at), new Identity(), 4)), false);
    assertClean(this::normalised, false);
    assertClean(at -> net.sum(0, at), false);
    assertClean(at -> net.sum(at, 0), false);
    assertClean(at -> net.sum(0, 0, at), false);
    assertClean(at -> net.concat(0, at), false);
    assertClean(at -> net.concat(at, 0), false);
    assertClean(at -> net.concat(0, at, 0), false);
    for (IntUnaryOperator start :
        List.<IntUnaryOperator>of(
            at -> net.activation(at, "relu"),
            at -> net.add(new Unit.MaxPool(at, new Grid(1, 2, 2), point())))) {
      assertClean(at -> net.scale(start.applyAsInt(at), 0.5), true);
      assertClean(at -> normalised(start.applyAsInt(at)), true);
      assertClean(at -> net.sum(0, start.applyAsInt(at)), true);
      assertClean(at -> net.concat(start.applyAsInt(at), 0), true);
    }
  }

  private int normalised(int operand) {
    for (String role : BatchNorm.ROLES) {
      net.tensor("n." + role, List.of(1), new double[] {1});
    }
    return net.add(Unit.batchNorm(operand, new BatchNorm(1, 4, "n", 0.25)));
  }

  /** A convolution, what is built on it, and a window that reads that. */
  private void assertClean(IntUnaryOperator built, boolean clean) {
    net.units.clear();
    image(1, 2, 2);
    int last = built.applyAsInt(convolution(0, new Grid(1, 2, 2), 1, point()));
    convolution(last, new Grid(net.units.get(last).size() / 4, 2, 2), 1, point());
    if (clean) {
      assertThat(on(torus(2, 2)).rows(last + 1)).isEqualTo(1);
    } else {
      String detail = "unit " + (last + 1) + " reads what is not zero outside";
      assertRefused(torus(2, 2), Reason.MALFORMED, detail);
      cropped = Set.of(last);
      assertThat(on(torus(2, 2)).bounded()).hasSize(1);
      cropped = Set.of();
    }
  }

  /** Each channel with its own factor, for all phases: 2 rows of cells, 3 columns. */
  @Test
  void factorsOfChannels() {
    image(2, 2, 3);
    double[][] statistics = {{3, 8}, {0, 0}, {0, 0}, {1, 4}};
    for (int i = 0; i < 4; i++) {
      net.tensor("n." + BatchNorm.ROLES.get(i), List.of(2), statistics[i]);
    }
    net.add(Unit.batchNorm(0, new BatchNorm(2, 6, "n", 0x1p-900)));
    convolution(1, new Grid(2, 2, 3), 1, new Window(Axis.of(2, 2), Axis.of(3, 3)));
    ComplexMatrix scaled = on(ONE).at(0, 0, new Work(() -> {})).get(1).matrix();
    assertThat(scaled.rows()).isEqualTo(12);
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        double factor = i < 6 ? 3 : 4;
        assertThat(scaled.real(i, j)).isCloseTo(i == j ? factor : 0, within(1e-12));
      }
    }
  }

  /** Slopes with 0 among them, and gains, of groups with several elements, too. */
  @Test
  void bounds() {
    image(2, 1, 1);
    net.activation(0, "leaky_relu", 0.5);
    net.activation(1, "leaky_relu", -0x1p-600);
    net.activation(2, "maxmin");
    net.activation(3, "softmax", 1);
    net.add(new Unit.MaxPool(4, new Grid(2, 1, 1), point()));
    cropped = Set.of(5);
    net.activation(5, "softmax", 0x1p500);
    List<TorusNetwork.Bounded> bounded = on(ONE).bounded();
    assertThat(bounded).hasSize(7);
    assertBounded(bounded.get(0), Constraint.SLOPE, 1, 0, 1);
    assertBounded(bounded.get(1), Constraint.SLOPE, 1, -0x1p-400, 1);
    assertBounded(bounded.get(2), Constraint.GAIN, 2, 0, 1);
    assertBounded(bounded.get(3), Constraint.GAIN, 2, 0, 0.5);
    assertBounded(bounded.get(4), Constraint.GAIN, 1, 0, 1);
    assertBounded(bounded.get(5), Constraint.CROP, 1, 0, 1);
    for (int i = 0; i < 6; i++) {
      assertThat(bounded.get(i).place().unit()).isEqualTo(Math.min(i + 1, 5));
      assertThat(bounded.get(i).read()).isEqualTo(i);
      assertThat(bounded.get(i).from()).isEqualTo(2 * i + 2);
      assertThat(on(ONE).rowsFrom(bounded.get(i))).isEqualTo(2);
    }
    assertThat(on(ONE).signalOf(5)).isEqualTo(6);
    assertBounded(bounded.get(6), Constraint.GAIN, 2, 0, 0x1p-400);
  }

  private static void assertBounded(
      TorusNetwork.Bounded bounded, Constraint kind, int shares, double lower, double upper) {
    assertThat(bounded.place().constraint()).isEqualTo(kind);
    assertThat(bounded.shares()).isEqualTo(shares);
    Slopes slopes = bounded.slopes();
    // As numbers: 0 may have a sign.
    assertThat(slopes.lower() == lower).as("%s", slopes).isTrue();
    assertThat(slopes.upper() == upper).as("%s", slopes).isTrue();
  }
}
