import io.lipc.annotations.*;

@CertifiedNetwork("loose.lip")
interface LooseText {}
