import io.lipc.annotations.*;

@CertifiedNetwork("gate.lip")
interface Door {}
