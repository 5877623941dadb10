package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import io.lipc.training.parameterization.Nets.Slope;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker's exact verdict on {@code S(L^2, Lambda)} of constructed weights as stored. */
class CertifiedTest {

  /** Training aims this much, relative, below the bound that is to be proved. */
  private static final double MARGIN = 1e-6;

  private static final double[] FACTORS = {1, 10, 20};

  static Stream<Nets> examples() {
    return Examples.all();
  }

  /** Without SLL and sandwich layers, whose S is singular before rounding. */
  static Stream<Nets> strict() {
    return examples()
        .filter(net -> !(net.construction() instanceof SllChain))
        .filter(net -> !(net.construction() instanceof SandwichChain));
  }

  @ParameterizedTest
  @MethodSource("strict")
  void doublesHaveTheBoundItselfUpToTwentyfoldDirections(Nets net) {
    for (double factor : FACTORS) {
      for (int seed = 0; seed < 3; seed++) {
        Materialized weights = materialized(net, seed, factor);
        assertThat(Claims.holds(net, weights, ElementType.F64, net.construction().bound()))
            .as("factor %s, seed %d", factor, seed)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void doublesAndFloatsHaveTheBoundWithTheMarginSpread(Nets net) {
    for (double factor : FACTORS) {
      for (int seed = 0; seed < 3; seed++) {
        Materialized weights = materialized(net, seed, factor);
        for (ElementType type : ElementType.values()) {
          assertThat(holdsWithMargin(net, weights, type))
              .as("factor %s, seed %d, %s", factor, seed, type)
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void networksHaveTheBoundAtTheStart(Nets net) {
    Construction construction = net.construction();
    Materialized weights = construction.materialize(construction.initial(new Random(1)));

    for (ElementType type : ElementType.values()) {
      assertThat(holdsWithMargin(net, weights, type)).as("%s", type).isTrue();
    }
  }

  /** Multipliers then range over many powers of ten, and shifts fall to their floor. */
  @ParameterizedTest
  @MethodSource("examples")
  void allParametersMayBeTenfold(Nets net) {
    double[] parameters =
        Arrays.stream(net.random(new Random(5), 1)).map(parameter -> 10 * parameter).toArray();

    assertThat(holdsWithMargin(net, net.construction().materialize(parameters), ElementType.F64))
        .isTrue();
  }

  @Test
  void wideNetworksHaveTheBound() {
    for (Nets net :
        List.of(
            Nets.chain(1, Slope.RELU, 16, 64, 64, 10),
            Nets.residual(1, Slope.RELU, 13, 32, 32, 3),
            Nets.sll(1, Slope.RELU, 16, 10, 32, 32))) {
      assertThat(holdsWithMargin(net, materialized(net, 1, 20), ElementType.F32))
          .as("%s", net)
          .isTrue();
    }
  }

  /**
   * Where the last pivot depends on rho. It does not for slopes [-1, 1]; and where a construction
   * for [0, 1] is used for less, something is left, as in blocks that others are behind.
   */
  static Stream<Nets> tight() {
    return examples()
        .filter(net -> !(net.construction() instanceof Composition))
        .filter(net -> net.slope() != Slope.ABS)
        .filter(net -> net.slope() == Slope.RELU || net.construction() instanceof LdltChain);
  }

  @ParameterizedTest
  @MethodSource("tight")
  void nothingIsLeftOfTheBoundWhereTheLastContractionIsNearOne(Nets net) {
    Construction construction = net.construction();
    double[] parameters = net.random(new Random(2), 1);
    for (FreeParameter parameter : construction.freeParameters()) {
      if (parameter.name().equals("last.weight.v")) {
        Arrays.fill(parameters, parameter.offset(), parameter.offset() + parameter.size(), 0);
        for (int i = 0; i < Math.min(parameter.rows(), parameter.columns()); i++) {
          parameters[parameter.offset() + i * (parameter.columns() + 1)] = 1e4;
        }
      }
    }
    Materialized weights = construction.materialize(parameters);

    double below = construction.bound() * (1 - 1e-3);
    assertThat(Claims.holds(net, weights, ElementType.F64, below)).isFalse();
  }

  @Test
  void spreadingHelpsWhereTheExcessAloneDoesNot() {
    Nets net = Nets.chain(1, Slope.RELU, 4, 8, 8, 8, 3);
    Materialized weights = materialized(net, 0, 100);
    double bound = 1 / (1 - MARGIN);

    assertThat(Claims.holds(net, weights, ElementType.F32, bound)).isFalse();
    assertThat(holdsWithMargin(net, weights, ElementType.F32)).isTrue();
  }

  @Test
  void spreadFactorsFallFromTheExcessToOne() {
    List<double[]> ones = List.of(new double[] {1, 2}, new double[] {1}, new double[] {1});

    assertThat(Multipliers.spread(ones, 2))
        .containsExactly(new double[] {1.75, 3.5}, new double[] {1.5}, new double[] {1.25});
    assertThat(Multipliers.spread(ones, 1)).usingRecursiveComparison().isEqualTo(ones);
  }

  private static Materialized materialized(Nets net, long seed, double factor) {
    return net.construction().materialize(net.random(new Random(seed), factor));
  }

  private static boolean holdsWithMargin(Nets net, Materialized materialized, ElementType type) {
    double bound = net.construction().bound() / (1 - MARGIN);
    double excess = Math.pow(bound / net.construction().bound(), 2);
    Weights weights = net.weights(materialized, type);
    List<double[]> multipliers = Multipliers.spread(materialized.multipliers(), excess);
    return Claims.holds(net, weights, multipliers, type, bound);
  }
}
