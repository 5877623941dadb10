package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Deadlines by a clock that counts its looks: each computation ends at any of them, and says so.
 */
final class DeadlineTest {

  private static final int SIZE = 150;

  /** A deadline that the look after so many finds passed. */
  static Deadline after(long looks) {
    return Deadline.in(Duration.ofNanos(looks), new AtomicLong()::incrementAndGet);
  }

  private static double[][] random(int rows, int columns) {
    Random random = new Random(1);
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    return matrix;
  }

  private static double[][] positive() {
    double[][] gram = Dense.gram(random(2 * SIZE, SIZE), Deadline.NONE);
    for (int i = 0; i < SIZE; i++) {
      gram[i][i] += 1;
    }
    return gram;
  }

  private static Map<String, Consumer<Deadline>> all() {
    double[][] a = random(SIZE, SIZE);
    double[][] positive = positive();
    Cholesky factor = Cholesky.of(positive, Deadline.NONE).orElseThrow();
    BlockTridiagonal blocks = BlockTridiagonal.of(positive, new int[] {0, 50, 100, SIZE});
    Map<String, Consumer<Deadline>> all = new TreeMap<>();
    all.put("product", d -> Dense.product(a, a, d));
    all.put("gram", d -> Dense.gram(a, d));
    all.put("smallerGram", d -> Dense.smallerGram(a, d));
    all.put("sparse", d -> Dense.sparseTransposedProduct(a, a, d));
    all.put("add", d -> Dense.addTransposedProduct(new double[SIZE][SIZE], a, a, 1, d));
    all.put("cholesky", d -> Cholesky.of(positive, d));
    all.put("solve", d -> factor.solveTransposed(a, d));
    all.put("inverse", factor::inverse);
    all.put("inverseTransposed", factor::inverseTransposed);
    all.put("largest", d -> Eigenvalues.largest(positive, d));
    all.put("least", d -> Eigenvalues.least(positive, d));
    all.put("norm", d -> Eigenvalues.spectralNorm(a, d));
    all.put("krylov", d -> KrylovBasis.of(positive, d));
    all.put("eliminate", blocks::eliminate);
    all.put("factor", d -> blocks.factor(d).orElseThrow().inverse(d));
    all.put("sparseRows", d -> SparseRows.of(a).times(a, SIZE, d));
    all.put("sums", d -> SparseRows.of(Dense.identity(SIZE)).times(a, SIZE, d));
    return all;
  }

  @Test
  void eachComputationEndsAtTheLookThatFindsItLate() {
    all()
        .forEach(
            (name, computation) -> {
              AtomicLong looks = new AtomicLong();
              computation.accept(Deadline.in(Duration.ofDays(1), looks::incrementAndGet));
              assertThat(looks.get()).as(name).isPositive();
              // The first look is that of Deadline.in.
              for (long k = 0; k < looks.get() - 1; k += 1 + k / 8) {
                Deadline late = after(k + 1);
                assertThatThrownBy(() -> computation.accept(late))
                    .as("%s after %d looks", name, k)
                    .isInstanceOf(Late.class);
              }
              computation.accept(after(looks.get() + 1));
            });
  }

  @Test
  void aDeadlineWithinAnotherIsTheSooner() {
    AtomicLong now = new AtomicLong();
    Deadline ten = Deadline.in(Duration.ofNanos(10), now::get);

    assertThat(ten.within(Duration.ofNanos(20)).left()).contains(Duration.ofNanos(10));
    assertThat(ten.within(Duration.ofNanos(4)).left()).contains(Duration.ofNanos(4));
    assertThat(ten.part(0.5).left()).contains(Duration.ofNanos(5));
    assertThat(ten.less(Duration.ofNanos(3)).left()).contains(Duration.ofNanos(7));
    now.set(10);
    assertThat(ten.isPassed()).isTrue();
    assertThat(ten.left()).contains(Duration.ZERO);
    assertThat(ten.part(1).isPassed()).isTrue();
  }

  @Test
  void noneNeverPasses() {
    assertThat(Deadline.NONE.isPassed()).isFalse();
    assertThat(Deadline.NONE.left()).isEmpty();
    assertThat(Deadline.NONE.part(0)).isSameAs(Deadline.NONE);
    assertThat(Deadline.NONE.within(Duration.ZERO)).isSameAs(Deadline.NONE);
  }

  @Test
  void oneThatIsCancelledHasPassed() {
    Deadline cancelled = Deadline.NONE.or(() -> true);

    assertThat(cancelled.isPassed()).isTrue();
    assertThat(cancelled.less(Duration.ZERO).isPassed()).isTrue();
    assertThat(Deadline.in(Duration.ofDays(1)).or(() -> true).part(0.5).isPassed()).isTrue();
    assertThatThrownBy(cancelled::check).isInstanceOf(Late.class);
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeItIsTaken() {
    assertThatThrownBy(() -> Dense.zeros(1 << 30, 1 << 30))
        .isInstanceOf(TooLarge.class)
        .hasMessageMatching(
            "too large: a matrix of 1073741824 x 1073741824 takes 9223372036.9 GB, and Java has"
                + " [0-9.]+ GB \\(-Xmx\\)");
    assertThatThrownBy(() -> Memory.require(76, 100, "2 x 5")).isInstanceOf(TooLarge.class);
    Memory.require(75, 100, "2 x 5");
  }
}
