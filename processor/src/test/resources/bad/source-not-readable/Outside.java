import io.lipc.annotations.*;

@CertifiedNetwork("../outside.lip")
interface Outside {}
