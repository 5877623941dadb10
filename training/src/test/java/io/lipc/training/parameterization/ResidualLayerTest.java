package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import io.lipc.model.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code S(w) >= 0} for the stored kernels and multipliers, from the definition of a convolution: a
 * matrix for each frequency, of C and B as they come out, with nothing of the construction.
 */
class ResidualLayerTest {

  private static final double[] FACTORS = {0.1, 1, 10};

  static Stream<ResidualLayer> blocks() {
    return Kernels.blocks();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theInequalityHoldsAtEveryFrequency(ResidualLayer block) {
    for (double factor : FACTORS) {
      for (int seed = 0; seed < 3; seed++) {
        Made made = made(block, factor, seed);
        Random random = new Random(seed);
        for (int wave = 0; wave < 20; wave++) {
          double down = wave == 0 ? 0 : random.nextDouble(7);
          double across = wave == 0 ? 0 : random.nextDouble(7);
          double[][] inequality = inequality(made, 1, down, across);
          assertThat(Eigenvalues.least(inequality, Deadline.NONE))
              .as("factor %s, seed %d", factor, seed)
              .isGreaterThan(-1e-12 * scale(made));
        }
      }
    }
  }

  /** Where S is 0, as for one channel, its rounding is that of the products in it. */
  private static double scale(Made made) {
    return 1 + Arrays.stream(made.multipliers).max().orElseThrow();
  }

  /** The same with a little more of B: the inequality is not one that always holds. */
  @ParameterizedTest
  @MethodSource("blocks")
  void aLargerKernelViolatesIt(ResidualLayer block) {
    Made made = made(block, 1, 1);
    Random random = new Random(3);
    double least = 0;
    for (int wave = 0; wave < 200; wave++) {
      double[][] inequality = inequality(made, 2.5, random.nextDouble(7), random.nextDouble(7));
      least =
          Math.min(
              least,
              Eigenvalues.least(inequality, Deadline.NONE)
                  / Eigenvalues.largest(inequality, Deadline.NONE));
    }
    assertThat(least).isLessThan(-1e-3);
  }

  /** One channel, one tap: {@code T = c^2}, so all of the norm is used. */
  @Test
  void aSingleNumberHasTheBlockOfTheFormula() {
    Made full = made(Kernels.block(1, 1, 1, 1, 1), 1, 5);
    double c = full.kernel[0];
    assertThat(full.back[0]).isCloseTo(-2 / c, within(1e-12));
    assertThat(full.multipliers[0]).isCloseTo(4 * 2 / (c * c), within(1e-10));
  }

  /** With theta = 1 nothing is left: S is singular, however E is directed. */
  @Test
  void aSkipBelowOneLeavesRoomThatIsUsed() {
    ResidualLayer block = Kernels.block(1, 1, 1, 1, 0.5);
    OrthogonalChain chain = Kernels.chain(block);
    double[] parameters = chain.initial(new Random(2));
    double c = made(chain, parameters).kernel[0];
    double back = made(chain, parameters).back[0];
    double expected = Math.sqrt(0.75) / Math.abs(c);
    assertThat(Math.abs(back + 0.5 / c)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void narrowerSlopesHaveLargerMultipliers() {
    ResidualLayer relu = Kernels.block(2, 3, 1, 1, 1);
    ResidualLayer narrow =
        new ResidualLayer(
            "c",
            Optional.of("c.bias"),
            "b",
            Optional.of("b.bias"),
            2,
            3,
            1,
            1,
            5,
            1,
            new Interval(0.5, 1));
    double[] parameters = Kernels.chain(relu).initial(new Random(1));
    double[] first = Kernels.chain(relu).materialize(parameters).multipliers().getFirst();
    double[] second = Kernels.chain(narrow).materialize(parameters).multipliers().getFirst();
    assertThat(second[0]).isCloseTo(2 * first[0], within(1e-12));
  }

  @Test
  void multipliersAreOfTheWholeChain() {
    ResidualLayer block = Kernels.block(4, 2, 3, 3, 1);
    OrthogonalChain chain = Kernels.chain(block);
    Materialized weights = chain.materialize(chain.initial(new Random(1)));
    List<double[]> multipliers = weights.multipliers();

    assertThat(chain.hasMultipliers()).isTrue();
    assertThat(multipliers).hasSize(2);
    assertThat(multipliers.getFirst()).hasSize(4 * 5);
    assertThat(Arrays.copyOf(multipliers.getFirst(), 5)).containsOnly(multipliers.getFirst()[0]);
    assertThat(multipliers.getLast()).containsExactly(1, 1, 1);
  }

  /** Behind the layer that carries the bound, all bounds are 1. */
  @Test
  void multipliersBehindTheBoundAreThoseForOne() {
    ResidualLayer block = Kernels.block(1, 7, 1, 1, 1);
    OrthogonalMatrix matrix = Kernels.matrices().toList().getLast();
    double[] after = of(new OrthogonalChain(2, List.of(matrix, block)));
    double[] before = of(new OrthogonalChain(2, List.of(block, matrix)));

    assertThat(before[0]).isCloseTo(4 * after[0], within(1e-9 * before[0]));
  }

  private static double[] of(OrthogonalChain chain) {
    double[] parameters = new double[chain.size()];
    for (FreeParameter parameter : chain.freeParameters()) {
      double value = parameter.name().equals("c") ? 0.5 : 0;
      Arrays.fill(parameters, parameter.offset(), parameter.offset() + parameter.size(), value);
    }
    return chain.materialize(parameters).multipliers().getFirst();
  }

  @Test
  void skipsAndSlopesOutsideAreRefused() {
    for (double skip : new double[] {0, -0.5, 1.25, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Kernels.block(1, 1, 1, 1, skip))
          .withMessage("layer `b` with a skip of " + skip);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ResidualLayer(
                    "c",
                    Optional.empty(),
                    "b",
                    Optional.empty(),
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    new Interval(-1, 1)))
        .withMessageContaining("layer `c`: slopes outside [0, 1]");
  }

  /** The tensors of a block, and its multipliers for a bound of 2 behind it. */
  private record Made(ResidualLayer block, double[] kernel, double[] back, double[] multipliers) {}

  private static Made made(ResidualLayer block, double factor, int seed) {
    OrthogonalChain chain = Kernels.chain(block);
    Random random = new Random(seed);
    double[] parameters = new double[chain.size()];
    Arrays.setAll(parameters, _ -> factor * random.nextGaussian());
    Materialized weights = chain.materialize(parameters);
    return new Made(
        block,
        Rows.get(weights.tensors(), "c"),
        Rows.get(weights.tensors(), "b"),
        weights.multipliers().getFirst());
  }

  private static Made made(OrthogonalChain chain, double[] parameters) {
    Materialized weights = chain.materialize(parameters);
    return new Made(
        Kernels.block(1, 1, 1, 1, 0.5),
        Rows.get(weights.tensors(), "c"),
        Rows.get(weights.tensors(), "b"),
        weights.multipliers().getFirst());
  }

  /**
   * {@code [[(1 - a^2) I, -(a B + C* Lambda)], [., 2 Lambda - B* B]]}, as {@code [[Re, -Im], [Im,
   * Re]]} of each part: x, then w.
   */
  private static double[][] inequality(Made made, double larger, double down, double across) {
    ResidualLayer block = made.block;
    int n = 2 * block.size();
    int m = 2 * block.width();
    int centre = block.height() - 1;
    int middle = block.breadth() - 1;
    double[][] c = symbol(made.kernel, block.width(), block.size(), block, down, across, 0, 0);
    double[][] b =
        symbol(made.back, block.size(), block.width(), block, down, across, centre, middle);
    double[] lambda = new double[m];
    Arrays.setAll(lambda, i -> made.multipliers[(i % block.width()) * block.pixels()] / 4);
    double[][] s = new double[n + m][n + m];
    for (int i = 0; i < n; i++) {
      s[i][i] = 1 - block.skip() * block.skip();
      for (int j = 0; j < m; j++) {
        s[i][n + j] = -(block.skip() * larger * b[i][j] + c[j][i] * lambda[j]);
        s[n + j][i] = s[i][n + j];
      }
    }
    double[][] square = Dense.product(Dense.transpose(b), b, Deadline.NONE);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        s[n + i][n + j] = (i == j ? 2 * lambda[i] : 0) - larger * larger * square[i][j];
      }
    }
    return s;
  }

  /** {@code sum_d K(d) e^(i w.d)}, d from the given tap on: B reads the pixels that C has read. */
  private static double[][] symbol(
      double[] taps,
      int outputs,
      int inputs,
      ResidualLayer block,
      double down,
      double across,
      int centre,
      int middle) {
    double[][] symbol = new double[2 * outputs][2 * inputs];
    int at = 0;
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        for (int u = 0; u < block.height(); u++) {
          for (int v = 0; v < block.breadth(); v++) {
            double angle = (u - centre) * down + (v - middle) * across;
            double real = taps[at] * Math.cos(angle);
            double imaginary = taps[at] * Math.sin(angle);
            symbol[o][i] += real;
            symbol[o + outputs][i + inputs] += real;
            symbol[o + outputs][i] += imaginary;
            symbol[o][i + inputs] -= imaginary;
            at++;
          }
        }
      }
    }
    return symbol;
  }
}
