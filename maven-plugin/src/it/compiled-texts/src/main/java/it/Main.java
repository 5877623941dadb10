package it;

/** Runs what the texts declare. */
public final class Main {

  private Main() {}

  /** Fails unless halves are halves. */
  public static void main(String[] arguments) {
    float[] one = new float[2];
    float[] half = new float[2];
    GainNetwork.load().apply(new float[] {1, -1}, one);
    HalfNetwork.load().apply(new float[] {1, -1}, half);
    if (half[0] != 0.5f * one[0] || half[1] != 0.5f * one[1]) {
      throw new IllegalStateException("not half");
    }
  }
}
