package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Subject;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Images of a batch give the bits that they give alone, wherever the head of a network begins. */
class ImageBatchesTest {

  private static final Grid IMAGE = new Grid(4, 5, 3);
  private static final Window SAME = Window.square(new Axis(3, 1, 1, 1, 1));

  private final SplittableRandom random = new SplittableRandom(26);
  private final NetworkBuilder net = new NetworkBuilder("demo.Images", ElementType.F32);
  private final int x = net.image("x", IMAGE);

  @Test
  void aHeadOfDenseLayers() {
    assertRowsAreAlike(Examples.shirts(ElementType.F32));
  }

  @Test
  void channelsThatNoWindowReads() {
    int pairs = net.activate("pairs", x, GroupedKind.MAXMIN);
    int sorted = net.activate("sorted", pairs, GroupedKind.GROUP_SORT, 4.0);
    net.dense("y", net.activate("v", sorted, GroupedKind.HOUSEHOLDER, 0.6, -0.8), 3, true);
    assertRowsAreAlike(net.build(1, ""));
  }

  @Test
  void channelsInAHead() {
    int h = net.dense("h", net.convolve("c", x, 4, SAME, 1, true), IMAGE.elements(), true);
    int image = net.reshape("image", h, IMAGE.extents().toArray(Integer[]::new));
    int pairs = net.activate("pairs", image, GroupedKind.MAXMIN);
    net.dense("y", net.activate("v", pairs, GroupedKind.HOUSEHOLDER, 0.6, -0.8), 3, true);
    assertRowsAreAlike(net.build(1, ""));
  }

  @Test
  void aHeadThatReadsWhatItBeginsWithAgain() {
    int image = net.convolve("c", x, 4, SAME, 1, true);
    int h = net.dense("h", image, IMAGE.elements(), true);
    int flat = net.reshape("flat", image, IMAGE.elements());
    int both = net.add("both", List.of(net.activate("a", h, PointwiseKind.TANH), flat));
    net.dense("y", both, 7, true);
    assertRowsAreAlike(net.build(1, ""));
  }

  /** A class is cut into parts where it is long, and at the head. */
  @Test
  void aLongNetworkWithALongHead() {
    int h = x;
    for (int i = 0; i < 62; i++) {
      h = net.convolve("c" + i, h, 4, Window.square(new Axis(1, 1, 0, 0, 1)), 1, false);
    }
    for (int i = 0; i < 62; i++) {
      h = net.dense("d" + i, h, 5, true);
    }
    assertRowsAreAlike(net.build(1, ""));
  }

  @Test
  void aLayerMayBeCalledWhatTheClassCallsItsMethods() {
    int c = net.convolve("applyImage", x, 2, SAME, 1, true);
    int h = net.activate("features", net.dense("features#0", c, 9, true), PointwiseKind.TANH);
    net.dense("applyHead", net.activate("images", h, PointwiseKind.ABS), 2, true);
    assertRowsAreAlike(net.build(1, ""));
  }

  private void assertRowsAreAlike(CheckedNetwork network) {
    Subject subject = Subjects.random(network.network(), random, Map.of());
    FloatNetwork emitted = (FloatNetwork) Generated.instance(network, subject);
    // From the second batch on, threads share what is worth it.
    for (int rows : new int[] {1, 7, 8, 9, 33, 64, 65, 200, 300}) {
      float[][] inputs = new float[rows][emitted.inputSize()];
      for (float[] input : inputs) {
        for (int i = 0; i < input.length; i++) {
          input[i] = (float) random.nextDouble(-2, 2);
        }
      }
      float[][] outputs = new float[rows][emitted.outputSize()];
      emitted.apply(inputs, outputs);
      float[] alone = new float[emitted.outputSize()];
      for (int r = 0; r < rows; r++) {
        emitted.apply(inputs[r], alone);
        assertThat(outputs[r]).as("row %d of %d", r, rows).containsExactly(alone);
      }
    }
    double[] input = random.doubles(emitted.inputSize(), -2, 2).map(v -> (float) v).toArray();
    assertThat(Generated.apply(emitted, input))
        .containsExactly(
            Generated.interpreter(network, subject, Map.of()).apply(input),
            within(Approximations.tolerance(subject, 2)));
  }
}
