package good;

import io.lipc.annotations.*;

@CertifiedNetwork("ldlt.lip")
interface LdltChainText {}
