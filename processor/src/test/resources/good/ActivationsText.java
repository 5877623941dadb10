package good;

import io.lipc.annotations.CertifiedNetwork;

@CertifiedNetwork("activations.lip")
interface ActivationsText {}
