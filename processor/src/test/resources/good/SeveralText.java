package good;

import io.lipc.annotations.*;

@CertifiedNetwork("several.lip")
interface SeveralText {}
