package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.runtime.tornado.Device;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.batch.TrainingDeviceException;
import org.junit.jupiter.api.Test;

/** What a choice comes to, with or without TornadoVM in this JVM. */
class TornadoDeviceFinderTest {

  @Test
  void choicesGoThroughThisModule() {
    assertThat(TrainingDevice.parse("auto")).isSameAs(TornadoTraining.on(Device.auto()));
    assertThat(TrainingDevice.parse("auto")).hasToString("auto");
    assertThat(TornadoTraining.on(Device.jvm())).isSameAs(TrainingDevice.JVM);
  }

  @Test
  void whatIsNotThereIsRefusedWithTheReason() {
    for (String choice : new String[] {"77", "-1", "no such device"}) {
      assertThatThrownBy(() -> TrainingDevice.parse(choice))
          .isInstanceOf(TrainingDeviceException.class)
          .hasMessageContaining("cannot run on device")
          .hasMessageContaining(choice);
    }
    assertThatThrownBy(() -> TrainingDevice.parse(" "))
        .isInstanceOf(TrainingDeviceException.class)
        .hasMessageContaining("no device is named by");
  }
}
