package good;

import io.lipc.annotations.*;

@CertifiedNetwork("groups.lip")
interface GroupsText {}
