package io.lipc.runtime.tornado;

import io.lipc.runtime.FloatNetwork;

/**
 * What a generated {@code XxxTornado} is: a certified network as one task graph per batch size. It
 * keeps no state between calls; it can be called by several threads.
 */
public non-sealed interface TornadoProgram extends DeviceProgram {

  @Override
  TornadoGraph graph(int batch);

  @Override
  default TornadoGraph graph(int batch, Schedule schedule) {
    return graph(batch);
  }

  @Override
  FloatNetwork network();
}
