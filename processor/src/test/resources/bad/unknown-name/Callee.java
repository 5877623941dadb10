import io.lipc.annotations.*;

@CertifiedNetwork("callee.lip")
interface Callee {}
