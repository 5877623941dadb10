package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CodeTest {

  @Test
  void numbersStandAsAPersonWouldWriteThem() {
    assertThat(Code.each("i", Code.upTo(3), "a{i} = b[at + {i}] + c[{i}] + d[at + {i} * LANES];"))
        .isEqualTo(
            """
            a0 = b[at] + c[0] + d[at];
            a1 = b[at + 1] + c[1] + d[at + LANES];
            a2 = b[at + 2] + c[2] + d[at + 2 * LANES];
            """);
  }

  @Test
  void anotherNameIsLeftForAnotherLoop() {
    assertThat(Code.each("o", Code.upTo(2), Code.each("v", Code.upTo(2), "c{o}{v} = b{o};")))
        .isEqualTo(
            """
            c00 = b0;
            c01 = b0;
            c10 = b1;
            c11 = b1;
            """);
  }

  @Test
  void theLastComesSecond() {
    assertThat(Code.endsFirst(1)).containsExactly(0);
    assertThat(Code.endsFirst(2)).containsExactly(0, 1);
    assertThat(Code.endsFirst(5)).containsExactly(0, 4, 1, 2, 3);
  }

  @Test
  void parametersTakeOneLineOrTheNextOrOneEach() {
    String shortOnes = "int a, int b";
    String longOnes = "int first, " + "x".repeat(80);
    String longest = longOnes + ", int last";
    assertThat(Code.method("", "void f", shortOnes)).isEqualTo("void f(int a, int b) {\n}\n");
    assertThat(Code.method("", "void f", longOnes)).startsWith("void f(\n    int first, xx");
    assertThat(Code.method("", "void f", longest))
        .startsWith("void f(\n    int first,\n    xx")
        .endsWith(",\n    int last) {\n}\n");
  }

  @Test
  void docCommentsOfOneLineAndMore() {
    assertThat(Code.javadoc("")).isEmpty();
    assertThat(Code.javadoc("One.")).isEqualTo("/** One. */\n");
    assertThat(Code.javadoc("One.\n\nTwo.\n")).isEqualTo("/**\n * One.\n *\n * Two.\n */\n");
  }

  @Test
  void bodiesAreIndented() {
    assertThat(Code.block("for (;;)", Code.either("a", "b();", "c();")))
        .isEqualTo(
            """
            for (;;) {
              if (a) {
                b();
              } else {
                c();
              }
            }
            """);
  }
}
