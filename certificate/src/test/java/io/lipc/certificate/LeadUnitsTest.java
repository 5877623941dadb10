package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The units behind a network that give the differences of one output and each other one. */
final class LeadUnitsTest {

  private static final List<Unit> NETWORK =
      List.of(new Unit.Input(3, Optional.empty()), Unit.scale(0, 2, 3));

  @Test
  void the_differences_of_one_output_in_order() {
    LeadUnits lead = new LeadUnits(NETWORK, 1, List.of(0.5, 4.0));
    assertThat(lead.units())
        .containsExactly(
            NETWORK.get(0),
            NETWORK.get(1),
            Unit.select(1, List.of(1, 1)),
            Unit.select(1, List.of(0, 2)),
            Unit.scale(3, -1, 2),
            Unit.sum(List.of(2, 4), 2),
            Unit.affine(5, List.of(0.5, 4.0), List.of(0.0, 0.0), 2));
    assertThat(LeadUnits.read(lead.units())).contains(lead);
    LeadUnits ofInputs = new LeadUnits(NETWORK.subList(0, 1), 0, List.of(1.0, 1.0));
    assertThat(LeadUnits.read(ofInputs.units())).contains(ofInputs);
  }

  /** Each unit, left out or changed, makes them no differences by which an output leads. */
  @Test
  void other_units_are_none() {
    List<Unit> units = new LeadUnits(NETWORK, 1, List.of(0.5, 4.0)).units();
    List<Unit> others =
        List.of(
            Unit.select(1, List.of(1, 0)),
            Unit.select(1, List.of(0, 1)),
            Unit.scale(3, -2, 2),
            Unit.sum(List.of(2, 3), 2),
            Unit.affine(5, List.of(0.5, -4.0), List.of(0.0, 0.0), 2));
    for (int k = 0; k < others.size(); k++) {
      List<Unit> changed = new ArrayList<>(units);
      changed.set(2 + k, others.get(k));
      assertThat(LeadUnits.read(changed)).as("unit %d", 2 + k).isEmpty();
      changed.remove(2 + k);
      assertThat(LeadUnits.read(changed)).as("without unit %d", 2 + k).isEmpty();
    }
    for (Unit other :
        List.of(
            Unit.select(5, List.of(0, 1)),
            Unit.sum(List.of(4, 5), 2),
            new Unit.Input(2, Optional.empty()))) {
      List<Unit> without = new ArrayList<>(units);
      without.set(6, other);
      assertThat(LeadUnits.read(without)).isEmpty();
      without.set(6, units.get(6));
      without.set(2, other);
      assertThat(LeadUnits.read(without)).isEmpty();
    }
    List<Unit> shifted = new ArrayList<>(units);
    shifted.set(6, Unit.affine(5, List.of(0.5, 4.0), List.of(0.0, 1.0), 2));
    assertThat(LeadUnits.read(shifted)).isEmpty();
    assertThat(LeadUnits.read(NETWORK)).isEmpty();
    assertThat(LeadUnits.read(List.of())).isEmpty();
    assertThat(LeadUnits.read(units.subList(2, 7))).isEmpty();
    List<Unit> nothing = new ArrayList<>(units);
    nothing.set(2, Unit.select(1, List.of()));
    assertThat(LeadUnits.read(nothing)).isEmpty();
  }

  @Test
  void an_output_leads_over_each_other_one_by_a_positive_factor() {
    for (List<Double> factors :
        List.of(
            List.of(1.0),
            List.of(1.0, 0.0),
            List.of(1.0, Double.NaN),
            List.of(1.0, Double.POSITIVE_INFINITY))) {
      assertThatThrownBy(() -> new LeadUnits(NETWORK, 1, factors))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int output : new int[] {-1, 3}) {
      assertThatThrownBy(() -> new LeadUnits(NETWORK, output, List.of(1.0, 1.0)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    List<Unit> one = List.of(new Unit.Input(1, Optional.empty()), Unit.scale(0, 2, 1));
    assertThatThrownBy(() -> new LeadUnits(one, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
