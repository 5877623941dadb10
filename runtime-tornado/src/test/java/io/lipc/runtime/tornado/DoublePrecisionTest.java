package io.lipc.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said of a device without doubles. */
class DoublePrecisionTest {

  private static final Device.Accelerator SMALL =
      new Device.Accelerator(1, "Small", "Anyone", "GPU");

  @Test
  void a_device_without_doubles_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> DoublePrecision.check(SMALL, false))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device 1: Small (Anyone, GPU) has no doubles, and the network is of `precision f64`;"
                + " run on another device, auto or jvm; or declare `precision f32`, and certify"
                + " again");
    DoublePrecision.check(SMALL, true);
  }

  /** It is what the suite in doubles runs on. */
  @Nested
  @OnDevice
  class OfThisMachine {

    @Test
    void the_first_device_says_that_it_has_doubles() {
      assertThat(TornadoRuntime.hasDoubles(Devices.at(0))).isTrue();
    }
  }
}
