import java.io.*;
import java.math.*;
import java.nio.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.util.*;
import java.util.function.Predicate;
import java.util.regex.*;
import java.util.stream.*;

/**
 * A second checker of lipc's certificates: this file and the JDK, nothing of lipc. Run it by
 *
 * <pre>java Audit.java CERTIFICATE WEIGHTS [CALLEE_CERTIFICATE CALLEE_WEIGHTS ...]</pre>
 *
 * where WEIGHTS is a safetensors file, or - for none. Written from docs/soundness.md (below:
 * SOUNDNESS) and docs/certificate-format.md (FORMAT). Conclusions are drawn in BigDecimal and
 * BigInteger alone, which are exact as they are used here; doubles guess the factor G of {@link
 * #isSquaresPlusDominant}, and nothing else. To be read from audit over auditOne, Assembly and
 * positive to the rest. Methods of one expression stand on one line.
 */
@SuppressWarnings({"DefaultPackage", "TypeParameterUnusedInFormals", "unchecked"})
public final class Audit {

  /** In multiplications of longs, of a nanosecond or two; one of big numbers counts BIG. */
  static final long WORK = 4_000_000_000L;
  static final double BIG = 100;
  static final BigDecimal ONE = num(1), MINUS = num(-1), HALF = num(0.5), ZERO = num(0);

  final List<String> report = new ArrayList<>();
  final Map<String, Certificate> given = new HashMap<>();
  final Set<String> called = new HashSet<>();
  long work;

  Audit(long work) { this.work = work; }

  public static void main(String[] arguments) {
    List<String> texts = new ArrayList<>();
    List<byte[]> weights = new ArrayList<>();
    try {
      for (int i = 0; i < Math.max(2, arguments.length); i += 2) {
        boolean none = arguments[i + 1].equals("-");
        texts.add(Files.readString(Path.of(arguments[i])));
        weights.add(none ? new byte[0] : Files.readAllBytes(Path.of(arguments[i + 1])));
      }
    } catch (IOException | RuntimeException e) {
      System.err.println(printable(e.toString()) + "; usage: java Audit.java CERTIFICATE WEIGHTS");
      System.exit(2); // then [CALLEE CALLEE_WEIGHTS ...]
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
      audit.called.add(all.get(0).digest);
      require(audit.called.containsAll(audit.given.keySet()), "a certificate that nothing calls");
      audit.say("ACCEPTED: " + all.get(0).claim());
    } catch (Stop e) {
      audit.say(e.getMessage());
    } catch (RuntimeException e) { // such as a bad cast: a value of another kind than its name's
      audit.say("REJECTED: no kind of certificate: " + e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      audit.say("NOT DECIDED: too large for the memory of this machine");
    }
    return audit.report;
  }

  /** Carries a verdict out of all methods. */
  static final class Stop extends RuntimeException {
    static final long serialVersionUID = 1;

    Stop(String verdict) { super(verdict); }
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) { throw new Stop("REJECTED: " + otherwise); }
  }

  /** Counts work before it is done. */
  void spend(double steps, String what) {
    if (steps > work) { throw new Stop("NOT DECIDED: too large: " + what); }
    work -= (long) steps;
  }

  void say(String line) { report.add(printable(line)); }

  /** Nothing that a file says may move a terminal's cursor. */
  static String printable(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return shown.length() > 400 ? shown.substring(0, 400) + "..." : shown;
  }

  static BigDecimal num(double value) { return new BigDecimal(value); }

  // ---------------------------------------------------------------- texts

  /** FORMAT, "Members": which an object has, in this order; with `?` where it may lack one. */
  static final Map<String, String> MEMBERS = Map.ofEntries(
      Map.entry("input", "operation size lower? upper?"),
      Map.entry("select", "operation operand indices"), Map.entry("sum", "operation operands size"),
      Map.entry("dense", "operation operand inputs size weight bias?"),
      Map.entry("activation", "operation operand name parameters size"),
      Map.entry("concat", "operation operands size"), Map.entry("segmentations", "unit lengths"),
      Map.entry("scale", "operation operand factor size"),
      Map.entry("affine", "operation operand scale shift size"),
      Map.entry("call", "operation operand network certificate inputs size"),
      Map.entry("tensors", "name shape digest"), Map.entry("gains", "unit gain procedure rows?"),
      Map.entry("multipliers", "unit constraint values"),
      Map.entry("proofs", "gains segmentations multipliers procedure rows?"));

  /** FORMAT, "Members": the words that stand for something. */
  static final Map<String, String> WORDS = Map.of(
      "format", "lipc-certificate-1", "kind", "numeric|structural", "type", "f32|f64",
      "input norm", "l2|linf", "output norm", "l2|linf", "calls", "inlined",
      "constraint", "slope|gain|range", "procedure", "congruence|exact elimination"
          + "|verified cholesky|ldlt construction|elementwise product");

  /** The members of an object. Whatever is of another kind than expected is met as a bad cast. */
  record Item(Map<String, Object> members) {

    /** No member is left out, none is added, and each stands at its place. */
    Item of(String schema) {
      Predicate<String> there = m -> !m.endsWith("?") || has(m.substring(0, m.length() - 1));
      List<String> expected = Stream.of(schema.split(" ")).filter(there).toList();
      String found = String.join(" ", members.keySet());
      boolean same = String.join(" ", expected).replace("?", "").equals(found);
      require(same, "not the members " + expected + " but " + found);
      for (String name : members.keySet()) {
        boolean known = !WORDS.containsKey(name) || text(name).matches(WORDS.get(name));
        require(known, "`" + name + "` cannot be " + members.get(name));
      }
      return this;
    }

    boolean has(String name) { return members.containsKey(name); }
    boolean is(String name, String word) { return word.equals(members.get(name)); }
    boolean is(String operation) { return is("operation", operation); }
    <T> T get(String name) { return (T) members.get(name); }
    String text(String name) { return (String) members.get(name); }
    int integer(String name) { return (Integer) members.get(name); }
    BigDecimal number(String name) { return num((Double) members.get(name)); }
    <T> List<T> list(String name) { return (List<T>) members.getOrDefault(name, List.of()); }
    List<Integer> integers(String name) { return list(name); }
    List<Double> reals(String name) { return list(name); }
    List<BigDecimal> numbers(String name) { return reals(name).stream().map(Audit::num).toList(); }

    List<Item> items(String name) {
      return this.<Item>list(name).stream().map(item -> item.of(MEMBERS.get(name))).toList();
    }

    List<Integer> operands() {
      return has("operand") ? List.of(integer("operand")) : integers("operands");
    }

    int size() { return has("indices") ? list("indices").size() : integer("size"); }
  }

  /** Reads JSON in the one layout that a certificate has: FORMAT, "Layout". */
  static final class Reader {
    static final Pattern INTEGER = Pattern.compile("(0|-?[1-9][0-9]{0,8})");
    static final Pattern TEXT = Pattern.compile(
        "\"((?:[^\"\\\\\\x00-\\x1f\\ud800-\\udfff]++|\\\\[\"\\\\]|\\\\u00[01][0-9a-f]"
            + "|\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9a-f]{2})*+)\"");
    final String text;
    int at;

    Reader(String text) { this.text = text; }

    boolean take(String expected) {
      boolean found = text.startsWith(expected, at);
      at += found ? expected.length() : 0;
      return found;
    }

    String take(Pattern pattern) {
      Matcher matcher = pattern.matcher(text).region(at, text.length());
      expect(matcher.lookingAt());
      at = matcher.end();
      return matcher.group(1);
    }

    void expect(boolean found) { require(found, "the text is not canonical at character " + at); }

    /** Members of the certificate, and elements of its lists, stand on lines of their own. */
    Object value(int depth) {
      boolean object = take("{");
      if (!object && !take("[")) {
        return text.startsWith("\"", at) ? scalar(take(TEXT)) : Integer.valueOf(take(INTEGER));
      }
      Map<String, Object> members = new LinkedHashMap<>();
      String line = depth > 1 ? "" : "\n" + "  ".repeat(depth);
      while (!take(members.isEmpty() && !object ? "]" : line + (object ? "}" : "]"))) {
        expect(members.isEmpty() || take(depth > 1 ? ", " : ","));
        expect(take(depth > 1 ? "" : line + "  "));
        String name = object ? take(TEXT) : String.valueOf(members.size());
        expect(!object || take(": "));
        expect(members.put(name, value(depth + 1)) == null);
      }
      return object ? new Item(members) : List.copyOf(members.values());
    }

    /** A real number is known by its text, which is the only one that it has: FORMAT, "Reals". */
    static Object scalar(String text) {
      boolean real = text.matches("-?0x[01]\\.[0-9a-f]{1,13}p-?[0-9]{1,4}");
      real = real && Double.toHexString(Double.parseDouble(text)).equals(text);
      return real ? (Object) Double.valueOf(text) : text;
    }
  }

  // ---------------------------------------------------------------- weights

  static String sha256(String head, byte[] file, int from, int to) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      sha.update(file, from, to - from);
      return "sha256:" + HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) { throw new IllegalStateException(e); }
  }

  /** The elements of a safetensors file begin after the length of its header and the header. */
  static int start(byte[] file) {
    long header = file.length < 8 ? -8 : littleEndian(file).getLong();
    require(header >= -8 && header <= file.length - 8, "no safetensors file");
    return (int) header + 8;
  }

  static ByteBuffer littleEndian(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** FORMAT, "Digests". It is found leniently: whatever is misread here has another digest. */
  static double[] tensor(Certificate c, Item record) {
    String name = record.text("name");
    String entry = Pattern.quote("\"" + name + "\"") + "\\s*:\\s*\\{[^}]*\"data_offsets\"\\s*:";
    String span = "\\s*\\[\\s*(\\d{1,10})\\s*,\\s*(\\d{1,10})\\s*\\]";
    int start = start(c.weights);
    String header = new String(c.weights, 0, start, StandardCharsets.UTF_8);
    Matcher found = Pattern.compile(entry + span).matcher(header);
    require(found.find(), "tensor " + name + " is not among the weights");
    long from = start + Long.parseLong(found.group(1));
    long to = start + Long.parseLong(found.group(2));
    require(from <= to && to <= c.weights.length, "tensor " + name + " is not within its file");
    String head = c.type() + " " + record.get("shape") + "\n";
    String digest = sha256(head, c.weights, (int) from, (int) to);
    require(record.is("digest", digest), "tensor " + name + " has another digest: " + digest);
    ByteBuffer data = littleEndian(c.weights).position((int) from);
    boolean single = c.type().equals("F32");
    double[] values = new double[(int) (to - from) / (single ? 4 : 8)];
    Arrays.setAll(values, i -> single ? data.getFloat() : data.getDouble());
    require(Arrays.stream(values).allMatch(Double::isFinite), "tensor " + name + " is not finite");
    return values;
  }

  // ---------------------------------------------------------------- one certificate

  /** What a text says, and the weights beside it; {@link #auditOne} finds out if it is true. */
  static final class Certificate {
    final String digest;
    final byte[] weights;
    final Item item;
    final List<Item> units, proofs;
    final BigDecimal bound;
    boolean accepted;

    Certificate(String text, byte[] weights) {
      this.digest = sha256(text, weights, 0, 0);
      this.weights = weights;
      Reader reader = new Reader(text);
      this.item = (Item) reader.value(0);
      require(text.substring(reader.at).equals("\n"), "something follows the certificate");
      String head = "format network kind type declared bound method units tensors ";
      String norms = item.has("input norm") ? "input norm output norm " : "";
      String proof = item.has("proofs") ? "proofs" : MEMBERS.get("proofs");
      item.of(head + norms + "calls? " + proof);
      this.units = item.list("units");
      this.proofs = item.has("proofs") ? item.items("proofs") : List.of(item);
      this.bound = item.number("bound");
      require(norms.isEmpty() || fromLinf() || toLinf(), "norms that need not be said");
      require(proofs.size() > 1 || !item.has("proofs"), "a list of a single proof");
      require(!units.isEmpty(), "no units");
    }

    boolean numeric() { return item.is("kind", "numeric"); }
    boolean inlined() { return item.is("calls", "inlined"); }
    boolean fromLinf() { return item.is("input norm", "linf"); }
    boolean toLinf() { return item.is("output norm", "linf"); }
    String type() { return item.text("type").toUpperCase(Locale.ROOT); }
    int inputs() { return units.get(0).size(); }
    int outputs() { return units.get(units.size() - 1).size(); }

    String claim() {
      double bound = item.get("bound");
      String from = fromLinf() ? "from linf" : "from l2";
      String to = toLinf() ? " to linf, " : " to l2, ";
      String about = numeric() ? "for these tensors" : "for all values of its parameters";
      String exact = "-Lipschitz, exactly " + Double.toHexString(bound) + ", ";
      return item.text("network") + " is " + bound + exact + from + to + about;
    }
  }

  void auditOne(Certificate c) {
    if (c.accepted) { return; }
    say("certificate " + c.digest);
    say("  " + c.claim());
    say("  " + c.units.size() + " units of " + c.type() + ", found by " + c.item.text("method"));
    require(c.bound.signum() >= 0, "a negative bound");
    require(c.bound.compareTo(c.item.number("declared")) <= 0, "a bound above the declared one");
    for (int i = 0; i < c.units.size(); i++) {
      require(isUnit(c, i, c.units.get(i)), "unit " + i + " is unknown, or does not fit");
    }
    checkTensors(c);
    List<Item> calls = c.units.stream().filter(unit -> unit.is("call")).toList();
    calls.forEach(call -> checkCall(c, call));
    checkUse(c);
    require(!c.inlined() || !calls.isEmpty(), "nothing is called that could be inlined");
    List<Item> flat = c.inlined() ? new ArrayList<>() : c.units;
    if (c.inlined()) { inline(c, -1, flat); }
    String procedure = c.proofs.get(0).text("procedure");
    boolean one = !c.toLinf() || procedure.equals("elementwise product");
    require(c.proofs.size() == (one ? 1 : c.outputs()), "too few or too many proofs");
    for (int j = 0; j < c.proofs.size(); j++) {
      Assembly assembly = new Assembly(c, flat, c.proofs.get(j), j);
      switch (procedure) {
        case "ldlt construction" -> checkConstruction(c);
        case "elementwise product" -> assembly.checkElementwiseProduct();
        default -> assembly.checkInequality();
      }
      require(assembly.unread.isEmpty(), "records that nothing reads: " + assembly.unread.keySet());
    }
    c.accepted = true;
  }

  /** FORMAT, "What is read": what the output does not depend on is not allowed. */
  static void checkUse(Certificate c) {
    BitSet used = new BitSet();
    used.set(c.units.size() - 1);
    for (int i = c.units.size() - 1; i >= 0; i--) {
      require(used.get(i), "nothing reads unit " + i);
      c.units.get(i).operands().forEach(used::set);
    }
  }

  /** SOUNDNESS, "Signals": earlier operands, sizes that fit, constants of the type, known names. */
  static boolean isUnit(Certificate c, int at, Item unit) {
    unit.of(MEMBERS.getOrDefault(unit.text("operation"), "an operation"));
    int n = unit.size();
    if (n < 1 || !unit.operands().stream().allMatch(k -> k >= 0 && k < at)) { return false; }
    List<Integer> sizes = unit.operands().stream().map(k -> c.units.get(k).size()).toList();
    long sum = sizes.stream().mapToLong(size -> size).sum();
    double factor = unit.is("scale") ? unit.<Double>get("factor") : 0;
    Stream<List<Double>> lists = Stream.of("parameters", "scale", "shift").map(unit::reals);
    Stream<Double> constants = Stream.concat(lists.flatMap(List::stream), Stream.of(factor));
    boolean typed = constants.allMatch(v -> c.type().equals("F64") || (float) (double) v == v);
    return typed && switch (unit.text("operation")) {
      case "input" -> at == 0 && isBox(unit, unit.reals("lower"), unit.reals("upper"));
      case "sum" -> sizes.size() > 1 && sizes.stream().allMatch(size -> size == n);
      case "concat" -> sizes.size() > 1 && sum == n;
      case "dense", "call" -> sum == unit.integer("inputs");
      case "scale" -> sum == n;
      case "affine" -> sum == n && unit.list("scale").size() == n && unit.list("shift").size() == n;
      case "select" -> unit.integers("indices").stream().allMatch(k -> k >= 0 && k < sum);
      default -> sum == n && slopes(unit) != null && n % groupSize(unit) == 0;
    };
  }

  static boolean isBox(Item unit, List<Double> lower, List<Double> upper) {
    int n = unit.has("lower") ? unit.size() : 0;
    boolean sizes = lower.size() == n && upper.size() == n;
    return sizes && IntStream.range(0, n).allMatch(i -> lower.get(i) <= upper.get(i));
  }

  /** One record for each tensor that a unit names, sorted; each is the tensor that is given. */
  void checkTensors(Certificate c) {
    boolean theorem = c.proofs.get(0).is("procedure", "ldlt construction");
    List<Item> dense = c.units.stream().filter(unit -> unit.is("dense") && !theorem).toList();
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (Item unit : dense) {
      List<Integer> matrix = List.of(unit.size(), unit.integer("inputs"));
      for (String member : unit.has("bias") ? List.of("weight", "bias") : List.of("weight")) {
        List<Integer> shape = member.equals("bias") ? matrix.subList(0, 1) : matrix;
        List<Integer> other = shapes.put(unit.text(member), shape);
        require(other == null || other.equals(shape), "a tensor of two shapes");
      }
    }
    Map<String, double[]> tensors = new LinkedHashMap<>();
    for (Item record : c.item.items("tensors")) {
      String name = record.text("name");
      require(record.get("shape").equals(shapes.get(name)), "another shape of tensor " + name);
      say("  tensor " + name + " " + record.get("shape") + " " + record.text("digest"));
      require(tensors.put(name, tensor(c, record)) == null, "two records of tensor " + name);
    }
    List<String> names = List.copyOf(tensors.keySet());
    require(names.equals(List.copyOf(shapes.keySet())), "not the units' tensors, sorted: " + names);
    require(c.numeric() || names.isEmpty(), "a structural certificate of given tensors");
    dense.forEach(unit -> unit.members.put("matrix", tensors.get(unit.text("weight"))));
  }

  /** SOUNDNESS, "Constraints": a callee is audited in the same run. */
  void checkCall(Certificate c, Item call) {
    Certificate callee = given.get(call.text("certificate"));
    String name = "the callee " + call.text("network");
    require(callee != null, name + " is not given: there is no certificate of that digest");
    auditOne(callee);
    boolean fits = callee.inputs() == call.integer("inputs") && callee.outputs() == call.size();
    require(fits && callee.type().equals(c.type()), name + " is of another type or size");
    require(c.numeric() || !callee.numeric(), name + " is numeric, its caller structural");
    require(callee.item.is("network", call.text("network")), name + " has another name");
    called.add(callee.digest);
    say("  calls " + call.text("network") + " " + callee.digest);
    call.members.put("callee", callee);
  }

  /** FORMAT, "Inlined calls": appends all units, those of callees in place of calls. */
  int inline(Certificate c, int input, List<Item> flat) {
    List<Integer> numbers = new ArrayList<>();
    for (Item unit : c.units) {
      spend(8 * BIG, "units of inlined calls");
      List<Integer> operands = unit.operands().stream().map(numbers::get).toList();
      require(!unit.is("dense") || unit.has("matrix"), "free parameters that are inlined");
      if (unit.is("input") && input >= 0) {
        numbers.add(input);
      } else if (unit.is("call")) {
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
  static double[] slopes(Item unit) {
    List<Double> parameters = unit.reals("parameters");
    double p = parameters.isEmpty() ? 0 : parameters.get(0);
    return switch (unit.text("name") + " " + parameters.size()) {
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

  static double[] slopes(double least, double largest) { return new double[] {least, largest}; }
  static BigDecimal steepest(Item unit) { return num(Math.max(-slopes(unit)[0], slopes(unit)[1])); }

  /** The least double that is no less than 1 / (2T). */
  static double ell(double t) {
    boolean enough = num(0.5 / t).multiply(num(t)).compareTo(HALF) >= 0;
    return enough ? 0.5 / t : Math.nextUp(0.5 / t);
  }

  static int groupSize(Item unit) {
    return switch (unit.text("name")) {
      case "maxmin", "householder" -> 2;
      case "group_sort" -> unit.reals("parameters").get(0).intValue();
      case "softmax", "center" -> unit.size();
      default -> 1;
    };
  }

  /** FORMAT, "Activations": {@code I - c 1 1'}, c the multiple of 2^-53 next to 1/n, by rows. */
  double[] center(int n) {
    spend(BIG * n * n, "a centre of many elements");
    double c = 1 - (1 - 1.0 / n);
    double[] matrix = new double[n * n];
    Arrays.setAll(matrix, k -> k % (n + 1) == 0 ? 1 - c : -c);
    return matrix;
  }

  /** SOUNDNESS, "Gain": the square of what the unit multiplies l2 distances by at most. */
  static BigDecimal squaredGain(Item unit) {
    List<BigDecimal> squares = Stream.of("scale", "parameters")
        .flatMap(name -> unit.numbers(name).stream()).map(v -> v.pow(2)).toList();
    return switch (unit.text("operation")) {
      case "call" -> {
        Certificate callee = unit.get("callee");
        yield callee.bound.pow(2).multiply(num(callee.toLinf() ? unit.size() : 1));
      }
      case "affine" -> Collections.max(squares);
      case "select" -> {
        boolean once = Set.copyOf(unit.list("indices")).size() == unit.size();
        require(once, "a gain of a selection that repeats elements");
        yield ONE;
      }
      case "activation" -> (unit.is("name", "householder")
          ? squares.get(0).add(squares.get(1)).multiply(num(2)).subtract(ONE).max(ONE)
          : steepest(unit)).pow(2);
      default -> throw new Stop("REJECTED: a gain of the operation " + unit.text("operation"));
    };
  }

  // ---------------------------------------------------------------- the inequality

  /** A row of a signal as a linear form of coordinates, without zeros: SOUNDNESS, "Signals". */
  static final class Form extends TreeMap<Integer, BigDecimal> {
    static final long serialVersionUID = 1;

    /** Above 1 for what stands for a vector: SOUNDNESS, "Rows of several elements". */
    final int length;

    Form(int length) { this.length = length; }
    BigDecimal at(int k) { return getOrDefault(k, ZERO); }
  }

  /** {@code factor u v}: a part of a form Q, with its multiplier. */
  record Product(BigDecimal factor, Form u, Form v) {}

  /** One proof: SOUNDNESS, "Signals", "Constraints", "The inequality". */
  final class Assembly {
    final Certificate c;
    final List<Item> units;
    final Item proof;
    final int element;
    final Map<String, Item> unread = new TreeMap<>();
    final List<List<Form>> signals = new ArrayList<>();
    final List<Product> constraints = new ArrayList<>();
    final Map<Integer, Form> matrix = new TreeMap<>();
    boolean magnitudes;
    int coordinates;

    Assembly(Certificate c, List<Item> units, Item proof, int element) {
      this.c = c;
      this.units = units;
      this.proof = proof;
      this.element = element;
      proof.items("gains").forEach(item -> record("gain", item));
      proof.items("segmentations").forEach(item -> record("segmentation", item));
      proof.items("multipliers").forEach(item -> record(item.text("constraint") + "s", item));
    }

    void record(String what, Item item) {
      String key = what + " of unit " + item.integer("unit");
      require(unread.put(key, item) == null, "two records: " + key);
    }

    Item take(String what, int unit) { return unread.remove(what + " of unit " + unit); }

    void checkInequality() {
      passThroughUnits();
      List<Form> x = signals.get(0);
      BigDecimal rho = c.bound.pow(2);
      BigDecimal sum = ZERO;
      boolean l2 = !c.fromLinf();
      List<BigDecimal> mu = l2 ? Collections.nCopies(x.size(), rho) : take("ranges", 0, x.size());
      for (int k = 0; k < x.size(); k++) {
        sum = sum.add(mu.get(k).multiply(num(x.get(k).length)));
        subtract(mu.get(k).negate(), x.get(k), x.get(k));
      }
      require(l2 || sum.compareTo(rho) <= 0, "ranges that exceed the bound's square");
      List<Form> y = signals.get(units.size() - 1);
      subtractOutput(c.toLinf() ? List.of(elements(units.size() - 1, y).get(element)) : y);
      positive(matrix, l2 ? x.size() : 0, rho, proof, "S of proof " + element);
    }

    void passThroughUnits() {
      for (int i = 0; i < units.size(); i++) { signals.add(signal(i, units.get(i))); }
    }

    /** Takes |dy|^2 and the constraints away; if dy is zero for all x, nothing is to be proved. */
    void subtractOutput(List<Form> y) {
      y.forEach(form -> subtract(ONE, form, form));
      constraints.forEach(product -> subtract(product.factor, product.u, product.v));
      if (y.stream().allMatch(Form::isEmpty)) { matrix.clear(); }
    }

    /** Takes {@code factor u v} away; the lower triangle of the matrix holds each pair once. */
    void subtract(BigDecimal factor, Form u, Form v) {
      spend(4 * BIG * u.size() * v.size(), "the matrix of the inequality");
      for (int i : u.keySet()) {
        for (int j : v.keySet()) {
          BigDecimal term = u.get(i).multiply(v.get(j)).multiply(i == j ? ONE : HALF);
          Form row = matrix.computeIfAbsent(Math.max(i, j), k -> new Form(1));
          row.merge(Math.min(i, j), term.multiply(factor).negate(), BigDecimal::add);
        }
      }
    }

    List<Form> signal(int at, Item unit) {
      List<List<Form>> read = unit.operands().stream().map(signals::get).toList();
      int rows = read.stream().mapToInt(List::size).sum();
      spend(BIG * (1 + rows), "rows of unit " + at);
      List<Form> z = read.stream().flatMap(List::stream).toList();
      if (magnitudes && (unit.is("input") || unit.is("call"))) {
        Form t = multiple(unit.is("input") ? ONE : called(unit.get("callee"), z));
        return Collections.nCopies(unit.size(), t);
      }
      if (unread.containsKey("gains of unit " + at) || unit.is("call")) {
        return gain(at, unit, z);
      }
      return switch (unit.text("operation")) {
        case "input" -> fresh(cut(at, unit));
        case "concat" -> z;
        case "sum" -> sums(at, rows / read.size(), read);
        case "scale" -> scaled(z, Collections.nCopies(unit.size(), unit.number("factor")));
        case "affine" -> {
          boolean one = Set.copyOf(unit.reals("scale")).size() == 1;
          yield scaled(one ? z : elements(at, z), unit.numbers("scale"));
        }
        case "select" -> unit.integers("indices").stream().map(elements(at, z)::get).toList();
        case "dense" -> dense(at, z, unit.get("matrix"));
        default -> activation(at, unit, z);
      };
    }

    /** The sum of multiples; of magnitudes where those are what is bounded. */
    Form sum(List<Form> forms, List<BigDecimal> factors) {
      Form sum = new Form(forms.get(0).length);
      for (int k = 0; k < forms.size(); k++) {
        BigDecimal factor = magnitudes ? factors.get(k).abs() : factors.get(k);
        spend(4 * BIG * (1 + forms.get(k).size()), "linear forms of many coordinates");
        require(forms.get(k).length == sum.length, "rows of different lengths are added");
        forms.get(k).forEach((i, a) -> sum.merge(i, a.multiply(factor), BigDecimal::add));
      }
      sum.values().removeIf(a -> a.signum() == 0);
      sum.values().forEach(a -> spend(Math.pow(a.precision() / 64.0, 2), "endless digits"));
      return sum;
    }

    Form sum(Form a, Form b, BigDecimal factor) { return sum(List.of(a, b), List.of(ONE, factor)); }

    List<Form> sums(int at, int n, List<List<Form>> read) {
      require(read.stream().allMatch(rows -> rows.size() == n), "unit " + at + " adds other rows");
      List<BigDecimal> ones = Collections.nCopies(read.size(), ONE);
      IntStream each = IntStream.range(0, n);
      return each.mapToObj(k -> sum(read.stream().map(z -> z.get(k)).toList(), ones)).toList();
    }

    List<Form> dense(int at, List<Form> z, double[] w) {
      elements(at, z);
      List<Form> y = new ArrayList<>();
      for (int from = 0; from < w.length; from += z.size()) {
        y.add(sum(z, Arrays.stream(w, from, from + z.size()).mapToObj(Audit::num).toList()));
      }
      return y;
    }

    /** By a factor for each row. */
    List<Form> scaled(List<Form> z, List<BigDecimal> factors) {
      IntStream each = IntStream.range(0, z.size());
      return each.mapToObj(k -> sum(List.of(z.get(k)), factors.subList(k, k + 1))).toList();
    }

    /** The same rows, each of which has to be a single element. */
    List<Form> elements(int at, List<Form> rows) {
      boolean elements = rows.stream().allMatch(row -> row.length == 1);
      require(elements, "unit " + at + " reads elements of longer rows");
      return rows;
    }

    /** New coordinates, for rows of these lengths. */
    List<Form> fresh(List<Integer> lengths) {
      List<Form> fresh = lengths.stream().map(Form::new).toList();
      fresh.forEach(form -> form.put(coordinates++, ONE));
      return fresh;
    }

    /** FORMAT, "Segmentations": the lengths of the rows that a unit starts. */
    List<Integer> cut(int at, Item unit) {
      spend(BIG * unit.size(), "rows of unit " + at);
      Item item = take("segmentation", at);
      List<Integer> ones = Collections.nCopies(unit.size(), 1);
      List<Integer> cut = item == null ? ones : item.integers("lengths");
      boolean fits = cut.stream().mapToLong(n -> n).sum() == unit.size();
      require(fits && Collections.min(cut) > 0, "the rows of unit " + at + " do not fit");
      return cut;
    }

    /** FORMAT, "Multipliers": one for all, or one for each; not negative. */
    List<BigDecimal> take(String constraint, int at, int count) {
      Item item = take(constraint, at);
      require(item != null, "unit " + at + " lacks its multipliers: " + constraint);
      List<BigDecimal> values = item.numbers("values");
      require(values.stream().allMatch(v -> v.signum() >= 0), "unit " + at + ": one is negative");
      boolean one = values.size() == 1;
      require(one || values.size() == count, "unit " + at + " has another number of multipliers");
      return one ? Collections.nCopies(count, values.get(0)) : values;
    }

    /** SOUNDNESS, "Gain": {@code g^2 |dz|^2 - |dw|^2 >= 0}, with one multiplier. */
    List<Form> gain(int at, Item unit, List<Form> z) {
      BigDecimal square = unit.is("dense") ? provedGain(at, unit) : squaredGain(unit);
      BigDecimal lambda = take("gains", at, 1).get(0);
      boolean still = square.signum() == 0 || z.stream().allMatch(Form::isEmpty);
      List<Integer> cut = cut(at, unit);
      List<Form> w = still ? cut.stream().map(Form::new).toList() : fresh(cut);
      z.forEach(form -> constraints.add(new Product(lambda.multiply(square), form, form)));
      w.forEach(form -> constraints.add(new Product(lambda.negate(), form, form)));
      return w;
    }

    /** {@code g^2 I - W W' >= 0} exactly if {@code (I, W'; W, g^2 I) >= 0}; or W' in place of W. */
    BigDecimal provedGain(int at, Item unit) {
      Item record = take("gain", at);
      require(record != null, "the gain of unit " + at + " is not stated");
      BigDecimal gain = record.number("gain");
      require(gain.signum() >= 0, "the gain of unit " + at + " is negative");
      double[] w = unit.get("matrix");
      int n = unit.integer("inputs");
      boolean tall = unit.size() > n;
      int wide = Math.max(unit.size(), n);
      Map<Integer, Form> bordered = new TreeMap<>();
      spend(4 * BIG * w.length, "the gain of unit " + at);
      for (int k = 0; k < n + unit.size(); k++) {
        bordered.put(k, new Form(1));
        bordered.get(k).put(k, k < wide ? ONE : gain.pow(2));
      }
      for (int k = 0; k < w.length; k++) {
        bordered.get(wide + (tall ? k % n : k / n)).put(tall ? k / n : k % n, num(w[k]));
      }
      positive(bordered, wide, ONE, record, "the matrix of the gain of unit " + at);
      return gain.pow(2);
    }

    List<Form> activation(int at, Item unit, List<Form> z) {
      int size = groupSize(unit);
      elements(at, size == 1 ? List.of() : z);
      if (slopes(unit)[0] == slopes(unit)[1]) {
        List<BigDecimal> same = Collections.nCopies(unit.size(), steepest(unit));
        return unit.is("name", "center") ? dense(at, z, center(size)) : scaled(z, same);
      }
      int groups = z.size() / size;
      List<BigDecimal> multipliers = magnitudes ? null : take("slopes", at, groups);
      List<Form> y = new ArrayList<>();
      for (int k = 0; k < groups; k++) {
        BigDecimal lambda = magnitudes ? ONE : multipliers.get(k);
        y.addAll(group(unit, z.subList(k * size, (k + 1) * size), lambda));
      }
      return y;
    }

    /** SOUNDNESS, "Slopes", "MaxMin", "Groups": the outputs of one row, or of one group. */
    List<Form> group(Item unit, List<Form> z, BigDecimal lambda) {
      boolean softmax = unit.is("name", "softmax");
      if (groupSize(unit) == 1 && !softmax) { return List.of(slope(unit, lambda, z.get(0))); }
      Form first = z.get(0);
      Form second = z.get(z.size() - 1);
      if (unit.is("name", "householder")) {
        List<BigDecimal> v = unit.numbers("parameters");
        Form r = slope(unit, lambda, sum(z, v.stream().map(BigDecimal::negate).toList()));
        r = sum(r, r, ONE);
        return List.of(sum(first, r, v.get(0)), sum(second, r, v.get(1)));
      }
      if (magnitudes) {
        return Collections.nCopies(z.size(), multiple(largest(z).multiply(steepest(unit))));
      }
      if (z.size() > 2 || softmax) { return keepingSum(unit, z, lambda); }
      Form r = slope(unit, lambda, sum(first, second, MINUS));
      Form larger = sum(List.of(first, second, r), List.of(HALF, HALF, HALF));
      return List.of(larger, sum(larger, r, MINUS));
    }

    Form slope(Item unit, BigDecimal lambda, Form p) {
      if (magnitudes) { return sum(List.of(p), List.of(steepest(unit))); }
      Form w = p.isEmpty() ? p : fresh(List.of(p.length)).get(0);
      return constrained(unit, lambda, p, w);
    }

    /** FORMAT, "Multipliers": they multiply twice {@code (w - a p)(b p - w)}. */
    Form constrained(Item unit, BigDecimal lambda, Form p, Form w) {
      Form u = sum(w, p, num(-slopes(unit)[0]));
      Form v = sum(List.of(w, p), List.of(MINUS, num(slopes(unit)[1])));
      constraints.add(new Product(lambda.add(lambda), u, v));
      return w;
    }

    /** All outputs but the last are free; their sum is that of z, or for softmax it is constant. */
    List<Form> keepingSum(Item unit, List<Form> z, BigDecimal lambda) {
      boolean sorts = unit.is("name", "group_sort");
      List<Form> w = new ArrayList<>(sorts ? z : Collections.nCopies(z.size(), new Form(1)));
      int last = z.size() - 1;
      if (z.stream().anyMatch(form -> !form.equals(z.get(0)))) {
        List<Form> free = fresh(Collections.nCopies(last, 1));
        for (int k = 0; k < last; k++) {
          w.set(k, sum(w.get(k), free.get(k), ONE));
          w.set(last, sum(w.get(last), free.get(k), MINUS));
        }
        for (int k = 0; k <= last; k++) { constrained(unit, lambda, z.get(k), w.get(k)); }
      }
      return w;
    }

    /** The form {@code factor t} of the only coordinate that there is among magnitudes. */
    Form multiple(BigDecimal factor) {
      Form form = new Form(1);
      form.put(0, factor);
      return form;
    }

    BigDecimal largest(List<Form> z) {
      return Collections.max(z.stream().map(form -> form.at(0)).toList());
    }

    /** FORMAT, "Elementwise product": from l2, by a root that is no smaller than the real one. */
    BigDecimal called(Certificate callee, List<Form> z) {
      BigDecimal squares = z.stream().map(f -> f.at(0).pow(2)).reduce(ZERO, BigDecimal::add);
      BigDecimal root = squares.sqrt(new MathContext(60, RoundingMode.UP));
      require(root.pow(2).compareTo(squares) >= 0, "no root from above");
      return callee.bound.multiply(callee.fromLinf() ? largest(z) : root);
    }

    /** SOUNDNESS, "Without a matrix": f with {@code |ds_i| <= f_i t}, t the norm of dx in linf. */
    void checkElementwiseProduct() {
      require(c.fromLinf(), "an elementwise product of inputs in l2");
      require(!proof.has("rows"), "an elementwise product with a witness");
      magnitudes = true;
      passThroughUnits();
      List<Form> y = signals.get(units.size() - 1);
      Stream<BigDecimal> squares = y.stream().map(form -> form.at(0).pow(2));
      BigDecimal reached = squares.reduce(c.toLinf() ? BigDecimal::max : BigDecimal::add).get();
      require(reached.compareTo(c.bound.pow(2)) <= 0, "the elementwise product is above the bound");
      say("  by the elementwise product of magnitudes");
    }
  }

  // ---------------------------------------------------------------- positivity

  /**
   * Finds out whether a symmetric matrix, of which the lower triangle is given, is positive
   * semidefinite: SOUNDNESS, "Positivity". Zero rows are left out; scaling is a congruence.
   *
   * @param inputs the number of rows that a witness leaves out, if they are those of rho I
   */
  void positive(
      Map<Integer, Form> lower, int inputs, BigDecimal rho, Item witness, String what) {
    spend(200 * BIG * lower.size(), what + " has " + lower.size() + " rows");
    lower.values().forEach(row -> row.values().removeIf(v -> v.signum() == 0));
    lower.values().removeIf(Form::isEmpty);
    TreeSet<Integer> used = new TreeSet<>(lower.keySet());
    lower.values().forEach(row -> used.addAll(row.keySet()));
    List<Integer> number = List.copyOf(used);
    List<BigDecimal> scale = new ArrayList<>();
    List<Form> b = new ArrayList<>();
    int block = 0;
    for (int i : number) {
      Form given = lower.getOrDefault(i, new Form(1));
      require(given.at(i).signum() > 0, what + " is not positive: its diagonal is not");
      block += i < inputs && given.size() == 1 && given.at(i).compareTo(rho) == 0 ? 1 : 0;
      MathContext three = new MathContext(3);
      scale.add(ONE.divide(given.at(i).sqrt(three), three));
      Form row = new Form(1);
      for (int j : given.keySet()) {
        int at = Collections.binarySearch(number, j);
        row.put(at, given.at(j).multiply(scale.get(at)).multiply(scale.get(b.size())));
      }
      b.add(row);
    }
    checkWitness(witness, b.size() - (block == inputs ? block : 0), what);
    boolean squares = isSquaresPlusDominant(b);
    require(squares || eliminates(b, what), what + " is not positive, by exact elimination");
    String by = squares ? " rows, by G G' and a dominant rest" : " rows, by exact elimination";
    say("  " + what + " >= 0: " + b.size() + by + "; asked for: " + witness.text("procedure"));
  }

  /** FORMAT, "Witnesses": numbers of a witness are not used here, but have to be those of one. */
  static void checkWitness(Item witness, int n, String what) {
    boolean congruence = witness.is("procedure", "congruence");
    require(congruence == witness.has("rows"), "rows without a congruence, or none for it");
    boolean matrix = !witness.text("procedure").matches("ldlt construction|elementwise product");
    require(matrix, "a procedure that is about no matrix, for " + what);
    List<String> rows = witness.list("rows");
    require(!congruence || rows.size() == n, what + " has " + n + " rows, not " + rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String row = "((0|-?[1-9][0-9]{0,17}) ){" + i + "}[1-9][0-9]{0,17}";
      require(rows.get(i).matches(row), "row " + i + " of the witness for " + what);
    }
  }

  /**
   * {@code x'Bx = |G'x|^2 + x'Tx} for {@code T = B - G G'}, whatever G is; and {@code x'Tx >= 0} if
   * each entry of the diagonal of T is at least the sum of the magnitudes beside it (Gershgorin).
   * G is guessed in doubles, by Cholesky's method from B less a little, and cut to 16 digits.
   */
  boolean isSquaresPlusDominant(List<Form> b) {
    for (int i = 0; i < b.size(); i++) {
      double length = i + 1.0 - b.get(i).firstKey();
      spend(2 * length * length + 8 * BIG * length, "a matrix of " + b.size() + " rows");
    }
    return isDominant(b, guess(b, 1e-14)) || isDominant(b, guess(b, 2e-16));
  }

  /** Rows from their first entry on, in units of 1e-16; none where there is no factor. */
  static long[][] guess(List<Form> b, double less) {
    long[][] cut = new long[b.size()][];
    double[][] g = new double[b.size()][];
    for (int i = 0; i < g.length; i++) {
      int first = b.get(i).firstKey();
      g[i] = new double[i + 1 - first];
      for (int j = first; j <= i; j++) {
        int other = b.get(j).firstKey();
        double sum = b.get(i).at(j).doubleValue() - (i == j ? less * g.length : 0);
        for (int k = Math.max(first, other); k < j; k++) {
          sum -= g[i][k - first] * g[j][k - other];
        }
        g[i][j - first] = i == j ? Math.sqrt(sum) : sum / g[j][j - other];
        if (!(Math.abs(g[i][j - first]) < 2)) { return new long[0][]; }
      }
      cut[i] = Arrays.stream(g[i]).mapToLong(v -> Math.round(v * 1e16)).toArray();
    }
    return cut;
  }

  static boolean isDominant(List<Form> b, long[][] g) {
    BigDecimal[] slack = new BigDecimal[g.length];
    Arrays.fill(slack, ZERO);
    for (int i = 0; i < g.length; i++) {
      for (int j = b.get(i).firstKey(); j <= i; j++) {
        BigDecimal rest = b.get(i).at(j).subtract(product(g[i], i, g[j], j));
        slack[i] = i == j ? slack[i].add(rest) : slack[i].subtract(rest.abs());
        slack[j] = i == j ? slack[j] : slack[j].subtract(rest.abs());
      }
    }
    return g.length == b.size() && Stream.of(slack).allMatch(v -> v.signum() >= 0);
  }

  /** That of rows i and j of G, exactly, in 128 bits: of fewer than 2^18 terms below 2^109. */
  static BigDecimal product(long[] a, int i, long[] b, int j) {
    long high = 0, low = 0;
    for (int k = Math.max(i - a.length, j - b.length) + 1; k <= j; k++) {
      long p = a[k - i - 1 + a.length], q = b[k - j - 1 + b.length];
      low += p * q;
      high += Math.multiplyHigh(p, q) + (Long.compareUnsigned(low, p * q) < 0 ? 1 : 0);
    }
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(low));
    return new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).add(unsigned), 32);
  }

  /** Bareiss 1968, on integers; a zero pivot is allowed before a zero column, and is left out. */
  boolean eliminates(List<Form> b, String what) {
    int n = b.size();
    Stream<BigDecimal> entries = b.stream().flatMap(row -> row.values().stream());
    int scale = Math.max(0, entries.mapToInt(BigDecimal::scale).max().orElse(0));
    double words = n * scale * 3.4 / 64;
    spend(n / 3.0 * n * n * (BIG + words * words / 10), what + ": " + n + " rows, nearly singular");
    BigInteger[][] a = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) { a[i][j] = b.get(i).at(j).setScale(scale).unscaledValue(); }
    }
    BigInteger last = BigInteger.ONE;
    for (int k = 0; k < n; k++) {
      BigInteger pivot = a[k][k];
      for (int i = k; i < n; i++) {
        if (pivot.signum() < 0 || (pivot.signum() == 0 && a[i][k].signum() != 0)) { return false; }
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
  void checkConstruction(Certificate c) {
    require(!c.numeric() && !c.item.has("calls"), "a construction that is numeric, or calls");
    require(!c.item.has("input norm"), "a construction between other norms than l2");
    require(!c.item.has("rows"), "a construction with a witness");
    require(start(c.weights) == c.weights.length, "a construction beside given weights");
    require(c.bound.signum() > 0, "a construction of bound 0");
    boolean declared = c.item.get("bound").equals(c.item.get("declared"));
    require(declared, "a construction whose bound is not the declared one");
    int end = c.units.size() - 1;
    boolean residual = c.units.get(end).is("sum");
    Set<Integer> read = new TreeSet<>(List.of(0, end));
    List<Integer> depths = new ArrayList<>();
    for (int branch : residual ? c.units.get(end).operands() : List.of(end)) {
      depths.add(depth(c, branch, residual, read));
    }
    boolean skips = Collections.min(depths) == 0 && Collections.max(depths) > 0;
    require(!residual || (skips && depths.size() == 2), "a sum that is no skip and a chain");
    require(read.size() == c.units.size(), "units beside those of the construction");
    Stream<String> both = c.units.stream().flatMap(u -> Stream.of(u.get("weight"), u.get("bias")));
    List<String> tensors = both.filter(Objects::nonNull).toList();
    require(Set.copyOf(tensors).size() == tensors.size(), "layers that share a tensor");
    say("  by the theorem of the LDL^T construction, at its declared bound");
  }

  /** The number of activations from the input to a dense unit, between dense units alone. */
  static int depth(Certificate c, int end, boolean residual, Set<Integer> read) {
    Item dense = c.units.get(end);
    require(dense.is("dense"), "unit " + end + " is no dense layer of a construction");
    int before = dense.integer("operand");
    read.add(end);
    if (before == 0) { return 0; }
    Item hidden = c.units.get(before);
    boolean elementwise = hidden.is("activation") && groupSize(hidden) == 1;
    double[] slopes = elementwise ? slopes(hidden) : slopes(1, 1);
    boolean fits = slopes[0] < slopes[1] && (!residual || (slopes[0] >= 0 && slopes[1] <= 1));
    require(fits, "unit " + before + " is no activation of a construction");
    read.add(before);
    return 1 + depth(c, hidden.integer("operand"), residual, read);
  }
}
