package good;

import io.lipc.annotations.*;

@CertifiedNetwork("tensors.lip")
interface TensorsText {}
