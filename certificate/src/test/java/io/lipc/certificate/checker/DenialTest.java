package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts of a few kilobytes that kept the checker busy for minutes or hours: a second or two. */
@Timeout(60)
final class DenialTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private void assertRejected(Reason reason, String detail) {
    Verdict verdict = CertificateChecker.check(net.subject());
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.detail()).contains(detail);
            });
  }

  /** Coupled elements, and one beside them that is far smaller: all integers become long. */
  private void oneTinyBesideMany(int size, int steps, double factor) {
    int x = net.input(size);
    int centred = net.activation(x, "center");
    int tiny = net.add(Unit.select(x, List.of(0)));
    for (int i = 0; i < steps; i++) {
      tiny = net.scale(tiny, factor);
    }
    net.concat(centred, tiny);
    net.bound = 2;
  }

  @Test
  void eliminationOfLongNumbers() {
    oneTinyBesideMany(40, 15, 0x1p-1000);
    assertRejected(Reason.TOO_LARGE, "more work");
    net.units.clear();
    oneTinyBesideMany(128, 1, 0x1p-650);
    assertRejected(Reason.TOO_LARGE, "more work");
    net.units.clear();
    oneTinyBesideMany(12, 15, 0x1p-1000);
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  /** Each proof of an element may be short; there is one budget for all of them. */
  @Test
  void manyProofsOfLongNumbers() {
    int x = net.input(16);
    int tiny = net.add(Unit.select(x, Collections.nCopies(16, 0)));
    for (int i = 0; i < 15; i++) {
      tiny = net.scale(tiny, 0x1p-1000);
    }
    net.norms = new Norms(Norm.L2, Norm.LINF);
    int all = net.sum(net.activation(x, "center"), tiny);
    net.concat(all, all, all, all);
    net.bound = 4;
    for (int element = 1; element < net.units.getLast().size(); element++) {
      net.nextElement();
    }
    assertRejected(Reason.TOO_LARGE, "more work");
  }

  /** Each callee's own proof is short enough; there is one budget for all of them. */
  @Test
  void manyCalleesOfLongNumbers() {
    List<Integer> calls = new ArrayList<>();
    int x = net.input(16);
    for (int k = 0; k < 9; k++) {
      NetworkUnderTest callee = new NetworkUnderTest();
      int one = callee.input(16);
      int tiny = callee.add(Unit.select(one, List.of(0)));
      for (int i = 0; i < 15 - k % 2; i++) {
        tiny = callee.scale(tiny, 0x1p-1000);
      }
      callee.concat(callee.activation(one, "center"), tiny);
      callee.bound = 2 + k;
      int call = net.call(x, "test.Long" + k, callee.subject());
      net.gain(call, 1);
      calls.add(call);
    }
    net.add(Unit.sum(calls, 17));
    net.bound = 100;
    assertRejected(Reason.CALLEE_NOT_ACCEPTED, "more work");
  }

  /** What is left for one depends on those before it: by name, whatever order a map has. */
  @Test
  void calleesInTheOrderOfTheirNames() {
    for (boolean first : new boolean[] {true, false}) {
      net.units.clear();
      net.callees.clear();
      int x = net.input(12);
      List<Integer> calls = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        NetworkUnderTest callee = new NetworkUnderTest();
        int one = callee.input(12);
        int tiny = callee.add(Unit.select(one, List.of(0)));
        for (int i = 0; i < 14; i++) {
          tiny = callee.scale(tiny, 0x1p-1000);
        }
        callee.concat(callee.activation(one, "center"), tiny);
        callee.bound = 2 + k;
        calls.add(net.call(x, "test.B" + k, callee.subject()));
      }
      NetworkUnderTest weights = new NetworkUnderTest();
      int wide = weights.dense(weights.input(12), new double[4000][12]);
      weights.dense(wide, new double[13][4000]);
      weights.bound = 0;
      calls.add(net.call(x, first ? "test.A" : "test.C", weights.subject()));
      calls.forEach(call -> net.gain(call, 1));
      net.add(Unit.sum(calls, 13));
      net.bound = 100;
      Verdict verdict = CertificateChecker.check(net.subject());
      assertThat(verdict.toString().contains("more work")).isEqualTo(!first);
      net.multipliers.clear();
    }
  }

  /** Rows of 1,500 coordinates, of one input: some seconds of Cholesky, which few weights allow. */
  @Test
  void largeMatricesOfFewWeights() {
    double[][] ones = new double[1500][1];
    double[][] shares = new double[1][1500];
    Arrays.fill(shares[0], 1.0 / 1500);
    for (double[] row : ones) {
      row[0] = 1;
    }
    int hidden = net.slopes(net.dense(net.input(1), ones, new double[1500]), "relu", 1.0 / 1500);
    net.dense(hidden, shares);
    net.bound = Math.sqrt(1.1);
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  /** Signals that are passed on are listed anew for each proof of an element. */
  @Test
  void manyProofsThatPassOnMuch() {
    int wide = net.input(1);
    for (int i = 0; i < 21; i++) {
      wide = net.concat(wide, wide);
    }
    net.norms = new Norms(Norm.L2, Norm.LINF);
    int outputs = 400;
    net.add(Unit.select(wide, Collections.nCopies(outputs, 0)));
    for (int element = 1; element < outputs; element++) {
      net.nextElement();
    }
    assertRejected(Reason.TOO_LARGE, "more work");
  }

  /** What each call of a network copies, once it is inlined. */
  @Test
  void longNamesAndListsInManyCalls() {
    for (boolean names : new boolean[] {true, false}) {
      NetworkUnderTest base = new NetworkUnderTest();
      int x = base.input(1);
      if (names) {
        String name = "w".repeat(100_000);
        base.tensor(name, List.of(1, 1), new double[] {0.5});
        base.add(Unit.dense(x, 1, 1, name, Optional.empty()));
        base.gain(1, 1, 1);
      } else {
        base.scale(base.add(Unit.sum(Collections.nCopies(100_000, x), 1)), 0x1p-20);
      }
      Subject callee = base.subject();
      NetworkUnderTest caller = new NetworkUnderTest();
      int y = caller.call(caller.input(1), "test.Base", callee);
      for (int i = 1; i < 6000; i++) {
        y =
            caller.add(
                new Unit.Call(y, "test.Base", caller.callees.get("test.Base").digest(), 1, 1));
      }
      caller.calls = Grounds.Calls.INLINED;
      Verdict verdict = CertificateChecker.check(caller.subject());
      assertThat(verdict)
          .isEqualTo(new Rejected(Reason.TOO_LARGE, "too many names and operands in calls"));
    }
  }

  @Test
  void wideGroupsFromLinf() {
    for (String name : List.of("softmax", "maxmin")) {
      net.units.clear();
      net.norms = new Norms(Norm.LINF, Norm.LINF);
      net.witness = new PositivityWitness.ElementwiseProduct();
      int x = net.input(1_000_000);
      net.activation(x, name, name.equals("softmax") ? new double[] {0.5} : new double[0]);
      assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
    }
    net.units.clear();
    net.activation(net.input(40_000), "center");
    net.bound = 3;
    assertRejected(Reason.TOO_LARGE, "more work");
  }

  /** Some weights beside a large matrix that has none. */
  @Test
  void wideMatricesInDoubles() {
    int x = net.input(2000);
    int centred = net.activation(x, "center");
    int first = net.add(Unit.select(x, List.of(0)));
    net.concat(centred, net.dense(first, new double[1000][1]));
    net.bound = 2;
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertRejected(Reason.TOO_LARGE, "more work");
  }

  @Test
  void tensorsOfManyCallsAreHashedOnce() {
    double[][] weight = new double[1][200_000];
    weight[0][0] = 1;
    NetworkUnderTest base = new NetworkUnderTest();
    int wide = base.dense(base.input(1), new double[200_000][1]);
    base.gain(wide, 1, 1);
    base.rows(wide, 200_000);
    int narrow = base.dense(wide, weight);
    base.gain(narrow, 1, 1);
    Subject level = base.subject();
    for (int depth = 0; depth < 12; depth++) {
      NetworkUnderTest caller = new NetworkUnderTest();
      int y = caller.call(caller.input(1), "test.Level", level);
      y =
          caller.add(
              new Unit.Call(y, "test.Level", caller.callees.get("test.Level").digest(), 1, 1));
      caller.gain(1, 1);
      caller.gain(2, 1);
      level = caller.subject();
    }
    NetworkUnderTest inlined = new NetworkUnderTest();
    inlined.call(inlined.input(1), "test.Level", level);
    inlined.calls = Grounds.Calls.INLINED;
    assertThat(CertificateChecker.check(inlined.subject())).isInstanceOf(Rejected.class);
  }
}
