package io.lipc.compiler.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PythonScriptTest {

  @ParameterizedTest
  @EnumSource
  void aScriptNamesTheFilesThatItReadsAndWrites(PythonScript script) {
    assertThat(script.lines("a/net.bin", "a/net"))
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).isNotBlank().doesNotContain("{file", "{weights", "{onnx"))
        .anySatisfy(
            line -> assertThat(line).containsAnyOf("\"a/net.safetensors\"", "\"a/net.onnx\""));
  }

  /** A name that looks like a placeholder is a name all the same. */
  @ParameterizedTest
  @EnumSource
  void aNameIsPutInAsItIs(PythonScript script) {
    String text = String.join("\n", script.lines("{onnx}$1\\\\.bin", "{weights}$0"));
    assertThat(text).contains("{weights}$0.").doesNotContain("{onnx}.onnx");
    assertThat(text.contains("{onnx}$1\\\\.bin")).isEqualTo(text.contains("load"));
  }
}
