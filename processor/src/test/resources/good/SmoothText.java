package good;

import io.lipc.annotations.*;

@CertifiedNetwork("smooth.lip")
interface SmoothText {}
