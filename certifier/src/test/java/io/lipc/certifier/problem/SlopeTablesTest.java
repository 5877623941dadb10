package io.lipc.certifier.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.SlopeTable;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.Parameter;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.model.activation.SlopeBounds;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker has a table of slopes of its own, which knows what the model's knows. */
class SlopeTablesTest {

  @Test
  void bothTablesAgree() {
    for (PointwiseKind kind : PointwiseKind.values()) {
      for (double parameter :
          new double[] {-2, 0, 0.25, 1, 3, Double.NaN, Double.POSITIVE_INFINITY}) {
        List<Double> parameters = Collections.nCopies(kind.parameterNames().size(), parameter);
        Optional<SlopeBounds> trusted =
            trusted(kind, parameters)
                .map(slopes -> new SlopeBounds(slopes.lower(), slopes.upper()));
        // Constants for which nothing is proved are unknown to the checker.
        Optional<SlopeBounds> own =
            kind.parameters().stream().allMatch(p -> p.domain().contains(parameter))
                ? Optional.of(kind.with(parameters).slopes())
                : Optional.empty();
        assertThat(trusted).as(kind.word()).isEqualTo(own);
      }
    }
  }

  @Test
  void onlyPointwiseActivationsAreInTheTable() {
    for (ActivationKind kind : ActivationKind.values()) {
      List<Double> examples = kind.parameters().stream().map(Parameter::example).toList();
      assertThat(trusted(kind, examples).isPresent())
          .as(kind.word())
          .isEqualTo(kind instanceof PointwiseKind);
    }
  }

  private static Optional<SlopeTable.Slopes> trusted(ActivationKind kind, List<Double> constants) {
    try {
      return ActivationFunction.of(kind.word(), constants)
              instanceof ActivationFunction.OfElements function
          ? Optional.of(SlopeTable.slopes(function))
          : Optional.empty();
    } catch (IllegalArgumentException noSuchFunction) {
      return Optional.empty();
    }
  }
}
