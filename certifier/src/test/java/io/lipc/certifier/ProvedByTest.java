package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.model.Property;
import io.lipc.model.Property.Scale;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which claim is enough for a property in a scale: one in that scale, and no other. */
final class ProvedByTest {

  private static final List<Double> LENGTHS = List.of(0.5, 2.0);

  private static final List<Scale> SCALES =
      List.of(
          new Scale.OfLayer("z"),
          new Scale.Units(LENGTHS),
          new Scale.Units(List.of(2.0, 0.5)),
          new Scale.OfTensor("x.unit"),
          new Scale.OfTensor("x.other"));

  private static final List<InputScale> FOUND =
      List.of(
          new InputScale.FirstLayer(),
          new InputScale.Units(LENGTHS),
          new InputScale.Units(List.of(2.0, 0.5)),
          new InputScale.Units(LENGTHS, Optional.of("x.unit")),
          new InputScale.Units(LENGTHS, Optional.of("x.other")));

  private static Property.Scaled scaled(Scale scale, Norm from) {
    return new Property.Scaled(new Property.Lipschitz(2, from, Norm.L2), scale);
  }

  private static Claim.Scaled claim(InputScale scale, Norm from, double bound) {
    return new Claim.Scaled(new Claim.Lipschitz(new Norms(from, Norm.L2), bound), scale);
  }

  @Test
  void aScaledBoundIsProvedInItsOwnScaleAlone() {
    for (int i = 0; i < SCALES.size(); i++) {
      Property.Scaled asked = scaled(SCALES.get(i), Norm.L2);
      for (int j = 0; j < FOUND.size(); j++) {
        assertThat(FurtherSearch.isProvedBy(asked, claim(FOUND.get(j), Norm.L2, 2)))
            .as("%s by %s", asked, FOUND.get(j))
            .isEqualTo(i == j);
      }
      assertThat(FurtherSearch.isProvedBy(asked, claim(FOUND.get(i), Norm.L2, 2.1))).isFalse();
      assertThat(FurtherSearch.isProvedBy(asked, claim(FOUND.get(i), Norm.LINF, 2))).isFalse();
      assertThat(FurtherSearch.isProvedBy(asked, new Claim.Lipschitz(Norms.EUCLIDEAN, 1)))
          .isFalse();
      assertThat(
              FurtherSearch.isProvedBy(
                  new Property.Lipschitz(2, Norm.L2, Norm.L2), claim(FOUND.get(i), Norm.L2, 1)))
          .isFalse();
    }
  }

  @Test
  void pairsAreProvedInTheScaleOfTheScaledBound() {
    Claim.Pairs plain = new Claim.Pairs(Norm.L2);
    assertThat(FurtherSearch.isProvedBy(new Property.Pairs(), plain)).isTrue();
    for (int i = 0; i < SCALES.size(); i++) {
      Property.Pairs asked = new Property.Pairs(Optional.of(scaled(SCALES.get(i), Norm.L2)));
      assertThat(FurtherSearch.isProvedBy(asked, plain)).isFalse();
      for (int j = 0; j < FOUND.size(); j++) {
        Optional<InputScale> found = Optional.of(FOUND.get(j));
        assertThat(FurtherSearch.isProvedBy(asked, new Claim.Pairs(Norm.L2, found)))
            .isEqualTo(i == j);
        assertThat(FurtherSearch.isProvedBy(asked, new Claim.Pairs(Norm.LINF, found))).isFalse();
        assertThat(FurtherSearch.isProvedBy(new Property.Pairs(), new Claim.Pairs(Norm.L2, found)))
            .isFalse();
      }
    }
  }
}
