package good;

import io.lipc.annotations.*;

@CertifiedNetwork("trained.lip")
interface TrainedText {}
