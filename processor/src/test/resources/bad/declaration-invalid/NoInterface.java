import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
class NoInterface {
  @Input(4)
  float[] x() {
    return new float[4];
  }
}
