package io.lipc.compiler;

import io.lipc.kernels.EmissionContext;
import io.lipc.kernels.JavaEmitter;
import io.lipc.kernels.KernelGraph;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import java.util.Map;
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
