package io.lipc.compiler;

import io.lipc.kernels.EmissionContext;
import io.lipc.kernels.JavaEmitter;
import io.lipc.kernels.KernelGraph;
import io.lipc.kernels.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The last phase: the Java source of a network whose certificate has been accepted. */
final class Emission {

  private Emission() {}

  static String emit(Examination.Proved proved, KernelGraph kernels, NetworkScope scope) {
    CheckedNetwork checked = proved.checked();
    Callee self = proved.callee();
    EmissionContext context =
        new EmissionContext(
            Origin.certificateResource(proved.network()),
            self.subject().digest().hex(),
            self.subject().certificate().bound(),
            self.origin().weightsResource(),
            callees(checked, scope));
    return JavaEmitter.emit(checked, kernels, context).toString();
  }

  /** Needs no scope: what is called, and what that calls, is part of what was proved. */
  static DeviceClass emitTornado(Examination.Proved proved, KernelGraph kernels) {
    Map<String, KernelGraph> callees = CalleeKernels.of(proved.callee().subject().callees());
    Optional<String> obstacle = TornadoEmitter.obstacle(kernels, callees);
    return obstacle.isPresent()
        ? new DeviceClass.Omitted(obstacle.get())
        : new DeviceClass.Written(
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
