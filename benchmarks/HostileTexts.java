import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Whether {@code lipc certify --budget} keeps its promise: an answer within 1.3 times the budget
 * and a second more, for 200 small texts that ask for much. The time is that of the process, with
 * the start of Java. Run from the project's root with a java of 25 or newer, once {@code ./lipc}
 * has been built:
 *
 * <pre>{@code java benchmarks/HostileTexts.java [SECONDS [NAME]]}</pre>
 *
 * <p>NAME takes the texts alone whose names contain it. Another command than {@code ./lipc} is
 * taken from the property {@code lipc}. It ends with 1 if a promise was broken.
 */
final class HostileTexts {

  /** A text, and the shapes of the tensors that its file of weights has. */
  private record Hostile(String name, String text, Map<String, int[]> tensors) {}

  private static final List<String> NORMS =
      List.of("", " from l2 to linf", " from linf to l2", " from linf to linf");

  private static final int ALL = 200;

  private HostileTexts() {}

  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    String wanted = arguments.length > 1 ? arguments[1] : "";
    Path folder = Files.createTempDirectory("hostile");
    System.out.println("| text | bytes | s | CPU s | answer | by |");
    System.out.println("|---|---|---|---|---|---|");
    List<Run> runs = new ArrayList<>();
    for (Hostile hostile : all()) {
      if (hostile.name().contains(wanted)) {
        runs.add(run(folder, hostile, seconds));
      }
    }
    families(runs);
    double allowed = 1.3 * seconds + 1;
    long late = runs.stream().filter(run -> run.wall() > allowed).count();
    long silent = runs.stream().filter(run -> !run.isAnswer()).count();
    long proved = runs.stream().filter(run -> run.answer().equals("proved")).count();
    double slowest = runs.stream().mapToDouble(Run::wall).max().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "%n%d texts, budget %.1f s: %d proved, slowest %.2f s, %d later than %.2f s, %d without an answer%n",
        runs.size(),
        seconds,
        proved,
        slowest,
        late,
        allowed,
        silent);
    System.exit(late + silent > 0 ? 1 : 0);
  }

  /** A row for each kind of text: the first word of its name. */
  private static void families(List<Run> runs) {
    Map<String, List<Run>> families = new LinkedHashMap<>();
    runs.forEach(
        run -> families.computeIfAbsent(run.name().split(" ")[0], _ -> new ArrayList<>()).add(run));
    System.out.printf(
        "%n| texts | number | proved | slowest, s | most CPU, s |%n|---|---|---|---|---|%n");
    families.forEach(
        (name, of) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f |%n",
                name,
                of.size(),
                of.stream().filter(run -> run.answer().equals("proved")).count(),
                of.stream().mapToDouble(Run::wall).max().orElse(0),
                of.stream().mapToDouble(Run::processor).max().orElse(0)));
  }

  private record Run(String name, double wall, double processor, String answer) {
    boolean isAnswer() {
      return List.of("proved", "not proved", "false", "refused").contains(answer);
    }
  }

  private static Run run(Path folder, Hostile hostile, double seconds) throws Exception {
    Path text = folder.resolve("hostile.lip");
    Files.writeString(text, hostile.text());
    if (!hostile.tensors().isEmpty()) {
      write(folder.resolve("w.safetensors"), hostile.tensors());
    }
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("lipc", "./lipc").split(" ")));
    command.addAll(List.of("certify", "--budget", (long) (1000 * seconds) + "ms", text.toString()));
    Path out = folder.resolve("out");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    Duration used = Duration.ZERO;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      used = process.info().totalCpuDuration().orElse(used);
      if (System.nanoTime() - start > 10e9 * (seconds + 1)) {
        process.destroyForcibly();
      }
    }
    double wall = (System.nanoTime() - start) / 1e9;
    String said = Files.readString(out);
    String answer = answer(said, process.exitValue());
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.2f%s | %.2f | %s | %s |%n",
        hostile.name(),
        hostile.text().length(),
        wall,
        wall > 1.3 * seconds + 1 ? " **late**" : "",
        used.toMillis() / 1e3,
        answer,
        by(said));
    return new Run(hostile.name(), wall, used.toMillis() / 1e3, answer);
  }

  private static String answer(String said, int code) {
    boolean refused = said.contains("answer:   refused") || said.contains("pairs-not-certified");
    for (String line : said.lines().toList()) {
      if (line.startsWith("answer:")) {
        String word = line.substring(7).strip();
        return word.startsWith("not proved") || refused
            ? "not proved"
            : word.startsWith("proved") ? "proved" : word.startsWith("false") ? "false" : word;
      }
    }
    if (code == 1 && said.contains("[lipschitz-bound-not-certified]")) {
      return "not proved";
    }
    if (code == 1 && said.contains("error: [")) {
      return "refused";
    }
    String first = said.lines().filter(line -> line.contains("error")).findFirst().orElse("");
    return "rc " + code + ": " + first.replace('|', '/');
  }

  private static String by(String said) {
    return said.lines()
        .filter(line -> line.startsWith("bound:") && line.contains(" by "))
        .map(line -> line.replaceAll(".* by ([a-z-]+).*", "$1"))
        .findFirst()
        .orElse("");
  }

  private static void write(Path file, Map<String, int[]> tensors) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (var tensor : tensors.entrySet()) {
      long size = 1;
      StringBuilder shape = new StringBuilder();
      for (int extent : tensor.getValue()) {
        size *= extent;
        shape.append(shape.isEmpty() ? "" : ",").append(extent);
      }
      header.append(header.length() == 1 ? "" : ",");
      header.append(
          String.format(
              "\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
              tensor.getKey(), shape, at, at + 4 * size));
      at += 4 * size;
    }
    byte[] head = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(head.length).array());
      out.write(head);
      Random random = new Random(1);
      for (int[] shape : tensors.values()) {
        out.write(numbers(shape, random));
      }
    }
  }

  private static byte[] numbers(int[] shape, Random random) {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    double scale = shape.length > 1 ? 1 / Math.sqrt((double) size / shape[0]) : 0.1;
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      bytes.putFloat((float) (scale * (2 * random.nextFloat() - 1)));
    }
    return bytes.array();
  }

  private static List<Hostile> all() {
    List<Hostile> all = new ArrayList<>();
    byHand(all);
    for (int seed = 0; all.size() < ALL; seed++) {
      all.add(random(seed));
    }
    return all;
  }

  private static void byHand(List<Hostile> all) {
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
        java.util.Arrays.fill(sizes, width);
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

  private static Hostile plain(String name, int in, int out, String norms, String body) {
    String text =
        "network N(x: real[%d]) -> real[%d] { certify lipschitz <= 2%s; %s }"
            .formatted(in, out, norms, body);
    return new Hostile(name, text, Map.of());
  }

  private static Hostile pairs(String name, int n, String body) {
    return plain(name, n, n, "; certify pairs", body);
  }

  private static Hostile doubling(String name, int depth, IntFunction<String> next, int size) {
    StringBuilder body = new StringBuilder("a0 = x |> relu; ");
    for (int k = 0; k < depth; k++) {
      body.append("a").append(k + 1).append(" = ").append(next.apply(k)).append("; ");
    }
    return plain(name + " " + depth, 1, size, "", body + "return a" + depth + ";");
  }

  /** Each network calls the one before twice. */
  private static Hostile nested(int depth) {
    StringBuilder text =
        new StringBuilder(
            "network N0(x: real[3]) -> real[3] { certify lipschitz <= 1; return x |> relu; }\n");
    for (int k = 1; k <= depth; k++) {
      text.append(
          "network N%d(x: real[3]) -> real[3] { certify lipschitz <= 1; a = x |> N%d; return a |> N%d; }%n"
              .formatted(k, k - 1, k - 1));
    }
    return new Hostile("calls " + depth, text.toString(), Map.of());
  }

  private static Hostile dense(String name, String norms, boolean pairs, int... sizes) {
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
    return new Hostile(name, text, tensors);
  }

  private static Hostile images(
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
    return new Hostile(name, text, tensors);
  }

  /** Layers, sizes and norms by chance. */
  private static Hostile random(int seed) {
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
    return new Hostile("random " + seed, text, tensors);
  }
}
