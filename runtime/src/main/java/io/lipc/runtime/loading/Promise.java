package io.lipc.runtime.loading;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A structural certificate is a promise about all weights; a loaded network has a numeric one,
 * about some. This is what makes the second an instance of the first.
 */
public final class Promise {

  private static final Digest ANY = Digest.of();

  private Promise() {}

  /**
   * The way in which {@code instance} breaks the promise, as a clause; empty if it is about the
   * promised network and bounds it at least as well. The certificates of the networks that it calls
   * may differ: they are instances of their own. That a promise is repeated keeps it for no
   * weights.
   */
  public static Optional<String> broken(Certificate promise, Certificate instance) {
    if (!instance.network().equals(promise.network())) {
      return Optional.of("it is about " + instance.network() + ", not " + promise.network());
    }
    if (instance.hasFreeWeights()) {
      return Optional.of("it is about free parameters, and says nothing about given weights");
    }
    if (instance.type() != promise.type()) {
      return Optional.of("it is about %s, not %s".formatted(instance.type(), promise.type()));
    }
    Claim.Lipschitz promised = promise.lipschitz();
    Optional<Claim.Lipschitz> found = instance.claim().global();
    if (found.isEmpty()) {
      return Optional.of("it is about " + instance.claim().kind().word() + ", not about a bound");
    }
    Claim.Lipschitz kept = found.get();
    if (!kept.norms().equals(promised.norms())) {
      return Optional.of("it is about the norms " + kept.norms());
    }
    if (!(kept.bound() <= promised.bound())) {
      return Optional.of(
          "its bound is %s, but %s was promised".formatted(kept.bound(), promised.bound()));
    }
    return calling(instance, _ -> ANY).equals(calling(promise, _ -> ANY))
        ? Optional.empty()
        : Optional.of("it is about other layers");
  }

  /**
   * The certificate as one about the given callees, with each witness that its matrix may have. A
   * callee's bound can only have become smaller, which makes the matrix larger, {@code S + lambda
   * (L^2 - l^2) z z'}; but it is another matrix, so the checker has to see it.
   */
  public static List<Certificate> instances(Certificate certificate, Map<String, Subject> callees) {
    Certificate instance = calling(certificate, callees);
    List<Certificate> instances = new ArrayList<>(List.of(instance));
    for (PositivityWitness witness :
        List.of(
            new PositivityWitness.ExactElimination(), new PositivityWitness.VerifiedCholesky())) {
      List<Proof> proofs =
          instance.proofs().stream()
              .map(p -> new Proof(p.gains(), p.segmentations(), p.multipliers(), witness))
              .toList();
      instances.add(instance.with(proofs));
    }
    return List.copyOf(instances);
  }

  /** The certificate with the digests of the given callees' certificates. */
  public static Certificate calling(Certificate certificate, Map<String, Subject> callees) {
    List<Unit> units =
        calling(certificate, call -> Objects.requireNonNull(callees.get(call.network())).digest());
    boolean given =
        callees.values().stream()
            .anyMatch(callee -> callee.certificate().kind() == Certificate.Kind.NUMERIC);
    Certificate instance = certificate.of(units);
    return given && certificate.grounds() instanceof Grounds.Composition composition
        ? instance.on(
            new Grounds.GivenWeights(List.of(), composition.calls(), composition.proofs()))
        : instance;
  }

  private static List<Unit> calling(Certificate certificate, Function<Unit.Call, Digest> digest) {
    return certificate.units().stream()
        .map(
            unit ->
                unit instanceof Unit.Call call
                    ? new Unit.Call(
                        call.operand(),
                        call.network(),
                        digest.apply(call),
                        call.inputs(),
                        call.size())
                    : unit)
        .toList();
  }
}
