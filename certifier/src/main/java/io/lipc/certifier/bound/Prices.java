package io.lipc.certifier.bound;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
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
 * @param multipliers one for each unit with a gain, and for each that only a box makes linear
 * @param rho the debt of the input
 */
record Prices(List<Proof.Multiplier> multipliers, double rho) {

  /** No price is smaller, so that long chains of small gains stay clear of underflow. */
  private static final double LEAST = 0x1p-600;

  static Prices of(UnitGains network, double margin) {
    List<Unit> units = network.units();
    double[] reach = network.fromInput();
    double[] price = new double[units.size()];
    List<Proof.Multiplier> multipliers = new ArrayList<>();
    price[units.size() - 1] = 1;
    double rho = 0;
    for (int i = units.size() - 1; i >= 0; i--) {
      Unit unit = units.get(i);
      double owed = price[i];
      if (unit instanceof Unit.Input) {
        rho = owed * (1 + margin);
      } else if (network.gains().get(i).isPresent()) {
        owed = Math.max(owed * (1 + margin), LEAST);
        multipliers.add(new Proof.Multiplier(i, Proof.Constraint.GAIN, List.of(owed)));
      } else if (unit instanceof Unit.Activation && network.problem().hasMultipliers(i)) {
        // It multiplies by one number on the box: its multiplier multiplies nothing.
        multipliers.add(new Proof.Multiplier(i, Proof.Constraint.SLOPE, List.of(0.0)));
      }
      double[] passed = network.passed(i, owed, reach);
      for (int k = 0; k < passed.length; k++) {
        price[unit.operands().get(k)] += passed[k];
      }
    }
    return new Prices(multipliers.reversed(), rho);
  }
}
