package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.SlopeTable;
import io.lipc.model.ActivationKind;
import io.lipc.model.SlopeBounds;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker has a table of slopes of its own, which knows what the model's knows. */
class SlopeTablesTest {

  @Test
  void bothTablesAgree() {
    for (ActivationKind kind : ActivationKind.values()) {
      for (double parameter :
          new double[] {-2, 0, 0.25, 1, 3, Double.NaN, Double.POSITIVE_INFINITY}) {
        List<Double> parameters = Collections.nCopies(kind.parameterNames().size(), parameter);
        Optional<SlopeBounds> trusted =
            SlopeTable.slopes(kind.word(), parameters)
                .map(slopes -> new SlopeBounds(slopes.lower(), slopes.upper()));
        // Constants for which nothing is proved are unknown to the checker.
        Optional<SlopeBounds> own =
            kind.parameters().stream().allMatch(p -> p.domain().contains(parameter))
                ? kind.slopeBounds(parameters)
                : Optional.empty();
        // What has no kink is a linear map to the checker, and not in its table.
        boolean linear = Unit.activation(0, kind.word(), parameters, 2) instanceof Unit.Linear;
        assertThat(trusted).as(kind.word()).isEqualTo(linear ? Optional.empty() : own);
      }
    }
  }
}
