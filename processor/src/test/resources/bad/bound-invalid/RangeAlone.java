import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Range(min = -1, max = 1)
interface RangeAlone {
  @Input(value = 2, min = -1, max = 1) float[] x();
  @Tanh @Output float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(2)
interface CallsRangeAlone {
  @Input(value = 2, min = -1, max = 1) float[] x();
  @Call(RangeAlone.class) @Output float[] y(float[] x);
}

@CertifiedNetwork
@Range(min = -1, max = 1)
@Pairs
interface PairsOfRangeAlone {
  @Input(value = 2, min = -1, max = 1) float[] x();
  @Tanh @Output float[] y(float[] x);
}

@CertifiedNetwork
@Range(min = -1, max = 1)
@Parameterized(Construction.ORTHOGONAL)
@WeightsFile("trained.safetensors")
interface MadeForNoBound {
  @Input(value = 2, min = -1, max = 1) float[] x();
  @Dense(2) float[] a(float[] x);
  @Tanh @Output float[] y(float[] a);
}
