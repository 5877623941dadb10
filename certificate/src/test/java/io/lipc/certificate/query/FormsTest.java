package io.lipc.certificate.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.queries.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms that the comparisons of a query are about. */
final class FormsTest {

  private final Forms forms = new Forms(7);

  private Condition of(String assertion) {
    return forms.of(Queries.of(2, 2, assertion).formula());
  }

  private List<String> all() {
    return forms.all().stream()
        .map(
            form ->
                String.join(
                    " ",
                    form.stream()
                        .map(
                            t ->
                                t.coefficient().toPlainString()
                                    + (t.element().tensor() == 0 ? "x" : "y")
                                    + t.element().index())
                        .toList()))
        .toList();
  }

  /** Whatever they are multiplied by, and on whichever side a term stands. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(<= (- Y_0 Y_1) 3) | AT_MOST | 3",
        "(>= (- Y_1 Y_0) -3) | AT_MOST | 3",
        "(< (* 0.1 Y_0) (+ (* 0.1 Y_1) 0.3)) | LESS | 3",
        "(> (* -0.25 Y_0) (- (* -0.25 Y_1) 1)) | LESS | 4",
        "(== (* 30 Y_0) (* 30 Y_1)) | EQUAL | 0",
        "(!= (* -300 Y_0) (+ (* -300 Y_1) 100)) | UNEQUAL | -1/3",
        "(>= (* 700 Y_0) (+ (* 700 Y_1) 1)) | AT_LEAST | 1/700"
      })
  void comparisonsThatSayTheSameOfOtherBoundsShareTheirForm(
      String assertion, Comparison comparison, String bound) {
    of("(<= (- Y_0 Y_1) 1e3)");
    assertThat(of(assertion))
        .isInstanceOfSatisfying(
            Condition.Atom.class,
            atom -> {
              assertThat(atom.element()).isEqualTo(new Element(7, 0));
              assertThat(atom.comparison()).isEqualTo(comparison);
              assertThat(atom.bound()).hasToString(bound);
            });
    assertThat(all()).containsExactly("1y0 -1y1");
  }

  @Test
  void formsAreInTheOrderOfTheFormula() {
    Condition condition =
        of(
            "(or (and (<= (+ (* 1.5 X_1) (* -2 Y_0)) 1) (>= X_0 2))"
                + " (< Y_1 3) (<= (+ Y_1 (* -0.6 X_0)) 0) (>= Y_1 9))");
    assertThat(all()).containsExactly("3x1 -4y0", "1y1", "3x0 -5y1");
    assertThat(condition.size()).isEqualTo(5);
    assertThat(condition.toString()).contains("element=0, comparison=AT_LEAST");
  }

  /** Their digits are the same in the same order. */
  @ParameterizedTest
  @CsvSource({
    "(<= (+ X_5 (* 11 X_60)) 1), (<= (+ X_51 X_60) 1)",
    "(<= (+ (* 2 X_1) (* 11 X_60)) 1), (<= (+ (* 2 X_11) X_60) 1)",
    "(<= (+ X_5 (* 2 X_60)) 1), (<= (+ (* 2 X_5) X_60) 1)",
    "(<= (+ X_0 (* 2 X_1)) 1), (<= (+ X_0 (* 2 Y_0)) 1)"
  })
  void formsWithTheSameDigitsAreTwo(String one, String other) {
    forms.of(Queries.of(62, 1, one, other).formula());
    assertThat(forms.all()).hasSize(2);
  }

  /** An input alone needs no form, whatever its coefficient is. */
  @Test
  void aComparisonOfAnInputIsAboutTheInput() {
    assertThat(of("(<= (* -4 X_1) 1)"))
        .isInstanceOfSatisfying(
            Condition.Atom.class,
            atom -> {
              assertThat(atom.element()).isEqualTo(Element.ofInput(1));
              assertThat(atom.comparison()).isEqualTo(Comparison.AT_LEAST);
              assertThat(atom.bound()).hasToString("-1/4");
            });
    assertThat(forms.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "(< (- Y_0 Y_0) -1), false",
    "(< (- Y_0 Y_0) 0), false",
    "(< (- Y_0 Y_0) 1), true",
    "(<= (- Y_0 Y_0) 0), true",
    "(<= (- Y_0 Y_0) -1), false",
    "(<= (- Y_0 Y_0) 1), true",
    "(> (- Y_0 Y_0) 0), false",
    "(> (- Y_0 Y_0) -1e-9), true",
    "(> (- Y_0 Y_0) 1), false",
    "(>= (- Y_0 Y_0) 0), true",
    "(>= (- Y_0 Y_0) 1e-9), false",
    "(>= (- Y_0 Y_0) -1), true",
    "(== (- Y_0 Y_0) 0), true",
    "(== (- Y_0 Y_0) 1), false",
    "(== (- Y_0 Y_0) -1), false",
    "(!= (- Y_0 Y_0) 0), false",
    "(!= (- Y_0 Y_0) 1), true",
    "(!= (- Y_0 Y_0) -1), true"
  })
  void aComparisonOfNothingIsTrueOrFalse(String assertion, boolean isTrue) {
    Condition condition = of(assertion);
    assertThat(condition.size()).isZero();
    assertThat(condition.isMet(List.of(), _ -> null)).isEqualTo(isTrue);
    assertThat(condition.isRefuted(_ -> null)).isEqualTo(!isTrue);
  }

  /** Of forms of one hash each would be compared with all before it: that took minutes. */
  @Test
  void formsOfOneHashAreFound() {
    String atoms =
        IntStream.range(1, 40_001)
            .mapToObj(
                c -> "(<= (+ (* %d Y_0) (* %d Y_1)) 0)".formatted(2 * c, 3_000_001 - 31 * 2 * c))
            .collect(Collectors.joining(" ", "(and ", ")"));
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> of(atoms));
    assertThat(forms.all()).hasSizeGreaterThan(30_000);
  }

  @Test
  void coefficientsAreDoubles() {
    of("(<= (+ (* 9007199254740991 Y_0) Y_1) 0)");
    assertThatThrownBy(() -> of("(<= (+ (* 9007199254740993 Y_0) Y_1) 0)"))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("53 bits");
    assertThatThrownBy(() -> of("(<= (+ (* 1e20 Y_0) (* 1e-20 Y_1)) 0)"))
        .isInstanceOf(Rejection.class);
  }
}
