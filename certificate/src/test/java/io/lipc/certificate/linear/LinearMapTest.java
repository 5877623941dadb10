package io.lipc.certificate.linear;

import static java.math.MathContext.DECIMAL128;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearMapTest {

  private static final Weights NONE = new Weights(Map.of());

  private static double[][] matrix(LinearMap map, Weights weights, Integer... sizes) {
    List<Integer> given = List.of(sizes);
    int columns = given.stream().mapToInt(size -> size).sum();
    var rows = map.rows(given, weights);
    double[][] matrix = new double[map.outputs(given).orElseThrow()][columns];
    for (int i = 0; i < matrix.length; i++) {
      LinearMap.Row row = rows.apply(i);
      assertThat(row.factors()).hasSameSizeAs(row.places());
      for (int k = 0; k < row.places().length; k++) {
        assertThat(k == 0 || row.places()[k - 1] < row.places()[k]).isTrue();
        matrix[i][row.places()[k]] = row.factors()[k];
      }
    }
    return matrix;
  }

  private static void assertTakesNone(LinearMap map, List<List<Integer>> sizes) {
    for (List<Integer> operands : sizes) {
      assertThat(map.outputs(operands))
          .as("%s of %s", map, operands)
          .isEqualTo(OptionalInt.empty());
    }
  }

  /** The shift of the first three elements. */
  private static double[] shift(LinearMap map, Weights weights) {
    return IntStream.range(0, 3).mapToDouble(map.shift(weights)::applyAsDouble).toArray();
  }

  private static Tensor tensor(String name, List<Integer> shape, double... values) {
    try {
      return Tensor.of(name, ElementType.F64, shape, values);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void matrices() {
    Weights weights =
        Weights.of(
            List.of(
                tensor("w", List.of(3, 2), 1, 2, 0, 4, 5, 6), tensor("b", List.of(3), 7, 8, 9)));
    Matrix map = new Matrix(2, 3, "w", Optional.of("b"));
    assertThat(matrix(map, weights, 2)).isDeepEqualTo(new double[][] {{1, 2}, {0, 4}, {5, 6}});
    assertThat(map.rows(List.of(2), weights).apply(1).places()).containsExactly(0, 1);
    assertThat(shift(map, weights)).containsExactly(7, 8, 9);
    assertThat(shift(new Matrix(2, 3, "w", Optional.empty()), weights)).containsExactly(0, 0, 0);
    assertTakesNone(map, List.of(List.of(), List.of(3), List.of(1, 1), List.of(2, 2)));
    assertThat(map.word()).isEqualTo("dense");
    assertThat(map.onRows()).isEmpty();
    assertThat(map.gain(NONE)).isEmpty();
    assertThat(map.constants()).isEmpty();
    assertThat(map.tensors())
        .containsExactly(
            new LinearMap.TensorShape("w", List.of(3, 2)),
            new LinearMap.TensorShape("b", List.of(3)));
    assertThat(map.renamed(name -> "0/" + name))
        .isEqualTo(new Matrix(2, 3, "0/w", Optional.of("0/b")));
  }

  @Test
  void sums() {
    LinearMap map = new Sum();
    assertThat(matrix(map, NONE, 2, 2, 2))
        .isDeepEqualTo(new double[][] {{1, 0, 1, 0, 1, 0}, {0, 1, 0, 1, 0, 1}});
    assertTakesNone(map, List.of(List.of(), List.of(2), List.of(2, 3), List.of(2, 2, 1)));
    assertThat(map.word()).isEqualTo("sum");
    assertThat(map.onRows()).contains(map);
    assertThat(map.gain(NONE)).isEmpty();
  }

  @Test
  void concatenations() {
    LinearMap map = new Concatenation();
    assertThat(matrix(map, NONE, 1, 2))
        .isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    assertThat(map.rows(List.of(1, 2), NONE).apply(2).factors()).containsExactly(1);
    assertTakesNone(map, List.of(List.of(), List.of(2), List.of(1 << 30, 1 << 30)));
    assertThat(map.outputs(List.of(1 << 30, (1 << 30) - 1))).hasValue(Integer.MAX_VALUE);
    assertThat(map.word()).isEqualTo("concat");
    assertThat(map.onRows()).contains(map);
    assertThat(map.gain(NONE)).isEmpty();
  }

  @Test
  void scalings() {
    LinearMap map = new Scaling(-0.5);
    assertThat(matrix(map, NONE, 2)).isDeepEqualTo(new double[][] {{-0.5, 0}, {0, -0.5}});
    assertTakesNone(map, List.of(List.of(), List.of(2, 2)));
    assertThat(map.word()).isEqualTo("scale");
    assertThat(map.constants()).containsExactly(-0.5);
    assertThat(map.onRows()).contains(map);
    assertThat(map.gain(NONE)).isEmpty();
    assertThat(map.rows(List.of(2), NONE).apply(0).factors()).containsExactly(-0.5);
    assertThat(new Scaling(1).rows(List.of(2), NONE).apply(0).factors()).containsExactly(1);
    assertThat(shift(map, NONE)).containsExactly(0, 0, 0);
  }

  @Test
  void diagonals() {
    LinearMap map = new Diagonal(List.of(1.0, -3.0, 2.0), List.of(4.0, 5.0, 6.0));
    assertThat(matrix(map, NONE, 3))
        .isDeepEqualTo(new double[][] {{1, 0, 0}, {0, -3, 0}, {0, 0, 2}});
    assertThat(shift(map, NONE)).containsExactly(4, 5, 6);
    assertTakesNone(map, List.of(List.of(), List.of(2), List.of(3, 3)));
    assertThat(map.word()).isEqualTo("affine");
    assertThat(map.constants()).containsExactly(1.0, -3.0, 2.0, 4.0, 5.0, 6.0);
    assertThat(map.onRows()).isEmpty();
    assertThat(map.gain(NONE)).isEqualTo(OptionalDouble.of(3));
    LinearMap same = new Diagonal(List.of(2.0, 2.0), List.of(4.0, 5.0));
    assertThat(same.onRows()).contains(new Scaling(2));
    List<Double> zeros = List.of(0.0, 0.0, 0.0);
    assertThat(new Diagonal(List.of(2.0, 1.0, 2.0), zeros).onRows()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Diagonal(List.of(1.0), List.of(1.0, 2.0)))
        .withMessage("an affine map of several sizes");
  }

  @Test
  void selections() {
    LinearMap map = new Selection(List.of(2, 0));
    assertThat(matrix(map, NONE, 3)).isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}});
    assertThat(map.rows(List.of(3), NONE).apply(1).factors()).containsExactly(1);
    assertTakesNone(map, List.of(List.of(), List.of(2), List.of(3, 3)));
    assertTakesNone(new Selection(List.of(-1)), List.of(List.of(2)));
    assertThat(map.word()).isEqualTo("select");
    assertThat(map.onRows()).isEmpty();
    assertThat(map.gain(NONE)).isEqualTo(OptionalDouble.of(1));
    assertThat(new Selection(List.of(1, 1)).gain(NONE)).isEmpty();
  }

  @Test
  void identities() {
    LinearMap map = new Identity();
    assertThat(matrix(map, NONE, 2)).isDeepEqualTo(new double[][] {{1, 0}, {0, 1}});
    assertTakesNone(map, List.of(List.of(), List.of(1, 1)));
    assertThat(map.word()).isEqualTo("identity");
    assertThat(map.onRows()).contains(map);
    assertThat(map.gain(NONE)).isEqualTo(OptionalDouble.of(1));
    assertThat(map.renamed(name -> "0/" + name)).isSameAs(map);
    assertThat(map.tensors()).isEmpty();
    assertThat(map.constants()).isEmpty();
  }

  /**
   * {@code I - c 1 1'} exactly, c and 1 - c doubles; next to a projection, which has the gain 1.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 49})
  void centring(int size) {
    LinearMap map = new Centering();
    BigDecimal share = new BigDecimal(Centering.share(size));
    assertThat(share.subtract(BigDecimal.ONE.divide(BigDecimal.valueOf(size), DECIMAL128)).abs())
        .isLessThanOrEqualTo(new BigDecimal(0x1p-53));
    double[][] rows = matrix(map, NONE, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        BigDecimal entry = (i == j ? BigDecimal.ONE : BigDecimal.ZERO).subtract(share);
        assertThat(new BigDecimal(rows[i][j])).isEqualByComparingTo(entry);
      }
    }
    assertTakesNone(map, List.of(List.of(), List.of(size, size)));
    assertThat(map.word()).isEqualTo("center");
    assertThat(map.onRows()).isEmpty();
    assertThat(map.gain(NONE)).isEqualTo(OptionalDouble.of(1));
  }

  @Test
  void mapsThatCopy() {
    List<LinearMap> copying =
        List.of(new Concatenation(), new Selection(List.of(0)), new Identity());
    assertThat(copying).allMatch(LinearMap::copies);
    List<LinearMap> computing =
        List.of(
            new Matrix(1, 1, "w", Optional.empty()), new Sum(), new Scaling(1), new Centering());
    assertThat(computing).noneMatch(LinearMap::copies);
    assertThat(new Diagonal(List.of(1.0), List.of(0.0)).copies()).isFalse();
  }

  @Test
  void rowsThatCopy() {
    assertThat(LinearMap.Row.copy(3).factors()).containsExactly(1);
    assertThat(Arrays.stream(LinearMap.Row.copy(3).places())).containsExactly(3);
  }
}
