import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(2.0)
interface SomeBoxes {
  @Input(value = 4, min = -1, max = 1)
  float[] state();

  @Input(4)
  float[] goal();

  @Add
  @Output
  float[] y(float[] state, float[] goal);
}
