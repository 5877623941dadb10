package good;

import io.lipc.annotations.*;

@CertifiedNetwork("sll.lip")
interface SllText {}
