import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface NoOutput {
  @Input(4)
  float[] x();

  @Relu
  float[] y(float[] x);
}
