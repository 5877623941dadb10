package io.lipc.model.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionsTest {

  private static final List<String> WORDS =
      List.of("tanh", "relu", "leaky_relu", "dense", "scale", "abs", "h1");

  @ParameterizedTest
  @CsvSource({
    "rleu, relu",
    "reluu, relu",
    "rlu, relu",
    "rely, relu",
    "leakyrelu, leaky_relu",
    "laeky_rleu, leaky_relu",
    "dnse, dense",
    "tahn, tanh"
  })
  void aWordIsFoundBehindFewEdits(String word, String meant) {
    assertThat(Suggestions.closest(word, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"sigmoid", "h2", "z", "relu6xx", "softplus", "''"})
  void aWordThatIsFarFromAllHasNoSuggestion(String word) {
    assertThat(Suggestions.closest(word, WORDS)).isEmpty();
  }

  @Test
  void theWordItselfIsNoSuggestion() {
    assertThat(Suggestions.closest("relu", List.of("relu"))).isEmpty();
  }

  @Test
  void aTieGoesToTheFirstInAlphabeticalOrder() {
    assertThat(Suggestions.closest("layer0", List.of("layer2", "layer1"))).contains("layer1");
  }

  @Test
  void theNearestWinsOverTheFirst() {
    assertThat(Suggestions.closest("policyAB", List.of("policy", "policyABC")))
        .contains("policyABC");
  }

  @Test
  void longWordsAndManyCandidatesAreNotSearched() {
    String word = "a".repeat(65);
    assertThat(Suggestions.closest(word, List.of(word + "b"))).isEmpty();
    List<String> many = IntStream.range(0, 10_001).mapToObj(i -> "layer" + i).toList();
    assertThat(Suggestions.closest("layr77", many)).isEmpty();
    assertThat(Suggestions.closest("layr77", many.subList(0, 10_000))).contains("layer77");
    assertThat(Suggestions.closest("relu", Collections.nCopies(3, "rlu"))).contains("rlu");
  }
}
