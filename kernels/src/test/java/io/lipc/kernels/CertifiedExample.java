package io.lipc.kernels;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Proof.Gain;
import io.lipc.certificate.Proof.Multiplier;
import io.lipc.certificate.Subject;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.java.EmissionContext;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Network;
import io.lipc.model.activation.PointwiseKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A network with a proof by hand. With {@code W_1 = I/2} and W_2 a permutation, {@code S = (rho -
 * l_1/4) |x|^2 + (l_1 - l_2) |w_1|^2 + (l_2 - l_3) |w_2|^2 + (l_3 - 1) |y|^2}; the multipliers 8,
 * 4, 2 and {@code rho = 9/4} make every coefficient positive. A call of it that is halved has
 * {@code S = (rho - 9/4 l) |x|^2 + (l - 1/4) |w|^2}, and {@code l = 1/2}, {@code rho = 25/16} do
 * the same.
 *
 * @param subject the certificate, the digest of its text, the weights
 * @param text the certificate's text
 */
record CertifiedExample(CheckedNetwork network, Subject subject, String text) {

  private static final PositivityWitness EXACT = new PositivityWitness.ExactElimination();

  static CertifiedExample policy(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Small", precision);
    int x = net.input("x", 2, -1, 1);
    int h = net.activate("h", net.dense("h#0", x, 2, true), PointwiseKind.RELU);
    net.dense("y", h, 2, false);
    Weights weights =
        Weights.of(
            List.of(
                tensor(precision, "h.weight", List.of(2, 2), 0.5, 0, 0, 0.5),
                tensor(precision, "h.bias", List.of(2), 0.25, 0.125),
                tensor(precision, "y.weight", List.of(2, 2), 0, 1, 1, 0)));
    Proof proof =
        new Proof(
            List.of(new Gain(1, 0.5, EXACT), new Gain(3, 1, EXACT)),
            List.of(),
            List.of(multiplier(1, 8), multiplier(2, 4), multiplier(3, 2)),
            EXACT);
    return of(net.build(2, ""), weights, Map.of(), 1.5, proof);
  }

  static CertifiedExample guarded(CertifiedExample policy) {
    NetworkBuilder net = new NetworkBuilder("demo.Halved", policy.network().network().precision());
    int x = net.input("x", 2, -1, 1);
    net.scale("y", net.call("u", x, policy.network().network()), 0.5);
    Proof proof = new Proof(List.of(), List.of(), List.of(multiplier(1, 0.5)), EXACT);
    Map<String, Subject> callees = Map.of("demo.Small", policy.subject());
    return of(net.build(2, ""), Weights.of(List.of()), callees, 1.25, proof);
  }

  /** Any network on random weights; its certificate loads, and proves nothing. */
  static CertifiedExample unproved(CheckedNetwork network) {
    Subject random = Subjects.random(network.network(), new SplittableRandom(1), Map.of());
    String text = CertificateText.write(random.certificate());
    Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
    return new CertifiedExample(
        network, new Subject(random.certificate(), digest, random.weights(), Map.of()), text);
  }

  String resource() {
    return "META-INF/lipc/" + network.network().name() + ".json";
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  EmissionContext context(Map<String, EmissionContext.Callee> callees) {
    return new EmissionContext(
        resource(),
        subject.digest().hex(),
        Optional.of(subject.certificate().lipschitz().bound()),
        List.of(),
        Optional.of("demo/small.safetensors"),
        callees);
  }

  private static CertifiedExample of(
      CheckedNetwork checked,
      Weights weights,
      Map<String, Subject> callees,
      double bound,
      Proof proof) {
    Network network = checked.network();
    Certificate unproved = Subjects.certificate(network, weights, callees);
    Certificate certificate =
        new Certificate(
            network.name(),
            unproved.type(),
            new Claim.Lipschitz(unproved.lipschitz().norms(), bound, network.lipschitz().bound()),
            "by hand",
            unproved.units(),
            new Grounds.GivenWeights(unproved.tensors(), proof));
    String text = CertificateText.write(certificate);
    Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
    return new CertifiedExample(checked, new Subject(certificate, digest, weights, callees), text);
  }

  private static Multiplier multiplier(int unit, double value) {
    return new Multiplier(unit, Constraint.GAIN, List.of(value));
  }

  static Tensor tensor(ElementType precision, String name, List<Integer> shape, double... values) {
    try {
      return Tensor.of(name, precision, shape, values);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
