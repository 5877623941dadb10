package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bounds by derivatives on the parts of all reference boxes, in both norms: not below the constant,
 * nor below what 10^5 random pairs reach; and where the constant is reached today, near it.
 */
final class LocalReferencesTest {

  private static final double NEAR = 1e-3;

  /** To which the file knows constants. */
  private static final double KNOWN = 1e-6;

  /** Enough for the boxes below; the others are not cut. */
  private static final int MOST_PARTS = 400;

  private static final Map<Norm, Set<String>> REACHED =
      Map.of(
          Norm.LINF,
          Set.of(
              "rand_2_10_1 r0.1",
              "rand_2_10_1 r0.3",
              "rand_2_10_1 r1",
              "own[2, 16, 16, 2] s1 r0.1",
              "own[2, 16, 16, 2] s1 r0.5",
              "own[2, 10, 10, 10, 3] s2 r0.1",
              "own[2, 10, 10, 10, 3] s2 r0.5",
              "own leaky s3 r.5",
              "iris r0.25"),
          Norm.L2,
          Set.of("rand_2_10_1 r1"));

  @ParameterizedTest
  @MethodSource("io.lipc.certifier.LocalReference#ids")
  void noPairBeatsABoundAndNoBoundTheConstant(String id) throws Exception {
    Assumptions.assumeFalse(id.isEmpty(), "no data/local below the property lipc.shared");
    LocalReference reference = LocalReference.of(id);
    Subject network = reference.network();
    RandomPairs pairs = new RandomPairs(network, reference.sides(), 17);
    for (Norm norm : List.of(Norm.LINF, Norm.L2)) {
      boolean reached = REACHED.get(norm).contains(id);
      double bound = bound(reference, network, norm, reached ? MOST_PARTS : 1);
      assertThat(bound).isGreaterThanOrEqualTo(reference.lower(norm) * (1 - KNOWN));
      assertThat(pairs.steepest(norm, norm))
          .isLessThanOrEqualTo(bound)
          .isLessThanOrEqualTo(reference.upper(norm) * (1 + KNOWN));
      if (reached) {
        assertThat(bound).isLessThanOrEqualTo(reference.upper(norm) * (1 + NEAR));
      }
    }
  }

  private static double bound(LocalReference reference, Subject network, Norm norm, int parts) {
    double goal = reference.lower(norm) * (1 + NEAR / 2);
    Subject found =
        LocalSearch.rows(
                reference.in(norm),
                network,
                BoxCuts.Work.upTo(parts, goal, RowSearch.until(Deadline.NONE)))
            .orElseThrow();
    assertThat(CertificateChecker.check(found)).isEqualTo(new Verdict.Accepted());
    return found.certificate().inequality().bound();
  }

  /** Each name above is one of the file. */
  @Test
  void whatIsReachedIsThere() {
    Assumptions.assumeTrue(
        LocalReference.file().isPresent(), "no data/local below the property lipc.shared");
    List<String> ids = LocalReference.ids().toList();
    REACHED.values().forEach(names -> assertThat(ids).containsAll(names));
    assertThat(ids).hasSize(22).doesNotHaveDuplicates();
  }
}
