import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Unknown {
  @Input(4)
  float[] state();

  @Relu
  float[] hidden(float[] stat);

  @Tanh
  @Output
  float[] y(float[] hidde);
}
