package io.lipc.certifier.bound;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Sum;
import java.util.ArrayList;
import java.util.List;

/**
 * Multipliers with which the matrix inequality over gains proves the norm product.
 *
 * <p>Let n(s) be the norm product from the input to signal s. A price p(s) says that {@code p(s)
 * |s|^2} is owed; the output owes 1. From the output to the input, each unit passes its debt on:
 *
 * <ul>
 *   <li>a sum {@code s = s_1 + ... + s_k}: {@code |s|^2 <= sum_j (n(s) / n(s_j)) |s_j|^2}
 *       (Cauchy-Schwarz), so s_j owes {@code p(s) n(s) / n(s_j)};
 *   <li>a concatenation: each part owes p(s);
 *   <li>a factor c: {@code p(s) c^2};
 *   <li>a unit with gain g: its multiplier is p(s), and its operand owes {@code p(s) g^2}.
 * </ul>
 *
 * <p>The input owes rho. At each step the sum of {@code p(s) n(s)^2} over the signals that owe
 * stays, so {@code rho = n(y)^2}: on every graph, whatever signals are read twice.
 *
 * <p>In doubles the identity holds but for rounding. So each unit and the input owe a share {@code
 * margin} more than they need: then {@code S >= margin diag(p)}, and rho grows by {@code margin}
 * once per unit of the longest path.
 *
 * @param multipliers one per unit with a gain
 * @param rho the debt of the input
 */
record Prices(List<Proof.Multiplier> multipliers, double rho) {

  /** No price is smaller, so that long chains of small gains stay clear of underflow. */
  private static final double LEAST = 0x1p-600;

  /** No operand of a sum counts for less than this share of the largest. */
  private static final double LEAST_SHARE = 0x1p-44;

  static Prices of(UnitGains network, double margin) {
    List<Unit> units = network.units();
    double[] reach = network.fromInput();
    double[] price = new double[units.size()];
    List<Proof.Multiplier> multipliers = new ArrayList<>();
    price[units.size() - 1] = 1;
    double rho = 0;
    for (int i = units.size() - 1; i >= 0; i--) {
      double owed = price[i];
      switch (units.get(i)) {
        case Unit.Input _ -> rho = owed * (1 + margin);
        case Unit.Linear(List<Integer> operands, Sum _, _) ->
            addShares(price, owed, operands, reach);
        case Unit.Linear(List<Integer> operands, Concatenation _, _) ->
            operands.forEach(operand -> price[operand] += owed);
        case Unit.Linear _, Unit.Activation _, Unit.GainOnly _ -> {
          double factor = network.factor(i);
          double charged = owed;
          if (network.gains().get(i).isPresent()) {
            charged = Math.max(owed * (1 + margin), LEAST);
            multipliers.add(new Proof.Multiplier(i, Proof.Constraint.GAIN, List.of(charged)));
          }
          price[units.get(i).operands().getFirst()] += charged * factor * factor;
        }
      }
    }
    return new Prices(multipliers.reversed(), rho);
  }

  private static void addShares(
      double[] price, double owed, List<Integer> operands, double[] reach) {
    double largest = operands.stream().mapToDouble(operand -> reach[operand]).max().orElseThrow();
    double least = largest == 0 ? 1 : largest * LEAST_SHARE;
    double total = operands.stream().mapToDouble(operand -> Math.max(reach[operand], least)).sum();
    for (int operand : operands) {
      price[operand] += owed * total / Math.max(reach[operand], least);
    }
  }
}
