import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(value = 1, from = Norm.LINF)
@Parameterized(Construction.LDLT)
interface Norms {
  @Input(4)
  float[] x();

  @Dense(4)
  @Output
  float[] y(float[] x);
}
