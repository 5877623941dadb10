package good;

import io.lipc.annotations.*;

@CertifiedNetwork("images.lip")
interface ImagesText {}
