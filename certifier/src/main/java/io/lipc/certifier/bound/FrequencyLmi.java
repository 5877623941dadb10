package io.lipc.certifier.bound;

import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certifier.lmi.FrequencyElimination;
import io.lipc.certifier.lmi.FrequencyInequalities;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.ScaledMultipliers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The matrix inequality of a network of images at all frequencies of a torus. With one multiplier
 * for each unit there it is {@link FrequencyElimination}; behind a head the multipliers are those
 * of {@link LayerwiseLmi}. With one for each channel it is {@link FrequencyInequalities}, where
 * there is no head.
 *
 * @param kind what the certificate calls the method
 * @param found what may be proved, the least bound first
 */
public record FrequencyLmi(Kind kind, Problem problem, List<FrequencyMultipliers> found)
    implements BoundMethod {

  /** The first enlargement of rho: a factorisation in doubles needs some room. */
  private static final double LEAST_MARGIN = 1e-8;

  /** The number of times that a margin is enlarged, ten times each. */
  private static final int MARGINS = 5;

  private static final double ROOM = FrequencyElimination.ROOMS.getFirst();

  private static final int BITS = 30;

  /** Further tori are tried where one takes about so many products. */
  private static final double MANY_PRODUCTS = 3e8;

  private static final List<List<Double>> TWISTS =
      List.of(List.of(0.5, 0.5), List.of(0.0, 0.0), List.of(0.5, 0.0), List.of(0.0, 0.5));

  /** Which units have one multiplier. */
  public enum Sharing {
    PER_UNIT,
    PER_CHANNEL
  }

  /**
   * The methods, which prove more than a product of norms where images are convolved.
   *
   * @param sharing what has one multiplier
   */
  public record Kind(Sharing sharing) implements BoundMethod.Kind {

    @Override
    public String word() {
      return switch (sharing) {
        case PER_UNIT -> "frequency-layer";
        case PER_CHANNEL -> "frequency-channel";
      };
    }

    @Override
    public BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms) {
      Optional<FrequencyMultipliers> layers = search(problem, goal);
      return switch (sharing) {
        case PER_UNIT ->
            new FrequencyLmi(
                this, problem, layers.stream().flatMap(l -> withRoom(problem, l, goal)).toList());
        case PER_CHANNEL ->
            new FrequencyLmi(
                this, problem, layers.stream().flatMap(l -> ofChannels(problem, l, goal)).toList());
      };
    }

    @Override
    public Optional<String> obstacle(Problem problem) {
      List<ImagePart> parts = ImagePart.of(problem.units());
      if (!problem.inequality().norms().equals(Norms.EUCLIDEAN)) {
        return Optional.of("it bounds from l2 to l2 only");
      }
      if (parts.isEmpty()) {
        return Optional.of("no image is convolved");
      }
      boolean head = parts.getFirst().head(problem.units()).isPresent();
      return head && sharing == Sharing.PER_CHANNEL
          ? Optional.of("there are dense layers behind the images, see frequency-layer")
          : Optional.empty();
    }

    @Override
    public boolean pays(Problem problem) {
      return obstacle(problem).isEmpty();
    }

    @Override
    public LadderRung rung() {
      return switch (sharing) {
        case PER_UNIT -> LadderRung.FREQUENCIES;
        case PER_CHANNEL -> LadderRung.ITERATION;
      };
    }
  }

  /** The same on its torus, and others from which a proof is less far. */
  private static Stream<FrequencyMultipliers> withRoom(
      Problem problem, FrequencyMultipliers layers, Goal goal) {
    Torus torus = layers.witness().torus();
    return Stream.concat(
        Stream.of(layers),
        parts(problem, layers.witness().head())
            .filter(
                part -> part.on(torus, problem).filter(FrequencyElimination::needsRoom).isPresent())
            .flatMap(
                part ->
                    FrequencyElimination.ROOMS.stream()
                        .skip(1)
                        .flatMap(room -> multipliers(problem, part, torus, room, goal).stream())));
  }

  private static Stream<ImagePart> parts(Problem problem, Optional<Integer> head) {
    return ImagePart.of(problem.units()).stream()
        .filter(part -> part.head(problem.units()).equals(head));
  }

  private static Stream<FrequencyMultipliers> ofChannels(
      Problem problem, FrequencyMultipliers layers, Goal goal) {
    ImagePart part = ImagePart.of(problem.units()).getFirst();
    return part.on(layers.witness().torus(), problem).stream()
        .flatMap(network -> FrequencyInequalities.minimise(network, goal).stream())
        .filter(candidate -> candidate.rho() < layers.rho())
        .map(
            candidate ->
                new FrequencyMultipliers(
                    layers.witness(),
                    candidate.multipliers().stream().map(m -> divided(m, candidate.rho())).toList(),
                    candidate.rho()));
  }

  private static Proof.Multiplier divided(Proof.Multiplier multiplier, double rho) {
    return new Proof.Multiplier(
        multiplier.unit(),
        multiplier.constraint(),
        multiplier.values().stream().map(value -> value / rho).toList());
  }

  /** The best of some tori, of each part that may be on one. */
  static Optional<FrequencyMultipliers> search(Problem problem, Goal goal) {
    Optional<FrequencyMultipliers> best = Optional.empty();
    Optional<ImagePart> part =
        ImagePart.of(problem.units()).stream()
            .filter(p -> size(problem, p).isPresent())
            .min(Comparator.comparingDouble(p -> size(problem, p).orElseThrow()));
    if (part.isEmpty()) {
      return best;
    }
    for (Torus torus : tori(part.get().least(problem).orElseThrow())) {
      boolean enough =
          best.isPresent()
              && (goal.isReached(best.get().rho())
                  || goal.budget().isSpent()
                  || size(problem, part.get()).orElseThrow() > MANY_PRODUCTS);
      if (!enough) {
        best = better(best, multipliers(problem, part.get(), torus, ROOM, goal));
      }
    }
    return best;
  }

  private static Optional<FrequencyMultipliers> better(
      Optional<FrequencyMultipliers> one, Optional<FrequencyMultipliers> other) {
    return one.isPresent() && (other.isEmpty() || one.get().rho() <= other.get().rho())
        ? one
        : other;
  }

  private static List<Torus> tori(Torus least) {
    List<Torus> tori = new ArrayList<>();
    for (int more = 0; more <= 1; more++) {
      int extra = more;
      List<Integer> cells = least.cells().stream().map(n -> n + extra).toList();
      TWISTS.forEach(twist -> tori.add(new Torus(cells, twist)));
    }
    return tori;
  }

  /** About how many products an elimination takes; empty where there is none. */
  private static Optional<Double> size(Problem problem, ImagePart part) {
    return part.least(problem)
        .flatMap(torus -> part.on(torus, problem))
        .map(
            network -> {
              double side = network.coordinates() + network.headRows();
              return network.waves() * side * side * side;
            });
  }

  static Optional<FrequencyMultipliers> multipliers(
      Problem problem, ImagePart part, Torus torus, double room, Goal goal) {
    Optional<Integer> head = part.head(problem.units());
    return part.on(torus, problem)
        .flatMap(network -> FrequencyElimination.run(network, room, problem.deadline()))
        .flatMap(
            result ->
                head.isEmpty()
                    ? Optional.of(
                        new FrequencyMultipliers(
                            new AllFrequencies(torus, head),
                            result.multipliers(),
                            result.output()[0][0]))
                    : BehindHead.of(problem, head.get(), result.output())
                        .flatMap(behind -> behind.multipliers(result.multipliers(), torus, goal)));
  }

  @Override
  public Search best() {
    if (found.isEmpty()) {
      return new Search.Failed(
          switch (kind.sharing()) {
            case PER_UNIT -> "no torus holds it, or a pivot is not positive in double arithmetic";
            case PER_CHANNEL -> "no multipliers are better than those of frequency-layer";
          });
    }
    for (FrequencyMultipliers candidate : found) {
      double margin = LEAST_MARGIN;
      int margins = kind.sharing() == Sharing.PER_UNIT ? MARGINS : 1;
      for (int i = 0; i < margins; i++, margin *= 10) {
        double rho = candidate.rho() * (1 + margin);
        double bound = Math.nextUp(Math.sqrt(Math.nextUp(rho)));
        Optional<Subject> subject = prove(candidate, bound, rho);
        if (subject.isPresent()) {
          return new Search.Found(subject.get());
        }
      }
    }
    return new Search.Failed("the checker accepted none of the multipliers");
  }

  private Optional<Subject> prove(FrequencyMultipliers of, double bound, double rho) {
    List<Proof.Multiplier> multipliers = ScaledMultipliers.of(of.multipliers(), rho, BITS);
    Prover.Draft draft = new Prover.Draft(bound, List.of(), List.of(), multipliers);
    return new Prover(problem, kind.word()).check(draft, of.witness());
  }

  @Override
  public Optional<Subject> at(double bound) {
    return Optional.empty();
  }
}
