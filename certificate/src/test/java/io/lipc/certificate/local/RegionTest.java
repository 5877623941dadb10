package io.lipc.certificate.local;

import static io.lipc.certificate.local.DerivativesTest.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Parts of a box, and what is shown of those without an input. */
final class RegionTest {

  private static final BoxTree LEAF = new BoxTree.Leaf();
  private static final Norms LINF = new Norms(Norm.LINF, Norm.LINF);

  /** {@code x + relu(x - x)}, where the difference is a unit of its own, number 2. */
  private static Subject network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    net.dense(0, new double[][] {{1}, {-1}});
    net.dense(1, new double[][] {{1, 1}});
    net.activation(2, "relu");
    net.concat(0, 3);
    net.dense(4, new double[][] {{1, 1}});
    return local(net, LINF);
  }

  private static double bound(Region region) {
    return Rows.bound(region, LEAF, _ -> {});
  }

  private static double against(Region region) {
    List<Claim.Trend> falls = List.of(new Claim.Trend(false, List.of(0), List.of(0)));
    return Rows.against(region, falls, LEAF, _ -> {});
  }

  /** Its range alone does not say that the difference is no 0.5; the bound passed backward does. */
  @Test
  void nothingIsShownWhereNoInputIs() {
    Region whole = Region.of(network());
    assertThat(bound(whole)).isBetween(1.0, 1 + 1e-12);
    assertThat(against(whole)).isBetween(1.0, 1 + 1e-12);
    Region empty = whole.above(new Element(2, 0), 0.5);
    assertThat(bound(empty)).isZero();
    assertThat(against(empty)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LocalBounds.ranges(empty, _ -> {})).isEmpty();
    // Here its range says it.
    assertThat(LocalBounds.ranges(whole.above(new Element(2, 0), 3), _ -> {})).isEmpty();
    Region half = whole.above(Element.ofInput(0), 0.5).below(new Element(1, 0), 0.25);
    assertThat(bound(half)).isZero();
  }

  /** A part without an input moves nothing, by any element. */
  @Test
  void nothingMovesWhereNoInputIs() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    net.dense(0, new double[][] {{0.25}});
    net.activation(1, "relu");
    BoxTree tree = new BoxTree.Cut(new Element(1, 0), 0.5, LEAF, LEAF);
    Rows.Reach reach = Rows.reach(local(net, LINF), tree, _ -> {});
    assertThat(reach.bound()).isBetween(0.25, 0.25 * (1 + 1e-12));
    assertThat(reach.slopes().getFirst().getFirst()).isBetween(0.25, 0.25 * (1 + 1e-12));
  }

  @Test
  void cutsOfInputsAreOnesOfTheBox() {
    Region part = Region.of(network()).above(Element.ofInput(0), -0.5).below(Element.ofInput(0), 0);
    assertThat(part.box()).isEqualTo(new Unit.Box(List.of(-0.5), List.of(0.0)));
    assertThat(part.isOfInputs()).isTrue();
    assertThat(part.above(new Element(1, 0), 0).isOfInputs()).isFalse();
    assertThat(Region.of(network()).above(new Element(1, 0), 0).box())
        .isEqualTo(new Unit.Box(List.of(-1.0), List.of(1.0)));
  }

  /** A cut outside of the box, or of what is left of it, would be a part that covers nothing. */
  @Test
  void cutsOfInputsAreWithinTheBox() {
    Region whole = Region.of(network());
    for (double at : new double[] {-2, -1, 1, 2, Double.NaN}) {
      assertThatThrownBy(() -> whole.below(Element.ofInput(0), at)).isInstanceOf(Rejection.class);
      assertThatThrownBy(() -> whole.above(Element.ofInput(0), at)).isInstanceOf(Rejection.class);
    }
    Region half = whole.below(Element.ofInput(0), 0);
    assertThatThrownBy(() -> half.below(Element.ofInput(0), 0.5)).isInstanceOf(Rejection.class);
    assertThatThrownBy(() -> whole.below(Element.ofInput(1), 0)).isInstanceOf(Rejection.class);
    assertThatThrownBy(() -> whole.checkKnown(new Element(1, 9))).isInstanceOf(Rejection.class);
    assertThatThrownBy(() -> whole.checkKnown(new Element(9, 0))).isInstanceOf(Rejection.class);
    assertThatThrownBy(() -> whole.cut().clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  /** Whoever changes a map or a list later changes nothing else. */
  @Test
  void whatIsGivenIsCopied() {
    SortedMap<Element, Range> cut = new TreeMap<>();
    Region whole = new Region(network(), cut);
    cut.put(Element.ofInput(0), new Range(5, 6));
    assertThat(whole.cut()).isEmpty();
    List<Double> slopes = new ArrayList<>(List.of(1.0));
    Rows.Reach reach = new Rows.Reach(1, List.of(slopes));
    slopes.set(0, 0.0);
    assertThat(reach.slopes()).containsExactly(List.of(1.0));
  }

  /** {@code -relu(x) + relu(x + 0.1) + relu(x + 0.2)} is steepest where one unit alone is off. */
  @Test
  void eachChoiceOfEndsIsLookedAt() {
    for (double[] signs : new double[][] {{-1, 1, 1}, {1, -1, 1}, {1, 1, -1}, {1, 1, 1}}) {
      NetworkUnderTest signed = new NetworkUnderTest();
      signed.input(-1, 1, 1);
      signed.dense(0, new double[][] {{1}, {1}, {1}}, new double[] {0, 0.1, 0.2});
      signed.activation(1, "relu");
      signed.dense(2, new double[][] {signs});
      double exact = signs[0] + signs[1] + signs[2] == 3 ? 3 : 2;
      for (Norms norms : List.of(LINF, Norms.EUCLIDEAN)) {
        assertThat(Rows.bound(local(signed, norms), new BoxTree.Vertices(), _ -> {}))
            .isBetween(exact, exact * (1 + 0x1p-25));
      }
    }
  }
}
