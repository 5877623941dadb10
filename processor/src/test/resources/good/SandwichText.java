package good;

import io.lipc.annotations.*;

@CertifiedNetwork("sandwich.lip")
interface SandwichText {}
