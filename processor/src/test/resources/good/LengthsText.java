package good;

import io.lipc.annotations.*;

@CertifiedNetwork("lengths.lip")
interface LengthsText {}
