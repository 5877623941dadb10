import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(20.0)
interface Short {
  @Input(value = 2, min = 0.03, max = 1)
  float[] x();

  @Scale(2)
  float[] h(float[] x);

  @L2Normalize(0.1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(20.0)
interface Around {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @L2Normalize(0.1)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork("short.lip")
interface ShortText {}
