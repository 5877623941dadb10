package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.search.LeastElementwiseProduct;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The product of the matrices of magnitudes, from linf: {@code |W_K| ... |W_1| 1} for a chain.
 * There is nothing to search for, so the checker's own function is asked.
 */
public record ElementwiseProduct(Problem problem) implements BoundMethod {

  private static final String WORD = "elementwise-product";

  private static final Proof PROOF =
      new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ElementwiseProduct());

  /** The method: one product bounds every element. */
  public static final class Kind implements BoundMethod.Kind {

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms) {
      return new ElementwiseProduct(problem);
    }

    @Override
    public Optional<String> obstacle(Problem problem) {
      return pays(problem) ? Optional.empty() : Optional.of("it bounds from linf only");
    }

    @Override
    public boolean pays(Problem problem) {
      return problem.inequality().fromLargest();
    }

    @Override
    public LadderRung rung() {
      return LadderRung.PRODUCT;
    }

    @Override
    public boolean boundsAllElements() {
      return true;
    }
  }

  @Override
  public Search best() {
    Prover prover = new Prover(problem, WORD);
    OptionalDouble bound =
        LeastElementwiseProduct.of(prover.unchecked(0, List.of(PROOF)), problem.deadline()::check);
    return bound.isEmpty()
        ? new Search.Failed("the product of magnitudes overflows, or takes too much work")
        : prover
            .check(bound.getAsDouble(), List.of(PROOF))
            .<Search>map(Search.Found::new)
            .orElse(new Search.Failed("the checker did not accept the product"));
  }

  @Override
  public Optional<Subject> at(double bound) {
    return Optional.empty();
  }
}
