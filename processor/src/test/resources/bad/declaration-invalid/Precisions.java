import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Precision(FloatFormat.F64)
interface Precise {
  @Input(4)
  double[] x();

  @Relu
  @Output
  double[] y(double[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
interface Imprecise {
  @Input(4)
  float[] x();

  @Call(Precise.class)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
interface AllDouble {
  @Input(4)
  double[] x();

  @Relu
  @Output
  double[] y(double[] x);
}
