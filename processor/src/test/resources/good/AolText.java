package good;

import io.lipc.annotations.*;

@CertifiedNetwork("aol.lip")
interface AolText {}
