package io.lipc.certificate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The kinds of claims. A network has at most one certificate of each; that of its first claim,
 * which is its Lipschitz bound where it has one, is called as the network is, and the files of the
 * others have the word of their kind after the network's name.
 */
public enum ClaimKind {
  /** A Lipschitz bound for all inputs. */
  LIPSCHITZ,
  /** A Lipschitz bound whose differences of inputs are measured in a scale of their own. */
  SCALED,
  /** A Lipschitz bound of the difference of each two outputs. */
  PAIRS,
  /** A range in which all outputs stay. */
  RANGE,
  /** A query that no input satisfies. */
  QUERY,
  /** A Lipschitz bound for the inputs of a box. */
  LOCAL,
  /** Outputs that rise or fall with elements of the input, on a box. */
  MONOTONE,
  /** One bound for each element of the input, on a box. */
  SLOPES;

  /**
   * Whether a network may claim it and nothing else. What does not stand alone is about a network
   * with a Lipschitz bound, and is checked together with that.
   */
  public boolean standsAlone() {
    return switch (this) {
      case LIPSCHITZ, RANGE, QUERY -> true;
      case SCALED, PAIRS, LOCAL, MONOTONE, SLOPES -> false;
    };
  }

  /** The kinds beside the Lipschitz bound of the network itself. */
  public static List<ClaimKind> further() {
    return Stream.of(values()).filter(kind -> kind != LIPSCHITZ).toList();
  }

  /**
   * The resource of a module that holds a network's certificate of this kind, unless this is its
   * first claim, which is in the place of {@link #LIPSCHITZ} then. No network has a hyphen in its
   * name, so the certificate of no other network has the same.
   */
  public String resource(String network) {
    return "META-INF/lipc/" + network + (this == LIPSCHITZ ? "" : "-" + word()) + ".json";
  }

  /** The word of the language and of files, such as {@code pairs}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
