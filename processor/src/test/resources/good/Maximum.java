package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(value = 1.5, from = Norm.LINF, to = Norm.LINF)
interface Maximum {
  @Input(value = 4, min = -1, max = 1)
  float[] x();

  @Call(Halved.class)
  float[] half(float[] x);

  @Tanh
  float[] h(float[] x);

  @Add
  @Output
  float[] y(float[] half, float[] h);
}

@CertifiedNetwork(
    dsl =
        """
        network Halved(x: real[4]) -> real[4] {
            certify lipschitz <= 0.5 from linf to linf;
            return x |> scale(0.5);
        }
        """)
interface Halved {}
