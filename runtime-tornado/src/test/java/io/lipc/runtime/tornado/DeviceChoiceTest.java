package io.lipc.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What users write for a device. None of this needs one. */
class DeviceChoiceTest {

  private static final String HELP =
      "; choose auto, jvm, an index such as 0, or a part of a device's name; Devices.list() has"
          + " them";

  private static void assertRefused(String choice, String fault) {
    assertThatThrownBy(() -> Device.parse(choice))
        .isInstanceOf(DeviceException.class)
        .hasMessage(fault + HELP);
  }

  @Test
  void nothing_names_no_device() {
    for (String blank : new String[] {"", " ", "\t\n"}) {
      assertRefused(blank, "no device is named by \"\"");
      assertThatThrownBy(() -> Devices.named(blank))
          .isInstanceOf(DeviceException.class)
          .hasMessage("no device is named by \"" + blank + "\"" + HELP);
    }
  }

  @Test
  void what_no_machine_can_have_is_refused_as_an_index() {
    assertRefused("-1", "cannot run on device -1: there is no such index");
    assertRefused(" -007 ", "cannot run on device -7: there is no such index");
    assertRefused("2147483648", "cannot run on device 2147483648: there is no such index");
    assertThatThrownBy(() -> Devices.at(-1)).hasMessageContaining("-1: there is no such index");
  }

  /** It is not read as the number that it begins with. */
  @Test
  void text_behind_a_number_makes_it_a_name() {
    for (String choice : new String[] {"0 and 1", "0, as ever", "0x0, as ever", "1e0, as ever"}) {
      assertThatThrownBy(() -> Device.parse(choice))
          .isInstanceOf(DeviceException.class)
          .hasMessageStartingWith("cannot run on device \"" + choice + "\": ");
    }
  }

  @Test
  void auto_and_jvm_are_read_in_capitals_and_with_spaces_too() {
    assertThat(Device.parse("auto")).isEqualTo(Device.auto());
    assertThat(Device.parse(" Auto")).isEqualTo(Device.auto());
    assertThat(Device.parse("JVM ")).isEqualTo(Device.jvm());
  }
}
