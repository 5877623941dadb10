package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.LayerReport;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.NetworkName;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.UpperBound;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.tools.page.Answer;
import io.lipc.tools.page.ClassPairs;
import io.lipc.tools.page.NetworkReport;
import io.lipc.tools.page.OutputBound;
import io.lipc.tools.page.PrefixBound;
import io.lipc.tools.page.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A report whose every number is given: pages are functions of reports, so it takes no search to
 * test them, and its page stays the same while searches get better.
 */
public final class Example {

  public static final String HOSTILE =
      "<script>alert('1')</script>\"&\u202e\u0007\uD800\u00a0\u2007\u3164\u2800a\u0301";

  private static final Norms TO_LINF = new Norms(Norm.L2, Norm.LINF);

  private static final Shape TWO = Shape.vector(2);

  private Example() {}

  /** {@code y = x + dense(relu(dense(x)))}. */
  static CheckedNetwork network(String name, List<String> layers) {
    Network network =
        new Network(
            name,
            new Property.Lipschitz(2.5, Norm.L2, Norm.L2),
            new WeightsSource.Given("w.safetensors"),
            ElementType.F32,
            List.of(
                new Layer.Input(TWO, Optional.empty()),
                Layer.dense(0, 2, 2, "h.weight", Optional.empty()),
                new Layer.Activate(1, PointwiseKind.LEAKY_RELU.with(List.of(0.125)), TWO),
                Layer.dense(2, 2, 2, "g.weight", Optional.empty()),
                Layer.sum(List.of(0, 3), TWO)));
    return new CheckedNetwork(network, layers, "Two of two.");
  }

  public static NetworkReport report(String name) throws FormatException {
    return report(name, List.of("x", "h#0", "h", "g", "y"));
  }

  public static NetworkReport report(String name, List<String> layers) throws FormatException {
    return new NetworkReport(
        name,
        Norms.EUCLIDEAN,
        OptionalDouble.of(2.5),
        Answer.PROVED,
        Optional.empty(),
        Optional.of(network(name, layers)),
        Optional.of(subject(certified(name))),
        Optional.of(evidence()),
        List.of(
            prefix(2, 1.25, 1.25, 1.125),
            prefix(3, 1.875, 1.5, 1.25),
            prefix(4, 2.875, 2.25, 1.75)),
        List.of(output("cat", 2.125, 1.5), output("1", 1.75, 1.75)),
        List.of(pairs(subject(certified(name))).subject()),
        Optional.of(
            new ClassPairs(pairs(subject(certified(name))), List.of(layers.getFirst(), "other"))),
        Optional.of(
            new Samples(
                "data.csv",
                "l2 distance in the table's units",
                List.of(1.5, 0.5, -0.25),
                List.of(0.5, 0.125),
                Optional.empty(),
                1e-6,
                true,
                1)),
        List.of(),
        List.of("lipc verify N.certificate.json n.lip"));
  }

  /** No certificate has a name that is none. */
  private static String certified(String name) {
    return NetworkName.isValid(name) ? name : "demo.N";
  }

  private static PrefixBound prefix(int layer, double product, double certified, double lower) {
    return new PrefixBound(
        layer,
        Optional.of(new UpperBound(product)),
        Optional.of(new UpperBound(certified)),
        new LowerBound(lower));
  }

  private static OutputBound output(String name, double certified, double lower) {
    return new OutputBound(name, new UpperBound(certified), new LowerBound(lower));
  }

  private static Subject subject(String name) throws FormatException {
    Tensor h = Tensor.of("h.weight", ElementType.F32, List.of(2, 2), new double[] {1, 0, 0, 1.25});
    Tensor g = Tensor.of("g.weight", ElementType.F32, List.of(2, 2), new double[] {1.5, 0, 0, 1});
    Certificate certificate =
        new Certificate(
            name,
            ElementType.F32,
            new Claim.Lipschitz(Norms.EUCLIDEAN, 2.25, 2.5),
            "layerwise-lmi",
            List.of(
                new Unit.Input(2, Optional.empty()),
                Unit.dense(0, 2, 2, "h.weight", Optional.empty()),
                Unit.activation(1, "leaky_relu", List.of(0.125), 2),
                Unit.dense(2, 2, 2, "g.weight", Optional.empty()),
                Unit.sum(List.of(0, 3), 2)),
            new Grounds.GivenWeights(
                List.of(
                    new TensorRecord("g.weight", List.of(2, 2), g.digest()),
                    new TensorRecord("h.weight", List.of(2, 2), h.digest())),
                new Proof(
                    List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination())));
    return new Subject(
        certificate, CertificateText.digest(certificate), Weights.of(List.of(h, g)), Map.of());
  }

  private static PairBounds pairs(Subject network) {
    Certificate about = network.certificate();
    Certificate pairs =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Pairs(Norm.L2),
            "pairs",
            PairUnits.of(about.units(), List.of(0.375)),
            new Grounds.GivenWeights(
                about.tensors(),
                new Proof(
                    List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination())));
    return PairBounds.claimed(network, pairs);
  }

  private static Evidence evidence() {
    return new Evidence(
        List.of(
            proved(Method.NORM_PRODUCT, 2.875),
            proved(Method.LAYERWISE_LMI, 2.25),
            new MethodReport(
                Method.LIPSDP_NEURON,
                Calls.BOUNDED,
                Optional.empty(),
                3,
                OptionalDouble.empty(),
                Optional.of("the budget was spent"))),
        new LowerBound(1.75),
        Optional.empty(),
        List.of(
            layer("h.weight", 1.25, OptionalDouble.of(0.75)),
            layer("g.weight", 1.5, OptionalDouble.of(1.0625))),
        Optional.empty());
  }

  private static MethodReport proved(Method method, double bound) {
    return new MethodReport(
        method,
        Calls.BOUNDED,
        Optional.of(new UpperBound(bound)),
        1.5,
        OptionalDouble.empty(),
        Optional.empty());
  }

  private static LayerReport layer(String weight, double norm, OptionalDouble pivot) {
    return new LayerReport(
        weight, 2, 2, Optional.of(new UpperBound(norm)), Optional.empty(), pivot);
  }
}
