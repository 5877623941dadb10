import io.lipc.annotations.*;

@CertifiedNetwork("twice.lip")
interface Twice {}
