package io.lipc.certificate.margin;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The output that leads at the middle of a box, and by how much; a local bound says how much of
 * that inputs of the box can take.
 *
 * <p>With x the middle, x' in the box, D not below {@code |x - x'|_in} and L the bound: two outputs
 * i and j move by {@code f_i(x') - f_i(x)} and {@code f_j(x') - f_j(x)}, so their difference moves
 * by at most {@code 2 L D} where L bounds each output, and by {@code sqrt(2) L D} where it bounds
 * their l2 norm. Where the lead over each j is more than that, i stays ahead.
 *
 * @param output the number of the output
 * @param over not above that over the next, by ranges that hold the real outputs at the middle
 * @param reach not below how much of the lead inputs of the box take for each unit of the bound
 * @param norms of the bound
 * @param box where inputs are
 */
public record Lead(int output, double over, double reach, Norms norms, Unit.Box box) {

  /** Rounded up. */
  private static final double ROOT_OF_TWO = up(Math.sqrt(2));

  /**
   * The output that leads at the middle, an input of the box; empty where none surely does.
   *
   * @param network with everything that it is about
   * @param box a part of its declared intervals
   * @param smallest whether the smallest output leads, as for costs
   */
  public static Optional<Lead> of(Subject network, Norms norms, Unit.Box box, boolean smallest) {
    double pair =
        switch (norms.output()) {
          case L2 -> ROOT_OF_TWO;
          case LINF -> 2;
        };
    double reach = up(distance(box, norms.input()) * pair);
    List<Range> outputs = atMiddle(network, box);
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> new Lead(i, over(outputs, i, smallest), reach, norms, box))
        .filter(one -> one.over > 0)
        .findFirst();
  }

  /** Not below how much of a lead inputs of the box can take. */
  public double taken(double bound) {
    return up(bound * reach);
  }

  /**
   * Whether it leads everywhere on the box; a bound on another box, or of other norms, says
   * nothing.
   */
  public boolean isProvedBy(Claim.Local claim) {
    return claim.box().equals(box)
        && claim.bound().norms().equals(norms)
        && over > taken(claim.bound().bound());
  }

  /** A bound that is enough for that. */
  public double enough() {
    return down(down(over / reach) * (1 - 0x1p-40));
  }

  private static List<Range> atMiddle(Subject network, Unit.Box box) {
    List<Range> middle =
        IntStream.range(0, box.lower().size())
            .mapToObj(i -> new Range(box.middle(i), box.middle(i)))
            .toList();
    return OutputRanges.ofUnits(network, middle).getLast();
  }

  /** Over the output that comes next; of one output alone, 0. */
  private static double over(List<Range> outputs, int i, boolean smallest) {
    Range own = outputs.get(i);
    return IntStream.range(0, outputs.size())
        .filter(j -> j != i)
        .mapToObj(outputs::get)
        .mapToDouble(
            other ->
                smallest ? down(other.lower() - own.upper()) : down(own.lower() - other.upper()))
        .min()
        .orElse(0);
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
