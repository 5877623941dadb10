import io.lipc.annotations.*;

@CertifiedNetwork(
    dsl =
        """
        network Norms(x: real[4]) -> real[4] {
            certify lipschitz <= 1 from linf to l2;
            y = x |> relu;
            return y;
        }
        """)
interface Norms {}
