package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Torus;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gains by frequency, held against matrices that know no frequency. */
class TorusGainTest {

  private static final List<Double> TWISTS = List.of(0.0, 0.5);

  private static Decision decide(Unrolled unrolled, double gain, Torus torus) {
    return TorusGain.decide(unrolled.map(), unrolled.weight(), gain, torus, new Work(() -> {}));
  }

  private static Torus torus(List<Integer> cells, double down, double right) {
    return new Torus(cells, List.of(down, right));
  }

  private static Torus torus(int cells, double twist) {
    return torus(List.of(cells, cells), twist, twist);
  }

  private static List<Torus> tori(List<Integer> cells) {
    List<Torus> tori = new ArrayList<>();
    TWISTS.forEach(down -> TWISTS.forEach(right -> tori.add(torus(cells, down, right))));
    return tori;
  }

  /** Whatever is proved is true, and what is true of the torus is proved. */
  @Test
  void theNormOfTheTorusIsProvedAndNoLess() {
    Random random = new Random(20260101);
    for (int trial = 0; trial < 60; trial++) {
      Unrolled unrolled = Unrolled.random(random);
      double exact = unrolled.norm();
      List<Integer> least = unrolled.least();
      List<Integer> cells = least.stream().map(n -> n + (random.nextInt(3) == 0 ? 1 : 0)).toList();
      Torus torus = torus(cells, TWISTS.get(random.nextInt(2)), TWISTS.get(random.nextInt(2)));
      double norm = unrolled.norm(torus);
      String what = trial + ": " + unrolled.map() + " " + torus;
      assertThat(norm).as(what).isGreaterThanOrEqualTo(exact * (1 - 1e-9));
      assertThat(decide(unrolled, norm * (1 + 1e-8), torus)).as(what).isEqualTo(Decision.POSITIVE);
      assertThat(decide(unrolled, norm * (1 - 1e-8), torus))
          .as(what)
          .isEqualTo(Decision.NOT_PROVED);
    }
  }

  /** Each of the inequalities is needed: one cell less, and a false claim would be proved. */
  @Test
  @Tag("long")
  void oneCellTooFewIsRefused() {
    Random random = new Random(7);
    int lies = 0;
    for (int trial = 0; trial < 400; trial++) {
      Unrolled unrolled = Unrolled.random(random);
      List<Integer> least = unrolled.least();
      for (int axis = 0; axis < 2; axis++) {
        List<Integer> cells = new ArrayList<>(least);
        cells.set(axis, least.get(axis) - 1);
        boolean apart = isApart(axis == 0 ? vertical(unrolled) : horizontal(unrolled));
        for (Torus torus : apart || cells.get(axis) == 0 ? List.<Torus>of() : tori(cells)) {
          assertThat(decide(unrolled, 1e6, torus)).isEqualTo(Decision.FOREIGN_WITNESS);
          lies += trial < 40 && unrolled.norm(torus) < unrolled.norm() * (1 - 1e-6) ? 1 : 0;
        }
        if (!apart) {
          assertThat(decide(unrolled, 1e6, torus(least, 0, 0.5))).isEqualTo(Decision.POSITIVE);
        }
      }
    }
    assertThat(lies).isPositive();
  }

  private static Axis vertical(Unrolled unrolled) {
    return unrolled.map().window().vertical();
  }

  private static Axis horizontal(Unrolled unrolled) {
    return unrolled.map().window().horizontal();
  }

  private static boolean isApart(Axis axis) {
    return (axis.kernel() - 1) * axis.dilation() < axis.stride();
  }

  /** The inequalities one by one, each on an axis where it is the one that counts. */
  @Test
  void eachInequalityByItself() {
    // M >= n + a, with zeros before the first pixel alone.
    assertLeast(new Axis(3, 1, 2, 0, 1), 5, 7);
    // M >= s (m - 1) + span - a, with zeros behind the last pixel alone, and by dilation.
    assertLeast(new Axis(3, 1, 0, 2, 1), 5, 7);
    assertLeast(new Axis(3, 1, 0, 4, 2), 5, 9);
    assertLeast(new Axis(4, 2, 0, 3, 1), 7, 5);
    // M >= s m, where zeros before are many.
    assertLeast(new Axis(3, 2, 3, 3, 1), 1, 3);
  }

  private static void assertLeast(Axis axis, int pixels, int cells) {
    Unrolled unrolled =
        Unrolled.random(
            new Random(1), new Grid(1, pixels, 1), 1, new Window(axis, Axis.of(1, 1)), 1);
    for (double twist : TWISTS) {
      assertThat(decide(unrolled, 100, torus(List.of(cells, 1), twist, 0)))
          .isEqualTo(Decision.POSITIVE);
      assertThat(decide(unrolled, 100, torus(List.of(cells - 1, 1), twist, 0)))
          .isEqualTo(Decision.FOREIGN_WITNESS);
    }
  }

  /** Windows that do not overlap: a single cell proves the exact norm. */
  @Test
  void windowsThatDoNotOverlapNeedNoCells() {
    Random random = new Random(3);
    for (int kernel = 1; kernel <= 3; kernel++) {
      for (int before = 0; before <= 2; before++) {
        Axis axis = new Axis(kernel, 3, before, 1, 1);
        Unrolled both = Unrolled.random(random, new Grid(2, 9, 9), 3, Window.square(axis), 1);
        Unrolled one =
            Unrolled.random(
                random, new Grid(2, 9, 5), 2, new Window(axis, new Axis(3, 1, 1, 1, 1)), 1);
        for (Unrolled unrolled : List.of(both, one)) {
          List<Integer> cells = List.of(1, unrolled == both ? 1 : 6);
          for (Torus torus : tori(cells)) {
            double norm = unrolled.norm(torus);
            assertThat(unrolled.norm()).isLessThanOrEqualTo(norm * (1 + 1e-9));
            assertThat(decide(unrolled, norm * (1 + 1e-8), torus)).isEqualTo(Decision.POSITIVE);
            assertThat(decide(unrolled, norm * (1 - 1e-8), torus)).isEqualTo(Decision.NOT_PROVED);
          }
        }
      }
    }
  }

  /**
   * A kernel that is one wave: its norm is 9 at one frequency and its opposite, and less beside.
   */
  @Test
  void everyFrequencyIsLookedAt() {
    int cells = 7;
    for (double twist : TWISTS) {
      for (int j = 0; j < cells; j++) {
        for (int k = 0; k < cells; k++) {
          double[] kernel = new double[9];
          for (int d = 0; d < 9; d++) {
            double angle = (j + twist) * (d / 3) + (k + twist) * (d % 3);
            kernel[d] = Math.cos(2 * Math.PI * angle / cells);
          }
          Unrolled wave = wave(kernel, 5);
          Torus torus = torus(cells, twist);
          double norm = wave.norm(torus);
          assertThat(decide(wave, norm * (1 + 1e-8), torus)).isEqualTo(Decision.POSITIVE);
          assertThat(decide(wave, norm * (1 - 1e-8), torus)).isEqualTo(Decision.NOT_PROVED);
        }
      }
    }
  }

  private static Unrolled wave(double[] kernel, int side) {
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    return Unrolled.of(new Grid(1, side, side), 1, window, 1, kernel);
  }

  /** Phases that only a complex matrix sees: the columns of the two channels differ by a shift. */
  @Test
  void shiftsOfChannelsAddUpAtOneFrequency() {
    Random random = new Random(12);
    for (int trial = 0; trial < 20; trial++) {
      Unrolled unrolled =
          Unrolled.random(random, new Grid(3, 4, 3), 2, Window.square(new Axis(3, 1, 1, 1, 1)), 1);
      for (Torus torus : tori(List.of(5, 4))) {
        double norm = unrolled.norm(torus);
        assertThat(decide(unrolled, norm * (1 + 1e-8), torus)).isEqualTo(Decision.POSITIVE);
        assertThat(decide(unrolled, norm * (1 - 1e-8), torus)).isEqualTo(Decision.NOT_PROVED);
      }
    }
  }

  @Test
  void onLargerImagesLittleIsLost() {
    Random random = new Random(14);
    for (int trial = 0; trial < 4; trial++) {
      Window window = Window.square(new Axis(3, 1, 1, 1, 1));
      Unrolled unrolled = Unrolled.random(random, new Grid(1, 14, 14), 2, window, 1);
      double exact = unrolled.norm();
      assertThat(tori(List.of(15, 15)))
          .anyMatch(torus -> decide(unrolled, 1.03 * exact, torus) == Decision.POSITIVE)
          .noneMatch(torus -> decide(unrolled, exact * (1 - 1e-6), torus) == Decision.POSITIVE);
    }
  }

  @Test
  @Tag("long")
  void referenceLayers() {
    for (String line : lines("layers.csv")) {
      String[] cells = line.split(",", -1);
      double exact = Double.parseDouble(cells[5]);
      int n = Integer.parseInt(cells[6]);
      Unrolled layer = layer(cells);
      assertThat(layer.norm()).as(line).isBetween(exact * (1 - 1e-9), exact * (1 + 1e-9));
      List<Torus> tori = List.of(torus(n, 0), torus(n, 0.5), torus(n + 1, 0));
      for (int k = 0; k < tori.size(); k++) {
        double norm = Double.parseDouble(cells[7 + k]);
        assertThat(decide(layer, norm * (1 + 1e-9), tori.get(k)))
            .as(line)
            .isEqualTo(Decision.POSITIVE);
        assertThat(decide(layer, norm * (1 - 1e-9), tori.get(k)))
            .as(line)
            .isEqualTo(Decision.NOT_PROVED);
      }
    }
  }

  private static Unrolled layer(String[] cells) {
    Tensor kernel = kernel(cells[0]);
    int padding = Integer.parseInt(cells[3]);
    int groups = Integer.parseInt(cells[4]);
    int side = Integer.parseInt(cells[1]);
    Axis axis = new Axis(kernel.shape().get(2), Integer.parseInt(cells[2]), padding, padding, 1);
    Grid input = new Grid(kernel.shape().get(1) * groups, side, side);
    return Unrolled.of(
        input, kernel.shape().getFirst(), Window.square(axis), groups, kernel.values());
  }

  /** Arguments that do not hold for zero padding claim too little; their tori are refused. */
  @Test
  void traps() {
    for (String line : lines("traps.csv")) {
      String[] cells = line.split(",", -1);
      int side = Integer.parseInt(cells[2]);
      double claim = Double.parseDouble(cells[3]);
      assertThat(claim).isLessThan(Double.parseDouble(cells[4]));
      Unrolled trap = wave(kernel(cells[0]).values(), side);
      for (Torus torus : tori(List.of(side, side))) {
        assertThat(decide(trap, claim, torus)).as(line).isEqualTo(Decision.FOREIGN_WITNESS);
        assertThat(decide(trap, 1e6, torus)).as(line).isEqualTo(Decision.FOREIGN_WITNESS);
      }
      if (cells[1].endsWith("zero padding")) {
        assertThat(trap.norm()).as(line).isGreaterThan(claim * 1.05);
      }
    }
  }

  /** Stored in floats it is 1.00000003 at all frequencies: the matrix is nearly zero. */
  @Test
  void orthogonalConvolutions() {
    Window window = Window.square(new Axis(3, 1, 2, 2, 1));
    Unrolled orthogonal =
        Unrolled.of(new Grid(6, 28, 28), 6, window, 1, kernel("orthogonal").values());
    assertThat(decide(orthogonal, 1.0000000373 * (1 + 1e-9), torus(30, 0)))
        .isEqualTo(Decision.POSITIVE);
    assertThat(decide(orthogonal, 1.0000000372, torus(30, 0))).isEqualTo(Decision.NOT_PROVED);
  }

  @Test
  @Tag("long")
  void limits() {
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    Random random = new Random(1);
    Unrolled small = Unrolled.random(random, new Grid(1, 2, 2), 1, window, 1);
    assertThat(decide(small, 9, torus(256, 0))).isEqualTo(Decision.POSITIVE);
    assertThat(decide(small, 9, torus(List.of(257, 3), 0, 0))).isEqualTo(Decision.TOO_LARGE);
    assertThat(decide(small, 9, torus(List.of(3, 257), 0, 0))).isEqualTo(Decision.TOO_LARGE);
    assertThat(decide(small, 9, torus(List.of(3, Integer.MAX_VALUE), 0, 0)))
        .isEqualTo(Decision.TOO_LARGE);
    Unrolled many =
        Unrolled.random(random, new Grid(1, 1, 1), 1023, Window.square(Axis.of(1, 1)), 1);
    assertThat(decide(many, 100, torus(1, 0))).isEqualTo(Decision.POSITIVE);
    Unrolled more =
        Unrolled.random(random, new Grid(1, 1, 1), 1024, Window.square(Axis.of(1, 1)), 1);
    assertThat(decide(more, 100, torus(1, 0))).isEqualTo(Decision.TOO_LARGE);
    Unrolled grouped =
        Unrolled.random(random, new Grid(1024, 1, 1), 2048, Window.square(Axis.of(1, 1)), 1024);
    assertThat(decide(grouped, 100, torus(1, 0))).isEqualTo(Decision.POSITIVE);
  }

  /** The work that a text asks for is counted before it is done. */
  @Test
  void workIsLimited() {
    Window window = Window.square(new Axis(1, 1, 0, 0, 1));
    Unrolled wide = Unrolled.random(new Random(1), new Grid(256, 1, 1), 256, window, 1);
    Verdict verdict = CertificateChecker.check(wide.subject(1e3, torus(1, 0)));
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    assertRejected(wide, 1e3, torus(256, 0), Reason.TOO_LARGE);
  }

  /** Also where it is not the matrices that take it, but the many elements of the window. */
  @Test
  void largeWindowsAreCounted() {
    Window window = Window.square(new Axis(31, 1, 15, 15, 1));
    Unrolled large = Unrolled.random(new Random(1), new Grid(1, 32, 32), 1, window, 1);
    assertThat(decide(large, 1e3, torus(47, 0))).isEqualTo(Decision.POSITIVE);
    assertThatThrownBy(() -> decide(large, 1e3, torus(256, 0)))
        .isInstanceOf(ArithmeticException.class);
  }

  private static void assertRejected(Unrolled unrolled, double gain, Torus torus, Reason reason) {
    assertThat(CertificateChecker.check(unrolled.subject(gain, torus)))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void whatIsNotATorusOfThisConvolution() {
    Unrolled unrolled = wave(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 4);
    for (double twist : new double[] {0.25, 1, -0.5, -0.0, 0.5 + 0x1p-53, Double.NaN}) {
      assertThat(decide(unrolled, 100, torus(List.of(5, 5), twist, 0)))
          .isEqualTo(Decision.FOREIGN_WITNESS);
      assertThat(decide(unrolled, 100, torus(List.of(5, 5), 0, twist)))
          .isEqualTo(Decision.FOREIGN_WITNESS);
    }
    for (int cells : new int[] {0, -1, -5, Integer.MIN_VALUE, 4}) {
      assertThat(decide(unrolled, 100, torus(List.of(cells, 5), 0, 0)))
          .isEqualTo(Decision.FOREIGN_WITNESS);
      assertThat(decide(unrolled, 100, torus(List.of(5, cells), 0, 0)))
          .isEqualTo(Decision.FOREIGN_WITNESS);
    }
    Unrolled point =
        Unrolled.of(new Grid(1, 4, 4), 1, Window.square(Axis.of(1, 1)), 1, new double[] {1});
    assertThat(decide(point, 100, torus(0, 0))).isEqualTo(Decision.FOREIGN_WITNESS);
  }

  @Test
  void numbersOfAllSizes() {
    for (double scale : new double[] {0x1p-400, 0x1p-100, 1, 0x1p100, 0x1p400}) {
      double[] kernel = {1 * scale, 2 * scale, 3 * scale, 0, 0, 0, 0, 0, 0};
      Unrolled unrolled = wave(kernel, 4);
      assertThat(decide(unrolled, 6.000001 * scale, torus(5, 0))).isEqualTo(Decision.POSITIVE);
      assertThat(decide(unrolled, 5.999999 * scale, torus(5, 0))).isEqualTo(Decision.NOT_PROVED);
    }
    Unrolled huge = wave(new double[] {1e308, 1e308, 1e308, 1e308, 0, 0, 0, 0, 0}, 4);
    assertThat(decide(huge, Double.MAX_VALUE, torus(5, 0))).isEqualTo(Decision.NOT_PROVED);
    Unrolled tiny = wave(new double[] {1e-308, 1e-308, 1e-308, 0, 0, 0, 0, 0, 0}, 4);
    assertThat(decide(tiny, 2.9e-308, torus(5, 0))).isEqualTo(Decision.NOT_PROVED);
    assertThat(decide(tiny, 1e-100, torus(5, 0))).isEqualTo(Decision.POSITIVE);
    Unrolled zero = wave(new double[9], 4);
    assertThat(decide(zero, 1e-100, torus(5, 0))).isEqualTo(Decision.POSITIVE);
    assertThat(decide(zero, 0, torus(5, 0))).isEqualTo(Decision.NOT_PROVED);
  }

  private static Tensor kernel(String name) {
    try {
      return Safetensors.read(bytes("layers.safetensors")).tensor(name).orElseThrow();
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8).lines().skip(1).toList();
  }

  private static byte[] bytes(String file) {
    try (InputStream in = TorusGainTest.class.getResourceAsStream("/convolution/" + file)) {
      return Optional.ofNullable(in).orElseThrow().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
