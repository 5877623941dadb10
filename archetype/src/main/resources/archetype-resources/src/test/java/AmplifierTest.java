package ${package};

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lipc.certificate.verdict.Verdict;
import org.junit.jupiter.api.Test;

final class AmplifierTest {

  private final AmplifierNetwork network = AmplifierNetwork.load();

  @Test
  void the_checker_accepts_the_certificate() {
    assertTrue(network.verify() instanceof Verdict.Accepted);
  }

  @Test
  void a_decision_stays_within_its_certified_radius() {
    float[] input = {0.5f, -0.25f};
    float[] output = apply(input);
    double radius = network.certifiedRadius(input, output);
    assertTrue(radius > 0);
    for (int degree = 0; degree < 360; degree++) {
      double angle = Math.toRadians(degree);
      float[] moved = {
        (float) (input[0] + 0.99 * radius * Math.cos(angle)),
        (float) (input[1] + 0.99 * radius * Math.sin(angle))
      };
      float[] there = apply(moved);
      assertTrue(output[0] > output[1] == there[0] > there[1]);
    }
  }

  private float[] apply(float[] input) {
    float[] output = new float[network.outputSize()];
    network.apply(input, output);
    return output;
  }
}
