package good;

import io.lipc.annotations.*;

@CertifiedNetwork("residual.lip")
interface ResidualText {}
