package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.UnitEvaluator;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.ElementType;
import io.lipc.model.Interval;
import io.lipc.training.autodiff.Variable;
import io.lipc.training.parameterization.Nets.Slope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConstructionsTest {

  private static final double[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

  static Stream<Nets> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noPairOfInputsExceedsTheBound(Nets net) {
    Random random = new Random(3);
    for (double factor : new double[] {1, 20}) {
      Materialized weights = net.construction().materialize(net.random(random, factor));
      UnitEvaluator network =
          UnitEvaluator.of(
              UnitLists.of(net.network(ElementType.F64), Map.of()),
              net.weights(weights, ElementType.F64),
              Map.of());
      for (int pair = 0; pair < 200; pair++) {
        double[] x = gaussian(random, net.layers().getFirst().shape().size(), 3);
        double[] move = gaussian(random, x.length, Math.pow(10, -random.nextInt(5)));
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> x[i] + move[i]);
        double moved = distance(network.apply(x), network.apply(y));
        assertThat(moved)
            .isLessThanOrEqualTo(net.construction().bound() * distance(x, y) * (1 + 1e-9) + 1e-12);
      }
    }
  }

  private static double[] gaussian(Random random, int size, double scale) {
    double[] vector = new double[size];
    Arrays.setAll(vector, _ -> scale * random.nextGaussian());
    return vector;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void freeParametersCoverTheArrayWithoutGaps(Nets net) {
    int next = 0;
    for (FreeParameter parameter : net.construction().freeParameters()) {
      assertThat(parameter.offset()).isEqualTo(next);
      next += parameter.size();
    }
    assertThat(net.construction().size()).isEqualTo(next);
    assertThat(net.construction().freeParameters().stream().map(FreeParameter::name))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theStartDependsOnTheGeneratorAlone(Nets net) {
    double[] first = net.construction().initial(new Random(4));

    assertThat(first).hasSize(net.construction().size()).doesNotContain(Double.NaN);
    assertThat(net.construction().initial(new Random(4))).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(
      value = Slope.class,
      names = {"ABS"},
      mode = EnumSource.Mode.EXCLUDE)
  void chainsStartWithOrthogonalLayersOfTheGainThatTheirActivationLeaves(Slope slope) {
    Construction chain = Nets.chain(3, slope, 4, 4, 4, 4).construction();
    Materialized weights = chain.materialize(chain.initial(new Random(9)));
    double gain = Math.max(Math.abs(slope.interval.lower()), Math.abs(slope.interval.upper()));

    assertThat(scaledGram(weights, "h1.weight", gain)).containsExactly(IDENTITY, within(1e-5));
    assertThat(scaledGram(weights, "h2.weight", gain)).containsExactly(IDENTITY, within(1e-5));
    assertThat(scaledGram(weights, "last.weight", 1 / 3.0)).containsExactly(IDENTITY, within(0.03));
  }

  /** {@code factor^2 W W'}, of four rows. */
  private static double[] scaledGram(Materialized weights, String name, double factor) {
    Variable weight = Variable.of(Rows.of(Rows.get(weights.tensors(), name), 4, 4));
    return Rows.flat(weight.times(factor).gram().value());
  }

  @Test
  void otherGeneratorsGiveAnotherStart() {
    Construction construction = Nets.chain(1, Slope.RELU, 3, 4, 2).construction();

    assertThat(construction.initial(new Random(5)))
        .isNotEqualTo(construction.initial(new Random(4)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSameParametersGiveTheSameBits(Nets net) {
    double[] parameters = net.random(new Random(6), 2);
    Materialized first = net.construction().materialize(parameters);
    Materialized second = net.construction().materialize(parameters.clone());

    assertThat(flat(second.tensors())).isEqualTo(flat(first.tensors()));
    assertThat(second.pullBack(second.tensors())).isEqualTo(first.pullBack(first.tensors()));
  }

  /** Weights are the same when their workspace is full of other numbers. */
  @ParameterizedTest
  @MethodSource("examples")
  void whereOthersWereReleasedTheSameParametersGiveTheSameBits(Nets net) {
    double[] parameters = net.random(new Random(6), 2);
    Materialized fresh = net.construction().materialize(parameters);
    double[] gradient = fresh.pullBack(fresh.tensors());
    for (int seed = 0; seed < 3; seed++) {
      Materialized other = net.construction().materialize(net.random(new Random(seed), 1));
      other.pullBack(other.tensors());
      other.release();
      other.release();
    }
    Materialized first = net.construction().materialize(parameters);
    Materialized second = net.construction().materialize(net.random(new Random(7), 1));
    second.pullBack(second.tensors());

    assertThat(flat(first.tensors())).isEqualTo(flat(fresh.tensors()));
    assertThat(first.pullBack(first.tensors())).isEqualTo(gradient);
    assertThat(fresh.pullBack(fresh.tensors())).isEqualTo(gradient);
  }

  @Test
  void releasedWeightsKeepTheirTensorsButHaveNoGradient() {
    Construction construction = Nets.chain(1, Slope.RELU, 3, 4, 2).construction();
    Materialized weights = construction.materialize(construction.initial(new Random(1)));
    double[] tensors = flat(weights.tensors());
    weights.release();
    Materialized next = construction.materialize(construction.initial(new Random(2)));
    next.pullBack(next.tensors());

    assertThat(flat(weights.tensors())).isEqualTo(tensors);
    assertThatThrownBy(() -> weights.pullBack(weights.tensors()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("these weights were released");
  }

  private static double[] flat(Map<String, double[]> tensors) {
    return tensors.values().stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void parametersMayChangeAfterwards() {
    Construction construction = Nets.chain(1, Slope.RELU, 3, 4, 2).construction();
    double[] parameters = construction.initial(new Random(1));
    Materialized weights = construction.materialize(parameters);
    double[] before = weights.pullBack(weights.tensors());
    Arrays.fill(parameters, Double.NaN);

    assertThat(weights.pullBack(weights.tensors())).isEqualTo(before);
  }

  @Test
  void hiddenWeightsDoNotDependOnTheBound() {
    Construction one = Nets.chain(1, Slope.RELU, 3, 4, 2).construction();
    Construction four = Nets.chain(4, Slope.RELU, 3, 4, 2).construction();
    double[] parameters = one.initial(new Random(1));
    Materialized atOne = one.materialize(parameters);
    Materialized atFour = four.materialize(parameters);

    assertThat(atFour.tensors().get("h1.weight")).isEqualTo(atOne.tensors().get("h1.weight"));
    assertThat(atFour.tensors().get("last.weight"))
        .isEqualTo(
            Arrays.stream(Rows.get(atOne.tensors(), "last.weight")).map(x -> 4 * x).toArray());
    assertThat(atFour.multipliers().getFirst())
        .isEqualTo(Arrays.stream(atOne.multipliers().getFirst()).map(x -> 16 * x).toArray());
  }

  @Test
  void theBoundsOfWhatIsComposedAreMultiplied() {
    Nets three = Nets.residuals(0.5, Slope.RELU, 3, 3, 4, 3);
    Nets one = Nets.residual(0.5, Slope.RELU, 3, 4, 3);
    double[] parameters = three.construction().initial(new Random(1));
    List<double[]> all = three.construction().materialize(parameters).multipliers();

    assertThat(three.construction().bound()).isEqualTo(0.125);
    double[] first = Arrays.copyOf(parameters, one.construction().size());
    double[] own = one.construction().materialize(first).multipliers().getFirst();
    assertThat(all.getFirst()).isEqualTo(Arrays.stream(own).map(x -> x / 16).toArray());
  }

  @Test
  void zeroRowsOfAnSllWeightHaveZeroColumnsBehind() {
    Nets net = Nets.sll(1, Slope.RELU, 3, 2, 2);
    double[] parameters = net.construction().initial(new Random(1));
    FreeParameter weight = net.construction().freeParameters().getFirst();
    assertThat(weight.name()).isEqualTo("block0.weight");
    Arrays.fill(parameters, 3, 6, 0);
    Materialized weights = net.construction().materialize(parameters);

    double[] back = Rows.get(weights.tensors(), "back0.weight");
    assertThat(new double[] {back[1], back[3], back[5]}).containsOnly(0.0);
    assertThat(back[0]).isNotZero();
    assertThat(weights.pullBack(weights.tensors())).doesNotContain(Double.NaN);
    assertThat(Claims.holds(net, weights, ElementType.F64, 1 + 1e-6)).isTrue();
  }

  @Test
  void failedFactorisationsNameTheLayer() {
    Construction chain = Nets.chain(1, Slope.RELU, 2, 3, 2).construction();
    double[] huge = chain.initial(new Random(1));
    Arrays.fill(huge, 0, 6, 1e12);
    double[] unknown = chain.initial(new Random(1));
    unknown[0] = Double.NaN;

    for (double[] parameters : List.of(huge, unknown)) {
      assertThatThrownBy(() -> chain.materialize(parameters))
          .isInstanceOf(FactorizationException.class)
          .hasMessage("layer `h1.weight`: the factorisation of V V' + a I failed");
    }
  }

  /** More outputs than inputs: a large Gram matrix in Sigma is singular without the identity. */
  @Test
  void anIdentityLostInRoundingIsAFailure() {
    Nets net = Nets.residual(1, Slope.RELU, 2, 4, 4, 7);
    double[] parameters = net.random(new Random(1), 1e3);
    for (FreeParameter parameter : net.construction().freeParameters()) {
      if (parameter.name().endsWith(".alpha")) {
        parameters[parameter.offset()] = -50;
      }
    }

    assertThatThrownBy(() -> net.construction().materialize(parameters))
        .isInstanceOf(FactorizationException.class)
        .hasMessage("layer `last.weight`: the factorisation of Sigma failed");
  }

  @Test
  void hypothesesAreChecked() {
    HiddenLayer relu = hidden(4, 3, 0, 1);
    HiddenLayer steep = hidden(4, 3, 0, 1.5);
    LinearLayer last = new LinearLayer("last", Optional.empty(), 2, 4);
    LinearLayer skip = new LinearLayer("skip", Optional.empty(), 2, 3);

    assertIllegal(() -> new LdltChain(0, List.of(relu), last), "not a Lipschitz bound: 0.0");
    assertIllegal(
        () -> new LdltChain(Double.NaN, List.of(relu), last), "not a Lipschitz bound: NaN");
    assertIllegal(
        () -> new LdltChain(1, List.of(relu), skip),
        "layer `skip` reads 3 elements, but `h` gives 4");
    assertIllegal(() -> hidden(4, 3, 1, 1), "layer `h` with slopes");
    assertIllegal(
        () -> new LdltResidual(1, skip, List.of(), last),
        "a residual network without hidden layers");
    assertIllegal(
        () -> new LdltResidual(1, skip, List.of(steep), last), "layer `h`: slopes outside [0, 1]");
    assertIllegal(
        () ->
            new LdltResidual(1, new LinearLayer("h", Optional.empty(), 2, 3), List.of(relu), last),
        "two tensors are called `h`");
    assertIllegal(
        () ->
            new LdltResidual(
                1, new LinearLayer("skip", Optional.empty(), 2, 4), List.of(relu), last),
        "does not lead from the input");
    assertIllegal(
        () ->
            new SllChain(
                1,
                List.of(new SllBlock("w", Optional.empty(), "v", 3, 4, new Interval(-0.13, 1.13))),
                last),
        "layer `w`: slopes outside [0, 1]");
    assertIllegal(
        () -> new LdltChain(1, List.of(relu), new LinearLayer("h", Optional.empty(), 2, 4)),
        "two tensors are called `h`");
    assertIllegal(
        () -> new SandwichChain(1, List.of(steep), last), "layer `h`: slopes outside [0, 1]");
    assertIllegal(
        () -> new SandwichChain(1, List.of(relu), skip),
        "layer `skip` reads 3 elements, but `h` gives 4");
    Construction chain = new LdltChain(1, List.of(relu), last);
    assertIllegal(() -> new Composition(List.of()), "a composition of nothing");
    assertIllegal(() -> new Composition(List.of(chain, chain)), "two parameters are called `h.v`");
    assertIllegal(
        () -> new Composition(List.of(chain)).materialize(new double[3]),
        "3 parameters in place of");
    assertIllegal(
        () -> new LdltChain(1, List.of(relu), last).materialize(new double[3]),
        "3 parameters in place of");
  }

  private static HiddenLayer hidden(int outputs, int inputs, double lower, double upper) {
    return new HiddenLayer(
        new LinearLayer("h", Optional.empty(), outputs, inputs), new Interval(lower, upper));
  }

  private static void assertIllegal(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
  }
}
