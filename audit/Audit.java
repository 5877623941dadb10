import java.io.IOException;
import java.math.*;
import java.nio.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;

/**
 * A second checker of lipc's certificates: this file and the JDK, nothing of lipc. Run it by
 *
 * <pre>java Audit.java CERTIFICATE WEIGHTS [CALLEE_CERTIFICATE CALLEE_WEIGHTS ...]</pre>
 *
 * where WEIGHTS is a safetensors file, or - for none; a CERTIFICATE may be a safetensors file that
 * carries it. Written from docs/soundness.md (below: SOUNDNESS) and docs/certificate-format.md
 * (FORMAT). Conclusions are drawn in BigDecimal and BigInteger alone, which are exact as they are
 * used here; doubles guess the factor G of {@link #isSquaresPlusDominant}, and nothing else. To be
 * read from audit over auditOne, Assembly and positive to the rest.
 */
public final class Audit {

  /** In multiplications of longs, of a nanosecond or two; one of big numbers counts BIG. */
  private static final long WORK = 4_000_000_000L;

  private static final double BIG = 100;
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal MINUS = ONE.negate();
  private static final BigDecimal HALF = new BigDecimal(0.5);

  private final List<String> report = new ArrayList<>();
  private final Map<String, Certificate> given = new HashMap<>();
  private long work;

  private Audit(long work) {
    this.work = work;
  }

  public static void main(String[] arguments) {
    List<String> texts = new ArrayList<>();
    List<byte[]> weights = new ArrayList<>();
    try {
      for (int i = 0; i < Math.max(2, arguments.length); i += 2) {
        byte[] file = Files.readAllBytes(Path.of(arguments[i]));
        byte[] none = new byte[0];
        String other = arguments[i + 1];
        texts.add(file[0] == '{' ? Files.readString(Path.of(arguments[i])) : carried(file));
        weights.add(other.equals("-") ? none : Files.readAllBytes(Path.of(other)));
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("cannot be read: " + printable(e.toString()));
      System.err.println("usage: java Audit.java CERTIFICATE WEIGHTS [CALLEE CALLEE_WEIGHTS ...]");
      System.exit(2);
    }
    List<String> report = audit(texts, weights, WORK);
    report.forEach(System.out::println);
    String verdict = report.get(report.size() - 1);
    System.exit(verdict.startsWith("ACCEPTED") ? 0 : verdict.startsWith("REJECTED") ? 1 : 3);
  }

  /**
   * Audits certificates: the first is the claim, the others are those that it may call.
   *
   * @param weights for each certificate the bytes of a safetensors file, or no bytes
   * @param work how much may be computed: counted, not timed
   * @return what was checked, line by line; the last line is the verdict
   */
  public static List<String> audit(List<String> texts, List<byte[]> weights, long work) {
    Audit audit = new Audit(work);
    try {
      List<Certificate> all = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        all.add(new Certificate(texts.get(i), weights.get(i)));
        audit.given.putIfAbsent(all.get(i).digest, all.get(i));
      }
      all.forEach(audit::auditOne);
      audit.say("ACCEPTED: " + all.get(0).claim());
    } catch (Stop e) {
      audit.say(e.getMessage());
    } catch (ClassCastException e) {
      audit.say("REJECTED: a value of another kind than its name has: " + e.getMessage());
    } catch (OutOfMemoryError | StackOverflowError e) {
      audit.say("NOT DECIDED: too large for the memory of this machine");
    }
    return audit.report;
  }

  /** Carries a verdict out of all methods. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stop(String verdict) {
      super(verdict);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new Stop("REJECTED: " + otherwise);
    }
  }

  /** Counts work before it is done. */
  private void spend(double steps, String what) {
    if (steps > work) {
      throw new Stop("NOT DECIDED: too large: " + what);
    }
    work -= (long) steps;
  }

  private void say(String line) {
    report.add(printable(line));
  }

  /** Nothing that a file says may move a terminal's cursor. */
  private static String printable(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return shown.length() > 400 ? shown.substring(0, 400) + "..." : shown;
  }

  // ---------------------------------------------------------------- texts

  /** FORMAT, "Members": which an object has, in this order; with `?` where it may lack one. */
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("input", "operation size lower? upper?"),
          Map.entry("dense", "operation operand inputs size weight bias?"),
          Map.entry("activation", "operation operand name parameters size"),
          Map.entry("sum", "operation operands size"),
          Map.entry("concat", "operation operands size"),
          Map.entry("scale", "operation operand factor size"),
          Map.entry("affine", "operation operand scale shift size"),
          Map.entry("call", "operation operand network certificate inputs size"),
          Map.entry("select", "operation operand indices"),
          Map.entry("tensors", "name shape digest"),
          Map.entry("gains", "unit gain procedure rows?"),
          Map.entry("segmentations", "unit lengths"),
          Map.entry("multipliers", "unit constraint values"),
          Map.entry("proofs", "gains segmentations multipliers procedure rows?"));

  /** The members of an object. Whatever is of another kind than expected is met as a bad cast. */
  @SuppressWarnings("unchecked")
  private record Item(Map<String, Object> members) {

    /** No member is left out, none is added, and each stands at its place. */
    Item of(String schema) {
      Stream<String> all = Stream.of(schema.split(" "));
      Stream<String> there =
          all.filter(m -> !m.endsWith("?") || has(m.substring(0, m.length() - 1)));
      String expected = there.collect(Collectors.joining(" ")).replace("?", "");
      String found = String.join(" ", members.keySet());
      require(expected.equals(found), "not the members " + expected + " but " + found);
      return this;
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    boolean is(String name, String word) {
      return word.equals(members.get(name));
    }

    <T> T get(String name) {
      return (T) members.get(name);
    }

    <T> List<T> list(String name) {
      return (List<T>) members.getOrDefault(name, List.of());
    }

    List<Item> items(String name) {
      return this.<Item>list(name).stream().map(item -> item.of(MEMBERS.get(name))).toList();
    }

    List<BigDecimal> numbers(String name) {
      return this.<Double>list(name).stream().map(BigDecimal::new).toList();
    }

    List<Integer> operands() {
      return has("operand") ? List.of(this.<Integer>get("operand")) : list("operands");
    }

    int size() {
      return has("indices") ? list("indices").size() : get("size");
    }
  }

  /** Reads JSON in the one layout that a certificate has: FORMAT, "Layout". */
  private static final class Reader {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,8}");
    private static final Pattern TEXT =
        Pattern.compile(
            "\"((?:[^\"\\\\\\x00-\\x1f\\ud800-\\udfff]|\\\\[\"\\\\]|\\\\u00[01][0-9a-f]"
                + "|\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9a-f]{2})*+)\"");
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    private boolean take(String expected) {
      boolean found = text.startsWith(expected, at);
      at += found ? expected.length() : 0;
      return found;
    }

    private void expect(boolean found) {
      require(found, "the text is not canonical at character " + at);
    }

    private String take(Pattern pattern) {
      Matcher matcher = pattern.matcher(text).region(at, text.length());
      expect(matcher.lookingAt());
      at = matcher.end();
      return matcher.group(matcher.groupCount());
    }

    /** Members of the certificate, and elements of its lists, stand on lines of their own. */
    Object value(int depth) {
      boolean object = take("{");
      if (!object && !take("[")) {
        return text.startsWith("\"", at) ? scalar(take(TEXT)) : Integer.valueOf(take(INTEGER));
      }
      Map<String, Object> members = new LinkedHashMap<>();
      String line = depth > 1 ? "" : "\n" + "  ".repeat(depth);
      String start = depth > 1 ? "" : line + "  ";
      while (!take(members.isEmpty() && !object ? "]" : line + (object ? "}" : "]"))) {
        expect(members.isEmpty() || take(depth > 1 ? ", " : ","));
        expect(take(start));
        String name = object ? take(TEXT) : String.valueOf(members.size());
        expect(!object || take(": "));
        expect(members.put(name, value(depth + 1)) == null);
      }
      return object ? new Item(members) : List.copyOf(members.values());
    }

    /** A real number is told by its text, which is the only one that it has: FORMAT, "Reals". */
    private static Object scalar(String text) {
      boolean real = text.matches("-?0x[01]\\.[0-9a-f]{1,13}p-?[0-9]{1,4}");
      return real && Double.toHexString(Double.parseDouble(text)).equals(text)
          ? (Object) Double.valueOf(text)
          : text;
    }
  }

  // ---------------------------------------------------------------- weights

  private static String sha256(String head, byte[] file, int from, int to) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      sha.update(file, from, to - from);
      return "sha256:" + HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The JSON of a safetensors file, which stands after its length in eight bytes. */
  private static String header(byte[] file) {
    long length =
        file.length < 8 ? 0 : ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    require(length >= 0 && length <= Math.max(0, file.length - 8), "no safetensors file");
    return new String(file, Math.min(8, file.length), (int) length, StandardCharsets.UTF_8);
  }

  /** The certificate that weights carry in their header. */
  private static String carried(byte[] file) {
    String[] parts = header(file).split("\"lipc.certificate\"\\s*:\\s*\"", 2);
    int end = 0;
    while (parts[1].charAt(end) != '"') {
      end += parts[1].charAt(end) == '\\' ? 2 : 1;
    }
    Matcher escapes = Pattern.compile("\\\\(?:u(....)|(.))").matcher(parts[1].substring(0, end));
    return escapes.replaceAll(
        escape -> {
          String hex = escape.group(1) == null ? "" : escape.group(1);
          String one = "n".equals(escape.group(2)) ? "\n" : escape.group(2);
          return Matcher.quoteReplacement(
              hex.isEmpty() ? one : Character.toString(Integer.parseInt(hex, 16)));
        });
  }

  /** FORMAT, "Digests". It is found leniently: whatever is misread here has another digest. */
  private static double[] tensor(Certificate c, Item record) {
    String name = record.get("name");
    String entry = Pattern.quote("\"" + name + "\"") + "\\s*:\\s*\\{[^}]*\"data_offsets\"\\s*:";
    String span = "\\s*\\[\\s*(\\d{1,10})\\s*,\\s*(\\d{1,10})\\s*\\]";
    Matcher found = Pattern.compile(entry + span).matcher(header(c.weights));
    require(found.find(), "tensor " + name + " is not among the weights");
    ByteBuffer data = ByteBuffer.wrap(c.weights).order(ByteOrder.LITTLE_ENDIAN);
    long start = 8 + data.getLong();
    long from = start + Long.parseLong(found.group(1));
    long to = start + Long.parseLong(found.group(2));
    require(from <= to && to <= c.weights.length, "tensor " + name + " is not within its file");
    String digest =
        sha256(c.type + " " + record.get("shape") + "\n", c.weights, (int) from, (int) to);
    require(record.is("digest", digest), "tensor " + name + " has another digest: " + digest);
    data.position((int) from);
    double[] values = new double[(int) (to - from) / (c.type.equals("F32") ? 4 : 8)];
    Arrays.setAll(values, i -> c.type.equals("F32") ? data.getFloat() : data.getDouble());
    require(Arrays.stream(values).allMatch(Double::isFinite), "tensor " + name + " is not finite");
    return values;
  }

  // ---------------------------------------------------------------- one certificate

  /**
   * What a text says, and the weights beside it; {@link #auditOne} finds out whether it is true.
   */
  private static final class Certificate {
    final Item item;
    final String digest;
    final byte[] weights;
    final List<Item> units;
    final List<Item> proofs;
    final String type;
    final boolean numeric;
    final boolean inlined;
    final boolean fromLinf;
    final boolean toLinf;
    final BigDecimal bound;
    boolean accepted;

    Certificate(String text, byte[] weights) {
      Reader reader = new Reader(text);
      Item read = (Item) reader.value(0);
      require(text.substring(reader.at).equals("\n"), "something follows the certificate");
      String norms = read.has("input norm") ? "input norm output norm " : "";
      String proof = read.has("proofs") ? "proofs" : MEMBERS.get("proofs");
      String head = "format network kind type declared bound method units tensors ";
      this.item = read.of(head + norms + "calls? " + proof);
      this.digest = sha256(text, weights, 0, 0);
      this.weights = weights;
      this.units = item.list("units");
      this.proofs = item.has("proofs") ? item.items("proofs") : List.of(item);
      this.type = item.<String>get("type").toUpperCase(Locale.ROOT);
      this.numeric = item.is("kind", "numeric");
      this.inlined = item.is("calls", "inlined");
      this.fromLinf = item.is("input norm", "linf");
      this.toLinf = item.is("output norm", "linf");
      this.bound = new BigDecimal(item.<Double>get("bound"));
      require(item.is("format", "lipc-certificate-1"), "another format");
      require(numeric || item.is("kind", "structural"), "another kind");
      require(item.is("type", "f32") || item.is("type", "f64"), "another type");
      boolean known =
          (fromLinf || item.is("input norm", "l2")) && (toLinf || item.is("output norm", "l2"));
      require(fromLinf || toLinf ? known : norms.isEmpty(), "unknown norms, or the usual ones");
      require(inlined || !item.has("calls"), "unknown calls, or the usual ones");
      require(proofs.size() > 1 || !item.has("proofs"), "a list of a single proof");
      require(!units.isEmpty(), "no units");
    }

    int inputs() {
      return units.get(0).size();
    }

    int outputs() {
      return units.get(units.size() - 1).size();
    }

    String claim() {
      double bound = item.get("bound");
      String claim = "%s: |f(x) - f(x')|_%s <= %s |x - x'|_%s, exactly %s, for %s";
      String about = numeric ? "these tensors" : "all values of its parameters";
      String from = fromLinf ? "linf" : "l2";
      return String.format(
          claim,
          item.get("network"),
          toLinf ? "linf" : "l2",
          bound,
          from,
          Double.toHexString(bound),
          about);
    }
  }

  private void auditOne(Certificate c) {
    if (c.accepted) {
      return; // as the callee of another
    }
    say("certificate " + c.digest);
    say("  " + c.claim());
    say("  " + c.units.size() + " units of type " + c.type + ", found by " + c.item.get("method"));
    require(c.bound.signum() >= 0, "a negative bound");
    BigDecimal declared = new BigDecimal(c.item.<Double>get("declared"));
    require(c.bound.compareTo(declared) <= 0, "a bound above the declared one");
    for (int i = 0; i < c.units.size(); i++) {
      require(isUnit(c, i, c.units.get(i)), "unit " + i + " is unknown, or does not fit");
    }
    checkTensors(c);
    List<Item> calls = c.units.stream().filter(unit -> unit.is("operation", "call")).toList();
    calls.forEach(call -> checkCall(c, call));
    require(!c.inlined || c.numeric && !calls.isEmpty(), "nothing that may be inlined");
    List<Item> flat = c.inlined ? new ArrayList<>() : c.units;
    int output = c.inlined ? inline(c, -1, flat) : c.units.size() - 1;
    String procedure = c.proofs.get(0).get("procedure");
    boolean theorem =
        procedure.equals("ldlt construction") || procedure.equals("elementwise product");
    require(
        c.proofs.size() == (c.toLinf && !theorem ? c.outputs() : 1), "too few or too many proofs");
    for (int j = 0; j < c.proofs.size(); j++) {
      Assembly assembly = new Assembly(c, flat, output, c.proofs.get(j), j);
      switch (procedure) {
        case "ldlt construction" -> checkConstruction(c);
        case "elementwise product" -> assembly.checkElementwiseProduct();
        default -> assembly.checkInequality();
      }
      require(assembly.unread.isEmpty(), "records that nothing reads: " + assembly.unread.keySet());
    }
    c.accepted = true;
  }

  /** SOUNDNESS, "Signals": earlier operands, sizes that fit, constants of the type, known names. */
  private static boolean isUnit(Certificate c, int at, Item unit) {
    unit.of(MEMBERS.getOrDefault(unit.<String>get("operation"), "operation"));
    int n = unit.size();
    if (n < 1 || !unit.operands().stream().allMatch(k -> k >= 0 && k < at)) {
      return false;
    }
    List<Integer> sizes = unit.operands().stream().map(k -> c.units.get(k).size()).toList();
    long sum = sizes.stream().mapToLong(size -> size).sum();
    List<Double> constants =
        new ArrayList<>(unit.has("factor") ? List.of(unit.<Double>get("factor")) : List.of());
    Stream.of("parameters", "scale", "shift").forEach(name -> constants.addAll(unit.list(name)));
    require(
        constants.stream().allMatch(v -> c.type.equals("F64") || (float) (double) v == v),
        "a constant of unit " + at + " is no number of F32");
    return switch (unit.<String>get("operation")) {
      case "input" -> at == 0 && isBox(unit, unit.numbers("lower"), unit.numbers("upper"));
      case "sum" -> sizes.size() > 1 && sizes.stream().allMatch(size -> size == n);
      case "concat" -> sizes.size() > 1 && sum == n;
      case "dense", "call" -> sum == unit.<Integer>get("inputs");
      case "scale" -> sum == n;
      case "affine" -> sum == n && unit.list("scale").size() == n && unit.list("shift").size() == n;
      case "select" -> unit.<Integer>list("indices").stream().allMatch(k -> k >= 0 && k < sum);
      default -> sum == n && slopes(unit) != null && n % groupSize(unit) == 0;
    };
  }

  private static boolean isBox(Item unit, List<BigDecimal> lower, List<BigDecimal> upper) {
    boolean given = unit.has("lower") || unit.has("upper");
    boolean fits = lower.size() == (given ? unit.size() : 0) && upper.size() == lower.size();
    IntStream all = IntStream.range(0, lower.size());
    return fits && all.allMatch(i -> lower.get(i).compareTo(upper.get(i)) <= 0);
  }

  /** One record for each tensor that a unit names, sorted; each is the tensor that is given. */
  private void checkTensors(Certificate c) {
    boolean theorem = c.proofs.get(0).is("procedure", "ldlt construction");
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (Item unit : theorem ? List.<Item>of() : c.units) {
      List<Integer> bias = List.of(unit.size());
      List<Integer> weight = unit.has("weight") ? List.of(unit.size(), unit.get("inputs")) : bias;
      boolean same =
          !unit.has("weight")
              || shapes
                  .merge(unit.get("weight"), weight, (a, b) -> a.equals(b) ? a : List.of())
                  .equals(weight);
      same &=
          !unit.has("bias")
              || shapes
                  .merge(unit.get("bias"), bias, (a, b) -> a.equals(b) ? a : List.of())
                  .equals(bias);
      require(same, "a tensor of two shapes");
    }
    List<Item> records = c.item.items("tensors");
    List<?> names = records.stream().map(record -> record.get("name")).toList();
    require(
        names.equals(List.copyOf(shapes.keySet())),
        "tensors that are not those of the units, sorted");
    require(c.numeric || names.isEmpty(), "a structural certificate of given tensors");
    Map<String, double[]> tensors = new HashMap<>();
    for (Item record : records) {
      String name = record.get("name");
      require(record.get("shape").equals(shapes.get(name)), "another shape of tensor " + name);
      tensors.put(name, tensor(c, record));
      say("  tensor " + name + " " + record.get("shape") + " " + record.get("digest"));
    }
    Stream<Item> dense = c.units.stream().filter(unit -> unit.has("weight"));
    dense.forEach(unit -> unit.members.put("matrix", tensors.get(unit.<String>get("weight"))));
  }

  /** SOUNDNESS, "Constraints": a callee is audited in the same run. */
  private void checkCall(Certificate c, Item call) {
    Certificate callee = given.get(call.<String>get("certificate"));
    String name = "the callee " + call.get("network");
    require(callee != null, name + " is not given: there is no certificate of that digest");
    auditOne(callee);
    boolean fits = call.get("inputs").equals(callee.inputs()) && callee.outputs() == call.size();
    require(fits && callee.type.equals(c.type), name + " is of another type or size");
    require(c.numeric || !callee.numeric, name + " is numeric, its caller structural");
    require(!c.inlined || callee.numeric, name + " has free parameters, and is inlined");
    say("  calls " + call.get("network") + " " + callee.digest);
    call.members.put("callee", callee);
  }

  /** FORMAT, "Inlined calls": appends the units of c, and gives the number of its output. */
  private int inline(Certificate c, int input, List<Item> flat) {
    List<Integer> numbers = new ArrayList<>();
    for (Item unit : c.units) {
      spend(8 * BIG, "units of inlined calls");
      List<Integer> operands = unit.operands().stream().map(numbers::get).toList();
      if (unit.is("operation", "input") && input >= 0) {
        numbers.add(input);
      } else if (unit.is("operation", "call")) {
        numbers.add(inline(unit.get("callee"), operands.get(0), flat));
      } else {
        Item copy = new Item(new HashMap<>(unit.members));
        copy.members.remove("operand");
        copy.members.put("operands", operands);
        numbers.add(flat.size());
        flat.add(copy);
      }
    }
    return numbers.get(numbers.size() - 1);
  }

  // ---------------------------------------------------------------- activations

  /**
   * SOUNDNESS, "Slopes" and "Groups"; FORMAT, "Activations": the interval of the slopes, in groups
   * that of the pairs (p, w) of {@link Assembly#group}; null where there is no such activation.
   */
  private static double[] slopes(Item unit) {
    List<Double> parameters = unit.list("parameters");
    double p = parameters.isEmpty() ? 0 : parameters.get(0);
    return switch (unit.get("name") + " " + parameters.size()) {
      case "relu 0", "tanh 0", "relu6 0", "hard_tanh 0", "softplus 0", "softsign 0" -> slopes(0, 1);
      case "leaky_relu 1" -> slopes(Math.min(p, 1), Math.max(p, 1));
      case "elu 1" -> p >= 0 ? slopes(0, Math.max(p, 1)) : null;
      case "celu 1" -> p > 0 ? slopes(0, 1) : null;
      case "sigmoid 0" -> slopes(0, 0.25);
      case "silu 0" -> slopes(-0x1.98f11d8p-4, 0x1.198f11d8p0);
      case "selu 0" -> slopes(0, 0x1.c212cc65p0);
      case "hard_sigmoid 0" -> slopes(0, 0x1.55555558p-3);
      case "hard_swish 0" -> slopes(-0.5, 1.5);
      case "gelu 0" -> slopes(-0x1.07fee58p-3, 0x1.20ffdcbp0);
      case "gelu_tanh 0" -> slopes(-0x1.082d84ap-3, 0x1.2105b094p0);
      case "mish 0" -> slopes(-0x1.cce831p-4, 0x1.16a7d0c5p0);
      case "sin 0", "abs 0", "maxmin 0" -> slopes(-1, 1);
      case "group_sort 1" -> p >= 2 && p % 1 == 0 && p <= unit.size() ? slopes(-1, 1) : null;
      case "householder 2" -> slopes(0, 1);
      case "identity 0", "center 0" -> slopes(1, 1);
      case "softmax 1" -> p > 0 && 0.5 / p <= Double.MAX_VALUE ? slopes(0, ell(p)) : null;
      default -> null;
    };
  }

  private static double[] slopes(double least, double largest) {
    return new double[] {least, largest};
  }

  private static BigDecimal steepest(Item unit) {
    return new BigDecimal(Math.max(-slopes(unit)[0], slopes(unit)[1]));
  }

  /** The least double that is no less than 1 / (2T). */
  private static double ell(double t) {
    BigDecimal product = new BigDecimal(0.5 / t).multiply(new BigDecimal(t));
    return product.compareTo(HALF) >= 0 ? 0.5 / t : Math.nextUp(0.5 / t);
  }

  private static int groupSize(Item unit) {
    return switch (unit.<String>get("name")) {
      case "maxmin", "householder" -> 2;
      case "group_sort" -> unit.<Double>list("parameters").get(0).intValue();
      case "softmax", "center" -> unit.size();
      default -> 1;
    };
  }

  /** FORMAT, "Center": {@code I - c 1 1'}, c the multiple of 2^-53 next to 1/n; row by row. */
  private static double[] center(int n) {
    double c = 1 - (1 - 1.0 / n);
    double[] matrix = new double[n * n];
    Arrays.setAll(matrix, k -> k % (n + 1) == 0 ? 1 - c : -c);
    return matrix;
  }

  /** SOUNDNESS, "Gain": the square of what the unit multiplies l2 distances by at most. */
  private static BigDecimal squaredGain(Item unit) {
    switch (unit.<String>get("operation")) {
      case "call":
        Certificate callee = unit.get("callee");
        return callee.bound.pow(2).multiply(new BigDecimal(callee.toLinf ? unit.size() : 1));
      case "affine":
        return unit.numbers("scale").stream()
            .map(s -> s.pow(2))
            .max(Comparator.naturalOrder())
            .get();
      case "select":
        boolean once = Set.copyOf(unit.list("indices")).size() == unit.size();
        require(once, "a gain of a selection that repeats elements");
        return ONE;
      case "activation":
        BigDecimal norm =
            unit.numbers("parameters").stream()
                .map(v -> v.pow(2))
                .reduce(MINUS, (a, v) -> a.add(v).add(v));
        return (unit.is("name", "householder") ? norm.max(ONE) : steepest(unit)).pow(2);
      default:
        throw new Stop("REJECTED: a gain of the operation " + unit.get("operation"));
    }
  }

  // ---------------------------------------------------------------- the inequality

  /** A row of a signal as a linear form of coordinates, without zeros: SOUNDNESS, "Signals". */
  private static final class Form extends TreeMap<Integer, BigDecimal> {
    private static final long serialVersionUID = 1;

    /** Above 1 for what stands for a vector: SOUNDNESS, "Rows of several elements". */
    final int length;

    Form(int length) {
      this.length = length;
    }

    BigDecimal at(int k) {
      return getOrDefault(k, BigDecimal.ZERO);
    }
  }

  /** {@code factor u v}: a part of a form Q, with its multiplier. */
  private record Product(BigDecimal factor, Form u, Form v) {}

  /** One proof: SOUNDNESS, "Signals", "Constraints", "The inequality". */
  private final class Assembly {
    private final Certificate c;
    private final List<Item> units;
    private final int output;
    private final Item proof;
    private final int element;
    private final Map<String, Item> unread = new TreeMap<>();
    private final List<List<Form>> signals = new ArrayList<>();
    private final List<List<Product>> constraints = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final TreeMap<Integer, Form> matrix = new TreeMap<>();
    private boolean magnitudes;

    Assembly(Certificate c, List<Item> units, int output, Item proof, int element) {
      this.c = c;
      this.units = units;
      this.output = output;
      this.proof = proof;
      this.element = element;
      for (String list : List.of("gains", "segmentations", "multipliers")) {
        for (Item item : proof.items(list)) {
          String what = list.equals("multipliers") ? item.get("constraint") : list;
          String key = what + " of unit " + item.get("unit");
          require(unread.put(key, item) == null, "two records: " + key);
        }
      }
    }

    void checkInequality() {
      passThroughUnits();
      List<Form> x = signals.get(0);
      BigDecimal rho = c.bound.pow(2);
      List<BigDecimal> mu =
          c.fromLinf ? multipliers("range", 0, x.size()) : Collections.nCopies(x.size(), rho);
      BigDecimal left = rho;
      for (int k = 0; k < x.size(); k++) {
        left = left.subtract(mu.get(k).multiply(new BigDecimal(x.get(k).length)));
        subtract(mu.get(k).negate(), x.get(k), x.get(k));
      }
      require(
          !c.fromLinf || left.signum() >= 0,
          "the multipliers of the range exceed the bound's square");
      List<Form> y = signals.get(output);
      subtractOutput(c.toLinf ? List.of(element(y, element)) : y);
      positive(
          matrix, c.fromLinf ? 0 : x.size(), rho, proof, c.toLinf ? "S of output " + element : "S");
    }

    private void passThroughUnits() {
      BitSet needed = new BitSet();
      needed.set(output);
      for (int i = output; i >= 0; i--) {
        (needed.get(i) ? units.get(i).operands() : List.<Integer>of()).forEach(needed::set);
      }
      for (int i = 0; i <= output; i++) {
        constraints.add(new ArrayList<>());
        signals.add(needed.get(i) ? signal(i, units.get(i)) : List.of());
      }
    }

    /**
     * Takes |dy|^2 away, and the constraints of those units of which it depends on a coordinate.
     */
    private void subtractOutput(List<Form> y) {
      BitSet read = new BitSet();
      List<Product> products = y.stream().map(form -> new Product(ONE, form, form)).toList();
      for (int i = output; i >= 0; i--) {
        for (Product product : products) {
          subtract(product.factor, product.u, product.v);
          product.u.keySet().forEach(k -> read.set(owners.get(k)));
          product.v.keySet().forEach(k -> read.set(owners.get(k)));
        }
        products = read.get(i) ? constraints.get(i) : List.of();
      }
    }

    /** Takes {@code factor u v} away; the lower triangle of the matrix holds each pair once. */
    private void subtract(BigDecimal factor, Form u, Form v) {
      spend(4 * BIG * u.size() * v.size(), "the matrix of the inequality");
      for (int i : u.keySet()) {
        BigDecimal left = u.get(i).multiply(factor).negate();
        for (int j : v.keySet()) {
          BigDecimal term = left.multiply(v.get(j)).multiply(i == j ? ONE : HALF);
          Form row = matrix.computeIfAbsent(Math.max(i, j), k -> new Form(1));
          row.merge(Math.min(i, j), term, BigDecimal::add);
        }
      }
    }

    private List<Form> signal(int at, Item unit) {
      List<List<Form>> read = unit.operands().stream().map(signals::get).toList();
      spend(BIG * (1 + read.stream().mapToDouble(List::size).sum()), "rows of unit " + at);
      List<Form> z = read.stream().flatMap(List::stream).toList();
      if (magnitudes
          && Set.of("input", "call", "activation").contains(unit.<String>get("operation"))) {
        return magnitudes(at, unit, z);
      }
      if (unread.containsKey("gain of unit " + at) || unit.is("operation", "call")) {
        return gain(at, unit, z);
      }
      return switch (unit.<String>get("operation")) {
        case "input" -> cut(at, unit).stream().map(n -> fresh(at, n)).toList();
        case "concat" -> z;
        case "sum" -> added(at, read);
        case "scale" ->
            scaled(
                at,
                z,
                Collections.nCopies(unit.size(), new BigDecimal(unit.<Double>get("factor"))));
        case "affine" -> scaled(at, z, unit.numbers("scale"));
        case "select" -> unit.<Integer>list("indices").stream().map(k -> element(z, k)).toList();
        case "dense" -> dense(at, z, unit.get("matrix"));
        default -> activation(at, unit, z);
      };
    }

    /** The sum of multiples; of magnitudes where those are what is bounded. */
    private Form sum(List<Form> forms, List<BigDecimal> factors) {
      Form sum = new Form(forms.get(0).length);
      for (int k = 0; k < forms.size(); k++) {
        BigDecimal factor = magnitudes ? factors.get(k).abs() : factors.get(k);
        spend(4 * BIG * (1 + forms.get(k).size()), "linear forms of many coordinates");
        require(forms.get(k).length == sum.length, "rows of different lengths are added");
        forms.get(k).forEach((i, a) -> sum.merge(i, a.multiply(factor), BigDecimal::add));
      }
      sum.values().removeIf(a -> a.signum() == 0);
      spend(
          sum.values().stream().mapToDouble(a -> Math.pow(a.precision() / 256, 2)).sum(),
          "numbers of endless digits");
      return sum;
    }

    private Form fresh(int at, int length) {
      Form form = new Form(length);
      form.put(owners.size(), ONE);
      owners.add(at);
      return form;
    }

    private List<Form> added(int at, List<List<Form>> read) {
      int rows = read.get(0).size();
      require(read.stream().allMatch(z -> z.size() == rows), "unit " + at + " adds other rows");
      List<BigDecimal> ones = Collections.nCopies(read.size(), ONE);
      IntStream each = IntStream.range(0, rows);
      return each.mapToObj(k -> sum(read.stream().map(z -> z.get(k)).toList(), ones)).toList();
    }

    private List<Form> dense(int at, List<Form> z, double[] w) {
      requireElements(at, z);
      List<Form> y = new ArrayList<>();
      for (int from = 0; from < w.length; from += z.size()) {
        DoubleStream row = Arrays.stream(w, from, from + z.size());
        y.add(sum(z, row.mapToObj(BigDecimal::new).toList()));
      }
      return y;
    }

    /** A factor for each element; those of a longer row have to be equal. */
    private List<Form> scaled(int at, List<Form> z, List<BigDecimal> factors) {
      List<Form> y = new ArrayList<>();
      int start = 0;
      for (Form form : z) {
        List<BigDecimal> own = factors.subList(start, start += form.length);
        require(Set.copyOf(own).size() == 1, "unit " + at + " scales a row by several factors");
        y.add(sum(List.of(form), own));
      }
      return y;
    }

    private void requireElements(int at, List<Form> rows) {
      boolean elements = rows.stream().allMatch(row -> row.length == 1);
      require(elements, "unit " + at + " reads elements of longer rows");
    }

    /** Element k of a signal, which has to be a row by itself. */
    private Form element(List<Form> rows, int k) {
      int row = 0;
      for (int start = 0; start < k; row++) {
        start += rows.get(row).length;
      }
      int before = rows.subList(0, row).stream().mapToInt(form -> form.length).sum();
      require(before == k && rows.get(row).length == 1, "an element of a longer row is read");
      return rows.get(row);
    }

    /** FORMAT, "Segmentations": the lengths of the rows that a unit starts. */
    private List<Integer> cut(int at, Item unit) {
      spend(BIG * unit.size(), "rows of unit " + at);
      Item item = unread.remove("segmentations of unit " + at);
      List<Integer> cut = item == null ? Collections.nCopies(unit.size(), 1) : item.list("lengths");
      boolean fits = cut.stream().mapToLong(n -> n).sum() == unit.size();
      require(fits && Collections.min(cut) > 0, "the rows of unit " + at + " do not fit");
      return cut;
    }

    /** FORMAT, "Multipliers": one for all, or one for each; not negative. */
    private List<BigDecimal> multipliers(String constraint, int at, int count) {
      Item item = unread.remove(constraint + " of unit " + at);
      require(item != null, "unit " + at + " lacks its multipliers: " + constraint);
      List<BigDecimal> values = item.numbers("values");
      require(
          values.stream().allMatch(v -> v.signum() >= 0), "a negative multiplier of unit " + at);
      boolean one = values.size() == 1;
      require(one || values.size() == count, "another number of multipliers of unit " + at);
      return one ? Collections.nCopies(count, values.get(0)) : values;
    }

    /** SOUNDNESS, "Gain": {@code g^2 |dz|^2 - |dw|^2 >= 0}, with one multiplier. */
    private List<Form> gain(int at, Item unit, List<Form> z) {
      BigDecimal square = unit.is("operation", "dense") ? provedGain(at, unit) : squaredGain(unit);
      BigDecimal lambda = multipliers("gain", at, 1).get(0);
      boolean still = square.signum() == 0 || z.stream().allMatch(Form::isEmpty);
      List<Form> w = cut(at, unit).stream().map(n -> still ? new Form(n) : fresh(at, n)).toList();
      List<Product> products = constraints.get(at);
      z.forEach(form -> products.add(new Product(lambda.multiply(square), form, form)));
      w.forEach(form -> products.add(new Product(lambda.negate(), form, form)));
      return w;
    }

    /** {@code g^2 I - W W' >= 0} exactly if {@code (I, W'; W, g^2 I) >= 0}; or W' in place of W. */
    private BigDecimal provedGain(int at, Item unit) {
      Item record = unread.remove("gains of unit " + at);
      require(record != null && record.<Double>get("gain") >= 0, "unit " + at + " lacks its gain");
      BigDecimal square = new BigDecimal(record.<Double>get("gain")).pow(2);
      double[] w = unit.get("matrix");
      int n = unit.get("inputs");
      boolean tall = unit.size() > n;
      int wide = Math.max(unit.size(), n);
      TreeMap<Integer, Form> bordered = new TreeMap<>();
      spend(4 * BIG * w.length, "the gain of unit " + at);
      for (int k = 0; k < n + unit.size(); k++) {
        bordered.put(k, new Form(1));
        bordered.get(k).put(k, k < wide ? ONE : square);
      }
      for (int k = 0; k < w.length; k++) {
        Form row = bordered.get(wide + (tall ? k % n : k / n));
        row.put(tall ? k / n : k % n, new BigDecimal(w[k]));
      }
      positive(bordered, wide, ONE, record, "the matrix of the gain of unit " + at);
      return square;
    }

    private List<Form> activation(int at, Item unit, List<Form> z) {
      int size = groupSize(unit);
      if (unit.is("name", "center")) {
        return dense(at, z, center(size));
      }
      if (slopes(unit)[0] == slopes(unit)[1]) {
        return scaled(at, z, Collections.nCopies(unit.size(), steepest(unit)));
      }
      List<Integer> lengths = z.stream().map(form -> form.length).toList();
      require(cut(at, unit).equals(lengths), "unit " + at + " has other rows than it reads");
      requireElements(at, size == 1 ? List.of() : z);
      List<BigDecimal> multipliers = multipliers("slope", at, z.size() / size);
      List<Form> y = new ArrayList<>();
      for (int k = 0; k < z.size() / size; k++) {
        y.addAll(group(at, unit, z.subList(k * size, (k + 1) * size), multipliers.get(k)));
      }
      return y;
    }

    /** SOUNDNESS, "Slopes", "MaxMin", "Groups": the outputs of one row, or of one group. */
    private List<Form> group(int at, Item unit, List<Form> z, BigDecimal lambda) {
      IntStream each = IntStream.range(0, z.size());
      if (unit.is("name", "householder")) {
        List<BigDecimal> v = unit.numbers("parameters");
        Form r = slope(at, unit, lambda, sum(z, v.stream().map(BigDecimal::negate).toList()));
        List<BigDecimal> twice = v.stream().map(factor -> factor.add(factor)).toList();
        return each.mapToObj(i -> sum(List.of(z.get(i), r), List.of(ONE, twice.get(i)))).toList();
      }
      if (z.size() == 2 && !unit.is("name", "softmax")) {
        Form r = slope(at, unit, lambda, sum(z, List.of(ONE, MINUS)));
        List<Form> all = List.of(z.get(0), z.get(1), r);
        List<BigDecimal> signs = List.of(HALF, HALF.negate());
        return signs.stream().map(sign -> sum(all, List.of(HALF, HALF, sign))).toList();
      }
      boolean single = groupSize(unit) == 1;
      return single ? List.of(slope(at, unit, lambda, z.get(0))) : keepingSum(at, unit, z, lambda);
    }

    private Form slope(int at, Item unit, BigDecimal lambda, Form p) {
      return p.isEmpty() ? p : constrain(at, unit, lambda, p, fresh(at, p.length));
    }

    /** FORMAT, "Multipliers": they multiply twice {@code (w - a p)(b p - w)}. */
    private Form constrain(int at, Item unit, BigDecimal lambda, Form p, Form w) {
      List<Form> both = List.of(w, p);
      Form u = sum(both, List.of(ONE, new BigDecimal(-slopes(unit)[0])));
      Form v = sum(both, List.of(MINUS, new BigDecimal(slopes(unit)[1])));
      constraints.get(at).add(new Product(lambda.add(lambda), u, v));
      return w;
    }

    /** All outputs but the last are free; their sum is that of z, or for softmax it is constant. */
    private List<Form> keepingSum(int at, Item unit, List<Form> z, BigDecimal lambda) {
      boolean sorts = unit.is("name", "group_sort");
      boolean moves = z.stream().anyMatch(form -> !form.equals(z.get(0)));
      List<Form> w = new ArrayList<>(sorts ? z : Collections.nCopies(z.size(), new Form(1)));
      int last = z.size() - 1;
      for (int k = 0; k < last && moves; k++) {
        Form free = fresh(at, 1);
        w.set(k, sum(List.of(w.get(k), free), List.of(ONE, ONE)));
        w.set(last, sum(List.of(w.get(last), free), List.of(ONE, MINUS)));
      }
      for (int k = 0; k <= last && moves; k++) {
        constrain(at, unit, lambda, z.get(k), w.get(k));
      }
      return w;
    }

    /** SOUNDNESS, "Without a matrix": f with {@code |ds_i| <= f_i t}, t the norm of dx in linf. */
    void checkElementwiseProduct() {
      require(c.fromLinf, "an elementwise product of inputs in l2");
      magnitudes = true;
      passThroughUnits();
      List<BigDecimal> y = signals.get(output).stream().map(form -> form.at(0)).toList();
      BigDecimal reached = c.toLinf ? Collections.max(y).pow(2) : squares(y);
      require(reached.compareTo(c.bound.pow(2)) <= 0, "the elementwise product exceeds the bound");
      say("  by the elementwise product of magnitudes");
    }

    private static BigDecimal squares(List<BigDecimal> values) {
      return values.stream().map(v -> v.pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<Form> magnitudes(int at, Item unit, List<Form> z) {
      List<BigDecimal> f = z.stream().map(form -> form.at(0)).toList();
      List<Form> y = new ArrayList<>();
      for (int i = 0; i < unit.size(); i++) {
        y.add(new Form(1));
        y.get(i).put(0, unit.is("operation", "input") ? ONE : magnitude(unit, f, i));
      }
      return unit.is("name", "center") ? dense(at, z, center(z.size())) : y;
    }

    /** FORMAT, "Elementwise product": the largest factor of the call or group, times its bound. */
    private static BigDecimal magnitude(Item unit, List<BigDecimal> f, int i) {
      if (unit.has("callee")) {
        Certificate callee = unit.get("callee");
        BigDecimal root = squares(f).sqrt(new MathContext(60, RoundingMode.UP));
        require(root.pow(2).compareTo(squares(f)) >= 0, "no root from above");
        return callee.bound.multiply(callee.fromLinf ? Collections.max(f) : root);
      }
      int from = i - i % groupSize(unit);
      BigDecimal largest = Collections.max(f.subList(from, from + groupSize(unit)));
      if (!unit.is("name", "householder")) {
        return largest.multiply(steepest(unit));
      }
      // (I - 2 s v v') z with s in [0, 1]: convex in s, so the larger of both ends.
      BigDecimal twice = unit.numbers("parameters").get(i - from).multiply(new BigDecimal(2));
      BigDecimal own = ONE.subtract(twice.pow(2).multiply(HALF)).abs().multiply(f.get(i));
      int other = i == from ? 1 : 0;
      BigDecimal cross = twice.multiply(unit.numbers("parameters").get(other)).abs();
      return own.add(cross.multiply(f.get(from + other))).max(f.get(i));
    }
  }

  // ---------------------------------------------------------------- positivity

  /**
   * Finds out whether a symmetric matrix, of which the lower triangle is given, is positive
   * semidefinite: SOUNDNESS, "Positivity". Zero rows are left out; scaling is a congruence.
   *
   * @param inputs the number of rows that witnesses leave out, if they are those of rho I
   */
  private void positive(
      TreeMap<Integer, Form> lower, int inputs, BigDecimal rho, Item witness, String what) {
    lower.values().forEach(row -> row.values().removeIf(v -> v.signum() == 0));
    lower.values().removeIf(Form::isEmpty);
    TreeSet<Integer> used = new TreeSet<>(lower.keySet());
    lower.values().forEach(row -> used.addAll(row.keySet()));
    Map<Integer, Integer> number = new HashMap<>();
    List<Integer> scale = new ArrayList<>();
    List<Form> b = new ArrayList<>();
    int block = 0;
    for (int i : used) {
      Form given = lower.getOrDefault(i, new Form(1));
      BigDecimal diagonal = given.at(i);
      require(diagonal.signum() > 0, what + " is not positive: its diagonal is not");
      block += i < inputs && given.size() == 1 && diagonal.compareTo(rho) == 0 ? 1 : 0;
      scale.add(Math.floorDiv(diagonal.scale() - diagonal.precision(), 2));
      number.put(i, b.size());
      Form row = new Form(1);
      for (int j : given.keySet()) {
        int by = scale.get(number.get(i)) + scale.get(number.get(j));
        row.put(number.get(j), given.at(j).scaleByPowerOfTen(by));
      }
      b.add(row);
    }
    checkWitness(witness, b.size() - (block == inputs ? block : 0), what);
    boolean squares = isSquaresPlusDominant(b);
    require(squares || eliminates(b, what), what + " is not positive, by exact elimination");
    String by = squares ? "G G' and a dominant rest" : "exact elimination";
    say(
        "  "
            + what
            + " >= 0: "
            + b.size()
            + " rows, "
            + by
            + "; asked: "
            + witness.get("procedure"));
  }

  /** FORMAT, "Witnesses": numbers of a witness are not used here, but have to be those of one. */
  private static void checkWitness(Item witness, int n, String what) {
    boolean congruence = witness.is("procedure", "congruence");
    boolean other =
        witness.is("procedure", "exact elimination")
            || witness.is("procedure", "verified cholesky");
    require(congruence == witness.has("rows") && congruence != other, "the procedure for " + what);
    List<String> rows = witness.list("rows");
    require(
        !congruence || rows.size() == n, what + " has " + n + " rows, its witness " + rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String row = "((0|-?[1-9][0-9]{0,17}) ){" + i + "}[1-9][0-9]{0,17}";
      require(rows.get(i).matches(row), "row " + i + " of the witness for " + what);
    }
  }

  /**
   * {@code x'Bx = |G'x|^2 + x'Tx} for {@code T = B - G G'}, whatever G is; and {@code x'Tx >= 0} if
   * each entry of the diagonal of T is at least the sum of the magnitudes beside it (Gershgorin). G
   * is guessed in doubles, by Cholesky's method from B less a little, and cut to 15 digits.
   */
  private boolean isSquaresPlusDominant(List<Form> b) {
    double steps = 0;
    for (int i = 0; i < b.size(); i++) {
      double length = i + 1.0 - b.get(i).firstKey();
      steps += 2 * length * length + 20 * BIG * length;
    }
    spend(steps, "a matrix of " + b.size() + " rows");
    return isDominant(b, guessFactor(b, 1e-14)) || isDominant(b, guessFactor(b, 1e-15));
  }

  /** Rows from their first entry on, in units of 1e-15; of no length where there is no factor. */
  private static long[][] guessFactor(List<Form> b, double less) {
    long[][] cut = new long[b.size()][];
    double[][] g = new double[b.size()][];
    for (int i = 0; i < g.length; i++) {
      g[i] = new double[i + 1];
      for (int j = b.get(i).firstKey(); j <= i; j++) {
        double sum = b.get(i).at(j).doubleValue() - (i == j ? less * g.length : 0);
        for (int k = Math.max(b.get(i).firstKey(), b.get(j).firstKey()); k < j; k++) {
          sum -= g[i][k] * g[j][k];
        }
        g[i][j] = i == j ? Math.sqrt(sum) : sum / g[j][j];
        if (!(Math.abs(g[i][j]) <= 1)) {
          return new long[0][];
        }
      }
      cut[i] = Arrays.stream(g[i]).mapToLong(v -> Math.round(v * 1e15)).toArray();
    }
    return cut;
  }

  private static boolean isDominant(List<Form> b, long[][] g) {
    BigDecimal[] slack = new BigDecimal[g.length];
    Arrays.fill(slack, BigDecimal.ZERO);
    for (int i = 0; i < g.length; i++) {
      for (int j = b.get(i).firstKey(); j <= i; j++) {
        int from = Math.max(b.get(i).firstKey(), b.get(j).firstKey());
        BigDecimal rest = b.get(i).at(j).subtract(product(g[i], g[j], from, j));
        slack[i] = i == j ? slack[i].add(rest) : slack[i].subtract(rest.abs());
        slack[j] = i == j ? slack[j] : slack[j].subtract(rest.abs());
      }
    }
    return g.length == b.size() && Stream.of(slack).allMatch(v -> v.signum() >= 0);
  }

  /** An inner product of rows of G, exactly, in 128 bits: of fewer than 2^27 terms below 2^100. */
  private static BigDecimal product(long[] a, long[] b, int from, int to) {
    long high = 0;
    long low = 0;
    for (int k = from; k <= to; k++) {
      long add = a[k] * b[k];
      low += add;
      high += Math.multiplyHigh(a[k], b[k]) + (Long.compareUnsigned(low, add) < 0 ? 1 : 0);
    }
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(low));
    return new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).add(unsigned), 30);
  }

  /** Bareiss 1968, on integers; a zero pivot is allowed before a zero column, and is left out. */
  private boolean eliminates(List<Form> b, String what) {
    int n = b.size();
    Stream<BigDecimal> entries = b.stream().flatMap(row -> row.values().stream());
    int scale = Math.max(0, entries.mapToInt(BigDecimal::scale).max().orElse(0));
    double words = n * scale * 3.4 / 64;
    spend(
        n / 3.0 * n * n * (BIG + words * words / 10),
        what + " has " + n + " rows and is nearly singular");
    BigInteger[][] a = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = b.get(i).at(j).setScale(scale).unscaledValue();
      }
    }
    BigInteger last = BigInteger.ONE;
    for (int k = 0; k < n; k++) {
      BigInteger pivot = a[k][k];
      for (int i = k; i < n; i++) {
        if (pivot.signum() < 0 || pivot.signum() == 0 && a[i][k].signum() != 0) {
          return false;
        }
        for (int j = k + 1; j <= i && pivot.signum() > 0; j++) {
          a[i][j] = a[i][j].multiply(pivot).subtract(a[i][k].multiply(a[j][k])).divide(last);
        }
      }
      last = pivot.signum() > 0 ? pivot : last;
    }
    return true;
  }

  // ---------------------------------------------------------------- the LDL^T construction

  /**
   * SOUNDNESS, "Whatever the weights are"; FORMAT, "LDL^T": layers in a chain, or beside a linear
   * map of the input and then with slopes in [0, 1]; each with parameters of its own.
   */
  private void checkConstruction(Certificate c) {
    require(!c.numeric && !c.item.has("calls"), "a construction that is numeric, or calls");
    require(!c.fromLinf && !c.toLinf, "a construction between other norms than l2");
    require(header(c.weights).replace("{}", "").isBlank(), "a construction beside given weights");
    require(c.bound.signum() > 0, "a construction of bound 0");
    require(
        c.item.get("bound").equals(c.item.get("declared")),
        "a construction below its declared bound");
    int end = c.units.size() - 1;
    boolean residual = c.units.get(end).is("operation", "sum");
    Set<Integer> read = new TreeSet<>(List.of(0, end));
    List<Integer> depths = new ArrayList<>();
    for (int branch : residual ? c.units.get(end).operands() : List.of(end)) {
      depths.add(depth(c, branch, residual, read));
    }
    boolean form =
        depths.size() == 2 && Collections.min(depths) == 0 && Collections.max(depths) > 0;
    require(form || !residual, "no sum of a linear map and one chain of layers");
    require(read.size() == c.units.size(), "units beside those of the construction");
    List<?> tensors =
        c.units.stream()
            .flatMap(unit -> Stream.of("weight", "bias").filter(unit::has).map(unit::get))
            .toList();
    require(Set.copyOf(tensors).size() == tensors.size(), "layers that share a tensor");
    say("  by the theorem of the LDL^T construction, at its declared bound");
  }

  /** The number of activations from the input to a dense unit, between dense units alone. */
  private static int depth(Certificate c, int end, boolean residual, Set<Integer> read) {
    Item dense = c.units.get(end);
    require(dense.is("operation", "dense"), "unit " + end + " is no dense layer of a construction");
    int before = dense.get("operand");
    read.add(end);
    if (before == 0) {
      return 0;
    }
    Item hidden = c.units.get(before);
    boolean elementwise = hidden.is("operation", "activation") && groupSize(hidden) == 1;
    double[] slopes = elementwise ? slopes(hidden) : slopes(1, 1);
    boolean fits = slopes[0] < slopes[1] && (!residual || slopes[0] >= 0 && slopes[1] <= 1);
    require(fits, "unit " + before + " is no activation of a construction");
    read.add(before);
    return 1 + depth(c, hidden.get("operand"), residual, read);
  }
}
