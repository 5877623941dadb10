package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method ends at whatever look finds it late, without a fault and without taking what others
 * have proved; and none goes on for long without a look.
 */
final class DeadlineTest {

  private static TestNetwork chain(int depth, int width) {
    Random random = new Random(depth);
    TestNetwork network = TestNetwork.of(width);
    for (int k = 0; k < depth; k++) {
      network.dense(network.last(), TestNetwork.random(random, width, width));
      network.relu(network.last());
    }
    network.dense(network.last(), TestNetwork.random(random, 2, width));
    return network;
  }

  private static TestNetwork images(int channels, int side, boolean head) {
    Random random = new Random(side);
    TestNetwork network = TestNetwork.of(new Grid(channels, side, side));
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    network.relu(network.convolution(random, 0, channels, window, 1));
    int last = network.convolution(random, network.last(), channels, window, 1);
    if (head) {
      network.dense(network.relu(last), TestNetwork.random(random, 3, network.size(last)));
    }
    return network;
  }

  private static TestNetwork groups() {
    Random random = new Random(3);
    TestNetwork network = TestNetwork.of(8);
    network.activate(0, LinearKind.CENTER);
    network.dense(network.last(), TestNetwork.random(random, 8, 8));
    int sorted = network.activate(network.last(), GroupedKind.GROUP_SORT, 4.0);
    int soft = network.activate(sorted, GroupedKind.SOFTMAX, 1.0);
    network.sum(soft, network.activate(sorted, PointwiseKind.GELU));
    return network;
  }

  private static TestNetwork between(Norm from, Norm to) {
    TestNetwork network = chain(1, 5);
    network.between(from, to);
    return network;
  }

  private static TestNetwork calling() {
    TestNetwork network = TestNetwork.of(4);
    Subject callee = chain(1, 4).subject("demo.Callee");
    int called = network.call(0, callee);
    network.sum(called, network.call(0, callee));
    return network;
  }

  static Map<String, TestNetwork> networks() {
    Map<String, TestNetwork> all = new TreeMap<>();
    all.put("chain", chain(2, 8));
    all.put("groups", groups());
    all.put("images", images(2, 4, false));
    all.put("head", images(2, 4, true));
    all.put("l2 to linf", between(Norm.L2, Norm.LINF));
    all.put("linf to l2", between(Norm.LINF, Norm.L2));
    all.put("linf", between(Norm.LINF, Norm.LINF));
    all.put("calls", calling());
    return all;
  }

  static List<String> names() {
    return List.copyOf(networks().keySet());
  }

  /** The lower bound that a report seeks is the same after each method: it is sought after all. */
  private static Certification.OfBound certify(
      TestNetwork network, Method method, Deadline deadline) {
    boolean all = method == Method.AUTO;
    return certify(network, method, all ? Options.Effort.REPORT : Options.Effort.PROOF, deadline);
  }

  private static Certification.OfBound certify(
      TestNetwork network, Method method, Options.Effort effort, Deadline deadline) {
    return network.certify(
        new Options(
            method,
            OptionalDouble.empty(),
            List.of(),
            1,
            effort,
            Optional.of(Duration.ofSeconds(7)),
            deadline));
  }

  private static Deadline after(long looks) {
    return Deadline.in(Duration.ofNanos(looks), new AtomicLong()::incrementAndGet);
  }

  private static long looks(TestNetwork network, Method method) {
    AtomicLong looks = new AtomicLong();
    certify(network, method, Deadline.in(Duration.ofDays(1), looks::incrementAndGet));
    return looks.get();
  }

  private static void assertTrue(Certification.OfBound answer) {
    Optional<Subject> best =
        switch (answer) {
          case Certification.Certified certified -> Optional.of(certified.subject());
          case Certification.Inconclusive inconclusive -> inconclusive.best();
          case Certification.Violated violated -> violated.best();
        };
    best.ifPresent(
        subject ->
            assertThat(CertificateChecker.check(subject)).isInstanceOf(Verdict.Accepted.class));
    answer
        .evidence()
        .methods()
        .forEach(
            report ->
                assertThat(report.upper().isPresent()).isNotEqualTo(report.failure().isPresent()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyMethodEndsAtEachLook(String name) {
    TestNetwork network = networks().get(name);
    for (Method method : Method.askable()) {
      long all = looks(network, method);
      for (long k = 1; k <= all; k += 1 + k / 2) {
        assertTrue(certify(network, method, after(k)));
      }
    }
  }

  @Test
  void whatIsLateSaysSo() {
    Certification answer = certify(chain(2, 8), Method.LIPSDP_NEURON, after(5));

    assertThat(answer.evidence().methods())
        .allSatisfy(
            report ->
                assertThat(report.failure()).contains("its share of the budget of 7 s was spent"));
  }

  @Test
  void withoutAnyTimeThereIsAnAnswer() {
    networks()
        .forEach(
            (name, network) ->
                assertThat(certify(network, Method.AUTO, Deadline.in(Duration.ZERO)))
                    .as(name)
                    .isInstanceOf(Certification.Inconclusive.class));
  }

  @ParameterizedTest
  @MethodSource("names")
  void pairsEndAtEachLook(String name) {
    TestNetwork network = networks().get(name);
    Subject subject = network.subject("demo.Net");
    if (subject.certificate().outputSize() > 10) {
      return;
    }
    AtomicLong looks = new AtomicLong();
    pairs(subject, Deadline.in(Duration.ofDays(1), looks::incrementAndGet));
    for (long k = 1; k <= looks.get(); k += 1 + k / 2) {
      pairs(subject, after(k))
          .ifPresent(
              pairs ->
                  assertThat(CertificateChecker.check(pairs.subject()))
                      .isInstanceOf(Verdict.Accepted.class));
    }
  }

  private static Optional<PairBounds> pairs(Subject subject, Deadline deadline) {
    return PairSearch.certify(
        subject, Optional.of(Duration.ofSeconds(1)), deadline, SearchListener.NONE);
  }

  /** A method that needs more memory than there is takes nothing from the others. */
  @Test
  void noMemoryForOneMethodLeavesTheOthers() {
    TestNetwork network = chain(2, 8);
    for (Method without :
        List.of(Method.NORM_PRODUCT, Method.LAYERWISE_LMI, Method.LIPSDP_NEURON)) {
      Method[] running = {Method.AUTO};
      Deadline deadline =
          Deadline.in(Duration.ofDays(1))
              .or(
                  () -> {
                    if (running[0] == without) {
                      running[0] = Method.AUTO;
                      throw new OutOfMemoryError("Java heap space");
                    }
                    return false;
                  });
      Options options =
          new Options(
              Method.AUTO,
              OptionalDouble.empty(),
              List.of(),
              1,
              Options.Effort.REPORT,
              Optional.empty(),
              deadline);
      Certification.OfBound answer =
          Certifier.certify(
              network.network(),
              network.weights(),
              Map.of(),
              options,
              new SearchListener() {
                @Override
                public void begins(Method method) {
                  running[0] = method;
                }

                @Override
                public void steps(int steps, double gap) {}
              });

      assertTrue(answer);
      assertThat(answer).isInstanceOf(Certification.Certified.class);
      assertThat(answer.evidence().methods())
          .anySatisfy(
              report -> {
                assertThat(report.method()).isEqualTo(without);
                assertThat(report.failure().orElse(""))
                    .matches("too large: .*(memory|GB that Java has \\(-Xmx\\)).*");
              });
    }
  }

  /**
   * Processor time of a thread between two looks, so that other work does not count. After the
   * method of least work, the lower bound is sought too.
   */
  private static Duration longestGap(TestNetwork network, Method method) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<Long, Long> last = new ConcurrentHashMap<>();
    AtomicLong longest = new AtomicLong();
    Deadline watched =
        Deadline.in(Duration.ofSeconds(3))
            .or(
                () -> {
                  long now = threads.getCurrentThreadCpuTime();
                  Long before = last.put(Thread.currentThread().threadId(), now);
                  if (before != null) {
                    longest.accumulateAndGet(now - before, Math::max);
                  }
                  return false;
                });
    boolean first = method == Method.NORM_PRODUCT;
    Options.Effort effort = first ? Options.Effort.REPORT : Options.Effort.PROOF;
    certify(network, method, effort, watched);
    return Duration.ofNanos(longest.get());
  }

  @Test
  void noMethodGoesOnForLongWithoutALook() {
    Map<String, TestNetwork> large = new TreeMap<>();
    large.put("chain", chain(3, 400));
    large.put("images", images(16, 24, false));
    large.put("head", images(16, 24, true));
    large.forEach(
        (name, network) -> {
          for (Method method : Method.askable()) {
            if (method != Method.AUTO) {
              Duration gap = longestGap(network, method);
              System.out.println(
                  "look: " + name + " " + method.word() + " " + gap.toMillis() + " ms");
              assertThat(gap).as(name + " " + method).isLessThan(Duration.ofSeconds(1));
            }
          }
        });
  }
}
