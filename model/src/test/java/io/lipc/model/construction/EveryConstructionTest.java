package io.lipc.model.construction;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.model.check.Declarations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that hold for every construction of the language, whichever there are. */
final class EveryConstructionTest {

  private static List<String> findings(Construction construction, Optional<String> file) {
    Operation dense = new Operation.Dense(4, true, Optional.empty());
    Declaration chain =
        Declarations.of(
            "y",
            Declarations.input("x", 4),
            Step.named("a", dense, List.of("x")),
            Step.named("h", Declarations.activate(PointwiseKind.RELU), List.of("a")),
            Step.named("y", dense, List.of("h")));
    WeightsSource weights = new WeightsSource.Parameterized(construction, file);
    return Declarations.findings(
        Declarations.with(chain, chain.lipschitz(), weights),
        Declarations.scope(Map.of(), Set.of()));
  }

  @ParameterizedTest
  @EnumSource
  void aChainOfDenseLayersIsOneOfItsNetworks(Construction construction) {
    assertThat(findings(construction, Optional.of("w.safetensors"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTheoremStandsForAFileOfWeights(Construction construction) {
    assertThat(findings(construction, Optional.empty()))
        .hasSize(construction.hasTheorem() ? 0 : 1)
        .allMatch(
            finding ->
                finding.startsWith(
                    "unbounded-layer OfParameters[]: nothing bounds the weights of p.N before"));
  }

  @ParameterizedTest
  @EnumSource
  void itIsFoundByItsWordAndShownInBothLanguages(Construction construction) {
    assertThat(Construction.named(construction.word())).contains(construction);
    assertThat(construction.clause())
        .contains("parameters " + construction.word() + ";", "@Parameterized(" + construction);
    assertThat(Construction.words()).contains("`" + construction.word() + "`");
  }

  /** Certificates without weights are about one theorem; a second one has to be told from it. */
  @Test
  void oneHasATheorem() {
    assertThat(Arrays.stream(Construction.values()).filter(Construction::hasTheorem))
        .containsExactly(Construction.withoutFile());
  }
}
