package io.lipc.compiler.emission;

import io.lipc.certificate.Claim;
import io.lipc.compiler.library.Callee;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.NetworkScope;
import io.lipc.compiler.library.Origin;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.java.EmissionContext;
import io.lipc.kernels.java.JavaEmitter;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The last phase: the Java source of a network whose certificate has been accepted. */
public final class Emission {

  private Emission() {}

  /** The class for the JVM. */
  public static String emit(Examination.Proved proved, KernelGraph kernels, NetworkScope scope) {
    CheckedNetwork checked = proved.checked();
    Callee self = proved.callee();
    EmissionContext context =
        new EmissionContext(
            Origin.certificateResource(proved.network()),
            self.subject().digest().hex(),
            self.subject().certificate().claim().global().map(Claim.Lipschitz::bound),
            further(proved),
            self.origin().weightsResource(),
            callees(checked, scope));
    return JavaEmitter.emit(checked, kernels, context).toString();
  }

  /**
   * The claims beside the bound, for the generated class: those of free weights are not proved yet,
   * and come with the weights.
   */
  private static List<EmissionContext.FurtherClaim> further(Examination.Proved proved) {
    Network network = proved.checked().network();
    return network.hasFreeWeights()
        ? network.further().stream()
            .<EmissionContext.FurtherClaim>map(
                property -> new EmissionContext.FurtherClaim.OfWeights(property.word()))
            .toList()
        : proved.claims().stream()
            .<EmissionContext.FurtherClaim>map(
                claim ->
                    new EmissionContext.FurtherClaim.Shipped(
                        claim.kind().resource(proved.network()), claim.subject().digest().hex()))
            .toList();
  }

  /** The classes for those of the backends that are not the JVM, in order. */
  public static List<GeneratedClass> emitOthers(
      Set<Backend> backends, Examination.Proved proved, KernelGraph kernels) {
    return backends.stream()
        .sorted()
        .flatMap(
            backend ->
                switch (backend) {
                  case JVM -> Stream.empty();
                  case TORNADO -> Stream.of(emitTornado(proved, kernels));
                })
        .toList();
  }

  /** Needs no scope: what is called, and what that calls, is part of what was proved. */
  private static GeneratedClass emitTornado(Examination.Proved proved, KernelGraph kernels) {
    Map<String, KernelGraph> callees = CalleeKernels.of(proved.callee().subject().callees());
    Optional<String> obstacle = TornadoEmitter.obstacle(kernels, callees);
    return obstacle.isPresent()
        ? new GeneratedClass.Omitted(Backend.TORNADO, obstacle.get())
        : new GeneratedClass.Written(
            proved.network() + "Tornado",
            TornadoEmitter.emit(proved.checked(), kernels, callees).toString());
  }

  private static Map<String, EmissionContext.Callee> callees(
      CheckedNetwork checked, NetworkScope scope) {
    Map<String, EmissionContext.Callee> callees = new TreeMap<>();
    for (Layer layer : checked.network().layers()) {
      if (layer instanceof Layer.Call call) {
        Origin origin = scope.find(call.network()).orElseThrow().origin();
        callees.put(
            call.network(),
            new EmissionContext.Callee(origin.generatedClass(), origin.loadsAlone()));
      }
    }
    return callees;
  }
}
