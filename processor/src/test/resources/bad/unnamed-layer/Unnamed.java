import io.lipc.annotations.*;

@CertifiedNetwork("unnamed.lip")
interface Unnamed {}
