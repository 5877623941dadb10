import io.lipc.annotations.*;

@CertifiedNetwork("edges.lip")
interface Edges {}
