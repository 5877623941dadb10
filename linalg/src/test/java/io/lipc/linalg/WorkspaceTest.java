package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

  private final Workspace work = new Workspace();

  @Test
  void whatIsTakenIsTakenOnceUntilTheReset() {
    double[][] first = work.take(2, 3);
    assertThat(first.length).isEqualTo(2);
    assertThat(first[1]).hasSize(3);
    assertThat(work.take(2, 3) == first).isFalse();
    work.reset();
    double[][] second = work.take(2, 3);
    double[][] third = work.take(2, 3);
    assertThat(second != third && (second == first || third == first)).isTrue();
    double[][] other = work.take(3, 2);
    assertThat(other.length).isEqualTo(3);
    assertThat(other[2]).hasSize(2);
  }

  @Test
  void whatIsGivenBackIsTheNextOne() {
    double[][] borrowed = work.borrow(4, 1);
    assertThat(work.borrow(4, 1) == borrowed).isFalse();
    work.giveBack(borrowed);
    assertThat(work.borrow(4, 1) == borrowed).isTrue();
    work.reset();
    assertThat(work.borrow(4, 1) == borrowed).isFalse();
  }

  @Test
  void zerosAndCopiesDoNotDependOnWhatStoodThere() {
    for (int n = 0; n < 5; n++) {
      for (double[] row : work.take(2, 2)) {
        Arrays.fill(row, Double.NaN);
      }
    }
    work.reset();
    double[][] matrix = {{1, 2}, {3, 4}};

    assertThat(work.takeZeros(2, 2)).isDeepEqualTo(new double[2][2]);
    assertThat(work.takeCopy(matrix)).isDeepEqualTo(matrix);
    assertThat(work.takeCopy(matrix) == matrix).isFalse();
    assertThat(work.takeTransposed(matrix)).isDeepEqualTo(new double[][] {{1, 3}, {2, 4}});
    assertThat(work.borrowTransposed(matrix)).isDeepEqualTo(new double[][] {{1, 3}, {2, 4}});
    assertThat(work.borrowZeros(2, 2)).isDeepEqualTo(new double[2][2]);
  }

  @Test
  void noTwoThreadsGetTheSame() {
    for (int round = 0; round < 20; round++) {
      Set<double[]> rows = Collections.newSetFromMap(new IdentityHashMap<>());
      IntStream.range(0, 200)
          .parallel()
          .mapToObj(_ -> work.take(1, 1)[0])
          .toList()
          .forEach(row -> assertThat(rows.add(row)).isTrue());
      work.reset();
    }
  }
}
