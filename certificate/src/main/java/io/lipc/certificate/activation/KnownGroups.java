package io.lipc.certificate.activation;

import io.lipc.certificate.activation.SlopeTable.Slopes;
import java.util.Collections;
import java.util.List;

/**
 * The proved properties of an activation unit's elements: those of each of its groups. For an
 * elementwise activation these are the slopes of each element. Where inputs are restricted,
 * elements of one unit may have different slopes; a group of one slope is linear.
 *
 * @param size the number of elements of each group
 * @param groups in the order of {@link io.lipc.certificate.linear.ChannelGroups}
 */
public record KnownGroups(int size, List<Group> groups) {

  /**
   * Checks that all groups are of that size.
   *
   * @throws IllegalArgumentException if one is not
   */
  public KnownGroups {
    if (!groups.stream().allMatch(group -> group.size() == size)) {
      throw new IllegalArgumentException("groups of other sizes than " + size);
    }
  }

  /** A number L with {@code |y - y'| <= L |z - z'|} in l2, for the unit as a whole. */
  public double gain() {
    return groups.stream().mapToDouble(Group::gain).max().orElseThrow();
  }

  /**
   * The properties that {@code count} groups from number {@code from} on have in common: those of a
   * single group, or of several elements all slopes from the least to the largest.
   *
   * @throws IllegalArgumentException if several groups are not the same, and no elements
   */
  public Group of(int from, int count) {
    List<Group> all = groups.subList(from, from + count);
    Group first = all.getFirst();
    if (Collections.frequency(all, first) == count) {
      return first;
    }
    if (size > 1) {
      throw new IllegalArgumentException("several groups");
    }
    return Group.elementwise(
        new Slopes(
            all.stream().mapToDouble(group -> group.slopes().lower()).min().orElseThrow(),
            all.stream().mapToDouble(group -> group.slopes().upper()).max().orElseThrow()));
  }
}
