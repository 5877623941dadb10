import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Pairs
interface PairsAlone {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
