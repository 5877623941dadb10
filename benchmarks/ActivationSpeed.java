import io.lipc.certificate.function.Elementwise;
import io.lipc.runtime.Activations;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How many elements a second each activation of F32 makes of an array in the first caches, beside
 * the same function in doubles, rounded. All take turns, and the best of each counts, as other work
 * disturbs.
 */
final class ActivationSpeed {

  private static final int SIZE = 4096;
  private static final int ROUNDS = 40;

  private ActivationSpeed() {}

  /** All elements of y from those of x. */
  private interface Loop {
    void run(float[] x, float[] y);
  }

  private record Row(String name, Loop fast, Loop slow) {}

  /** A loop of its own for each: the compiler sees which function is called. */
  private static List<Row> rows() {
    return List.of(
        row("tanh", ActivationSpeed::tanh),
        row("sigmoid", ActivationSpeed::sigmoid),
        new Row("exp, of `softmax`", ActivationSpeed::exp, ActivationSpeed::expOfDoubles),
        row("silu", ActivationSpeed::silu),
        row("mish", ActivationSpeed::mish),
        row("gelu", ActivationSpeed::gelu),
        row("gelu_tanh", ActivationSpeed::geluTanh),
        row("softplus", ActivationSpeed::softplus),
        row("elu", ActivationSpeed::elu, 0.75),
        row("celu", ActivationSpeed::celu, 0.75),
        row("selu", ActivationSpeed::selu));
  }

  private static Row row(String name, Loop fast, Double... constants) {
    Elementwise function = Elementwise.of(name, List.of(constants));
    return new Row("`" + name + "`", fast, loop(function::value));
  }

  /** The call of the operator is a small part of what these cost. */
  private static Loop loop(DoubleUnaryOperator function) {
    return (x, y) -> {
      for (int j = 0; j < x.length; j++) {
        y[j] = (float) function.applyAsDouble(x[j]);
      }
    };
  }

  private static void tanh(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.tanh(x[j]);
    }
  }

  private static void sigmoid(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.sigmoid(x[j]);
    }
  }

  private static void exp(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.exp(x[j]);
    }
  }

  private static void expOfDoubles(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = (float) Math.exp(x[j]);
    }
  }

  private static void silu(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.silu(x[j]);
    }
  }

  private static void mish(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.mish(x[j]);
    }
  }

  private static void gelu(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.gelu(x[j]);
    }
  }

  private static void geluTanh(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.geluTanh(x[j]);
    }
  }

  private static void softplus(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.softplus(x[j]);
    }
  }

  private static void elu(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.elu(x[j], 0.75f);
    }
  }

  private static void celu(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.celu(x[j], 0.75f);
    }
  }

  private static void selu(float[] x, float[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = Activations.selu(x[j]);
    }
  }

  /** In 10^9 elements a second. */
  private static double speed(Loop loop, float[] x, float[] y, int calls) {
    long start = System.nanoTime();
    for (int call = 0; call < calls; call++) {
      loop.run(x, y);
    }
    return (double) calls * SIZE / (System.nanoTime() - start);
  }

  public static void main(String[] arguments) {
    float[] x = new float[SIZE];
    for (int j = 0; j < SIZE; j++) {
      x[j] = 8f * j / SIZE - 4;
    }
    float[] y = new float[SIZE];
    List<Row> rows = rows();
    double[] fast = new double[rows.size()];
    double[] slow = new double[rows.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < fast.length; i++) {
        fast[i] = Math.max(fast[i], speed(rows.get(i).fast(), x, y, 100));
        slow[i] = Math.max(slow[i], speed(rows.get(i).slow(), x, y, 4));
      }
    }
    double tanh = slow[0];
    System.out.println("| function | F32 | doubles | times | times `Math.tanh` |");
    System.out.println("|---|---|---|---|---|");
    for (int i = 0; i < fast.length; i++) {
      System.out.printf(
          "| %s | %.2f | %.3f | %.0f | %.0f |%n",
          rows.get(i).name(), fast[i], slow[i], fast[i] / slow[i], fast[i] / tanh);
    }
  }
}
