import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Taken {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

final class TakenNetwork {}
