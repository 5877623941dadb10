package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Native images keep the resources that a generated class loads. */
final class NativeImageTest {

  private static List<String> patterns() throws Exception {
    String name = "/META-INF/native-image/io.lipc/lipc-runtime/resource-config.json";
    try (var stream = Objects.requireNonNull(NativeImageTest.class.getResourceAsStream(name))) {
      JsonObject all =
          (JsonObject) Json.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      JsonObject resources = (JsonObject) all.members().get("resources");
      return ((JsonArray) resources.members().get("includes"))
          .elements().stream().map(NativeImageTest::pattern).toList();
    }
  }

  private static String pattern(JsonValue include) {
    return ((JsonString) ((JsonObject) include).members().get("pattern")).value();
  }

  private static boolean isKept(String resource) throws Exception {
    return patterns().stream().anyMatch(resource::matches);
  }

  @Test
  void certificates_and_weights_are_kept_and_nothing_else() throws Exception {
    assertThat(isKept("META-INF/lipc/demo.control.Policy.json")).isTrue();
    assertThat(isKept("demo/control/policy.safetensors")).isTrue();
    assertThat(isKept("weights.safetensors")).isTrue();
    assertThat(isKept("demo/control/PolicyNetwork.class")).isFalse();
    assertThat(isKept("META-INF/lipc.json")).isFalse();
  }
}
