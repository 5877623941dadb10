package it.control;

import io.lipc.annotations.Call;
import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.Scale;
import it.sensors.Gain;

/** Calls an interface of another module. */
@CertifiedNetwork
@Lipschitz(0.5)
interface Guarded {
  @Input(2)
  float[] x();

  @Call(Gain.class)
  float[] gained(float[] x);

  @Scale(0.5)
  @Output
  float[] y(float[] gained);
}
