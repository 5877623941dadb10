package io.lipc.certificate.margin;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.LeadUnits;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.formats.Norm;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The output that leads at the middle of a box, and how much of its lead over each other output
 * inputs of the box take, by a local bound of the differences.
 *
 * <p>Let x be the middle, x' in the box, D not below {@code |x - x'|_in}, and {@code d_j} the
 * difference of the outputs by which i leads over j: {@code d_j(x) >= g_j > 0}. The factors s_j are
 * not below {@code 1 / g_j}, rounding included, so {@code s_j d_j(x) >= 1}. If L bounds each {@code
 * s_j d_j} on the box, {@code s_j d_j(x') >= 1 - L D}. Where {@code L D < 1}, i stays ahead of all.
 *
 * @param output the number i of the output
 * @param over g_j for each other output j, in their order, by ranges that hold the real outputs at
 *     the middle
 * @param reach D
 * @param input the norm of D
 * @param box where inputs are
 */
public record Lead(int output, List<Double> over, double reach, Norm input, Unit.Box box) {

  /**
   * The output that leads at the middle, an input of the box; empty where none surely does, or so
   * little that the factors are not finite.
   *
   * @param network with everything that it is about
   * @param box a part of its declared intervals
   * @param smallest whether the smallest output leads, as for costs
   */
  public static Optional<Lead> of(Subject network, Norm input, Unit.Box box, boolean smallest) {
    double reach = distance(box, input);
    List<Range> outputs = atMiddle(network, box);
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> new Lead(i, over(outputs, i, smallest), reach, input, box))
        .filter(Lead::isSure)
        .findFirst();
  }

  private boolean isSure() {
    return !over.isEmpty()
        && over.stream().allMatch(lead -> lead > 0 && Double.isFinite(factor(lead)));
  }

  /** The norms of the bound that says how much of the lead is taken. */
  public Norms norms() {
    return new Norms(input, Norm.LINF);
  }

  /** The units that the bound is about, behind those of the network. */
  public LeadUnits differences(List<Unit> network) {
    return new LeadUnits(network, output, over.stream().map(Lead::factor).toList());
  }

  /**
   * Not below {@code 1 / lead}: the float next to the one that is nearest. Constants of a network
   * in floats are floats.
   */
  private static double factor(double lead) {
    return Math.nextUp((float) (1 / lead));
  }

  /** Not above the lead over the output that is next at the middle. */
  public double least() {
    return Collections.min(over);
  }

  /** Not below the share of each lead that inputs of the box can take. */
  public double taken(double bound) {
    return up(bound * reach);
  }

  /**
   * Whether the output leads everywhere on the box; a bound of other differences, on another box,
   * or of other norms, says nothing.
   *
   * @param own accepted
   * @param network the units of the network
   */
  public boolean isProvedBy(Certificate own, List<Unit> network) {
    return own.claim() instanceof Claim.Local(Claim.Lipschitz bound, Unit.Box on)
        && on.equals(box)
        && bound.norms().equals(norms())
        && own.units().equals(differences(network).units())
        && taken(bound.bound()) < 1;
  }

  /** A bound that is enough for that. */
  public double enough() {
    return down(down(1 / reach) * (1 - 0x1p-40));
  }

  private static List<Range> atMiddle(Subject network, Unit.Box box) {
    List<Range> middle =
        IntStream.range(0, box.lower().size())
            .mapToObj(i -> new Range(box.middle(i), box.middle(i)))
            .toList();
    return OutputRanges.ofUnits(network, middle).getLast();
  }

  /** The lead of an output over each other one, rounded down. */
  private static List<Double> over(List<Range> outputs, int i, boolean smallest) {
    Range own = outputs.get(i);
    return IntStream.range(0, outputs.size())
        .filter(j -> j != i)
        .mapToObj(outputs::get)
        .map(
            other ->
                smallest ? down(other.lower() - own.upper()) : down(own.lower() - other.upper()))
        .toList();
  }

  /** Not below the distance of any input of the box from its middle. */
  private static double distance(Unit.Box box, Norm norm) {
    DoubleStream halves = IntStream.range(0, box.lower().size()).mapToDouble(i -> half(box, i));
    return switch (norm) {
      case LINF -> halves.max().orElse(0);
      case L2 -> up(Math.sqrt(halves.reduce(0, (sum, half) -> up(sum + up(half * half)))));
    };
  }

  private static double half(Unit.Box box, int i) {
    double middle = box.middle(i);
    return up(Math.max(box.upper().get(i) - middle, middle - box.lower().get(i)));
  }
}
