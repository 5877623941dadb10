import io.lipc.annotations.*;

@CertifiedNetwork("mixed.lip")
interface Mixed {}
