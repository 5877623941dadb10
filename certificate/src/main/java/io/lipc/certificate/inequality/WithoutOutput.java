package io.lipc.certificate.inequality;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.QuadraticForm.Term;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * The form {@code Q = S + |y|^2} of a pair's second proof, of which no bound is claimed, and the
 * linear forms that it is made of: radii by signs rest on both. The output has no part in Q.
 *
 * @param inputs the number of coordinates that are elements of the input; they come first
 * @param coordinates the number of all coordinates
 * @param slopes what activations bring, in the order of their units
 * @param outputs one form for each element of the output
 */
public record WithoutOutput(
    int inputs, int coordinates, List<SlopeForms> slopes, List<List<Term<Ball>>> outputs) {

  /**
   * One {@code 2 (w - a p)(b p - w)} of a group, whose sum over the group is not negative.
   *
   * @param unit the number of the activation
   * @param group the number of its group
   * @param slopes [a, b]
   */
  public record SlopeForms(
      int unit, int group, Slopes slopes, List<Term<Ball>> p, List<Term<Ball>> w) {}

  /** The proof that has these multipliers and no more: its matrix is factorised. */
  public static Proof proof(List<Proof.Multiplier> multipliers) {
    return new Proof(List.of(), List.of(), multipliers, new PositivityWitness.VerifiedCholesky());
  }

  /**
   * Decides whether {@code Q - delta I} is positive, by verified factorisation.
   *
   * @param subject of pairs, whose bound is 1
   * @param proof the number of the proof
   * @param delta less than 1: the input can be eliminated only from a form that is positive there
   */
  public static Decision decide(Subject subject, int proof, double delta, Work work) {
    return Positivity.decide(
        new PositivityWitness.VerifiedCholesky(),
        Optional::empty,
        () -> matrix(subject, proof, delta, work),
        work);
  }

  private static Optional<List<List<Ball>>> matrix(
      Subject subject, int proof, double delta, Work work) {
    Assembly<Ball> assembly = Assembly.read(subject, proof, work);
    QuadraticForm<Ball> form = assembly.form();
    Ball less = Ball.of(-delta);
    // From linf, the squares of the input are in the form already: below it is only multiplied.
    boolean complete = subject.certificate().inequality().fromLargest();
    int inputs = complete ? 0 : assembly.input().size();
    for (int i = inputs; i < assembly.coordinates(); i++) {
      List<Term<Ball>> coordinate = List.of(new Term<>(i, Ball.of(1)));
      form.add(less, coordinate, coordinate);
    }
    return form.matrix(inputs, Ball.of(1).plus(less));
  }

  /**
   * The forms of a proof, which others of the same constraints share.
   *
   * @throws Rejection if the subject is not well formed, or elements of its output are no rows
   */
  public static WithoutOutput of(Subject subject, int proof, Work work) {
    Assembly<Ball> assembly = Assembly.read(subject, proof, work);
    return new WithoutOutput(
        assembly.input().size(),
        assembly.coordinates(),
        assembly.slopes().stream()
            .map(s -> new SlopeForms(s.unit(), s.group(), s.slopes(), s.p().terms(), s.w().terms()))
            .toList(),
        assembly.output().stream().map(LinearForms.Row::terms).toList());
  }
}
