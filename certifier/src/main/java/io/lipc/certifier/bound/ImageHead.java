package io.lipc.certifier.bound;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Proof.Multiplier;
import io.lipc.certificate.Torus;
import io.lipc.certifier.lmi.FrequencyElimination;
import io.lipc.certifier.lmi.OptimalMultipliers.Candidate;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.ScaledMultipliers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images of a network, up to the head that reads them, eliminated once for all that may be
 * asked of the outputs behind it.
 *
 * @param witness the torus, with the head
 * @param before the multipliers of the units on the torus, for rho = 1
 * @param y what they leave of the input, over the rows of the head
 */
public record ImageHead(AllFrequencies witness, List<Multiplier> before, double[][] y) {

  public ImageHead {
    before = List.copyOf(before);
  }

  /**
   * The images of a network, eliminated with the multipliers of its own proof, then with some that
   * leave less and more room; none where it has no images in front of a head.
   *
   * @param problem to l2
   * @param own accepted, of the same units but for those behind the head, if there is such a one
   */
  public static Stream<ImageHead> of(Problem problem, Optional<Certificate> own) {
    Stream<ImageHead> found =
        ImagePart.of(problem.units()).stream()
            .filter(part -> part.head(problem.units()).isPresent())
            .flatMap(part -> rooms(problem, part));
    return Stream.concat(
        own.stream().flatMap(known -> known.proofs().stream().flatMap(p -> of(problem, known, p))),
        found);
  }

  private static Stream<ImageHead> rooms(Problem problem, ImagePart part) {
    Optional<Torus> torus = part.least(problem);
    return torus.flatMap(least -> part.on(least, problem)).stream()
        .flatMap(
            images ->
                FrequencyElimination.ROOMS.stream()
                    .flatMap(
                        room ->
                            FrequencyElimination.run(images, room, problem.deadline()).stream()))
        .map(
            result ->
                new ImageHead(
                    new AllFrequencies(torus.orElseThrow(), part.head(problem.units())),
                    result.multipliers(),
                    result.output()));
  }

  /** With a larger rho all of D is, and Y is smaller. */
  private static Stream<ImageHead> of(Problem problem, Certificate own, Proof proof) {
    if (!(proof.witness() instanceof AllFrequencies witness) || witness.head().isEmpty()) {
      return Stream.empty();
    }
    double bound = own.inequality().bound();
    double rho = bound * bound;
    Map<Constrained, List<Double>> given =
        proof.multipliers().stream()
            .filter(multiplier -> multiplier.unit() < witness.head().get())
            .collect(Collectors.toMap(Multiplier::place, Multiplier::values));
    return ImagePart.of(problem.units()).stream()
        .filter(part -> part.head(problem.units()).equals(witness.head()))
        .flatMap(part -> part.on(witness.torus(), problem).stream())
        .flatMap(
            images ->
                FrequencyElimination.completed(images, rho, given, problem.deadline()).stream())
        .map(
            result ->
                new ImageHead(
                    witness,
                    ScaledMultipliers.of(result.multipliers(), 1 / rho, ScaledMultipliers.ALL_BITS),
                    times(rho, result.output())));
  }

  private static double[][] times(double factor, double[][] matrix) {
    return Arrays.stream(matrix)
        .map(row -> Arrays.stream(row).map(value -> value * factor).toArray())
        .toArray(double[][]::new);
  }

  /**
   * Searches behind the head, with a multiplier for each neuron there.
   *
   * @param problem the same network, to l2, with other units behind the head
   * @return a bound, with the multipliers of the units on the torus and of those behind the head
   */
  public Optional<Candidate> search(Problem problem, Goal goal) {
    int head = witness.head().orElseThrow();
    return BehindHead.of(problem, head, y)
        .flatMap(
            behind ->
                new LipSdp.Kind(Sharing.PER_ROW)
                    .of(behind.problem(), goal)
                    .map(found -> together(found.bound(), behind.moved(found.multipliers()))));
  }

  private Candidate together(double bound, List<Multiplier> behind) {
    List<Multiplier> all =
        new ArrayList<>(ScaledMultipliers.of(before, bound * bound, ScaledMultipliers.ALL_BITS));
    all.addAll(behind);
    return new Candidate(bound, all);
  }
}
