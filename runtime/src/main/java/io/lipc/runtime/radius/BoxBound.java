package io.lipc.runtime.radius;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.local.Rows.Reach;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.search.RowClaims;
import io.lipc.certificate.verdict.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Bounds of a network on boxes. The search says where a box is cut; each number is what the
 * checker's own code gives for these parts.
 */
public final class BoxBound {

  /** Bounds so near to that around the middle of the box are not made better. */
  private static final double AS_GOOD = 1 + 1e-4;

  /** The share of the time for a last look at all parts; the search looks at each three times. */
  private static final double FOR_LAST_LOOK = 0.35;

  /** The most products for a look at the whole box: about a second. */
  private static final long LOOK = 1L << 27;

  private static final BoxTree WHOLE = new BoxTree.Leaf();

  private final Subject network;
  private final Claim.Lipschitz everywhere;
  private final Unit.Box box;
  private final Budget budget;

  private BoxBound(Subject network, Unit.Box box, Budget budget) {
    this.network = network;
    this.everywhere = network.certificate().lipschitz();
    this.box = box;
    this.budget = budget;
  }

  /** The slopes on the box in these parts. */
  private record Found(BoxTree parts, Reach reach) {}

  /**
   * A bound between the norms of the bound for all inputs, and never above that one.
   *
   * @param network accepted, with all that it is about
   * @param box within the declared intervals, if the network has some
   * @param options the most cuts of the box and tries of a matrix inequality, and the time
   * @throws IllegalStateException if the network has no bound for all inputs
   */
  public static LocalBound of(Subject network, Unit.Box box, LocalOptions options) {
    return of(network, box, options, System::nanoTime);
  }

  static LocalBound of(Subject network, Unit.Box box, LocalOptions options, LongSupplier clock) {
    BoxBound asked = new BoxBound(network, box, Budget.of(options, clock));
    Optional<Found> found =
        asked.budget.inTime(() -> asked.found(options.steps())).flatMap(known -> known);
    return asked.bound(found, options.steps());
  }

  /** Empty where derivatives are not known, or take more than the checker allows. */
  private Optional<Found> found(int cuts) {
    try {
      budget.check();
      Subject onBox = CertificateChecker.read(claimed(everywhere.bound(), WHOLE));
      Found whole = look(onBox, WHOLE, budget.counting(LOOK));
      return Optional.of(cuts == 0 ? whole : cut(onBox, whole, cuts));
    } catch (Rejection | ArithmeticException unknown) {
      return Optional.empty();
    }
  }

  private static Found look(Subject onBox, BoxTree parts, LongConsumer spend) {
    return new Found(parts, Rows.reach(onBox, parts, spend));
  }

  private Found cut(Subject onBox, Found whole, int cuts) {
    int most = (int) Math.min(1L + cuts, BoxTree.MAX_LEAVES);
    Budget early = budget.before(FOR_LAST_LOOK);
    return early
        .inTime(
            () -> {
              // No bound of the box is below that of a part of it.
              Subject middle = LocalUnits.of(onBox, aroundMiddle());
              double known = Rows.bound(Region.of(middle), WHOLE, early.counting(LOOK));
              return BoxCuts.of(
                      Region.of(onBox),
                      BoxBound::ofCut,
                      BoxCuts.Work.upTo(most, known * AS_GOOD, early))
                  .tree();
            })
        .flatMap(tree -> inTime(onBox, tree))
        .filter(found -> found.reach.bound() < whole.reach.bound())
        .orElse(whole);
  }

  private Optional<Found> inTime(Subject onBox, BoxTree parts) {
    LongConsumer spend = budget.counting(BoxCuts.allowed(onBox));
    return budget.inTime(() -> look(onBox, parts, spend));
  }

  /**
   * Vertices are not looked at: the caller says how many cuts there are, and so how long it takes.
   */
  private static double ofCut(Region part, BoxTree leaf, LongConsumer spend) {
    return leaf instanceof BoxTree.Vertices
        ? Double.POSITIVE_INFINITY
        : Rows.bound(part, leaf, spend);
  }

  /** A millionth of each side. */
  private Unit.Box aroundMiddle() {
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < box.lower().size(); i++) {
      double middle = box.middle(i);
      double by = (box.upper().get(i) / 2 - box.lower().get(i) / 2) * 0x1p-20;
      lower.add(Math.max(box.lower().get(i), middle - by));
      upper.add(Math.min(box.upper().get(i), middle + by));
    }
    return new Unit.Box(lower, upper);
  }

  private Subject claimed(double bound, BoxTree parts) {
    Grounds.Calls calls =
        network.callees().isEmpty() ? Grounds.Calls.BOUNDED : Grounds.Calls.INLINED;
    Claim.Lipschitz claim = new Claim.Lipschitz(everywhere.norms(), bound, bound);
    return RowClaims.of(
        network, new Claim.Local(claim, box), parts, calls, network.certificate().kind());
  }

  /** The least of what is known: by derivatives, by a matrix inequality, or of all inputs. */
  private LocalBound bound(Optional<Found> found, int tries) {
    double byRows = found.map(known -> known.reach.bound()).orElse(Double.POSITIVE_INFINITY);
    double known = byRows < everywhere.bound() ? byRows : everywhere.bound();
    Optional<Subject> matrix =
        everywhere.ofEachOutput()
            ? Optional.empty()
            : KnownMultipliers.of(network, box).flatMap(own -> own.below(known, tries, budget));
    List<List<Double>> slopes =
        found.map(own -> least(own.reach.slopes())).orElseGet(this::unknown);
    if (matrix.isPresent()) {
      return answer(LocalBound.Method.MATRIX, slopes, matrix);
    }
    return byRows < everywhere.bound()
        ? answer(LocalBound.Method.ROWS, slopes, found.map(own -> claimed(byRows, own.parts)))
        : answer(LocalBound.Method.EVERYWHERE, slopes, Optional.empty());
  }

  private LocalBound answer(
      LocalBound.Method method, List<List<Double>> slopes, Optional<Subject> proved) {
    double value =
        proved.map(own -> own.certificate().inequality().bound()).orElse(everywhere.bound());
    return new LocalBound(value, everywhere.norms(), box, method, slopes, proved);
  }

  /**
   * Each slope, or the bound L for all inputs where that is smaller. Go from x to x' input by
   * input, within the box: a step along input i alone moves output j by no more than L_ji times its
   * length, and by no more than L times, whatever the norms.
   */
  private List<List<Double>> least(List<List<Double>> slopes) {
    double most = everywhere.bound();
    return slopes.stream()
        .map(row -> row.stream().map(slope -> slope < most ? slope : most).toList())
        .toList();
  }

  private List<List<Double>> unknown() {
    List<Double> row = box.lower().stream().map(_ -> everywhere.bound()).toList();
    return Collections.nCopies(network.certificate().outputSize(), row);
  }
}
