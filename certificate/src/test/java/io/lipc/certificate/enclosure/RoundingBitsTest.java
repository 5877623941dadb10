package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * Bounds to the last bit. "Every other operation is rounded outward by one unit in the last place"
 * is more than a bound needs to be true here, where errors of a bit cancel; so only its digits can
 * tell whether it is so. Whoever changes these numbers changes what is subtracted from every
 * certified radius: derive them again.
 *
 * <p>Nothing here depends on a library's functions, which machines may compute differently.
 */
final class RoundingBitsTest {

  private ElementType type = ElementType.F32;

  private NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = type;
    return net;
  }

  private static int input(NetworkUnderTest net, double... lower) {
    List<Double> from = new ArrayList<>();
    List<Double> to = new ArrayList<>();
    for (double end : lower) {
      from.add(end);
      to.add(end + 1.375);
    }
    return net.add(new Unit.Input(lower.length, Optional.of(new Unit.Box(from, to))));
  }

  private void assertBound(double floats, double doubles, ToIntFunction<NetworkUnderTest> units) {
    for (ElementType each : ElementType.values()) {
      type = each;
      NetworkUnderTest net = network();
      units.applyAsInt(net);
      double bound = RoundingBound.maxError(net.subject()).orElseThrow();
      assertThat(Double.toHexString(bound))
          .isEqualTo(Double.toHexString(type == ElementType.F32 ? floats : doubles));
    }
  }

  /** Operands with errors of their own. */
  private static int operands(NetworkUnderTest net) {
    return net.activation(input(net, 0.1, -1.3, 2.7, -0.9), "softsign");
  }

  private Subject callee(double bound) {
    NetworkUnderTest net = network();
    net.scale(net.activation(net.scale(net.input(4), 0.7f), "hard_swish"), 1.1f);
    net.bound = bound;
    return net.subject();
  }

  @Test
  void bounds() {
    assertBound(0x1.4e0791064e30cp-23, 0x1.9b1d0142d6636p-50, RoundingBitsTest::operands);
    assertBound(
        0x1.c51ebd0a3d7b3p-25, 0x1.c51eb98000013p-54, net -> net.scale(input(net, 0.1), 0.3f));
    assertBound(
        0x1.43c0745d9291cp-24, 0x1.15806192ea90ep-51, net -> net.scale(operands(net), -0.3f));
    assertBound(
        0x1.2654cdf5975c6p-20,
        0x1.5ac8fedca4f9dp-48,
        net ->
            net.dense(
                operands(net), new double[][] {{0.3f, -1.7f, 0.9f, 0.2f}}, new double[] {0.45f}));
    assertBound(0x1.176dbb3924a51p-20, 0x1.816b312ea8fe1p-48, net -> net.sum(operands(net), 1, 1));
    assertBound(
        0x1.4e0791064e30cp-23,
        0x1.9b1d0142d6636p-50,
        net -> net.activation(operands(net), "leaky_relu", 0.3f));
    assertBound(
        0x1.74aa986688b42p-22,
        0x1.b69f42d11549dp-49,
        net -> net.activation(operands(net), "hard_swish"));
    assertBound(
        0x1.745bbc02e84dap-21,
        0x1.1ae493e5518b2p-48,
        net -> net.activation(operands(net), "householder", 0.6f, -0.8f));
    assertBound(
        0x1.6c76e02215a13p-21,
        0x1.d65d1dec9b4d7p-49,
        net -> net.activation(operands(net), "center"));
    assertBound(
        0x1.f82f25b730dd8p-21,
        0x1.00d169c04ea05p-40,
        net -> net.activation(operands(net), "softmax", 0.7f));
    // Errors of operands that are more than what softmax adds.
    assertBound(
        0x1.7a1f3a9d57a28p-13,
        0x1.2192dd0cc2675p-39,
        net -> net.activation(net.scale(operands(net), 1000), "softmax", 0.7f));
    assertBound(
        0x1.9f10fe589af6dp6,
        0x1.63c58965c6b52p-21,
        net -> net.activation(net.scale(operands(net), 0x1p30), "softmax", 1.3f));
    assertBound(
        0x1.5a902f2cf2b7fp-21,
        0x1.520ee335168ffp-48,
        net -> net.call(operands(net), "test.Callee", callee(1.7)));
    assertBound(
        0x1.526c1bb6791c4p-20,
        0x1.8cd4417e09bc8p-48,
        net -> net.call(input(net, 1, 2, -3, 0), "test.Callee", callee(1.7)));
  }

  /** Boxes so narrow that there is no double in the middle; the next unit sees their ends. */
  @Test
  void narrowBoxes() {
    assertBound(
        0x1.c0000540000ffp-22, 0x1.c000000000021p-51, net -> scaled(net, 1, 1 + 3 * 0x1p-52, 1));
    assertBound(
        0x1.c0000540000ffp-22,
        0x1.c000000000023p-51,
        net -> scaled(net, 1 + 0x1p-52, 1 + 4 * 0x1p-52, 1));
    assertBound(
        0x1.c0000540000ffp-22, 0x1.c000000000021p-51, net -> scaled(net, -1 - 3 * 0x1p-52, -1, 1));
    assertBound(
        0x1.c0000540000ffp-22,
        0x1.c000000000023p-51,
        net -> scaled(net, -1 - 4 * 0x1p-52, -1 - 0x1p-52, 1));
    assertBound(
        0x1.c0000540000fap-94,
        0x1.c00000000001bp-123,
        net -> scaled(net, 3 * Double.MIN_VALUE, 3 * Double.MIN_VALUE, 0x1p1000));
    assertBound(
        0x1.dc00057800101p-93,
        0x1.dc0000000001dp-122,
        net -> scaled(net, -7 * Double.MIN_VALUE, -4 * Double.MIN_VALUE, 0x1p1000));
    assertBound(
        0x1.c0000540000fbp-95,
        0x1.c00000000001dp-124,
        net -> scaled(net, Double.MIN_VALUE, Double.MIN_VALUE, 0x1p1000));
    assertBound(
        0x1.c0000540000fbp-95,
        0x1.c00000000001dp-124,
        net -> scaled(net, -Double.MIN_VALUE, -Double.MIN_VALUE, 0x1p1000));
    assertBound(0x1.7cccd14333405p-21, 0x1.7cccccccccce3p-50, net -> scaled(net, -1.7, -1.2, 1));
    assertBound(0x1.bb852325c29c6p-22, 0x1.bb851df33334ep-51, net -> scaled(net, -1.1, -0.3, 0.9f));
    assertBound(0x1.02b854a9c297bp-20, 0x1.02b851a1999adp-49, net -> scaled(net, -3.3, 0.4, 0.7f));
    assertBound(0x1.14a3d99deb8cdp-20, 0x1.14a3d66000011p-49, net -> scaled(net, -1.9, -1.6, 1.3f));
  }

  /** Where a unit in the last place is the least number, each rounding is seen. */
  @Test
  void leastNumbers() {
    double least = Double.MIN_VALUE;
    assertBounds(
        "0x1.0000020000049p-48 0x1.0000010000026p-147 0x1.0000020000049p-48"
            + " 0x1.0000010000026p-147 0x1.0000020000049p-48 0x1.0000010000026p-147",
        "0x1.800000000000bp-71 0x0.0000000000018p-1022 0x1.800000000000ep-71"
            + " 0x0.0000000000018p-1022 0x1.8000000000015p-71 0x0.0000000000018p-1022",
        k ->
            net -> net.scale(net.scale(net.input((k - 5) * least, 3 * k * least, 1), k), large(k)));
  }

  private double large(int k) {
    return k % 2 == 0 ? 1 : type == ElementType.F32 ? 0x1p100 : 0x1p1000;
  }

  private Subject halved() {
    NetworkUnderTest net = network();
    net.scale(net.input(1), 0.5);
    net.bound = 0.5;
    return net.subject();
  }

  /** More of what may round up or down by chance. */
  @Test
  void manyBounds() {
    assertBounds(
        "0x1.5e449cbba7768p-21 0x1.95694912be9a2p-21 0x1.bc8939774eecbp-21"
            + " 0x1.dae230bb63307p-21 0x1.f3ade5ce66105p-21 0x1.0452676456003p-20",
        "0x1.0048000000006p-40 0x1.0068000000006p-40 0x1.0088000000006p-40"
            + " 0x1.00a8000000006p-40 0x1.00c8000000006p-40 0x1.00e8000000006p-40",
        k -> net -> net.activation(net.input(-k, k, k + 1), "softmax", 0.3f * k));
    assertBounds(
        "0x1.11f521c7cae15p-20 0x1.d23c2da3f25d5p-20 0x1.979ac89bb92d5p-19"
            + " 0x1.779884375013p-18 0x1.68a449be1e352p-17 0x1.6317fb4f4b995p-16",
        "0x1.00f1696919b0ap-40 0x1.022bc3c2ef2bdp-40 0x1.048078769a221p-40"
            + " 0x1.092078747c03fp-40 0x1.126da59d57b28p-40 0x1.253571f3380fcp-40",
        k ->
            net ->
                net.activation(
                    net.scale(net.activation(net.input(-k, 1, k + 1), "softsign"), 4 << k),
                    "softmax",
                    1.7f));
    assertBounds(
        "0x1.2df3b97937556p-22 0x1.4f1aa34c083bdp-22 0x1.70418d1ed9221p-22"
            + " 0x1.916876f1aa08bp-22 0x1.b28f60c47aeefp-22 0x1.d3b64a974bd53p-22",
        "0x1.2df3b5ef5c2a5p-51 0x1.4f1a9f5eb8535p-51 0x1.704188ce147c5p-51"
            + " 0x1.9168723d70a59p-51 0x1.b28f5bacccce8p-51 0x1.d3b6451c28f77p-51",
        k ->
            net ->
                net.call(
                    net.scale(net.input(-3 - 0.37 * k, 0.37 * k, 1), 0.7f),
                    "test.Callee",
                    halved()));
    assertBounds(
        "0x1.6afa67bdaa126p-24 0x1.91f29d2d0c869p-21 0x1.69583c62d4a48p-19"
            + " 0x1.74355c8f8051ep-18 0x1.ad1a71dbea871p-17 0x1.44acfbb7b865dp-15",
        "0x1.371fc43452397p-51 0x1.ff91d552c2378p-49 0x1.6286d19fd92f7p-47"
            + " 0x1.2f47d87713a01p-46 0x1.3412dd1f728adp-45 0x1.ab85b963fa43dp-44",
        k ->
            net ->
                net.dense(
                    net.activation(net.input(-0.37 * k, 0.1, k * k), "softsign"),
                    new double[][] {row(k * k)}));
    assertBounds(
        "0x1.0f490b12b1ba9p-21 0x1.2506f03e94105p-20 0x1.fe9d90b4a1899p-20"
            + " 0x1.8ee681e008a0ap-19 0x1.2bd02f825f613p-18 0x1.a62fbba8754ebp-18",
        "0x1.32cfb6914966bp-49 0x1.4ffb3b6faf90fp-48 0x1.2cb310d1c5a62p-47"
            + " 0x1.df6a367deec84p-47 0x1.6a331db11b1e2p-46 0x1.0044bfc367fe1p-45",
        k ->
            net ->
                net.call(
                    net.dense(
                        net.activation(net.input(-0.37 * k, 0.3, 4), "softsign"),
                        new double[][] {{1, 0, 0, 0}, {0, k, 0, 0}, {0, 0, 0.1f, 0}, {1, 1, 1, 1}}),
                    "test.Callee",
                    callee(0.37 * k)));
  }

  private void assertBounds(
      String floats, String doubles, IntFunction<ToIntFunction<NetworkUnderTest>> units) {
    for (ElementType each : ElementType.values()) {
      type = each;
      List<String> bounds = new ArrayList<>();
      for (int k = 1; k <= 6; k++) {
        NetworkUnderTest net = network();
        units.apply(k).applyAsInt(net);
        bounds.add(Double.toHexString(RoundingBound.maxError(net.subject()).orElseThrow()));
      }
      assertThat(String.join(" ", bounds)).isEqualTo(type == ElementType.F32 ? floats : doubles);
    }
  }

  private static double[] row(int size) {
    double[] row = new double[size];
    Arrays.setAll(row, i -> (float) (1 - 0.07 * i));
    return row;
  }

  private static int scaled(NetworkUnderTest net, double lower, double upper, double factor) {
    return net.scale(net.scale(net.input(lower, upper, 1), factor), 1.75);
  }

  /** The largest number of which it holds, if it does of all below and of none above. */
  private static double last(double from, double to, DoublePredicate holds) {
    long low = Double.doubleToLongBits(from);
    long high = Double.doubleToLongBits(to);
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (holds.test(Double.longBitsToDouble(middle))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Double.longBitsToDouble(low);
  }

  private interface Threshold {
    void build(NetworkUnderTest net, double number);
  }

  private void assertLast(double floats, double doubles, Threshold threshold) {
    for (ElementType each : ElementType.values()) {
      type = each;
      double largest = type == ElementType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
      double last =
          last(
              largest / 16,
              largest,
              number -> {
                NetworkUnderTest net = network();
                threshold.build(net, number);
                return RoundingBound.maxError(net.subject()).isPresent();
              });
      assertThat(Double.toHexString(last))
          .isEqualTo(Double.toHexString(type == ElementType.F32 ? floats : doubles));
    }
  }

  private static int upTo(NetworkUnderTest net, double number) {
    return net.add(
        new Unit.Input(
            2, Optional.of(new Unit.Box(List.of(0.0, 0.0), Collections.nCopies(2, number)))));
  }

  /** The last numbers of which there is a bound. */
  @Test
  void overflow() {
    assertLast(
        0x1.fffffdffffff6p126,
        0x1.ffffffffffff5p1022,
        (net, number) -> net.scale(net.input(0, 1, 1), number));
    assertLast(
        0x1.fffffdffffff7p126,
        0x1.ffffffffffff6p1022,
        (net, number) -> net.scale(upTo(net, number), 1));
    assertLast(
        0x1.fffffdffffff5p125,
        0x1.ffffffffffff4p1021,
        (net, number) -> net.sum(upTo(net, number), 0));
    assertLast(
        0x1.fffffdffffff8p126,
        0x1.ffffffffffff7p1022,
        (net, number) ->
            net.add(Unit.affine(upTo(net, 1), List.of(0.0, 0.0), List.of(number, 0.0), 2)));
    assertLast(
        0x1.555552aa9557dp127,
        0x1.5555555555552p1023,
        (net, number) -> net.activation(net.input(-number, 0, 1), "leaky_relu", 1.5));
    assertLast(
        0x1.fffff80000055p126,
        0x1.ffffffffffff1p1022,
        (net, number) -> {
          int y = net.activation(upTo(net, number), "householder", -1, 0);
          net.add(Unit.select(y, List.of(1)));
        });
    assertLast(
        0x1.fffffafffffd8p125,
        0x1.fffffffffffedp1021,
        (net, number) -> net.activation(upTo(net, number), "center"));
  }
}
