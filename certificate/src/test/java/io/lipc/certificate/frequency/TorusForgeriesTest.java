package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Safetensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the generator of networks writes, with one rule broken: no bound is then proved, however
 * large, and both checkers refuse.
 */
class TorusForgeriesTest {

  private static final int SEEDS = 400;

  /** A crop is asked for where a window reads it: without its multiplier the proof is refused. */
  @Test
  void eachCropIsNeeded() {
    Map<String, Integer> refused = new HashMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      NetworkUnderTest net = RandomImages.of(new Random(seed)).network();
      net.bound = 1e6;
      for (Proof.Multiplier crop : of(net, Constraint.CROP)) {
        net.multipliers.remove(crop);
        assertRefused(net, "reads what is not zero outside");
        net.multipliers.add(crop);
        refused.merge(kind(net.units.get(crop.unit())), 1, Integer::sum);
      }
    }
    // The generator reaches each kind of unit that passes on what is not zero.
    for (String kind : List.of("Convolution", "AveragePool", "BatchNorm", "Concatenation", "Sum")) {
      assertThat(refused.getOrDefault(kind, 0)).as("%s of %s", kind, refused).isGreaterThan(4);
    }
  }

  /** A group has one multiplier, not one for each of its channels. */
  @Test
  void groupsShareTheirMultiplier() {
    int refused = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      NetworkUnderTest net = RandomImages.of(new Random(seed)).network();
      net.bound = 1e6;
      for (Proof.Multiplier gain : of(net, Constraint.GAIN)) {
        if (net.units.get(gain.unit()) instanceof Unit.Activation group) {
          int channels = group.size() / group.pixels();
          List<Double> each = Collections.nCopies(channels, gain.values().getFirst());
          net.multipliers.remove(gain);
          net.multipliers.add(new Proof.Multiplier(gain.unit(), Constraint.GAIN, each));
          assertRefused(net, channels + " multipliers");
          net.multipliers.removeLast();
          net.multipliers.add(gain);
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  /** The generator has to reach strides with a multiplier for each channel. */
  @Test
  void poolsHaveMultipliersForTheirChannels() {
    int found = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      NetworkUnderTest net = RandomImages.of(new Random(seed)).network();
      for (Proof.Multiplier gain : of(net, Constraint.GAIN)) {
        boolean strided =
            net.units.get(gain.unit()) instanceof Unit.MaxPool pool
                && pool.window().vertical().stride() * pool.window().horizontal().stride() > 1;
        found += strided && gain.values().size() > 1 ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThan(10);
  }

  private static List<Proof.Multiplier> of(NetworkUnderTest net, Constraint constraint) {
    return new ArrayList<>(
        net.multipliers.stream().filter(one -> one.constraint() == constraint).toList());
  }

  private static String kind(Unit unit) {
    return unit instanceof Unit.Linear linear
        ? linear.map().getClass().getSimpleName()
        : unit.getClass().getSimpleName();
  }

  private static void assertRefused(NetworkUnderTest net, String detail) {
    Subject subject = net.subject();
    assertThat(CertificateChecker.check(subject))
        .as("%s %s", net.units, net.multipliers)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED);
              assertThat(rejected.detail()).contains(detail);
            });
    byte[] weights =
        subject.weights().tensors().isEmpty() ? new byte[0] : Safetensors.write(subject.weights());
    String text = CertificateText.write(subject.certificate());
    assertThat(Witness.audit(List.of(text), List.of(weights), 4_000_000_000L).getLast())
        .startsWith("REJECTED");
  }
}
