package io.lipc.certificate.frequency;

import static io.lipc.certificate.frequency.Formula.UP;
import static io.lipc.certificate.frequency.Formula.assertRadius;
import static io.lipc.certificate.frequency.Formula.of;
import static io.lipc.certificate.frequency.Formula.size;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The products that networks on a torus are counted for, by hand; and the rows of a head. */
class TorusWorkTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private static Torus torus(int down, int right) {
    return new Torus(List.of(down, right), List.of(0.0, 0.0));
  }

  private int image(int channels, int height, int width) {
    return net.add(new Unit.Input(List.of(channels, height, width), Optional.empty()));
  }

  private int convolution(int operand, Grid in, int channels, Window window, int groups) {
    String name = "k" + net.units.size();
    Convolution map = new Convolution(in, channels, window, groups, name, Optional.empty());
    double[] kernel = new double[channels * map.read() * window.area()];
    Arrays.fill(kernel, 0.5);
    net.tensor(name, map.tensors().getFirst().shape(), kernel);
    return net.add(Unit.convolution(operand, map));
  }

  private TorusNetwork network(Torus torus) {
    return TorusNetwork.of(net.units, net.units.size(), net.subject().weights(), torus, Set.of());
  }

  /** Of every kind of step: 3 coordinates, one of the input and two of relu. */
  private void steps() {
    image(1, 4, 4);
    int first = convolution(0, new Grid(1, 4, 4), 2, Window.square(new Axis(3, 1, 1, 1, 1)), 1);
    int relu = net.activation(first, "relu");
    int scaled = net.scale(relu, 0.5);
    int sum = net.sum(relu, scaled);
    net.concat(sum, scaled);
    convolution(scaled, new Grid(2, 4, 4), 4, Window.square(Axis.of(1, 1)), 2);
  }

  @Test
  void signals() {
    steps();
    long input = 8 * 3;
    // Two rows that read one channel by 9 elements, and nothing to multiply with.
    long first = 8 * 2 * (1 + 4) * 9 + 2;
    long relu = 8 * 2 * 3;
    long scaled = 8 * 2 * 3;
    long sum = 8 * 2 * 3 * 2;
    long joined = 8 * 4 * 3;
    // Two groups of two rows; four rows times two rows of three coordinates.
    long last = 2 * (8 * 2 * (1 + 4) + 2) + 4 * 2 * 3;
    assertThat(network(torus(5, 5)).work())
        .isEqualTo(input + first + relu + scaled + sum + joined + last);
    assertThat(network(torus(5, 5)).rows(5)).isEqualTo(4);
  }

  /** Two operands: one of one row, and one of two. */
  @Test
  void rowsOfAHead() {
    steps();
    Unit.Linear head = Unit.concat(List.of(0, 4), 48);
    TorusNetwork network = network(torus(5, 5));
    long taps = 16 + 32;
    assertThat(network.head(head, new Work(() -> {})).work())
        .isEqualTo(8 * (taps + 48 * 3 + 48 * 2 * 3));
    // Each row is read once for each operand, and has one factor.
    assertThat(Spending.of(work -> network.head(head, work))).isEqualTo(2 * 48 * 64);
  }

  /** A window is looked up among 4 elements for each of 4 rows. */
  @Test
  void rowsOfAWindow() {
    image(1, 4, 4);
    int conv = convolution(0, new Grid(1, 4, 4), 1, Window.square(Axis.of(2, 2)), 1);
    Unit.Linear head = (Unit.Linear) net.units.get(conv);
    TorusNetwork network =
        TorusNetwork.of(net.units, 1, net.subject().weights(), torus(4, 4), Set.of());
    assertThat(Spending.of(work -> network.head(head, work))).isEqualTo(4 * 4 + 4 * 4 * 64);
  }

  /** Rows over two channels of 4 x 6 pixels, in cells of 2 x 3; also of factors that underflow. */
  @Test
  void rowsAtAFrequency() {
    image(2, 4, 6);
    convolution(0, new Grid(2, 4, 6), 1, new Window(Axis.of(2, 2), Axis.of(3, 3)), 1);
    for (double scale : new double[] {1, 0x1p-955}) {
      double[][] weight = new double[2][48];
      for (int p = 0; p < 48; p++) {
        weight[0][p] = (p % 5 - 2) * 0.375 * scale;
        weight[1][p] = p == 29 ? -3 * scale : 0;
      }
      Unit.Linear head = (Unit.Linear) net.units.get(net.dense(0, weight));
      net.units.removeLast();
      TorusNetwork network = network(new Torus(List.of(2, 3), List.of(0.5, 0.0)));
      for (int wave = 0; wave < 6; wave++) {
        int j = wave / 3;
        int k = wave % 3;
        Waves rows =
            network
                .head(head, new Work(() -> {}))
                .at(network.at(j, k, new Work(() -> {})), j, k, new Work(() -> {}));
        assertThat(rows.from()).isZero();
        for (int at = 0; at < 24; at++) {
          assertRow(rows.matrix(), at / 12, at % 12, weight[at / 12], (j + 0.5) / 2, k / 3.0);
        }
      }
    }
  }

  /** One entry, at frequencies that are these shares of {@code 2 pi}. */
  private static void assertRow(
      ComplexMatrix rows, int m, int at, double[] weight, double down, double right) {
    double real = 0;
    double imaginary = 0;
    BigDecimal radius = BigDecimal.ZERO;
    for (int p = 0; p < 48; p++) {
      if (column(p) == at) {
        double angle = 2 * Math.PI * (down * (p % 24 / 6 / 2) + right * (p % 6 / 3));
        real += weight[p] * Math.cos(angle);
        imaginary += weight[p] * Math.sin(angle);
        BigDecimal size = of(weight[p]).abs();
        radius = radius.add(of(0x1p-47 + (48 + 2) * 0x1p-52).multiply(size));
        radius = radius.add(Formula.underflow(size));
      }
    }
    double off = Math.hypot(rows.real(m, at) - real, rows.imaginary(m, at) - imaginary);
    assertThat(off).isLessThanOrEqualTo(3 * radius.doubleValue());
    // And of a sum, of this operand alone.
    BigDecimal whole = radius.multiply(UP).add(size(rows, m, at).multiply(of(0x1p-51)));
    whole = whole.add(Formula.underflow(whole));
    assertRadius(rows.radius[m][at], whole.multiply(UP));
  }

  /** Channel, row and column within a cell of an element of the image. */
  private static int column(int p) {
    int channel = p / 24;
    int y = p % 24 / 6;
    int x = p % 6;
    return (channel * 2 + y % 2) * 3 + x % 3;
  }

  /** Several elements of a window in one entry; and where the sizes underflow. */
  @Test
  void radiiOfSymbols() {
    double[] kernel = {1, -2, 0, 4, 0.3, 0x1p-5, -7, 0, 1};
    for (double scale : new double[] {1, 0x1p-990}) {
      double[] scaled = Arrays.stream(kernel).map(x -> x * scale).toArray();
      Window window = Window.square(Axis.of(3, 2));
      Unrolled unrolled = Unrolled.of(new Grid(1, 5, 5), 1, window, 1, scaled);
      Circle circle = new Circle(window.vertical(), 4, 1, 0.5);
      ComplexMatrix matrix = Symbol.ofAll(unrolled.map(), scaled, circle, circle).matrix(0, 1, 2);
      BigDecimal unit = of(0x1p-47 + 11 * 0x1p-52);
      for (int at = 0; at < 4; at++) {
        int column = at;
        int[] read =
            IntStream.range(0, 9).filter(d -> d / 3 % 2 * 2 + d % 3 % 2 == column).toArray();
        BigDecimal radius = BigDecimal.ZERO;
        for (int d : read) {
          BigDecimal size = of(scaled[d]).abs();
          radius = radius.add(unit.multiply(size)).add(Formula.underflow(size));
        }
        assertRadius(matrix.radius[0][at], radius.multiply(UP));
      }
    }
  }

  private static long spent(Subject subject) {
    Proof proof = subject.certificate().proof();
    return Spending.of(
        work ->
            assertThat(TorusInequality.decide(subject, 0, (AllFrequencies) proof.witness(), work))
                .isEqualTo(Decision.POSITIVE));
  }

  private long spent(Torus torus, Optional<Integer> head) {
    net.witness = new AllFrequencies(torus, head);
    return spent(net.subject());
  }

  /** Four waves, each of a matrix of two rows whose squares are counted one by one. */
  @Test
  void inequalities() {
    image(1, 2, 2);
    net.slopes(0, "relu", 1);
    net.bound = 2;
    // Real rows of 1, 2, 3 and 4 numbers; y is one row of one column.
    long relu = 16 + 16 + 1 + (1 + 4 + 9 + 16) / 4;
    assertThat(spent(torus(2, 2), Optional.empty())).isEqualTo(4 * relu);
    // 2 lambda a b |z|^2, one row of one column more.
    net.units.set(1, Unit.activation(0, "leaky_relu", List.of(-0.5), 4));
    assertThat(spent(torus(2, 2), Optional.empty())).isEqualTo(4 * (relu + 1));
    // By its gain: the matrix is diagonal.
    net.units.set(1, new Unit.MaxPool(0, new Grid(1, 2, 2), Window.square(Axis.of(1, 1))));
    net.multipliers.clear();
    net.gain(1, 1.1);
    long diagonal = (1 + 4 + 1 + 4) / 4;
    assertThat(spent(torus(2, 2), Optional.empty())).isEqualTo(4 * (32 + 1 + 1 + diagonal));
  }

  /** Y is of many columns: each row of it is multiplied by all of its others. */
  @Test
  void squaresOfMatrices() {
    image(2, 1, 1);
    net.sum(0, 0);
    net.concat(1, 1, 1);
    net.bound = 4;
    // 2, 2 and 6 rows of two columns; 6 2^2 products; a diagonal matrix.
    long wave = 8 * 4 + 8 * 4 * 2 + 8 * 12 + 24 + (1 + 4 + 1 + 4) / 4;
    assertThat(spent(torus(1, 1), Optional.empty())).isEqualTo(wave);
  }

  /** Two waves more, and as much behind the head. */
  @Test
  void heads() {
    image(1, 1, 1);
    int relu = net.slopes(0, "relu", 2);
    int head = net.concat(0, relu);
    net.bound = 2.1;
    Optional<Integer> at = Optional.of(head);
    long two = spent(torus(1, 3), at) - spent(torus(1, 1), at);
    long signals = 16 + 16;
    long rows = 8 * (1 + 1 + 2 * 2 + 2 * 2);
    // S and V of two rows each: 1, 2, 3, 4; 5, 6 (of x alone) and 5, 6 or less (of relu).
    long products = 4 * 2 * 2 * 2;
    long factor = (1 + 4 + 9 + 16 + 25 + 36 + 25 + 36) / 4;
    long whole = (1 + 4 + 9 + 16 + 25 + 36 + 25 + 36) / 4;
    assertThat(two).isEqualTo(2 * (signals + rows + products + factor + whole));
  }

  private static long spentOnGain(Unrolled unrolled, double gain, Torus torus) {
    return Spending.of(
        work ->
            assertThat(TorusGain.decide(unrolled.map(), unrolled.weight(), gain, torus, work))
                .isEqualTo(Decision.POSITIVE));
  }

  /** By the smaller of the two products, tall or wide. */
  @Test
  void gains() {
    for (boolean tall : new boolean[] {true, false}) {
      int in = tall ? 2 : 6;
      int out = tall ? 6 : 2;
      double[] kernel = new double[6];
      Arrays.fill(kernel, 0.5);
      Window window = Window.square(Axis.of(1, 1));
      Unrolled one = Unrolled.of(new Grid(in, 1, 1), out, window, 2, kernel);
      int rows = out / 2;
      int columns = in / 2;
      long symbol = 8L * rows * (columns + 4) + rows * columns;
      // Each matrix is one number: real rows of one and two.
      long group = symbol + (3 + 64) + (1 + 4) / 4;
      // 2 of 3 waves down, 5 across, 2 groups.
      assertThat(spentOnGain(one, 3, torus(3, 5))).isEqualTo(2 * 5 * 2 * group);
    }
  }

  @Test
  void squaresOfGains() {
    double[] kernel = new double[6];
    Arrays.fill(kernel, 0.5);
    Window window = Window.square(Axis.of(1, 1));
    for (boolean tall : new boolean[] {true, false}) {
      Grid in = new Grid(tall ? 2 : 3, 1, 1);
      Unrolled one = Unrolled.of(in, tall ? 3 : 2, window, 1, kernel);
      long symbol = 8L * (tall ? 3 * 6 : 2 * 7) + 6;
      long wave = symbol + 4 * (3 + 64) + (1 + 4 + 9 + 16) / 4;
      assertThat(spentOnGain(one, 3, torus(1, 1))).isEqualTo(wave);
    }
  }

  /** The limits of cells and of rows and columns together. */
  @Test
  void limitsOfGains() {
    Window window = Window.square(Axis.of(1, 1));
    Unrolled small = Unrolled.of(new Grid(1, 1, 1), 1, window, 1, new double[] {0.5});
    assertThat(decide(small, torus(256, 1))).isEqualTo(Decision.POSITIVE);
    assertThat(decide(small, torus(1, 256))).isEqualTo(Decision.POSITIVE);
    assertThat(decide(small, torus(257, 1))).isEqualTo(Decision.TOO_LARGE);
    assertThat(decide(small, torus(1, 257))).isEqualTo(Decision.TOO_LARGE);
    Unrolled many = Unrolled.of(new Grid(1, 1, 1), 1023, window, 1, new double[1023]);
    assertThat(decide(many, torus(1, 1))).isEqualTo(Decision.POSITIVE);
    Unrolled more = Unrolled.of(new Grid(1, 1, 1), 1024, window, 1, new double[1024]);
    assertThat(decide(more, torus(1, 1))).isEqualTo(Decision.TOO_LARGE);
    Unrolled wide = Unrolled.of(new Grid(1024, 1, 1), 1, window, 1, new double[1024]);
    assertThat(decide(wide, torus(1, 1))).isEqualTo(Decision.TOO_LARGE);
  }

  private static Decision decide(Unrolled unrolled, Torus torus) {
    return TorusGain.decide(unrolled.map(), unrolled.weight(), 1, torus, new Work(() -> {}));
  }
}
