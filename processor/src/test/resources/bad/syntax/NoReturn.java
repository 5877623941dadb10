import io.lipc.annotations.*;

@CertifiedNetwork("no-return.lip")
interface NoReturn {}
