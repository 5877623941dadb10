import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@Lipschitz(1.0)
interface NotCertified {
  @Input(4)
  float[] x();
}

@Pairs
interface PairsNotCertified {
  @Input(4)
  float[] x();
}

@Pairs
@Lipschitz(1.0)
interface NeitherCertified {
  @Input(4)
  float[] x();
}

interface Base {
  @Input(4)
  float[] x();
}

@CertifiedNetwork
@Lipschitz(1.0)
interface Inherits extends Base {
  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
interface CallsNoNetwork {
  @Input(4)
  float[] x();

  @Call(int.class)
  float[] h(float[] x);

  @Relu
  @Tensor("fc1")
  @Output
  float[] y(float[] h);
}
