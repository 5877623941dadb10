package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TwinClassesTest {

  @Test
  void aTextIsWrittenForBothTypes() {
    String text =
        """
        /** As T: {@link {Type}Pool}, {@link #TTaps}, a Tensor of THREE. */
        T[] TColumns(Tensor tensor) {
        """;
    assertThat(Element.each(text))
        .containsExactly(
            """
            /** As float: {@link FloatPool}, {@link #floatTaps}, a Tensor of THREE. */
            float[] floatColumns(Tensor tensor) {
            """,
            """
            /** As double: {@link DoublePool}, {@link #doubleTaps}, a Tensor of THREE. */
            double[] doubleColumns(Tensor tensor) {
            """);
  }

  /** Without the remark at the head, which is about both. */
  private static String pooling(Element element) {
    String source = PoolingTwins.pooling(element).source("io.lipc.runtime");
    return source.substring(source.indexOf("package "));
  }

  /** Nothing that is there for both differs but by the type. */
  @Test
  void twinsDifferByTheirTypeAlone() {
    String floats = pooling(Element.FLOAT);
    String doubles = pooling(Element.DOUBLE);
    assertThat(floats.replace("float", "double").replace("Float", "Double")).isEqualTo(doubles);
    assertThat(floats).isNotEqualTo(doubles);
  }

  @Test
  void noPlaceholderIsLeft() {
    Stream.concat(
            LayoutTwins.layouts().stream(),
            Stream.of(PoolingTwins.pooling(Element.FLOAT), ParameterTwins.parameterArrays()))
        .map(unrolled -> unrolled.source("io.lipc.runtime"))
        .forEach(
            source ->
                assertThat(source)
                    .doesNotContain("{Type}", "{cast}")
                    .doesNotContainPattern("\\bT\\b"));
  }

  @Test
  void aNetworkTakesSevenKindsOfArrays() {
    List<String> names =
        ParameterTwins.parameterArrays()
            .source("io.lipc.runtime")
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("public float[]"))
            .map(line -> line.substring(line.indexOf(" float") + 1, line.indexOf('(')))
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .collect(Collectors.toList());
    assertThat(names)
        .containsExactly(
            "floatColumns",
            "floatVector",
            "floatScale",
            "floatShift",
            "floatTaps",
            "floatBiases",
            "floatIndices");
  }
}
