package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TornadoClassesTest {

  private static List<String> sources() {
    return TornadoClasses.all().stream()
        .map(written -> written.source("io.lipc.runtime.tornado"))
        .toList();
  }

  @Test
  void eachClassIsThereForFloatsAndForDoubles() {
    assertThat(TornadoClasses.all())
        .extracting(UnrolledClass::name)
        .containsExactly(
            "TornadoNetwork",
            "TornadoProgram",
            "TornadoGraph",
            "FloatBatch",
            "JvmFloats",
            "TornadoDoubleNetwork",
            "TornadoDoubleProgram",
            "TornadoDoubleGraph",
            "DoubleBatch",
            "JvmDoubles");
  }

  @Test
  void noPlaceholderIsLeft() {
    assertThat(sources())
        .allSatisfy(
            source ->
                assertThat(source)
                    .doesNotContainPattern("\\{(Tornado|Type|cast|precision|subnormal)}")
                    .doesNotContainPattern("\\bT\\b"));
  }

  /** The code of twins, without comments, differs by names and types alone. */
  @Test
  void twinsHaveTheSameCode() {
    List<String> sources = sources().stream().map(TornadoClassesTest::code).toList();
    int half = sources.size() / 2;
    for (int i = 0; i < half; i++) {
      assertThat(sources.get(i))
          .doesNotContainIgnoringCase("doubles")
          .isNotEqualTo(sources.get(half + i));
      assertThat(inDoubles(sources.get(i))).isEqualTo(sources.get(half + i));
    }
  }

  private static String code(String source) {
    return source.replaceAll("(?s)/\\*\\*.*?\\*/", "").replaceAll("(?m)^//.*$", "");
  }

  private static String inDoubles(String code) {
    return code.replaceAll("\\bTornado(?=Network|Program|Graph)", "TornadoDouble")
        .replaceAll("\\bfloat\\b", "double")
        .replaceAll("(?<![a-z])Float|(?<=Jvm)Float", "Double");
  }
}
