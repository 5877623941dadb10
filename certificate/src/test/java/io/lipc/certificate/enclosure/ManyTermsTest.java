package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Apart from other tests of {@link RoundingBound}, because it takes a second and a gigabyte. */
final class ManyTermsTest {

  /** With n u of 1/2 and more, gamma_n says nothing; with 1 and more it would be negative. */
  @Test
  void sumsOfTooManyFloats() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    net.sum(net.input(0, 1, 1), 0);
    Certificate small = net.subject().certificate();
    Unit input = small.units().getFirst();
    for (int count : new int[] {1 << 23, 1 << 24}) {
      Unit sum = Unit.sum(Collections.nCopies(count, 0), 1);
      Certificate many = small.of(List.of(input, sum));
      Subject subject = new Subject(many, Digest.of(), new Weights(Map.of()), Map.of());
      assertThat(RoundingBound.maxError(subject)).as("%d terms", count).isEmpty();
    }
  }
}
