import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(4.0)
interface Rest {
  @Input({1, 7, 5})
  float[] x();

  @MaxPool(2)
  float[] halved(float[] x);

  @AvgPool(
      value = {2, 1},
      stride = {2, 1})
  @Output
  float[] y(float[] halved);
}
