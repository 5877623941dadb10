package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The slope bounds of the elements of an activation unit, or of the pairs (p, u) of each of its
 * {@link Groups}, as the search knows them. Elements of one unit may have different bounds where
 * inputs are restricted. An element whose two bounds are equal is linear.
 *
 * @param each by number of the element or group
 */
public record KnownSlopes(List<SlopeBounds> each) {

  private static final SlopeBounds ABSOLUTE = new SlopeBounds(-1, 1);
  private static final SlopeBounds RECTIFIED = new SlopeBounds(0, 1);

  /** The bounds for all inputs, from the model's table: the same for all elements. */
  public static KnownSlopes of(Unit.Activation unit) {
    return switch (Slopes.activation(unit)) {
      case Activation.Pointwise pointwise -> alike(pointwise.slopes(), unit.size());
      case Activation.Grouped grouped ->
          alike(
              switch (grouped.kind()) {
                case MAXMIN, GROUP_SORT -> ABSOLUTE;
                case HOUSEHOLDER -> RECTIFIED;
                case SOFTMAX, LAYER_NORM, L2_NORMALIZE -> new SlopeBounds(0, Slopes.gain(unit));
              },
              unit.size() / grouped.group(unit.size()));
    };
  }

  /** The slopes that the checker knows for the elements or groups of a unit. */
  public static KnownSlopes of(KnownGroups known) {
    return new KnownSlopes(
        known.groups().stream()
            .map(group -> new SlopeBounds(group.slopes().lower(), group.slopes().upper()))
            .toList());
  }

  private static KnownSlopes alike(SlopeBounds slopes, int count) {
    return new KnownSlopes(Collections.nCopies(count, slopes));
  }

  /** Whether bounds are one number: what has them needs no coordinate. */
  public static boolean isFixed(SlopeBounds slopes) {
    return slopes.alpha() == slopes.beta();
  }

  /** Whether differences of the unit's results are the same wherever it is. */
  public boolean isLinear() {
    return each.stream().allMatch(KnownSlopes::isFixed);
  }

  /** The bounds of those that are not linear. */
  public List<SlopeBounds> free() {
    return each.stream().filter(slopes -> !isFixed(slopes)).toList();
  }

  /** The bounds of all; empty where they are not the same. */
  public Optional<SlopeBounds> shared() {
    return Optional.of(each.getFirst())
        .filter(slopes -> Collections.frequency(each, slopes) == each.size());
  }

  /**
   * The bounds of the rows that stand for the elements.
   *
   * @param rows how many rows there are
   * @throws IllegalArgumentException if rows of several elements stand for different ones
   */
  public List<SlopeBounds> ofRows(int rows) {
    return rows == each.size()
        ? each
        : Collections.nCopies(
            rows,
            shared().orElseThrow(() -> new IllegalArgumentException("different slopes in a row")));
  }

  /** The largest factor by which an elementwise activation multiplies l2 distances. */
  public double gain() {
    return each.stream().mapToDouble(SlopeBounds::gain).max().orElseThrow();
  }
}
