package io.lipc.training.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.runtime.ClassLabels;
import io.lipc.training.TrainableNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of weights carries all that is known of them. */
class FrozenNetworkTest {

  private static FrozenNetwork frozen(boolean pairs) throws FreezingException {
    List<Layer> layers =
        List.of(
            new Layer.Input(Shape.vector(2), Optional.empty()),
            Layer.dense(0, 2, 3, "y.weight", Optional.of("y.bias")));
    TrainableNetwork network =
        TrainableNetwork.of(
            new CheckedNetwork(
                new Network(
                    "test.Net",
                    pairs
                        ? List.of(new Property.Lipschitz(2, Norm.L2, Norm.L2), new Property.Pairs())
                        : List.of(new Property.Lipschitz(2, Norm.L2, Norm.L2)),
                    new WeightsSource.Parameterized(Construction.LDLT, Optional.empty()),
                    ElementType.F32,
                    layers),
                List.of("x", "y"),
                ""));
    double[] start = network.construction().initial(new SplittableRandom(3));
    return network.freeze(network.construction().materialize(start));
  }

  @Test
  void aFileHasTheCertificateOfItsWeights() throws Exception {
    FrozenNetwork frozen = frozen(false);
    byte[] file = frozen.file();
    assertThat(CertifiedFile.certificate(file)).contains(frozen.subject().certificate());
    assertThat(CertifiedFile.further(file)).isEmpty();
    assertThat(Safetensors.write(Safetensors.read(file)))
        .isEqualTo(Safetensors.write(frozen.subject().weights()));
    assertThat(frozen.trained()).containsExactly(frozen);
    assertThat(frozen.files()).containsOnlyKeys("test.Net");
    assertThat(frozen.files().get("test.Net")).isEqualTo(file);
  }

  /** As whoever loads the file sees it: read back, and checked once more. */
  @Test
  void aFileHasTheBoundsOfPairs() throws Exception {
    FrozenNetwork frozen = frozen(true);
    PairBounds pairs = frozen.pairs().orElseThrow();
    byte[] file = frozen.file();
    Certificate certificate = CertifiedFile.certificate(file).orElseThrow();
    Subject read =
        new Subject(
            certificate,
            CertificateText.digest(certificate),
            Safetensors.read(file),
            frozen.subject().callees());
    PairBounds checked =
        PairBounds.claimed(
            read,
            FurtherClaims.checked(read, CertifiedFile.further(file).get(ClaimKind.PAIRS))
                .certificate());
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(checked.of(i, j)).isEqualTo(pairs.of(i, j));
      }
    }
  }

  /** And keeps all of it when something is added. */
  @Test
  void namesAndPairsStay(@TempDir Path folder) throws Exception {
    ClassLabels names = new ClassLabels(List.of("a", "b", "c"));
    FrozenNetwork frozen = frozen(true).with(names);
    Tensor other = Tensor.of("other", ElementType.F32, List.of(1), new double[] {2.5});
    FrozenNetwork more =
        new FrozenNetwork(
            frozen.subject(), frozen.claims(), frozen.labels(), Weights.of(List.of(other)));
    Path path = folder.resolve("w.safetensors");
    more.write(path);
    byte[] file = Files.readAllBytes(path);
    assertThat(file).isEqualTo(more.file());
    assertThat(CertifiedFile.certificate(file)).contains(frozen.subject().certificate());
    assertThat(CertifiedFile.further(file).values())
        .containsExactly(frozen.pairs().orElseThrow().subject().certificate());
    assertThat(Safetensors.read(file).tensors().keySet())
        .containsExactly("other", "y.bias", "y.weight");
    assertThat(Safetensors.metadata(file)).containsEntry(ClassLabels.KEY, names.text());
  }
}
