package bad;

import io.lipc.annotations.CertifiedNetwork;

@CertifiedNetwork(
    dsl =
        """
        import demo.control.Policy;

        network Unused(x: real[2]) -> real[2] {
            certify lipschitz <= 1;
            return x |> relu;
        }
        """)
interface Unused {}
