import io.lipc.annotations.*;

@CertifiedNetwork("policy.pt")
interface Torch {}

@CertifiedNetwork("gone.onnx")
@Lipschitz(2.0)
interface Gone {}

@CertifiedNetwork("pointer.onnx")
@Lipschitz(2.0)
interface Pointer {}

@CertifiedNetwork("twice.onnx")
@Lipschitz(2.0)
@WeightsFile("w.safetensors")
interface Twice {}
