package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.tornado.OnDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A closed network leaves nothing on the device, and a full device says what to do. */
@OnDevice
class DeviceMemoryTest {

  @Test
  void networks_give_back_what_they_had_and_too_many_rows_are_refused() throws Exception {
    String output =
        ChildJvm.run(
            ChildJvm.onDevice("-Dtornado.device.memory=16MB"), Map.of(), SmallDevice.class);
    assertThat(output)
        .contains("five times 4 MB")
        .contains("has no memory left for 5000 rows: TornadoOutOfMemoryException: Unable to")
        .contains("; it has ")
        .contains(" GiB for one array, and TornadoVM takes 4 GiB of it unless told otherwise;")
        .contains("; pass fewer rows at a time, or close networks that are not needed any more,")
        .contains("64 rows are right");
  }
}
