package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.queries.Network.Likeness;
import io.lipc.queries.Tensor.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What queries of both versions declare. */
final class DeclarationsTest {

  private static Tensor tensor(Role role, String name, NumberType type, Integer... shape) {
    return new Tensor(role, name, type, List.of(shape), Optional.empty());
  }

  @Test
  void networksHaveInputsHiddenTensorsAndOutputsInThisOrder() throws Exception {
    Query query =
        read(
            """
            (vnnlib-version <2.1>)
            (declare-network f
              (declare-input A float32 [1,3,2])
              (declare-input B float64 [])
              (declare-hidden H float32 [4] "a \\"b\\" \\\\ \\n\\t")
              (declare-output C float32 [1])
            )
            (assert (<= A[0,2,1] 1))
            (assert (<= B 1))
            (assert (<= H[3] 1))
            (assert (<= C[0] 1))
            """);
    assertThat(query.version()).isEqualTo(Version.V2_1);
    assertThat(query.networks())
        .containsExactly(
            new Network(
                "f",
                Optional.empty(),
                List.of(
                    tensor(Role.INPUT, "A", NumberType.FLOAT32, 1, 3, 2),
                    tensor(Role.INPUT, "B", NumberType.FLOAT64),
                    new Tensor(
                        Role.HIDDEN,
                        "H",
                        NumberType.FLOAT32,
                        List.of(4),
                        Optional.of("a \"b\" \\ \n\t")),
                    tensor(Role.OUTPUT, "C", NumberType.FLOAT32, 1))));
    assertThat(query.formula().toString())
        .contains(
            "Element[tensor=0, index=5]",
            "Element[tensor=1, index=0]",
            "Element[tensor=2, index=3]",
            "Element[tensor=3, index=0]");
    assertThat(query.nameOf(new Element(0, 5))).isEqualTo("A[0,2,1]");
    assertThat(query.nameOf(new Element(1, 0))).isEqualTo("B");
  }

  @Test
  void networksMayBeLikeOthers() throws Exception {
    Query query =
        read(
            """
            (vnnlib-version <2.0>)
            (declare-network f
              (declare-input A float32 [2])
              (declare-hidden G float32 [3] "node")
              (declare-output B float32 [1]))
            (declare-network g (equal-to f)
              (declare-input C float32 [2])
              (declare-hidden H float32 [3] "node")
              (declare-hidden I float32 [5] "other")
              (declare-output D float32 [1]))
            (declare-network h (isomorphic-to f)
              (declare-input E float64 [2])
              (declare-hidden J float64 [7] "node")
              (declare-output F float64 [1]))
            (declare-network k (equalTo f)
              (declare-input K float32 [2])
              (declare-output L float32 [1]))
            (assert (<= D[0] B[0]))
            """);
    assertThat(query.networks())
        .extracting(Network::likeness)
        .containsExactly(
            Optional.empty(),
            Optional.of(new Likeness(Likeness.Kind.EQUAL, "f")),
            Optional.of(new Likeness(Likeness.Kind.ISOMORPHIC, "f")),
            Optional.of(new Likeness(Likeness.Kind.EQUAL, "f")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"real", "Real", "REAL"})
  void realIsReadInAnyCase(String word) throws Exception {
    Query query = read(Texts.TYPED.replace("real", word) + "(assert (<= X[0] 1))");
    assertThat(query.tensors()).extracting(Tensor::type).containsOnly(NumberType.REAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(vnnlib-version <1.0>)\n"})
  void versionOneHasOneNetworkOfRealNumbers(String header) throws Exception {
    Query query =
        read(
            header
                + """
                (declare-const X_1 Real)
                (declare-const Y_0 Real)
                (assert (<= X_1 Y_0))
                (declare-const X_0 real)
                """);
    assertThat(query.version()).isEqualTo(Version.V1_0);
    assertThat(query.networks())
        .containsExactly(
            new Network(
                "N",
                Optional.empty(),
                List.of(
                    tensor(Role.INPUT, "X", NumberType.REAL, 2),
                    tensor(Role.OUTPUT, "Y", NumberType.REAL, 1))));
    assertThat(query.nameOf(new Element(0, 1))).isEqualTo("X_1");
  }

  /** The formula of a property does not depend on the version in which it is written. */
  @Test
  void bothVersionsHaveOneFormula() throws Exception {
    Query flat = read(Texts.FLAT + "(assert (or (and (<= X_1 1) (> Y_0 Y_1)) (< Y_1 -2.50)))");
    Formula typed =
        Texts.formula("(assert (or (and (<= X[1] 1.0) (> Y[0,0] Y[0,1])) (< Y[0,1] -2.5)))");
    assertThat(flat.formula()).isEqualTo(typed);
  }
}
