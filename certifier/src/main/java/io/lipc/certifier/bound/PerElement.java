package io.lipc.certifier.bound;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A bound to linf is one for each element of the output: each is searched for by itself, with
 * multipliers of its own, and the largest bounds all.
 *
 * @param method what certificates call it
 * @param elements one search per element, of {@link Problem#elements}
 */
public record PerElement(Problem problem, String method, List<BoundMethod> elements)
    implements BoundMethod {

  public PerElement {
    elements = List.copyOf(elements);
  }

  /** The searches that {@code search} makes for the elements of the output. */
  public static PerElement of(
      Problem problem, String method, Function<Problem, BoundMethod> search) {
    return new PerElement(problem, method, problem.elements().stream().map(search).toList());
  }

  @Override
  public Search best() {
    List<Subject> found = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      switch (elements.get(i).best()) {
        case Search.Found element -> found.add(element.subject());
        case Search.Failed failed -> {
          return new Search.Failed("output " + i + ": " + failed.reason());
        }
      }
    }
    double bound =
        found.stream()
            .mapToDouble(subject -> subject.certificate().inequality().bound())
            .max()
            .orElse(0);
    return together(found, bound)
        .<Search>map(Search.Found::new)
        .orElse(new Search.Failed("the checker did not accept the elements' proofs together"));
  }

  /** A lower bound: no bound of all elements is below that of one. */
  @Override
  public OptionalDouble limit() {
    return elements.stream().flatMapToDouble(element -> element.limit().stream()).max();
  }

  @Override
  public Optional<Subject> at(double bound) {
    return Optional.empty();
  }

  private Optional<Subject> together(List<Subject> found, double bound) {
    List<Proof> proofs = new ArrayList<>();
    List<Problem> alone = problem.elements();
    for (int i = 0; i < alone.size(); i++) {
      Optional<Proof> proof = at(alone.get(i), found.get(i), bound);
      if (proof.isEmpty()) {
        return Optional.empty();
      }
      proofs.add(proof.get());
    }
    return new Prover(problem, method).check(bound, proofs);
  }

  /**
   * The proof of one element at a bound; from linf its matrix does not depend on the bound, from l2
   * it does.
   */
  private Optional<Proof> at(Problem alone, Subject element, double bound) {
    Proof proof = element.certificate().proof();
    if (problem.inequality().fromLargest() || element.certificate().inequality().bound() == bound) {
      return Optional.of(proof);
    }
    Prover.Draft claim =
        new Prover.Draft(bound, proof.gains(), proof.segmentations(), proof.multipliers());
    return new Prover(alone, method)
        .prove(claim, Coordinates.of(problem))
        .map(subject -> subject.certificate().proof());
  }
}
