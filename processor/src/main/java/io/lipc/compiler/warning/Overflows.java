package io.lipc.compiler.warning;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.compiler.reading.LayerPlaces;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Warnings;
import java.util.Optional;

/** Whether computing a network on its declared box may leave the range of its format. */
final class Overflows {

  private final Subject subject;

  private Overflows(Subject subject) {
    this.subject = subject;
  }

  /**
   * The warning; empty if no box is declared or weights are free, as no class has a radius then.
   */
  static Optional<Finding> of(Declaration declaration, CheckedNetwork checked, Subject subject) {
    boolean hasRadii = checked.network().input().box().isPresent() && subject.isEvaluable();
    int last = subject.certificate().units().size() - 1;
    Overflows overflows = new Overflows(subject);
    if (!hasRadii || overflows.isExcluded(last)) {
      return Optional.empty();
    }
    int layer = overflows.before(last);
    return Optional.of(
        new Finding(
            LayerPlaces.of(declaration, checked, layer),
            Warnings.overflowNotExcluded(checked.nameOf(layer), checked.network().precision())));
  }

  /**
   * A unit where an overflow is not excluded, while it is at the one before it in the list. In a
   * chain it is the first of them.
   */
  private int before(int last) {
    int excluded = 0;
    int found = last;
    while (found - excluded > 1) {
      int middle = (excluded + found) / 2;
      if (isExcluded(middle)) {
        excluded = middle;
      } else {
        found = middle;
      }
    }
    return found;
  }

  /** Whether an overflow is excluded in the network that ends with the unit. */
  private boolean isExcluded(int unit) {
    Certificate whole = subject.certificate();
    Certificate part = whole.of(whole.units().subList(0, unit + 1));
    return RoundingBound.maxError(
            new Subject(part, subject.digest(), subject.weights(), subject.callees()))
        .isPresent();
  }
}
