package io.lipc.training.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdjointsTest {

  private static final double[][] ONE = {{1}};

  private static Variable scalar(double value) {
    return Variable.of(new double[][] {{value}});
  }

  private static double of(Adjoints adjoints, Variable variable) {
    return adjoints.of(variable)[0][0];
  }

  @Test
  void allUsesOfAVariableAddUp() {
    Variable x = scalar(3);
    Variable square = x.times(x);
    Variable y = square.times(x).plus(square);

    assertThat(y.value()).isDeepEqualTo(new double[][] {{36}});
    Adjoints adjoints = Adjoints.pullBack(List.of(new Adjoints.Seed(y, ONE)));
    assertThat(of(adjoints, x)).isEqualTo(3 * 9 + 2 * 3);
  }

  @Test
  void severalSeedsAddUpEvenWhereOneIsAnOperandOfAnother() {
    Variable x = scalar(2);
    Variable y = x.times(5.0);
    Variable z = y.times(y);
    List<Adjoints.Seed> seeds = List.of(new Adjoints.Seed(y, ONE), new Adjoints.Seed(z, ONE));

    assertThat(of(Adjoints.pullBack(seeds), x)).isEqualTo(5 + 2 * 10 * 5);
  }

  @Test
  void whatNothingDependsOnHasNoGradient() {
    Variable unused = Variable.of(new double[2][3]);

    assertThat(Adjoints.pullBack(List.of()).of(unused)).isDeepEqualTo(new double[2][3]);
  }

  @Test
  void longChainsNeedNoStack() {
    Variable x = scalar(1);
    Variable y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.plus(x);
    }

    assertThat(of(Adjoints.pullBack(List.of(new Adjoints.Seed(y, ONE))), x)).isEqualTo(100_001);
  }
}
