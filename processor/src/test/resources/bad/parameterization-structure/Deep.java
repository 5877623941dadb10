import io.lipc.annotations.*;

@CertifiedNetwork("deep.lip")
interface Deep {}
