import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** The 200 small texts of {@link HostileTexts}, each of which asks for much work. */
final class HostileCorpus {

  private static final List<String> NORMS =
      List.of("", " from l2 to linf", " from linf to l2", " from linf to linf");

  private static final int ALL = 200;

  private HostileCorpus() {}

  /** All texts: those that are written by hand, then such by chance. */
  static List<HostileText> all() {
    List<HostileText> all = new ArrayList<>();
    byHand(all);
    for (int seed = 0; all.size() < ALL; seed++) {
      all.add(random(seed));
    }
    return all;
  }

  private static void byHand(List<HostileText> all) {
    for (int n : List.of(2, 999, 1001, 4096, 4097, 16384, 60000, 1 << 20)) {
      all.add(plain("center " + n, n, n, "", "return x |> center;"));
      all.add(plain("centers " + n, n, n, "", "a = x |> center; return a |> relu |> center;"));
    }
    for (String norms : NORMS) {
      for (int n : List.of(300, 3000, 30000)) {
        all.add(plain("relu " + n + norms, n, n, norms, "return x |> relu;"));
      }
      all.add(plain("center 3000" + norms, 3000, 3000, norms, "return x |> center;"));
      all.add(plain("softmax 3000" + norms, 3000, 3000, norms, "return x |> softmax(1.0);"));
    }
    for (int n : List.of(1000, 10_000, 100_000)) {
      all.add(plain("softmax " + n, n, n, "", "return x |> softmax(1.0);"));
      all.add(plain("group_sort " + n, n, n, "", "return x |> group_sort(" + n + ");"));
      all.add(plain("maxmin " + n, n, n, "", "return x |> maxmin;"));
      all.add(plain("householder " + n, n, n, "", "return x |> householder(0.6, -0.8);"));
      all.add(plain("residual " + n, n, n, "", "h = x |> relu; return h + x;"));
    }
    for (int n : List.of(2, 10, 64, 100)) {
      all.add(pairs("pairs " + n, n, "h = x |> relu; return h + x;"));
      all.add(pairs("pairs softmax " + n, n, "return x |> softmax(1.0);"));
      all.add(pairs("pairs center " + n, n, "return x |> center;"));
    }
    for (int depth : List.of(10, 13, 16)) {
      all.add(doubling("concat", depth, k -> "concat(a" + k + ", a" + k + ")", 1 << depth));
      all.add(doubling("sum", 10 * depth, k -> "a" + k + " + a" + k, 1));
      all.add(doubling("relu sum", 10 * depth, k -> "(a" + k + " |> relu) + a" + k, 1));
      all.add(nested(depth));
    }
    for (int width : List.of(256, 1024, 2048, 4096)) {
      for (String norms : NORMS) {
        all.add(dense("dense " + width + norms, norms, false, width, width, 10));
      }
    }
    all.add(dense("dense pairs 10", "", true, 64, 64, 10));
    all.add(dense("dense pairs 64", "", true, 512, 512, 64));
    for (int depth : List.of(20, 100, 400)) {
      for (int width : List.of(4, 32, 128)) {
        int[] sizes = new int[depth];
        Arrays.fill(sizes, width);
        all.add(dense("chain " + depth + " x " + width, "", false, sizes));
      }
    }
    for (int side : List.of(8, 28, 64, 200, 255)) {
      for (int channels : List.of(1, 8, 64)) {
        all.add(images("images " + channels + " x " + side, channels, side, channels, 3, 1, false));
        all.add(images("head " + channels + " x " + side, channels, side, channels, 3, 2, true));
      }
    }
    all.add(images("kernel 15", 4, 64, 4, 15, 1, false));
    all.add(images("channels 512", 512, 8, 512, 3, 1, false));
    all.add(images("channels 512 head", 512, 8, 512, 3, 2, true));
  }

  private static HostileText plain(String name, int in, int out, String norms, String body) {
    String text =
        "network N(x: real[%d]) -> real[%d] { certify lipschitz <= 2%s; %s }"
            .formatted(in, out, norms, body);
    return new HostileText(name, text, Map.of());
  }

  private static HostileText pairs(String name, int n, String body) {
    return plain(name, n, n, "; certify pairs", body);
  }

  private static HostileText doubling(String name, int depth, IntFunction<String> next, int size) {
    StringBuilder body = new StringBuilder("a0 = x |> relu; ");
    for (int k = 0; k < depth; k++) {
      body.append("a").append(k + 1).append(" = ").append(next.apply(k)).append("; ");
    }
    return plain(name + " " + depth, 1, size, "", body + "return a" + depth + ";");
  }

  /** Each network calls the one before twice. */
  private static HostileText nested(int depth) {
    StringBuilder text =
        new StringBuilder(
            "network N0(x: real[3]) -> real[3] { certify lipschitz <= 1; return x |> relu; }\n");
    for (int k = 1; k <= depth; k++) {
      text.append(
          "network N%d(x: real[3]) -> real[3] { certify lipschitz <= 1; a = x |> N%d; return a |> N%d; }%n"
              .formatted(k, k - 1, k - 1));
    }
    return new HostileText("calls " + depth, text.toString(), Map.of());
  }

  private static HostileText dense(String name, String norms, boolean pairs, int... sizes) {
    Map<String, int[]> tensors = new LinkedHashMap<>();
    StringBuilder body = new StringBuilder("a0 = x |> scale(1.0); ");
    int last = sizes[0];
    for (int k = 0; k < sizes.length; k++) {
      String relu = k < sizes.length - 1 ? " |> relu" : "";
      body.append("a%d = a%d |> dense(%d)%s; ".formatted(k + 1, k, sizes[k], relu));
      tensors.put("a" + (k + 1) + ".weight", new int[] {sizes[k], last});
      tensors.put("a" + (k + 1) + ".bias", new int[] {sizes[k]});
      last = sizes[k];
    }
    String text =
        "network N(x: real[%d]) -> real[%d] { certify lipschitz <= 1000%s;%s weights \"w.safetensors\"; %s return a%d; }"
            .formatted(sizes[0], last, norms, pairs ? " certify pairs;" : "", body, sizes.length);
    return new HostileText(name, text, tensors);
  }

  private static HostileText images(
      String name, int read, int side, int channels, int kernel, int stride, boolean head) {
    Map<String, int[]> tensors = new LinkedHashMap<>();
    tensors.put("a.weight", new int[] {channels, read, kernel, kernel});
    tensors.put("a.bias", new int[] {channels});
    tensors.put("b.weight", new int[] {channels, channels, kernel, kernel});
    tensors.put("b.bias", new int[] {channels});
    int padding = kernel / 2;
    int first = (side + 2 * padding - kernel) / stride + 1;
    int second = (first + 2 * padding - kernel) / stride + 1;
    String window = "kernel = %d, stride = %d, padding = %d".formatted(kernel, stride, padding);
    String body =
        "a = x |> conv2d(%d, %s) |> relu; b = a |> conv2d(%d, %s) |> relu;"
            .formatted(channels, window, channels, window);
    String end = " return b;";
    String out = "%d, %d, %d".formatted(channels, second, second);
    if (head) {
      end = " h = b |> flatten |> dense(10); return h;";
      tensors.put("h.weight", new int[] {10, channels * second * second});
      tensors.put("h.bias", new int[] {10});
      out = "10";
    }
    String text =
        "network N(x: real[%d, %d, %d]) -> real[%s] { certify lipschitz <= 1000; weights \"w.safetensors\"; %s%s }"
            .formatted(read, side, side, out, body, end);
    return new HostileText(name, text, tensors);
  }

  /** Layers, sizes and norms by chance. */
  private static HostileText random(int seed) {
    Random random = new Random(seed);
    String norms = NORMS.get(random.nextInt(4));
    int depth = 1 + random.nextInt(8);
    int width = 2 << random.nextInt(11);
    boolean pairs = random.nextInt(6) == 0;
    Map<String, int[]> tensors = new LinkedHashMap<>();
    StringBuilder body = new StringBuilder("a0 = x |> scale(0.5); ");
    int size = width;
    long weights = 0;
    for (int k = 1; k <= depth; k++) {
      String before = "a" + (k - 1);
      String layer =
          switch (random.nextInt(9)) {
            case 0 -> before + " |> center";
            case 1 -> before + " |> softmax(0.5)";
            case 2 -> before + " |> maxmin";
            case 3 -> before + " |> group_sort(" + size + ")";
            case 4 -> "(" + before + " |> tanh) + " + before;
            case 5 -> before + " |> gelu";
            case 6 -> "concat(" + before + ", " + before + ")";
            default -> {
              int next = 2 << random.nextInt(10);
              weights += (long) next * size;
              yield weights < 1 << 23
                  ? before + " |> dense(" + next + ") |> relu"
                  : before + " |> abs";
            }
          };
      if (layer.contains("dense")) {
        int next = Integer.parseInt(layer.replaceAll(".*dense\\((\\d+)\\).*", "$1"));
        tensors.put("a" + k + ".weight", new int[] {next, size});
        tensors.put("a" + k + ".bias", new int[] {next});
        size = next;
      } else if (layer.startsWith("concat")) {
        size *= 2;
      }
      body.append("a%d = %s; ".formatted(k, layer));
    }
    if (pairs && size > 100) {
      tensors.put("y.weight", new int[] {50, size});
      tensors.put("y.bias", new int[] {50});
      body.append("y = a%d |> dense(50); ".formatted(depth));
      size = 50;
    } else {
      body.append("y = a%d |> scale(0.5); ".formatted(depth));
    }
    String text =
        "network N(x: real[%d]) -> real[%d] { certify lipschitz <= 1000%s;%s%s %s return y; }"
            .formatted(
                width,
                size,
                norms,
                pairs ? " certify pairs;" : "",
                tensors.isEmpty() ? "" : " weights \"w.safetensors\";",
                body);
    return new HostileText("random " + seed, text, tensors);
  }
}
