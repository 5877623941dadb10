import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface Parts {
  @Input(4)
  float[] state();

  @Input(4)
  float[] goal();

  @Dense(2)
  float[] skip(float[] state);

  @Dense(2)
  float[] out(float[] goal);

  @Add
  @Output
  float[] y(float[] skip, float[] out);
}
