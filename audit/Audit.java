import java.io.IOException;
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
 * where WEIGHTS is a safetensors file, or - for none; a CERTIFICATE may be a safetensors file that
 * carries it. Written from docs/soundness.md (below: SOUNDNESS) and docs/certificate-format.md
 * (FORMAT). All conclusions are drawn in BigDecimal and BigInteger, which are exact as they are
 * used here; doubles only guess the factor G of {@link #isSquaresPlusDominant}. To be read from
 * audit over auditOne, Assembly and positive to the rest.
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
  private final Set<String> provedGains = new HashSet<>();
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
        String other = arguments[i + 1];
        texts.add(file[0] == '{' ? new String(file, "UTF-8") : carried(file));
        weights.add(other.equals("-") ? new byte[0] : Files.readAllBytes(Path.of(other)));
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("cannot be read: " + new Stop(e.toString()).getMessage());
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
    } catch (OutOfMemoryError | StackOverflowError e) {
      audit.say("NOT DECIDED: too large for the memory of this machine");
    }
    return audit.report;
  }

  /**
   * Carries a verdict out of all methods; nothing that a file says may move a terminal's cursor.
   */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stop(String verdict) {
      super(printable(verdict));
    }
  }

  private static String printable(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return shown.length() > 400 ? shown.substring(0, 400) + "..." : shown;
  }

  private void say(String line) {
    report.add(printable(line));
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

  private static final Set<String> UNITS =
      Set.of("input dense activation sum concat scale affine call select".split(" "));

  /** An object; a unit that is audited also has its "matrix" or "callee". */
  private record Item(Map<String, Object> members) {

    /** FORMAT, "Members": no member is left out, none is added, none stands elsewhere. */
    static Item of(Object object, String schema) {
      require(object instanceof Item && schema != null, "no object of a certificate: " + object);
      Item item = (Item) object;
      Predicate<String> there = name -> item.has(name) || !schema.contains(name + "?");
      List<String> names = Stream.of(schema.replace("?", "").split(" ")).filter(there).toList();
      boolean same =
          names.equals(item.members.keySet().stream().map(n -> n.replace(' ', '_')).toList());
      require(same, "other members than " + names + ": " + item.members.keySet());
      return item;
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    boolean is(String name, String word) {
      return word.equals(members.get(name));
    }

    <T> T get(Class<T> type, String name) {
      require(type.isInstance(members.get(name)), name + " cannot be " + members.get(name));
      return type.cast(members.get(name));
    }

    String text(String name) {
      return get(String.class, name);
    }

    int integer(String name) {
      return get(Integer.class, name);
    }

    double real(String name) {
      return Audit.real(members.get(name));
    }

    List<?> list(String name) {
      return has(name) ? get(List.class, name) : List.of();
    }

    List<Item> items(String name) {
      return list(name).stream().map(object -> of(object, MEMBERS.get(name))).toList();
    }

    List<Integer> integers(String name) {
      Stream<?> elements =
          list(name).stream().peek(k -> require(k instanceof Integer, "no integer: " + k));
      return elements.map(Integer.class::cast).toList();
    }

    List<BigDecimal> numbers(String name) {
      return list(name).stream().map(Audit::real).map(BigDecimal::new).toList();
    }

    List<Integer> operands() {
      return has("operand") ? List.of(integer("operand")) : integers("operands");
    }

    int size() {
      return has("indices") ? list("indices").size() : integer("size");
    }
  }

  /** FORMAT, "Reals": the one hexadecimal text that a double has. */
  private static double real(Object object) {
    boolean text = String.valueOf(object).matches("-?0x[01]\\.[0-9a-f]{1,13}p-?[0-9]{1,4}");
    double real =
        text && object instanceof String ? Double.parseDouble((String) object) : Double.NaN;
    require(Double.toHexString(real).equals(object) && Double.isFinite(real), "no real: " + object);
    return real;
  }

  /** Reads JSON in the one layout that FORMAT allows: "Layout". */
  private static final class Reader {
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

    private void expect(String expected) {
      require(take(expected), "no canonical text at character " + at + ": not " + expected);
    }

    Item certificate() {
      Item item = object("\n  ");
      expect("\n");
      require(at == text.length(), "something follows the certificate");
      return item;
    }

    /** What a bracket is followed by, a comma, and what stands before the bracket that closes. */
    private Item object(String line) {
      Map<String, Object> members = new LinkedHashMap<>();
      expect("{" + line);
      do {
        String name = string();
        expect(": ");
        require(members.put(name, value(line.isEmpty() ? "" : "\n    ")) == null, "two " + name);
      } while (take(line.isEmpty() ? ", " : "," + line));
      expect(line.isEmpty() ? "}" : "\n}");
      return new Item(members);
    }

    private Object value(String line) {
      if (text.startsWith("\"", at)) {
        return string();
      }
      if (text.startsWith("{", at)) {
        return object("");
      }
      if (!text.startsWith("[", at)) {
        return integer();
      }
      List<Object> elements = new ArrayList<>();
      if (!take("[]")) {
        expect("[" + line);
        do {
          elements.add(value(""));
        } while (take(line.isEmpty() ? ", " : "," + line));
        expect(line.isEmpty() ? "]" : "\n  ]");
      }
      return elements;
    }

    private Integer integer() {
      int from = at;
      while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String digits = text.substring(from, at);
      boolean read = digits.matches("0|-?[1-9][0-9]{0,9}");
      require(
          read && Long.parseLong(digits) == (int) Long.parseLong(digits), "no integer at " + from);
      return Integer.valueOf(digits);
    }

    /** FORMAT, "Texts": which characters are escaped, and how, is no matter of choice. */
    private String string() {
      int from = at;
      StringBuilder out = new StringBuilder();
      for (expect("\""); !take("\""); at++) {
        boolean coded = text.startsWith("\\u", at) && at + 6 <= text.length();
        at += !coded && text.startsWith("\\", at) ? 1 : 0;
        require(at < text.length(), "a text is not closed");
        String hex = coded ? text.substring(at + 2, at + 6) : "20";
        require(hex.matches("[0-9a-f]+"), "an unknown escape");
        out.append(coded ? (char) Integer.parseInt(hex, 16) : text.charAt(at));
        at += coded ? 5 : 0;
      }
      boolean same = written(out.toString()).equals(text.substring(from, at));
      require(same, "a text that is written otherwise: " + text.substring(from, at));
      return out.toString();
    }

    static String written(String string) {
      require(
          string.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF),
          "half of a surrogate pair");
      StringBuilder out = new StringBuilder("\"");
      for (char c : string.toCharArray()) {
        boolean coded = c < ' ' || Character.isSurrogate(c);
        out.append(c == '"' || c == '\\' ? "\\" : "");
        out.append(coded ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
      return out.append('"').toString();
    }
  }

  // ---------------------------------------------------------------- tensors

  private static String sha256(byte[] head, byte[] file, int from, int length) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(head);
      sha.update(file, from, length);
      return "sha256:" + HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes, int from, int length) {
    return ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The JSON of a safetensors file, which stands after its length in eight bytes. */
  private static String header(byte[] file) {
    long length = file.length < 8 ? 0 : littleEndian(file, 0, 8).getLong();
    require(length >= 0 && length <= Math.max(0, file.length - 8), "no safetensors file");
    return new String(file, Math.min(8, file.length), (int) length, StandardCharsets.UTF_8);
  }

  private static String carried(byte[] file) {
    Matcher key = Pattern.compile("\"lipc.certificate\"\\s*:\\s*").matcher(header(file));
    require(key.find(), "it carries no certificate");
    Reader reader = new Reader(header(file));
    reader.at = key.end();
    return reader.string();
  }

  /** FORMAT, "Digests"; it is found leniently: whatever is misread here has another digest. */
  private static double[] tensor(Certificate c, Item record) {
    String name = record.text("name");
    String entry = Pattern.quote(Reader.written(name)) + "\\s*:\\s*\\{[^}]*\"data_offsets\"\\s*:";
    String span = "\\s*\\[\\s*(\\d{1,10})\\s*,\\s*(\\d{1,10})\\s*\\]";
    Matcher found = Pattern.compile(entry + span).matcher(header(c.weights));
    require(found.find(), "tensor " + name + " is not among the weights");
    long start = 8 + littleEndian(c.weights, 0, 8).getLong();
    long from = start + Long.parseLong(found.group(1));
    long to = start + Long.parseLong(found.group(2));
    require(from <= to && to <= c.weights.length, "tensor " + name + " is not within its file");
    String head = c.type() + " " + record.list("shape") + "\n";
    int length = (int) (to - from);
    String digest = sha256(head.getBytes(StandardCharsets.UTF_8), c.weights, (int) from, length);
    require(record.is("digest", digest), "tensor " + name + " has another digest: " + digest);
    ByteBuffer data = littleEndian(c.weights, (int) from, length);
    boolean single = c.type().equals("F32");
    double[] values = new double[length / (single ? 4 : 8)];
    Arrays.setAll(values, i -> single ? data.getFloat() : data.getDouble());
    require(Arrays.stream(values).allMatch(Double::isFinite), "tensor " + name + " is not finite");
    return values;
  }

  // ---------------------------------------------------------------- one certificate

  /**
   * What a text says, and the weights beside it; {@link #auditOne} finds out whether it is true.
   */
  private static final class Certificate {
    final String digest;
    final byte[] weights;
    final Item item;
    final List<Item> units;
    final List<Item> proofs;
    boolean accepted;

    Certificate(String text, byte[] weights) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      this.digest = sha256(new byte[0], bytes, 0, bytes.length);
      this.weights = weights;
      Item read = new Reader(text).certificate();
      String norms = read.has("input norm") ? "input_norm output_norm " : "";
      String proof = read.has("proofs") ? "proofs" : MEMBERS.get("proofs");
      String head = "format network kind type declared bound method units tensors ";
      this.item = Item.of(read, head + norms + "calls? " + proof);
      this.units = item.list("units").stream().map(Certificate::unit).toList();
      this.proofs = item.has("proofs") ? item.items("proofs") : List.of(item);
      require(!item.has("proofs") || proofs.size() > 1, "a list of one proof");
      require(item.is("format", "lipc-certificate-1"), "another format");
      require(isNumeric() || item.is("kind", "structural"), "another kind");
      require(item.is("type", "f32") || item.is("type", "f64"), "another type");
      boolean known = Set.of("l2", "linf").containsAll(List.of(norm("input"), norm("output")));
      boolean usual = norm("input").equals("l2") && norm("output").equals("l2");
      require(
          known && usual != item.has("input norm"), "norms that are unknown, or the usual ones");
      require(isInlined() || !item.has("calls"), "calls that are unknown, or the usual ones");
      require(!item.text("method").isEmpty() && !units.isEmpty(), "no method, or no units");
    }

    private static Item unit(Object object) {
      String operation = object instanceof Item item ? item.text("operation") : "";
      require(UNITS.contains(operation), "unknown operation " + operation);
      return Item.of(object, MEMBERS.get(operation));
    }

    String norm(String side) {
      return item.has(side + " norm") ? item.text(side + " norm") : "l2";
    }

    boolean fromLinf() {
      return norm("input").equals("linf");
    }

    boolean toLinf() {
      return norm("output").equals("linf");
    }

    boolean isNumeric() {
      return item.is("kind", "numeric");
    }

    boolean isInlined() {
      return item.is("calls", "inlined");
    }

    String type() {
      return item.text("type").toUpperCase(Locale.ROOT);
    }

    BigDecimal squaredBound() {
      return new BigDecimal(item.real("bound")).pow(2);
    }

    int inputs() {
      return units.get(0).size();
    }

    int outputs() {
      return units.get(units.size() - 1).size();
    }

    String claim() {
      String norms = "|f(x) - f(x')|_%s <= %s |x - x'|_%s with the bound ";
      double bound = item.real("bound");
      String claim = String.format(norms, norm("output"), bound, norm("input"));
      String about = isNumeric() ? ", for these tensors" : ", for all values of its parameters";
      return item.text("network") + ": " + claim + item.text("bound") + about;
    }
  }

  private void auditOne(Certificate c) {
    say("certificate " + c.digest);
    say("  " + c.claim());
    say("  " + c.units.size() + " units of type " + c.type() + ", by " + c.item.text("method"));
    require(c.item.real("bound") >= 0, "a negative bound");
    require(c.item.real("bound") <= c.item.real("declared"), "a bound above the declared one");
    for (int i = 0; i < c.units.size(); i++) {
      require(isUnit(c, i), "unit " + i + " is unknown, or does not fit");
    }
    checkTensors(c);
    List<Item> calls = c.units.stream().filter(unit -> unit.is("operation", "call")).toList();
    calls.forEach(call -> checkCall(c, call));
    require(!c.isInlined() || c.isNumeric() && !calls.isEmpty(), "nothing that may be inlined");
    List<Item> flat = c.isInlined() ? inlined(c) : c.units;
    String procedure = c.proofs.get(0).text("procedure");
    if (procedure.equals("ldlt construction") || procedure.equals("elementwise product")) {
      for (String list : List.of("gains", "segmentations", "multipliers", "rows")) {
        require(c.proofs.size() == 1 && c.item.list(list).isEmpty(), "no theorem reads " + list);
      }
      if (procedure.equals("ldlt construction")) {
        checkConstruction(c);
      } else {
        checkElementwiseProduct(c, flat);
      }
    } else {
      require(c.proofs.size() == (c.toLinf() ? c.outputs() : 1), "too few or too many proofs");
      for (int j = 0; j < c.proofs.size(); j++) {
        new Assembly(c, flat, c.proofs.get(j), j).check();
      }
    }
    c.accepted = true;
  }

  /** SOUNDNESS, "Signals": earlier operands, sizes that fit, constants of the type, known names. */
  private static boolean isUnit(Certificate c, int at) {
    Item unit = c.units.get(at);
    int n = unit.size();
    if (n < 1 || !unit.operands().stream().allMatch(k -> k >= 0 && k < at)) {
      return false;
    }
    List<Integer> sizes = unit.operands().stream().map(k -> c.units.get(k).size()).toList();
    long sum = sizes.stream().mapToLong(size -> size).sum();
    for (String constants : List.of("parameters", "scale", "shift")) {
      unit.list(constants).forEach(value -> requireType(c, real(value)));
    }
    return switch (unit.text("operation")) {
      case "input" -> at == 0 && isBox(unit, unit.numbers("lower"), unit.numbers("upper"));
      case "sum" -> sizes.size() > 1 && sizes.stream().allMatch(size -> size == n);
      case "concat" -> sizes.size() > 1 && sum == n;
      case "dense", "call" -> sum == unit.integer("inputs");
      case "scale" -> sum == n && requireType(c, unit.real("factor"));
      case "affine" -> sum == n && unit.list("scale").size() == n && unit.list("shift").size() == n;
      case "select" -> unit.integers("indices").stream().allMatch(k -> k >= 0 && k < sum);
      default -> sum == n && slopes(unit) != null && n % groupSize(unit) == 0;
    };
  }

  private static boolean requireType(Certificate c, double value) {
    require(c.type().equals("F64") || (float) value == value, value + " is no number of F32");
    return true;
  }

  private static boolean isBox(Item unit, List<BigDecimal> lower, List<BigDecimal> upper) {
    boolean given = unit.has("lower") || unit.has("upper");
    boolean fits = lower.size() == (given ? unit.size() : 0) && upper.size() == lower.size();
    IntStream all = IntStream.range(0, lower.size());
    return fits && all.allMatch(i -> lower.get(i).compareTo(upper.get(i)) <= 0);
  }

  /** One record for each tensor that a unit names, sorted; each is the tensor that is given. */
  private void checkTensors(Certificate c) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (Item unit : c.units) {
      for (String tensor : List.of("weight", "bias")) {
        boolean matrix = tensor.equals("weight") && unit.has(tensor);
        List<Integer> rows = List.of(unit.size());
        List<Integer> shape = matrix ? List.of(unit.size(), unit.integer("inputs")) : rows;
        List<Integer> other = unit.has(tensor) ? shapes.put(unit.text(tensor), shape) : shape;
        require(other == null || other.equals(shape), "a tensor of two shapes");
      }
    }
    List<Item> records = c.item.items("tensors");
    boolean theorem = c.proofs.get(0).is("procedure", "ldlt construction");
    List<String> names = records.stream().map(record -> record.text("name")).toList();
    List<String> all = List.copyOf(theorem ? Set.of() : shapes.keySet());
    require(names.equals(all), "tensors other than those of the units, or not sorted: " + names);
    require(c.isNumeric() || all.isEmpty(), "a structural certificate that names tensors");
    Map<String, double[]> tensors = new HashMap<>();
    for (Item record : records) {
      String name = record.text("name");
      require(record.list("shape").equals(shapes.get(name)), "another shape of tensor " + name);
      tensors.put(name, tensor(c, record));
      say("  tensor " + name + " " + record.list("shape") + " " + record.text("digest"));
    }
    c.units.stream()
        .filter(unit -> unit.has("weight") && !theorem)
        .forEach(unit -> unit.members.put("matrix", tensors.get(unit.text("weight"))));
  }

  /** SOUNDNESS, "Constraints": a callee is audited in the same run. */
  private void checkCall(Certificate c, Item call) {
    Certificate callee = given.get(call.text("certificate"));
    String name = "the callee " + call.text("network");
    require(callee != null, name + " is not given: there is no certificate of that digest");
    if (!callee.accepted) {
      auditOne(callee);
    }
    boolean fits = callee.inputs() == call.integer("inputs") && callee.outputs() == call.size();
    require(fits && callee.type().equals(c.type()), name + " is of another type or size");
    require(c.isNumeric() || !callee.isNumeric(), name + " is numeric, its caller structural");
    require(!c.isInlined() || callee.isNumeric(), name + " has free parameters, and is inlined");
    say("  calls " + call.text("network") + " " + callee.digest);
    call.members.put("callee", callee);
  }

  /** FORMAT, "Inlined calls": all units in one list, whose last is the output. */
  private List<Item> inlined(Certificate c) {
    List<Item> flat = new ArrayList<>();
    int output = inline(c, -1, flat);
    if (output != flat.size() - 1) {
      Map<String, Object> same = new HashMap<>(Map.of("operation", "scale", "operand", output));
      same.putAll(Map.of("factor", "0x1.0p0", "size", c.outputs()));
      flat.add(new Item(same));
    }
    return flat;
  }

  private int inline(Certificate c, int input, List<Item> flat) {
    List<Integer> numbers = new ArrayList<>();
    for (Item unit : c.units) {
      spend(8 * BIG, "units of inlined calls");
      List<Integer> operands = unit.operands().stream().map(numbers::get).toList();
      if (unit.is("operation", "input") && input >= 0) {
        numbers.add(input);
      } else if (unit.is("operation", "call")) {
        numbers.add(inline((Certificate) unit.members.get("callee"), operands.get(0), flat));
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
    double p = unit.list("parameters").isEmpty() ? 0 : real(unit.list("parameters").get(0));
    return switch (unit.text("name") + " " + unit.list("parameters").size()) {
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

  /** The least double that is no less than 1 / (2T). */
  private static double ell(double t) {
    BigDecimal product = new BigDecimal(0.5 / t).multiply(new BigDecimal(t));
    return product.compareTo(HALF) >= 0 ? 0.5 / t : Math.nextUp(0.5 / t);
  }

  private static int groupSize(Item unit) {
    return switch (unit.text("name")) {
      case "maxmin", "householder" -> 2;
      case "group_sort" -> unit.numbers("parameters").get(0).intValue();
      case "softmax", "center" -> unit.size();
      default -> 1;
    };
  }

  /** FORMAT, "Center": the multiple of 2^-53 next to 1/n. */
  private static BigDecimal share(int n) {
    return new BigDecimal(1 - (1 - 1.0 / n));
  }

  /** SOUNDNESS, "Gain": the square of what the unit multiplies l2 distances by at most. */
  private static BigDecimal squaredGain(Item unit) {
    if (unit.is("operation", "call")) {
      Certificate callee = (Certificate) unit.members.get("callee");
      BigDecimal count = new BigDecimal(callee.toLinf() ? unit.size() : 1);
      return callee.squaredBound().multiply(count);
    }
    if (unit.is("operation", "select")) {
      boolean once = new HashSet<>(unit.list("indices")).size() == unit.size();
      require(once, "a gain of a selection that repeats elements");
      return ONE;
    }
    Stream<BigDecimal> squares = unit.numbers("scale").stream().map(s -> s.pow(2));
    if (unit.is("operation", "affine")) {
      return squares.reduce(BigDecimal.ZERO, BigDecimal::max);
    }
    require(unit.is("operation", "activation"), "a gain of a unit that has none");
    double[] slopes = slopes(unit);
    BigDecimal steepest = new BigDecimal(Math.max(-slopes[0], slopes[1]));
    if (unit.is("name", "householder")) {
      List<BigDecimal> v = unit.numbers("parameters");
      BigDecimal norm = v.get(0).pow(2).add(v.get(1).pow(2));
      return norm.add(norm).subtract(ONE).max(ONE).pow(2);
    }
    return steepest.pow(2);
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
    private final Item proof;
    private final int element;
    private final Map<String, Item> unread = new TreeMap<>();
    private final List<List<Form>> signals = new ArrayList<>();
    private final List<List<Product>> constraints = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final TreeMap<Integer, Form> matrix = new TreeMap<>();

    Assembly(Certificate c, List<Item> units, Item proof, int element) {
      this.c = c;
      this.units = units;
      this.proof = proof;
      this.element = element;
      for (String list : List.of("gains", "segmentations", "multipliers")) {
        for (Item item : proof.items(list)) {
          String what = list.equals("multipliers") ? item.text("constraint") : list;
          String key = what + " of unit " + item.integer("unit");
          require(unread.put(key, item) == null, "two " + key);
        }
      }
    }

    void check() {
      BitSet needed = new BitSet();
      needed.set(units.size() - 1);
      for (int i = units.size() - 1; i >= 0; i--) {
        if (needed.get(i)) {
          units.get(i).operands().forEach(needed::set);
        }
      }
      for (int i = 0; i < units.size(); i++) {
        constraints.add(new ArrayList<>());
        signals.add(needed.get(i) ? signal(i, units.get(i)) : List.of());
      }
      List<Form> x = signals.get(0);
      List<Form> y = signals.get(units.size() - 1);
      List<BigDecimal> mu =
          c.fromLinf() ? range(x) : Collections.nCopies(x.size(), c.squaredBound());
      require(unread.isEmpty(), "records that nothing reads: " + unread.keySet());
      for (int k = 0; k < x.size(); k++) {
        subtract(mu.get(k).negate(), x.get(k), x.get(k));
      }
      subtractOutput(c.toLinf() ? List.of(element(y, element)) : y);
      positive(
          matrix,
          c.fromLinf() ? 0 : x.size(),
          proof,
          "S" + (c.toLinf() ? " of output " + element : ""));
    }

    /** From linf: one multiplier for each row, which together are at most the bound's square. */
    private List<BigDecimal> range(List<Form> x) {
      List<BigDecimal> mu = multipliers("range", 0, x.size());
      BigDecimal left = c.squaredBound();
      for (int k = 0; k < x.size(); k++) {
        left = left.subtract(mu.get(k).multiply(new BigDecimal(x.get(k).length)));
      }
      require(left.signum() >= 0, "the multipliers of the range exceed the bound's square");
      return mu;
    }

    /**
     * Takes |dy|^2 away, and the constraints of those units of which it depends on a coordinate.
     */
    private void subtractOutput(List<Form> y) {
      BitSet read = new BitSet();
      List<Product> products = y.stream().map(form -> new Product(ONE, form, form)).toList();
      for (int i = units.size(); i > 0; i--) {
        List<Product> own =
            i == units.size() ? products : read.get(i) ? constraints.get(i) : List.of();
        for (Product product : own) {
          subtract(product.factor, product.u, product.v);
          product.u.keySet().forEach(k -> read.set(owners.get(k)));
          product.v.keySet().forEach(k -> read.set(owners.get(k)));
        }
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
      if (unread.containsKey("gain of unit " + at)) {
        return gain(at, unit, z);
      }
      return switch (unit.text("operation")) {
        case "input" -> cut(at, unit).stream().map(n -> fresh(at, n)).toList();
        case "concat" -> z;
        case "sum" -> added(at, read);
        case "scale" ->
            scaled(at, z, Collections.nCopies(unit.size(), new BigDecimal(unit.real("factor"))));
        case "affine" -> scaled(at, z, unit.numbers("scale"));
        case "select" -> unit.integers("indices").stream().map(k -> element(z, k)).toList();
        case "dense" -> dense(at, z, (double[]) unit.members.get("matrix"));
        case "activation" -> activation(at, unit, z);
        default -> throw new Stop("REJECTED: unit " + at + " lacks its multiplier");
      };
    }

    private Form sum(List<Form> forms, List<BigDecimal> factors) {
      Form sum = new Form(forms.get(0).length);
      for (int k = 0; k < forms.size(); k++) {
        BigDecimal factor = factors.get(k);
        spend(4 * BIG * (1 + forms.get(k).size()), "linear forms of many coordinates");
        require(forms.get(k).length == sum.length, "rows of different lengths are added");
        forms.get(k).forEach((i, a) -> sum.merge(i, a.multiply(factor), BigDecimal::add));
      }
      sum.values().removeIf(a -> a.signum() == 0);
      require(
          sum.values().stream().allMatch(a -> a.precision() < 1 << 14),
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
        y.add(sum(z, Arrays.stream(w, from, from + z.size()).mapToObj(BigDecimal::new).toList()));
      }
      return y;
    }

    /** A factor for each element; those of a longer row have to be equal. */
    private List<Form> scaled(int at, List<Form> z, List<BigDecimal> factors) {
      List<Form> y = new ArrayList<>();
      int start = 0;
      for (Form form : z) {
        List<BigDecimal> own = factors.subList(start, start + form.length);
        require(Set.copyOf(own).size() == 1, "unit " + at + " scales a row by several factors");
        y.add(sum(List.of(form), own));
        start += form.length;
      }
      return y;
    }

    private void requireElements(int at, List<Form> rows) {
      boolean elements = rows.stream().allMatch(row -> row.length == 1);
      require(elements, "unit " + at + " reads or gives elements of longer rows");
    }

    /** Element k of a signal, which has to be a row by itself. */
    private Form element(List<Form> rows, int k) {
      int start = 0;
      int row = 0;
      while (start < k) {
        start += rows.get(row++).length;
      }
      require(start == k && rows.get(row).length == 1, "an element of a longer row is read");
      return rows.get(row);
    }

    /** FORMAT, "Segmentations": the lengths of the rows that a unit starts. */
    private List<Integer> cut(int at, Item unit) {
      spend(BIG * unit.size(), "rows of unit " + at);
      Item item = unread.remove("segmentations of unit " + at);
      List<Integer> cut =
          item == null ? Collections.nCopies(unit.size(), 1) : item.integers("lengths");
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
      require(one || values.size() == count, "too few or too many multipliers of unit " + at);
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
      require(
          record != null && record.real("gain") >= 0, "the gain of unit " + at + " is not stated");
      BigDecimal square = new BigDecimal(record.real("gain")).pow(2);
      double[] w = (double[]) unit.members.get("matrix");
      int n = unit.integer("inputs");
      boolean tall = unit.size() > n;
      int wide = Math.max(unit.size(), n);
      TreeMap<Integer, Form> bordered = new TreeMap<>();
      spend(4 * BIG * w.length, "the gain of unit " + at);
      for (int k = 0; k < n + unit.size(); k++) {
        bordered.put(k, new Form(1));
        bordered.get(k).put(k, k < wide ? ONE : square);
      }
      for (int k = 0; k < w.length; k++) {
        bordered.get(wide + (tall ? k % n : k / n)).put(tall ? k / n : k % n, new BigDecimal(w[k]));
      }
      if (provedGains.add(unit.text("weight") + record.members)) {
        positive(bordered, wide, record, "the matrix of the gain of unit " + at);
      }
      return square;
    }

    private List<Form> activation(int at, Item unit, List<Form> z) {
      int size = groupSize(unit);
      double[] slopes = slopes(unit);
      if (slopes[0] == slopes[1]) {
        return size == 1
            ? scaled(at, z, Collections.nCopies(unit.size(), new BigDecimal(slopes[0])))
            : centred(at, z);
      }
      List<Integer> lengths = z.stream().map(form -> form.length).toList();
      require(cut(at, unit).equals(lengths), "unit " + at + " has other rows than it reads");
      if (size > 1) {
        requireElements(at, z);
      }
      List<BigDecimal> multipliers = multipliers("slope", at, z.size() / size);
      List<Form> y = new ArrayList<>();
      for (int k = 0; k < z.size() / size; k++) {
        y.addAll(group(at, unit, z.subList(k * size, (k + 1) * size), multipliers.get(k)));
      }
      return y;
    }

    private List<Form> centred(int at, List<Form> z) {
      requireElements(at, z);
      Form mean = sum(z, Collections.nCopies(z.size(), share(z.size())));
      return z.stream().map(form -> sum(List.of(form, mean), List.of(ONE, MINUS))).toList();
    }

    /** SOUNDNESS, "Slopes", "MaxMin", "Groups": the outputs of one group, or of one row. */
    private List<Form> group(int at, Item unit, List<Form> z, BigDecimal lambda) {
      String name = unit.text("name");
      if (name.equals("maxmin") || name.equals("group_sort") && z.size() == 2) {
        Form r = slope(at, unit, lambda, sum(z, List.of(ONE, MINUS)));
        List<Form> all = List.of(z.get(0), z.get(1), r);
        return List.of(
            sum(all, List.of(HALF, HALF, HALF)), sum(all, List.of(HALF, HALF, HALF.negate())));
      }
      if (name.equals("householder")) {
        List<BigDecimal> v = unit.numbers("parameters");
        Form r = slope(at, unit, lambda, sum(z, v.stream().map(BigDecimal::negate).toList()));
        IntStream both = IntStream.range(0, 2);
        return both.mapToObj(i -> sum(List.of(z.get(i), r), List.of(ONE, v.get(i).add(v.get(i)))))
            .toList();
      }
      return groupSize(unit) == 1
          ? List.of(slope(at, unit, lambda, z.get(0)))
          : keepingSum(at, unit, z, lambda);
    }

    private Form slope(int at, Item unit, BigDecimal lambda, Form p) {
      Form w = p.isEmpty() ? p : fresh(at, p.length);
      constrain(at, unit, lambda, p, w);
      return w;
    }

    /**
     * FORMAT, "Multipliers": twice {@code (w - a p)(b p - w)}, so that multipliers mean the same.
     */
    private void constrain(int at, Item unit, BigDecimal lambda, Form p, Form w) {
      List<Form> both = List.of(w, p);
      Form u = sum(both, List.of(ONE, new BigDecimal(-slopes(unit)[0])));
      Form v = sum(both, List.of(MINUS, new BigDecimal(slopes(unit)[1])));
      constraints.get(at).add(new Product(lambda.add(lambda), u, v));
    }

    /** All outputs but the last are free; their sum is that of z, or for softmax it is constant. */
    private List<Form> keepingSum(int at, Item unit, List<Form> z, BigDecimal lambda) {
      boolean sorts = unit.is("name", "group_sort");
      boolean moves = z.stream().anyMatch(form -> !form.equals(z.get(0)));
      List<Form> w = new ArrayList<>(sorts ? z : Collections.nCopies(z.size(), new Form(1)));
      for (int k = 0; k < z.size() - 1 && moves; k++) {
        Form free = fresh(at, 1);
        w.set(k, sum(List.of(w.get(k), free), List.of(ONE, ONE)));
        w.set(z.size() - 1, sum(List.of(w.get(z.size() - 1), free), List.of(ONE, MINUS)));
      }
      for (int k = 0; k < z.size() && moves; k++) {
        constrain(at, unit, lambda, z.get(k), w.get(k));
      }
      return w;
    }
  }

  // ---------------------------------------------------------------- positivity

  /**
   * Finds out whether a symmetric matrix, of which the lower triangle is given, is positive
   * semidefinite: SOUNDNESS, "Positivity". A zero row is left out; scaling is a congruence.
   *
   * @param inputs the number of first rows that the certificate's witness may leave out
   */
  private void positive(TreeMap<Integer, Form> lower, int inputs, Item witness, String what) {
    TreeSet<Integer> used = new TreeSet<>();
    lower.values().forEach(row -> row.values().removeIf(v -> v.signum() == 0));
    lower.forEach((i, row) -> used.addAll(row.isEmpty() ? Set.of() : row.keySet()));
    lower.forEach((i, row) -> used.addAll(row.isEmpty() ? Set.of() : Set.of(i)));
    Map<Integer, Integer> number = new HashMap<>();
    List<Integer> scale = new ArrayList<>();
    List<Form> b = new ArrayList<>();
    int block = 0;
    for (int i : used) {
      BigDecimal diagonal = lower.containsKey(i) ? lower.get(i).at(i) : BigDecimal.ZERO;
      require(diagonal.signum() > 0, what + " is not positive: an entry of its diagonal");
      scale.add(Math.floorDiv(diagonal.scale() - diagonal.precision(), 2));
      number.put(i, b.size());
      Form row = new Form(1);
      lower
          .get(i)
          .forEach(
              (j, v) ->
                  row.put(
                      number.get(j),
                      v.scaleByPowerOfTen(scale.get(number.get(j)) + scale.get(number.get(i)))));
      block +=
          i < inputs && row.size() == 1 && (b.isEmpty() || row.at(b.size()).equals(b.get(0).at(0)))
              ? 1
              : 0;
      b.add(row);
    }
    int fewer = block == used.headSet(inputs).size() ? block : 0;
    checkWitness(witness, b.size() - fewer, what);
    boolean squares = isSquaresPlusDominant(b);
    require(squares || eliminates(b, what), what + " is not positive, by exact elimination");
    String by = squares ? "G G' and a dominant rest" : "exact elimination";
    say(
        "  "
            + what
            + " >= 0, "
            + b.size()
            + " rows, by "
            + by
            + " (asked: "
            + witness.text("procedure")
            + ")");
  }

  /** FORMAT, "Witnesses": they are not used here, but what stands there has to be one. */
  private static void checkWitness(Item witness, int n, String what) {
    String procedure = witness.text("procedure");
    boolean known =
        Set.of("congruence", "exact elimination", "verified cholesky").contains(procedure);
    boolean congruence = procedure.equals("congruence");
    require(known && congruence == witness.has("rows"), "no procedure for a matrix: " + procedure);
    List<?> rows = witness.list("rows");
    require(
        !congruence || rows.size() == n, what + " has " + n + " rows, its witness " + rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String[] numbers = String.valueOf(rows.get(i)).split(" ", -1);
      boolean integers = Stream.of(numbers).allMatch(word -> word.matches("0|-?[1-9][0-9]{0,17}"));
      boolean positive = numbers[numbers.length - 1].matches("[1-9].*");
      require(
          integers && positive && numbers.length == i + 1,
          "row " + i + " of the witness of " + what);
    }
  }

  /**
   * {@code x'Bx = |G'x|^2 + x'Tx} for {@code T = B - G G'}, whatever G is, and {@code x'Tx >= 0} if
   * each entry of the diagonal of T is at least the sum of the magnitudes beside it (Gershgorin). G
   * is guessed in doubles, by Cholesky's method from B less a little, and cut to 15 digits.
   */
  private boolean isSquaresPlusDominant(List<Form> b) {
    double steps = 0;
    for (int i = 0; i < b.size(); i++) {
      steps +=
          Math.pow(i + 1.0 - b.get(i).firstKey(), 2) + 10 * BIG * (i + 1.0 - b.get(i).firstKey());
    }
    spend(2 * steps, "a matrix of " + b.size() + " rows");
    return isDominant(b, guessFactor(b, b.size() * 1e-14))
        || isDominant(b, guessFactor(b, b.size() * 1e-15));
  }

  /** Rows from their first entry on, in units of 1e-15; null where there is no such factor. */
  private static long[][] guessFactor(List<Form> b, double less) {
    double[][] g = new double[b.size()][];
    for (int i = 0; i < g.length; i++) {
      int first = b.get(i).firstKey();
      g[i] = new double[i + 1];
      for (int j = first; j <= i; j++) {
        double sum = b.get(i).at(j).doubleValue() - (i == j ? less : 0);
        for (int k = Math.max(first, b.get(j).firstKey()); k < j; k++) {
          sum -= g[i][k] * g[j][k];
        }
        g[i][j] = i == j ? Math.sqrt(sum) : sum / g[j][j];
        if (!(Math.abs(g[i][j]) <= 1)) {
          return null;
        }
      }
    }
    return Stream.of(g)
        .map(row -> Arrays.stream(row).mapToLong(v -> Math.round(v * 1e15)).toArray())
        .toArray(long[][]::new);
  }

  private static boolean isDominant(List<Form> b, long[][] g) {
    if (g == null) {
      return false;
    }
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
    return Stream.of(slack).allMatch(v -> v.signum() >= 0);
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
    int scale =
        b.stream()
            .flatMap(row -> row.values().stream())
            .mapToInt(BigDecimal::scale)
            .max()
            .orElse(0);
    double words = n * scale * 3.4 / 64;
    spend(
        n / 3.0 * n * n * (BIG + words * words / 10),
        what + " has " + n + " rows, and is nearly singular");
    BigInteger[][] a = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = b.get(i).at(j).setScale(scale).unscaledValue();
      }
    }
    BigInteger last = BigInteger.ONE;
    for (int k = 0; k < n; k++) {
      BigInteger pivot = a[k][k];
      for (int i = k + 1; i < n; i++) {
        if (pivot.signum() < 0 || pivot.signum() == 0 && a[i][k].signum() != 0) {
          return false;
        }
        for (int j = k + 1; j <= i && pivot.signum() > 0; j++) {
          a[i][j] = a[i][j].multiply(pivot).subtract(a[i][k].multiply(a[j][k])).divide(last);
        }
      }
      last = pivot.signum() > 0 ? pivot : last;
    }
    return n == 0 || a[n - 1][n - 1].signum() >= 0;
  }

  // ---------------------------------------------------------------- without a matrix

  /** SOUNDNESS, "Without a matrix": f with {@code |ds_i| <= f_i t}, where t is |dx| in linf. */
  private void checkElementwiseProduct(Certificate c, List<Item> units) {
    require(c.fromLinf(), "an elementwise product of inputs in l2");
    List<List<BigDecimal>> signals = new ArrayList<>();
    for (Item unit : units) {
      double terms = unit.is("operation", "dense") ? unit.integer("inputs") : 4;
      spend(2 * BIG * unit.size() * terms, "the elementwise product");
      signals.add(factors(unit, unit.operands().stream().map(signals::get).toList()));
    }
    List<BigDecimal> y = signals.get(units.size() - 1);
    BigDecimal reached = c.toLinf() ? Collections.max(y).pow(2) : squares(y);
    require(reached.compareTo(c.squaredBound()) <= 0, "the elementwise product exceeds the bound");
    say("  by the elementwise product of magnitudes");
  }

  private static BigDecimal squares(List<BigDecimal> values) {
    return values.stream().map(v -> v.pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal dot(Stream<BigDecimal> a, List<BigDecimal> b) {
    Iterator<BigDecimal> other = b.iterator();
    return a.map(v -> v.abs().multiply(other.next())).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<BigDecimal> factors(Item unit, List<List<BigDecimal>> read) {
    List<BigDecimal> z = read.stream().flatMap(List::stream).toList();
    int n = unit.size();
    IntStream each = IntStream.range(0, n);
    return switch (unit.text("operation")) {
      case "input" -> Collections.nCopies(n, ONE);
      case "concat" -> z;
      case "select" -> unit.integers("indices").stream().map(z::get).toList();
      case "scale" ->
          z.stream().map(v -> v.multiply(new BigDecimal(unit.real("factor")).abs())).toList();
      case "affine" ->
          each.mapToObj(i -> z.get(i).multiply(unit.numbers("scale").get(i).abs())).toList();
      case "sum" ->
          each.mapToObj(
                  i ->
                      dot(
                          Stream.generate(() -> ONE).limit(read.size()),
                          read.stream().map(r -> r.get(i)).toList()))
              .toList();
      case "dense" -> {
        double[] w = (double[]) unit.members.get("matrix");
        int m = z.size();
        yield each.mapToObj(
                i -> dot(Arrays.stream(w, i * m, (i + 1) * m).mapToObj(BigDecimal::new), z))
            .toList();
      }
      case "call" -> {
        Certificate callee = (Certificate) unit.members.get("callee");
        BigDecimal root = squares(z).sqrt(new MathContext(60, RoundingMode.UP));
        BigDecimal from = callee.fromLinf() ? Collections.max(z) : root;
        require(callee.fromLinf() || root.pow(2).compareTo(squares(z)) >= 0, "a root");
        yield Collections.nCopies(n, from.multiply(new BigDecimal(callee.item.real("bound"))));
      }
      default -> each.mapToObj(i -> activated(unit, z, i)).toList();
    };
  }

  /** FORMAT, "Elementwise product": the largest slope times the largest factor of the group. */
  private static BigDecimal activated(Item unit, List<BigDecimal> z, int i) {
    int size = groupSize(unit);
    int from = i - i % size;
    BigDecimal steepest = new BigDecimal(Math.max(-slopes(unit)[0], slopes(unit)[1]));
    BigDecimal largest = Collections.max(z.subList(from, from + size));
    if (unit.is("name", "center")) {
      BigDecimal others = z.stream().reduce(z.get(i).negate(), BigDecimal::add);
      return z.get(i).multiply(ONE.subtract(share(size))).add(others.multiply(share(size)));
    }
    if (unit.is("name", "householder")) {
      List<BigDecimal> v = unit.numbers("parameters");
      BigDecimal twice = v.get(i - from).add(v.get(i - from));
      BigDecimal own = ONE.subtract(twice.multiply(v.get(i - from))).abs().multiply(z.get(i));
      int other = 1 - (i - from);
      return own.add(twice.multiply(v.get(other)).abs().multiply(z.get(from + other)))
          .max(z.get(i));
    }
    return steepest.multiply(largest);
  }

  /**
   * SOUNDNESS, "Whatever the weights are"; FORMAT, "LDL^T": layers in a chain, or beside a linear
   * map of the input and then with slopes in [0, 1]; each with parameters of its own.
   */
  private void checkConstruction(Certificate c) {
    require(!c.isNumeric() && !c.item.has("calls"), "a construction that is numeric, or calls");
    require(!c.fromLinf() && !c.toLinf(), "a construction between other norms than l2");
    require(header(c.weights).replace("{}", "").isBlank(), "a construction beside given weights");
    require(c.item.real("bound") > 0, "a construction of bound 0");
    require(c.item.is("bound", c.item.text("declared")), "a construction below its declared bound");
    Item last = c.units.get(c.units.size() - 1);
    boolean residual = last.is("operation", "sum");
    List<Integer> ends = residual ? last.operands() : List.of(c.units.size() - 1);
    Set<Integer> read = new HashSet<>(Set.of(0, c.units.size() - 1));
    List<Integer> depths = ends.stream().map(end -> layers(c, end, residual, read)).toList();
    boolean form =
        depths.size() == 2 && Collections.min(depths) == 0 && Collections.max(depths) > 0;
    require(form || !residual, "no sum of a linear map and one chain of layers");
    require(read.size() == c.units.size(), "units beside those of the construction");
    Set<String> tensors = new HashSet<>();
    for (Item unit : c.units) {
      for (String tensor : List.of("weight", "bias")) {
        require(!unit.has(tensor) || tensors.add(unit.text(tensor)), "layers that share a tensor");
      }
    }
    say("  by the theorem of the LDL^T construction, at its declared bound");
  }

  /** The number of activations from the input to a dense unit, between dense units alone. */
  private static int layers(Certificate c, int end, boolean residual, Set<Integer> read) {
    for (int at = end, depth = 0; ; depth++) {
      Item dense = c.units.get(at);
      require(
          dense.is("operation", "dense"), "unit " + at + " is no dense layer of a construction");
      read.add(at);
      at = dense.integer("operand");
      if (at == 0) {
        return depth;
      }
      read.add(at);
      Item hidden = c.units.get(at);
      double[] slopes =
          hidden.is("operation", "activation") && groupSize(hidden) == 1
              ? slopes(hidden)
              : slopes(1, 1);
      boolean fits = slopes[0] < slopes[1] && (!residual || slopes[0] >= 0 && slopes[1] <= 1);
      require(fits, "unit " + at + " is no activation of a construction");
      at = hidden.integer("operand");
    }
  }
}
