package io.lipc.runtime.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.runtime.Shipped;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An instance may differ from what was promised in its weights and its callees, and no further. */
class PromiseTest {

  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest TWO = Digest.of(new byte[] {2});

  private static void assertBroken(Shipped instance, String why) {
    assertThat(Promise.broken(Shipped.promised().certificate(), instance.certificate()))
        .hasValue(why);
  }

  @Test
  void oneThatKeepsIt() {
    Certificate promise = Shipped.promised().certificate();
    Shipped instance = Shipped.halved();
    assertThat(Promise.broken(promise, instance.certificate())).isEmpty();
    instance.bound = 0.75;
    assertThat(Promise.broken(promise, instance.certificate())).isEmpty();
    instance.declared = 33;
    assertThat(Promise.broken(promise, instance.certificate())).isEmpty();
  }

  @Test
  void everyOtherDifferenceBreaksIt() {
    Shipped instance = Shipped.halved();
    instance.network = "demo.Other";
    assertBroken(instance, "it is about demo.Other, not demo.Network");
    assertBroken(
        Shipped.promised(), "it is about free parameters, and says nothing about given weights");
    instance = Shipped.halved();
    instance.type = ElementType.F32;
    assertBroken(instance, "it is about F32, not F64");
    instance = Shipped.halved();
    instance.norms = new Norms(Norm.LINF, Norm.L2);
    assertBroken(instance, "it is about the norms linf -> l2");
    instance = Shipped.halved();
    instance.bound = Math.nextUp(0.75);
    assertBroken(instance, "its bound is 0.7500000000000001, but 0.75 was promised");
    instance.bound = Double.NaN;
    assertBroken(instance, "its bound is NaN, but 0.75 was promised");
    instance = Shipped.halved();
    instance.units.add(Unit.scale(1, 1, 2));
    assertBroken(instance, "it is about other layers");
    instance = Shipped.halved();
    instance.units.removeLast();
    assertBroken(instance, "it is about other layers");
  }

  @Test
  void aRangeBoundsNothing() {
    Certificate about = Shipped.halved().certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(-1, 1),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors()));
    assertThat(Promise.broken(Shipped.promised().certificate(), range))
        .hasValue("it is about range, not about a bound");
  }

  /** Whichever certificate a callee has; but its name and its place count. */
  @Test
  void otherCalleesKeepIt() {
    Certificate promise = Shipped.calling("demo.Callee", ONE).certificate();
    Shipped instance = Shipped.calling("demo.Callee", TWO);
    assertThat(Promise.broken(promise, instance.certificate())).isEmpty();
    assertThat(Promise.broken(promise, Shipped.calling("demo.Other", ONE).certificate()))
        .hasValue("it is about other layers");
    instance.units.set(1, new Unit.Call(0, "demo.Callee", ONE, 2, 3));
    assertThat(Promise.broken(promise, instance.certificate()))
        .hasValue("it is about other layers");
  }

  @Test
  void aCertificateCallsTheNetworksThatAreThere() {
    Shipped caller = Shipped.calling("demo.Network", ONE);
    caller.composed = true;
    Shipped trained = Shipped.halved();
    Certificate calling =
        Promise.calling(caller.certificate(), Map.of("demo.Network", trained.subject()));
    assertThat(calling.units())
        .containsExactly(
            caller.units.get(0),
            new Unit.Call(0, "demo.Network", trained.textDigest(), 2, 2),
            caller.units.get(2));
    // About given weights, because the callee's are.
    assertThat(calling.kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(calling.lipschitz().bound()).isEqualTo(caller.bound);
    assertThat(calling.lipschitz().declared()).isEqualTo(caller.declared);
    assertThat(calling.network()).isEqualTo("demo.Caller");
    Shipped free = Shipped.promised();
    assertThat(Promise.calling(caller.certificate(), Map.of("demo.Network", free.subject())).kind())
        .isEqualTo(Certificate.Kind.STRUCTURAL);
    caller.composed = false;
    assertThat(Promise.calling(caller.certificate(), Map.of("demo.Network", free.subject())).kind())
        .isEqualTo(Certificate.Kind.NUMERIC);
  }

  @Test
  void instancesHaveEachWitnessThatNeedsNoNumbers() {
    Shipped caller = Shipped.calling("demo.Network", ONE);
    Shipped trained = Shipped.halved();
    List<Certificate> instances =
        Promise.instances(caller.certificate(), Map.of("demo.Network", trained.subject()));
    assertThat(instances.getFirst())
        .isEqualTo(
            Promise.calling(caller.certificate(), Map.of("demo.Network", trained.subject())));
    assertThat(instances.subList(1, 3).stream().map(c -> c.proof().witness()))
        .containsExactly(
            new PositivityWitness.ExactElimination(), new PositivityWitness.VerifiedCholesky());
    assertThat(instances)
        .hasSize(3)
        .allSatisfy(
            instance -> {
              assertThat(instance.units()).isEqualTo(instances.getFirst().units());
              assertThat(instance.proof().multipliers()).isEqualTo(caller.multipliers);
            });
  }
}
