import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface PlainCallee {
  @Input(4)
  float[] x();

  @Call(Plain.class)
  @Output
  float[] y(float[] x);
}

interface Plain {}
