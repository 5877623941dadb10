import io.lipc.annotations.*;

@CertifiedNetwork
@Pairs
interface PairsAlone {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
