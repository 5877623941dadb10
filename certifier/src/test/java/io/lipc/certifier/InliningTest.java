package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.checker.Inlining;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks that are called, read unit by unit. */
final class InliningTest {

  private static final double[][] STRETCH = {{4, 0}, {0, 0.25}};
  private static final double[][] SHRINK = {{0.25, 0}, {0, 4}};

  /** The callee stretches what the caller shrinks; a bound of 4 cannot show that. */
  private static TestNetwork cancelling() {
    TestNetwork inner = TestNetwork.of(2);
    inner.dense(0, STRETCH);
    TestNetwork outer = TestNetwork.of(2);
    outer.dense(outer.call(0, inner.subject("demo.Inner")), SHRINK);
    return outer;
  }

  private static Certification.Certified certified(TestNetwork network) {
    return (Certification.Certified) network.best(Method.AUTO);
  }

  @Test
  void what_cancels_between_caller_and_callee_is_seen() {
    Certification.Certified done = certified(cancelling());
    assertThat(done.upper().value()).isBetween(1.0, 1 + 1e-8);
    assertThat(done.subject().certificate().calls()).isEqualTo(Calls.INLINED);
    assertThat(done.evidence().methods())
        .anySatisfy(
            report -> {
              assertThat(report.name()).isEqualTo("layerwise-lmi");
              assertThat(report.upper().orElseThrow().value()).isGreaterThan(15.9);
            })
        .anySatisfy(report -> assertThat(report.name()).isEqualTo("layerwise-lmi, calls inlined"));
  }

  @Test
  void the_certificate_keeps_its_meaning_as_text() throws Exception {
    Subject subject = certified(cancelling()).subject();
    Certificate read = CertificateText.read(CertificateText.write(subject.certificate()));
    assertThat(read).isEqualTo(subject.certificate());
    assertThat(read.units()).anyMatch(unit -> unit.operands().equals(List.of(0)));
    assertThat(
            CertificateChecker.check(
                new Subject(read, subject.digest(), subject.weights(), subject.callees())))
        .isEqualTo(new Verdict.Accepted());
  }

  @Test
  void other_weights_of_the_callee_are_noticed() {
    Subject subject = certified(cancelling()).subject();
    TestNetwork other = TestNetwork.of(2);
    other.dense(0, new double[][] {{5, 0}, {0, 0.25}});
    Subject swapped = other.subject("demo.Inner");
    Subject inner = subject.callees().get("demo.Inner");
    Subject forged = new Subject(inner.certificate(), inner.digest(), swapped.weights(), Map.of());
    for (Subject callee : List.of(swapped, forged)) {
      Subject changed =
          new Subject(
              subject.certificate(),
              subject.digest(),
              subject.weights(),
              Map.of("demo.Inner", callee));
      assertThat(CertificateChecker.check(changed))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected ->
                  assertThat(rejected.reason()).isEqualTo(Verdict.Reason.CALLEE_NOT_ACCEPTED));
    }
  }

  /** Both have a tensor w1.weight, and the caller's is not to be taken for the callee's. */
  @Test
  void tensors_of_one_name_stay_apart() {
    TestNetwork inner = TestNetwork.of(2);
    inner.dense(0, new double[][] {{3, 0}, {0, 3}});
    TestNetwork outer = TestNetwork.of(2);
    outer.call(outer.dense(0, new double[][] {{0, 1}, {1, 0}}), inner.subject("demo.Inner"));
    Subject flat = Inlining.of(certified(outer).subject());
    assertThat(flat.weights().tensors()).hasSize(4);
    assertThat(certified(outer).upper().value()).isBetween(3.0, 3 * (1 + 1e-8));
  }

  @Test
  void a_callee_that_gives_what_it_reads_adds_nothing() {
    TestNetwork identity = TestNetwork.of(2);
    TestNetwork outer = TestNetwork.of(2);
    outer.call(outer.dense(0, STRETCH), identity.subject("demo.Identity"));
    Subject flat = Inlining.of(certified(outer).subject());
    assertThat(flat.callees()).isEmpty();
    assertThat(flat.certificate().units()).hasSize(2);
    assertThat(certified(outer).upper().value()).isBetween(4.0, 4 * (1 + 1e-8));
  }

  @Test
  void calls_that_double_at_every_level_are_too_large_to_inline_and_still_bounded() {
    Subject subject = doubled("demo.N0", null);
    for (int level = 1; level < 20; level++) {
      subject = doubled("demo.N" + level, subject);
    }
    assertThat(CertificateChecker.check(subject)).isInstanceOf(Verdict.Accepted.class);
    assertThat(subject.certificate().calls()).isEqualTo(Calls.BOUNDED);
  }

  private static Subject doubled(String name, Subject callee) {
    TestNetwork network = TestNetwork.of(1);
    int first = callee == null ? network.relu(0) : network.call(0, callee);
    int second = callee == null ? network.scale(0, 0.5) : network.call(network.relu(0), callee);
    network.scale(network.sum(first, second), 0.5);
    return network.subject(name);
  }

  @Test
  void random_compositions_are_bounded_by_no_less_than_their_ratios() {
    IntStream.range(0, 25).parallel().forEach(InliningTest::checkRandomComposition);
  }

  private static void checkRandomComposition(int seed) {
    Random random = new Random(seed);
    TestNetwork inner = RandomNetworks.graph(random);
    Subject callee = inner.subject("demo.Inner");
    TestNetwork outer = TestNetwork.of(2);
    int inputs = inner.size(0);
    int first = outer.call(outer.dense(0, TestNetwork.random(random, inputs, 2)), callee);
    int second =
        outer.call(outer.relu(outer.dense(0, TestNetwork.random(random, inputs, 2))), callee);
    outer.sum(first, outer.scale(second, -1));
    Certification.Certified done = certified(outer);
    assertThat(done.evidence().lower().value()).isLessThanOrEqualTo(done.upper().value());
    assertThat(CertificateChecker.check(done.subject())).isInstanceOf(Verdict.Accepted.class);
    assertThat(Inlining.of(done.subject()).callees()).isEmpty();
  }

  @Test
  void weights_that_are_not_known_are_not_inlined() {
    Subject subject = certified(cancelling()).subject();
    Subject inner = subject.callees().get("demo.Inner");
    Subject bare =
        new Subject(inner.certificate(), inner.digest(), Weights.of(List.of()), Map.of());
    Subject changed =
        new Subject(
            subject.certificate(), subject.digest(), subject.weights(), Map.of("demo.Inner", bare));
    assertThat(CertificateChecker.check(changed)).isInstanceOf(Verdict.Rejected.class);
  }
}
