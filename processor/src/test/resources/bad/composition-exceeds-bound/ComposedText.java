import io.lipc.annotations.*;

@CertifiedNetwork("composed.lip")
interface ComposedText {}
