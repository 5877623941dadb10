package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.ImageNetwork.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proofs by all frequencies, before the audit alone: by hand, forged, and random ones against pairs
 * of inputs on the true grid.
 */
@Timeout(60)
final class AllFrequenciesTest {

  private static final long WORK = 1_000_000_000;

  private static void assertAccepted(ImageNetwork network, double bound) {
    assertThat(network.verdict(bound, WORK)).startsWith("ACCEPTED");
  }

  private static void assertRejected(ImageNetwork network, double bound, String reason) {
    assertThat(network.verdict(bound, WORK)).startsWith("REJECTED").contains(reason);
  }

  private static void assertForged(String text, ImageNetwork network, String reason) {
    String said = Witness.audit(List.of(text), List.of(network.weights()), WORK).getLast();
    assertThat(said).startsWith("REJECTED").contains(reason);
  }

  private static String changed(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  // ---------------------------------------------------------------- by hand

  /** relu(x) / 2: S is [L^2, -1/4; -1/4, 1/4], which is singular for L = 1/2. */
  @Test
  void aSingularMatrixIsDecidedExactly() {
    ImageNetwork network = new ImageNetwork(1, 1, 1);
    network.scale(network.activation(0, "relu"), 0.5);
    network.multiplier(1, "slope", 0.25);
    assertAccepted(network, 0.5);
    assertRejected(network, Math.nextDown(0.5), "not positive");
  }

  /**
   * x_j + x_(j+1) on three pixels with a zero at each end: 2 cos(pi / 8) is its norm and that of
   * the twisted circle of four cells; along the other axis, the window reads zeros alone besides.
   */
  private static ImageNetwork neighbours() {
    ImageNetwork network = new ImageNetwork(1, 1, 3);
    network.convolution(0, 1, new Window(2, 1, 1), 1, 1, 0, 0);
    return network.torus(2, 4, 0, 0.5);
  }

  @Test
  void theNormOfTwoNeighbours() {
    double norm = 2 * Math.cos(Math.PI / 8);
    assertThat(reached(neighbours(), new Random(1))).isBetween(norm * (1 - 1e-9), norm);
    assertAccepted(neighbours(), norm * (1 + 1e-15));
    assertRejected(neighbours(), norm * (1 - 1e-15), "not positive");
  }

  /**
   * On three cells the norm is 2 cos(pi / 6), below that on the grid: such a proof would be false.
   */
  @Test
  void aTorusThatIsOneCellTooSmall() {
    assertRejected(neighbours().torus(2, 3, 0, 0.5), 1.75, "does not fit unit 1");
    assertRejected(neighbours().torus(1, 4, 0, 0.5), 2, "does not fit unit 1");
    assertAccepted(neighbours().torus(2, 5, 0, 0.5), 2);
  }

  /** On three pixels, zeros before the first, or behind the last: each asks for one cell more. */
  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void zerosOnOneSide(int before, int after) {
    ImageNetwork network = new ImageNetwork(1, 3, 3);
    network.convolution(0, 1, new Window(2, 1, before, after, 1, 1), 1, 1, 1, 1);
    assertRejected(network.torus(3, 4, 0, 0), 5, "does not fit unit 1");
    assertRejected(network.torus(4, 3, 0, 0), 5, "does not fit unit 1");
    assertAccepted(network.torus(4, 4, 0, 0), 5);
  }

  /**
   * relu and a scale by a half behind a K that is no real number, by the multiplier 1/4: {@code
   * [L^2, -K* / 4; -K / 4, 1/4]}, which is positive from |K| / 2 on.
   */
  @Test
  void reluOfTwoNeighbours() {
    ImageNetwork network = neighbours();
    network.scale(network.activation(1, "relu"), 0.5);
    network.multiplier(2, "slope", 0.25);
    double bound = Math.cos(Math.PI / 8);
    assertAccepted(network, bound * (1 + 1e-12));
    assertRejected(network, bound * (1 - 1e-12), "not positive");
  }

  /**
   * x beside relu of x, which is moved by a pixel before and back behind: {@code y = x + e^(iw) w},
   * and by the multiplier 2 S is {@code [L^2 - 1, -3 e^(iw); -3 e^(-iw), 3]}, singular for L = 2. A
   * head that reads all pixels of y proves the same.
   */
  @Test
  void phasesOfSeveralSignals() {
    ImageNetwork network = new ImageNetwork(1, 3, 3);
    int right = network.convolution(0, 1, new Window(3, 1, 1), 0, 0, 0, 1, 0, 0, 0, 0, 0);
    int relu = network.activation(right, "relu");
    int left = network.convolution(relu, 1, new Window(3, 1, 1), 0, 0, 0, 0, 0, 1, 0, 0, 0);
    int sum = network.sum(0, left);
    network.multiplier(relu, "slope", 2).torus(4, 5, 0, 0.5);
    assertAccepted(network, 2 * (1 + 1e-12));
    assertRejected(network, 2 * (1 - 1e-12), "not positive");
    String all =
        "{\"operation\": \"select\", \"operand\": OPERAND, \"indices\": [0, 1, 2, 3, 4, 5, 6, 7, 8]}";
    network.head(network.written(all, sum, 9));
    assertAccepted(network, 2 * (1 + 1e-9));
    assertRejected(network, 2 * (1 - 1e-4), "behind the head");
  }

  /** The image, in cells of two pixels, beside sums of its windows that are halved: an isometry. */
  @Test
  void headsOfCellsOfSeveralPixels() {
    ImageNetwork network = new ImageNetwork(1, 2, 4);
    int means = network.mean(0, 2, 2, 0.5);
    String both = "{\"operation\": \"concat\", \"operands\": [0, OPERAND], \"size\": 10}";
    int all = network.written(both, means, 10);
    assertRejected(network.torus(1, 2, 0, 0), 2, "no place on a torus");
    network.head(all);
    assertAccepted(network, Math.sqrt(2) * (1 + 1e-9));
    assertRejected(network, Math.sqrt(2) * (1 - 1e-5), "behind the head");
  }

  /** 3 x behind a head: Y is 9 / L^2, and has to be below 1. */
  @Test
  void aHeadOfOnePixel() {
    ImageNetwork network = new ImageNetwork(1, 1, 1);
    network.dense(0, 1, 3);
    network.head(1);
    assertAccepted(network, 3 * (1 + 1e-9));
    assertRejected(network, 3 * (1 - 1e-5), "behind the head");
    assertThat(network.verdict(3, WORK)).startsWith("NOT DECIDED");
  }

  /** (x_1 + x_2, x_1 - x_2), then relu(z) / 2, by 1/4: bounds sqrt(2) and, behind, 1/2. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void aHeadThatReadsTwoCells(double twist) {
    ImageNetwork network = new ImageNetwork(1, 1, 2);
    network.dense(0, 2, 1, 1, 1, -1);
    network.head(1).torus(1, 2, 0, twist);
    assertAccepted(network, Math.sqrt(2) * (1 + 1e-9));
    assertRejected(network, Math.sqrt(2) * (1 - 1e-5), "behind the head");
    network.scale(network.activation(1, "relu"), 0.5);
    network.multiplier(2, "slope", 0.25);
    assertAccepted(network, Math.sqrt(0.5) * (1 + 1e-9));
    assertRejected(network, Math.sqrt(0.5) * (1 - 1e-5), "behind the head");
  }

  /** Means of pairs, whose cells have two pixels, then their sum, by a mean of factor 1. */
  @Test
  void cellsOfSeveralPixels() {
    ImageNetwork network = new ImageNetwork(1, 4, 4);
    network.mean(network.mean(0, 2, 2, 0.25), 2, 2, 1);
    assertAccepted(network, 1 + 1e-15);
    // Roots of unity are enclosed, here also those that are 1: what is singular is not proved.
    assertRejected(network, 1, "not positive");
    network.mean(network.mean(2, 1, 1, 1), 1, 1, 1);
    assertAccepted(network, 1 + 1e-15);
    assertAccepted(network.torus(2, 2, 0.5, 0), 1 + 1e-15);
  }

  /** Without windows no root of unity enters, and nothing is rounded. */
  private static void assertExact(ImageNetwork network, double bound) {
    assertAccepted(network, bound);
    assertRejected(network, Math.nextDown(bound), "not positive");
  }

  /** The audit reads numbers of four and eight bytes, as digests know them, and no others. */
  @Test
  void weightsOfOtherWidths() {
    ImageNetwork network = new ImageNetwork(1, 1, 1);
    network.dense(0, 1, 3);
    network.head(1);
    String text = network.text(4);
    byte[] honest = network.weights("F64", Double.BYTES);
    assertThat(Witness.audit(List.of(text), List.of(honest), WORK).getLast())
        .startsWith("ACCEPTED");
    for (String dtype : List.of("F16", "BF16", "F32", "F64")) {
      for (int width : new int[] {2, 4}) {
        byte[] other = network.weights(dtype, width);
        boolean honestly = width == (dtype.equals("F32") ? 4 : dtype.equals("F64") ? 8 : 2);
        assertThat(Witness.audit(List.of(text), List.of(other), WORK).getLast())
            .startsWith(honestly ? "NOT DECIDED" : "REJECTED")
            .contains(honestly ? "is stored as " + dtype : "is not described by dtype, shape");
      }
    }
  }

  @Test
  void unitsThatActPixelByPixel() {
    ImageNetwork network = new ImageNetwork(2, 1, 2).torus(1, 2, 0, 0.5);
    network.normalisation(0, 2, 2, -3);
    assertExact(network, 3);
    network.sum(1, 1);
    assertExact(network, 6);
    network.activation(2, "identity");
    assertExact(network, 6);
    network.concat(0, network.scale(3, 0.5));
    assertThat(network.verdict(Math.sqrt(10) * (1 + 1e-15), WORK)).startsWith("ACCEPTED");
    assertRejected(network, Math.sqrt(10) * (1 - 1e-15), "not positive");
    assertRejected(network.multiplier(3, "gain", 1), 4, "nothing reads");
  }

  /** Two channels by one scale, and two scales in one channel. */
  @Test
  void scalesOfChannels() {
    ImageNetwork network = new ImageNetwork(4, 1, 2).torus(1, 2, 0, 0);
    network.normalisation(0, 4, 2, 1);
    assertExact(network, 2);
    ImageNetwork pixels = new ImageNetwork(2, 1, 2);
    pixels.normalisation(0, 1, 1, 1, 1, 1);
    assertRejected(pixels, 2, "no place on a torus");
  }

  private static String named(String name, String parameters, int size, String pixels) {
    return "{\"operation\": \"activation\", \"operand\": OPERAND, \"name\": \"%s\", \"parameters\": [%s], \"size\": %d%s}"
        .formatted(name, parameters, size, pixels);
  }

  /**
   * Sorting by 1, softmax of temperature 1/8 by 4, the others by what multiplies distances at most.
   */
  @ParameterizedTest
  @CsvSource({
    "maxmin, '', ', \"pixels\": 2', 1",
    "maxmin, '', '', 1",
    "group_sort, '\"0x1.0p1\"', ', \"pixels\": 2', 1",
    "softmax, '\"0x1.0p-3\"', '', 4",
    "householder, '\"0x1.0p0\", \"0x1.0p0\"', '', 3",
    "leaky_relu, '\"0x1.0p0\"', '', 1",
  })
  void activationsThatAreKnownByTheirGain(
      String name, String parameters, String pixels, double gain) {
    ImageNetwork network = new ImageNetwork(2, 1, 2).torus(1, 2, 0, 0);
    network.written(named(name, parameters, 4, pixels), 0, 2, 1, 2);
    assertRejected(network, gain, "lacks its gain");
    assertExact(network.multiplier(1, "gain", 1), gain);
    network.forgetMultipliers();
    assertRejected(network.multiplier(1, "gain", 1, 1), gain, "another number");
    network.forgetMultipliers();
    assertRejected(network.multiplier(1, "slope", 1), gain, "lacks its gain");
  }

  /** As many elements, but other pixels. */
  @Test
  void sumsOfDifferentImages() {
    ImageNetwork network = new ImageNetwork(2, 2, 2).torus(2, 2, 0, 0);
    network.sum(0, network.convolution(0, 8, new Window(2, 1, 0), kernel(64, 6)));
    assertRejected(network, 100, "no place on a torus");
  }

  /** It has a meaning behind a head alone, or as one. */
  @Test
  void centersHaveNoPlaceOnATorus() {
    ImageNetwork network = new ImageNetwork(2, 1, 1);
    network.written(named("center", "", 2, ""), 0, 2, 1, 1);
    assertRejected(network.multiplier(1, "gain", 1), 2, "no place on a torus");
  }

  /** Whatever the multipliers are. */
  @Test
  void anOutputThatStandsStill() {
    ImageNetwork network = new ImageNetwork(1, 1, 1);
    int head = network.dense(0, 1, 1);
    int relu = network.activation(head, "relu");
    network.dense(relu, 1, 0);
    network.multiplier(relu, "slope", 1000).head(head);
    assertAccepted(network, 1);
  }

  /**
   * Each pixel is in four of the windows; the channels are scaled by 1 and 2 then, and have the
   * multipliers 1 and 4.
   */
  @Test
  void largestOfWindows() {
    ImageNetwork network = new ImageNetwork(2, 3, 3).torus(2, 2, 0, 0);
    int most = network.maximum(0, 3, 2);
    network.multiplier(most, "gain", 1);
    assertExact(network, 2);
    network.normalisation(most, 1, 1, 2);
    assertRejected(network, 4, "not positive");
    network.forgetMultipliers();
    network.multiplier(most, "gain", 1, 4);
    assertExact(network, 4);
    network.forgetMultipliers();
    assertRejected(network.multiplier(most, "gain", 1, 4, 1), 4, "another number");
  }

  /** A maximum is of windows that overlap; cells of one pixel would not be those of its operand. */
  @Test
  void cellsOfWhatAMaximumReads() {
    ImageNetwork network = new ImageNetwork(1, 4, 4);
    network.multiplier(network.maximum(0, 2, 2), "gain", 1);
    assertRejected(network.torus(1, 2, 0, 0), 2, "does not fit unit 1");
    assertAccepted(network.torus(2, 2, 0, 0), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"operation\": \"average_pool\", \"operand\": OPERAND, \"input\": [1, 2, 2], \"kernel\": [2, 2], \"stride\": [1, 1], \"factor\": \"0x1.0p-2\"}', 0.5",
    "'{\"operation\": \"select\", \"operand\": OPERAND, \"indices\": [3, 0]}', 1",
    "'{\"operation\": \"select\", \"operand\": OPERAND, \"indices\": [3, 3, 3, 3]}', 2",
    "'{\"operation\": \"sum\", \"operands\": [0, 0], \"size\": 4}', 2",
    "'{\"operation\": \"scale\", \"operand\": OPERAND, \"factor\": \"-0x1.0p1\", \"size\": 4}', 2",
    "'{\"operation\": \"affine\", \"operand\": OPERAND, \"scale\": [\"0x1.0p0\", \"0x1.8p1\", \"0x0.0p0\", \"0x1.0p0\"], \"shift\": [\"0x0.0p0\", \"0x0.0p0\", \"0x0.0p0\", \"0x0.0p0\"], \"size\": 4}', 3",
    "'{\"operation\": \"activation\", \"operand\": OPERAND, \"name\": \"center\", \"parameters\": [], \"size\": 4}', 1",
    "'{\"operation\": \"activation\", \"operand\": OPERAND, \"name\": \"identity\", \"parameters\": [], \"size\": 4}', 1",
  })
  void headsOfAllKinds(String unit, double norm) {
    for (double twist : new double[] {0, 0.5}) {
      ImageNetwork network = new ImageNetwork(1, 2, 2);
      network.written(unit, 0, 1, 2, 2);
      network.head(1).torus(2, 2, twist, 0);
      assertAccepted(network, norm * (1 + 1e-9));
      assertRejected(network, norm * (1 - 1e-4), "behind the head");
    }
  }

  @ParameterizedTest
  @CsvSource({"relu, ''", "maxmin, ''", "leaky_relu, '\"0x1.0p0\"'"})
  void headsThatAreNotLinear(String name, String parameters) {
    ImageNetwork network = new ImageNetwork(1, 2, 2);
    network.written(named(name, parameters, 4, ""), 0, 1, 2, 2);
    assertRejected(network.head(1).torus(2, 2, 0, 0), 9, "not linear");
  }

  /** Units behind the head read it and each other; what is before it is seen by the head alone. */
  @Test
  void unitsThatReadPastTheHead() {
    ImageNetwork network = new ImageNetwork(1, 1, 2);
    int relu = network.activation(0, "relu");
    int head = network.dense(relu, 2, 1, 0, 0, 1);
    network.multiplier(relu, "slope", 4).head(head).torus(1, 2, 0, 0);
    assertAccepted(network, 4);
    network.sum(head, network.scale(head, 1));
    assertAccepted(network, 4);
    network.sum(network.last(), relu);
    assertRejected(network, 9, "reads a unit before it");
  }

  /** Without windows, a signal that is not clean is one too: its pixels may be read by a head. */
  @Test
  void aHeadReadsWhatIsNotClean() {
    ImageNetwork network = new ImageNetwork(1, 1, 3);
    network.convolution(0, 1, new Window(2, 1, 1), 1, 1, 0, 0);
    network.written(
        "{\"operation\": \"select\", \"operand\": OPERAND, \"indices\": [0, 1, 2, 3, 4, 5, 6, 7]}",
        1,
        8);
    network.head(2).torus(2, 4, 0, 0.5);
    double norm = 2 * Math.cos(Math.PI / 8);
    assertAccepted(network, norm * (1 + 1e-9));
    assertRejected(network, norm * (1 - 1e-5), "behind the head");
  }

  // ---------------------------------------------------------------- forged

  /** A convolution, relu, a convolution, a head and relu behind it, with some slack. */
  private static ImageNetwork chain() {
    ImageNetwork network = new ImageNetwork(1, 4, 4);
    int one = network.convolution(0, 2, new Window(3, 1, 1), kernel(18, 1));
    int two = network.activation(one, "relu");
    int three = network.convolution(two, 1, new Window(2, 2, 0), kernel(8, 2));
    int head = network.dense(three, 2, kernel(8, 3));
    network.activation(head, "relu");
    network.multiplier(2, "slope", 4, 4).multiplier(5, "slope", 1);
    return network.head(4).torus(3, 3, 0, 0.5);
  }

  private static double[] kernel(int n, long seed) {
    return new Random(seed).doubles(n, -0.5, 0.5).toArray();
  }

  @Test
  void anHonestChain() {
    assertAccepted(chain(), 10);
    assertRejected(chain(), 0.1, "positive");
  }

  @ParameterizedTest
  @CsvSource({
    "'  \"torus\": [\n    3,', '  \"torus\": [\n    2,', does not fit",
    "'  \"torus\": [\n    3,', '  \"torus\": [\n    0,', no torus",
    "'  \"torus\": [\n    3,', '  \"torus\": [\n    -3,', no torus",
    "'  \"torus\": [\n    3,', '  \"torus\": [\n    3,\n    3,', no torus",
    "'  \"torus\": [\n    3,', '  \"torus\": [\n    \"0x1.8p1\",', kind",
    "'\"0x0.0p0\",\n    \"0x1.0p-1\"', '\"0x0.0p0\",\n    \"0x1.0p-2\"', no twist",
    "'\"0x0.0p0\",\n    \"0x1.0p-1\"', '\"-0x0.0p0\",\n    \"0x1.0p-1\"', no twist",
    "'\"0x0.0p0\",\n    \"0x1.0p-1\"', '\"0x0.0p0\"', no twist",
    "'  \"twist\": [\n    \"0x0.0p0\",\n    \"0x1.0p-1\"\n  ],\n', '', a torus of a proof",
    "'\"head\": 4', '\"head\": 5', no place on a torus",
    "'\"head\": 4', '\"head\": 3', does not fit unit 2",
    "'\"head\": 4', '\"head\": 6', no unit for a head",
    "'\"head\": 4', '\"head\": 0', no unit for a head",
    "'\"head\": 4', '\"head\": -1', no unit for a head",
    "',\n  \"head\": 4', '', no place on a torus",
    "'\"head\": 4', '\"rows\": [],\n  \"head\": 4', members",
    "'all frequencies', 'verified cholesky', a torus of a proof",
    "'\"all frequencies\"', '\"congruence\",\n  \"rows\": []', a torus of a proof",
    "'\"gains\": []', '\"gains\": [\n    {\"unit\": 4, \"gain\": \"0x1.0p3\", \"procedure\": \"verified cholesky\"}\n  ]', gains",
    "'\"segmentations\": []', '\"segmentations\": [\n    {\"unit\": 0, \"lengths\": [16]}\n  ]', nothing reads",
    "'\"segmentations\": []', '\"segmentations\": [\n    {\"unit\": 4, \"lengths\": [2]}\n  ]', nothing reads",
    "'{\"unit\": 2, \"constraint\": \"slope\"', '{\"unit\": 2, \"constraint\": \"crop\"', lacks",
    "'{\"unit\": 2, \"constraint\": \"slope\"', '{\"unit\": 2, \"constraint\": \"gain\"', lacks",
    "'[\"0x1.0p2\", \"0x1.0p2\"]', '[\"0x1.0p2\", \"0x1.0p2\", \"0x1.0p2\"]', another number",
    "'[\"0x1.0p2\", \"0x1.0p2\"]', '[]', another number",
    "'[\"0x1.0p2\", \"0x1.0p2\"]', '[\"0x1.0p2\", \"0x0.0p0\"]', below 2^-500",
    "'[\"0x1.0p2\", \"0x1.0p2\"]', '[\"0x1.0p2\", \"0x1.fffffffffffffp-501\"]', below 2^-500",
    "'[\"0x1.0p2\", \"0x1.0p2\"]', '[\"0x1.0p2\", \"-0x1.0p2\"]', negative",
    "'\"tensors\": [', '\"input norm\": \"linf\", \"tensors\": [', canonical",
    "'\"shape\": [1, 4, 4]', '\"shape\": [4, 4]', no place on a torus",
    "'\"shape\": [1, 4, 4]', '\"size\": 16', no place on a torus",
    "'\"shape\": [1, 4, 4]', '\"shape\": [1, 2, 8]', no place on a torus",
    "'\"shape\": [1, 4, 4]', '\"shape\": [1, 1, 4, 4]', no place on a torus",
  })
  void oneFault(String from, String to, String reason) {
    assertForged(changed(chain().text(10), from, to), chain(), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "0, range",
    "0, slope",
    "0, gain",
    "1, slope",
    "1, gain",
    "2, gain",
    "3, gain",
    "4, gain",
    "4, slope",
    "4, crop",
    "5, crop",
    "5, range",
  })
  void recordsOfUnitsThatHaveNone(int unit, String constraint) {
    assertThat(chain().multiplier(unit, constraint, 1).verdict(10, WORK)).startsWith("REJECTED");
  }

  @Test
  void recordsThatAreLackingOrDoubled() {
    ImageNetwork none = chain();
    none.forgetMultipliers();
    assertRejected(none.multiplier(5, "slope", 1), 10, "unit 2 lacks");
    none.forgetMultipliers();
    assertRejected(none.multiplier(2, "slope", 4), 10, "unit 5 lacks");
    assertRejected(chain().multiplier(2, "slope", 4), 10, "two records");
    assertAccepted(chain().multiplier(0, "crop", 40), 10);
    assertRejected(chain().multiplier(0, "crop", 0x1p-501), 10, "below 2^-500");
  }

  /** Slopes that have no 0 are widened, since outside of the grid there is nothing but zeros. */
  @Test
  void slopesWithoutZero() {
    ImageNetwork network = new ImageNetwork(1, 1, 1);
    network.activation(0, "leaky_relu", 0.5);
    network.multiplier(1, "slope", 1);
    // by [1/2, 1]: [L^2 + 1, -3/2; -3/2, 1], positive from L^2 = 5/4; by [0, 1]: [L^2, -1; -1, 1]
    assertAccepted(network, 1);
    ImageNetwork steep = new ImageNetwork(1, 1, 1);
    steep.activation(0, "leaky_relu", 3);
    steep.multiplier(1, "slope", 1);
    // by [0, 3]: [L^2, -3; -3, 1] and by [1, 3]: [L^2 + 6, -4; -4, 1], which would do for L^2 = 10
    assertAccepted(steep, 3);
    assertRejected(steep, Math.nextDown(3.0), "not positive");
  }

  @Test
  void convolutionsThatReadWhatIsNotClean() {
    ImageNetwork network = new ImageNetwork(1, 3, 3);
    int one = network.convolution(0, 1, new Window(3, 1, 1), kernel(9, 4));
    network.convolution(network.scale(one, 1), 1, new Window(3, 1, 1), kernel(9, 5));
    network.torus(4, 4, 0, 0);
    assertRejected(network, 100, "not clean");
    network.multiplier(1, "crop", 20);
    assertAccepted(network, 100);
    network.forgetMultipliers();
    assertAccepted(network.multiplier(2, "crop", 20), 100);
    network.forgetMultipliers();
    assertRejected(network.multiplier(3, "crop", 20), 100, "not clean");
    network.forgetMultipliers();
    network.activation(3, "relu");
    assertRejected(network.multiplier(1, "crop", 20), 100, "lacks");
  }

  /** A mean is clean where its windows part the image, or more. */
  @ParameterizedTest
  @CsvSource({"2, 2, true", "2, 1, false", "3, 2, false", "3, 3, false", "1, 2, true"})
  void meansThatAreClean(int kernel, int stride, boolean clean) {
    ImageNetwork network = new ImageNetwork(1, 4, 4);
    network.mean(network.mean(0, kernel, stride, 1), 1, 1, 1);
    network.torus(5, 5, 0, 0);
    if (clean) {
      assertAccepted(network, 10);
    } else {
      assertRejected(network, 10, "not clean");
    }
  }

  /** Each image is read in cells of as many pixels by all that read it. */
  @Test
  void unitsThatDoNotAgreeAboutCells() {
    ImageNetwork network = new ImageNetwork(1, 4, 4);
    int half = network.mean(0, 2, 2, 1);
    int same = network.mean(0, 3, 1, 1);
    network.torus(4, 4, 0, 0);
    network.sum(half, same);
    assertRejected(network, 10, "does not fit");
  }

  // ---------------------------------------------------------------- against pairs

  private static double norm(double[] v) {
    double sum = 0;
    for (double a : v) {
      sum += a * a;
    }
    return Math.sqrt(sum);
  }

  /** The largest ratio of differences that a search finds: power iterations at random points. */
  private static double reached(ImageNetwork network, Random random) {
    double best = 0;
    for (int start = 0; start < 10; start++) {
      double[] x = random.doubles(network.inputs(), -1, 1).toArray();
      double[] d = random.doubles(network.inputs(), -1, 1).toArray();
      for (int step = 0; step < 60; step++) {
        double length = step < 30 ? 1 : 1e-3;
        double factor = length / norm(d);
        double[] other = x.clone();
        for (int i = 0; i < d.length; i++) {
          other[i] += factor * d[i];
        }
        double[] difference = minus(network.signals(other).getLast(), network.signals(x).getLast());
        best = Math.max(best, norm(difference) / norm(minus(other, x)));
        d = network.adjoint(network.signals(midpoint(x, other)), difference);
        if (norm(d) == 0) {
          break;
        }
      }
    }
    return best * (1 - 1e-9);
  }

  private static double[] minus(double[] x, double[] y) {
    double[] difference = x.clone();
    for (int i = 0; i < x.length; i++) {
      difference[i] -= y[i];
    }
    return difference;
  }

  private static double[] midpoint(double[] x, double[] y) {
    double[] mean = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      mean[i] = (x[i] + y[i]) / 2;
    }
    return mean;
  }

  /** A network, and its units that have multipliers, from input to output. */
  private record Subject(
      ImageNetwork network, List<Integer> slopes, List<Integer> gains, List<Integer> crops) {
    /**
     * By one number for each layer: from the output back, each as many times as large as the one
     * before.
     */
    void guess(double last, double ratio) {
      network.forgetMultipliers();
      guess("slope", slopes, last, ratio);
      guess("gain", gains, last, ratio);
      guess("crop", crops, last, ratio);
    }

    private void guess(String constraint, List<Integer> units, double last, double ratio) {
      for (int unit : units) {
        network.multiplier(unit, constraint, last * Math.pow(ratio, network.last() - unit));
      }
    }
  }

  /** The least bound that multipliers of a crude search prove, to a hundredth. */
  private static double proved(Subject subject, double floor) {
    double best = Double.POSITIVE_INFINITY;
    for (double last : new double[] {0.25, 1, 4, 16}) {
      for (double ratio : new double[] {1, 2, 5, 25}) {
        subject.guess(last, ratio);
        double high = Math.min(best, floor * 64);
        if (!accepts(subject, high * 0.99)) {
          continue;
        }
        double low = 0;
        while (high - low > 0.01 * high) {
          double middle = low == 0 ? high / 4 : (low + high) / 2;
          if (accepts(subject, middle)) {
            high = middle;
          } else {
            low = middle;
          }
        }
        best = high;
      }
    }
    return best;
  }

  private static boolean accepts(Subject subject, double bound) {
    return subject.network.verdict(bound, WORK).startsWith("ACCEPTED");
  }

  private static Subject random(Random random) {
    int channels = 1 + random.nextInt(2);
    int high = 2 + random.nextInt(4);
    int wide = 2 + random.nextInt(4);
    ImageNetwork network = new ImageNetwork(channels, high, wide);
    Subject subject = new Subject(network, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int at = 0;
    for (int layer = 0; layer < 1 + random.nextInt(3); layer++) {
      at = window(subject, at, random);
      if (random.nextInt(6) == 0) {
        at = network.scale(at, 0.5 + random.nextDouble());
      }
      if (random.nextInt(4) == 0) {
        int relu = network.activation(at, "relu");
        subject.slopes.add(relu);
        at = random.nextBoolean() ? network.sum(at, relu) : network.concat(at, relu);
      }
      if (random.nextInt(4) > 0) {
        String name = List.of("relu", "abs").get(random.nextInt(2));
        boolean leaky = random.nextInt(3) == 0;
        at =
            leaky
                ? network.activation(at, "leaky_relu", random.nextDouble() - 0.3)
                : network.activation(at, name);
        subject.slopes.add(at);
      } else {
        subject.crops.add(at);
      }
    }
    if (random.nextInt(2) == 0) {
      int size = 1 + random.nextInt(3);
      at = network.dense(at, size, random.doubles(size * network.size(at), -1, 1).toArray());
      network.head(at);
      if (random.nextBoolean()) {
        at = network.activation(at, "relu");
        subject.slopes.add(at);
        network.dense(at, 2, random.doubles(2 * size, -1, 1).toArray());
      }
    }
    smallestTorus(subject, random.nextInt(2) / 2.0, random.nextInt(2) / 2.0);
    return subject;
  }

  /** Along each axis, the fewest cells that the audit takes: one less has to be too few. */
  private static void smallestTorus(Subject subject, double down, double right) {
    subject.guess(1, 1);
    int high = 1;
    while (high < 40 && !fits(subject.network.torus(high, 40, down, right))) {
      high++;
    }
    int wide = 1;
    while (wide < 40 && !fits(subject.network.torus(high, wide, down, right))) {
      wide++;
    }
    assertThat(high + wide).isLessThan(40);
  }

  private static boolean fits(ImageNetwork network) {
    return !network.verdict(1, 1_000_000).contains("the torus of the proof does not fit");
  }

  /** A convolution or a pool that fits, or else a convolution of single pixels. */
  private static int window(Subject subject, int at, Random random) {
    ImageNetwork network = subject.network;
    int[] image = network.image(at);
    int kernel = 1 + random.nextInt(3);
    int stride = 1 + random.nextInt(2);
    if (random.nextInt(4) == 0 && kernel <= Math.min(image[1], image[2])) {
      int max = network.maximum(at, kernel, stride);
      subject.gains.add(max);
      return max;
    }
    if (random.nextInt(4) == 0 && kernel <= Math.min(image[1], image[2])) {
      return network.mean(at, kernel, stride, 0.5);
    }
    int groups = image[0] == 2 && random.nextInt(4) == 0 ? 2 : 1;
    int dilation = kernel > 1 ? 1 + random.nextInt(2) : 1;
    Window w = new Window(kernel, stride, random.nextInt(3), random.nextInt(3), dilation, groups);
    if (w.out(image[1]) < 1 || w.out(image[2]) < 1) {
      w = new Window(1, 1, 0);
    }
    int channels = w.groups() * (1 + random.nextInt(2));
    double[] weight =
        random.doubles(channels * image[0] / w.groups() * w.kernel() * w.kernel(), -1, 1).toArray();
    return network.convolution(at, channels, w, weight);
  }

  /** Whatever is accepted holds for pairs on the true grid; and most networks are proved at all. */
  @Test
  @Timeout(300)
  void noPairExceedsABoundThatIsAccepted() {
    int proved = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Subject subject = random(random);
      double reached = reached(subject.network, random);
      if (reached == 0) {
        continue;
      }
      double bound = proved(subject, reached);
      assertThat(bound)
          .as("seed %d: %s", seed, subject.network.text(1))
          .isGreaterThanOrEqualTo(reached);
      proved += bound < Double.POSITIVE_INFINITY ? 1 : 0;
    }
    assertThat(proved).isGreaterThan(30);
  }
}
