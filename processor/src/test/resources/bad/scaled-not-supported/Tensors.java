import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(8.0)
@ScaledLipschitz(value = 4, tensor = "x.unit")
interface NoFile {
  @Input(2)
  float[] x();

  @Scale(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(8.0)
@WeightsFile("units.safetensors")
@ScaledLipschitz(value = 4, tensor = "x.unit")
interface Missing {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(8.0)
@WeightsFile("units.safetensors")
@ScaledLipschitz(value = 4, tensor = "x.three")
interface Size {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(8.0)
@WeightsFile("units.safetensors")
@ScaledLipschitz(value = 4, tensor = "x.zero")
interface ZeroUnit {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(2.0)
interface Doubling {
  @Input(2)
  float[] x();

  @Scale(2)
  @Output
  float[] z(float[] x);
}

@CertifiedNetwork
@Lipschitz(2.0)
@ScaledLipschitz(value = 1, per = "y")
interface Caller {
  @Input(2)
  float[] x();

  @Call(Doubling.class)
  @Output
  float[] y(float[] x);
}
