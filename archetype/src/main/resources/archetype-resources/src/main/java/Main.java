package ${package};

import java.util.Arrays;

/** Runs the network on one input. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    AmplifierNetwork network = AmplifierNetwork.load();
    float[] input = {0.5f, -0.25f};
    float[] output = new float[network.outputSize()];
    network.apply(input, output);
    System.out.println(network.verify());
    System.out.println(Arrays.toString(input) + " gives " + Arrays.toString(output));
    System.out.println(
        "the larger output stays so within "
            + network.certifiedRadius(input, output)
            + " of "
            + network.radiusClaim().distance());
  }
}
