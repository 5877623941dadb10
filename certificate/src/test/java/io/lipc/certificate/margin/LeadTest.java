package io.lipc.certificate.margin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
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

  private static Claim.Local claim(double bound, Norm from, Norm to, Unit.Box box) {
    return new Claim.Local(new Claim.Lipschitz(new Norms(from, to), bound), box);
  }

  /** At the middle (0.5, 2) outputs are 0.5, 2 and 1. */
  @ParameterizedTest
  @CsvSource({
    "LINF, LINF, false, 1, 1, 2",
    "LINF, LINF, true, 0, 0.5, 2",
    "L2, LINF, false, 1, 1, 2.8284271247461903",
    "LINF, L2, false, 1, 1, 1.4142135623730951",
    "L2, L2, false, 1, 1, 2"
  })
  void the_lead_is_over_the_next(
      Norm from, Norm to, boolean smallest, int output, double over, double reach) {
    Subject network = linear(new double[][] {{1, 0}, {0, 1}, {2, 0}});
    Lead lead = Lead.of(network, new Norms(from, to), box(-0.5, 1.5, 1, 3), smallest).orElseThrow();
    assertThat(lead.output()).isEqualTo(output);
    assertThat(lead.over()).isLessThan(over).isGreaterThan(over * (1 - 1e-14));
    assertThat(lead.reach()).isGreaterThan(reach).isLessThan(reach * (1 + 1e-14));
  }

  @Test
  void of_equal_outputs_and_of_one_alone_none_leads() {
    Unit.Box box = box(0, 1);
    assertThat(Lead.of(linear(new double[][] {{1}, {1}}), new Norms(Norm.L2, Norm.L2), box, false))
        .isEmpty();
    assertThat(Lead.of(linear(new double[][] {{1}}), new Norms(Norm.L2, Norm.L2), box, false))
        .isEmpty();
    assertThat(
            Lead.of(linear(new double[][] {{1}, {1}, {2}}), new Norms(Norm.L2, Norm.L2), box, true))
        .isEmpty();
  }

  /** Outputs 1 and 0 are 4 apart, and each moves by 1 along the box. */
  @Test
  void a_bound_that_takes_the_whole_lead_is_not_enough() {
    Unit.Box box = box(1, 3, -3, -1);
    Subject network = linear(new double[][] {{1, 0}, {0, 1}});
    Lead lead = Lead.of(network, new Norms(Norm.LINF, Norm.LINF), box, false).orElseThrow();
    assertThat(lead.isProvedBy(claim(2, Norm.LINF, Norm.LINF, box))).isFalse();
    assertThat(lead.isProvedBy(claim(1.999, Norm.LINF, Norm.LINF, box))).isTrue();
    assertThat(lead.isProvedBy(claim(Double.NaN, Norm.LINF, Norm.LINF, box))).isFalse();
    assertThat(lead.isProvedBy(claim(Double.POSITIVE_INFINITY, Norm.LINF, Norm.LINF, box)))
        .isFalse();
    assertThat(lead.isProvedBy(claim(lead.enough(), Norm.LINF, Norm.LINF, box))).isTrue();
    assertThat(lead.enough()).isBetween(1.99999, 2.0);
    assertThat(lead.isProvedBy(claim(1, Norm.L2, Norm.LINF, box))).isFalse();
    assertThat(lead.isProvedBy(claim(1, Norm.LINF, Norm.L2, box))).isFalse();
    assertThat(lead.isProvedBy(claim(1, Norm.LINF, Norm.LINF, box(1, 3, -3, -1.5)))).isFalse();
  }

  @Test
  void a_box_of_one_input_takes_nothing() {
    Unit.Box box = box(1, 1, -1, -1);
    Subject network = linear(new double[][] {{1, 0}, {0, 1}});
    Lead lead = Lead.of(network, new Norms(Norm.L2, Norm.L2), box, false).orElseThrow();
    assertThat(lead.isProvedBy(claim(1e9, Norm.L2, Norm.L2, box))).isTrue();
  }

  /**
   * Half of the least double is 0, where output 0 leads. On a box that is that double alone every
   * bound is true, of 0 too, and output 1 leads there.
   */
  @Test
  void the_middle_is_in_the_box() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.dense(net.input(1), new double[][] {{0}, {1e308}}, new double[] {1e-17, 0});
    Norms norms = new Norms(Norm.LINF, Norm.LINF);
    for (int odd : new int[] {1, 3, 5, 7}) {
      double end = odd * Double.MIN_VALUE;
      Lead lead = Lead.of(net.subject(), norms, box(end, end), false).orElseThrow();
      assertThat(lead.output()).isEqualTo(1);
      assertThat(lead.over()).isLessThan(1e308 * end).isGreaterThan(0.9e308 * end - 1e-17);
    }
    Unit.Box wide = box(-Double.MAX_VALUE, Double.MAX_VALUE);
    Lead lead = Lead.of(net.subject(), norms, wide, false).orElseThrow();
    assertThat(lead.isProvedBy(claim(0, Norm.LINF, Norm.LINF, wide))).isFalse();
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  /** Random boxes with ends that have all bits, also far from 0 and of different sizes. */
  @Test
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
        Optional<Lead> lead =
            Lead.of(linear(weight), new Norms(from, Norm.LINF), box, round % 2 == 0);
        lead.ifPresent(
            one -> {
              assertThat(exact(one.over())).isLessThanOrEqualTo(over(box, weight, one.output()));
              BigDecimal most = distance(box, from).multiply(BigDecimal.TWO);
              assertThat(exact(one.reach())).isGreaterThanOrEqualTo(most);
              assertThat(one.reach()).isLessThan(most.doubleValue() * (1 + 1e-13) + 1e-300);
              assertThat(exact(one.taken(0.3))).isGreaterThanOrEqualTo(most.multiply(exact(0.3)));
            });
      }
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
        for (Norm to : Norm.values()) {
          Norms norms = new Norms(from, to);
          boolean smallest = round % 2 == 0;
          Lead lead = Lead.of(network, norms, box, smallest).orElseThrow();
          Range high = outputs.get(smallest ? 1 - lead.output() : lead.output());
          Range low = outputs.get(smallest ? lead.output() : 1 - lead.output());
          assertThat(lead.over()).isEqualTo(Math.nextDown(high.lower() - low.upper()));
          double pair = to == Norm.LINF ? 2 : Math.nextUp(Math.sqrt(2));
          assertThat(lead.reach()).isEqualTo(Math.nextUp(rounded(box, from) * pair));
          assertThat(lead.taken(0.7)).isEqualTo(Math.nextUp(0.7 * lead.reach()));
          assertThat(lead.enough())
              .isEqualTo(Math.nextDown(Math.nextDown(lead.over() / lead.reach()) * (1 - 0x1p-40)));
        }
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
    Norms norms = new Norms(Norm.LINF, Norm.LINF);
    Unit.Box box = box(0, 1);
    Claim.Local claim = claim(1, Norm.LINF, Norm.LINF, box);
    assertThat(new Lead(0, Math.nextUp(2.0), 2, norms, box).isProvedBy(claim)).isFalse();
    assertThat(new Lead(0, Math.nextUp(Math.nextUp(2.0)), 2, norms, box).isProvedBy(claim))
        .isTrue();
  }
}
