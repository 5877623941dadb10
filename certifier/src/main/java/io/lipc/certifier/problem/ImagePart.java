package io.lipc.certifier.problem;

import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.linear.Windowed;
import io.lipc.certificate.search.TorusMatrices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first units of a network of images, which a torus may follow.
 *
 * @param end how many there are: all, or those before the head
 * @param cropped those whose signals are not zero outside of their grids, but read by a window
 */
public record ImagePart(int end, Set<Integer> cropped) {

  /** The checker's limit. */
  private static final int MAX_CELLS = 256;

  public ImagePart {
    cropped = Set.copyOf(cropped);
  }

  /**
   * The parts by their ends, the longest first: before the first unit that has no meaning on a
   * torus, or before a mean that only such units read, which then is the head.
   */
  public static List<ImagePart> of(List<Unit> units) {
    boolean image =
        units.getFirst() instanceof Unit.Input input
            && input.extents().size() == 3
            && units.stream().anyMatch(unit -> unit instanceof Unit.Linear(_, Convolution _, _));
    int end = 0;
    while (image && end < units.size() && isOnTorus(units.get(end))) {
      end++;
    }
    List<ImagePart> parts = new ArrayList<>();
    while (end > 1) {
      boolean head = end == units.size() || units.get(end) instanceof Unit.Linear;
      if (head) {
        parts.add(new ImagePart(end, cropped(units.subList(0, end))));
      }
      end--;
      if (!(units.get(end) instanceof Unit.Linear(_, AveragePool _, _))) {
        break;
      }
    }
    return parts;
  }

  /** The linear unit that reads the images; empty where all units are on the torus. */
  public Optional<Integer> head(List<Unit> units) {
    return end == units.size() ? Optional.empty() : Optional.of(end);
  }

  private static boolean isOnTorus(Unit unit) {
    return switch (unit) {
      case Unit.Input _, Unit.Activation _, Unit.MaxPool _ -> true;
      case Unit.Call _ -> false;
      case Unit.Linear linear ->
          switch (linear.map()) {
            case Convolution _, AveragePool _, BatchNorm _, Scaling _ -> true;
            case Identity _, Sum _, Concatenation _ -> true;
            default -> false;
          };
    };
  }

  private static Set<Integer> cropped(List<Unit> units) {
    Set<Integer> cropped = new HashSet<>();
    boolean[] clean = new boolean[units.size()];
    for (int i = 0; i < clean.length; i++) {
      boolean reads = window(units.get(i)).isPresent();
      for (int operand : units.get(i).operands()) {
        if (reads && !clean[operand]) {
          cropped.add(operand);
          clean[operand] = true;
        }
      }
      clean[i] = isClean(units.get(i), clean);
    }
    return cropped;
  }

  private static Optional<Window> window(Unit unit) {
    return switch (unit) {
      case Unit.Linear(_, Windowed map, _) -> Optional.of(map.window());
      default -> Optional.empty();
    };
  }

  private static boolean isClean(Unit unit, boolean[] clean) {
    return switch (unit) {
      case Unit.Input _, Unit.Activation _, Unit.MaxPool _ -> true;
      case Unit.Linear(_, Convolution _, _) -> false;
      case Unit.Linear(_, AveragePool map, _) -> covers(map);
      case Unit.Linear _, Unit.Call _ -> unit.operands().stream().allMatch(i -> clean[i]);
    };
  }

  private static boolean covers(AveragePool map) {
    int down = map.window().vertical().stride();
    int right = map.window().horizontal().stride();
    return map.window().vertical().span() <= down
        && map.window().horizontal().span() <= right
        && down * map.output().height() >= map.input().height()
        && right * map.output().width() >= map.input().width();
  }

  /**
   * The network on a torus.
   *
   * @return empty where it does not fit there, or is too large for the checker
   */
  public Optional<TorusMatrices> on(Torus torus, Problem problem) {
    return TorusMatrices.of(
        problem.units(),
        head(problem.units()),
        problem.weights(),
        torus,
        cropped,
        problem.deadline()::check);
  }

  /** The least torus without twists on which the network fits; empty if there is none. */
  public Optional<Torus> least(Problem problem) {
    int down = least(problem, true);
    int right = least(problem, false);
    return down <= MAX_CELLS && right <= MAX_CELLS
        ? Optional.of(new Torus(List.of(down, right), List.of(0.0, 0.0)))
        : Optional.empty();
  }

  private int least(Problem problem, boolean vertical) {
    int cells = 1;
    Torus largest = new Torus(List.of(MAX_CELLS, MAX_CELLS), List.of(0.0, 0.0));
    if (on(largest, problem).isEmpty()) {
      return MAX_CELLS + 1;
    }
    while (cells <= MAX_CELLS) {
      List<Integer> both = vertical ? List.of(cells, MAX_CELLS) : List.of(MAX_CELLS, cells);
      if (on(new Torus(both, List.of(0.0, 0.0)), problem).isPresent()) {
        return cells;
      }
      cells++;
    }
    return cells;
  }
}
