package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.falsify.Linearisation;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.lmi.FrequencyElimination;
import io.lipc.certifier.lmi.FrequencyInequalities;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of images, bounded by the inequality as a whole at all frequencies of a torus. */
class FrequencyLmiTest {

  private static final Window SAME = Window.square(new Axis(3, 1, 1, 1, 1));
  private static final Window HALF = Window.square(new Axis(4, 2, 1, 1, 1));

  private static Weights chains() {
    try (InputStream in = FrequencyLmiTest.class.getResourceAsStream("chains.safetensors")) {
      return Safetensors.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 3 x 3 convolutions with relu between them, trained. */
  private static TestNetwork chain(int number, int side) {
    Weights weights = chains();
    List<List<Integer>> channels = List.of(List.of(1, 3, 2), List.of(2, 3, 3), List.of(2, 4, 4, 3));
    List<Integer> of = channels.get(number);
    TestNetwork network = TestNetwork.of(new Grid(of.getFirst(), side, side));
    int at = 0;
    for (int k = 1; k < of.size(); k++) {
      double[] kernel =
          weights.tensor("chain%d.conv%d.weight".formatted(number, k - 1)).orElseThrow().values();
      at = network.convolution(at, of.get(k), SAME, 1, kernel);
      at = k < of.size() - 1 ? network.relu(at) : at;
    }
    return network;
  }

  /** References from numpy, with another method for the optima of channels. */
  @ParameterizedTest
  @CsvSource({
    "0, 5, 0.0, 5.607284484054511, 3.7614361496430164",
    "0, 5, 0.5, 4.759237367687696, 3.945218162346162",
    "1, 6, 0.0, 4.967282983590406, 4.35092958867064",
    "1, 6, 0.5, 4.961905589080206, 4.409821834077656",
    "2, 5, 0.0, 15.941872874825084, 13.41775168693943",
    "2, 5, 0.5, 15.921309128177432, 11.972559098193862"
  })
  void chainsOfTheReferences(int number, int side, double twist, double layers, double channels) {
    Problem problem = chain(number, side).problem();
    Torus torus = new Torus(List.of(side + 1, side + 1), List.of(twist, twist));
    ImagePart part = ImagePart.of(problem.units()).getFirst();
    FrequencyElimination.Result result =
        part.on(torus, problem)
            .flatMap(net -> FrequencyElimination.run(net, 0, Deadline.NONE))
            .orElseThrow();
    assertThat(Math.sqrt(result.output()[0][0])).isCloseTo(layers, within(1e-6 * layers));
    double rho =
        FrequencyInequalities.minimise(
                part.on(torus, problem).orElseThrow(), Goal.least(Deadline.NONE))
            .getFirst()
            .rho();
    assertThat(Math.sqrt(rho)).isBetween(channels * (1 - 1e-4), channels * (1 + 1e-3));
  }

  /** Each rung proves no more than the one before, and none less than what pairs show. */
  @Test
  void rungs() {
    double[] lower = {3.0057134214207317, 3.5967156927356294, 7.412909658138937};
    for (int number = 0; number < 3; number++) {
      TestNetwork network = chain(number, number == 1 ? 6 : 5);
      double product = network.bound(Method.NORM_PRODUCT);
      double layers = network.bound(Method.FREQUENCY_LAYER);
      double channels = network.bound(Method.FREQUENCY_CHANNEL);
      assertThat(layers).isLessThan(product);
      assertThat(channels).isLessThan(layers).isGreaterThan(lower[number]);
      assertThat(largestRatio(new Random(number), network)).isLessThanOrEqualTo(channels);
    }
  }

  private static double largestRatio(Random random, TestNetwork network) {
    Program program = network.program();
    double largest = 0;
    for (int i = 0; i < 200; i++) {
      double[] x = TestNetwork.randomVector(random, program.inputSize());
      double[] step = TestNetwork.randomVector(random, program.inputSize());
      double[] y = x.clone();
      Dense.addScaled(y, step, Math.scalb(1.0, -random.nextInt(12)));
      double[] change = new Linearisation(program, y).output();
      Dense.addScaled(change, new Linearisation(program, x).output(), -1);
      Dense.addScaled(y, x, -1);
      largest = Math.max(largest, Dense.norm(change) / Dense.norm(y));
    }
    return largest;
  }

  private static AllFrequencies witness(TestNetwork network, Method method) {
    Subject subject = ((Certification.Certified) network.best(method)).subject();
    assertThat(CertificateChecker.check(subject)).isInstanceOf(Verdict.Accepted.class);
    return (AllFrequencies) subject.certificate().proof().witness();
  }

  /** Strides, a dense head with a layer behind it: the head is inside of the inequality. */
  @Test
  void headsAreInside() {
    Random random = new Random(3);
    TestNetwork network = TestNetwork.of(new Grid(1, 12, 12));
    int h = network.relu(network.convolution(random, 0, 3, HALF, 1));
    h = network.relu(network.convolution(random, h, 4, HALF, 1));
    h = network.relu(network.dense(h, TestNetwork.random(random, 6, 36)));
    network.dense(h, TestNetwork.random(random, 3, 6));
    double layers = network.bound(Method.FREQUENCY_LAYER);
    assertThat(layers).isLessThan(0.8 * network.bound(Method.NORM_PRODUCT));
    assertThat(largestRatio(random, network)).isLessThanOrEqualTo(layers);
    assertThat(witness(network, Method.FREQUENCY_LAYER).head()).contains(5);
  }

  /** A mean over the whole image would take a cell of its size: it is the head. */
  @Test
  void meansOverTheWholeImage() {
    Random random = new Random(4);
    TestNetwork network = TestNetwork.of(new Grid(2, 8, 8));
    int h = network.relu(network.convolution(random, 0, 4, SAME, 1));
    h = network.relu(network.sum(h, network.convolution(random, h, 4, SAME, 1)));
    h = network.averagePool(h, Window.square(Axis.of(8, 8)));
    network.dense(h, TestNetwork.random(random, 3, 4));
    double layers = network.bound(Method.FREQUENCY_LAYER);
    assertThat(layers).isLessThan(network.bound(Method.NORM_PRODUCT));
    assertThat(largestRatio(random, network)).isLessThanOrEqualTo(layers);
    AllFrequencies witness = witness(network, Method.FREQUENCY_LAYER);
    assertThat(witness.head()).isPresent();
    assertThat(witness.torus().cells()).containsExactly(9, 9);
  }

  /** Pools, normalisation, groups of channels, joined channels: all units of a torus. */
  @Test
  void allUnits() {
    Random random = new Random(5);
    TestNetwork network = TestNetwork.of(new Grid(2, 8, 8));
    int h = network.activate(network.convolution(random, 0, 4, SAME, 2), PointwiseKind.ABS);
    h = network.maxPool(h, Window.square(Axis.of(2, 2)));
    int beside = network.activate(network.convolution(random, h, 4, SAME, 1), GroupedKind.MAXMIN);
    h = network.concatChannels(h, beside);
    h = network.averagePool(h, Window.square(Axis.of(2, 2)));
    h = network.activate(h, PointwiseKind.LEAKY_RELU, 0.5);
    network.convolution(random, network.scale(h, -0.5), 2, SAME, 1);
    double layers = network.bound(Method.FREQUENCY_LAYER);
    double channels = network.bound(Method.FREQUENCY_CHANNEL);
    assertThat(channels).isLessThanOrEqualTo(layers * (1 + 1e-3));
    assertThat(largestRatio(random, network)).isLessThanOrEqualTo(channels);
  }

  /** A convolution of a convolution reads what is not zero outside: it is cropped. */
  @Test
  void cropsCostLittle() {
    Random random = new Random(6);
    TestNetwork network = TestNetwork.of(new Grid(2, 6, 6));
    int block = network.relu(network.convolution(random, 0, 3, SAME, 1));
    int sum = network.sum(0, network.convolution(random, block, 2, SAME, 1));
    network.convolution(random, sum, 2, SAME, 1);
    double channels = network.bound(Method.FREQUENCY_CHANNEL);
    assertThat(channels).isLessThan(network.bound(Method.SCALAR_LMI));
    assertThat(largestRatio(random, network)).isLessThanOrEqualTo(channels);
  }

  /** What sorting reads has fewer rows at a frequency than there are coordinates. */
  @Test
  void gainsOfFewerRowsThanCoordinates() {
    Random random = new Random(7);
    TestNetwork network = TestNetwork.of(new Grid(4, 8, 8));
    int h = network.activate(network.convolution(random, 0, 2, SAME, 1), GroupedKind.MAXMIN);
    network.convolution(random, h, 2, SAME, 1);
    double layers = network.bound(Method.FREQUENCY_LAYER);
    // Norms are those of the image itself, whose matrix is small: a torus has up to 12 % more.
    assertThat(layers).isLessThan(1.12 * network.bound(Method.NORM_PRODUCT));
    assertThat(largestRatio(random, network)).isLessThanOrEqualTo(layers);
  }

  @Test
  void whatHasNoImagesIsSaid() {
    TestNetwork network = TestNetwork.of(4);
    network.dense(0, new double[][] {{1, 2, 3, 4}});
    Certification.Inconclusive none =
        (Certification.Inconclusive) network.best(Method.FREQUENCY_LAYER);
    assertThat(none.evidence().methods().getFirst().failure()).contains("no image is convolved");
    assertThat(Optional.of(network.best(Method.AUTO))).isPresent();
  }
}
