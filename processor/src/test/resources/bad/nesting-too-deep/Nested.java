import io.lipc.annotations.*;

@CertifiedNetwork("nested.lip")
interface Nested {}
