import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface FreeName {
  @Input(4)
  float[] state();

  @Relu
  @Output
  float[] y(float[] input);
}
