package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where TornadoVM may run tasks on the JVM, no result of these is taken for the device's. */
@OnDevice
class SilentFallbackDeviceTest {

  @Test
  void tasks_that_a_device_refuses_are_noticed_all_of_them_or_the_last_one() throws Exception {
    String output =
        ChildJvm.run(
            ChildJvm.onDevice("-Dtornado.recover.bailout=true"), Map.of(), SilentFallback.class);
    String fault = " refused: device " + Devices.at(0) + " did no work on 1 rows, or not all of it";
    assertThat(output)
        .contains("none refused: on " + Devices.at(0))
        .contains("all" + fault)
        .contains("the last" + fault);
  }
}
