package io.lipc.certifier.bound;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.LinearMap;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The cuts of units' outputs into rows. There are none, unless a concatenation joins signals, a sum
 * adds them or a single element is selected. Operands of a sum need the same rows, so cuts are
 * passed on in both directions until nothing changes.
 */
final class RowCuts {

  private final List<Unit> units;
  private final Set<Integer> starters;
  private final List<NavigableSet<Integer>> cuts;

  private RowCuts(List<Unit> units, Set<Integer> starters) {
    this.units = units;
    this.starters = starters;
    this.cuts =
        IntStream.range(0, units.size())
            .<NavigableSet<Integer>>mapToObj(_ -> new TreeSet<>())
            .toList();
  }

  /**
   * Cuts all units.
   *
   * <p>The loop ends: cuts are only ever added, and each lies strictly within its unit.
   *
   * @param starters the units that may be cut unlike what they read
   */
  static RowCuts of(List<Unit> units, Set<Integer> starters) {
    RowCuts rows = new RowCuts(units, starters);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < units.size(); i++) {
        changed |= rows.gather(i);
      }
      for (int i = units.size() - 1; i >= 0; i--) {
        changed |= rows.pass(i);
      }
    }
    return rows;
  }

  /** The number of rows of a unit. */
  int rows(int unit) {
    return cuts.get(unit).size() + 1;
  }

  /** The lengths of the rows of all units that start rows. */
  List<Proof.Segmentation> segmentations() {
    return starters.stream().sorted().map(this::segmentation).toList();
  }

  /** Takes over the cuts of the operands. */
  private boolean gather(int index) {
    if (starters.contains(index)) {
      return false;
    }
    if (readsElements(index)) {
      int size = units.get(index).size();
      return cuts.get(index).addAll(IntStream.range(1, size).boxed().toList());
    }
    NavigableSet<Integer> own = cuts.get(index);
    boolean changed = false;
    int offset = 0;
    for (int operand : units.get(index).operands()) {
      for (int cut : cuts.get(operand)) {
        changed |= own.add(offset + cut);
      }
      if (copies(index)) {
        offset += units.get(operand).size();
        if (offset < units.get(index).size()) {
          changed |= own.add(offset);
        }
      }
    }
    return changed;
  }

  /** Gives the own cuts to the operands. */
  private boolean pass(int index) {
    if (starters.contains(index)) {
      return false;
    }
    if (readsElements(index)) {
      boolean changed = false;
      for (int operand : units.get(index).operands()) {
        int size = units.get(operand).size();
        changed |= cuts.get(operand).addAll(IntStream.range(1, size).boxed().toList());
      }
      return changed;
    }
    boolean behind = copies(index);
    boolean changed = false;
    int offset = 0;
    for (int operand : units.get(index).operands()) {
      int end = offset + units.get(operand).size();
      for (int cut : cuts.get(index).subSet(offset, false, end, false)) {
        changed |= cuts.get(operand).add(cut - offset);
      }
      offset = behind ? end : 0;
    }
    return changed;
  }

  private boolean readsElements(int index) {
    return units.get(index) instanceof Unit.Linear(_, LinearMap map, _) && map.onRows().isEmpty();
  }

  /** Whether operands stand one behind the other in a unit: what only copies, adds none. */
  private boolean copies(int index) {
    return units.get(index) instanceof Unit.Linear(_, LinearMap map, _) && map.copies();
  }

  private Proof.Segmentation segmentation(int index) {
    List<Integer> lengths = new ArrayList<>();
    int start = 0;
    for (int cut : cuts.get(index)) {
      lengths.add(cut - start);
      start = cut;
    }
    lengths.add(units.get(index).size() - start);
    return new Proof.Segmentation(index, lengths);
  }
}
