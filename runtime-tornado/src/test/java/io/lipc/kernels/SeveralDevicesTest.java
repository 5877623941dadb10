package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PoCL makes one CPU as many devices as one asks for. */
@OnDevice
class SeveralDevicesTest {

  @Test
  void two_devices_work_at_the_same_time() throws Exception {
    boolean isPocl = Devices.at(0).platform().equals("Portable Computing Language");
    assumeTrue(isPocl, "not PoCL, which has as many devices as are asked for");
    String output =
        ChildJvm.run(ChildJvm.onDevice(), Map.of("POCL_DEVICES", "cpu cpu"), TwoDevices.class);
    assertThat(output)
        .contains("devices: 2")
        .containsPattern("[1-9][0-9]* calls of the other device within one")
        .contains("both are right");
  }
}
