package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.FreeParameter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NormalStartTest {

  private static final Shape SHAPE = new Shape(20, 3, 4, 60);

  @Test
  void numbers_have_the_spread_of_the_authors_code() {
    Construction construction = Model.of(Contender.SLL, SHAPE).network().construction();
    double[] start = new NormalStart(construction).initial(new Random(1));
    for (FreeParameter parameter : construction.freeParameters()) {
      double[] numbers =
          Arrays.copyOfRange(start, parameter.offset(), parameter.offset() + parameter.size());
      double root = Math.sqrt(Arrays.stream(numbers).map(x -> x * x).average().orElseThrow());
      if (parameter.name().matches("h\\d\\.weight")) {
        assertThat(root).as("%s", parameter).isCloseTo(Math.sqrt(2.0 / 100), within(0.01));
      } else if (parameter.name().matches("h\\d\\.bias")) {
        assertThat(root).as("%s", parameter).isCloseTo(1 / Math.sqrt(3 * 40), within(0.02));
      } else if (parameter.name().matches("h\\d\\.weight\\.log_q")) {
        assertThat(root).as("%s", parameter).isCloseTo(1, within(0.3));
      }
    }
    assertThat(construction.freeParameters().stream().map(FreeParameter::name))
        .contains("h1.weight", "h1.bias", "h1.weight.log_q");
  }
}
