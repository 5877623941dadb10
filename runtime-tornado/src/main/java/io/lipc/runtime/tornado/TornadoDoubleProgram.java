package io.lipc.runtime.tornado;

import io.lipc.runtime.DoubleNetwork;

/**
 * What a generated {@code XxxTornado} of precision F64 is: as {@link TornadoProgram}, in doubles.
 */
public non-sealed interface TornadoDoubleProgram extends DeviceProgram {

  @Override
  TornadoDoubleGraph graph(int batch);

  @Override
  default TornadoDoubleGraph graph(int batch, Schedule schedule) {
    return graph(batch);
  }

  @Override
  DoubleNetwork network();
}
