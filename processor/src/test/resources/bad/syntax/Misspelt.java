import io.lipc.annotations.*;

@CertifiedNetwork("misspelt.lip")
interface Misspelt {}
