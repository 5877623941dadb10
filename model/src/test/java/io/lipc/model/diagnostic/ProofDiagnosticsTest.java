package io.lipc.model.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Norm;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import io.lipc.model.diagnostic.ProofDiagnostics.StepRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProofDiagnosticsTest {

  private static StepRow row(String step, String operation, double bound) {
    return new StepRow(step, operation, new UpperBound(bound));
  }

  @Test
  void aLostBoundIsShownStepByStep() {
    Diagnostic diagnostic =
        ProofDiagnostics.compositionExceedsBound(
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            new UpperBound(1.5),
            List.of(row("b", "Body", 1), row("half", "scale(0.5)", 0.5), row("y", "1 + 0.5", 1.5)),
            2);
    assertThat(diagnostic.message())
        .isEqualTo(
            """
            [composition-exceeds-bound] composition gives Lipschitz bound 1.5 (rounded up), above the declared 1.0
              required: l2 -> l2 bound <= 1.0
              found:    1.5 from the bounds that the called networks declare
              reason:   the bound is above 1.0 from step `y` on
                  step   operation    bound
                  b      Body         1
                  half   scale(0.5)   0.5
                > y      1 + 0.5      1.5
              note: 1.0 may still be true for some weights; it was not proved for all of them
              help: declare 1.5 as the bound, or end in `... |> scale(0.6666)`""");
  }

  @Test
  void theSuggestedFactorKeepsTheBoundThoughItIsRounded() {
    for (double bound : new double[] {2, 3, 7, 10, 1.0000001, 1e6}) {
      String message =
          ProofDiagnostics.compositionExceedsBound(
                  new Property.Lipschitz(1, Norm.L2, Norm.L2),
                  new UpperBound(bound),
                  List.of(row("y", "Body", bound)),
                  0)
              .message();
      String factor = message.substring(message.lastIndexOf('(') + 1, message.lastIndexOf(')'));
      assertThat(Float.parseFloat(factor) * bound).isBetween(0.99, Math.nextDown(1.0));
    }
  }

  private static String notCertified(String failure) {
    return ProofDiagnostics.boundNotCertified(
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            List.of(new ProofDiagnostics.MethodRow("norm-product", new UpperBound(8.25))),
            List.of("lipsdp-neuron in 12 s: " + failure),
            "no multipliers were found for 1.0",
            List.of(),
            "",
            new LowerBound(0.5),
            Optional.empty())
        .message();
  }

  /** More time is offered beside a proved bound only if a search ended because time was spent. */
  @Test
  void aSearchThatTimeEndedIsOfferedMore() {
    assertThat(notCertified("its share of the budget of 60 s was spent"))
        .endsWith(
            "help: declare 8.25 as the bound, give the search more time"
                + " (-Alipc.certify.budget=2m, or --budget 2m), or retrain with smaller layer norms");
    assertThat(notCertified("too large: it needs more memory than the 0.5 GB that Java has (-Xmx)"))
        .endsWith("help: declare 8.25 as the bound, or retrain with smaller layer norms");
  }

  /** Time is what helps where time was missing; otherwise the weights are looked at. */
  @Test
  void aSpentBudgetAsksForMore() {
    Property.Lipschitz spec = new Property.Lipschitz(1, Norm.L2, Norm.L2);

    assertThat(
            ProofDiagnostics.nothingCertified(
                    spec, "norm-product: the budget of 5 s was spent", Optional.empty())
                .message())
        .endsWith(
            "the budget of 5 s was spent\n  help: give the search more time: --budget 2m, or"
                + " -Alipc.certify.budget=2m");
    assertThat(
            ProofDiagnostics.nothingCertified(
                    spec, "norm-product: the product of norms overflows", Optional.empty())
                .message())
        .endsWith("help: check that the weights are of ordinary size, or split the network");
  }
}
