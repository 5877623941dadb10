package io.lipc.training.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdjointsTest {

  private static Variable scalar(double value) {
    return Variable.of(new double[][] {{value}});
  }

  private static Adjoints.Seed one(Variable y) {
    return new Adjoints.Seed(y, new double[][] {{1}});
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
    Adjoints adjoints = Adjoints.pullBack(List.of(one(y)));
    assertThat(of(adjoints, x)).isEqualTo(3 * 9 + 2 * 3);
  }

  @Test
  void severalSeedsAddUpEvenWhereOneIsAnOperandOfAnother() {
    Variable x = scalar(2);
    Variable y = x.times(5.0);
    Variable z = y.times(y);
    List<Adjoints.Seed> seeds = List.of(one(y), one(z));

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

    assertThat(of(Adjoints.pullBack(List.of(one(y))), x)).isEqualTo(100_001);
  }

  /**
   * Large enough for the threads of the common pool, which may be busy: nothing depends on it. Each
   * direction has four uses, so that the order of sums matters.
   */
  @Test
  void gradientsHaveTheSameBitsOnAnyNumberOfThreads() {
    List<Variable> directions =
        Stream.of(1, 2, 3).map(seed -> Variable.of(gaussian(new Random(seed), 70, 64))).toList();
    Variable right = Variable.of(gaussian(new Random(5), 64, 70));
    List<Variable> ends = new ArrayList<>();
    for (Variable direction : directions) {
      Variable factor = direction.shiftedGramCholesky(scalar(2)).orElseThrow();
      ends.addAll(List.of(factor.solve(direction), direction.times(right), direction.gram()));
    }
    Adjoints alone = whileThePoolIsBusy(() -> Adjoints.pullBack(seeds(ends)));
    for (int trial = 0; trial < 50; trial++) {
      Adjoints shared = Adjoints.pullBack(seeds(ends));
      for (Variable direction : directions) {
        assertThat(shared.of(direction)).isDeepEqualTo(alone.of(direction));
      }
    }
  }

  private static List<Adjoints.Seed> seeds(List<Variable> ends) {
    Random random = new Random(4);
    return ends.stream()
        .map(end -> new Adjoints.Seed(end, gaussian(random, end.rows(), end.columns())))
        .toList();
  }

  @Test
  void whatWasComputedHasNoGradientAfterwards() {
    Variable y = scalar(3).times(2.0);
    Adjoints adjoints = Adjoints.pullBack(List.of(one(y)));

    assertThatThrownBy(() -> adjoints.of(y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("passed on");
  }

  private static <T> T whileThePoolIsBusy(Supplier<T> task) {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool().execute(() -> await(end));
    }
    try {
      return task.get();
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    Arrays.stream(matrix).forEach(row -> Arrays.setAll(row, _ -> random.nextGaussian()));
    return matrix;
  }
}
