package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Products are added in the order of inputs. */
final class LoopsTest {

  @Test
  void twoInputsOfTwoSums() {
    assertThat(new BlockLoop(2, 2).ofAnyLength())
        .isEqualTo(
            """
            /** Two inputs to two sums. */
            static void addTwoToTwo(
                float[][] x, float[][] factors, int k, int i, float[][] y, int r, int size) {
              float[] x0 = x[k];
              float[] x1 = x[k + 1];
              float[] f0 = factors[k];
              float a00 = f0[i];
              float a01 = f0[i + 1];
              float[] f1 = factors[k + 1];
              float a10 = f1[i];
              float a11 = f1[i + 1];
              float[] y0 = y[r];
              float[] y1 = y[r + 1];
              for (int j = 0; j < size; j++) {
                float v0 = x0[j];
                float v1 = x1[j];
                y0[j] = Math.fma(v1, a10, Math.fma(v0, a00, y0[j]));
                y1[j] = Math.fma(v1, a11, Math.fma(v0, a01, y1[j]));
              }
            }
            """);
  }

  @Test
  void longAndShortArraysHaveTheSameLoop() {
    BlockLoop loop = new BlockLoop(1, 1);
    String[] methods = loop.byLength().split("\n\n");
    assertThat(methods).hasSize(3);
    assertThat(methods[0])
        .contains("if (size < LONG) {\n    addOneToOneShort(x, factors, k, i, y, r, size);\n")
        .contains("else {\n    addOneToOneLong(x, factors, k, i, y, r, size);\n");
    assertThat(methods[2].strip()).isEqualTo(methods[1].replace("Short", "Long"));
    assertThat(loop.ofAnyLength())
        .isEqualTo(
            "/** One input to one sum. */\n"
                + methods[1].replace("private ", "").replace("Short", "")
                + "\n");
  }

  @Test
  void oneRowInDoubles() {
    assertThat(new RowLoop(Element.DOUBLE, 2).ofAnyLength())
        .isEqualTo(
            """
            /** Two factors of one sum, from {@code k} on. */
            static void addTwo(double[] a, double[][] x, int k, double[] y, int size) {
              double a0 = a[k];
              double a1 = a[k + 1];
              double[] x0 = x[k];
              double[] x1 = x[k + 1];
              for (int j = 0; j < size; j++) {
                y[j] = Math.fma(a1, x1[j], Math.fma(a0, x0[j], y[j]));
              }
            }
            """);
  }

  @Test
  void twoProductsStandInOneStatement() {
    assertThat(new RowLoop(Element.FLOAT, 4).ofAnyLength())
        .endsWith(
            """
                float s2 = Math.fma(a1, x1[j], Math.fma(a0, x0[j], y[j]));
                y[j] = Math.fma(a3, x3[j], Math.fma(a2, x2[j], s2));
              }
            }
            """);
  }
}
