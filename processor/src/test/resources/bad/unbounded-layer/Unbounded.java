import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Unbounded {
  @Input(4)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}
