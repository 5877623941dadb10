package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bounds of pairs come with the class or with the weights, and are about this network. */
final class PairLoadingTest {

  private static final String FILE = "demo.safetensors";
  private static final String RESOURCE = "META-INF/lipc/demo.Network-pairs.json";

  /** Half of two elements: their difference is sqrt(1/2)-Lipschitz. */
  private static final double EXACT = Math.sqrt(0.5);

  private static Certificate pairs(Certificate about, Double... scales) {
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Pairs(Norm.L2),
        "by hand",
        PairUnits.of(about.units(), List.of(scales)),
        new Grounds.GivenWeights(
            about.tensors(), Grounds.Calls.BOUNDED, Collections.nCopies(scales.length, proof)));
  }

  private static Certificate honest(Shipped shipped) {
    return pairs(shipped.certificate(), Math.nextDown(1 / EXACT));
  }

  private static String digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static CertifiedParameters load(Shipped shipped, String text, String digest) {
    return new ShippedClasses()
        .with(shipped)
        .with(RESOURCE, text)
        .loader(shipped)
        .claiming(RESOURCE, digest)
        .fromResource(FILE, new ByteArrayInputStream(Safetensors.write(shipped.weights())));
  }

  private static PairBounds bounds(CertifiedParameters loaded) {
    return PairBounds.among(loaded.subject(), loaded.further()).orElseThrow();
  }

  private static void assertRefused(ThrowingCallable loading, String... parts) {
    assertThatThrownBy(loading)
        .isInstanceOf(NetworkLoadException.class)
        .message()
        .startsWith("cannot load network demo.")
        .contains(parts);
  }

  @Test
  void whatWasCompiledWithTheClassIsLoaded() {
    Shipped shipped = Shipped.halved();
    String text = CertificateText.write(honest(shipped));
    PairBounds bounds = bounds(load(shipped, text, digest(text)));
    assertThat(bounds.of(0, 1)).isGreaterThanOrEqualTo(EXACT).isCloseTo(EXACT, within(1e-15));
    assertThat(CertificateChecker.check(bounds.subject())).isEqualTo(new Verdict.Accepted());
    CertifiedParameters loaded = load(shipped, text, digest(text));
    DoubleNetwork network = new ShippedNetwork(loaded.subject(), List.of(), loaded.further());
    assertThat(network.pairBounds().orElseThrow().of(0, 1)).isEqualTo(bounds.of(0, 1));
    LipschitzNetwork generated = new Computing(loaded, Computing.Fault.NONE);
    assertThat(generated.furtherClaims()).isEqualTo(loaded.further()).hasSize(1);
    assertThat(generated.pairBounds().orElseThrow().of(0, 1)).isEqualTo(bounds.of(0, 1));
  }

  @Test
  void withoutThemThereAreNone() {
    Shipped shipped = Shipped.halved();
    CertifiedParameters plain =
        new ShippedClasses()
            .with(shipped)
            .loader(shipped)
            .fromResource(FILE, new ByteArrayInputStream(Safetensors.write(shipped.weights())));
    assertThat(plain.further()).isEmpty();
  }

  @Test
  void anotherTextIsRefused() {
    Shipped shipped = Shipped.halved();
    String text = CertificateText.write(honest(shipped));
    assertRefused(
        () -> load(shipped, text.replace("by hand", "by hAnd"), digest(text)),
        RESOURCE + " is not the certificate that this class was compiled with");
    assertRefused(
        () ->
            new ShippedClasses()
                .with(shipped)
                .loader(shipped)
                .claiming(RESOURCE, digest(text))
                .fromResource(FILE, new ByteArrayInputStream(Safetensors.write(shipped.weights()))),
        "the certificate resource " + RESOURCE + " is missing");
  }

  @Test
  void thoseOfAnotherNetworkAreRefused() {
    Shipped shipped = Shipped.halved();
    Shipped other = Shipped.halved();
    other.network = "demo.Other";
    String text = CertificateText.write(honest(other));
    assertRefused(
        () -> load(shipped, text, digest(text)),
        "its certificate of pairs is not accepted",
        "compile the network again");
  }

  /** The class does not say which numbers trained weights bring: the checker decides. */
  @Test
  void weightsBringTheirOwn() {
    Shipped promise = Shipped.promised();
    Shipped trained = Shipped.halved();
    assertThat(bounds(ofWeights(promise, trained, Optional.of(honest(trained)))).of(0, 1))
        .isCloseTo(EXACT, within(1e-15));
    assertRefused(
        () -> ofWeights(promise, trained, Optional.empty()),
        "the weights carry no certificate of pairs; train the network");
    Certificate tooSmall = pairs(trained.certificate(), 1 / EXACT * (1 + 1e-9));
    assertRefused(
        () -> ofWeights(promise, trained, Optional.of(tooSmall)),
        "its certificate of pairs is not accepted",
        "train the network");
  }

  /** The name of a network proves nothing of it, nor of its pairs. */
  @Test
  void weightsMayHaveBeenTrainedUnderAnotherName() {
    Shipped trained = Shipped.halved();
    trained.network = "demo.Trained";
    CertifiedParameters loaded =
        ofWeights(Shipped.promised(), trained, Optional.of(honest(trained)));
    assertThat(bounds(loaded).of(0, 1)).isCloseTo(EXACT, within(1e-15));
  }

  private static CertifiedParameters ofWeights(
      Shipped promise, Shipped trained, Optional<Certificate> pairs) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(CertifiedFile.KEY, trained.text());
    pairs.ifPresent(
        known -> metadata.put(CertifiedFile.key(ClaimKind.PAIRS), CertificateText.write(known)));
    return new ShippedClasses()
        .with(promise)
        .loader(promise)
        .claimingOfWeights("pairs")
        .fromResource(
            FILE,
            new ByteArrayInputStream(
                Safetensors.write(trained.weights(), new TreeMap<>(metadata))));
  }

  /** The least of (m_j - 4E) / L_cj, by exact decimals; never above. */
  @Test
  void eachMarginIsDividedByItsOwnBound() {
    Shipped shipped = new Shipped();
    shipped.input(3);
    shipped.dense(0, new double[][] {{0.5, 0, 0}, {0, 0.25, 0}, {0, 0, 0.125}}, "w");
    Subject subject =
        new Subject(shipped.certificate(), shipped.textDigest(), shipped.weights(), Map.of());
    PairBounds bounds = PairBounds.claimed(subject, pairs(shipped.certificate(), 1.75, 1.875, 3.5));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      float[] logits = {random.nextInt(100), (float) random.nextGaussian(), random.nextFloat()};
      double[] same = {logits[0], logits[1], logits[2]};
      double error = random.nextInt(4) * 0x1p-20;
      double radius = CertifiedRadius.of(logits, bounds, error);
      assertThat(CertifiedRadius.of(same, bounds, error)).isEqualTo(radius);
      int c = same[0] >= same[1] && same[0] >= same[2] ? 0 : same[1] >= same[2] ? 1 : 2;
      double nearest = Double.POSITIVE_INFINITY;
      for (int j = 0; j < 3; j++) {
        if (j != c) {
          BigDecimal spare =
              new BigDecimal(same[c])
                  .subtract(new BigDecimal(same[j]))
                  .subtract(new BigDecimal(4 * error));
          BigDecimal moved = new BigDecimal(bounds.of(c, j)).multiply(new BigDecimal(radius));
          assertThat(moved.compareTo(spare.max(BigDecimal.ZERO))).isLessThanOrEqualTo(0);
          nearest = Math.min(nearest, Math.max(0, spare.doubleValue() / bounds.of(c, j)));
        }
      }
      assertThat(radius).isCloseTo(nearest, within(1e-14 * (1 + nearest)));
    }
  }

  @Test
  void logitsThatAreNoNumbersHaveNoRadius() {
    Shipped shipped = Shipped.halved();
    String text = CertificateText.write(honest(shipped));
    PairBounds bounds = bounds(load(shipped, text, digest(text)));
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThat(CertifiedRadius.of(new double[] {bad, 1}, bounds, 0)).isZero();
      assertThat(CertifiedRadius.of(new float[] {1, (float) bad}, bounds, 0)).isZero();
    }
    assertThat(CertifiedRadius.of(new double[] {1, 1}, bounds, 0)).isZero();
    assertThat(CertifiedRadius.of(new double[] {2, 1}, bounds, 1 / 0.0)).isZero();
    assertThat(CertifiedRadius.of(new double[] {2, 1}, bounds, Double.NaN)).isZero();
    assertThat(CertifiedRadius.of(new double[] {2, 1}, bounds, 0)).isGreaterThan(1.414);
  }

  /** Loading compares digests; the full check reads both certificates. */
  @Test
  void verifyingChecksPairsAsWell() {
    Shipped shipped = Shipped.halved();
    Subject subject =
        new Subject(shipped.certificate(), shipped.textDigest(), shipped.weights(), Map.of());
    for (double factor : new double[] {1, 2}) {
      PairBounds claimed = PairBounds.claimed(subject, pairs(shipped.certificate(), factor));
      DoubleNetwork network = new ShippedNetwork(subject, List.of(), List.of(claimed.subject()));
      assertThat(network.verify() instanceof Verdict.Accepted).isEqualTo(factor == 1);
      assertThat(CertifiedParameters.of(network).further()).containsExactly(claimed.subject());
    }
  }

  /** Pairs that are proved say nothing of a bound that is not. */
  @Test
  void verifyingChecksTheNetworkBesideItsPairs() {
    Shipped shipped = Shipped.halved();
    shipped.bound = 0.375;
    Subject subject =
        new Subject(shipped.certificate(), shipped.textDigest(), shipped.weights(), Map.of());
    PairBounds claimed = PairBounds.claimed(subject, pairs(shipped.certificate(), 1.0));
    assertThat(CertificateChecker.check(claimed.subject())).isInstanceOf(Verdict.Accepted.class);
    DoubleNetwork network = new ShippedNetwork(subject, List.of(), List.of(claimed.subject()));
    assertThat(network.verify()).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void aNetworkWithoutWeightsOfItsOwnHasPairsAsWell() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    String resource = "META-INF/lipc/demo.Caller-pairs.json";
    Proof.Multiplier gain = new Proof.Multiplier(1, Proof.Constraint.GAIN, List.of(1.0));
    Proof proof =
        new Proof(List.of(), List.of(), List.of(gain), new PositivityWitness.ExactElimination());
    String text = CertificateText.write(pairs(caller.certificate(), 0.25).with(List.of(proof)));
    CertifiedParameters loaded =
        new ShippedClasses()
            .with(caller)
            .with(resource, text)
            .loader(caller)
            .claiming(resource, digest(text))
            .withoutWeights(new ShippedClasses().network(callee.subject()));
    // The factor says 4, the bound of the network less.
    assertThat(bounds(loaded).of(0, 1)).isCloseTo(EXACT / 2, within(1e-15));
    assertThat(CertificateChecker.check(bounds(loaded).subject()))
        .isInstanceOf(Verdict.Accepted.class);
  }

  /** With the weights of its callee the claim is one about another certificate: it is checked. */
  @Test
  void whereTheCalleeWasTrainedTheClaimIsCheckedAgain() {
    Shipped promise = Shipped.promised();
    Shipped trained = Shipped.halved();
    Subject claim = loadCaller(promise, 1, trained).further().getFirst();
    assertThat(claim.certificate().claim()).isEqualTo(new Claim.Pairs(Norm.L2));
    assertThat(((Unit.Call) claim.certificate().units().get(1)).certificate())
        .isEqualTo(trained.textDigest());
    assertThat(CertificateChecker.check(claim)).isEqualTo(new Verdict.Accepted());
    assertRefused(
        () -> loadCaller(promise, 2, trained),
        "demo.Caller",
        "its certificate of pairs is not accepted: not positive definite");
  }

  /** Half of what the promised network gives; at most {@code sqrt(2)} of the pairs is proved. */
  private static CertifiedParameters loadCaller(Shipped promise, double scale, Shipped trained) {
    Shipped caller = Shipped.calling("demo.Network", promise.textDigest());
    caller.composed = true;
    caller.bound = 0.375;
    Proof.Multiplier gain = new Proof.Multiplier(1, Proof.Constraint.GAIN, List.of(1.0));
    Proof proof =
        new Proof(List.of(), List.of(), List.of(gain), new PositivityWitness.ExactElimination());
    Certificate pairs =
        pairs(caller.certificate(), scale)
            .on(new Grounds.Composition(Grounds.Calls.BOUNDED, List.of(proof)));
    String text = CertificateText.write(pairs);
    String resource = "META-INF/lipc/demo.Caller-pairs.json";
    return new ShippedClasses()
        .with(caller)
        .with(resource, text)
        .loader(caller)
        .claiming(resource, digest(text))
        .withoutWeights(new ShippedClasses().with(promise).network(trained.subject()));
  }

  /** A lead of 1 + 3/4 ulp is not 1 + 1 ulp, of which rounding errors leave more. */
  @Test
  void leadsAreRoundedDown() {
    Shipped shipped = Shipped.halved();
    String text = CertificateText.write(honest(shipped));
    PairBounds bounds = bounds(load(shipped, text, digest(text)));
    double radius = CertifiedRadius.of(new double[] {1, -0x1.8p-53}, bounds, 0.25);
    assertThat(radius * bounds.of(0, 1)).isLessThanOrEqualTo(0x1.8p-53);
  }

  /** A single score has no other class that could win, whatever the score is. */
  @Test
  void thereIsOneScoreForEachOutput() {
    Shipped shipped = Shipped.halved();
    String text = CertificateText.write(honest(shipped));
    PairBounds bounds = bounds(load(shipped, text, digest(text)));
    for (int scores : new int[] {0, 1, 3}) {
      String message = scores + " scores, and bounds of the pairs of 2 outputs";
      assertThatThrownBy(() -> CertifiedRadius.of(new double[scores], bounds, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> CertifiedRadius.of(new float[scores], bounds, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  /** Every claim is loaded and verified by the same loop. */
  @Test
  void aRangeIsLoadedAsPairsAre() {
    Shipped shipped = Shipped.halved();
    shipped.units.set(
        0, new Unit.Input(2, Optional.of(new Unit.Box(List.of(-1.0, -1.0), List.of(1.0, 1.0)))));
    Certificate about = shipped.certificate();
    for (double end : new double[] {0.51, 0.25}) {
      Certificate range =
          new Certificate(
              about.network(),
              about.type(),
              new Claim.Range(-end, end),
              "enclosure",
              about.units(),
              new Grounds.Enclosure(about.tensors()));
      String text = CertificateText.write(range);
      CertifiedParameters loaded = load(shipped, text, digest(text));
      DoubleNetwork network = new ShippedNetwork(loaded.subject(), List.of(), loaded.further());
      assertThat(network.certificates()).containsExactly(about, range);
      assertThat(network.pairBounds()).isEmpty();
      assertThat(network.verify() instanceof Verdict.Accepted).isEqualTo(end == 0.51);
    }
  }

  /** A word that a generated class of another version may have. */
  @Test
  void claimsThatNobodyKnowsAreRefused() {
    Shipped shipped = Shipped.promised();
    assertRefused(
        () -> new ShippedClasses().with(shipped).loader(shipped).claimingOfWeights("lipschitz"),
        "it claims `lipschitz`, which is no claim",
        "compile the network again");
  }

  /** The bound of the network itself, once more, is no claim beside it. */
  @Test
  void aBoundIsNoFurtherClaim() {
    Shipped shipped = Shipped.halved();
    assertRefused(
        () -> load(shipped, shipped.text(), digest(shipped.text())),
        "its certificate of lipschitz is not accepted: malformed: a bound of the network itself");
  }
}
