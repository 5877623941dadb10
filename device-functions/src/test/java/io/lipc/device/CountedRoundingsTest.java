package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.StatedError;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stated errors of {@link DeviceDoubleFunctions} beside the sum of all roundings, each of which
 * goes the worst way: what no measurement finds.
 */
final class CountedRoundingsTest {

  private static final int MANY = Boolean.getBoolean("lipc.exhaustive") ? 100_000 : 2_000;

  /** What is stated has that much more, for second orders and the sum of the bound. */
  private static final double RESERVE = 1 + 0x1p-7;

  private record Subject(
      String method, List<Double> constants, DoubleUnaryOperator function, StatedError stated) {

    static Subject of(String method, String name, Double... constants) {
      DoubleUnaryOperator function =
          new DeviceKernelDoubleFunctions().apply(name, List.of(constants));
      StatedError stated =
          name.equals("exp")
              ? StatedError.relative(DeviceDoubleFunctions.EXPONENTIAL_ERROR)
              : StatedError.onDeviceInDoubles(name, List.of(constants));
      return new Subject(method, List.of(constants), function, stated);
    }

    double share(double t) {
      CountedRoundings roundings = new CountedRoundings();
      DeviceCode<CountedRoundings.Step> code = new DeviceCode<>(roundings);
      List<CountedRoundings.Step> arguments = new ArrayList<>();
      arguments.add(roundings.constant(t));
      constants.forEach(constant -> arguments.add(roundings.constant(constant)));
      CountedRoundings.Step result = code.call(method, arguments);
      // It is the code that runs.
      assertThat(result.value()).isEqualTo(function.applyAsDouble(t));
      return roundings.of(result) * 0x1p-53 / stated.of(Math.abs(result.value()), Math.abs(t));
    }

    @Override
    public String toString() {
      return method + constants;
    }
  }

  static Stream<Subject> subjects() {
    return Stream.concat(
        Stream.of("tanh sigmoid silu mish gelu softplus selu softsign".split(" "))
            .map(name -> Subject.of(name, name)),
        Stream.of(
            Subject.of("geluTanh", "gelu_tanh"),
            Subject.of("hardSigmoid", "hard_sigmoid"),
            Subject.of("hardSwish", "hard_swish"),
            Subject.of("power", "exp"),
            Subject.of("elu", "elu", 0.7),
            Subject.of("celu", "celu", 0.3)));
  }

  /**
   * Next to odd multiples of log 2 / 2, from where on another power of two is taken, most is lost.
   */
  private static DoubleStream arguments(Subject of) {
    SplittableRandom random = new SplittableRandom(76);
    double half = 0.5 * Math.log(2);
    DoubleStream all =
        DoubleStream.concat(
            DoubleStream.of(0.9, 4, 12, 40).flatMap(end -> random.doubles(MANY, -end, end)),
            random
                .ints(MANY, -4, 4)
                .mapToDouble(k -> (2 * k + 1) * half * random.nextDouble(1 - 1e-6, 1 + 1e-6))
                .flatMap(t -> DoubleStream.of(t, t / 2, t * 0.3)));
    return of.method().equals("power") ? all.map(t -> -Math.abs(t)) : all;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void allRoundingsTogetherAreLessThanWhatIsStated(Subject of) {
    double worst = arguments(of).map(of::share).max().orElseThrow();
    double units = of.stated().factor() * 0x1p53;
    System.out.printf("%s: at most %.3f units of 2^-53, stated %.3f%n", of, worst * units, units);
    assertThat(worst).isBetween(0.85, 1 / RESERVE);
  }
}
