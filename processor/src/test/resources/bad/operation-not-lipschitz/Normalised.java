import io.lipc.annotations.*;

@CertifiedNetwork("normalised.lip")
interface Normalised {}
