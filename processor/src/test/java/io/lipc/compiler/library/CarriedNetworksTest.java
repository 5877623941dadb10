package io.lipc.compiler.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
import io.lipc.compiler.reading.DeclaredIn;
import io.lipc.formats.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Resources of a jar are read before anybody has checked them. */
final class CarriedNetworksTest {

  private static Library.Result find(List<Unit> units) {
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    String certificate =
        CertificateText.write(
            new Certificate(
                "a.N",
                ElementType.F64,
                new Claim.Lipschitz(Norms.EUCLIDEAN, 1),
                "by hand",
                units,
                new Grounds.Composition(Grounds.Calls.BOUNDED, List.of(proof))));
    String origin =
        new Origin(
                "a.NNetwork",
                "a.N",
                Optional.empty(),
                true,
                "0.1.0",
                List.of(),
                false,
                DeclaredIn.UNKNOWN)
            .toText();
    return new CarriedNetworks(
            (network, path) ->
                Optional.of(
                    (path.equals(Origin.resource(network)) ? origin : certificate)
                        .getBytes(StandardCharsets.UTF_8)))
        .find("a.N");
  }

  private static Unit input(int size) {
    return new Unit.Input(size, Optional.empty());
  }

  @Test
  void certificates_without_vectors_are_unreadable() {
    for (List<Unit> units :
        List.of(
            List.<Unit>of(),
            List.<Unit>of(Unit.scale(0, 1, 2)),
            List.of(input(0)),
            List.of(input(-5)),
            List.of(input(Integer.MAX_VALUE)),
            List.of(input(2), Unit.select(0, List.of())))) {
      assertThat(find(units)).as(units.toString()).isInstanceOf(Library.Result.Unreadable.class);
    }
    assertThat(find(List.of(input(2)))).isInstanceOf(Library.Result.Found.class);
  }
}
