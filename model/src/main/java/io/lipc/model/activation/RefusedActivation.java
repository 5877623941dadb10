package io.lipc.model.activation;

import java.util.Arrays;
import java.util.Optional;

/**
 * Functions that people try as activations and that no Lipschitz bound survives. The language knows
 * their names so that it can say why, instead of calling them unknown.
 */
public enum RefusedActivation {
  /** {@code t^2}: the slope {@code s + t} is unbounded. */
  SQUARE(
      "square",
      "has unbounded slope",
      "slope in (-inf, +inf)",
      "or clamp its input: `square` on [-1, 1] has slope in [-2, 2]"),
  /** {@code e^t}: the slope grows without bound. */
  EXP(
      "exp",
      "has unbounded slope",
      "slope in (0, +inf)",
      "or clamp its input: `exp` on (-inf, 0] has slope in (0, 1]"),
  /** The unit step: a jump, whose quotients are unbounded near 0. */
  HEAVISIDE(
      "heaviside",
      "jumps at 0",
      "slope in [0, +inf)",
      "or replace the jump by a ramp: `tanh` of a scaled input"),
  /** 0 within a band around 0 and t outside: it jumps at both ends of the band. */
  HARD_SHRINK(
      "hard_shrink",
      "jumps at both ends of its band",
      "slope in [0, +inf)",
      "or shrink without a jump: t - hard_tanh(t) is 0 on [-1, 1] and has slope in [0, 1]"),
  /** t above a threshold and another value below: it jumps unless the two happen to meet. */
  THRESHOLD(
      "threshold",
      "jumps at its threshold",
      "slope in [0, +inf)",
      "or cut off without a jump: `relu` behind a layer whose bias moves the threshold to 0");

  private final String word;
  private final String fault;
  private final String slopes;
  private final String remedy;

  RefusedActivation(String word, String fault, String slopes, String remedy) {
    this.word = word;
    this.fault = fault;
    this.slopes = slopes;
    this.remedy = remedy;
  }

  /** The word that people write for it. */
  public String word() {
    return word;
  }

  /** Its fault, as a clause: {@code jumps at 0}. */
  public String fault() {
    return fault;
  }

  /** Its slopes: {@code slope in [0, +inf)}. */
  public String slopes() {
    return slopes;
  }

  /** The remedy, as the second half of a help. */
  public String remedy() {
    return remedy;
  }

  /** The refused function that is called {@code word}. */
  public static Optional<RefusedActivation> named(String word) {
    return Arrays.stream(values()).filter(refused -> refused.word.equals(word)).findFirst();
  }
}
