package io.lipc.certificate.margin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.LeadUnits;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leads at the middle of boxes, and how much inputs take: never better than in exact numbers. */
final class LeadTest {

  private static final MathContext PRECISE = new MathContext(60);

  private static Subject linear(double[][] weight) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.dense(net.input(weight[0].length), weight);
    net.bound = 1e9;
    return net.subject();
  }

  private static Unit.Box box(double... ends) {
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      lower.add(ends[i]);
      upper.add(ends[i + 1]);
    }
    return new Unit.Box(lower, upper);
  }

  private static final Norms TO_LINF = new Norms(Norm.LINF, Norm.LINF);

  /** A certificate of the differences of a lead, or of other units; nobody has checked it. */
  private static Certificate claim(
      Subject network, List<Unit> units, double bound, Norms norms, Unit.Box box) {
    Certificate own = network.certificate();
    return new Certificate(
        own.network(),
        own.type(),
        new Claim.Local(new Claim.Lipschitz(norms, bound), box),
        "by hand",
        units,
        own.grounds());
  }

  private static boolean isProved(Lead lead, Subject network, double bound) {
    List<Unit> units = network.certificate().units();
    return lead.isProvedBy(
        claim(network, lead.differences(units).units(), bound, lead.norms(), lead.box()), units);
  }

  /** At the middle (0.5, 2) outputs are 0.5, 2 and 1. */
  @ParameterizedTest
  @CsvSource({
    "LINF, false, 1, 1.5, 1, 1",
    "LINF, true, 0, 1.5, 0.5, 1",
    "L2, false, 1, 1.5, 1, 1.4142135623730951"
  })
  void the_lead_is_over_each_other_output(
      Norm from, boolean smallest, int output, double first, double second, double reach) {
    Subject network = linear(new double[][] {{1, 0}, {0, 1}, {2, 0}});
    Lead lead = Lead.of(network, from, box(-0.5, 1.5, 1, 3), smallest).orElseThrow();
    assertThat(lead.output()).isEqualTo(output);
    assertThat(lead.over()).hasSize(2);
    assertThat(lead.over().get(0)).isLessThan(first).isGreaterThan(first * (1 - 1e-14));
    assertThat(lead.over().get(1)).isLessThan(second).isGreaterThan(second * (1 - 1e-14));
    assertThat(lead.least()).isEqualTo(lead.over().get(1));
    assertThat(lead.reach()).isGreaterThan(reach).isLessThan(reach * (1 + 1e-14));
    assertThat(lead.norms()).isEqualTo(new Norms(from, Norm.LINF));
  }

  @Test
  void of_equal_outputs_and_of_one_alone_none_leads() {
    Unit.Box box = box(0, 1);
    assertThat(Lead.of(linear(new double[][] {{1}, {1}}), Norm.L2, box, false)).isEmpty();
    assertThat(Lead.of(linear(new double[][] {{1}}), Norm.L2, box, false)).isEmpty();
    assertThat(Lead.of(linear(new double[][] {{1}, {1}, {2}}), Norm.L2, box, true)).isEmpty();
    // By a lead of 1e-40 its factor is no float.
    assertThat(Lead.of(linear(new double[][] {{0}, {1e-40}}), Norm.L2, box, false)).isEmpty();
    assertThat(Lead.of(linear(new double[][] {{0}, {1e-37}}), Norm.L2, box, false)).isPresent();
  }

  /** Outputs 1 and 0 are 4 apart, and their difference moves by 2 along the box. */
  @Test
  void a_bound_that_takes_the_whole_lead_is_not_enough() {
    Unit.Box box = box(1, 3, -3, -1);
    Subject network = linear(new double[][] {{1, 0}, {0, 1}});
    List<Unit> units = network.certificate().units();
    Lead lead = Lead.of(network, Norm.LINF, box, false).orElseThrow();
    assertThat(isProved(lead, network, 1)).isFalse();
    assertThat(isProved(lead, network, 0.9999)).isTrue();
    assertThat(isProved(lead, network, Double.NaN)).isFalse();
    assertThat(isProved(lead, network, Double.POSITIVE_INFINITY)).isFalse();
    assertThat(isProved(lead, network, lead.enough())).isTrue();
    assertThat(lead.enough()).isBetween(0.99999, 1.0);
    List<Unit> differences = lead.differences(units).units();
    Norms fromL2 = new Norms(Norm.L2, Norm.LINF);
    Norms toL2 = new Norms(Norm.LINF, Norm.L2);
    Unit.Box other = box(1, 3, -3, -1.5);
    assertThat(lead.isProvedBy(claim(network, differences, 0.5, fromL2, box), units)).isFalse();
    assertThat(lead.isProvedBy(claim(network, differences, 0.5, toL2, box), units)).isFalse();
    assertThat(lead.isProvedBy(claim(network, differences, 0.5, TO_LINF, other), units)).isFalse();
    // A bound of the outputs themselves, or of differences with smaller factors.
    assertThat(lead.isProvedBy(claim(network, units, 0.5, TO_LINF, box), units)).isFalse();
    List<Unit> smaller = new LeadUnits(units, 0, List.of(0.125)).units();
    assertThat(lead.isProvedBy(claim(network, smaller, 0.5, TO_LINF, box), units)).isFalse();
    List<Unit> turned = new LeadUnits(units, 1, lead.differences(units).factors()).units();
    assertThat(lead.isProvedBy(claim(network, turned, 0.5, TO_LINF, box), units)).isFalse();
    // A bound for all inputs is a claim of another kind.
    Certificate own = network.certificate();
    assertThat(lead.isProvedBy(own, units)).isFalse();
  }

  @Test
  void a_box_of_one_input_takes_nothing() {
    Unit.Box box = box(1, 1, -1, -1);
    Subject network = linear(new double[][] {{1, 0}, {0, 1}});
    Lead lead = Lead.of(network, Norm.L2, box, false).orElseThrow();
    assertThat(isProved(lead, network, 1e9)).isTrue();
  }

  /**
   * Half of the least double is 0, where output 0 leads. On a box that is that double alone every
   * bound is true, of 0 too, and output 1 leads there.
   */
  @Test
  void the_middle_is_in_the_box() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.dense(net.input(1), new double[][] {{0}, {1e308}}, new double[] {1e-17, 0});
    for (int odd : new int[] {1, 3, 5, 7}) {
      double end = odd * Double.MIN_VALUE;
      Lead lead = Lead.of(net.subject(), Norm.LINF, box(end, end), false).orElseThrow();
      assertThat(lead.output()).isEqualTo(1);
      assertThat(lead.least()).isLessThan(1e308 * end).isGreaterThan(0.9e308 * end - 1e-17);
    }
    Unit.Box wide = box(-Double.MAX_VALUE, Double.MAX_VALUE);
    Lead lead = Lead.of(net.subject(), Norm.LINF, wide, false).orElseThrow();
    // Times infinitely far, even 0 is no number.
    assertThat(lead.reach()).isInfinite();
    assertThat(isProved(lead, net.subject(), 0)).isFalse();
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  /** Random boxes with ends that have all bits, also far from 0 and of different sizes. */
  @Test
  @Tag("slow")
  void nothing_is_better_than_in_exact_numbers() {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      int size = 1 + random.nextInt(4);
      double[] ends = new double[2 * size];
      for (int i = 0; i < size; i++) {
        double middle = random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2);
        double half = Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(5) - 4);
        ends[2 * i] = middle - half;
        ends[2 * i + 1] = middle + half;
      }
      Unit.Box box = box(ends);
      double[][] weight = new double[3][size];
      for (double[] row : weight) {
        for (int i = 0; i < size; i++) {
          row[i] = (float) random.nextGaussian();
        }
      }
      for (Norm from : Norm.values()) {
        Optional<Lead> lead = Lead.of(linear(weight), from, box, round % 2 == 0);
        lead.ifPresent(
            one -> {
              assertThat(exact(one.least())).isLessThanOrEqualTo(over(box, weight, one.output()));
              assertFactors(one);
              BigDecimal most = distance(box, from);
              assertThat(exact(one.reach())).isGreaterThanOrEqualTo(most);
              assertThat(one.reach()).isLessThan(most.doubleValue() * (1 + 1e-13) + 1e-300);
              assertThat(exact(one.taken(0.3))).isGreaterThanOrEqualTo(most.multiply(exact(0.3)));
            });
      }
    }
  }

  /** Each lead times its factor is at least 1, and the factor a float. */
  private static void assertFactors(Lead lead) {
    List<Unit> network = linear(new double[3][1]).certificate().units();
    List<Double> factors = lead.differences(network).factors();
    for (int j = 0; j < factors.size(); j++) {
      BigDecimal share = exact(lead.over().get(j)).multiply(exact(factors.get(j)));
      assertThat(share).isBetween(BigDecimal.ONE, exact(1 + 0x1p-22));
      assertThat(ElementType.F32.holds(factors.get(j))).isTrue();
    }
  }

  private static double middle(Unit.Box box, int i) {
    return box.lower().get(i) / 2 + box.upper().get(i) / 2;
  }

  /** The least distance of the output from another one. */
  private static BigDecimal over(Unit.Box box, double[][] weight, int output) {
    BigDecimal[] outputs = new BigDecimal[weight.length];
    for (int j = 0; j < weight.length; j++) {
      outputs[j] = BigDecimal.ZERO;
      for (int i = 0; i < weight[j].length; i++) {
        outputs[j] = outputs[j].add(exact(weight[j][i]).multiply(exact(middle(box, i))));
      }
    }
    return IntStream.range(0, weight.length)
        .filter(j -> j != output)
        .mapToObj(j -> outputs[j].subtract(outputs[output]).abs())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static BigDecimal distance(Unit.Box box, Norm norm) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal most = BigDecimal.ZERO;
    for (int i = 0; i < box.lower().size(); i++) {
      BigDecimal middle = exact(middle(box, i));
      BigDecimal half =
          exact(box.upper().get(i))
              .subtract(middle)
              .max(middle.subtract(exact(box.lower().get(i))));
      sum = sum.add(half.multiply(half));
      most = most.max(half);
    }
    return norm == Norm.LINF ? most : sum.sqrt(PRECISE);
  }

  /**
   * Each operation, with what its rounding may have lost: a step that is left out shows in bits.
   */
  @Test
  void everyStepIsRounded() {
    Random random = new Random(6);
    for (int round = 0; round < 300; round++) {
      double[] ends = new double[6];
      for (int i = 0; i < 3; i++) {
        double middle = random.nextGaussian();
        double half = Math.abs(random.nextGaussian());
        ends[2 * i] = middle - half;
        ends[2 * i + 1] = middle + half;
      }
      Unit.Box box = box(ends);
      double[][] weight = new double[2][3];
      for (double[] row : weight) {
        Arrays.setAll(row, _ -> (float) random.nextGaussian());
      }
      Subject network = linear(weight);
      List<Range> outputs = OutputRanges.ofUnits(network, middles(box)).getLast();
      for (Norm from : Norm.values()) {
        boolean smallest = round % 2 == 0;
        Lead lead = Lead.of(network, from, box, smallest).orElseThrow();
        Range high = outputs.get(smallest ? 1 - lead.output() : lead.output());
        Range low = outputs.get(smallest ? lead.output() : 1 - lead.output());
        assertThat(lead.over()).containsExactly(Math.nextDown(high.lower() - low.upper()));
        assertThat(lead.reach()).isEqualTo(rounded(box, from));
        assertThat(lead.taken(0.7)).isEqualTo(Math.nextUp(0.7 * lead.reach()));
        assertThat(lead.enough())
            .isEqualTo(Math.nextDown(Math.nextDown(1 / lead.reach()) * (1 - 0x1p-40)));
        List<Unit> units = network.certificate().units();
        float factor = Math.nextUp((float) (1 / lead.least()));
        assertThat(lead.differences(units))
            .isEqualTo(new LeadUnits(units, lead.output(), List.of((double) factor)));
      }
    }
  }

  private static List<Range> middles(Unit.Box box) {
    return IntStream.range(0, box.lower().size())
        .mapToObj(i -> new Range(middle(box, i), middle(box, i)))
        .toList();
  }

  private static double rounded(Unit.Box box, Norm norm) {
    double sum = 0;
    double most = 0;
    for (int i = 0; i < box.lower().size(); i++) {
      double middle = middle(box, i);
      double half = Math.nextUp(Math.max(box.upper().get(i) - middle, middle - box.lower().get(i)));
      sum = Math.nextUp(sum + Math.nextUp(half * half));
      most = Math.max(most, half);
    }
    return norm == Norm.LINF ? most : Math.nextUp(Math.sqrt(sum));
  }

  /** A lead that is taken to the last bit is none. */
  @Test
  void aLeadThatIsTakenIsNone() {
    Subject network = linear(new double[][] {{0}, {1}});
    for (double reach : new double[] {Math.nextDown(1.0), Math.nextDown(Math.nextDown(1.0))}) {
      Lead lead = new Lead(0, List.of(1.0), reach, Norm.LINF, box(0, 1));
      assertThat(isProved(lead, network, 1)).isEqualTo(reach < Math.nextDown(1.0));
    }
  }
}
