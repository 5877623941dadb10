package io.lipc.certificate.local;

import static io.lipc.certificate.local.DerivativesTest.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bounds by derivatives are hardly more than they have to be. */
final class RowsTest {

  /**
   * From linf a row counts as a whole: the chords of magnitudes are added before they are passed.
   */
  @Test
  void rowsAreBoundedAsAWhole() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 2);
    net.activation(net.dense(0, new double[][] {{1, 1}}, new double[] {0.25}), "relu");
    net.dense(2, new double[][] {{3}, {-4}});
    for (Norm input : Norm.values()) {
      for (Norm output : Norm.values()) {
        double exact = (input == Norm.LINF ? 2 : Math.sqrt(2)) * (output == Norm.LINF ? 4 : 5);
        double bound =
            Rows.bound(local(net, new Norms(input, output)), new BoxTree.Leaf(), _ -> {});
        assertThat(bound).isBetween(exact, exact * (1 + 1e-12));
      }
    }
    // One of the two elements moves the output: their ranges alone would add up to 2.
    NetworkUnderTest either = new NetworkUnderTest();
    either.input(-1, 1, 2);
    int z = either.dense(0, new double[][] {{1, 0}, {0, 1}});
    int max =
        either.add(
            new Unit.Activation(
                z, RandomActivations.ofGroups(GroupKind.MAXMIN, 2, new Random(1)), 2, 1));
    either.add(Unit.select(max, List.of(0)));
    double bound =
        Rows.bound(local(either, new Norms(Norm.LINF, Norm.LINF)), new BoxTree.Leaf(), _ -> {});
    assertThat(bound).isBetween(1.0, 1 + 1e-12);
  }

  /** A bound may be less than 1; and a constant has the bound 0. */
  @Test
  void smallBoundsAreSmall() {
    for (double factor : new double[] {0.5, 0}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(-1, 1, 1);
      net.dense(0, new double[][] {{factor}, {-factor / 2}});
      for (Norm input : Norm.values()) {
        for (Norm output : Norm.values()) {
          double exact = output == Norm.LINF ? factor : factor * Math.sqrt(1.25);
          assertThat(Rows.bound(local(net, new Norms(input, output)), new BoxTree.Leaf(), _ -> {}))
              .isBetween(exact, exact * (1 + 1e-12));
        }
      }
    }
  }

  /** A number for each output and input: where parts differ, the larger one counts. */
  @Test
  void eachSlopeIsTheLargestOfAllParts() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 2);
    net.activation(net.dense(0, new double[][] {{1, 0}, {-1, 0}, {0, 1}}), "relu");
    net.dense(2, new double[][] {{3, 2, 0}, {0, 0.5, -4}});
    Subject on = local(net, new Norms(Norm.LINF, Norm.LINF));
    // 3 s - 2 t and -t / 2, with s and t in [0, 1]; -4 u.
    List<List<Double>> whole = Rows.reach(on, new BoxTree.Leaf(), _ -> {}).slopes();
    assertThat(whole).isEqualTo(List.of(List.of(3.0, 0.0), List.of(0.5, 4.0)));
    BoxTree leaf = new BoxTree.Leaf();
    for (double at : new double[] {-0.25, 0.25}) {
      Rows.Reach cut = Rows.reach(on, cut(at), _ -> {});
      assertThat(cut.slopes()).isEqualTo(whole);
      assertThat(cut.bound()).isEqualTo(Rows.bound(on, cut(at), _ -> {}));
    }
    // Only one of s and t is not 0 in each part.
    NetworkUnderTest both = new NetworkUnderTest();
    both.input(-1, 1, 1);
    both.activation(both.dense(0, new double[][] {{1}, {-1}}), "relu");
    both.dense(2, new double[][] {{3, -2}, {-1, 2}});
    Subject line = local(both, Norms.EUCLIDEAN);
    assertThat(Rows.reach(line, leaf, _ -> {}).slopes())
        .isEqualTo(List.of(List.of(5.0), List.of(3.0)));
    assertThat(Rows.reach(line, cut(0), _ -> {}).slopes())
        .isEqualTo(List.of(List.of(3.0), List.of(2.0)));
  }

  private static BoxTree cut(double at) {
    return new BoxTree.Cut(BoxTree.Element.ofInput(0), at, new BoxTree.Leaf(), new BoxTree.Leaf());
  }
}
