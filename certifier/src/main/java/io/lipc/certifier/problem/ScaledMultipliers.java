package io.lipc.certifier.problem;

import io.lipc.certificate.Proof.Multiplier;
import java.util.List;

/** The multipliers of a proof, for another scale of what is proved. */
public final class ScaledMultipliers {

  /** The number of bits of a double: all of them are kept. */
  public static final int ALL_BITS = 53;

  private ScaledMultipliers() {}

  /** All values {@code factor} times as large, rounded to so many significant bits. */
  public static List<Multiplier> of(List<Multiplier> multipliers, double factor, int bits) {
    return multipliers.stream()
        .map(
            multiplier ->
                new Multiplier(
                    multiplier.unit(),
                    multiplier.constraint(),
                    multiplier.values().stream()
                        .map(value -> ShortNumber.of(value * factor, bits))
                        .toList()))
        .toList();
  }
}
