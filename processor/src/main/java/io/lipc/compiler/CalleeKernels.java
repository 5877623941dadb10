package io.lipc.compiler;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import io.lipc.kernels.Inlining;
import io.lipc.kernels.KernelGraph;
import io.lipc.kernels.Lowering;
import io.lipc.model.Activation;
import io.lipc.model.ActivationKind;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.LipschitzSpec;
import io.lipc.model.Network;
import io.lipc.model.Norm;
import io.lipc.model.Precision;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The kernels of networks that are called, for backends that inline them. They are read from their
 * certificates, which say completely what is computed: so it makes no difference whether a callee
 * is compiled in this run or comes with a jar.
 */
final class CalleeKernels {

  private CalleeKernels() {}

  /** The kernels of all direct callees, whose own calls are inlined. */
  static Map<String, KernelGraph> of(Map<String, Subject> callees) {
    Map<String, KernelGraph> kernels = new TreeMap<>();
    callees.forEach((name, subject) -> kernels.put(name, kernels(subject)));
    return kernels;
  }

  private static KernelGraph kernels(Subject subject) {
    return Inlining.inline(Lowering.lower(network(subject.certificate())), of(subject.callees()));
  }

  private static CheckedNetwork network(Certificate certificate) {
    List<Layer> layers = certificate.units().stream().map(CalleeKernels::layer).toList();
    Network network =
        new Network(
            certificate.network(),
            new LipschitzSpec(certificate.declared(), Norm.L2, Norm.L2),
            new WeightsSource.None(),
            precision(certificate.type()),
            layers);
    List<String> numbers = IntStream.range(0, layers.size()).mapToObj(Integer::toString).toList();
    return new CheckedNetwork(network, numbers, "");
  }

  private static Layer layer(Unit unit) {
    Shape shape = Shape.vector(unit.size());
    return switch (unit) {
      case Unit.Input _ -> new Layer.Input(shape, Optional.empty());
      case Unit.Dense dense ->
          new Layer.Dense(
              dense.operand(), dense.inputs(), dense.size(), dense.weight(), dense.bias());
      case Unit.Activation activation ->
          new Layer.Activate(
              activation.operand(),
              new Activation(
                  ActivationKind.named(activation.name()).orElseThrow(), activation.parameters()),
              shape);
      case Unit.Sum sum -> new Layer.Add(sum.operands(), shape);
      case Unit.Concat concat -> new Layer.Concat(concat.operands(), shape);
      case Unit.Scale scale -> new Layer.Scale(scale.operand(), scale.factor(), shape);
      case Unit.Affine affine ->
          new Layer.Affine(affine.operand(), affine.scale(), affine.shift(), shape);
      case Unit.Call call -> new Layer.Call(call.operand(), call.network(), shape);
      case Unit.Select _ ->
          throw new IllegalStateException("a network that runs selects no outputs: " + unit);
    };
  }

  private static Precision precision(ElementType type) {
    return switch (type) {
      case F32 -> Precision.F32;
      case F64 -> Precision.F64;
    };
  }
}
