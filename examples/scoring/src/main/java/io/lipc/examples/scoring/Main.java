package io.lipc.examples.scoring;

import java.util.Arrays;

/** Scores one image, and says what bounds the answer. */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    ScoringNetwork network = ScoringNetwork.load();
    float[] image = new float[network.inputSize()];
    Arrays.fill(image, 0.5f);
    float[] scores = new float[network.outputSize()];
    network.apply(image, scores);
    System.out.println("scores of a grey image: " + Arrays.toString(scores));
    System.out.println("certified l2 -> l2 Lipschitz bound: " + network.lipschitzBound());
    System.out.println("checked again now: " + network.verify());
  }
}
