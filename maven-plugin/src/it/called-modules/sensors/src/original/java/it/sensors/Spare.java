package it.sensors;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.activation.Relu;

/** Only here: a later build has to remove all that was made of it. */
@CertifiedNetwork
@Lipschitz(1.0)
interface Spare {
  @Input(2)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
