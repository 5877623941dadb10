package io.lipc.compiler.emission;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Inlining;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.WeightsSource;
import java.util.List;
import java.util.Map;
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
    List<Layer> layers = certificate.units().stream().map(UnitLists::layer).toList();
    Network network =
        new Network(
            certificate.network(),
            new Property.Lipschitz(certificate.lipschitz().declared(), Norm.L2, Norm.L2),
            new WeightsSource.None(),
            certificate.type(),
            layers);
    List<String> numbers = IntStream.range(0, layers.size()).mapToObj(Integer::toString).toList();
    return new CheckedNetwork(network, numbers, "");
  }
}
