package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * No forged certificate is accepted that is false: each is held against the weights that it was
 * made for, against none and against others; what is accepted is attacked by pairs of inputs.
 */
final class ForgeriesTest {

  /** How often each outcome was met. */
  private final Map<String, Integer> outcomes = new TreeMap<>();

  private final Set<Digest> seen = new HashSet<>();

  /** The kinds of claims of which a forgery was accepted: a true one. */
  private final Set<ClaimKind> kinds = EnumSet.noneOf(ClaimKind.class);

  @Test
  void forgeries() throws Exception {
    List<CertifiedSample> samples = CertifiedSample.ofEveryKind();
    assertThat(samples).hasSizeGreaterThan(10);
    Forgeries forgeries = new Forgeries(samples.stream().map(CertifiedSample::text).toList());
    for (int i = 0; i < samples.size(); i++) {
      CertifiedSample sample = samples.get(i);
      seen.clear();
      forgeries.of(i, text -> check(sample, text));
    }
    System.out.println("forgeries: " + outcomes);
    // Some are true: looser bounds, other names, other methods.
    assertThat(outcomes.keySet()).contains("accepted", "not a certificate", "malformed");
    assertThat(kinds)
        .contains(ClaimKind.LIPSCHITZ, ClaimKind.LOCAL, ClaimKind.MONOTONE, ClaimKind.SLOPES);
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(20_000);
  }

  private void check(CertifiedSample sample, String text) {
    Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
    if (!seen.add(digest)) {
      return;
    }
    Certificate certificate;
    try {
      certificate = CertificateText.read(text);
    } catch (FormatException e) {
      Messages.check(e.getMessage());
      outcomes.merge("not a certificate", 1, Integer::sum);
      return;
    }
    Subject own = sample.subject();
    for (Weights weights : weights(certificate, own.weights())) {
      check(sample, new Subject(certificate, digest, weights, own.callees()));
    }
  }

  private void check(CertifiedSample sample, Subject subject) {
    long start = System.nanoTime();
    Verdict verdict = CertificateChecker.check(subject);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
    switch (verdict) {
      case Verdict.Rejected rejected -> outcomes.merge(rejected.reason().words(), 1, Integer::sum);
      case Verdict.Accepted _ -> {
        outcomes.merge("accepted", 1, Integer::sum);
        if (subject.certificate().claim() instanceof Claim.OfUnits claim) {
          checkBound(sample, subject, claim.inequality());
        }
        kinds.add(subject.certificate().claim().kind());
        Truth.check(subject);
      }
    }
  }

  private static void checkBound(CertifiedSample sample, Subject subject, Claim.Lipschitz proved) {
    assertThat(proved.bound()).isLessThanOrEqualTo(proved.declared());
    if (subject.weights().equals(sample.subject().weights())) {
      sample.checkClaim(subject.certificate());
    }
    if (subject.certificate().hasFreeWeights()) {
      assertThat(subject.weights().tensors()).isEmpty();
      assertThat(proved.bound()).isEqualTo(proved.declared());
    }
  }

  /** The sample's own, none, and large ones for every tensor that the units name. */
  private static List<Weights> weights(Certificate certificate, Weights own) {
    List<Tensor> large = new ArrayList<>();
    for (Unit unit : certificate.units()) {
      if (unit instanceof Unit.Linear(_, LinearMap map, _)) {
        map.tensors().stream()
            .filter(t -> t.shape().stream().allMatch(n -> n > 0))
            .filter(t -> t.shape().stream().mapToLong(n -> n).reduce(1, (a, b) -> a * b) < 1000)
            .forEach(t -> large.add(tensor(certificate.type(), t.name(), t.shape())));
      }
    }
    Map<String, Tensor> tensors = new TreeMap<>();
    large.forEach(tensor -> tensors.put(tensor.name(), tensor));
    return List.of(own, new Weights(Collections.emptyMap()), new Weights(tensors));
  }

  private static Tensor tensor(ElementType type, String name, List<Integer> shape) {
    double[] values = new double[shape.stream().reduce(1, Math::multiplyExact)];
    Arrays.fill(values, 100);
    try {
      return Tensor.of(name, type, shape, values);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
