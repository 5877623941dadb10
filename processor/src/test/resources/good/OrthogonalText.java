package good;

import io.lipc.annotations.*;

@CertifiedNetwork("orthogonal.lip")
interface OrthogonalText {}
