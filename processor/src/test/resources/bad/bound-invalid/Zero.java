import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(0)
interface Zero {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
