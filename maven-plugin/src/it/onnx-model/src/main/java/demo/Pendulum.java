package demo;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Lipschitz;

@CertifiedNetwork("pendulum.onnx")
@Lipschitz(0.5)
interface Pendulum {}
