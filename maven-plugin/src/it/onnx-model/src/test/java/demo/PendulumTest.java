package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lipc.certificate.verdict.Verdict;
import org.junit.jupiter.api.Test;

final class PendulumTest {

  /** What PyTorch, which wrote the model, computed for the same states. */
  @Test
  void it_computes_what_pytorch_computed() {
    PendulumNetwork network = PendulumNetwork.load();
    float[] torque = new float[network.outputSize()];
    network.apply(new float[] {0.5f, -0.25f}, torque);
    assertEquals(0.11897487193346024, torque[0], 1e-6);
    network.apply(new float[] {-1, 1}, torque);
    assertEquals(0.019095182418823242, torque[0], 1e-6);
    assertInstanceOf(Verdict.Accepted.class, network.verify());
    assertTrue(network.lipschitzBound() <= 0.5);
  }
}
