package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was forged, and everything like it: see docs/advisories.md. */
@Timeout(60)
class ForgeriesTest {

  private static void assertRejected(Subject subject, Reason reason) {
    assertThat(CertificateChecker.check(subject))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  /** {@code W2 relu(W1 x)}, made by a construction. */
  private static NetworkUnderTest free() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.construction = true;
    net.input(2);
    net.add(Unit.dense(0, 2, 2, "h.weight", Optional.empty()));
    net.add(Unit.dense(net.activation(1, "relu"), 2, 2, "y.weight", Optional.empty()));
    return net;
  }

  /** A network that calls {@code callees} one after the other. */
  private static NetworkUnderTest calling(NetworkUnderTest... callees) {
    NetworkUnderTest caller = new NetworkUnderTest();
    int x = caller.input(2);
    for (int i = 0; i < callees.length; i++) {
      x = caller.call(x, "test.Callee" + i, callees[i].subject());
      caller.gain(x, 1);
    }
    caller.kind = Certificate.Kind.STRUCTURAL;
    return caller;
  }

  /** Advisory 1: the words that made given weights pass for free ones. */
  @Test
  void constructionsThatInlineTheirCalls() {
    String honest = CertificateText.write(free().subject().certificate());
    for (UnaryOperator<String> forgery :
        List.<UnaryOperator<String>>of(
            text -> text.replace("\"gains\"", "\"calls\": \"inlined\",\n  \"gains\""),
            text -> text.replace("\"gains\"", "\"calls\": \"bounded\",\n  \"gains\""),
            text -> text.replace("\"structural\"", "\"numeric\""),
            text ->
                text.replace(
                    "\"multipliers\": []",
                    "\"multipliers\": [\n    {\"unit\":2,"
                        + "\"constraint\":\"slope\",\"values\":[\"0x1.0p0\"]}\n  ]"),
            text -> text.replace("ldlt construction", "LDLT construction"))) {
      assertThat(forgery.apply(honest)).isNotEqualTo(honest);
      assertThatThrownBy(() -> CertificateText.read(forgery.apply(honest)))
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void constructionsBesideGivenWeights() {
    NetworkUnderTest net = free();
    for (String name : List.of("h.weight", "y.weight", "unused")) {
      NetworkUnderTest given = free();
      given.tensor(name, List.of(2, 2), new double[] {100, 0, 0, 100});
      assertRejected(given.subject(), Reason.NOT_OF_THE_CONSTRUCTION);
    }
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  /** Advisory 2: a chain of constructions, read as units, looks like one of them. */
  @Test
  void compositionsOfConstructionsReadAsUnits() {
    for (Grounds.Calls calls : Grounds.Calls.values()) {
      for (PositivityWitness witness :
          List.of(
              new PositivityWitness.ExactElimination(),
              new PositivityWitness.VerifiedCholesky(),
              new PositivityWitness.ElementwiseProduct())) {
        NetworkUnderTest caller = calling(free(), free());
        caller.bound = 0x1p-10;
        caller.calls = calls;
        caller.witness = witness;
        assertThat(CertificateChecker.check(caller.subject())).isInstanceOf(Rejected.class);
        Subject claimed = caller.subject();
        Certificate construction =
            claimed.certificate().on(new Grounds.LdltConstruction()).declaring("test.N", 0x1p-10);
        assertRejected(caller.subject(construction), Reason.NOT_OF_THE_CONSTRUCTION);
      }
    }
    NetworkUnderTest honest = calling(free(), free());
    assertThat(CertificateChecker.check(honest.subject())).isEqualTo(new Accepted());
    honest.calls = Grounds.Calls.INLINED;
    assertRejected(honest.subject(), Reason.MISSING_TENSOR);
  }

  /** Advisory 2, wider: a caller whose own weights are all given. */
  @Test
  void numericCallersOfConstructionsBesideGivenWeights() {
    NetworkUnderTest given = free();
    given.tensor("h.weight", List.of(2, 2), new double[] {100, 0, 0, 100});
    given.tensor("y.weight", List.of(2, 2), new double[] {100, 0, 0, 100});
    given.records.clear();
    for (Grounds.Calls calls : Grounds.Calls.values()) {
      NetworkUnderTest caller = calling(given);
      caller.kind = Certificate.Kind.NUMERIC;
      caller.calls = calls;
      assertRejected(caller.subject(), Reason.CALLEE_NOT_ACCEPTED);
    }
  }

  /** Advisory 3: weights are made for the declared bound. */
  @Test
  void constructionsThatClaimLessThanTheyAreMadeFor() {
    for (double bound : new double[] {Double.MIN_VALUE, 0x1p-10, 0.5, Math.nextDown(1.0)}) {
      NetworkUnderTest net = free();
      net.declared = 1;
      net.bound = bound;
      assertRejected(net.subject(), Reason.NOT_OF_THE_CONSTRUCTION);
    }
  }

  private static NetworkUnderTest chain() {
    NetworkUnderTest net = new NetworkUnderTest();
    int h = net.slopes(net.dense(net.input(2), new double[][] {{1, 0}, {0, 2}}), "relu", 4);
    net.gain(net.dense(h, new double[][] {{1, 1}}), 1, 2);
    net.bound = 8;
    return net;
  }

  @Test
  void recordsThatNothingReads() {
    assertThat(CertificateChecker.check(chain().subject())).isEqualTo(new Accepted());
    for (Consumer<NetworkUnderTest> addition :
        List.<Consumer<NetworkUnderTest>>of(
            net -> net.range(1),
            net -> net.range(1, 1),
            net -> net.slope(0, 1),
            net -> net.slope(1, 1),
            net -> net.slope(3, 1),
            net -> net.gain(0, 1),
            net -> net.gain(1, 1),
            net -> net.multiplier(2, Constraint.GAIN, 1),
            net -> net.multiplier(2, Constraint.RANGE, 1),
            net -> net.slope(4, 1),
            net -> net.slope(-1, 1),
            net -> net.gain(99, 1, 1),
            net -> net.rows(1, 1, 1),
            net -> net.rows(2, 1, 1),
            net -> net.rows(2, 2),
            net -> net.rows(4, 1),
            net -> net.rows(-1, 1),
            net -> net.gains.add(new Proof.Gain(1, 9, net.witness)),
            net -> net.gains.add(new Proof.Gain(0, 9, net.witness)))) {
      NetworkUnderTest net = chain();
      addition.accept(net);
      assertThat(CertificateChecker.check(net.subject())).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void recordsBesideAnElementwiseProduct() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.activation(net.input(2), "relu");
    net.norms = new Norms(Norm.LINF, Norm.LINF);
    net.witness = new PositivityWitness.ElementwiseProduct();
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
    net.slope(1, 1);
    assertRejected(net.subject(), Reason.MALFORMED);
    net.multipliers.clear();
    net.rows(0, 2);
    assertRejected(net.subject(), Reason.MALFORMED);
    net.segmentations.clear();
    net.gains.add(new Proof.Gain(1, 1, net.witness));
    assertRejected(net.subject(), Reason.MALFORMED);
  }

  /** The audit started rows of its own there, with a magnitude of zero for all but the first. */
  @Test
  void multipliersBesideAnElementwiseProduct() {
    for (Norm output : Norm.values()) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.norms = new Norms(Norm.LINF, output);
      net.witness = new PositivityWitness.ElementwiseProduct();
      int relu = net.activation(net.scale(net.input(2), 1000), "relu");
      net.gain(relu, 0);
      net.add(Unit.select(relu, List.of(1)));
      net.bound = 0;
      assertRejected(net.subject(), Reason.MALFORMED);
    }
  }

  @Test
  void multipliersOfActivationsThatAreLinear() {
    for (String name : List.of("identity", "center")) {
      NetworkUnderTest net = new NetworkUnderTest();
      int y = net.activation(net.input(2), name);
      net.bound = 2;
      assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
      net.slope(y, 0);
      assertRejected(net.subject(), Reason.MALFORMED);
    }
  }

  @Test
  void tensorsTwiceInAnotherOrderOrUnused() {
    for (Consumer<List<TensorRecord>> forgery :
        List.<Consumer<List<TensorRecord>>>of(
            records -> records.add(records.getLast()),
            records -> records.add(0, records.getFirst()),
            Collections::reverse)) {
      NetworkUnderTest net = chain();
      forgery.accept(net.records);
      assertRejected(net.subject(), Reason.MALFORMED);
    }
    NetworkUnderTest net = chain();
    net.tensor("z", List.of(1), new double[] {1});
    assertRejected(net.subject(), Reason.MALFORMED);
  }

  @Test
  void callsThatAreInlinedWhereNothingIsCalled() {
    NetworkUnderTest net = chain();
    net.calls = Grounds.Calls.INLINED;
    assertRejected(net.subject(), Reason.MALFORMED);
  }

  /** The certificate of 577 bytes that kept a checker busy for five minutes, and its like. */
  @Test
  @Tag("long")
  void smallTextsThatAskForLargeMatrices() {
    NetworkUnderTest unread = new NetworkUnderTest();
    unread.slopes(unread.input(131_000), "relu", 1);
    unread.scale(0, 1);
    assertRejected(unread.subject(), Reason.MALFORMED);
    for (List<String> layers :
        List.of(
            List.of("relu"),
            List.of("relu", "abs"),
            List.of("center", "center", "relu"),
            List.of("relu", "softmax"),
            List.of("maxmin", "maxmin"))) {
      assertTooLarge(131_000, layers, new PositivityWitness.ExactElimination());
      assertTooLarge(5_000, layers, new PositivityWitness.VerifiedCholesky());
    }
  }

  private static void assertTooLarge(int size, List<String> layers, PositivityWitness witness) {
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(size);
    for (String layer : layers) {
      x = net.activation(x, layer, layer.equals("softmax") ? new double[] {1} : new double[0]);
      if (!layer.equals("center")) {
        net.slope(x, 1);
      }
    }
    net.bound = 4;
    net.witness = witness;
    assertRejected(net.subject(), Reason.TOO_LARGE);
  }

  @Test
  @Tag("slow")
  void numbersOfManyBits() {
    NetworkUnderTest net = new NetworkUnderTest();
    int size = 128;
    double[][] weight = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        weight[i][j] = Math.scalb(1.0 + (i * size + j) * 0x1p-20, -((i * 37 + j * 11) % 900));
      }
    }
    int x = net.input(size);
    for (int layer = 0; layer < 2; layer++) {
      x = net.slopes(net.dense(x, weight), "abs", 1);
    }
    net.bound = 1e10;
    Verdict verdict = CertificateChecker.check(net.subject());
    assertThat(verdict).isInstanceOf(Rejected.class);
  }

  /** Short numbers that are far apart have long sums: these texts of a few kB took a gigabyte. */
  @Test
  void sumsOfShortNumbersThatTakeMuchMemory() {
    for (int steps : new int[] {15, 100}) {
      NetworkUnderTest terms = new NetworkUnderTest();
      int x = terms.input(1);
      int small = shrunk(terms, x, steps);
      terms.sum(repeated(terms, x, 20_000), repeated(terms, small, 20_000));
      assertLimited(terms);

      NetworkUnderTest entries = new NetworkUnderTest();
      double[][] ones = {Collections.nCopies(500, 1.0).stream().mapToDouble(v -> v).toArray()};
      int y = entries.dense(entries.slopes(entries.input(500), "relu", 1), ones);
      entries.concat(y, shrunk(entries, y, steps));
      assertLimited(entries);
    }
  }

  /** Inner products of numbers that are far apart: minutes for a text of 13 kB. */
  @Test
  void productsOfShortNumbersThatTakeMuchTime() {
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(60);
    int h = net.add(Unit.select(x, List.of(0)));
    for (int j = 1; j < 60; j++) {
      h = net.sum(net.scale(h, 0x1p-1000), net.add(Unit.select(x, List.of(j))));
    }
    net.slopes(repeated(net, h, 300), "relu", 1);
    assertLimited(net);
  }

  /** Each of a thousand calls, in place, has a copy of 64 weights: they allow no more work. */
  @Test
  void weightsThatAreCalledManyTimes() {
    NetworkUnderTest net = new NetworkUnderTest();
    double[][] identity = new double[8][8];
    for (int i = 0; i < 8; i++) {
      identity[i][i] = 1;
    }
    net.dense(net.input(8), identity);
    for (int level = 0; level < 3; level++) {
      NetworkUnderTest caller = new NetworkUnderTest();
      int y = caller.input(8);
      for (int k = 0; k < 10; k++) {
        y = caller.call(y, "test.Level" + level, net.subject());
      }
      caller.calls = Grounds.Calls.INLINED;
      net = caller;
    }
    NetworkUnderTest wide = new NetworkUnderTest();
    int x = wide.input(1200);
    int centred = wide.slopes(wide.activation(x, "center"), "relu", 1);
    int some = wide.add(Unit.select(x, List.of(0, 1, 2, 3, 4, 5, 6, 7)));
    wide.concat(centred, wide.call(some, "test.Top", net.subject()));
    wide.calls = Grounds.Calls.INLINED;
    wide.witness = new PositivityWitness.VerifiedCholesky();
    assertLimited(wide);
  }

  private static int shrunk(NetworkUnderTest net, int unit, int steps) {
    int small = unit;
    for (int i = 0; i < steps; i++) {
      small = net.scale(small, 0x1p-1000);
    }
    return small;
  }

  private static int repeated(NetworkUnderTest net, int unit, int times) {
    return net.add(Unit.select(unit, Collections.nCopies(times, 0)));
  }

  /** Before the matrix is there, so that its size says nothing yet. */
  private static void assertLimited(NetworkUnderTest net) {
    net.bound = 1e6;
    assertThat(CertificateChecker.check(net.subject()))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
              assertThat(rejected.detail()).containsAnyOf("more work", "bits");
            });
  }

  @Test
  void gainsBelowZeroAndConcatenationsOfOneUnit() {
    NetworkUnderTest negative = new NetworkUnderTest();
    negative.gain(negative.dense(negative.input(1), new double[][] {{1}}), 1, -1);
    assertRejected(negative.subject(), Reason.MALFORMED);
    NetworkUnderTest single = new NetworkUnderTest();
    single.concat(single.input(2));
    assertRejected(single.subject(), Reason.WRONG_SHAPE);
  }

  /** What has the gain 0 is constant, whatever its multiplier. */
  @Test
  void unitsOfGainZeroAreConstant() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.gain(net.dense(net.input(2), new double[][] {{0, 0}}), 0, 0);
    net.bound = 0;
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }
}
