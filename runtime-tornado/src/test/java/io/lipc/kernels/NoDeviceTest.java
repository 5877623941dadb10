package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.tornado.OnDevice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** JVMs of their own: whether TornadoVM is there cannot change while one runs. */
class NoDeviceTest {

  private static final String PROPERTY = "tornado.load.runtime.implementation";

  @Test
  void a_jvm_without_the_argfile_says_how_to_launch_and_auto_falls_back_once() throws Exception {
    String output = run(List.of(), Map.of());
    assertThat(output)
        .contains("devices: []")
        .contains("error: cannot run on device 0: TornadoVM is not part of this JVM")
        .contains("(the system property " + PROPERTY + " is absent)")
        .contains("java @$TORNADOVM_HOME/tornado-argfile")
        .containsOnlyOnce("running on the JVM: ")
        .contains("on jvm, right: true");
  }

  @Test
  void an_argfile_of_something_else_is_told_from_none() throws Exception {
    String output = run(List.of("-D" + PROPERTY + "=no.such.Runtime"), Map.of());
    assertThat(output)
        .contains("error: cannot run on device 0: TornadoVM did not start: ")
        .containsOnlyOnce("running on the JVM: ")
        .contains("on jvm, right: true");
  }

  /** With TornadoVM, but without a driver. */
  @Nested
  @OnDevice
  class WithTornadoVm {

    @Test
    void a_machine_without_drivers_is_told_so() throws Exception {
      String argfile = "@" + System.getProperty("tornado.argfile");
      String output = run(List.of(argfile), Map.of("OCL_ICD_VENDORS", "/no/such/folder"));
      assertThat(output)
          .contains("error: cannot run on device 0: TornadoVM did not start: ")
          .contains("No OpenCL platforms found")
          .contains("install the OpenCL driver of the device; clinfo -l must list it")
          .containsOnlyOnce("running on the JVM: ")
          .contains("on jvm, right: true");
    }
  }

  private static String run(List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    return ChildJvm.run(options, environment, NoDevice.class);
  }
}
