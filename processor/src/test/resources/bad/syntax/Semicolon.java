import io.lipc.annotations.*;

@CertifiedNetwork("semicolon.lip")
interface Semicolon {}
