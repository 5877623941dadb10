package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.falsify.Linearisation;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.certifier.problem.Problem;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Networks of convolutions, bounded by the gains of their layers. */
class ConvolutionNormsTest {

  private static final Window SAME = Window.square(new Axis(3, 1, 1, 1, 1));
  private static final Window HALF = Window.square(Axis.of(2, 2));

  /** The norm of the unrolled matrix of the only layer. */
  private static double exact(TestNetwork network) {
    Problem problem = network.problem();
    Unit.Linear unit = (Unit.Linear) problem.units().getLast();
    int inputs = problem.units().getFirst().size();
    var rows = unit.map().rows(List.of(inputs), problem.weights());
    double[][] matrix = new double[unit.size()][inputs];
    for (int i = 0; i < matrix.length; i++) {
      LinearMap.Row row = rows.apply(i);
      for (int k = 0; k < row.places().length; k++) {
        matrix[i][row.places()[k]] = row.factors()[k];
      }
    }
    return Eigenvalues.spectralNorm(matrix, Deadline.NONE);
  }

  private static double proved(TestNetwork network) {
    return LayerNorm.ofAll(network.problem()).getFirst().gain().orElseThrow().gain();
  }

  private static Axis axis(Random random) {
    int dilation = random.nextInt(4) == 0 ? 2 : 1;
    int kernel = 1 + random.nextInt(5);
    return new Axis(kernel, 1 + random.nextInt(3), random.nextInt(3), random.nextInt(3), dilation);
  }

  @Test
  void randomConvolutionsAreBoundedFromAbove() {
    Random random = new Random(1);
    int done = 0;
    while (done < 60) {
      int groups = 1 + random.nextInt(2);
      Grid image =
          new Grid(groups * (1 + random.nextInt(3)), 1 + random.nextInt(9), 1 + random.nextInt(9));
      Window window = new Window(axis(random), axis(random));
      int channels = groups * (1 + random.nextInt(3));
      if (image.through(window, channels).isPresent()) {
        TestNetwork network = TestNetwork.of(image);
        network.convolution(random, 0, channels, window, groups);
        double exact = exact(network);
        assertThat(proved(network)).isGreaterThanOrEqualTo(exact);
        done++;
      }
    }
  }

  /** On images of 14 x 14 the torus hardly adds anything. */
  @Test
  void littleIsLost() {
    Random random = new Random(2);
    for (Window window :
        List.of(
            SAME,
            Window.square(new Axis(5, 1, 2, 2, 1)),
            Window.square(new Axis(3, 2, 1, 1, 1)),
            Window.square(new Axis(3, 2, 0, 1, 1)),
            Window.square(new Axis(4, 2, 1, 1, 1)),
            Window.square(new Axis(3, 1, 2, 2, 2)),
            new Window(new Axis(1, 1, 0, 0, 1), new Axis(5, 1, 2, 2, 1)))) {
      TestNetwork network = TestNetwork.of(new Grid(3, 14, 14));
      network.convolution(random, 0, 2, window, 1);
      double exact = exact(network);
      assertThat(proved(network)).as(window.toString()).isBetween(exact, 1.04 * exact);
    }
    for (Window window : List.of(Window.square(Axis.of(1, 1)), HALF)) {
      TestNetwork network = TestNetwork.of(new Grid(3, 14, 14));
      network.convolution(random, 0, 2, window, 1);
      double exact = exact(network);
      assertThat(proved(network)).as("exactly").isBetween(exact, exact * (1 + 2e-9));
    }
  }

  /** The best of the tori is taken: a kernel of ones is largest at frequency 0. */
  @Test
  void twistsAreUsed() {
    TestNetwork network = TestNetwork.of(new Grid(1, 14, 14));
    double[] ones = new double[9];
    Arrays.fill(ones, 1);
    network.convolution(0, 1, SAME, 1, ones);
    Proof.Gain gain = LayerNorm.ofAll(network.problem()).getFirst().gain().orElseThrow();

    assertThat(((Torus) gain.witness()).twist()).isEqualTo(List.of(0.5, 0.5));
    assertThat(gain.gain()).isBetween(exact(network), 8.9);
  }

  private static TestNetwork classifier(Random random) {
    TestNetwork network = TestNetwork.of(new Grid(1, 8, 8));
    int h = network.relu(network.convolution(random, 0, 4, SAME, 1));
    h = network.averagePool(h, HALF);
    h =
        network.batchNorm(
            h,
            new double[] {1, 2, -1, 0.5},
            new double[4],
            new double[4],
            new double[] {1, 4, 0.875, 0.125});
    h = network.relu(network.convolution(random, h, 4, SAME, 2));
    h = network.maxPool(h, HALF);
    network.dense(h, TestNetwork.random(random, 3, network.size(h)));
    return network;
  }

  @Test
  void productsOfNormsBoundClassifiers() {
    Random random = new Random(3);
    for (int trial = 0; trial < 5; trial++) {
      TestNetwork network = classifier(random);
      double bound = network.bound(Method.NORM_PRODUCT);
      double product =
          LayerNorm.ofAll(network.problem()).stream()
              .mapToDouble(norm -> norm.norm().orElseThrow())
              .reduce(1, (a, b) -> a * b);
      // The average pool has the gain 1/2, batch normalisation 2 / sqrt(4.125) or 1.
      assertThat(bound).isBetween(0.49 * product, 0.51 * product);
      assertThat(largestRatio(random, network)).isPositive().isLessThanOrEqualTo(bound);
    }
  }

  /**
   * On 6 x 5 pixels, a torus costs up to 12 % of a norm: there the matrix of the convolution is in
   * the inequality as it is.
   */
  @Test
  void smallImagesAreUnrolled() throws FormatException {
    Random random = new Random(7);
    for (int trial = 0; trial < 5; trial++) {
      TestNetwork network = TestNetwork.of(new Grid(2, 6, 5));
      int h = network.relu(network.convolution(random, 0, 3, SAME, 1));
      Window half = Window.square(new Axis(3, 2, 1, 1, 1));
      h = network.relu(network.convolution(random, h, 4, half, 1));
      network.dense(h, TestNetwork.random(random, 3, network.size(h)));
      double product = exactProduct(network);
      double bound = network.bound(Method.NORM_PRODUCT);

      assertThat(bound).isBetween(product * (1 - 1e-12), product * 1.0202);
      assertThat(largestRatio(random, network)).isPositive().isLessThanOrEqualTo(bound);
      assertAudited(((Certification.Certified) network.best(Method.NORM_PRODUCT)).subject());
    }
  }

  /** The product of the norms of all matrices, those of convolutions unrolled. */
  private static double exactProduct(TestNetwork network) {
    Problem problem = network.problem();
    double product = 1;
    for (Unit unit : problem.units()) {
      if (LayerNorm.isNeeded(unit)) {
        double[][] matrix = LinearOperator.of(problem, (Unit.Linear) unit).matrix(Deadline.NONE);
        product *= Eigenvalues.spectralNorm(matrix, Deadline.NONE);
      }
    }
    return product;
  }

  /** No torus of the checker holds 300 pixels in a row: the matrix alone proves the norm. */
  @Test
  void whatNoTorusHoldsIsUnrolled() throws FormatException {
    Random random = new Random(8);
    TestNetwork network = TestNetwork.of(new Grid(1, 1, 300));
    network.relu(network.convolution(random, 0, 2, SAME, 1));
    LayerNorm norm = LayerNorm.ofAll(network.problem()).getFirst();
    double exact = exactProduct(network);

    assertThat(norm.gain()).isEmpty();
    assertThat(norm.norm().orElseThrow()).isBetween(exact, exact * (1 + 1e-6));
    assertThat(network.bound(Method.NORM_PRODUCT)).isBetween(exact, exact * (1 + 1e-6));
    assertAudited(((Certification.Certified) network.best(Method.NORM_PRODUCT)).subject());
  }

  /** The other method that asks for norms: 1100 channels are too many for a torus. */
  @Test
  void scalarMultipliersUnrollToo() {
    Random random = new Random(9);
    TestNetwork network = TestNetwork.of(new Grid(1, 2, 1));
    Window all = new Window(Axis.of(2, 1), Axis.of(1, 1));
    int wide = network.convolution(random, 0, 1100, all, 1);
    network.sum(0, network.dense(wide, TestNetwork.random(random, 2, 1100)));

    assertThat(LayerNorm.ofAll(network.problem()).getFirst().gain()).isEmpty();
    double bound = network.bound(Method.SCALAR_LMI);
    assertThat(bound).isLessThanOrEqualTo(network.bound(Method.NORM_PRODUCT) * (1 + 1e-6));
    assertThat(largestRatio(random, network)).isPositive().isLessThanOrEqualTo(bound);
  }

  private static double largestRatio(Random random, TestNetwork network) {
    Program program = network.program();
    double largest = 0;
    for (int i = 0; i < 100; i++) {
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

  /** The product of norms that are proved on tori. */
  private static double onTori(TestNetwork network) {
    List<LayerNorm> norms = LayerNorm.onTori(LayerNorm.ofAll(network.problem()));
    var search = new NormProduct(network.problem(), norms, Budget.of(Optional.empty())).best();
    Subject found = ((BoundMethod.Search.Found) search).subject();
    return found.certificate().inequality().bound();
  }

  /** A residual block is read twice: its slopes tell more than its norms. */
  @Test
  void scalarMultipliersBoundResidualBlocks() {
    Random random = new Random(4);
    TestNetwork network = TestNetwork.of(new Grid(2, 6, 6));
    int h = network.relu(network.convolution(random, 0, 3, SAME, 1));
    network.sum(0, network.convolution(random, h, 2, SAME, 1));
    double product = onTori(network);
    double scalar = network.bound(Method.SCALAR_LMI);

    assertThat(scalar).isLessThanOrEqualTo(product * (1 + 1e-6));
    assertThat(network.bound(Method.NORM_PRODUCT)).isLessThanOrEqualTo(product);
    assertThat(largestRatio(random, network)).isLessThanOrEqualTo(scalar);
  }

  /** A convolution stands among the layers of a report. */
  @Test
  void reportsNameConvolutions() {
    TestNetwork network = classifier(new Random(5));
    assertThat(network.report(Method.NORM_PRODUCT))
        .isInstanceOfSatisfying(
            Certification.Certified.class,
            certified ->
                assertThat(certified.evidence().layers())
                    .hasSize(3)
                    .allMatch(layer -> layer.norm().isPresent())
                    .first()
                    .matches(layer -> layer.inputs() == 64 && layer.outputs() == 256));
  }

  @Test
  void zeroKernels() {
    TestNetwork network = TestNetwork.of(new Grid(1, 4, 4));
    network.convolution(0, 2, SAME, 1, new double[18]);
    assertThat(proved(network)).isBetween(0.0, 1e-30);
    assertThat(network.bound(Method.NORM_PRODUCT)).isBetween(0.0, 1e-20);
  }

  /** Too many coordinates for the checker: no norm is proved, which is said. */
  @Test
  void whatIsTooLargeIsSaid() {
    TestNetwork network = TestNetwork.of(new Grid(600, 2, 2));
    network.convolution(0, 600, Window.square(Axis.of(1, 1)), 1, new double[360_000]);
    assertThat(LayerNorm.ofAll(network.problem()).getFirst().norm()).isEmpty();
    TestNetwork wide = TestNetwork.of(new Grid(2, 1, 300));
    wide.convolution(0, 1, SAME, 1, new double[18]);
    assertThat(LayerNorm.ofAll(wide.problem()).getFirst().norm()).isEmpty();
  }

  /** Certificates are read back, and the audit decides them by itself. */
  @Test
  void certificatesTravel() throws FormatException {
    Subject subject =
        ((Certification.Certified) classifier(new Random(6)).best(Method.NORM_PRODUCT)).subject();
    String text = CertificateText.write(subject.certificate());

    assertThat(CertificateText.read(text)).isEqualTo(subject.certificate());
    assertThat(CertificateChecker.check(subject)).isInstanceOf(Verdict.Accepted.class);
    assertAudited(subject);
  }

  private static void assertAudited(Subject subject) throws FormatException {
    String text = CertificateText.write(subject.certificate());
    byte[] weights = Safetensors.write(subject.weights());
    assertThat(Witness.audit(List.of(text), List.of(weights), 4_000_000_000L).getLast())
        .startsWith("ACCEPTED");
  }
}
