import io.lipc.annotations.*;

@CertifiedNetwork("nobox.lip")
interface NoBoxText {}
