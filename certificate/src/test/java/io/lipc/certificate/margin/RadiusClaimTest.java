package io.lipc.certificate.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Distances in which radii are measured: never below the exact ones, 0 where nothing moves. */
final class RadiusClaimTest {

  /** The largest double below 1: a difference of it is 1 when it has been rounded up. */
  private static final double BELOW_ONE = Math.nextDown(1.0);

  private static final InputScale FIRST = new InputScale.FirstLayer();

  private static InputScale units(Double... lengths) {
    return new InputScale.Units(List.of(lengths));
  }

  private static Subject network(int size, double[][] first) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(size);
    net.activation(net.dense(0, first), "relu");
    net.bound = 1000;
    return net.subject();
  }

  private static Subject plain(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return network(size, identity);
  }

  private static RadiusClaim scaled(Subject network, Norm norm, InputScale scale) {
    Certificate about = network.certificate();
    Claim claim = new Claim.Scaled(new Claim.Lipschitz(new Norms(norm, Norm.L2), 1), scale);
    Certificate certificate =
        new Certificate(
            about.network(), about.type(), claim, "none", about.units(), about.grounds());
    return RadiusClaim.of(network, List.of(FurtherClaims.about(network, certificate)));
  }

  private static double[] of(double... values) {
    return values;
  }

  @Test
  void distancesHaveNames() {
    Subject two = plain(2);
    assertThat(RadiusClaim.of(two, List.of()).distance()).isEqualTo("l2 distance");
    assertThat(RadiusClaim.of(two, List.of()).units()).isEmpty();
    assertThat(scaled(two, Norm.L2, FIRST).distance())
        .isEqualTo("l2 distance in outputs of the first layer");
    assertThat(scaled(two, Norm.LINF, FIRST).distance())
        .isEqualTo("linf distance in outputs of the first layer");
    assertThat(scaled(two, Norm.LINF, FIRST).units()).contains("outputs of the first layer");
    assertThat(scaled(two, Norm.LINF, units(0.5, 2.0)).distance())
        .isEqualTo("linf distance in units of 0.5, 2.0");
    assertThat(scaled(plain(6), Norm.L2, units(1., 2., 3., 4., 5., 6.)).distance())
        .isEqualTo("l2 distance in units of 1.0, 2.0, 3.0, 4.0, 5.0, 6.0");
    assertThat(scaled(plain(8), Norm.L2, units(1., 2., 3., 4., 5., 6., 7., 8.)).distance())
        .isEqualTo("l2 distance in units of 1.0, 2.0, 3.0, 4.0, 5.0, 6.0 and 2 more");
  }

  @Test
  void aFirstLayerThatMultipliesSaysByWhat() {
    for (double factor : List.of(16.0, -16.0)) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(2);
      net.activation(net.scale(0, factor), "relu");
      net.bound = 1000;
      assertThat(scaled(net.subject(), Norm.L2, FIRST).distance())
          .isEqualTo("l2 distance in inputs times 16.0");
    }
  }

  /** A `batch_norm` z of two channels, of so many elements each. */
  private static String standardised(
      String z, int pixels, double epsilon, double[] weight, double[] variance) {
    NetworkUnderTest net = new NetworkUnderTest();
    int size = 2 * pixels;
    net.input(size);
    net.tensor(z + ".weight", List.of(2), weight);
    net.tensor(z + ".bias", List.of(2), of(0, 3));
    net.tensor(z + ".running_mean", List.of(2), of(-1, 5));
    net.tensor(z + ".running_var", List.of(2), variance);
    net.add(new Unit.Linear(List.of(0), new BatchNorm(2, pixels, z, epsilon), size));
    net.activation(1, "relu");
    net.bound = 1000;
    return scaled(net.subject(), Norm.L2, FIRST).distance();
  }

  @Test
  void standardDeviationsAreCalledSoWhereTheLayerDividesByThem() {
    String deviations = "l2 distance in standard deviations (`z.running_var`)";
    assertThat(standardised("z", 1, 0, of(1, 1), of(0.25, 400))).isEqualTo(deviations);
    assertThat(standardised("z", 3, 0, of(1, 1), of(0.25, 400))).isEqualTo(deviations);
    assertThat(standardised("b.n", 1, 0, of(1, 1), of(4, 4)))
        .isEqualTo("l2 distance in standard deviations (`b.n.running_var`)");
    // A constant column has the factor 0, and is not read.
    assertThat(standardised("z", 1, 0, of(1, 0), of(0.25, 1))).isEqualTo(deviations);
    assertThat(standardised("z", 1, 0x1p-12, of(0, 1), of(0, 4))).isEqualTo(deviations);
    assertThat(standardised("z", 1, 0x1p-12, of(1, 1), of(0.25, 4))).isEqualTo(deviations);
    assertThat(standardised("z", 1, 0x1p-9, of(1, 1), of(4, 4))).isEqualTo(deviations);
  }

  /** The layer does to distances all that it does to differences. */
  @Test
  void otherScalesOfTheFirstLayerAreNoStandardDeviations() {
    String outputs = "l2 distance in outputs of the first layer";
    assertThat(standardised("z", 1, 0, of(1, 2), of(0.25, 400))).isEqualTo(outputs);
    assertThat(standardised("z", 1, 0, of(-1, 1), of(0.25, 400))).isEqualTo(outputs);
    assertThat(standardised("z", 1, 0x1p-11, of(1, 1), of(0.25, 4))).isEqualTo(outputs);
    assertThat(standardised("z", 1, 0x1p-11, of(1, 1), of(4, 0.25))).isEqualTo(outputs);
  }

  @Test
  void unitsOfAFileHaveTheNameOfTheirTensor() {
    InputScale named = new InputScale.Units(List.of(0.5, 2.0), Optional.of("x.unit"));
    assertThat(scaled(plain(2), Norm.L2, named).distance())
        .isEqualTo("l2 distance in units of `x.unit` (0.5, 2.0)");
    InputScale odd = new InputScale.Units(List.of(0.5, 2.0), Optional.of("x\u00a0unit"));
    assertThat(scaled(plain(2), Norm.L2, odd).distance())
        .isEqualTo("l2 distance in units of " + Quoted.code("x\u00a0unit") + " (0.5, 2.0)")
        .doesNotContain("\u00a0");
  }

  @Test
  void onlyAPlainDistanceBoundsElements() {
    assertThat(RadiusClaim.of(plain(2), List.of()).boundsElements()).isTrue();
    assertThat(scaled(plain(2), Norm.L2, FIRST).boundsElements()).isFalse();
    assertThat(scaled(plain(2), Norm.L2, units(1., 1.)).boundsElements()).isFalse();
  }

  @Test
  void nothingMovesByNothing() {
    double[] x = {3, -1e-300, 0};
    double[][] first = {{2, 0, -3}, {0, 1, 0}, {0, 0, 0}};
    for (Norm norm : List.of(Norm.L2, Norm.LINF)) {
      assertThat(scaled(network(3, first), norm, FIRST).distance(x, x.clone())).isZero();
      assertThat(scaled(network(3, first), norm, units(0.5, 2., 1.)).distance(x, x.clone()))
          .isZero();
    }
    // Behind a layer that forgets an element its move is none.
    double[] other = {3, -1e-300, 7};
    double[][] forgets = {{2, 0, 0}, {0, 1, 0}};
    assertThat(scaled(network(3, forgets), Norm.L2, FIRST).distance(x, other)).isZero();
  }

  /** A factor of 1, and what has moved by 1, are numbers as others are. */
  @Test
  void onesCount() {
    double[] x = {BELOW_ONE, 0};
    double[] zero = {0, 0};
    assertThat(RadiusClaim.of(plain(2), List.of()).distance(x, zero)).isBetween(1.0, 1.0001);
    assertThat(scaled(plain(2), Norm.L2, FIRST).distance(x, zero)).isBetween(1.0, 1.0001);
    assertThat(scaled(plain(2), Norm.LINF, FIRST).distance(of(5, 0), zero)).isBetween(5.0, 5.001);
    assertThat(scaled(plain(2), Norm.LINF, units(1., 1.)).distance(x, zero)).isBetween(1.0, 1.0001);
    assertThat(scaled(plain(2), Norm.LINF, units(0.25, 4.)).distance(of(0, 2), zero))
        .isBetween(0.5, 0.5001);
  }

  /** Terms of one row add their magnitudes, whatever their signs, as the elements move apart. */
  @Test
  void rowsAddMagnitudes() {
    Subject network = network(2, new double[][] {{3, -4}});
    for (double[] x : List.of(of(1, 1), of(1, -1), of(-1, 1))) {
      assertThat(scaled(network, Norm.LINF, FIRST).distance(x, of(0, 0))).isBetween(7.0, 7.0001);
      assertThat(scaled(network, Norm.L2, FIRST).distance(x, of(0, 0))).isBetween(7.0, 7.0001);
    }
  }

  /** Each difference is rounded up: 1 + 2^-60 is no double. */
  @Test
  void differencesAreRoundedUp() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1);
    net.norms = new Norms(Norm.LINF, Norm.L2);
    Subject network = net.subject();
    assertThat(RadiusClaim.of(network, List.of()).distance(of(1), of(-0x1p-60))).isGreaterThan(1);
  }

  /** Each sum is: a thousand squares below half of the last place of the first add up. */
  @Test
  void sumsAreRoundedUp() {
    int size = 1001;
    double small = Math.sqrt(0x0.7p-52);
    double[] x = new double[size];
    Arrays.fill(x, small);
    x[0] = 1;
    double[] zero = new double[size];
    double least = 1 + 1000 * 0x0.6p-53;
    assertThat(RadiusClaim.of(plain(size), List.of()).distance(x, zero)).isGreaterThan(least);
    double[][] row = new double[1][size];
    Arrays.fill(row[0], 0x0.7p-53);
    row[0][0] = 1;
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    assertThat(scaled(network(size, row), Norm.LINF, FIRST).distance(ones, zero))
        .isGreaterThan(1 + 1000 * 0x0.6p-53);
  }

  @Test
  void bothInputsHaveTheirSize() {
    RadiusClaim plain = RadiusClaim.of(plain(2), List.of());
    assertThatThrownBy(() -> plain.distance(new double[1], new double[2]))
        .hasMessage("inputs of 1 and 2 elements, of a network that reads 2");
    assertThatThrownBy(() -> plain.distance(new double[2], new double[3]))
        .hasMessage("inputs of 2 and 3 elements, of a network that reads 2");
  }

  /** A scaled bound is found wherever it stands among the claims. */
  @Test
  void othersAreNotScaled() {
    Subject network = plain(2);
    Certificate about = network.certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(-1, 1),
            "none",
            about.units(),
            about.grounds());
    RadiusClaim found = RadiusClaim.of(network, List.of(FurtherClaims.about(network, range)));
    assertThat(found.boundsElements()).isTrue();
    assertThat(found.bound()).isEqualTo(about.lipschitz());
  }
}
