import java.io.*;
import java.math.*;
import java.nio.*;
import java.nio.charset.*;
import java.nio.file.*;
import java.security.*;
import java.util.*;
import java.util.stream.*;

/**
 * A second checker of lipc's certificates: this file and the JDK, nothing of lipc. Run it by
 * {@code java Audit.java CERTIFICATE WEIGHTS [CALLEE_CERTIFICATE CALLEE_WEIGHTS ...] [--query VNNLIB]}, where WEIGHTS
 * is a safetensors file, or - for none, and VNNLIB a text that has to say what the query of the certificate says.
 * Written from docs/soundness.md (below: SOUNDNESS) and docs/certificate-format.md (FORMAT).
 * Conclusions are drawn in BigDecimal and BigInteger alone, which are exact as they are used here, or off by what is
 * counted beside them; doubles guess the factors G of isSquaresPlusDominant and isBordered, and nothing else.
 *
 * <p>Its sections, each below a line of dashes. Most certificates need those with a star alone; read them first.
 *
 * <pre>
 * the run *                        main and audit; a rule that fails throws its verdict; work is counted first
 * the text of a certificate        Item: its members and words are those of FORMAT; Reader of JSON
 * files of weights                 places, tensor: every other program finds the same tensors in them
 * one certificate *                Certificate, auditOne: what needs no proof, then its proofs
 * activations, and single units    slopes, groups, squaredGain, scales: known of a unit, whatever it reads
 * ranges                           checkRange: the ends of each value, rounded outward
 * functions over ranges            over, derivative: values of functions, and their derivatives, over a range
 * bounds on a box                  onBox: what is known of each unit on a box, by lines that are passed backward
 * derivatives on a box             checkRows: what the derivatives of the outputs lie in, on each leaf of a box
 * queries                          Query: a reader of VNN-LIB; checkQuery: on each leaf of a box no input makes it true
 * the inequality *                 Form, Assembly: the units as a matrix S; the bound is proved if S is positive
 * positivity *                     positive: a guess of a factor, which is checked exactly, or exact elimination
 * the LDL^T construction           checkConstruction: hypotheses of a theorem about all weights
 * gains on a torus                 Complex, Circles, Waves: a convolution is a small matrix at each frequency
 * the inequality by frequency      Torus: S of images at each frequency, and a head behind them
 * </pre>
 */
@SuppressWarnings({"DefaultPackage", "TypeParameterUnusedInFormals", "unchecked", "serial"})
public final class Audit {
  // ---------------------------------------------------------------- the run
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
    List<String> texts = new ArrayList<>(), queries = new ArrayList<>();
    List<byte[]> weights = new ArrayList<>();
    String what = "certificate", more = "[CALLEE CALLEE_WEIGHTS ...] [--query VNNLIB]";
    try {
      for (int i = 0; i < Math.max(2, arguments.length); i += 2) {
        boolean asked = arguments[i].equals("--query"), none = asked || arguments[i + 1].equals("-");
        what = asked ? "query" : "certificate";
        (asked ? queries : texts).add(Files.readString(Path.of(arguments[asked ? i + 1 : i])));
        byte[] file = none ? new byte[0] : Files.readAllBytes(Path.of(arguments[i + 1]));
        if (!asked) { weights.add(file); }
        if (!none && file.length == 0) { throw new IOException(arguments[i + 1] + " is empty"); }
      }
      if (texts.isEmpty()) { throw new IOException("no certificate is given"); }
    } catch (CharacterCodingException e) {
      System.out.println("REJECTED: no " + what + ": a text that is not UTF-8");
      System.exit(1);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      System.err.println(printable("usage: java Audit.java CERTIFICATE WEIGHTS " + more + "; " + e));
      System.exit(2);
    }
    List<String> report = audit(texts, weights, queries, WORK);
    report.forEach(System.out::println);
    String verdict = report.get(report.size() - 1);
    System.exit(verdict.startsWith("ACCEPTED") ? 0 : verdict.startsWith("REJECTED") ? 1 : 3);
  }
  /** The first certificate is the claim, the others are those that it calls; the last line is the verdict. */
  public static List<String> audit(List<String> texts, List<byte[]> weights, long work) {
    return audit(texts, weights, List.of(), work);
  }
  /** The first certificate is about each of these queries too. */
  public static List<String> audit(List<String> texts, List<byte[]> weights, List<String> queries, long work) {
    Audit audit = new Audit(work);
    try {
      List<Certificate> all = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        all.add(new Certificate(texts.get(i), weights.get(i)));
        Certificate before = audit.given.putIfAbsent(all.get(i).digest, all.get(i));
        boolean same = before == null || Arrays.equals(before.weights, weights.get(i));
        require(same, "a certificate is given twice, with other weights");
      }
      audit.called.add(all.get(0).digest);
      queries.forEach(query -> audit.checkAsked(all.get(0), query));
      all.forEach(audit::auditOne);
      require(audit.called.containsAll(audit.given.keySet()), "a certificate is given that nothing calls");
      audit.say("ACCEPTED: " + all.get(0).claim());
    } catch (Stop e) {
      audit.say(e.getMessage());
    } catch (RuntimeException e) { // such as a bad cast: a value of another kind than its name's
      audit.say("REJECTED: no kind of certificate: " + shown(e.toString()));
    } catch (OutOfMemoryError | StackOverflowError e) {
      audit.say("NOT DECIDED: too large for the memory of this machine");
    }
    return audit.report;
  }
  /** Carries a verdict out of all methods. */
  static final class Stop extends RuntimeException {
    Stop(String verdict) { super(verdict); }
  }
  static void require(boolean condition, String otherwise) {
    if (!condition) { throw new Stop("REJECTED: " + otherwise); }
  }
  /** No rule may take an operation that it does not name for one that it does. */
  static Stop unknown(Item unit) { return new Stop("REJECTED: no rule for the operation " + unit.text("operation")); }
  /** Counts work before it is done. */
  void spend(double steps, String what) {
    if (steps > work) { throw new Stop("NOT DECIDED: too large: " + what); }
    work -= (long) steps;
  }
  void say(String line) { report.add(printable(line)); }
  /** Characters that every terminal draws, and from left to right: the others as escapes, those of files as well. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), 1000); i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c > '~' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
    }
    return text.length() > 1000 ? line + "..." : line.toString();
  }
  /** Quotes a text of a file within a sentence of the audit: a name stands as it is, all else as in JSON. */
  static String shown(Object value) {
    boolean plain = value instanceof String name && isName(name);
    String text = plain ? (String) value : Reader.write(value, 2, new StringBuilder()).toString();
    return text.length() > 200 ? text.substring(0, 200) + "..." : text;
  }
  /** FORMAT, "Names": identifiers of letters, digits and underscores, with dots between them. */
  static boolean isName(String text) {
    boolean begins = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c == '_' || ((c | ' ') >= 'a' && (c | ' ') <= 'z');
      if (!letter && (begins || (c != '.' && (c < '0' || c > '9')))) { return false; }
      begins = c == '.';
    }
    return !begins;
  }
  static BigDecimal num(double value) { return new BigDecimal(value); }
  // ---------------------------------------------------------------- the text of a certificate
  /** FORMAT, "Members": which an object has, in this order; with `?` where it may lack one. */
  static final Map<String, String> MEMBERS = Map.ofEntries(
      Map.entry("input", "operation size? shape? lower? upper?"), Map.entry("select", "operation operand indices"),
      Map.entry("dense", "operation operand inputs size weight bias?"), Map.entry("sum", "operation operands size"),
      Map.entry("activation", "operation operand name parameters size pixels?"),
      Map.entry("concat", "operation operands size"), Map.entry("max_pool", "operation operand input kernel stride"),
      Map.entry("batch_norm", "operation operand channels pixels tensors epsilon"),
      Map.entry("scale", "operation operand factor size"), Map.entry("affine", "operation operand scale shift size"),
      Map.entry("call", "operation operand network certificate inputs size"),
      Map.entry("convolution", "operation operand input channels kernel stride padding dilation groups weight bias?"),
      Map.entry("average_pool", "operation operand input kernel stride factor"),
      Map.entry("tensors", "name shape digest"), Map.entry("trends", "trend inputs outputs"),
      Map.entry("gains", "unit gain torus? twist? procedure rows?"),
      Map.entry("segmentations", "unit lengths"), Map.entry("multipliers", "unit constraint values"),
      Map.entry("proofs", "gains segmentations multipliers procedure rows? torus? twist? head? boxes?"));
  /** FORMAT, "Members": the words that stand for something. */
  static final List<String> MATRIX = List.of("congruence", "exact elimination", "verified cholesky");
  static final List<String> WHOLE = List.of("ldlt construction", "elementwise product", "rows");
  static final List<String> NORMS = List.of("l2", "linf"), TRENDS = List.of("increasing", "decreasing");
  /** FORMAT, "Names": what stands behind the name of a network, in those of other claims about it. */
  static final List<String> OTHERS =
      List.of("/scaled", "/pairs", "/range", "/query", "/local", "/monotone", "/slopes");
  static final Map<String, List<String>> WORDS = Map.of(
      "format", List.of("lipc-certificate-1"), "kind", List.of("numeric", "structural"), "type", List.of("f32", "f64"),
      "calls", List.of("inlined"), "input norm", NORMS, "output norm", NORMS,
      "constraint", List.of("slope", "gain", "range", "crop"), "trend", TRENDS, "procedure",
      Stream.of(MATRIX, WHOLE, List.of("all frequencies", "enclosure")).flatMap(List::stream).toList());
  /** The tensors of batch normalisation. */
  static final List<String> NORM = List.of("weight", "bias", "running_mean", "running_var");
  /** The members of an object. Whatever is of another kind than expected is met as a bad cast. */
  record Item(Map<String, Object> members) {
    /** No member is left out, none is added, and each stands at its place. */
    Item of(String schema) {
      List<String> expected = new ArrayList<>(), found = List.copyOf(members.keySet());
      for (String member : schema.split(" ", -1)) {
        String name = member.replace("?", "").replace('_', ' ');
        if (name.equals(member.replace('_', ' ')) || has(name)) { expected.add(name); }
      }
      require(found.equals(expected), "not the members " + expected + " but " + shown(found));
      for (String name : found) {
        boolean known = !WORDS.containsKey(name) || WORDS.get(name).contains(text(name));
        known &= !name.equals("network") || isName(network());
        require(known, name + " cannot be " + shown(members.get(name)));
      }
      return this;
    }
    boolean has(String name) { return members.containsKey(name); }
    boolean is(String name, String word) { return word.equals(members.get(name)); }
    boolean is(String operation) { return is("operation", operation); }
    boolean reads(Integer... units) { return operands().equals(List.of(units)); }
    <T> T get(String name) { return (T) members.get(name); }
    String text(String name) { return get(name); }
    /** A certificate of another claim has the name of what it is about, and behind it which claim. */
    String network() {
      String name = text("network");
      boolean other = has("format") && OTHERS.stream().anyMatch(name::endsWith);
      return other ? name.substring(0, name.lastIndexOf('/')) : name;
    }
    int integer(String name) { return (Integer) members.get(name); }
    double real(String name) { return Audit.real(members.get(name)); }
    BigDecimal number(String name) { return num(real(name)); }
    <T> List<T> list(String name) { return (List<T>) members.getOrDefault(name, List.of()); }
    List<Double> reals(String name) { return list(name).stream().map(Audit::real).toList(); }
    List<BigDecimal> numbers(String name) { return reals(name).stream().map(Audit::num).toList(); }
    List<Integer> operands() { return has("operand") ? List.of(integer("operand")) : list("operands"); }
    Item reading(List<Integer> units) {
      Item copy = new Item(new HashMap<>(members));
      copy.members.put(has("operand") ? "operand" : "operands", has("operand") ? units.get(0) : units);
      return copy;
    }
    int size() { return has("size") ? integer("size") : is("select") ? list("indices").size() : volume(extents()); }
    int pixels() { return has("pixels") ? integer("pixels") : 1; }
    int at(String name, int k) { return this.<Integer>list(name).get(k); }
    /** FORMAT, "Images": those of what a window gives; the others are an input's own. */
    List<Integer> extents() {
      if (is("batch_norm")) { return List.of(integer("channels"), pixels()); }
      if (!has("kernel")) { return list("shape"); }
      return List.of(has("channels") ? integer("channels") : at("input", 0), pixels(0), pixels(1));
    }
    int pixels(int axis) {
      long room = at("input", 1 + axis) - span(axis);
      room += has("padding") ? (long) at("padding", axis) + at("padding", axis + 2) : 0;
      require(room >= 0 && at("stride", axis) > 0, "a window that does not fit");
      return Math.toIntExact(room / at("stride", axis) + 1);
    }
    /** How many pixels there are from the first to the last that a window reads. */
    long span(int axis) { return (at("kernel", axis) - 1L) * dilation(axis) + 1; }
    int dilation(int axis) { return has("dilation") ? at("dilation", axis) : 1; }
    /** The pixel at element u of the window when it gives pixel p, along an axis. */
    int place(int axis, int p, int u) {
      return p * at("stride", axis) + u * dilation(axis) - (has("padding") ? at("padding", axis) : 0);
    }
    int groups() { return has("groups") ? integer("groups") : at("input", 0); }
    /** The number of elements in a window, of all channels that it reads. */
    int area() { return at("input", 0) / groups() * volume(list("kernel")); }
    /** The window of output i: numbers of the elements of the image that it reads, each with that of its factor. */
    List<int[]> taps(int i) {
      int up = pixels(0), wide = pixels(1), kh = at("kernel", 0), kw = at("kernel", 1);
      int o = i / (up * wide), h = at("input", 1), w = at("input", 2), area = area();
      int first = o / (size() / (up * wide) / groups()) * (at("input", 0) / groups());
      List<int[]> taps = new ArrayList<>();
      for (int k = 0; k < area; k++) {
        int y = place(0, i / wide % up, k / kw % kh), x = place(1, i % wide, k % kw);
        boolean inside = y >= 0 && y < h && x >= 0 && x < w; // all else is zero
        if (inside) { taps.add(new int[] {((first + k / (kh * kw)) * h + y) * w + x, o * area + k}); }
      }
      return taps;
    }
    BigDecimal factor(int k) {
      return has("factor") ? number("factor") : is("max_pool") ? ONE : num(values("weight")[k]);
    }
    /** FORMAT, "Members": the extents of each tensor that a unit names, by its role. */
    Map<String, List<Integer>> tensors() {
      Map<String, List<Integer>> shapes = new LinkedHashMap<>();
      List<Integer> one = is("batch_norm") || is("convolution") ? List.of(integer("channels")) : List.of(size());
      if (is("batch_norm")) { NORM.forEach(role -> shapes.put(role, one)); }
      if (is("dense")) { shapes.put("weight", List.of(size(), integer("inputs"))); }
      if (is("convolution")) {
        shapes.put("weight", List.of(one.get(0), at("input", 0) / groups(), at("kernel", 0), at("kernel", 1)));
      }
      if (has("bias")) { shapes.put("bias", one); }
      return shapes;
    }
    String tensor(String role) { return is("batch_norm") ? text("tensors") + "." + role : text(role); }
    double[] values(String role) { return get(role + " values"); }
    List<Item> items(String name) { return this.<Item>list(name).stream().map(i -> i.of(MEMBERS.get(name))).toList(); }
  }
  /** FORMAT, "Reals": a text, and the only one of its number. */
  static double real(Object value) {
    try {
      String text = (String) value;
      double real = text.length() < 25 ? Double.parseDouble(text) : Double.NaN;
      if (Double.isFinite(real) && Double.toHexString(real).equals(text)) { return real; }
    } catch (ClassCastException | NullPointerException | NumberFormatException e) {
      // below
    }
    throw new Stop("REJECTED: no real number: " + shown(value));
  }
  /** Reads JSON without fractions as a tree of items, lists, texts and integers, character by character. */
  static final class Reader {
    final String text;
    int at;
    Reader(String text) { this.text = text; }
    /** The tree of a whole text, in which no member stands twice and no text holds half of a surrogate pair. */
    static <T> T tree(String text) {
      Reader reader = new Reader(text);
      Object tree = reader.value(0);
      reader.expect(reader.is(""));
      return (T) tree;
    }
    /** FORMAT, "Layout" and "Texts": of the text that is the only one of its tree. */
    static Item canonical(String text) {
      Object tree = tree(text);
      String only = write(tree, 0, new StringBuilder()).append('\n').toString();
      int same = text.equals(only) ? -1 : Arrays.mismatch(text.toCharArray(), only.toCharArray());
      require(same < 0, "the text is not canonical at character " + same);
      return (Item) tree;
    }
    void expect(boolean found) {
      if (!found) { throw new Stop("REJECTED: no JSON, or of two readings, at character " + at); }
    }
    /** Whether the next character but blanks is one of these; the end is none. */
    boolean is(String characters) {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) { at++; }
      return at < text.length() ? characters.indexOf(text.charAt(at)) >= 0 : characters.isEmpty();
    }
    boolean take(String character) {
      boolean found = is(character);
      at += found ? 1 : 0;
      return found;
    }
    char next() {
      expect(at < text.length());
      return text.charAt(at++);
    }
    Object value(int depth) {
      expect(depth < 64);
      if (is("\"")) { return string(); }
      if (take("[")) {
        List<Object> list = new ArrayList<>();
        while (!take("]")) {
          expect(list.isEmpty() || take(","));
          list.add(value(depth + 1));
        }
        return list;
      }
      if (!take("{")) { return integer(); }
      Map<String, Object> members = new LinkedHashMap<>();
      while (!take("}")) {
        expect(members.isEmpty() || take(","));
        String name = string();
        expect(take(":"));
        expect(members.put(name, value(depth + 1)) == null);
      }
      return new Item(members);
    }
    /** An integer has up to 18 digits, so that it is a long, no leading zero, and no sign if it is 0. */
    Object integer() {
      boolean negative = take("-");
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') { at++; }
      String digits = text.substring(from, at);
      boolean zero = digits.startsWith("0");
      expect(at > from && at < from + 19 && (!zero || (at == from + 1 && !negative)));
      long value = Long.parseLong(digits) * (negative ? -1 : 1);
      return (int) value == value ? (Object) (int) value : (Object) value;
    }
    String string() {
      expect(take("\""));
      StringBuilder out = new StringBuilder();
      for (char c = next(); c != '"'; c = next()) {
        expect(c >= ' ');
        out.append(c == '\\' ? escaped(next()) : c);
      }
      expect(out.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
      return out.toString();
    }
    char escaped(char kind) {
      expect("\"\\/bfnrtu".indexOf(kind) >= 0);
      if (kind != 'u') { return "\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(kind)); }
      int code = 0;
      for (int i = 0; i < 4; i++) {
        int digit = "0123456789abcdef0123456789ABCDEF".indexOf(next());
        expect(digit >= 0);
        code = 16 * code + digit % 16;
      }
      return (char) code;
    }
    /** FORMAT, "Layout": members of the certificate, and elements of its lists, stand on lines of their own. */
    static StringBuilder write(Object value, int depth, StringBuilder out) {
      if (value instanceof String text) { return write(text, out); }
      if (!(value instanceof Item || value instanceof List)) { return out.append(value); }
      Collection<?> all = value instanceof Item item ? item.members.entrySet() : (List<?>) value;
      String line = depth > 1 || all.isEmpty() ? "" : "\n" + "  ".repeat(depth), between = "";
      out.append(value instanceof Item ? '{' : '[');
      for (Object one : all) {
        out.append(between).append(line).append(line.isEmpty() ? "" : "  ");
        if (one instanceof Map.Entry<?, ?> member) { write(member.getKey(), depth, out).append(": "); }
        write(one instanceof Map.Entry<?, ?> member ? member.getValue() : one, depth + 1, out);
        between = depth > 1 ? ", " : ",";
      }
      return out.append(line).append(value instanceof Item ? '}' : ']');
    }
    static StringBuilder write(String text, StringBuilder out) {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean escaped = c < ' ' || Character.isSurrogate(c);
        if (c == '"' || c == '\\') { out.append('\\'); }
        out.append(escaped ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
      }
      return out.append('"');
    }
  }
  // ---------------------------------------------------------------- files of weights
  static String sha256(String head, byte[] file, int from, int to) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      sha.update(file, from, to - from);
      return "sha256:" + HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) { throw new IllegalStateException(e); }
  }
  static ByteBuffer littleEndian(byte[] file) { return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN); }
  /** A tensor of a safetensors file, and where its elements begin and end in the file. */
  record Place(String type, List<Object> shape, int from, int to) {}
  /** The bytes of an element, by type; numbers of two bytes are of this many, so that their exponents are found. */
  static final Map<String, Integer> WIDTHS = Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2);
  /** FORMAT, "Files of weights": its tensors, all of them in their places, of stated shapes, and finite. */
  static Map<String, Place> places(byte[] file) {
    Map<String, Place> places = new LinkedHashMap<>();
    if (file.length == 0) { return places; }
    long header = file.length < 8 ? 0 : littleEndian(file).getLong();
    require(header > 0 && header <= Math.min(file.length - 8, 1 << 30) && file[8] == '{', "no safetensors file");
    int start = (int) header + 8, end = start;
    Item item = Reader.tree(utf8(ByteBuffer.wrap(file, 8, (int) header)));
    item.members.forEach((name, entry) -> {
      boolean texts = entry instanceof Item all && all.members.values().stream().allMatch(String.class::isInstance);
      if (!name.equals("__metadata__")) { places.put(name, place(name, entry, start, file.length)); }
      require(places.containsKey(name) || texts, "metadata that are no texts");
    });
    Comparator<Place> order = Comparator.comparingInt(Place::from);
    for (Place place : places.values().stream().sorted(order.thenComparingInt(Place::to)).toList()) {
      require(place.from == end, "a tensor begins at byte " + place.from + ", where the one before ends at " + end);
      end = place.to;
    }
    require(end == file.length, "the tensors end at byte " + end + " of their file, which has " + file.length);
    places.forEach((name, place) -> require(isFinite(file, place), "tensor " + shown(name) + " is not finite"));
    return places;
  }
  static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Stop("REJECTED: no safetensors file: its header is not UTF-8");
    }
  }
  static Place place(String name, Object entry, int start, int length) {
    if (entry instanceof Item item && item.members.keySet().equals(Set.of("dtype", "shape", "data_offsets"))
        && item.get("dtype") instanceof String type && WIDTHS.containsKey(type)
        && item.get("shape") instanceof List<?> shape && shape.stream().allMatch(k -> k instanceof Integer n && n >= 0)
        && item.get("data_offsets") instanceof List<?> offsets && offsets.size() == 2
        && offsets.stream().allMatch(k -> k instanceof Integer n && n >= 0 && n <= length - start)) {
      int from = start + (Integer) offsets.get(0), to = start + (Integer) offsets.get(1);
      long bytes = shape.contains(0) ? 0 : WIDTHS.get(type);
      for (Object extent : shape) { bytes = Math.min(bytes * (Integer) extent, 1L << 31); }
      if (bytes == to - from) { return new Place(type, item.list("shape"), from, to); }
    }
    throw new Stop("REJECTED: tensor " + shown(name) + " is not described by dtype, shape, offsets: " + shown(entry));
  }
  static boolean isFinite(byte[] file, Place place) {
    ByteBuffer data = littleEndian(file);
    int width = WIDTHS.get(place.type), exponent = place.type.equals("F16") ? 0x7c00 : 0x7f80;
    IntStream elements = IntStream.range(0, (place.to - place.from) / width).map(i -> place.from + i * width);
    return elements.allMatch(at -> width == 8 ? Double.isFinite(data.getDouble(at))
        : width == 4 ? Float.isFinite(data.getFloat(at)) : (data.getShort(at) & exponent) != exponent);
  }
  /** FORMAT, "Digests": the elements of the tensor of a record, which is the one that is given. */
  static double[] tensor(Certificate c, Item record) {
    String name = record.text("name"), what = "tensor " + shown(name);
    Place place = c.places.get(name);
    require(place != null, what + " is not among the weights");
    require(place.shape.equals(record.get("shape")), what + " has the shape " + place.shape + " there");
    String stored = what + " is stored as " + place.type + ", and not as " + c.type();
    if (!place.type.equals(c.type())) { throw new Stop("NOT DECIDED: " + stored); }
    String digest = sha256(c.type() + " " + place.shape + "\n", c.weights, place.from, place.to);
    require(record.is("digest", digest), what + " has another digest: " + digest);
    return numbers(c, place);
  }
  /** The elements of a tensor of floats or doubles. */
  static double[] numbers(Certificate c, Place place) {
    ByteBuffer data = littleEndian(c.weights).position(place.from);
    int width = WIDTHS.get(place.type);
    double[] values = new double[(place.to - place.from) / width];
    Arrays.setAll(values, i -> width == 8 ? data.getDouble() : data.getFloat());
    return values;
  }
  // ---------------------------------------------------------------- one certificate
  /** What a text says, and the weights beside it; {@link #auditOne} finds out if it is true. */
  static final class Certificate {
    final String digest;
    final byte[] weights;
    final Map<String, Place> places;
    final Item item;
    final List<Item> units, proofs;
    final List<Integer> sizes = new ArrayList<>(); // of the units, counted once: a shape may have many extents
    final BigDecimal bound;
    final boolean range, asks, scaled, local, monotone, derived; // the last one: a claim about derivatives alone
    boolean accepted;
    Query query;
    Certificate(String text, byte[] weights) {
      this.digest = sha256(text, weights, 0, 0);
      this.weights = weights;
      this.places = places(weights);
      this.item = Reader.canonical(text);
      String name = item.get("network") instanceof String given ? given : "";
      boolean other = name.endsWith("/scaled"), pairs = name.endsWith("/pairs");
      this.range = name.endsWith("/range");
      this.asks = name.endsWith("/query");
      this.scaled = item.has("per");
      this.local = name.endsWith("/local");
      this.monotone = name.endsWith("/monotone");
      this.derived = monotone || name.endsWith("/slopes");
      String norms = item.has("input norm") ? " input_norm output_norm" : "";
      String proof = " calls? " + (item.has("proofs") ? "proofs" : MEMBERS.get("proofs"));
      boolean boxed = local || derived;
      norms += other ? " per per_tensor?" : pairs ? " per? per_tensor? delta?" : boxed ? " lower upper" : "";
      String number = monotone ? "trends" : derived ? "slopes outputs" : "declared bound";
      String bounded = "format network kind type " + number + " method units tensors" + norms + proof;
      String enclosed = "format network kind type " + (range ? "lower upper" : "query") + " method units tensors";
      item.of(range || asks ? enclosed + " procedure boxes" + (range ? "?" : "") : bounded);
      this.units = item.list("units");
      this.proofs = item.has("proofs") ? item.items("proofs") : List.of(item);
      this.bound = range || asks || derived ? ZERO : item.number("bound");
      boolean enclosing = item.is("procedure", "enclosure");
      require((range || asks) == enclosing, "a range, or a query, without its procedure, or that without these");
      require(item.text("method") != null, "no method");
      require(!derived || (proves("rows") && !item.has("input norm")), "no derivatives of such a claim, or norms");
      require(boxed || !proves("rows"), "derivatives without a box");
      require(!item.has("per tensor") || item.get("per") instanceof List, "the tensor of units that are not given");
      require(!item.has("input norm") || fromLinf() || toLinf(), "norms that need not be said");
      require(proofs.size() > 1 || !item.has("proofs"), "a list of a single proof");
    }
    boolean numeric() { return item.is("kind", "numeric"); }
    boolean inlined() { return item.is("calls", "inlined"); }
    boolean fromLinf() { return item.is("input norm", "linf"); }
    boolean toLinf() { return item.is("output norm", "linf"); }
    boolean proves(String procedure) { return proofs.get(0).is("procedure", procedure); }
    String type() { return item.text("type").toUpperCase(Locale.ROOT); }
    int inputs() { return units.get(0).size(); }
    int outputs() { return units.get(units.size() - 1).size(); }
    BigDecimal squaredGain() { return bound.pow(2).multiply(num(toLinf() ? outputs() : 1)); }
    String claim() {
      String ends = range ? "[" + item.text("lower") + ", " + item.text("upper") + "]" : "";
      if (range) { return shown(item.network()) + " has all outputs in " + ends + " for inputs of its box"; }
      if (asks) { return "no input makes the query true, for " + shown(item.network()) + " over the reals"; }
      String how = monotone ? " is monotone, as given," : " has no slope, of the outputs given, above those given";
      String whose = numeric() ? "for these tensors" : "for all values of its parameters";
      if (derived) { return shown(item.network()) + how + " on the box given, " + whose; }
      String number = bound.round(new MathContext(17, RoundingMode.UP)) + "-Lipschitz"; // never below the bound
      String per = scaled ? item.get("per") instanceof String ? " behind its first layer" : " in the units given" : "";
      per += local ? " on the box given" : "";
      String norms = (fromLinf() ? "from linf" : "from l2") + per + (toLinf() ? " to linf, " : " to l2, ");
      String name = item.text("network"); // so short that the line ends with the claim; its end may be "/pairs"
      name = name.length() > 200 ? name.substring(0, 180) + "..." + name.substring(name.length() - 17) : name;
      return name + " is " + number + ", exactly " + item.text("bound") + ", " + norms + whose;
    }
  }
  void auditOne(Certificate c) {
    if (c.accepted) { return; }
    say("certificate " + c.digest + " claims: " + c.claim());
    say("  " + c.units.size() + " units of " + c.type() + ", asked for: " + c.proofs.get(0).text("procedure"));
    boolean between = c.range
        ? c.numeric() && c.item.number("lower").compareTo(c.item.number("upper")) <= 0
        : c.asks ? c.numeric()
        : c.derived ? c.item.numbers("slopes").stream().allMatch(slope -> slope.signum() >= 0)
        : c.bound.signum() >= 0 && c.bound.compareTo(c.item.number("declared")) <= 0;
    String otherwise = c.range ? "no range" : "a bound that is negative, or above the declared one";
    require(between, c.asks ? "a structural query" : otherwise);
    for (int i = 0; i < c.units.size(); i++) {
      require(isUnit(c, i, c.units.get(i)), "unit " + i + " is unknown, or does not fit");
    }
    BitSet read = new BitSet(); // FORMAT, "What is read": each unit by a later one, so all of them by way of the last
    c.units.forEach(unit -> unit.operands().forEach(read::set));
    require(read.nextClearBit(0) == c.units.size() - 1, "nothing reads unit " + read.nextClearBit(0));
    checkTensors(c);
    List<Item> calls = c.units.stream().filter(unit -> unit.is("call")).toList();
    requireNames(calls);
    calls.forEach(call -> checkCall(c, call));
    require(!c.inlined() || !calls.isEmpty(), "calls are inlined where nothing is called");
    boolean parts = c.asks || (c.range && c.item.has("boxes"));
    if (c.range && !parts) { checkRange(c); }
    if (c.units.stream().anyMatch(unit -> unit.is("name", "l2_normalize"))) { checkDivisors(c); }
    boolean pairs = c.item.text("network").endsWith("/pairs");
    require(!pairs || isOfPairs(c), "no units of pairs, or another bound than 1 to linf");
    boolean magnitudes = c.proves("elementwise product");
    boolean each = c.toLinf() && !magnitudes && !c.proves("rows");
    boolean delta = c.item.has("delta");
    require(each || !delta, "a delta that nothing reads");
    int bounding = each ? c.outputs() : 1; // a second proof of each pair stands behind these, if there is a delta
    require(c.proofs.size() == (delta ? 2 : 1) * bounding, "too few or too many proofs");
    boolean entered = c.inlined() || ((c.proves("rows") || parts) && !calls.isEmpty()); // FORMAT, "Rows": compositions
    List<Item> units = entered ? new ArrayList<>() : c.units;
    if (entered) { inline(c, -1, c.inlined() || parts, units); }
    requireNames(units);
    if (c.item.has("per tensor")) { checkLengths(c, c.item.text("per tensor")); }
    if (c.scaled) { rescaled(c, c.units); } // of the network itself: the first layer of a callee is none of its own
    units = c.scaled ? rescaled(c, units) : units;
    // A rounding may decide which elements are linear, and so how many rows a matrix has.
    require(!c.local || c.proofs.stream().noneMatch(proof -> proof.has("rows")), "a congruence on a box");
    units = c.local || c.derived ? onBox(c, units, c.item.list("lower"), c.item.list("upper")) : units;
    units = c.asks ? asked(c, units) : units;
    if (parts) {
      checkParts(c, units, c.item.list("boxes"));
      String shown = c.asks ? "no input makes the query true" : "all outputs stay in the range";
      say("  " + shown + ", on each of " + (c.item.list("boxes").size() + 1) / 2 + " parts of the box");
    }
    if (c.proves("rows")) { checkRows(c, units); } else if (c.local) { learn(units); }
    for (int j = 0; j < (c.range || c.asks || c.proves("rows") ? 0 : bounding); j++) {
      Assembly assembly = new Assembly(c, units, j, magnitudes);
      String procedure = c.proofs.get(j).text("procedure");
      require(j == 0 || !WHOLE.contains(procedure), "proof " + j + " by what proves all outputs at once");
      require(!c.proofs.get(j).has("boxes"), "boxes that nothing reads");
      switch (procedure) {
        case "ldlt construction" -> checkConstruction(c);
        case "elementwise product" -> assembly.checkElementwiseProduct();
        case "all frequencies" -> new Torus(assembly).check();
        case "congruence", "exact elimination", "verified cholesky" -> assembly.checkInequality();
        default -> throw new Stop("REJECTED: proof " + j + " by what proves no bound: " + procedure);
      }
      require(assembly.unread.isEmpty(), "records that nothing reads: " + assembly.unread.keySet());
    }
    for (int j = bounding; j < (delta ? c.proofs.size() : 0); j++) { new Assembly(c, units, j, false).checkDelta(); }
    c.accepted = true;
  }
  /** SOUNDNESS, "Signals": earlier operands, sizes that fit, constants of the type, known names. */
  static boolean isUnit(Certificate c, int at, Item unit) {
    require(MEMBERS.containsKey(unit.text("operation")), "no operation: " + shown(unit.text("operation")));
    unit.of(MEMBERS.get(unit.text("operation")));
    int n = unit.size();
    c.sizes.add(n);
    if (n < 1 || !unit.operands().stream().allMatch(k -> k >= 0 && k < at)) { return false; }
    List<Integer> sizes = unit.operands().stream().map(c.sizes::get).toList();
    long sum = sizes.stream().mapToLong(size -> size).sum();
    List<Integer> shape = unit.list("shape"); // of several extents: a vector has a size instead
    List<Double> factor = Stream.of("factor", "epsilon").filter(unit::has).map(unit::real).toList();
    Stream<List<Double>> lists = Stream.of(factor, unit.reals("parameters"), unit.reals("scale"), unit.reals("shift"));
    boolean typed = lists.flatMap(List::stream).allMatch(v -> c.type().equals("F64") || (float) (double) v == v);
    return typed && switch (unit.text("operation")) {
      case "input" -> at == 0 && isBox(unit.numbers("lower"), unit.numbers("upper"), unit.members.size() > 2 ? n : 0)
          && (unit.has("size") ? !unit.has("shape") : shape.size() > 1 && shape.stream().allMatch(k -> k > 0));
      case "sum" -> sizes.size() > 1 && sizes.stream().allMatch(size -> size == n);
      case "concat" -> sizes.size() > 1 && sum == n;
      case "scale" -> sum == n;
      case "dense", "call" -> sum == unit.integer("inputs");
      case "affine" -> sum == n && unit.list("scale").size() == n && unit.list("shift").size() == n;
      case "select" -> unit.<Integer>list("indices").stream().allMatch(k -> k >= 0 && k < sum);
      case "batch_norm" -> sum == n && n <= 1 << 24 && unit.pixels() > 0;
      case "convolution", "average_pool", "max_pool" -> isWindow(unit) && sum == volume(unit.list("input"));
      case "activation" -> sum == n && slopes(unit) != null && n % ((long) groupSize(unit) * unit.pixels()) == 0
          && (unit.has("pixels") ? unit.pixels() > 1 && groupSize(unit) > 1 : true);
      default -> false; // no operation of FORMAT: refused, with its place
    };
  }
  /** FORMAT, "Images": two axes; positive but for the padding; no more than 2^24 elements; whole groups. */
  static boolean isWindow(Item unit) {
    List<Integer> input = unit.list("input"), padding = unit.list("padding");
    Stream<String> names = Stream.of("kernel", "stride", "dilation").filter(unit::has);
    List<List<Integer>> pairs = names.map(unit::<Integer>list).toList();
    boolean two = input.size() == 3 && pairs.stream().allMatch(p -> p.size() == 2);
    boolean small = padding.stream().allMatch(a -> a >= 0 && a <= 1 << 24);
    Stream<Integer> positive = Stream.concat(Stream.of(input, unit.extents()), pairs.stream()).flatMap(List::stream);
    int groups = unit.groups(), channels = unit.extents().get(0), sides = unit.has("padding") ? 4 : 0;
    boolean whole = groups > 0 && input.get(0) % groups == 0 && channels % groups == 0;
    boolean few = volume(input) <= 1 << 24 && unit.size() <= 1 << 24;
    return two && small && positive.allMatch(k -> k > 0) && whole && few && padding.size() == sides;
  }
  static int volume(List<Integer> shape) { return shape.stream().reduce(1, Math::multiplyExact); }
  static boolean isBox(List<BigDecimal> lower, List<BigDecimal> upper, int n) {
    boolean whole = lower.size() == n && upper.size() == n;
    return whole && IntStream.range(0, n).allMatch(i -> lower.get(i).compareTo(upper.get(i)) <= 0);
  }
  /** FORMAT, "Digests": a record of each tensor that a unit names, sorted; it is the one that is given. */
  void checkTensors(Certificate c) {
    Map<String, Item> records = new LinkedHashMap<>();
    for (Item record : c.item.items("tensors")) {
      String name = record.text("name");
      require(records.put(name, record) == null, "two records of tensor " + shown(name));
    }
    SortedMap<String, double[]> read = new TreeMap<>(); // once, however many units name a tensor
    for (Item unit : c.proves("ldlt construction") ? List.<Item>of() : c.units) {
      unit.tensors().forEach((role, shape) -> {
        Item record = records.get(unit.tensor(role));
        boolean fits = record != null && record.get("shape").equals(shape);
        require(fits, "there is no record of tensor " + shown(unit.tensor(role)) + " of the shape " + shape);
        double[] values = read.computeIfAbsent(unit.tensor(role), n -> tensor(c, record));
        unit.members.put(role + " values", values);
        unit.members.put("single", c.type().equals("F32"));
      });
    }
    List<String> all = List.copyOf(records.keySet());
    require(all.equals(List.copyOf(read.keySet())), "not the units' tensors, sorted: " + shown(all));
    records.forEach((name, record) ->
        say("  tensor " + shown(name) + " " + record.get("shape") + " " + record.text("digest")));
    require(c.numeric() || read.isEmpty(), "a structural certificate of given tensors");
    Set<String> named = new HashSet<>(all);
    if (c.item.has("per tensor")) { named.add(c.item.text("per tensor")); }
    int stored = c.places.size(); // if none of them is named, the answer would be about other weights
    require(stored == 0 || !named.isEmpty(),
        "the certificate names none of the " + stored + " tensors beside it; - stands for no weights");
    if (named.size() < stored) { say("  " + named.size() + " of the " + stored + " tensors in its file"); }
  }
  static void requireNames(List<Item> units) {
    Map<String, String> names = new HashMap<>();
    units.stream().filter(unit -> unit.is("call")).forEach(call -> {
      String first = names.merge(call.text("network"), call.text("certificate"), (one, other) -> one);
      require(first.equals(call.text("certificate")), "two callees of the name " + call.text("network"));
    });
  }
  /** SOUNDNESS, "Constraints": a callee is audited in the same run. */
  void checkCall(Certificate c, Item call) {
    Certificate callee = given.get(call.text("certificate"));
    String name = "the callee " + call.text("network");
    require(callee != null, name + " is not given: there is no certificate of that digest");
    auditOne(callee);
    boolean fits = callee.inputs() == call.integer("inputs") && callee.outputs() == call.size();
    fits &= callee.type().equals(c.type()) && callee.item.text("network").equals(call.text("network"));
    require(fits, name + " is of another name, type or size");
    require(c.numeric() || !callee.numeric(), name + " is numeric, its caller structural");
    say("  calls " + call.text("network") + " " + callee.digest);
    called.add(callee.digest);
    call.members.put("callee", callee);
  }
  /** FORMAT, "Inlined calls": appends all units, those of callees in place of calls; gives the output's number. */
  int inline(Certificate c, int input, boolean all, List<Item> flat) {
    List<Integer> numbers = new ArrayList<>();
    for (Item unit : c.units) {
      spend(8 * BIG, "units of inlined calls");
      List<Integer> operands = unit.operands().stream().map(numbers::get).toList();
      require(unit.tensors().isEmpty() || unit.has("weight values"), "free parameters that are inlined");
      boolean inner = unit.is("input") && input >= 0;
      Certificate callee = unit.get("callee"); // FORMAT, "Rows": one that has weights may stay, known by its bound
      boolean enter = callee != null && (all || callee.units.stream().allMatch(own -> own.tensors().isEmpty()));
      numbers.add(inner ? input : enter ? inline(callee, operands.get(0), all, flat) : flat.size());
      if (inner || enter) { continue; }
      flat.add(unit.reading(operands));
    }
    return numbers.get(numbers.size() - 1);
  }
  /** SOUNDNESS, "Scaled bounds": the units of the function that reads what the scale gives. */
  static List<Item> rescaled(Certificate c, List<Item> units) {
    require(!c.proves("ldlt construction"), "a scaled bound by the theorem, which knows no scale");
    Item input = units.get(0), first = units.get(Math.min(1, units.size() - 1));
    boolean layer = c.item.is("per", "first layer");
    List<BigDecimal> lengths = layer ? List.of() : c.item.numbers("per");
    boolean alone = isLinear(first) && first.operands().equals(List.of(0))
        && units.stream().skip(2).noneMatch(unit -> unit.operands().contains(0));
    boolean positive = lengths.size() == input.size() && lengths.stream().allMatch(d -> d.signum() > 0);
    require(layer ? alone : positive, layer ? "no linear unit alone reads the input" : "no length for each element");
    boolean shaped = input.has("shape") && (!layer || first.size() == input.size());
    Map<String, Object> read = new LinkedHashMap<>(Map.of("operation", "input"));
    read.put(shaped ? "shape" : "size", shaped ? input.get("shape") : (Object) (layer ? first : input).size());
    List<Item> behind = new ArrayList<>(List.of(new Item(read)));
    if (!layer) {
      List<String> zeros = Collections.nCopies(input.size(), "0x0.0p0");
      behind.add(new Item(new HashMap<>(Map.of("operation", "affine", "operand", 0, "scale", c.item.get("per"),
          "shift", zeros, "size", input.size()))));
    }
    moved(units.subList(layer ? 2 : 1, units.size()), layer ? -1 : 1, behind);
    return behind;
  }
  /** Appends the units, which read others than before: those whose number is so much larger. */
  static void moved(List<Item> units, int by, List<Item> all) {
    for (Item unit : units) {
      Item copy = new Item(new HashMap<>(unit.members));
      List<Integer> operands = unit.operands().stream().map(k -> k + by).toList();
      copy.members.put(unit.has("operand") ? "operand" : "operands", unit.has("operand") ? operands.get(0) : operands);
      all.add(copy);
    }
  }
  /** FORMAT, "A scaled bound": lengths that are called after a tensor are its numbers, as they are stored. */
  static void checkLengths(Certificate c, String name) {
    Place place = c.places.get(name);
    require(place != null, "the units " + shown(name) + " are not among the weights");
    boolean whole = place.type.equals("F64") || place.type.equals("F32");
    if (!whole) { throw new Stop("NOT DECIDED: the units " + shown(name) + " are stored as " + place.type); }
    boolean same = DoubleStream.of(numbers(c, place)).boxed().toList().equals(c.item.reals("per"));
    require(same, "the units " + shown(name) + " have other numbers among the weights");
  }
  /** FORMAT, "Pairs of outputs": the last five units, read before as units that fit. */
  static boolean isOfPairs(Certificate c) {
    int n = c.units.size() - 5, outputs = n < 1 ? 0 : c.units.get(n - 1).size();
    if (outputs < 2 || outputs > 64) { return false; }
    List<Integer> pairs = IntStream.range(0, outputs * outputs).filter(k -> k / outputs < k % outputs).boxed().toList();
    List<Integer> first = pairs.stream().map(k -> k / outputs).toList();
    List<Integer> second = pairs.stream().map(k -> k % outputs).toList();
    List<Item> last = c.units.subList(n, n + 5);
    Item left = last.get(0), right = last.get(1), minus = last.get(2), sum = last.get(3), scaled = last.get(4);
    boolean selected = left.is("select") && left.reads(n - 1) && left.list("indices").equals(first)
        && right.is("select") && right.reads(n - 1) && right.list("indices").equals(second);
    boolean subtracted = minus.is("scale") && minus.reads(n + 1) && minus.number("factor").compareTo(MINUS) == 0
        && sum.is("sum") && sum.reads(n, n + 2);
    boolean positive = scaled.is("affine") && scaled.reads(n + 3)
        && scaled.reals("scale").stream().allMatch(s -> s > 0)
        && scaled.reals("shift").stream().allMatch(s -> s.equals(0.0));
    boolean one = c.bound.compareTo(ONE) == 0 && c.item.number("declared").compareTo(ONE) == 0;
    return selected && subtracted && positive && c.toLinf() && one;
  }
  static boolean isLinear(Item unit) {
    return switch (unit.text("operation")) {
      case "dense", "convolution", "average_pool", "scale", "affine", "select", "batch_norm", "sum", "concat" -> true;
      case "activation" -> List.of("identity 0", "center 0").contains(named(unit));
      case "input", "call", "max_pool" -> false;
      default -> throw unknown(unit);
    };
  }
  // ---------------------------------------------------------------- activations, and single units
  /** SOUNDNESS, "Slopes": the interval of the slopes of a function of each element; null where there is none. */
  static double[] elementwise(Item unit) {
    double p = parameter(unit);
    return switch (named(unit)) {
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
      case "sin 0", "abs 0" -> slopes(-1, 1);
      case "identity 0" -> slopes(1, 1);
      default -> null;
    };
  }
  record Groups(int size, double least, double largest) {}
  /** SOUNDNESS, "Groups": the slopes of the pairs (p, w) of {@link Assembly#group}; some are rounded up. */
  static Groups grouped(Item unit) {
    double p = parameter(unit);
    int n = unit.size();
    return switch (named(unit)) {
      case "maxmin 0" -> new Groups(2, -1, 1);
      case "group_sort 1" -> p >= 2 && p % 1 == 0 && p <= n ? new Groups((int) p, -1, 1) : null;
      case "householder 2" -> new Groups(2, 0, 1);
      case "center 0" -> new Groups(n, 1, 1);
      case "l2_normalize 1" -> p > 0 && 1 / p <= Double.MAX_VALUE ? new Groups(n, 0, up(1 / p, p, ONE)) : null;
      case "softmax 1" -> p > 0 && 0.5 / p <= Double.MAX_VALUE ? new Groups(n, 0, up(0.5 / p, p, HALF)) : null;
      case "layer_norm 2" -> {
        double k = unit.reals("parameters").get(1);
        boolean fits = p > 0 && k >= 0 && k != 1 && k % 1 == 0 && k <= n;
        yield fits ? new Groups(k > 0 ? (int) k : n, 0, inverseRoot(p)) : null;
      }
      default -> null;
    };
  }
  static String named(Item unit) { return unit.text("name") + " " + unit.reals("parameters").size(); }
  static double parameter(Item unit) { return unit.reals("parameters").stream().findFirst().orElse(0.0); }
  static double[] slopes(Item unit) {
    Groups groups = isElementwise(unit) ? null : grouped(unit);
    return groups == null ? elementwise(unit) : slopes(groups.least, groups.largest);
  }
  static double[] slopes(double least, double largest) { return new double[] {least, largest}; }
  static boolean isElementwise(Item unit) { return elementwise(unit) != null; }
  static BigDecimal steepest(Item unit) { return num(Math.max(-slopes(unit)[0], slopes(unit)[1])); }
  static double up(double v, double t, BigDecimal of) {
    return num(v).multiply(num(t)).compareTo(of) < 0 ? Math.nextUp(v) : v;
  }
  /** FORMAT, "Activations": the least double whose square is at least 1 / v; the first one here is below it. */
  static double inverseRoot(double v) {
    double root = 1 / Math.sqrt(v) * (1 - 0x1p-50);
    while (num(root).pow(2).multiply(num(v)).compareTo(ONE) < 0) { root = Math.nextUp(root); }
    return root;
  }
  static int groupSize(Item unit) { return isElementwise(unit) ? 1 : grouped(unit).size; }
  /** FORMAT, "Activations": the c of {@code I - c 1 1'}, the multiple of 2^-53 next to 1/n. */
  static double share(int n) { return 1 - (1 - 1.0 / n); }
  /** SOUNDNESS, "Gain": the square of what the unit multiplies l2 distances by at most. */
  static BigDecimal squaredGain(Item unit) {
    Stream<BigDecimal> constants = unit.numbers(unit.is("affine") ? "scale" : "parameters").stream();
    List<BigDecimal> squares = constants.map(v -> v.pow(2)).toList();
    require(unit.list("indices").stream().allMatch(new HashSet<>()::add), "a gain of a selection that repeats");
    return switch (unit.text("operation")) {
      case "call" -> unit.<Certificate>get("callee").squaredGain();
      case "affine" -> Collections.max(squares);
      case "batch_norm" -> scales(unit, 1).stream().map(v -> v.pow(2)).max(Comparator.naturalOrder()).get();
      case "max_pool" -> num(overlap(unit, 0) * overlap(unit, 1)).divide(num(volume(unit.list("kernel"))));
      case "average_pool" -> unit.number("factor").pow(2).multiply(num(overlap(unit, 0) * overlap(unit, 1)));
      case "select" -> ONE;
      case "activation" -> unit.has("known") && !unit.is("name", "householder")
          ? known(unit).stream().map(s -> num(Math.max(-s[0], s[1])).pow(2)).max(Comparator.naturalOrder()).get()
          : unit.is("name", "householder")
          ? squares.get(0).add(squares.get(1)).multiply(num(2)).subtract(ONE).max(ONE).pow(2)
          : steepest(unit).pow(2);
      default -> throw new Stop("REJECTED: a gain of the operation " + unit.text("operation"));
    };
  }
  /** FORMAT, "Images": the scale and shift of each channel, in doubles, rounded once more where the type is single. */
  static List<BigDecimal[]> normalising(Item unit) {
    return (List<BigDecimal[]>) unit.members.computeIfAbsent("normalising", key -> {
      double[] gamma = unit.values("weight"), variance = unit.values("running_var");
      double[] beta = unit.values("bias"), mean = unit.values("running_mean");
      boolean single = unit.get("single");
      return IntStream.range(0, gamma.length).mapToObj(k -> {
        double scale = gamma[k] / Math.sqrt(variance[k] + unit.real("epsilon"));
        scale = single ? (float) scale : scale;
        double shift = beta[k] - mean[k] * scale; // which is finite only if the scale is
        shift = single ? (float) shift : shift;
        boolean finite = Double.isFinite(shift);
        require(finite, "batch normalisation by a variance that is not positive, or with numbers that overflow");
        return new BigDecimal[] {num(scale), num(shift)};
      }).toList();
    });
  }
  /** Those of each pixel. */
  static List<BigDecimal> scales(Item unit, int each) {
    IntStream all = IntStream.range(0, normalising(unit).size() * each);
    return all.mapToObj(k -> normalising(unit).get(k / each)[0]).toList();
  }
  /** Along an axis: how many pixels are in a window, times how many windows have one in common. */
  static double overlap(Item unit, int axis) {
    return unit.at("kernel", axis) * (double) -Math.floorDiv(-unit.at("kernel", axis), unit.at("stride", axis));
  }
  // ---------------------------------------------------------------- ranges
  static final MathContext FLOOR = new MathContext(30, RoundingMode.FLOOR);
  static final MathContext CEIL = new MathContext(30, RoundingMode.CEILING), NEAR = new MathContext(30);
  /** Numbers of few digits stay exact: so what cancels is zero. */
  static BigDecimal rounded(BigDecimal v, MathContext to) {
    BigDecimal placed = placed(v, to.getRoundingMode());
    return placed.precision() > 500 ? placed.round(to) : placed;
  }
  /** Sums of far places are as long as these are apart: below 1e-1200 numbers are cut, and none is above 1e1200. */
  static BigDecimal placed(BigDecimal v, RoundingMode to) {
    if (v.precision() - (long) v.scale() > 1200) { throw new Stop("NOT DECIDED: too large: numbers above 1e1200"); }
    return v.scale() > 1200 ? v.setScale(1200, to) : v;
  }
  /** All numbers between two ends, each rounded outward: SOUNDNESS, "Ranges". */
  record Ends(BigDecimal low, BigDecimal high) {
    Ends(BigDecimal value) { this(value, value); }
    Ends plus(Ends b) { return new Ends(rounded(low.add(b.low), FLOOR), rounded(high.add(b.high), CEIL)); }
    Ends times(BigDecimal a) {
      BigDecimal first = a.signum() < 0 ? high : low, last = a.signum() < 0 ? low : high;
      return new Ends(rounded(first.multiply(a), FLOOR), rounded(last.multiply(a), CEIL));
    }
    Ends times(Ends b) { return times(b.low).hull(times(b.high)); }
    Ends over(BigDecimal positive) { return new Ends(low.divide(positive, FLOOR), high.divide(positive, CEIL)); }
    Ends hull(Ends b) { return new Ends(low.min(b.low), high.max(b.high)); }
    Ends negate() { return new Ends(high.negate(), low.negate()); }
    BigDecimal size() { return low.abs().max(high.abs()); }
    BigDecimal nearest() { return low.max(high.negate()).max(ZERO); }
    Ends atLeast(double a) { return new Ends(low.max(num(a)), high.max(num(a))); }
    Ends atMost(double b) { return new Ends(low.min(num(b)), high.min(num(b))); }
  }
  static List<Ends> box(Item input) {
    require(input.has("lower"), "ranges of a network without a box of inputs");
    List<BigDecimal> low = input.numbers("lower"), high = input.numbers("upper");
    return IntStream.range(0, low.size()).mapToObj(i -> new Ends(low.get(i), high.get(i))).toList();
  }
  /** SOUNDNESS, "Divisors": on the box no vector is shorter than what it is divided by at least. */
  void checkDivisors(Certificate c) {
    List<List<Ends>> signals = signals(c, box(c.units.get(0)));
    for (Item unit : c.units.stream().filter(unit -> unit.is("name", "l2_normalize")).toList()) {
      BigDecimal squares = ZERO, wanted = num(parameter(unit)).pow(2);
      for (Ends z : signals.get(unit.operands().get(0))) { squares = squares.add(z.nearest().pow(2), FLOOR); }
      boolean near = squares.compareTo(wanted.multiply(num(1 - 0x1p-40))) >= 0; // functions are rounded further here
      require(near, "the square of a divisor is only known to be " + squares);
      if (squares.compareTo(wanted) < 0) { throw new Stop("NOT DECIDED: a divisor is only known to within roundings"); }
    }
  }
  /**
   * SOUNDNESS, "Ranges": z_i / max(|z|, c), from -1 to 1, rises in z_i; as the others' squares grow it goes to 0. So do
   * n numbers less their mean, d_i / sqrt(|d|^2 / n + c), up to sqrt(n - 1), as {@code n d_i^2 <= (n - 1) |d|^2}.
   */
  static BigDecimal divided(Item unit, List<Ends> z, int at, BigDecimal own) {
    boolean below = own.signum() < 0, length = unit.is("name", "l2_normalize");
    MathContext end = below ? FLOOR : CEIL;
    BigDecimal squares = rounded(own.pow(2), end), n = num(z.size()), c = num(parameter(unit));
    for (int k = 0; k < z.size(); k++) {
      BigDecimal other = k == at ? ZERO : below ? z.get(k).nearest() : z.get(k).size();
      squares = squares.add(other.pow(2), end);
    }
    BigDecimal divisor = length ? squares.sqrt(end).max(c) : squares.divide(n, end).add(c, end).sqrt(end);
    BigDecimal most = length ? ONE : n.subtract(ONE).sqrt(CEIL);
    return own.divide(divisor, FLOOR).max(most.negate());
  }
  void checkRange(Certificate c) {
    List<List<Ends>> signals = signals(c, box(c.units.get(0)));
    checkWithin(c, signals, signals.get(c.units.size() - 1), isCurved(c.units) ? ROUNDED : ZERO);
    say("  all outputs stay in the range, by ranges of " + c.units.size() + " units");
  }
  /** The ends of each output, from the ends of the inputs, unit by unit. */
  List<Ends> ranges(Certificate c, List<Ends> x) { return signals(c, x).get(c.units.size() - 1); }
  List<List<Ends>> signals(Certificate c, List<Ends> x) {
    List<List<Ends>> signals = new ArrayList<>();
    c.units.forEach(unit -> signals.add(range(unit, signals, x)));
    return signals;
  }
  /** Those of one unit, which may be the input x. */
  List<Ends> range(Item unit, List<List<Ends>> signals, List<Ends> x) {
    boolean free = unit.tensors().keySet().stream().anyMatch(role -> !unit.has(role + " values"));
    require(!free, "a range of free parameters");
    List<Ends> z = unit.operands().stream().map(signals::get).flatMap(List::stream).toList();
    spend(8 * BIG * (unit.size() + z.size()), "ranges of many elements");
    IntStream all = IntStream.range(0, unit.size());
    return switch (unit.text("operation")) {
      case "input" -> x;
      case "call" -> ranges(unit.get("callee"), z);
      case "max_pool" -> all.mapToObj(i -> largest(unit, i, z)).toList();
      case "activation" -> activated(unit, z);
      default -> all.mapToObj(i -> sum(unit, i, z)).toList();
    };
  }
  /** A part of a sum: an element, times any number between two. */
  record Term(int element, BigDecimal low, BigDecimal high) {
    Term(int element, BigDecimal factor) { this(element, factor, factor); }
  }
  /** SOUNDNESS, "Signals": an element of a linear unit, by those that it reads, of one operand after the other. */
  List<Term> row(Item unit, int i) {
    int n = unit.is("dense") ? unit.integer("inputs") : unit.is("sum") ? unit.operands().size() : unit.size();
    spend(BIG * (unit.has("kernel") ? unit.area() : 1), "rows of many terms");
    Stream<Term> row = switch (unit.text("operation")) {
      case "concat" -> Stream.of(new Term(i, ONE));
      case "sum" -> IntStream.range(0, n).mapToObj(k -> new Term(k * unit.size() + i, ONE));
      case "select" -> Stream.of(new Term(unit.<Integer>list("indices").get(i), ONE));
      case "scale" -> Stream.of(new Term(i, unit.number("factor")));
      case "affine" -> Stream.of(new Term(i, num(real(unit.list("scale").get(i)))));
      case "batch_norm" -> Stream.of(new Term(i, normalising(unit).get(i / unit.pixels())[0]));
      case "dense" -> {
        double[] w = unit.values("weight");
        yield IntStream.range(0, n).mapToObj(k -> new Term(k, num(w[i * n + k])));
      }
      case "convolution", "average_pool" -> unit.taps(i).stream().map(t -> new Term(t[0], unit.factor(t[1])));
      case "activation" -> unit.is("name", "identity") ? Stream.of(new Term(i, ONE))
          : IntStream.range(0, n).mapToObj(k -> new Term(k, num(k == i ? 1 - share(n) : -share(n))));
      default -> throw unknown(unit);
    };
    return row.peek(t -> spend(BIG, "rows of many terms")).filter(t -> t.low.signum() != 0).toList();
  }
  /** The number that a linear unit adds to an element. */
  static BigDecimal shift(Item unit, int i) {
    return switch (unit.text("operation")) {
      case "affine" -> num(real(unit.list("shift").get(i)));
      case "batch_norm" -> normalising(unit).get(i / unit.pixels())[1];
      case "dense" -> unit.has("bias") ? num(unit.values("bias")[i]) : ZERO;
      case "convolution" -> unit.has("bias") ? num(unit.values("bias")[i / (unit.pixels(0) * unit.pixels(1))]) : ZERO;
      default -> ZERO;
    };
  }
  Ends sum(Item unit, int i, List<Ends> z) {
    Ends sum = new Ends(shift(unit, i));
    for (Term term : row(unit, i)) { sum = sum.plus(z.get(term.element).times(term.low)); }
    return sum;
  }
  Ends largest(Item unit, int at, List<Ends> z) {
    spend(3 * BIG * unit.area(), "ranges of a window");
    Stream<Ends> read = unit.taps(at).stream().map(tap -> z.get(tap[0]));
    return read.reduce((a, b) -> new Ends(a.low.max(b.low), a.high.max(b.high))).get();
  }
  List<Ends> activated(Item unit, List<Ends> z) {
    if (unit.is("name", "identity")) { return z; }
    if (unit.is("name", "center")) { // as it is computed, with the mean first
      Ends mean = z.stream().map(t -> t.times(num(-share(z.size())))).reduce(Ends::plus).orElseThrow();
      return z.stream().map(t -> t.plus(mean)).toList();
    }
    spend(20 * BIG * z.size(), "ranges of functions");
    if (isElementwise(unit)) { return z.stream().map(t -> over(unit, t)).toList(); }
    int size = groupSize(unit);
    Ends[] y = new Ends[z.size()];
    for (int g = 0; g < y.length; g += size) {
      int first = g;
      int[] place = IntStream.range(0, size).map(k -> Assembly.place(first + k, size, unit.pixels())).toArray();
      List<Ends> group = ofGroup(unit, IntStream.of(place).mapToObj(z::get).toList());
      for (int k = 0; k < size; k++) { y[place[k]] = group.get(k); }
    }
    return List.of(y);
  }
  /** SOUNDNESS, "Ranges": the k-th largest is between the k-th largest of the ends; the others as they are computed. */
  List<Ends> ofGroup(Item unit, List<Ends> z) {
    int n = z.size();
    boolean pairs = List.of("layer_norm", "l2_normalize", "softmax").contains(unit.text("name"));
    spend((pairs ? 30 * BIG * n : BIG) * n, "ranges of long vectors");
    IntStream all = IntStream.range(0, n);
    return switch (unit.text("name")) {
      case "maxmin", "group_sort" -> {
        Comparator<BigDecimal> falling = Comparator.reverseOrder();
        List<BigDecimal> low = z.stream().map(Ends::low).sorted(falling).toList();
        List<BigDecimal> high = z.stream().map(Ends::high).sorted(falling).toList();
        yield all.mapToObj(k -> new Ends(low.get(k), high.get(k))).toList();
      }
      case "householder" -> {
        List<BigDecimal> v = unit.numbers("parameters");
        Ends p = z.get(0).times(v.get(0).negate()).plus(z.get(1).times(v.get(1).negate())).atLeast(0);
        yield all.mapToObj(k -> z.get(k).plus(p.times(v.get(k).multiply(num(2))))).toList();
      }
      case "softmax" -> all.mapToObj(i -> softmax(num(parameter(unit)), z, i)).toList();
      case "layer_norm" -> lengths(unit, all.mapToObj(i -> {
        IntStream others = IntStream.range(0, n).filter(k -> k != i);
        Ends sum = others.mapToObj(z::get).reduce(Ends::plus).orElse(new Ends(ZERO)).negate();
        return z.get(i).times(num(n - 1)).plus(sum).over(num(n));
      }).toList());
      case "l2_normalize" -> lengths(unit, z);
      default -> throw unknown(unit);
    };
  }
  static List<Ends> lengths(Item unit, List<Ends> z) {
    return IntStream.range(0, z.size()).mapToObj(i -> new Ends(
        divided(unit, z, i, z.get(i).low), divided(unit, z, i, z.get(i).high.negate()).negate())).toList();
  }
  /** {@code 1 / (1 + sum of e^((z_j - z_i) / T))}; an exponent above 700 is as far as doubles reach, and leaves 0. */
  static Ends softmax(BigDecimal temperature, List<Ends> z, int i) {
    Ends sum = new Ends(ONE);
    boolean far = false;
    for (int j = 0; j < z.size(); j++) {
      Ends d = z.get(j).plus(z.get(i).negate()).over(temperature);
      far |= j != i && d.high.compareTo(num(700)) > 0;
      sum = j == i ? sum : sum.plus(exp(d.atMost(700)));
    }
    return new Ends(far ? ZERO : ONE.divide(sum.high, FLOOR), ONE.divide(sum.low, CEIL));
  }
  // ---------------------------------------------------------------- functions over ranges
  static List<BigDecimal> bends(Item unit) {
    return switch (unit.text("name")) {
      case "relu", "leaky_relu", "abs" -> List.of(ZERO);
      case "relu6" -> List.of(ZERO, num(6));
      case "hard_tanh" -> List.of(MINUS, ONE);
      case "hard_sigmoid", "hard_swish" -> List.of(num(-3), num(3));
      default -> List.of();
    };
  }
  /** Whether it consists of straight pieces, and is computed without a rounding. */
  static boolean isStraight(Item unit) {
    return List.of("relu", "leaky_relu", "abs", "relu6", "hard_tanh").contains(unit.text("name"));
  }
  /**
   * To 1e-17, where functions turn that fall before and rise behind: {@code t g(t)}, g positive and rising. The sign of
   * the derivative is that of a rising function, for which e^t be e:
   *
   * <pre>
   * silu       1 + t + e
   * mish       t + ((1 + e)^4 - 1) / (4 e (1 + e)): that quotient, (4 + 6 e + 4 e^2 + e^3) / (4 + 4 e), rises
   * gelu       t + P(t) / p(t), with p the density and P the distribution; its slope is {@code 2 + t P / p}, and
   *            {@code -t P < p for t < 0}: integrate {@code s p(s) = -p'(s)} from -infinity to t
   * gelu_tanh  {@code 1 + t w' s(-w) for t < 0}, w the argument of the sigmoid s: w' and s(-w) fall as t rises to 0
   * </pre>
   *
   * <p>The second derivatives are below 2; so the values are within 1e-30 of the least ones.
   */
  static List<BigDecimal> turns(Item unit) {
    return switch (unit.text("name")) {
      case "hard_swish" -> List.of(num(-1.5));
      case "silu" -> List.of(new BigDecimal("-1.27846454276107380"));
      case "mish" -> List.of(new BigDecimal("-1.19243121451549521"));
      case "gelu" -> List.of(new BigDecimal("-0.75179152469356446"));
      case "gelu_tanh" -> List.of(new BigDecimal("-0.75246142207101626"));
      default -> List.of();
    };
  }
  /** The ends of a range, and of the places those between them. */
  static List<BigDecimal> corners(Ends t, List<BigDecimal> places) {
    Stream<BigDecimal> inner = places.stream().filter(b -> t.low.compareTo(b) < 0 && b.compareTo(t.high) < 0);
    return Stream.of(Stream.of(t.low), inner, Stream.of(t.high)).flatMap(all -> all).distinct().toList();
  }
  /** The values over a range: all extremes but those of the sine are at ends, at bends or where a function turns. */
  static Ends over(Item unit, Ends t) {
    if (unit.is("name", "sin")) { return sine(t, 0); }
    List<BigDecimal> places = Stream.of(bends(unit), turns(unit)).flatMap(List::stream).toList();
    return corners(t, places).stream().map(place -> at(unit, place)).reduce(Ends::hull).get();
  }
  static Ends at(Item unit, BigDecimal x) {
    Ends t = new Ends(x), down = t.atMost(0), up = t.atLeast(0), step = t.plus(new Ends(num(3))).atLeast(0).atMost(6);
    BigDecimal p = num(parameter(unit));
    return switch (unit.text("name")) {
      case "relu" -> up;
      case "relu6" -> up.atMost(6);
      case "hard_tanh" -> t.atLeast(-1).atMost(1);
      case "leaky_relu" -> x.signum() < 0 ? t.times(p) : t;
      case "abs" -> new Ends(x.abs());
      case "hard_sigmoid" -> step.over(num(6));
      case "hard_swish" -> step.times(x).over(num(6));
      case "softsign" -> t.over(ONE.add(x.abs()));
      case "tanh" -> tanh(t);
      case "sigmoid" -> sigmoid(t);
      case "softplus" -> softplus(t);
      case "elu" -> up.plus(expm1(down).times(p));
      case "celu" -> up.plus(expm1(down.over(p)).times(p));
      case "selu" -> up.times(SELU).plus(expm1(down).times(SELU.multiply(BELOW)));
      case "silu" -> sigmoid(t).times(x);
      case "mish" -> tanh(softplus(t)).times(x);
      case "gelu" -> normal(t).times(x);
      case "gelu_tanh" -> sigmoid(cubic(t)).times(x);
      case "sin" -> sine(t, 0);
      default -> throw unknown(unit);
    };
  }
  /** The decimals of selu; the constants of gelu, {@code 1 / sqrt(2 pi)}, and of gelu_tanh, four times as large. */
  static final BigDecimal SELU = new BigDecimal("1.0507009873554804934193349852946");
  static final BigDecimal BELOW = new BigDecimal("1.6732632423543772848170429916717");
  static final Ends ROOT = cutting("0.398942280401432677939946059934"), LINEAR = ROOT.times(num(4));
  static final Ends CUBIC = LINEAR.times(new BigDecimal("0.044715"));
  static Ends cutting(String digits) { return new Ends(new BigDecimal(digits), new BigDecimal(digits + "9")); }
  /** Of a function that rises: its computed values are off by less than 32 ulps, those of {@link StrictMath} by 2.5. */
  static Ends rising(Ends t, java.util.function.DoubleUnaryOperator f) {
    double low = Math.nextDown(t.low.doubleValue()), high = Math.nextUp(t.high.doubleValue());
    double least = f.applyAsDouble(low), most = f.applyAsDouble(high);
    return new Ends(num(least - 32 * Math.ulp(least)), num(most + 32 * Math.ulp(most)));
  }
  /** The range of an f that is the same for -t, and falls from 0 on. */
  static Ends peak(Ends t, java.util.function.DoubleUnaryOperator f) {
    BigDecimal near = t.nearest();
    return rising(new Ends(t.size().negate(), near.negate()), v -> f.applyAsDouble(-v)).atLeast(0);
  }
  static Ends tanh(Ends t) { return rising(t, StrictMath::tanh).atLeast(-1).atMost(1); }
  static Ends exp(Ends t) { return rising(t, StrictMath::exp).atLeast(0); }
  static Ends expm1(Ends below) { return rising(below, StrictMath::expm1).atLeast(-1).atMost(0); }
  static Ends sigmoid(Ends t) {
    return rising(t, v -> v < 0 ? StrictMath.exp(v) / (1 + StrictMath.exp(v)) : 1 / (1 + StrictMath.exp(-v)))
        .atLeast(0).atMost(1);
  }
  /** {@code log(1 + e^t)}, beyond 700 by 1e-300 at most above what is computed at 700, and the rest of t. */
  static Ends softplus(Ends t) {
    Ends near = rising(t.atMost(700), v -> StrictMath.log1p(StrictMath.exp(v))).atLeast(0);
    return near.plus(t.atLeast(700).plus(new Ends(num(-700))));
  }
  /** {@code e^-v / (1 + e^-v)^2}, the derivative of the sigmoid, which falls from v = 0 on. */
  static double bell(double v) {
    double e = StrictMath.exp(-v);
    return e / ((1 + e) * (1 + e));
  }
  /** The argument of gelu_tanh, which rises. */
  static Ends cubic(Ends t) { return new Ends(cubic(t.low).low, cubic(t.high).high); }
  static Ends cubic(BigDecimal x) { return LINEAR.plus(CUBIC.times(x.pow(2))).times(x); }
  /** The normal density: {@code x^2} is not rounded before it is an exponent. */
  static Ends density(Ends t) {
    BigDecimal far = t.size().pow(2).multiply(HALF).negate(), near = t.nearest().pow(2).multiply(HALF).negate();
    return exp(new Ends(far, near)).times(ROOT);
  }
  /**
   * The normal distribution P rises. Up to 2 it is {@code 1/2 + p(t) (t + t^3/3 + t^5/15 + t^7/105 + ...)} (by parts,
   * again and again): of 40 terms, as the next is below 1e-22, by Horner's rule, where all terms have one sign. Beyond,
   * {@code 1 - P = p M}, M(t) = 1/(t + 1/(t + 2/(t + 3/(t + ...)))) (Laplace), which falls. Its convergents are above
   * and below it in turn; the 100th and the next are within 1e-18 of each other at 2, where they converge most slowly.
   */
  static Ends normal(Ends t) { return new Ends(normal(t.low).low, normal(t.high).high); }
  static Ends normal(BigDecimal x) {
    if (x.abs().compareTo(num(2)) <= 0) { return rising(new Ends(x), Audit::half).plus(new Ends(HALF)); }
    Ends far = new Ends(x.abs()), tail = density(far).times(rising(far.negate(), Audit::mills)).atMost(0.5);
    return x.signum() < 0 ? tail : tail.negate().plus(new Ends(ONE));
  }
  static double half(double t) {
    double sum = 1;
    for (int k = 40; k > 0; k--) { sum = 1 + t * t / (2 * k + 1) * sum; }
    return 0.3989422804014327 * StrictMath.exp(-t * t / 2) * t * sum;
  }
  /** M(-t), for {@code t < 0}. */
  static double mills(double t) {
    double denominator = -t;
    for (int k = 100; k > 0; k--) { denominator = -t + k / denominator; }
    return 1 / denominator;
  }
  /**
   * The sine of t and so many quarter turns, {@code cos(pi v)}: monotone between integers v, where it is 1 if they are
   * even, else -1. A computed one is off by 2^-49 at most. Arguments from 2^20 on have no place.
   */
  static Ends sine(Ends t, int quarters) {
    if (t.size().compareTo(num(1 << 20)) >= 0) { return new Ends(MINUS, ONE); }
    BigDecimal first = halfTurns(t.low, quarters), last = halfTurns(t.high, quarters);
    BigDecimal least = first.setScale(0, RoundingMode.CEILING); // and the next integer: all others repeat these two
    Stream<BigDecimal> between = Stream.of(least, least.add(ONE)).filter(k -> k.compareTo(last) <= 0);
    return Stream.concat(Stream.of(first, last), between).map(Audit::cosine).reduce(Ends::hull).get();
  }
  static BigDecimal halfTurns(BigDecimal x, int quarters) {
    return x.divide(Circles.PI, MathContext.DECIMAL128).add(num((quarters - 1) / 2.0));
  }
  static Ends cosine(BigDecimal v) {
    BigDecimal k = v.setScale(0, RoundingMode.HALF_EVEN), sign = k.toBigInteger().testBit(0) ? MINUS : ONE;
    BigDecimal value = num(StrictMath.cos(Math.PI * v.subtract(k).doubleValue())).multiply(sign);
    return new Ends(value).plus(new Ends(num(-0x1p-49), num(0x1p-49))).atLeast(-1).atMost(1);
  }
  /** SOUNDNESS, "Local bounds": all derivatives inside of a range; where a function bends, those on both sides. */
  static Ends derivative(Item unit, Ends t) {
    BigDecimal p = num(parameter(unit));
    Ends one = new Ends(ONE), below = t.atMost(0);
    return switch (unit.text("name")) {
      case "tanh" -> peak(t, v -> 4 * bell(2 * v));
      case "sigmoid" -> peak(t, Audit::bell);
      case "softplus" -> sigmoid(t);
      case "softsign" -> one.over(ONE.add(t.size()).pow(2)).hull(one.over(ONE.add(t.nearest()).pow(2)));
      case "sin" -> sine(t, 1);
      case "elu" -> bent(t, exp(below).times(p), one);
      case "celu" -> bent(t, exp(below.over(p)), one);
      case "selu" -> bent(t, exp(below).times(SELU.multiply(BELOW)), new Ends(SELU));
      case "silu", "mish", "gelu", "gelu_tanh" -> parts(t).map(part -> ofPart(unit, part)).reduce(Ends::hull).get();
      default -> {
        boolean bend = t.low.compareTo(t.high) == 0 && bends(unit).stream().anyMatch(b -> b.compareTo(t.low) == 0);
        List<BigDecimal> all = bend ? List.of(t.low.subtract(ONE), t.low, t.low.add(ONE))
            : t.low.compareTo(t.high) == 0 ? List.of(t.low, t.high) : corners(t, bends(unit));
        IntStream pieces = IntStream.range(1, all.size());
        yield pieces.mapToObj(k -> piece(unit, all.get(k - 1), all.get(k))).reduce(Ends::hull).get();
      }
    };
  }
  static Ends bent(Ends t, Ends below, Ends above) {
    return t.high.signum() <= 0 ? below : t.low.signum() >= 0 ? above : below.hull(above);
  }
  static Ends piece(Item unit, BigDecimal a, BigDecimal b) {
    BigDecimal middle = a.add(b).multiply(HALF);
    boolean positive = middle.signum() > 0;
    return switch (unit.text("name")) {
      case "relu" -> new Ends(positive ? ONE : ZERO);
      case "leaky_relu" -> new Ends(positive ? ONE : num(parameter(unit)));
      case "abs" -> new Ends(num(middle.signum()));
      case "relu6" -> new Ends(positive && middle.compareTo(num(6)) < 0 ? ONE : ZERO);
      case "hard_tanh" -> new Ends(middle.abs().compareTo(ONE) < 0 ? ONE : ZERO);
      case "hard_sigmoid" -> middle.abs().compareTo(num(3)) < 0 ? new Ends(ONE).over(num(6)) : new Ends(ZERO);
      case "hard_swish" -> middle.abs().compareTo(num(3)) >= 0 ? new Ends(positive ? ONE : ZERO)
          : new Ends(a, b).over(num(3)).plus(new Ends(HALF));
      default -> throw unknown(unit);
    };
  }
  /** The 32 parts of a range. */
  static Stream<Ends> parts(Ends t) {
    BigDecimal step = t.high.subtract(t.low).multiply(num(0x1p-5));
    return step.signum() == 0 ? Stream.of(t) : IntStream.range(0, 32).mapToObj(k ->
        new Ends(t.low.add(step.multiply(num(k))), t.low.add(step.multiply(num(k + 1)))));
  }
  /** By the product rule, {@code g + t g'} of {@code t g(t)}; of silu, where g' = s(t) s(-t), with s(t) in front. */
  static Ends ofPart(Item unit, Ends t) {
    return switch (unit.text("name")) {
      case "silu" -> sigmoid(t).times(t.times(sigmoid(t.negate())).plus(new Ends(ONE)));
      case "gelu" -> normal(t).plus(t.times(density(t)));
      case "mish" -> {
        Ends s = softplus(t);
        yield tanh(s).plus(t.times(peak(s, v -> 4 * bell(2 * v))).times(sigmoid(t)));
      }
      case "gelu_tanh" -> {
        Ends w = cubic(t), squares = new Ends(t.nearest().pow(2), t.size().pow(2));
        Ends rise = LINEAR.plus(CUBIC.times(num(3)).times(squares));
        yield sigmoid(w).plus(t.times(rise).times(peak(w, Audit::bell)));
      }
      default -> throw unknown(unit);
    };
  }
  // ---------------------------------------------------------------- bounds on a box
  /** SOUNDNESS, "Local bounds": the units on the box of the claim; an element that does not move is a number. */
  static List<Item> onBox(Certificate c, List<Item> units, List<String> lower, List<String> upper) {
    require(!c.proves("ldlt construction"), "a local bound by the theorem, which knows no box");
    Item input = units.get(0);
    List<BigDecimal> low = lower.stream().map(end -> num(real(end))).toList();
    List<BigDecimal> high = upper.stream().map(end -> num(real(end))).toList();
    int n = input.size();
    require(isBox(low, high, n), "no interval for each element of the input");
    List<BigDecimal> least = input.has("lower") ? input.numbers("lower") : low;
    List<BigDecimal> most = input.has("upper") ? input.numbers("upper") : high;
    boolean inside = IntStream.range(0, n)
        .allMatch(i -> least.get(i).compareTo(low.get(i)) <= 0 && high.get(i).compareTo(most.get(i)) <= 0);
    require(inside, "a box beyond the declared intervals");
    Item boxed = new Item(new HashMap<>(input.members));
    boxed.members.put("lower", lower);
    boxed.members.put("upper", upper);
    List<Item> all = new ArrayList<>(List.of(boxed));
    List<String> factors = new ArrayList<>(), numbers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean moves = low.get(i).compareTo(high.get(i)) < 0;
      factors.add(moves ? "0x1.0p0" : "0x0.0p0");
      numbers.add(moves ? "0x0.0p0" : lower.get(i));
    }
    boolean fixed = factors.contains("0x0.0p0");
    if (fixed) {
      all.add(new Item(new HashMap<>(Map.of("operation", "affine", "operand", 0, "scale", factors, "shift", numbers,
          "size", n))));
    }
    moved(units.subList(1, units.size()), fixed ? 1 : 0, all);
    return all;
  }
  /** The slopes of each element or group of an activation: those on a box, where these are known. */
  static List<double[]> known(Item unit) {
    return unit.has("known") ? unit.get("known") : Collections.nCopies(unit.size() / groupSize(unit), slopes(unit));
  }
  /** Those that the elements of a row have in common: from the least to the largest. */
  static double[] common(Item unit, int first, int length) {
    if (!unit.has("known")) { return slopes(unit); }
    List<double[]> of = known(unit).subList(first, first + length);
    return slopes(of.stream().mapToDouble(s -> s[0]).min().getAsDouble(),
        of.stream().mapToDouble(s -> s[1]).max().getAsDouble());
  }
  /**
   * Notes the slopes of all activations: what they read is passed forward, cut by what cuts leave, then bounded
   * backward. No signals where no input leads there.
   */
  boolean sparing; // FORMAT, "A query": no bounds backward where a slope is known without
  List<List<Ends>> learn(List<Item> units) {
    List<Ends> x = box(units.get(0));
    List<List<Ends>> signals = new ArrayList<>();
    for (Item unit : units) {
      if (unit.is("activation") && !isLinear(unit)) {
        int read = unit.operands().get(0);
        spend((turns(unit).isEmpty() ? 60 : 3000) * BIG * unit.size(), "slopes and lines of many elements");
        List<Ends> z = new ArrayList<>();
        for (int i = 0; i < unit.size(); i++) {
          Ends t = signals.get(read).get(i);
          BigDecimal near = t.size().multiply(ROUNDED); // lipc rounds the ends before it asks
          double[] s = sparing ? slopes(unit, new Ends(t.low.subtract(near), t.high.add(near))) : new double[2];
          boolean known = sparing && isElementwise(unit) && s[0] == s[1];
          z.add(known ? t : bounded(units, signals, read, Map.of(i, ONE), t));
        }
        signals.set(read, z);
        if (isEmpty(z)) { return List.of(); }
        unit.members.put("known", isElementwise(unit) ? z.stream().map(t -> slopes(unit, t)).toList()
            : unit.is("name", "maxmin") || (groupSize(unit) == 2 && unit.is("name", "group_sort"))
            ? ofPairs(unit, units, signals) : known(unit));
        if (isElementwise(unit)) {
          List<double[]> s = known(unit);
          for (int sign : List.of(1, -1)) {
            IntStream all = IntStream.range(0, z.size());
            Stream<BigDecimal[]> lines = all.mapToObj(i -> line(unit, z.get(i), s.get(i), sign));
            unit.members.put(sign > 0 ? "below" : "above", lines.toList());
          }
        }
      }
      List<Ends> given = new ArrayList<>(range(unit, signals, x));
      for (int i = 0; i < given.size(); i++) {
        given.set(i, left.getOrDefault(List.of(signals.size(), i), ALL).and(given.get(i)));
      }
      signals.add(given);
      if (isEmpty(given)) { return List.of(); }
    }
    return signals;
  }
  /** Whether no input leads to values in all these ranges. */
  static boolean isEmpty(List<Ends> ranges) {
    return ranges.stream().anyMatch(range -> range.low.compareTo(range.high) > 0);
  }
  /** The sign of the difference of each pair that is sorted. */
  List<double[]> ofPairs(Item unit, List<Item> units, List<List<Ends>> signals) {
    List<double[]> signs = new ArrayList<>();
    List<Ends> z = signals.get(unit.operands().get(0));
    for (int k = 0; k < unit.size(); k += 2) {
      int u = Assembly.place(k, 2, unit.pixels()), v = Assembly.place(k + 1, 2, unit.pixels());
      Ends d = z.get(u).plus(z.get(v).times(MINUS));
      d = bounded(units, signals, unit.operands().get(0), Map.of(u, ONE, v, MINUS), d);
      signs.add(d.low.signum() >= 0 ? slopes(1, 1) : d.high.signum() <= 0 ? slopes(-1, -1) : slopes(-1, 1));
    }
    return signs;
  }
  /** The ends of a linear form of a unit's values, of which some are known. */
  Ends bounded(List<Item> units, List<List<Ends>> signals, int unit, Map<Integer, BigDecimal> form, Ends known) {
    Map<Integer, BigDecimal> opposite = new HashMap<>();
    form.forEach((i, a) -> opposite.put(i, a.negate()));
    BigDecimal low = least(units, signals, new TreeMap<>(Map.of(unit, new HashMap<>(form))));
    BigDecimal high = least(units, signals, new TreeMap<>(Map.of(unit, opposite))).negate();
    return new Ends(known.low.max(low), known.high.min(high));
  }
  /**
   * SOUNDNESS, "Local bounds": coefficients, by unit and element, are exact sums, cut to 30 digits; what the cut loses
   * is subtracted. They are used up.
   */
  BigDecimal least(List<Item> units, List<List<Ends>> signals, NavigableMap<Integer, Map<Integer, BigDecimal>> open) {
    BigDecimal bound = ZERO;
    while (!open.isEmpty()) {
      int j = open.lastKey();
      for (Map.Entry<Integer, BigDecimal> entry : open.remove(j).entrySet()) {
        int i = entry.getKey();
        BigDecimal a = rounded(entry.getValue(), NEAR);
        Ends h = signals.get(j).get(i);
        BigDecimal off = entry.getValue().subtract(a).abs().multiply(h.size());
        bound = rounded(bound.subtract(off), FLOOR);
        if (a.signum() != 0) { bound = rounded(bound.add(through(units, signals, j, i, a, open)), FLOOR); }
      }
    }
    return bound;
  }
  /** Puts {@code a h_i} of unit j into what the unit reads; gives what is left, rounded down. */
  BigDecimal through(List<Item> units, List<List<Ends>> signals, int j, int i, BigDecimal a,
      NavigableMap<Integer, Map<Integer, BigDecimal>> open) {
    Item unit = units.get(j);
    List<Integer> operands = unit.operands();
    spend(6 * BIG, "bounds through many units");
    if (unit.has("below")) {
      BigDecimal[] line = unit.<List<BigDecimal[]>>get(a.signum() > 0 ? "below" : "above").get(i);
      put(open, operands.get(0), i, a.multiply(line[0]));
      return a.multiply(line[1]);
    }
    if (!isLinear(unit)) { return signals.get(j).get(i).times(a).low; }
    spend(BIG * operands.size(), "bounds through many parts");
    int k = 0, from = 0, n = signals.get(operands.get(0)).size();
    for (Term term : row(unit, i)) {
      for (; term.element - from >= n; n = signals.get(operands.get(++k)).size()) { from += n; }
      put(open, operands.get(k), term.element - from, a.multiply(term.low));
    }
    return a.multiply(shift(unit, i));
  }
  static void put(Map<Integer, Map<Integer, BigDecimal>> open, int unit, int element, BigDecimal a) {
    open.computeIfAbsent(unit, k -> new HashMap<>()).merge(element, a, BigDecimal::add);
  }
  /** SOUNDNESS, "Local bounds": the slopes of a function between any two arguments of a range, as doubles outside. */
  static double[] slopes(Item unit, Ends t) {
    Ends own = derivative(unit, t).atLeast(slopes(unit)[0]).atMost(slopes(unit)[1]);
    double least = own.low.doubleValue(), most = own.high.doubleValue();
    return slopes(num(least).compareTo(own.low) > 0 ? Math.nextDown(least) : least,
        num(most).compareTo(own.high) < 0 ? Math.nextUp(most) : most);
  }
  /**
   * A line, slope and offset, that a function is above (or below: sign -1), over the range t: its extreme, by its slope
   * at an end, or by the chord of straight pieces, whichever is nearest in the middle; the first of those that are as
   * near but for 2^-30 of their terms.
   */
  static BigDecimal[] line(Item unit, Ends t, double[] s, int sign) {
    List<BigDecimal> slopes = new ArrayList<>(List.of(num(s[sign > 0 ? 0 : 1]), num(s[sign > 0 ? 1 : 0])));
    List<List<BigDecimal>> places = new ArrayList<>(List.of(List.of(t.low), List.of(t.high)));
    if (isStraight(unit) && t.low.compareTo(t.high) < 0) {
      BigDecimal rise = at(unit, t.high).low.subtract(at(unit, t.low).low);
      slopes.add(rise.divide(t.high.subtract(t.low), new MathContext(30)));
      places.add(corners(t, bends(unit)));
    }
    Ends values = over(unit, t);
    BigDecimal[] best = {ZERO, sign > 0 ? values.low : values.high};
    BigDecimal middle = t.low.add(t.high).multiply(HALF), reached = best[1];
    for (int k = 0; k < slopes.size(); k++) {
      BigDecimal offset = null;
      for (BigDecimal place : places.get(k)) {
        Ends value = at(unit, place);
        BigDecimal product = slopes.get(k).multiply(place);
        BigDecimal one = sign > 0 ? value.low.subtract(product, FLOOR) : value.high.subtract(product, CEIL);
        offset = offset == null ? one : sign > 0 ? offset.min(one) : offset.max(one);
      }
      BigDecimal at = slopes.get(k).multiply(middle).add(offset);
      BigDecimal size = slopes.get(k).abs().multiply(t.size()).add(offset.abs());
      BigDecimal nearer = sign > 0 ? at.subtract(reached) : reached.subtract(at);
      if (nearer.compareTo(size.multiply(num(0x1p-30))) > 0) {
        best = new BigDecimal[] {slopes.get(k), offset};
        reached = at;
      }
    }
    return best;
  }
  // ---------------------------------------------------------------- derivatives on a box
  /** SOUNDNESS, "Derivatives": on each leaf of the box, what the certificate claims. */
  void checkRows(Certificate c, List<Item> units) {
    Item proof = c.proofs.get(0);
    boolean bare = Stream.of("gains", "segmentations", "multipliers").allMatch(records -> proof.list(records).isEmpty())
        && Stream.of("rows", "torus", "twist", "head").noneMatch(proof::has);
    require(bare, "records beside derivatives");
    List<String> words = proof.has("boxes") ? proof.list("boxes") : List.of("leaf");
    require(!proof.has("boxes") || !words.equals(List.of("leaf")), "a list of a single leaf");
    for (Item trend : c.monotone ? c.item.items("trends") : List.<Item>of()) {
      boolean fits = isAscending(trend.list("inputs"), c.inputs()) && isAscending(trend.list("outputs"), c.outputs());
      require(fits, "a trend of other elements, or not in order");
    }
    boolean each = c.item.list("slopes").size() == c.inputs() && isAscending(c.item.list("outputs"), c.outputs());
    require(c.monotone ? !c.item.items("trends").isEmpty() : !c.derived || each, "no trend, or slopes of others");
    checkParts(c, units, words);
  }
  void checkParts(Certificate c, List<Item> units, List<String> words) {
    require(words.size() < 2_000_000, "more than a million boxes");
    List<BigDecimal> low = units.get(0).numbers("lower"), high = units.get(0).numbers("upper");
    for (int i = 0; i < low.size(); i++) { left.put(List.of(0, i), new Sides(low.get(i), high.get(i))); }
    sparing = c.asks;
    if (c.asks) {
      long weights = c.item.items("tensors").stream().mapToLong(t -> volume(t.list("shape"))).sum();
      work += (long) (100 * BIG * weights * (words.size() / 2 + 1)); // a longer text may take longer
      assume(c.query.rule);
    }
    Iterator<String> further = words.iterator();
    checkBoxes(c, units, further, 0);
    left.clear();
    require(!further.hasNext(), "boxes behind the last one");
  }
  static boolean isAscending(List<Integer> numbers, int below) {
    boolean within = !numbers.isEmpty() && numbers.get(0) >= 0 && numbers.get(numbers.size() - 1) < below;
    return within && IntStream.range(1, numbers.size()).allMatch(k -> numbers.get(k - 1) < numbers.get(k));
  }
  /** The values of an element that cuts leave; a side that is null is open. */
  record Sides(BigDecimal low, BigDecimal high) {
    boolean hold(BigDecimal at) {
      return (low == null || low.compareTo(at) < 0) && (high == null || at.compareTo(high) < 0);
    }
    Ends and(Ends known) {
      return new Ends(low == null ? known.low : known.low.max(low), high == null ? known.high : known.high.min(high));
    }
    Sides and(Sides b) {
      return new Sides(low == null ? b.low : b.low == null ? low : low.max(b.low),
          high == null ? b.high : b.high == null ? high : high.min(b.high));
    }
  }
  static final Sides ALL = new Sides(null, null);
  final Map<List<Integer>, Sides> left = new HashMap<>(); // by the numbers of the unit and of the element
  /** FORMAT, "Rows": a part before its two parts, which have what lies on the cut in common. */
  void checkBoxes(Certificate c, List<Item> units, Iterator<String> further, int depth) {
    require(further.hasNext() && depth <= 200, "too few boxes, or cut too often");
    String word = further.next();
    if (word.equals("leaf") || word.equals("vertices")) {
      checkLeaf(c, units, word.equals("vertices"));
      return;
    }
    List<String> said = List.of(word.split(" ", -1));
    if (said.get(0).equals("lines")) {
      require(c.asks, "lines that only a query may have");
      List<List<Ends>> signals = learn(units);
      takeLines(units, signals, said.subList(1, said.size()));
      checkQuery(c.query, units, signals);
      return;
    }
    if (said.get(0).equals("empty")) {
      checkEmpty(units, said.subList(1, said.size()));
      return;
    }
    int n = said.size(), unit = n > 2 ? Integer.parseInt(said.get(0)) : 0;
    int i = Integer.parseInt(said.get(Math.max(0, n - 2)));
    double at = real(said.get(n - 1));
    String only = (unit > 0 ? unit + " " : "") + i + " " + Double.toHexString(at);
    boolean there = unit >= 0 && unit < units.size() && i >= 0 && i < units.get(unit).size() && word.equals(only);
    require(there, "a cut of an element that is not there, or not written so");
    // Behind a call that stays no values are known.
    require(unit == 0 || units.stream().noneMatch(u -> u.is("call")), "a cut of a unit that is not known");
    List<Integer> place = List.of(unit, i);
    Sides sides = left.getOrDefault(place, ALL);
    require(sides.hold(num(at)), "a cut that is not within its interval");
    left.put(place, new Sides(sides.low, num(at)));
    checkBoxes(c, units, further, depth + 1);
    left.put(place, new Sides(num(at), sides.high));
    checkBoxes(c, units, further, depth + 1);
    left.put(place, sides);
  }
  /** SOUNDNESS, "A part without an input": the least of a sum, by ranges, is above its most, by lines. */
  void checkEmpty(List<Item> units, List<String> said) {
    require(units.stream().noneMatch(u -> u.is("call")), "a sum of units that are not known");
    TreeMap<Integer, TreeMap<Integer, Double>> sum = new TreeMap<>();
    for (int k = 0; k + 2 < said.size(); k += 3) {
      sum.computeIfAbsent(Integer.parseInt(said.get(k)), unit -> new TreeMap<>())
          .put(Integer.parseInt(said.get(k + 1)), real(said.get(k + 2)));
    }
    List<String> only = new ArrayList<>();
    TreeMap<Integer, Map<Integer, BigDecimal>> opposite = new TreeMap<>();
    List<List<Ends>> signals = learn(units);
    BigDecimal low = ZERO, size = ZERO;
    for (int unit : sum.keySet()) {
      for (int i : sum.get(unit).keySet()) {
        boolean there = unit > 0 && unit < units.size() && i >= 0 && i < units.get(unit).size();
        BigDecimal factor = num(sum.get(unit).get(i));
        require(there && factor.signum() != 0, "a sum with an element that is not there, or with none");
        only.addAll(List.of("" + unit, "" + i, Double.toHexString(factor.doubleValue())));
        put(opposite, unit, i, factor.negate());
        Ends value = signals.isEmpty() ? new Ends(ZERO) : signals.get(unit).get(i).times(factor);
        low = rounded(low.add(value.low), FLOOR);
        size = rounded(size.add(value.size()), CEIL);
      }
    }
    require(!said.isEmpty() && said.equals(only), "a sum that is not written so");
    if (signals.isEmpty()) { return; } // no input leads there
    BigDecimal over = least(units, signals, opposite).negate().subtract(low);
    boolean near = over.signum() >= 0 && over.compareTo(size.multiply(isCurved(units) ? ROUNDED : CUT)) < 0;
    if (near) { throw new Stop("NOT DECIDED: " + CUT_WORDS); }
    require(over.signum() < 0, "a part that may have an input");
  }
  static boolean isCurved(List<Item> units) {
    return units.stream().anyMatch(u -> u.is("name", "softmax")
        || (u.is("activation") && !isLinear(u) && isElementwise(u) && !isStraight(u)));
  }
  /** By these shares what is met exactly may be missed: of 30 digits, and of the ulps of functions that are rounded. */
  static final BigDecimal CUT = new BigDecimal("1e-20"), ROUNDED = new BigDecimal("1e-8");
  static final String CUT_WORDS = "derivatives that are cut to 30 digits, or of rounded functions";
  /** SOUNDNESS, "Ranges on parts": that of each output, also by lines that are passed backward. */
  void checkOutputs(Certificate c, List<Item> units) {
    List<List<Ends>> signals = learn(units);
    int last = units.size() - 1;
    if (signals.isEmpty()) { return; } // no input leads there
    List<Ends> outputs = IntStream.range(0, c.outputs())
        .mapToObj(i -> bounded(units, signals, last, Map.of(i, ONE), signals.get(last).get(i))).toList();
    if (!isEmpty(outputs)) { checkWithin(c, signals, outputs, isCurved(units) ? ROUNDED : CUT); }
  }
  static void checkWithin(Certificate c, List<List<Ends>> signals, List<Ends> outputs, BigDecimal share) {
    BigDecimal size = signals.stream().flatMap(List::stream).map(Ends::size).reduce(ONE, BigDecimal::max);
    for (int i = 0; i < outputs.size(); i++) {
      Ends y = outputs.get(i);
      BigDecimal over = c.item.number("lower").subtract(y.low).max(y.high.subtract(c.item.number("upper")));
      boolean near = over.signum() > 0 && over.compareTo(size.multiply(share)) < 0;
      if (near) { throw new Stop("NOT DECIDED: outputs that are cut to 30 digits, or of rounded functions"); }
      require(over.signum() <= 0, "output " + i + " is only known to be in [" + y.low + ", " + y.high + "]");
    }
  }
  void checkLeaf(Certificate c, List<Item> units, boolean vertices) {
    require(!(c.range || c.asks) || !vertices, "vertices of values");
    if (c.range || c.asks) {
      if (c.asks) { checkQuery(c.query, units, learn(units)); } else { checkOutputs(c, units); }
      return;
    }
    // Behind a call no values are known: slopes are then those for all inputs.
    boolean calls = units.stream().anyMatch(unit -> unit.is("call"));
    if (!calls && learn(units).isEmpty()) { return; } // no input leads there
    Derivatives derivatives = new Derivatives(units);
    Map<List<Integer>, Term> free = vertices ? derivatives.free() : Map.of();
    require(free.size() <= 10, free.size() + " free slopes");
    for (int choice = 0; choice < 1 << free.size(); choice++) {
      derivatives.choose(free, choice);
      checkDerivatives(c, units, derivatives, vertices);
    }
  }
  void checkDerivatives(Certificate c, List<Item> units, Derivatives derivatives, boolean vertices) {
    boolean curved = isCurved(units);
    BigDecimal reached = ZERO, share = curved ? ROUNDED : CUT;
    List<List<Ends>> rows = new ArrayList<>();
    for (int j = 0; j < c.outputs(); j++) {
      int output = j;
      List<Item> all = c.monotone ? c.item.items("trends") : List.of(c.item); // SOUNDNESS, "Slopes": one of all inputs
      List<Item> own = all.stream().filter(t -> t.<Integer>list("outputs").contains(output)).toList();
      if (c.derived && own.isEmpty()) { continue; }
      derivatives.of(j);
      for (Item of : own) {
        List<BigDecimal> slopes = of.numbers("slopes");
        for (int i : of.has("trend") ? of.<Integer>list("inputs") : IntStream.range(0, c.inputs()).boxed().toList()) {
          Ends s = derivatives.byInput(i);
          BigDecimal against = of.is("trend", "increasing") ? s.low.negate() : s.high;
          BigDecimal over = of.has("trend") ? against : s.size().subtract(slopes.get(i));
          BigDecimal size = curved ? s.size() : of.has("trend") ? ONE : ONE.max(slopes.get(i));
          boolean near = over.signum() > 0 && over.compareTo(size.multiply(share).max(CUT)) < 0;
          if (near) { throw new Stop("NOT DECIDED: " + CUT_WORDS); }
          require(over.signum() <= 0, "output " + j + " has a slope in [" + s.low + ", " + s.high + "] by input " + i);
        }
      }
      if (vertices && !c.derived && !c.fromLinf() && !c.toLinf()) {
        rows.add(IntStream.range(0, c.inputs()).mapToObj(derivatives::byInput).toList());
        continue;
      }
      BigDecimal row = c.derived ? ZERO : derivatives.squaredNorm(c.fromLinf());
      reached = c.toLinf() ? reached.max(row) : reached.add(row);
    }
    BigDecimal square = c.bound.pow(2);
    boolean near = reached.compareTo(square) > 0 && reached.compareTo(square.multiply(ONE.add(share))) <= 0;
    if (near) { throw new Stop("NOT DECIDED: " + CUT_WORDS); }
    require(reached.compareTo(square) <= 0, "the derivatives on a box are above the bound");
    if (!rows.isEmpty()) { checkLength(rows, c.bound); }
  }
  /** SOUNDNESS, "Vertices": no matrix M in these ranges is longer than b, as [b I, M'; M, b I] is positive. */
  void checkLength(List<List<Ends>> rows, BigDecimal bound) {
    Map<Integer, Form> matrix = new TreeMap<>();
    BigDecimal rest = bound;
    int n = rows.get(0).size();
    for (int k = 0; k < n + rows.size(); k++) {
      matrix.put(k, new Form(1));
      for (int i = 0; i < n && k >= n; i++) {
        Ends range = rows.get(k - n).get(i);
        rest = rest.subtract(range.high.subtract(range.low), FLOOR);
        matrix.get(k).put(i, range.low);
      }
    }
    for (int k : matrix.keySet()) { matrix.get(k).put(k, rest); }
    positive(matrix, 0, ONE, null, "the bound beside the derivatives on a box");
  }
  /**
   * SOUNDNESS, "Derivatives": all elements in one list, each a sum of terms of earlier ones; and ranges of the
   * derivative of one output by each of them.
   */
  final class Derivatives {
    final List<List<Term>> terms = new ArrayList<>();
    /** The terms in which an element stands; their number is that of the sum. */
    final List<List<Term>> readers = new ArrayList<>();
    final int inputs;
    /** The numbers of the outputs; units of pairs do not add theirs one after the other. */
    final List<Integer> outputs;
    Ends[] g = {};
    int output;
    Derivatives(List<Item> units) {
      List<List<Integer>> numbers = new ArrayList<>();
      for (Item unit : units) {
        List<Integer> own = new ArrayList<>();
        List<Integer> z = unit.operands().stream().map(numbers::get).flatMap(List::stream).toList();
        if (unit.is("activation") && !isLinear(unit)) {
          activation(unit, z, own);
        } else {
          require(!unit.is("max_pool"), "derivatives of max_pool");
          for (int i = 0; i < unit.size(); i++) { own.add(add(unit.is("input") ? List.of() : terms(unit, i, z))); }
        }
        numbers.add(own);
      }
      this.inputs = units.get(0).size();
      this.outputs = numbers.get(numbers.size() - 1);
    }
    /** The terms with more than one slope, by the numbers of their sum and of the term in it. */
    Map<List<Integer>, Term> free() {
      Map<List<Integer>, Term> free = new LinkedHashMap<>();
      for (int e = 0; e < terms.size(); e++) {
        for (int k = 0; k < terms.get(e).size(); k++) {
          Term t = terms.get(e).get(k);
          if (t.low.compareTo(t.high) < 0) { free.put(List.of(e, k), t); }
        }
      }
      return free;
    }
    /** Puts each of these slopes at one end, by the bits of a number. */
    void choose(Map<List<Integer>, Term> free, int choice) {
      int bit = 0;
      for (List<Integer> at : free.keySet()) {
        Term t = free.get(at);
        BigDecimal end = (choice >> bit++) % 2 == 0 ? t.low : t.high;
        terms.get(at.get(0)).set(at.get(1), new Term(t.element, end, end));
        List<Term> read = readers.get(t.element);
        for (int r = 0; r < read.size(); r++) {
          if (read.get(r).element == at.get(0)) { read.set(r, new Term(at.get(0), end, end)); }
        }
      }
    }
    /** An element of a call moves by at most the bound times what moves, in either norm. */
    List<Term> terms(Item unit, int i, List<Integer> z) {
      if (isLinear(unit)) { return row(unit, i).stream().map(t -> new Term(z.get(t.element), t.low)).toList(); }
      BigDecimal most = unit.<Certificate>get("callee").bound;
      return z.stream().map(e -> new Term(e, most.negate(), most)).toList();
    }
    int add(List<Term> sum) {
      terms.add(new ArrayList<>(sum));
      readers.add(new ArrayList<>());
      sum.forEach(t -> readers.get(t.element).add(new Term(terms.size() - 1, t.low, t.high)));
      return terms.size() - 1;
    }
    static Term term(int element, double a) { return new Term(element, num(a)); }
    void activation(Item unit, List<Integer> z, List<Integer> own) {
      List<double[]> s = known(unit);
      boolean pairs = List.of("maxmin", "group_sort", "householder").contains(unit.text("name"));
      boolean single = !isElementwise(unit) && groupSize(unit) == 1; // softmax is 1 then, layer_norm 0
      boolean alone = single && !unit.is("name", "l2_normalize");
      boolean known = single || isElementwise(unit) || (pairs && groupSize(unit) == 2);
      require(known, "derivatives of " + shown(unit.text("name")));
      if (single || isElementwise(unit)) {
        for (int i = 0; i < z.size(); i++) {
          own.add(add(alone ? List.of() : List.of(new Term(z.get(i), num(s.get(i)[0]), num(s.get(i)[1])))));
        }
        return;
      }
      Integer[] all = new Integer[z.size()];
      for (int k = 0; k < all.length; k += 2) {
        int first = Assembly.place(k, 2, unit.pixels()), second = Assembly.place(k + 1, 2, unit.pixels());
        int u = z.get(first), v = z.get(second);
        if (unit.is("name", "householder")) { // y = z + 2 v r, r = s p, p = -v'z
          double a = unit.reals("parameters").get(0), b = unit.reals("parameters").get(1);
          int r = add(List.of(new Term(add(List.of(term(u, -a), term(v, -b))), ZERO, ONE)));
          all[first] = add(List.of(term(u, 1), new Term(r, num(a).multiply(num(2)), num(a).multiply(num(2)))));
          all[second] = add(List.of(term(v, 1), new Term(r, num(b).multiply(num(2)), num(b).multiply(num(2)))));
          continue;
        }
        double[] sign = s.get(k / 2); // y = (u + v + r) / 2, (u + v - r) / 2, r = s (u - v)
        int r = add(List.of(new Term(add(List.of(term(u, 1), term(v, -1))), num(sign[0]), num(sign[1]))));
        for (int side : new int[] {1, -1}) {
          boolean one = sign[0] == sign[1];
          List<Term> sum = List.of(term(u, 0.5), term(v, 0.5), term(r, 0.5 * side));
          all[side > 0 ? first : second] = add(one ? List.of(term(sign[0] * side > 0 ? u : v, 1)) : sum);
        }
      }
      own.addAll(List.of(all));
    }
    /** Finds the ranges for an output: from the last element to the first, each cut where a slope is free. */
    void of(int j) {
      output = outputs.get(j);
      g = new Ends[terms.size()];
      Arrays.fill(g, new Ends(ZERO, ZERO));
      g[output] = new Ends(ONE, ONE);
      for (int e = g.length - 1; e >= inputs; e--) {
        List<Term> sum = terms.get(e);
        spend(8 * BIG * sum.size(), "derivatives");
        if (sum.stream().anyMatch(t -> t.low.compareTo(t.high) < 0)) { g[e] = cut(e); }
        if (g[e].low.signum() == 0 && g[e].high.signum() == 0) { continue; }
        for (Term t : sum) {
          g[t.element] = g[t.element].plus(g[e].times(new Ends(t.low, t.high)));
        }
      }
    }
    Ends byInput(int i) { return cut(i); }
    Ends cut(int e) {
      return new Ends(g[e].low.max(least(Map.of(e, ONE))), g[e].high.min(least(Map.of(e, MINUS)).negate()));
    }
    /** A number that the form of derivatives is not below: coefficients go forward, cut to 30 digits. */
    BigDecimal least(Map<Integer, BigDecimal> form) {
      TreeMap<Integer, BigDecimal> open = new TreeMap<>(form);
      BigDecimal bound = ZERO;
      while (!open.isEmpty()) {
        int e = open.firstKey();
        BigDecimal exact = open.remove(e), a = rounded(exact, NEAR);
        bound = rounded(bound.subtract(exact.subtract(a).abs().multiply(g[e].size())), FLOOR);
        if (e == output) { bound = rounded(bound.add(a), FLOOR); }
        spend(4 * BIG * readers.get(e).size(), "derivatives of derivatives");
        for (Term t : a.signum() == 0 ? List.<Term>of() : readers.get(e)) {
          BigDecimal[] line = line(t, g[t.element], a.signum());
          open.merge(t.element, a.multiply(line[0]), BigDecimal::add);
          bound = rounded(bound.add(a.multiply(line[1])), FLOOR);
        }
      }
      return bound;
    }
    /** A line of g that all products with a slope of the term are above (below, if the sign is -1). */
    static BigDecimal[] line(Term t, Ends g, int sign) {
      BigDecimal right = sign > 0 ? t.low : t.high, left = sign > 0 ? t.high : t.low;
      boolean one = right.compareTo(left) == 0 || g.low.signum() >= 0 || g.high.signum() <= 0;
      if (one) { return new BigDecimal[] {g.low.signum() >= 0 ? right : left, ZERO}; }
      BigDecimal rise = right.multiply(g.high).subtract(left.multiply(g.low));
      BigDecimal slope = rise.divide(g.high.subtract(g.low), new MathContext(30));
      BigDecimal first = left.subtract(slope).multiply(g.low), last = right.subtract(slope).multiply(g.high);
      return new BigDecimal[] {slope, sign > 0 ? first.min(last) : first.max(last)};
    }
    /** The squared norm of the row, rounded up; from linf, the whole sum of magnitudes is below a sum of lines too. */
    BigDecimal squaredNorm(boolean fromLinf) {
      BigDecimal squares = ZERO, sum = ZERO, offsets = ZERO;
      Map<Integer, BigDecimal> form = new HashMap<>();
      for (int i = 0; i < inputs; i++) {
        Ends slope = byInput(i);
        BigDecimal most = slope.size();
        squares = squares.add(most.multiply(most), CEIL);
        sum = sum.add(most, CEIL);
        BigDecimal[] line = line(new Term(i, MINUS, ONE), slope, -1);
        form.put(i, line[0].negate());
        offsets = offsets.add(line[1], CEIL);
      }
      if (!fromLinf) { return squares; }
      sum = sum.min(offsets.subtract(least(form), CEIL));
      return sum.multiply(sum, CEIL);
    }
  }
  // ---------------------------------------------------------------- queries
  /** A part of a query, as VNN-LIB says it: `and`, `or` with members, or a comparison of a sum and a number. */
  record Formula(String word, List<Formula> members, SortedMap<Long, BigDecimal> terms, BigDecimal bound) {}
  /** FORMAT, "A query": the same; a comparison has the unit and element of an input or a row, unless all cancels. */
  record Rule(String word, List<Rule> members, List<Integer> place, Ratio bound) {
    boolean isOfInput() { return place != null && place.get(0) == 0; }
  }
  /** A fraction of two numbers; the second one is positive. */
  record Ratio(BigDecimal above, BigDecimal below) implements Comparable<Ratio> {
    @Override public int compareTo(Ratio b) { return above.multiply(b.below).compareTo(b.above.multiply(below)); }
    /** The least double that is not below it, or the largest that is not above it: the nearest one or its neighbour. */
    double outward(boolean up) {
      double near = Math.max(-Double.MAX_VALUE, Math.min(above.divide(below, NEAR).doubleValue(), Double.MAX_VALUE));
      int side = new Ratio(num(near), ONE).compareTo(this);
      return 0.0 + (up && side < 0 ? Math.nextUp(near) : !up && side > 0 ? Math.nextDown(near) : near);
    }
    /** That double, or null where there is none. */
    BigDecimal end(boolean up) { return Double.isInfinite(outward(up)) ? null : num(outward(up)); }
  }
  /**
   * A query of one network, input and output, of reals, character by character: VNN-LIB 1.0, 2.0 and 2.1, and numbers
   * with exponents. All else is refused: inputs by default, hidden nodes, floats, products of elements.
   */
  final class Query {
    static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");
    static final String OTHER = "another question than about one network of reals with one input and one output";
    /** The number in a sum that is no element's; those of outputs are at least OUTPUT. */
    static final long CONSTANT = -1, OUTPUT = 1L << 32;
    final String text;
    int at, atoms;
    String token = "", version = "<1.0>";
    /** The names of the network, of its input and of its output; then the shapes of these two. */
    final List<String> names = new ArrayList<>();
    final List<List<Integer>> shapes = new ArrayList<>();
    final TreeSet<Long> declared = new TreeSet<>(); // in version 1.0
    final Formula formula;
    /** The rows, by the factors of elements, in the order in which they are named. */
    final List<SortedMap<Long, BigInteger>> rows = new ArrayList<>();
    final Map<String, Integer> numbers = new TreeMap<>(); // of rows, by their text: hashes can be made to meet
    Rule rule;
    Query(String text) {
      this.text = text;
      spend(8.0 * text.length(), "a long query");
      List<Formula> asserted = new ArrayList<>();
      next();
      for (int k = 0; !token.isEmpty(); k++) {
        take("(");
        boolean flat = version.equals("<1.0>"), begun = flat || !names.isEmpty();
        switch (next()) {
          case "vnnlib-version" -> {
            version = next();
            expect(k == 0 && List.of("<1.0>", "<2.0>", "<2.1>").contains(version), "a version");
          }
          case "declare-const" -> {
            expect(flat && declared.add(number(next())), "a name that is declared twice, or with its network");
            expect(next().equalsIgnoreCase("real"), OTHER);
          }
          case "declare-network" -> {
            expect(!flat && !begun, OTHER);
            network();
          }
          case "assert" -> {
            expect(begun, "what is asserted of no network");
            asserted.add(formula(0));
          }
          default -> expect(false, "a command");
        }
        take(")");
      }
      expect(!asserted.isEmpty(), "a query that asserts nothing");
      formula = joined("and", asserted);
      if (!version.equals("<1.0>")) { return; }
      names.addAll(List.of("N", "X", "Y"));
      for (SortedSet<Long> all : List.of(declared.headSet(OUTPUT), declared.tailSet(OUTPUT))) {
        expect(!all.isEmpty() && all.last() % OUTPUT == all.size() - 1, "elements that are not declared");
        shapes.add(List.of(all.size()));
      }
    }
    void expect(boolean found, String what) {
      if (found) { return; }
      long line = 1 + text.chars().limit(at).filter(c -> c == '\n').count();
      throw new Stop("REJECTED: no query, or one that is not known here: " + what + " before the end of line " + line);
    }
    void take(String expected) { expect(next().equals(expected), "no " + expected); }
    /** Goes on to the next bracket, comma or word, which is empty at the end, and gives the one before. */
    String next() {
      String before = token;
      for (boolean comment = false; at < text.length(); at++) {
        char c = text.charAt(at);
        if (!comment && " \t\r\n;".indexOf(c) < 0) { break; }
        expect(c != '\r' || text.startsWith("\n", at + 1), "a carriage return that ends a line");
        comment = c == ';' || (comment && c != '\n');
      }
      int from = at;
      while (at < text.length() && text.charAt(at) > ' ' && "()[],;".indexOf(text.charAt(at)) < 0) { at++; }
      at += at == from && at < text.length() ? 1 : 0;
      expect(at - from <= 2000, "a long word");
      token = text.substring(from, at);
      return before;
    }
    /** Where the digits end that begin there. */
    static int digits(String word, int from) {
      int end = from;
      while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') { end++; }
      return end;
    }
    int index(String word) {
      int end = digits(word, 0);
      boolean whole = end > 0 && end < 10 && end == word.length() && (end == 1 || word.charAt(0) != '0');
      expect(whole, "no index or extent");
      return Integer.parseInt(word);
    }
    List<Integer> indices() {
      List<Integer> all = new ArrayList<>();
      take("[");
      while (!token.equals("]")) {
        if (!all.isEmpty()) { take(","); }
        all.add(index(next()));
      }
      next();
      return all;
    }
    void name() {
      boolean plain = isName(token) && token.indexOf('.') < 0 && !token.startsWith("_");
      expect(plain && !names.contains(token), "no name, or one that is declared twice");
      names.add(next());
    }
    void network() {
      name();
      for (String role : List.of("declare-input", "declare-output")) {
        take("(");
        expect(next().equals(role), OTHER);
        name();
        expect(next().equalsIgnoreCase("real"), OTHER);
        shapes.add(indices());
        double size = shapes.get(shapes.size() - 1).stream().mapToDouble(n -> n).reduce(1, (a, b) -> a * b);
        boolean deep = shapes.get(shapes.size() - 1).size() > 32;
        expect(size >= 1 && size <= 1e8 && !deep, "a tensor without elements, or with too many");
        take(")");
      }
    }
    /** The number of an element, whose name has been read. */
    long number(String name) {
      if (version.equals("<1.0>")) {
        expect(name.startsWith("X_") || name.startsWith("Y_"), "no name of an element");
        return index(name.substring(2)) + (name.startsWith("Y") ? OUTPUT : 0);
      }
      int tensor = names.lastIndexOf(name) - 1;
      expect(tensor >= 0, "a name that is not declared");
      List<Integer> shape = shapes.get(tensor), at = shape.isEmpty() ? List.of() : indices();
      expect(at.size() == shape.size(), "more or fewer indices than extents");
      long number = 0;
      for (int k = 0; k < at.size(); k++) {
        expect(at.get(k) < shape.get(k), "an index that is too large");
        number = number * shape.get(k) + at.get(k);
      }
      return number + tensor * OUTPUT;
    }
    BigDecimal decimal(String word) {
      int from = word.startsWith("-") ? 1 : 0, end = digits(word, from);
      boolean whole = end > from && (end == from + 1 || word.charAt(from) != '0');
      if (word.startsWith(".", end)) {
        int places = digits(word, end + 1);
        whole &= places > end + 1;
        end = places;
      }
      if (word.startsWith("e", end) || word.startsWith("E", end)) {
        int behind = end + (word.startsWith("-", end + 1) || word.startsWith("+", end + 1) ? 2 : 1);
        end = digits(word, behind);
        whole &= end > behind && end <= behind + 4;
      }
      expect(whole && end == word.length(), "no number");
      int power = Math.max(word.indexOf('e'), word.indexOf('E'));
      expect(power < 0 || !isNamed(word.substring(power)), "a number with an exponent that is a name");
      return known(new BigDecimal(word).stripTrailingZeros());
    }
    BigDecimal known(BigDecimal a) {
      boolean within = a.precision() - a.scale() < 310 && a.abs().compareTo(num(Double.MAX_VALUE)) <= 0;
      expect(a.scale() <= 1300 && within, "a number beyond doubles, or too long");
      return a;
    }
    /** The factors of elements in an expression, by number, zeros too: an element that cancels is still there. */
    SortedMap<Long, BigDecimal> sum(int depth) {
      expect(depth < 1000, "what is nested too deep");
      SortedMap<Long, BigDecimal> sum = new TreeMap<>();
      String word = next();
      if (!word.equals("(")) {
        boolean named = isName(word) && !word.startsWith("_");
        long number = named ? number(word) : CONSTANT;
        expect(!named || !version.equals("<1.0>") || declared.contains(number), "a name that is not declared");
        sum.put(number, named ? ONE : decimal(word));
        return sum;
      }
      String sign = next();
      expect(List.of("+", "-", "*").contains(sign), "no sum or product");
      int operands = 0;
      do {
        SortedMap<Long, BigDecimal> one = sum(depth + 1);
        boolean product = operands > 0 && sign.equals("*");
        if (product) { sum = product(sum, one); } else { add(sum, one, operands > 0 && sign.equals("-")); }
        operands++;
      } while (!token.equals(")"));
      next();
      return sign.equals("-") && operands == 1 ? product(sum, new TreeMap<>(Map.of(CONSTANT, MINUS))) : sum;
    }
    void add(SortedMap<Long, BigDecimal> sum, SortedMap<Long, BigDecimal> one, boolean minus) {
      spend(2 * BIG * one.size(), "long sums of a query");
      one.forEach((k, a) -> sum.merge(k, minus ? a.negate() : a, (b, c) -> known(b.add(c))));
    }
    SortedMap<Long, BigDecimal> product(SortedMap<Long, BigDecimal> one, SortedMap<Long, BigDecimal> other) {
      boolean first = one.lastKey() == CONSTANT;
      expect(first || other.lastKey() == CONSTANT, "a product of elements");
      SortedMap<Long, BigDecimal> sum = first ? other : one;
      BigDecimal factor = (first ? one : other).get(CONSTANT);
      spend(2 * BIG * sum.size(), "long sums of a query");
      sum.entrySet().forEach(term -> term.setValue(known(term.getValue().multiply(factor))));
      return sum;
    }
    Formula formula(int depth) {
      expect(depth < 1000, "what is nested too deep");
      take("(");
      String word = next();
      if (word.equals("and") || word.equals("or")) {
        List<Formula> members = new ArrayList<>();
        do { members.add(formula(depth + 1)); } while (!token.equals(")"));
        next();
        return joined(word, members);
      }
      expect(COMPARISONS.contains(word) && ++atoms <= 1_000_000, "no comparison, or too many");
      SortedMap<Long, BigDecimal> sum = sum(depth);
      add(sum, sum(depth), true);
      take(")");
      expect(sum.lastKey() != CONSTANT, "a comparison of numbers");
      BigDecimal constant = sum.getOrDefault(CONSTANT, ZERO);
      sum.remove(CONSTANT);
      sum.values().removeIf(a -> a.signum() == 0);
      return new Formula(word, List.of(), sum, constant.negate());
    }
    /** Members of the same word are joined, and a single one stands alone. */
    Formula joined(String word, List<Formula> members) {
      List<Formula> all = new ArrayList<>();
      members.forEach(one -> all.addAll(one.word.equals(word) ? one.members : List.of(one)));
      spend(8.0 * all.size(), "a query that is nested deep");
      return all.size() == 1 ? all.get(0) : new Formula(word, all, new TreeMap<>(), ZERO);
    }
    /** FORMAT, "A query": the only text that says it. */
    List<String> lines() {
      boolean flat = version.equals("<1.0>");
      List<String> lines = new ArrayList<>(List.of("(vnnlib-version " + version + ")"));
      declared.forEach(k -> lines.add("(declare-const " + named(k) + " Real)"));
      if (!flat) { lines.add("(declare-network " + names.get(0)); }
      for (int k = 0; k < (flat ? 0 : 2); k++) {
        String shape = shapes.get(k).toString().replace(" ", "");
        lines.add("  (declare-" + (k == 0 ? "input " : "output ") + names.get(k + 1) + " real " + shape + ")");
      }
      if (!flat) { lines.add(")"); }
      for (Formula one : formula.word.equals("and") ? formula.members : List.of(formula)) {
        lines.add(write(one, new StringBuilder("(assert ")) + ")");
      }
      return lines;
    }
    StringBuilder write(Formula f, StringBuilder out) {
      out.append('(').append(f.word).append(' ');
      if (!f.members.isEmpty()) {
        for (Formula one : f.members) { write(one, out).append(' '); }
        out.setCharAt(out.length() - 1, ')');
        return out;
      }
      List<String> terms = new ArrayList<>();
      (f.terms.isEmpty() ? new TreeMap<>(Map.of(0L, ZERO)) : f.terms).forEach((k, a) ->
          terms.add(a.compareTo(ONE) == 0 ? named(k) : "(* " + plain(a) + " " + named(k) + ")"));
      out.append(terms.size() == 1 ? terms.get(0) : "(+ " + String.join(" ", terms) + ")");
      return out.append(' ').append(plain(f.bound)).append(')');
    }
    /** Its text; an exponent saves more than 20 zeros, where no name is as the grammar reads it: 1 e5. */
    String plain(BigDecimal number) {
      BigDecimal a = number.stripTrailingZeros();
      String part = "e" + -a.scale();
      boolean far = Math.max(-a.scale(), a.scale() - a.precision()) > 20;
      return far && !isNamed(part) ? a.unscaledValue() + part : a.toPlainString();
    }
    /** Whether what stands behind the digits of a number, up to a sign, is a name of the text. */
    boolean isNamed(String part) { return names.contains(part.split("[-+]", -1)[0]); }
    String named(long number) {
      int tensor = (int) (number / OUTPUT);
      long rest = number % OUTPUT;
      if (version.equals("<1.0>")) { return (tensor == 0 ? "X_" : "Y_") + rest; }
      String indices = "]";
      List<Integer> shape = shapes.get(tensor);
      for (int k = shape.size() - 1; k >= 0; rest /= shape.get(k--)) {
        indices = (k == 0 ? "[" : ",") + rest % shape.get(k) + indices;
      }
      return names.get(tensor + 1) + (shape.isEmpty() ? "" : indices);
    }
    /** FORMAT, "A query": sums with factors that are integers without a common divisor, the first of them positive. */
    Rule placed(Formula f, int unit) {
      spend(8 * BIG * (1 + f.terms.size()), "many comparisons");
      List<Rule> members = f.members.stream().map(one -> placed(one, unit)).toList();
      if (f.terms.isEmpty()) { return new Rule(f.word, members, null, new Ratio(f.bound, ONE)); }
      int scale = f.terms.values().stream().mapToInt(BigDecimal::scale).max().getAsInt();
      SortedMap<Long, BigInteger> row = new TreeMap<>();
      f.terms.forEach((k, a) -> row.put(k, a.setScale(scale).unscaledValue()));
      BigInteger divisor = row.values().stream().reduce(BigInteger.ZERO, BigInteger::gcd);
      boolean turned = row.get(row.firstKey()).signum() < 0;
      row.entrySet().forEach(term -> term.setValue(term.getValue().divide(turned ? divisor.negate() : divisor)));
      boolean few = row.values().stream().allMatch(a -> a.bitLength() <= 53);
      require(few, "a comparison with factors of more than 53 bits");
      Ratio bound = new Ratio(turned ? f.bound.negate() : f.bound, new BigDecimal(divisor, scale));
      String word = !turned ? f.word : f.word.startsWith("<") ? f.word.replace('<', '>') : f.word.replace('>', '<');
      boolean single = row.size() == 1 && row.firstKey() < OUTPUT;
      int element = single ? row.firstKey().intValue() : numbers.computeIfAbsent(row.toString(), k -> rows.size());
      if (!single && element == rows.size()) { rows.add(row); }
      return new Rule(word, members, List.of(single ? 0 : unit, element), bound);
    }
  }
  /** FORMAT, "A query": the text that a user gives says what the certificate says. */
  void checkAsked(Certificate c, String text) {
    require(c.asks, "a query is given, and the certificate is about another claim");
    String given = String.join("\n", new Query(text).lines()), own = String.join("\n", c.item.<String>list("query"));
    int same = Arrays.mismatch(given.toCharArray(), own.toCharArray()), from = Math.max(0, same - 30);
    String where = "the query given is another one: it has " + shown(given.substring(Math.min(from, given.length())));
    require(same < 0, where + " where the certificate has " + shown(own.substring(Math.min(from, own.length()))));
    say("the query of the certificate is the one that is given");
  }
  /** FORMAT, "A query": the units on its box, and behind them the rows, of the input beside the output. */
  List<Item> asked(Certificate c, List<Item> units) {
    List<String> lines = c.item.list("query"), lower = new ArrayList<>(), upper = new ArrayList<>();
    Query query = new Query(String.join("\n", lines));
    require(lines.equals(query.lines()), "a query that is not written so");
    say("  the query has " + lines.size() + " lines" + (lines.size() > 40 ? "" : ":"));
    lines.stream().filter(line -> lines.size() <= 40).forEach(line -> say("    " + line));
    List<Integer> sizes = query.shapes.stream().map(Audit::volume).toList();
    int n = c.inputs(), wide = n + c.outputs();
    require(sizes.equals(List.of(n, c.outputs())), "a query about a network of other sizes: " + sizes);
    Map<Integer, Ratio[]> sides = sides(query.placed(query.formula, 1));
    for (int i = 0; i < n; i++) {
      Ratio[] ends = sides.getOrDefault(i, new Ratio[2]);
      require(ends[0] != null && ends[1] != null, "input " + i + " has no lower or no upper end in the query");
      boolean turned = ends[0].compareTo(ends[1]) > 0; // then no input is there, as what is assumed shows
      double low = ends[turned ? 1 : 0].outward(false), high = ends[turned ? 0 : 1].outward(true);
      require(Double.isFinite(low) && Double.isFinite(high), "input " + i + " has an end beyond doubles");
      lower.add(Double.toHexString(low));
      upper.add(Double.toHexString(high));
    }
    List<Item> all = onBox(c, units, lower, upper);
    query.rule = query.placed(query.formula, all.size() + 1);
    c.query = query;
    int last = all.size() - 1, count = query.rows.size();
    if (count == 0) { return all; }
    require((double) count * wide <= 1 << 24, "rows of too many elements");
    spend(4.0 * count * wide, "many rows of many elements");
    double[] factors = new double[Math.multiplyExact(count, wide)];
    IntStream.range(0, count).forEach(k -> query.rows.get(k).forEach((e, a) ->
        factors[k * wide + (int) (e % Query.OUTPUT) + (e < Query.OUTPUT ? 0 : n)] = a.doubleValue()));
    all.add(new Item(new HashMap<>(Map.of("operation", "concat", "operands", List.of(0, last), "size", wide))));
    all.add(new Item(new HashMap<>(Map.of("operation", "dense", "operand", last + 1, "inputs", wide, "size", count,
        "weight", "", "weight values", factors))));
    return all;
  }
  /** FORMAT, "A query": the ends of each input, of `and` the narrowest, of `or` the widest that all members have. */
  Map<Integer, Ratio[]> sides(Rule f) {
    spend(8 * BIG, "ends of many inputs");
    Map<Integer, Ratio[]> all = new HashMap<>();
    boolean any = f.word.equals("or"), both = f.word.equals("==");
    if (f.isOfInput()) {
      Ratio low = both || f.word.startsWith(">") ? f.bound : null;
      all.put(f.place.get(1), new Ratio[] {low, both || f.word.startsWith("<") ? f.bound : null});
    }
    for (int k = 0; k < f.members.size(); k++) {
      Map<Integer, Ratio[]> own = sides(f.members.get(k));
      spend(2 * BIG * (own.size() + (any ? all.size() : 0)), "ends of many inputs");
      if (any && k > 0) {
        all.keySet().retainAll(own.keySet());
        own.keySet().retainAll(all.keySet());
      }
      own.forEach((i, ends) -> all.merge(i, ends, (p, q) ->
          new Ratio[] {end(p[0], q[0], any, !any), end(p[1], q[1], any, any)}));
    }
    return all;
  }
  static Ratio end(Ratio p, Ratio q, boolean any, boolean largest) {
    if (p == null || q == null) { return any ? null : p == null ? q : p; }
    return (p.compareTo(q) < 0) == largest ? q : p;
  }
  /** FORMAT, "A query": what its conjunction says of inputs and rows is what a part has left of them. */
  void assume(Rule rule) {
    for (Rule f : rule.word.equals("and") ? rule.members : List.of(rule)) {
      boolean both = f.word.equals("==");
      BigDecimal low = f.place != null && (both || f.word.startsWith(">")) ? f.bound.end(false) : null;
      BigDecimal high = f.place != null && (both || f.word.startsWith("<")) ? f.bound.end(true) : null;
      if (f.place != null) { left.merge(f.place, new Sides(low, high), Sides::and); }
    }
  }
  /** FORMAT, "A query": with the ranges of a leaf, those of rows bounded by lines too, it is false. */
  void checkQuery(Query query, List<Item> units, List<List<Ends>> signals) {
    int last = units.size() - 1;
    BigDecimal size = signals.stream().flatMap(List::stream).map(Ends::size).reduce(ONE, BigDecimal::max);
    List<Ends> reached = new ArrayList<>(), rows = new ArrayList<>(); // without, and with, what is left of rows
    if (signals.isEmpty()) { return; } // no input leads there
    List<Ends> forward = query.rows.isEmpty() ? List.of() : range(units.get(last), signals, List.of());
    for (int k = 0; k < forward.size(); k++) {
      reached.add(bounded(units, signals, last, Map.of(k, ONE), forward.get(k)));
      rows.add(left.getOrDefault(List.of(last, k), ALL).and(reached.get(k)));
    }
    spend(4 * BIG * query.atoms, "many comparisons");
    if (isEmpty(rows) || isFalse(query.rule, signals, rows, ZERO)) { return; }
    boolean near = isFalse(query.rule, signals, reached, size.multiply(isCurved(units) ? ROUNDED : CUT));
    if (near) { throw new Stop("NOT DECIDED: a query by rows that are cut to 30 digits, or of rounded functions"); }
    throw new Stop("REJECTED: a part with inputs that may make the query true, where its rows are "
        + shown(rows.stream().limit(3).map(row -> "[" + row.low + ", " + row.high + "]").toList().toString()));
  }
  /** FORMAT, "A query": lines of these slopes stand below elements of straight functions, for the rows alone. */
  void takeLines(List<Item> units, List<List<Ends>> signals, List<String> said) {
    List<String> only = new ArrayList<>();
    List<Integer> before = List.of(0, 0);
    for (int k = 0; k + 2 < said.size(); k += 3) {
      int at = Integer.parseInt(said.get(k)), i = Integer.parseInt(said.get(k + 1));
      double slope = real(said.get(k + 2));
      boolean later = at > before.get(0) || (at == before.get(0) && i > before.get(1));
      require(at > 0 && at < units.size() && i >= 0 && i < units.get(at).size() && later, "a line elsewhere");
      boolean first = at != before.get(0);
      before = List.of(at, i);
      spend(40 * BIG, "many lines");
      only.addAll(List.of("" + at, "" + i, Double.toHexString(slope)));
      Item unit = units.get(at);
      require(unit.is("activation") && !isLinear(unit) && isElementwise(unit) && isStraight(unit), "no straight one");
      if (signals.isEmpty()) { continue; } // no input leads there
      Ends t = signals.get(unit.operands().get(0)).get(i);
      List<BigDecimal> places = t.low.compareTo(t.high) < 0 ? corners(t, bends(unit)) : List.of(t.low, t.high);
      BigDecimal offset = places.stream().map(place -> at(unit, place).low.subtract(num(slope).multiply(place), FLOOR))
          .min(BigDecimal::compareTo).get();
      List<BigDecimal[]> below = unit.get("below");
      below = first ? new ArrayList<>(below) : below;
      below.set(i, new BigDecimal[] {num(slope), offset});
      unit.members.put("below", below);
    }
    require(!said.isEmpty() && said.equals(only), "lines that are not written so");
  }
  /** FORMAT, "A query": whether no inputs and rows in these ranges make it true, those of rows so much narrower. */
  static boolean isFalse(Rule f, List<List<Ends>> signals, List<Ends> rows, BigDecimal narrower) {
    if (f.word.equals("and")) { return f.members.stream().anyMatch(one -> isFalse(one, signals, rows, narrower)); }
    if (f.word.equals("or")) { return f.members.stream().allMatch(one -> isFalse(one, signals, rows, narrower)); }
    boolean none = f.place == null, exact = none || f.isOfInput();
    Ends value = none ? new Ends(ZERO) : (exact ? signals.get(0) : rows).get(f.place.get(1));
    BigDecimal off = exact ? ZERO : narrower;
    int low = new Ratio(value.low.add(off), ONE).compareTo(f.bound);
    int high = new Ratio(value.high.subtract(off), ONE).compareTo(f.bound);
    return switch (f.word) {
      case "<" -> low >= 0;
      case "<=" -> low > 0;
      case ">" -> high <= 0;
      case ">=" -> high < 0;
      case "==" -> low > 0 || high < 0;
      case "!=" -> low >= 0 && high <= 0;
      default -> throw new Stop("REJECTED: no rule for the comparison " + f.word);
    };
  }
  // ---------------------------------------------------------------- the inequality
  /** A row of a signal as a linear form of coordinates, without zeros: SOUNDNESS, "Signals". */
  static final class Form extends TreeMap<Integer, BigDecimal> {
    /** Above 1 for what stands for a vector: SOUNDNESS, "Rows of several elements". */
    final int length;
    Form(int length) { this.length = length; }
    BigDecimal at(int k) { return getOrDefault(k, ZERO); }
    double digits() { return values().stream().mapToDouble(Audit::digits).sum(); }
    Form with(int k, BigDecimal a) { put(k, a); return this; }
  }
  /** How long a sum with it is at least: its own digits, or its places behind the point. */
  static double digits(BigDecimal a) { return Math.max(a.precision(), a.scale()); }
  /** One proof: SOUNDNESS, "Signals", "Constraints", "The inequality". */
  final class Assembly {
    final Certificate c;
    final List<Item> units;
    /** The number of the proof: to linf, that of the output that it is about. */
    final int number;
    final Item proof;
    final boolean magnitudes;
    final Map<String, Item> unread = new TreeMap<>();
    final List<List<Form>> signals = new ArrayList<>();
    /** S, by the rows of its lower triangle: the entry (i, j) is that of xi_i xi_j, i > j, halved. */
    final Map<Integer, Form> matrix = new TreeMap<>();
    int coordinates;
    Assembly(Certificate c, List<Item> units, int number, boolean magnitudes) {
      this.c = c;
      this.units = units;
      this.number = number;
      this.proof = c.proofs.get(number);
      this.magnitudes = magnitudes;
      boolean torus = proof.is("procedure", "all frequencies");
      boolean fits = proof.has("torus") == torus && proof.has("twist") == torus && (torus || !proof.has("head"));
      require(fits, "a torus of a proof that is not by all frequencies, or none of one that is");
      for (String list : List.of("gains", "segmentations", "multipliers")) {
        for (Item item : proof.items(list)) {
          String what = item.has("constraint") ? item.text("constraint") + " multiplier" : list;
          String key = what + " of unit " + item.integer("unit");
          require(unread.put(key, item) == null, "two records: " + key);
        }
      }
    }
    Item take(String what, int unit) { return unread.remove(what + " of unit " + unit); }
    /** The forms of the output, once all units are passed through. */
    List<Form> output() {
      for (int i = 0; i < units.size(); i++) { signals.add(signal(i, units.get(i))); }
      return signals.get(units.size() - 1);
    }
    void checkInequality() {
      List<Form> y = claimed(output()), x = signals.get(0);
      BigDecimal rho = c.bound.pow(2);
      addInput(x, rho);
      y.forEach(form -> subtract(ONE, form, form));
      if (y.stream().allMatch(Form::isEmpty)) { matrix.clear(); } // |dy| is zero, whatever the constraints
      say(positive(matrix, c.fromLinf() ? 0 : x.size(), rho, proof, "S of proof " + number));
    }
    /** The terms of the input: rho |x|^2, or from linf those of its multipliers. */
    void addInput(List<Form> x, BigDecimal rho) {
      BigDecimal sum = ZERO;
      List<BigDecimal> mu = c.fromLinf() ? take("range multiplier", 0, x.size()) : Collections.nCopies(x.size(), rho);
      for (int k = 0; k < x.size(); k++) {
        sum = sum.add(mu.get(k).multiply(num(x.get(k).length)));
        subtract(mu.get(k).negate(), x.get(k), x.get(k));
      }
      require(!c.fromLinf() || sum.compareTo(rho) <= 0, "ranges that exceed the bound's square");
    }
    /** SOUNDNESS, "Radii by signs": S without its output stays positive with delta off its diagonal. */
    void checkDelta() {
      BigDecimal delta = c.item.number("delta"), rho = c.bound.pow(2);
      require(delta.signum() > 0 && delta.compareTo(rho) < 0, "a delta that is not in (0, 1)");
      boolean alone = proof.items("gains").isEmpty() && proof.items("segmentations").isEmpty();
      alone &= proof.is("procedure", "verified cholesky") && !proof.has("rows") && !proof.has("boxes");
      require(alone, "proof " + number + ", for signs, is not by multipliers alone");
      output();
      addInput(signals.get(0), rho);
      for (int k = 0; k < coordinates; k++) { subtract(delta, new Form(1).with(k, ONE), new Form(1).with(k, ONE)); }
      say(positive(matrix, 0, ONE, null, "S without the output, less delta, of proof " + number));
      require(unread.isEmpty(), "records that nothing reads beside delta: " + unread.keySet());
    }
    /** The elements of the output that the proof is about: to linf one. */
    List<Form> claimed(List<Form> output) {
      return c.toLinf() ? List.of(elements(units.size() - 1, output).get(number)) : output;
    }
    /** Takes {@code factor u v} away; the lower triangle of the matrix holds each pair once. */
    void subtract(BigDecimal factor, Form u, Form v) {
      spend(4 * BIG * u.size() * v.size() + u.digits() * v.digits() / 400, "the matrix of the inequality");
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
      double rows = read.stream().mapToDouble(List::size).sum() + (magnitudes ? unit.size() / 10.0 : 0);
      spend(BIG * (1 + rows + 5 * unit.list("scale").size()), "rows of unit " + at); // each from its text
      List<Form> z = read.stream().flatMap(List::stream).toList();
      if (magnitudes && (unit.is("input") || unit.is("call"))) {
        BigDecimal factor = unit.is("input") ? ONE : called(unit.get("callee"), z);
        return Collections.nCopies(unit.size(), new Form(1).with(0, factor));
      }
      boolean gain = unit.is("call") || (unit.is("max_pool") && !magnitudes);
      if (gain || unread.containsKey("gain multiplier of unit " + at)) { return gain(at, unit, z); }
      return switch (unit.text("operation")) {
        case "input" -> fresh(cut(at, unit));
        case "concat" -> z;
        case "sum" -> sums(at, z.size() / read.size(), read);
        case "scale" -> scaled(z, Collections.nCopies(unit.size(), unit.number("factor")));
        case "affine" -> {
          boolean one = Set.copyOf(unit.reals("scale")).size() == 1;
          yield scaled(one ? z : elements(at, z), unit.numbers("scale"));
        }
        case "select" -> unit.<Integer>list("indices").stream().map(elements(at, z)::get).toList();
        case "dense", "batch_norm", "convolution", "average_pool", "max_pool" -> linear(unit, elements(at, z));
        case "activation" -> activation(at, unit, z);
        default -> throw unknown(unit);
      };
    }
    /** The sum of multiples; of magnitudes where those are what is bounded. */
    Form sum(List<Form> forms, List<BigDecimal> factors) {
      Form sum = new Form(forms.get(0).length);
      for (int k = 0; k < forms.size(); k++) {
        BigDecimal factor = magnitudes ? factors.get(k).abs() : factors.get(k);
        spend(4 * BIG * (1 + forms.get(k).size()), "linear forms of many coordinates");
        require(forms.get(k).length == sum.length, "rows of different lengths are added");
        forms.get(k).values().forEach(a -> spend(Math.pow(digits(a) / 64.0, 2), "endless digits"));
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
      return IntStream.range(0, n).mapToObj(k -> sum(read.stream().map(z -> z.get(k)).toList(), ones)).toList();
    }
    /** By its rows; of magnitudes, the largest of a window. */
    List<Form> linear(Item unit, List<Form> z) {
      return IntStream.range(0, unit.size()).mapToObj(i -> {
        if (unit.is("max_pool")) { return largest(unit.taps(i).stream().map(tap -> z.get(tap[0])).toList()); }
        List<Term> row = row(unit, i);
        List<Form> forms = row.stream().map(t -> z.get(t.element)).toList();
        return forms.isEmpty() ? new Form(1) : sum(forms, row.stream().map(Term::low).toList());
      }).toList();
    }
    /** By a factor for each row. */
    List<Form> scaled(List<Form> z, List<BigDecimal> factors) {
      return IntStream.range(0, z.size()).mapToObj(k -> sum(List.of(z.get(k)), factors.subList(k, k + 1))).toList();
    }
    /** The same rows, each of which has to be a single element. */
    List<Form> elements(int at, List<Form> rows) {
      require(rows.stream().allMatch(row -> row.length == 1), "unit " + at + " reads elements of longer rows");
      return rows;
    }
    /** New coordinates, for rows of these lengths. */
    List<Form> fresh(List<Integer> lengths) {
      return lengths.stream().map(length -> new Form(length).with(coordinates++, ONE)).toList();
    }
    /** FORMAT, "Segmentations": the lengths of the rows that a unit starts. */
    List<Integer> cut(int at, Item unit) {
      spend(BIG * unit.size(), "rows of unit " + at);
      Item item = take("segmentations", at);
      List<Integer> cut = item == null ? Collections.nCopies(unit.size(), 1) : item.list("lengths");
      boolean fits = cut.stream().mapToLong(n -> n).sum() == unit.size();
      require(fits && Collections.min(cut) > 0, "the rows of unit " + at + " do not fit");
      return cut;
    }
    /** FORMAT, "Multipliers": one for all, or one for each; not negative. */
    List<BigDecimal> take(String constraint, int at, int count) {
      Item item = take(constraint, at);
      require(item != null, "unit " + at + " lacks its " + constraint);
      List<BigDecimal> values = item.numbers("values");
      require(values.stream().allMatch(v -> v.signum() >= 0), "unit " + at + ": one is negative");
      boolean one = values.size() == 1;
      require(one || values.size() == count, "unit " + at + " has another number of multipliers");
      return one ? Collections.nCopies(count, values.get(0)) : values;
    }
    /** SOUNDNESS, "Gain": {@code g^2 |dz|^2 - |dw|^2 >= 0}, with one multiplier. */
    List<Form> gain(int at, Item unit, List<Form> z) {
      boolean torus = unit.is("convolution");
      BigDecimal square = unit.is("dense") ? provedGain(at, unit) : torus ? torusGain(at, unit) : squaredGain(unit);
      BigDecimal lambda = take("gain multiplier", at, 1).get(0);
      boolean still = square.signum() == 0 || z.stream().allMatch(Form::isEmpty);
      List<Integer> cut = cut(at, unit);
      List<Form> w = still ? cut.stream().map(Form::new).toList() : fresh(cut);
      z.forEach(form -> subtract(lambda.multiply(square), form, form));
      w.forEach(form -> subtract(lambda.negate(), form, form));
      return w;
    }
    /** {@code g^2 I - W W' >= 0} exactly if {@code (I, W'; W, g^2 I) >= 0}; or W' in place of W. */
    BigDecimal provedGain(int at, Item unit) {
      Item record = take("gains", at);
      BigDecimal gain = record == null ? MINUS : record.number("gain");
      require(gain.signum() >= 0, "the gain of unit " + at + " is negative, or not stated");
      require(!record.has("torus") && !record.has("twist"), "a torus of unit " + at + ", which is dense");
      double[] w = unit.values("weight");
      int n = unit.integer("inputs"), wide = Math.max(unit.size(), n);
      boolean tall = unit.size() > n;
      spend(4 * BIG * w.length, "the gain of unit " + at);
      Map<Integer, Form> bordered = new TreeMap<>();
      for (int k = 0; k < n + unit.size(); k++) { bordered.put(k, new Form(1).with(k, k < wide ? ONE : gain.pow(2))); }
      for (int k = 0; k < w.length; k++) {
        bordered.get(wide + (tall ? k % n : k / n)).put(tall ? k / n : k % n, num(w[k]));
      }
      say(positive(bordered, wide, ONE, record, "the matrix of the gain of unit " + at));
      return gain.pow(2);
    }
    /** SOUNDNESS, "Convolutions by frequency": {@code g^2 I - K(w) K(w)* >= 0} at w or -w, for all w of the torus. */
    BigDecimal torusGain(int at, Item unit) {
      Item record = take("gains", at);
      require(record != null && record.is("procedure", "verified cholesky"), "unit " + at + " has no gain on a torus");
      BigDecimal gain = record.number("gain");
      require(gain.signum() > 0, "the gain of unit " + at + " is not positive");
      Circles circles = new Circles(record);
      boolean fits = IntStream.range(0, 2).allMatch(axis ->
          fits(unit, axis, circles.cells.get(axis)) || unit.span(axis) <= unit.at("stride", axis));
      require(fits && !record.has("rows"), "the torus of unit " + at + " does not fit");
      Waves waves = new Waves(unit, circles, gain);
      int high = circles.cells.get(0), wide = circles.cells.get(1);
      for (int f = 0; f < (long) high * wide * unit.groups(); f++) {
        int group = f % unit.groups(), j = f / unit.groups() / wide, k = f / unit.groups() % wide;
        String what = "the matrix of the gain of unit " + at + " at frequency " + j + ", " + k + " of group " + group;
        if (circles.copies(j) > 0) { positive(waves.matrix(group, j, k), 0, ONE, record, what); }
      }
      say("  the matrices of the gain of unit " + at + " are positive at all frequencies");
      return gain.pow(2);
    }
    /** FORMAT, "Tori": no pixel that is read outside the image is one of the image, nor two outputs in one cell. */
    static boolean fits(Item unit, int axis, long cells) {
      long stride = unit.at("stride", axis), before = unit.has("padding") ? unit.at("padding", axis) : 0;
      long outputs = unit.pixels(axis), end = stride * (outputs - 1) + unit.span(axis) - before;
      return cells >= outputs && cells * stride >= Math.max(unit.at("input", 1 + axis) + before, end);
    }
    /** SOUNDNESS, "Slopes", "MaxMin", "Groups": with a multiplier for each row, or for each group. */
    List<Form> activation(int at, Item unit, List<Form> read) {
      int size = groupSize(unit);
      int[] place = IntStream.range(0, read.size()).map(i -> place(i, size, unit.pixels())).toArray();
      List<Form> z = size == 1 ? read : IntStream.of(place).mapToObj(elements(at, read)::get).toList();
      if (unit.is("name", "center")) { return linear(unit, elements(at, read)); }
      if (slopes(unit)[0] == slopes(unit)[1]) { return scaled(z, Collections.nCopies(z.size(), steepest(unit))); }
      List<BigDecimal> ones = Collections.nCopies(z.size() / size, ONE);
      List<BigDecimal> lambda = magnitudes ? ones : take("slope multiplier", at, ones.size());
      List<Form> all = new ArrayList<>();
      for (int k = 0, first = 0; k < ones.size(); k++) {
        List<Form> rows = z.subList(k * size, (k + 1) * size);
        all.addAll(group(unit, rows, lambda.get(k), common(unit, first, rows.get(0).length)));
        first += rows.get(0).length;
      }
      List<Form> inPlace = new ArrayList<>(all);
      IntStream.range(0, place.length).forEach(i -> inPlace.set(place[i], all.get(i)));
      return inPlace;
    }
    /** FORMAT, "Activations": of element i, by groups; each holds neighbouring channels of one pixel. */
    static int place(int i, int size, int pixels) {
      int group = i / size;
      return (group / pixels * size + i % size) * pixels + group % pixels;
    }
    List<Form> group(Item unit, List<Form> z, BigDecimal lambda, double[] s) {
      Form first = z.get(0), second = z.get(z.size() - 1);
      return isElementwise(unit) ? List.of(slope(unit, lambda, first, s)) : switch (unit.text("name")) {
        case "householder" -> {
          List<BigDecimal> v = unit.numbers("parameters");
          Form r = slope(unit, lambda, sum(z, v.stream().map(BigDecimal::negate).toList()), s);
          yield List.of(sum(first, sum(r, r, ONE), v.get(0)), sum(second, sum(r, r, ONE), v.get(1)));
        }
        case "softmax", "layer_norm", "l2_normalize" -> magnitudes ? largest(unit, z) : keepingSum(unit, z, lambda);
        case "maxmin", "group_sort" -> {
          if (magnitudes || z.size() > 2) { yield magnitudes ? largest(unit, z) : keepingSum(unit, z, lambda); }
          Form r = slope(unit, lambda, sum(first, second, MINUS), s);
          Form larger = sum(List.of(first, second, r), List.of(HALF, HALF, HALF));
          yield List.of(larger, sum(larger, r, MINUS));
        }
        default -> throw new Stop("REJECTED: groups of an unknown activation");
      };
    }
    /** SOUNDNESS, "Without a matrix": nothing moves by more than the largest move times the steepest slope or gain. */
    List<Form> largest(Item unit, List<Form> z) {
      BigDecimal times = steepest(unit);
      if (unit.is("name", "layer_norm") || unit.is("name", "l2_normalize")) {
        BigDecimal root = num(z.size()).sqrt(new MathContext(40, RoundingMode.CEILING));
        times = times.multiply(ONE.add(root)).multiply(HALF);
      }
      return Collections.nCopies(z.size(), sum(List.of(largest(z)), List.of(times)));
    }
    Form slope(Item unit, BigDecimal lambda, Form p, double[] s) {
      if (magnitudes) { return sum(List.of(p), List.of(steepest(unit))); }
      if (s[0] == s[1]) { return sum(List.of(p), List.of(num(s[0]))); }
      return constrain(lambda, p, p.isEmpty() ? p : fresh(List.of(p.length)).get(0), s);
    }
    /** FORMAT, "Multipliers": they multiply twice {@code (w - a p)(b p - w)}. */
    Form constrain(BigDecimal lambda, Form p, Form w, double[] s) {
      Form u = sum(w, p, num(-s[0]));
      Form v = sum(List.of(w, p), List.of(MINUS, num(s[1])));
      subtract(lambda.add(lambda), u, v);
      return w;
    }
    /** All outputs but the last are free; their sum is that of z, or for some it is constant; or all are free. */
    List<Form> keepingSum(Item unit, List<Form> z, BigDecimal lambda) {
      boolean all = unit.is("name", "l2_normalize");
      boolean constant = all || unit.is("name", "softmax") || unit.is("name", "layer_norm");
      List<Form> base = constant ? Collections.nCopies(z.size(), new Form(1)) : z;
      if (z.stream().allMatch(form -> (all ? form : sum(form, z.get(0), MINUS)).isEmpty())) { return base; }
      List<Form> free = fresh(Collections.nCopies(all ? z.size() : z.size() - 1, 1));
      List<Form> w = new ArrayList<>();
      for (int k = 0; k < free.size(); k++) { w.add(sum(base.get(k), free.get(k), ONE)); }
      if (!all) { w.add(free.stream().reduce(base.get(free.size()), (rest, one) -> sum(rest, one, MINUS))); }
      for (int k = 0; k < w.size(); k++) { constrain(lambda, z.get(k), w.get(k), slopes(unit)); }
      return w;
    }
    Form largest(List<Form> z) {
      z.forEach(form -> spend(Math.pow(digits(form.at(0)) / 64.0, 2), "endless digits"));
      return Collections.max(z, Comparator.comparing(form -> form.at(0)));
    }
    /** FORMAT, "Elementwise product": from l2, by a root that is no smaller than the real one. */
    BigDecimal called(Certificate callee, List<Form> z) {
      BigDecimal squares = z.stream().map(form -> form.at(0).pow(2)).reduce(ZERO, BigDecimal::add);
      BigDecimal root = squares.round(new MathContext(70, RoundingMode.UP)).sqrt(new MathContext(60, RoundingMode.UP));
      require(root.pow(2).compareTo(squares) >= 0, "no root from above");
      return callee.bound.multiply(callee.fromLinf() ? largest(z).at(0) : root);
    }
    /** SOUNDNESS, "Without a matrix": f with {@code |ds_i| <= f_i t}, t the norm of dx in linf. */
    void checkElementwiseProduct() {
      require(c.fromLinf() && !proof.has("rows") && unread.isEmpty(), "an elementwise product: l2 or records");
      Stream<BigDecimal> squares = output().stream().map(form -> form.at(0).pow(2));
      BigDecimal reached = squares.reduce(c.toLinf() ? BigDecimal::max : BigDecimal::add).get();
      require(reached.compareTo(c.bound.pow(2)) <= 0, "the elementwise product is above the bound");
    }
  }
  // ---------------------------------------------------------------- positivity
  /**
   * Whether a symmetric matrix, given by its lower triangle, is positive semidefinite: SOUNDNESS, "Positivity". Zero
   * rows are left out; scaling is a congruence. A witness, where there is one, leaves out the first `inputs` rows, if
   * they are rho I.
   */
  String positive(Map<Integer, Form> lower, int inputs, BigDecimal rho, Item witness, String what) {
    spend(200 * BIG * lower.size(), what + " has " + lower.size() + " rows");
    lower.values().forEach(row -> row.values().removeIf(v -> v.signum() == 0));
    lower.values().removeIf(Form::isEmpty);
    List<Integer> number = List.copyOf(lower.keySet());
    List<BigDecimal> scale = new ArrayList<>();
    List<Form> b = new ArrayList<>();
    int block = 0;
    for (int i : number) {
      Form given = lower.get(i);
      boolean diagonal = given.at(i).signum() > 0 && lower.keySet().containsAll(given.keySet());
      require(diagonal, what + " is not positive: its diagonal is not");
      block += i < inputs && given.size() == 1 && given.at(i).compareTo(rho) == 0 ? 1 : 0;
      scale.add(inverseRoot(given.at(i)));
      Form row = new Form(1);
      for (int j : given.keySet()) {
        int at = Collections.binarySearch(number, j);
        row.put(at, given.at(j).multiply(scale.get(at)).multiply(scale.get(b.size())));
      }
      b.add(row);
    }
    int x = block == inputs ? block : 0;
    int n = (int) IntStream.range(x, b.size()).filter(i -> !vanishes(b, i, x)).count();
    if (witness != null) { checkWitness(witness, n, what); }
    boolean squares = isSquaresPlusDominant(b);
    require(squares || eliminates(b, what), what + " is not positive, by exact elimination");
    String by = squares ? " rows, by G G' and a dominant rest" : " rows, by exact elimination";
    String asked = witness == null ? "" : "; asked for: " + witness.text("procedure");
    return "  " + what + " >= 0: " + b.size() + by + asked;
  }
  /** To three digits: by any such factors a matrix is as positive as before. */
  static BigDecimal inverseRoot(BigDecimal v) {
    return ONE.divide(v.round(Complex.DIGITS).sqrt(MathContext.DECIMAL32), new MathContext(3));
  }
  /** Whether row i of a matrix that is positive is zero, once the first x coordinates are eliminated. */
  static boolean vanishes(List<Form> b, int i, int x) {
    BigDecimal squares = b.get(i).headMap(x).values().stream().map(v -> v.pow(2)).reduce(ZERO, BigDecimal::add);
    return x > 0 && b.get(0).at(0).multiply(b.get(i).at(i)).compareTo(squares) == 0;
  }
  /** FORMAT, "Witnesses": numbers of a witness are not used here, but have to be those of one. */
  static void checkWitness(Item witness, int n, String what) {
    require(MATRIX.contains(witness.text("procedure")), "a procedure that is about no matrix, for " + what);
    boolean congruence = witness.is("procedure", "congruence");
    List<String> rows = witness.list("rows");
    boolean fits = witness.has("rows") == congruence && rows.size() == (congruence ? n : 0);
    require(fits, what + " has " + n + " rows, its witness " + rows.size());
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = List.of(rows.get(i).split(" ", -1)); // integers, of which the last is positive
      boolean integers = row.stream().allMatch(k -> Reader.tree(k) instanceof Number one && one.toString().equals(k));
      boolean positive = !row.get(row.size() - 1).startsWith("-") && !row.get(row.size() - 1).equals("0");
      require(row.size() == i + 1 && integers && positive, "row " + i + " of the witness for " + what);
    }
  }
  /**
   * {@code x'Bx = |G'x|^2 + x'Tx} for {@code T = B - G G'}, whatever G is; and {@code x'Tx >= 0} if each entry of the
   * diagonal of T is at least the sum of the magnitudes beside it (Gershgorin). G is guessed in doubles, by Cholesky's
   * method from B less a little, and cut to 16 digits.
   */
  boolean isSquaresPlusDominant(List<Form> b) {
    for (int i = 0; i < b.size(); i++) {
      double length = i + 1.0 - b.get(i).firstKey();
      spend(2 * length * length + 8 * BIG * length, "a matrix of " + b.size() + " rows");
    }
    return isDominant(b, units(guess(b, b.size(), 1e-14))) || isDominant(b, units(guess(b, b.size(), 2e-16)));
  }
  /** Rows from their first entry on, none where there is no factor; those below the n-th end before column n. */
  static double[][] guess(List<Form> b, int n, double less) {
    double[][] g = new double[b.size()][];
    for (int i = 0; i < g.length; i++) {
      int first = b.get(i).firstKey(), end = Math.min(i + 1, n);
      g[i] = new double[end - first];
      for (int j = first; j < end; j++) {
        int other = b.get(j).firstKey();
        double sum = b.get(i).at(j).doubleValue() - (i == j ? less * n : 0);
        for (int k = Math.max(first, other); k < j; k++) { sum -= g[i][k - first] * g[j][k - other]; }
        g[i][j - first] = i == j ? Math.sqrt(sum) : sum / g[j][j - other];
        if (!(Math.abs(g[i][j - first]) < (i < n ? 2 : Double.MAX_VALUE))) { return new double[0][]; }
      }
    }
    return g;
  }
  /** In units of 1e-16. */
  static long[][] units(double[][] g) { return Stream.of(g).map(Audit::units).toArray(long[][]::new); }
  static long[] units(double[] row) {
    return Arrays.stream(row).mapToLong(v -> Math.abs(v) < 2 ? Math.round(v * 1e16) : 0).toArray();
  }
  static boolean isDominant(List<Form> b, long[][] g) {
    return g.length == b.size() && Stream.of(slack(b, g)).allMatch(v -> v.signum() >= 0);
  }
  /** By how much the diagonal of {@code B - G G'} exceeds the magnitudes beside it; G may have more rows. */
  static BigDecimal[] slack(List<Form> b, long[][] g) {
    BigDecimal[] slack = Collections.nCopies(g.length, ZERO).toArray(new BigDecimal[0]);
    for (int i = 0; i < Math.min(b.size(), g.length); i++) {
      for (int j = b.get(i).firstKey(); j <= i; j++) {
        BigDecimal rest = b.get(i).at(j).subtract(product(g[i], i, g[j], j));
        slack[i] = i == j ? slack[i].add(rest) : slack[i].subtract(rest.abs());
        slack[j] = i == j ? slack[j] : slack[j].subtract(rest.abs());
      }
    }
    return slack;
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
    int scale = b.stream().flatMap(row -> row.values().stream()).mapToInt(BigDecimal::scale).reduce(0, Math::max);
    spend(n / 3.0 * n * n * (BIG + Math.pow(n * scale * 3.4 / 64, 2) / 10), what + ": " + n + " rows, nearly singular");
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
   * SOUNDNESS, "Whatever the weights are"; FORMAT, "LDL^T": layers in a chain, or beside a linear map of the input and
   * then with slopes in [0, 1]; each with parameters of its own. No unit is left over, as the output depends on all.
   */
  static void checkConstruction(Certificate c) {
    boolean plain = !c.numeric() && Stream.of("calls", "input norm", "rows").noneMatch(c.item::has);
    require(plain, "a construction that is numeric, has calls or a witness, or norms other than l2");
    boolean declared = c.item.real("bound") == c.item.real("declared") && c.bound.signum() > 0;
    require(declared, "a construction whose bound is not the declared one, or 0");
    int end = c.units.size() - 1;
    boolean residual = c.units.get(end).is("sum");
    List<Integer> branches = residual ? c.units.get(end).operands() : List.of(end);
    List<Integer> depths = branches.stream().map(branch -> depth(c, branch, residual)).sorted().toList();
    boolean skips = depths.size() == 2 && depths.get(0) == 0 && depths.get(1) > 0;
    require(!residual || skips, "a sum that is no skip and a chain");
    int layers = depths.stream().mapToInt(depth -> 2 * depth + 1).sum(); // beside the input, and the sum
    require(c.units.size() == layers + depths.size(), "branches that share a layer");
    Stream<String> both = c.units.stream().flatMap(unit -> Stream.of(unit.text("weight"), unit.text("bias")));
    require(both.filter(Objects::nonNull).allMatch(new HashSet<>()::add), "layers that share a tensor");
  }
  /** The number of activations from the input to a dense unit, between dense units alone. */
  static int depth(Certificate c, int end, boolean residual) {
    require(c.units.get(end).is("dense"), "unit " + end + " is no dense layer of a construction");
    int before = c.units.get(end).integer("operand");
    if (before == 0) { return 0; }
    Item hidden = c.units.get(before);
    double[] slopes = hidden.is("activation") && isElementwise(hidden) ? slopes(hidden) : slopes(1, 1);
    boolean fits = slopes[0] < slopes[1] && (!residual || (slopes[0] >= 0 && slopes[1] <= 1));
    require(fits, "unit " + before + " is not an activation of a construction");
    return 1 + depth(c, hidden.integer("operand"), residual);
  }
  // ---------------------------------------------------------------- gains on a torus
  /** A complex number that is known up to {@code off}; its parts have 40 digits. */
  record Complex(BigDecimal re, BigDecimal im, BigDecimal off) {
    static final MathContext DIGITS = new MathContext(40), UP = new MathContext(3, RoundingMode.UP);
    static Complex near(BigDecimal re, BigDecimal im, BigDecimal off) {
      BigDecimal a = placed(re.round(DIGITS), RoundingMode.DOWN), b = placed(im.round(DIGITS), RoundingMode.DOWN);
      BigDecimal cut = a.subtract(re).abs().add(b.subtract(im).abs());
      return new Complex(a, b, placed(off.add(cut).round(UP), RoundingMode.UP));
    }
    Complex plus(Complex z) { return near(re.add(z.re), im.add(z.im), off.add(z.off)); }
    Complex times(BigDecimal c) { return near(re.multiply(c), im.multiply(c), off.multiply(c.abs())); }
    Complex times(Complex z) {
      BigDecimal more = size().add(off).multiply(z.off).add(off.multiply(z.size()));
      return near(re.multiply(z.re).subtract(im.multiply(z.im)), re.multiply(z.im).add(im.multiply(z.re)), more);
    }
    BigDecimal size() { return re.abs().add(im.abs()).round(UP); }
    Complex conjugate() { return new Complex(re, im.negate(), off); }
  }
  /** A row of a signal at one frequency, as a linear form of the coordinates. */
  static final class Row extends TreeMap<Integer, Complex> {
    Row plus(Row row, BigDecimal c) {
      if (c.signum() != 0) { row.forEach((k, a) -> merge(k, a.times(c), Complex::plus)); }
      return this;
    }
    Row plus(Row row, Complex c) {
      row.forEach((k, a) -> merge(k, a.times(c), Complex::plus));
      return this;
    }
  }
  /** A sum of rows, each by a sum of real multiples of roots of unity, which are off by less than 1e-54. */
  final class Waved extends TreeMap<Integer, BigDecimal[]> {
    void add(int row, BigDecimal w, BigDecimal[] root) {
      if (w.signum() == 0) { return; }
      BigDecimal[] sum = computeIfAbsent(row, k -> new BigDecimal[] {ZERO, ZERO, ZERO});
      sum[0] = sum[0].add(w.multiply(root[0]));
      sum[1] = sum[1].add(w.multiply(root[1]));
      sum[2] = sum[2].add(w.abs());
    }
    Row of(List<Row> rows) {
      Row row = new Row();
      forEach((k, sum) -> {
        spend(5 * BIG * rows.get(k).size(), "linear forms of many coordinates");
        row.plus(rows.get(k), Complex.near(sum[0], sum[1], sum[2].movePointLeft(54)));
      });
      return row;
    }
  }
  /**
   * A hermitian matrix, scaled, as [Re, -Im; Im, Re], the two parts of a coordinate beside each other. What is off, by
   * e_ij at entry (i, j), adds up to at most the sum of the e_ij |x_i|^2, which is taken off the diagonal.
   */
  Map<Integer, Form> parts(List<Row> s, List<BigDecimal> scale) {
    Map<Integer, Form> lower = new TreeMap<>();
    BigDecimal[] off = Collections.nCopies(s.size(), ZERO).toArray(new BigDecimal[0]);
    for (int i = 0; i < s.size(); i++) {
      Form even = new Form(1).with(2 * i, ZERO), odd = new Form(1).with(2 * i + 1, ZERO);
      for (int l : s.get(i).keySet()) {
        spend(6 * BIG, "the matrices of the inequality");
        Complex entry = s.get(i).get(l).times(scale.get(i).multiply(scale.get(l)));
        even.put(2 * l, entry.re);
        odd.put(2 * l + 1, entry.re);
        if (l < i) { even.with(2 * l + 1, entry.im.negate()); }
        if (l < i) { odd.with(2 * l, entry.im); }
        off[i] = off[i].add(entry.off);
        off[l] = l < i ? off[l].add(entry.off) : off[l];
      }
      lower.put(2 * i, even);
      lower.put(2 * i + 1, odd);
    }
    lower.forEach((i, row) -> row.merge(i, off[i / 2].negate(), BigDecimal::add));
    return lower;
  }
  /** FORMAT, "Tori": N cells along each axis, and the waves that have `2 pi (j + twist) / N` from one to the next. */
  final class Circles {
    static final BigDecimal PI =
        new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899");
    final List<Integer> cells, twice;
    final Map<Long, BigDecimal[]> roots = new HashMap<>();
    Circles(Item record) {
      this.cells = record.list("torus");
      this.twice = record.reals("twist").stream().map(twist -> List.of(0.0, 0.5).indexOf(twist)).toList();
      boolean two = cells.size() == 2 && twice.size() == 2;
      require(two && cells.stream().allMatch(n -> n > 0) && !twice.contains(-1), "no torus, or no twist of one");
    }
    /** How many frequencies (j, k) stands for, over all k: itself, its opposite, or none if that came first. */
    int copies(int j) { return 1 + Integer.signum(Math.floorMod(-j - twice.get(0), cells.get(0)) - j); }
    /** {@code e^(i w.q)} for the cell q = (y, x): the angle is r pi, divided by the number of cells. */
    BigDecimal[] root(int j, int k, long y, long x) {
      long high = cells.get(0), wide = cells.get(1), all = high * wide;
      long r = Math.floorMod(Math.floorMod((2L * j + twice.get(0)) * y, 2 * high) * wide
          + Math.floorMod((2L * k + twice.get(1)) * x, 2 * wide) * high, 2 * all);
      long turned = r > all ? r - 2 * all : r;
      return roots.computeIfAbsent(r, key -> root(new BigDecimal(turned), new BigDecimal(all)));
    }
    /** Cosine and sine by Taylor, to 70 digits; |angle| is at most pi, and pi^70 / 70! below 1e-65. */
    BigDecimal[] root(BigDecimal r, BigDecimal all) {
      spend(300 * BIG, "many roots of unity");
      MathContext digits = new MathContext(72);
      BigDecimal angle = PI.multiply(r).divide(all, digits), term = ONE;
      BigDecimal[] root = {ONE, ZERO};
      for (int k = 1; k <= 70; k++) {
        term = term.multiply(angle).divide(num(k), digits);
        root[k % 2] = k / 2 % 2 == 0 ? root[k % 2].add(term) : root[k % 2].subtract(term);
      }
      return new BigDecimal[] {cut(root[0], 55), cut(root[1], 55)};
    }
    /** SOUNDNESS, "The frequencies": a row of windows, whose cells have so many pixels, by the rows that it reads. */
    Waved window(Item unit, int row, int high, int wide, int j, int k) {
      int kw = unit.at("kernel", 1), area = volume(unit.list("kernel")), all = unit.area();
      int below = high * unit.at("stride", 0), beside = wide * unit.at("stride", 1), o = row / (high * wide);
      int first = o / (unit.extents().get(0) / unit.groups()) * (all / area);
      Waved sum = new Waved();
      for (int c = 0; c < all; c++) {
        int y = unit.place(0, row / wide % high, c % area / kw), x = unit.place(1, row % wide, c % kw);
        int place = (first + c / area) * below + Math.floorMod(y, below);
        BigDecimal[] root = root(j, k, Math.floorDiv(y, below), Math.floorDiv(x, beside));
        sum.add(place * beside + Math.floorMod(x, beside), unit.factor(o * all + c), root);
      }
      return sum;
    }
  }
  static BigDecimal cut(BigDecimal value, int digits) { return value.setScale(digits, RoundingMode.HALF_EVEN); }
  /**
   * A convolution, divided by a power of ten near its gain, as it changes the waves of a torus. Let S be 1 and all
   * |elements| of it together, and z the n rows or columns of K(w), of length L. Roots of unity are off by 1e-50 at
   * most, what is cut off z by 1e-50: so parts of z are by 3e-50 S, their products by 20 S^2 e-50, entries of the
   * matrix, sums of 2L of those, by 50 L S^2 e-50, and rows of 2n entries by 100 n L S^2 e-50. More than that is taken
   * off the diagonal: by Gershgorin the matrix is positive if the one that is computed is.
   */
  final class Waves {
    final Item unit;
    final Circles circles;
    final int rows, columns, power;
    final BigDecimal square, slack;
    Waves(Item unit, Circles circles, BigDecimal gain) {
      this.unit = unit;
      this.circles = circles;
      this.rows = unit.extents().get(0) / unit.groups();
      int high = Math.min(unit.at("kernel", 0), unit.at("stride", 0));
      int wide = Math.min(unit.at("kernel", 1), unit.at("stride", 1)); // so many phases, or fewer
      this.columns = Math.multiplyExact(unit.at("input", 0) / unit.groups(), high * wide);
      this.power = gain.precision() - gain.scale();
      double[] w = unit.values("weight");
      spend(4 * BIG * w.length, "a convolution of many elements");
      BigDecimal size = Arrays.stream(w).mapToObj(v -> num(Math.abs(v))).reduce(ZERO, BigDecimal::add);
      this.square = gain.movePointLeft(power).pow(2);
      BigDecimal largest = cut(size.movePointLeft(power), 1).add(num(2));
      this.slack = largest.pow(2).multiply(num((double) rows * columns)).movePointLeft(47);
      double products = 2.0 * rows * unit.area() + 2.0 * rows * columns * Math.min(rows, columns);
      double frequencies = (double) circles.cells.get(0) * circles.cells.get(1) * unit.groups() / 2;
      spend(BIG * products * frequencies, "a gain at many frequencies");
    }
    /** The real and imaginary parts of z: each vector has an element for each of the others. */
    BigDecimal[][][] vectors(int group, int j, int k) {
      IntStream all = IntStream.range(group * rows, (group + 1) * rows);
      List<Waved> waves = all.mapToObj(o -> circles.window(unit, o, 1, 1, j, k)).toList();
      List<Integer> places = waves.stream().flatMap(row -> row.keySet().stream()).distinct().toList();
      boolean wide = rows <= columns;
      BigDecimal[][][] z = new BigDecimal[2][wide ? rows : places.size()][wide ? places.size() : rows];
      for (int i = 0; i < 2 * rows * places.size(); i++) {
        int part = i % 2, o = i / 2 % rows, column = i / 2 / rows;
        BigDecimal[] sum = waves.get(o).get(places.get(column));
        BigDecimal element = sum == null ? ZERO : cut(sum[part].movePointLeft(power), 50);
        z[part][wide ? o : column][wide ? column : o] = element;
      }
      return z;
    }
    /** H = g^2 I less the products of the vectors. */
    Map<Integer, Form> matrix(int group, int j, int k) {
      BigDecimal[][][] z = vectors(group, j, k);
      List<Row> lower = new ArrayList<>();
      for (int a = 0; a < z[0].length; a++) {
        Row row = new Row();
        for (int b = 0; b <= a; b++) {
          BigDecimal real = cut(dot(z[0][a], z[0][b]).add(dot(z[1][a], z[1][b])), 50);
          BigDecimal imaginary = cut(dot(z[0][a], z[1][b]).subtract(dot(z[1][a], z[0][b])), 50);
          BigDecimal diagonal = a == b ? square : ZERO;
          row.put(b, new Complex(diagonal.subtract(real), imaginary, a == b ? slack : ZERO));
        }
        lower.add(row);
      }
      return parts(lower, Collections.nCopies(lower.size(), ONE));
    }
    static BigDecimal dot(BigDecimal[] x, BigDecimal[] y) {
      return IntStream.range(0, x.length).mapToObj(i -> x[i].multiply(y[i])).reduce(ZERO, BigDecimal::add);
    }
  }
  // ---------------------------------------------------------------- the inequality by frequency
  /**
   * One proof by all frequencies: SOUNDNESS, "The whole inequality on one torus" and "The head"; FORMAT, "All
   * frequencies". What is behind the head is an inequality like any other.
   */
  final class Torus {
    static final BigDecimal LEAST = num(0x1p-500);
    final Assembly all;
    final List<Item> units;
    final Circles circles;
    /** The first unit that is not on the torus. */
    final int head;
    final List<List<Integer>> images = new ArrayList<>();
    final List<List<BigDecimal>> lambdas = new ArrayList<>(), crops = new ArrayList<>();
    /** The pixels of a cell along each axis, of each unit. */
    final long[][] cell;
    /** For one frequency (j, k): S by rows of its lower triangle, and the rows of each unit. */
    final List<Row> s = new ArrayList<>();
    final List<List<Row>> signals = new ArrayList<>();
    int j, k;
    Torus(Assembly all) {
      this.all = all;
      this.units = all.units;
      this.circles = new Circles(all.proof);
      boolean plain = !all.c.fromLinf() && (!all.c.toLinf() || all.proof.has("head")) && !all.proof.has("rows");
      require(plain && all.proof.list("gains").isEmpty(), "all frequencies: norms other than l2, gains or a witness");
      int last = units.size() - 1;
      this.head = all.proof.has("head") ? all.proof.integer("head") : last + 1;
      require(head >= 1 && head <= last + (all.proof.has("head") ? 0 : 1), "there is no unit for a head");
      this.cell = new long[head][2];
      BitSet clean = new BitSet();
      for (int at = 0; at < head; at++) {
        images.add(image(at, units.get(at)));
        clean.set(at, isClean(at, units.get(at), clean));
        int channels = images.get(at).get(0);
        String constraint = constraint(units.get(at));
        boolean single = constraint.equals("gain") && !units.get(at).is("max_pool");
        lambdas.add(constraint.isEmpty() ? List.of() : multipliers(constraint, at, single ? 1 : channels));
        boolean crop = all.unread.containsKey("crop multiplier of unit " + at);
        crops.add(crop ? multipliers("crop", at, channels) : List.of());
      }
      for (int at = head - 1; at >= 0; at--) {
        for (int axis = 0; axis < 2; axis++) { fitCells(at, units.get(at), axis); }
      }
    }
    /** The extents of a unit's result. */
    List<Integer> image(int at, Item unit) {
      List<List<Integer>> read = unit.operands().stream().map(images::get).toList();
      List<Integer> first = read.isEmpty() ? unit.list("shape") : read.get(0);
      boolean fits = switch (unit.text("operation")) {
        case "input" -> first.size() == 3;
        case "convolution", "average_pool", "max_pool" -> unit.list("input").equals(first);
        case "batch_norm" -> unit.pixels() % (first.get(1) * first.get(2)) == 0;
        case "sum" -> read.stream().allMatch(first::equals);
        case "concat" -> read.stream().allMatch(image -> image.subList(1, 3).equals(first.subList(1, 3)));
        case "scale" -> true;
        case "activation" -> !unit.is("name", "center");
        default -> false;
      };
      require(fits, "unit " + at + " has no place on a torus");
      int channels = unit.is("concat") ? read.stream().mapToInt(image -> image.get(0)).sum() : first.get(0);
      return unit.has("kernel") ? unit.extents() : List.of(channels, first.get(1), first.get(2));
    }
    /** Whether a signal is zero outside of its grid; what windows sum has to be. */
    boolean isClean(int at, Item unit, BitSet clean) {
      boolean cleanly = unit.operands().stream().allMatch(clean::get), mean = unit.is("average_pool");
      require(cleanly || !(mean || unit.is("convolution")), "unit " + at + " reads a signal that is not clean");
      boolean covers = !mean || IntStream.range(0, 2).allMatch(axis -> {
        long stride = unit.at("stride", axis), reached = stride * unit.pixels(axis);
        return unit.at("kernel", axis) <= stride && reached >= unit.at("input", 1 + axis);
      });
      boolean fresh = !constraint(unit).isEmpty() || all.unread.containsKey("crop multiplier of unit " + at);
      return fresh || (cleanly && covers && !unit.is("convolution"));
    }
    /** The kind of multiplier that a unit on the torus needs. */
    static String constraint(Item unit) {
      if (unit.is("max_pool")) { return "gain"; }
      if (!unit.is("activation") || unit.is("name", "identity")) { return ""; }
      return isElementwise(unit) && slopes(unit)[0] < slopes(unit)[1] ? "slope" : "gain";
    }
    List<BigDecimal> multipliers(String constraint, int at, int count) {
      List<BigDecimal> values = all.take(constraint + " multiplier", at, count);
      require(values.stream().allMatch(v -> v.compareTo(LEAST) >= 0), "unit " + at + ": a multiplier below 2^-500");
      return values;
    }
    /** From the last image to the first: those of its operands; and whether a torus of that size is large enough. */
    void fitCells(int at, Item unit, int axis) {
      boolean sums = unit.is("convolution") || unit.is("average_pool"), window = unit.has("kernel");
      long pixels = Math.max(1, cell[at][axis]), stride = window ? unit.at("stride", axis) : 1;
      spend(10 * BIG + (double) pixels * stride * circles.cells.get(axis), "cells of many pixels");
      long n = circles.cells.get(axis) * pixels;
      boolean fits = sums ? Assembly.fits(unit, axis, n) : n >= images.get(at).get(1 + axis);
      cell[at][axis] = pixels;
      for (int operand : unit.operands()) {
        fits &= cell[operand][axis] == 0 || cell[operand][axis] == pixels * stride;
        cell[operand][axis] = pixels * stride;
      }
      require(fits, "the torus of the proof does not fit unit " + at);
    }
    /** SOUNDNESS: S(w) >= 0 for one of w and -w; where there is a head, bordered, and then what is behind it. */
    void check() {
      int high = circles.cells.get(0), wide = circles.cells.get(1), n = units.size();
      List<Form> heads = head < n ? heads(units.get(head)) : List.of();
      BigDecimal[][] y = new BigDecimal[heads.size()][heads.size()];
      Stream.of(y).forEach(row -> Arrays.fill(row, ZERO));
      double others = (double) IntStream.range(0, high).filter(f -> circles.copies(f) > 0).count() * wide - 1;
      for (j = 0; j < high; j++) {
        for (k = 0; k < wide && circles.copies(j) > 0; k++) {
          long before = work;
          assemble();
          if (head < n) { border(heads, y); }
          if (head == n) { positive(parts(s, balance()), 0, ONE, null, "S at " + j + ", " + k); }
          if (j + k == 0 && (before - work) * others > work) { spend(2.0 * work + 1, "S at many frequencies"); }
        }
      }
      say("  S is positive at all frequencies of a torus of " + high + " times " + wide + " cells");
      if (head < n) { checkBehind(y); }
    }
    /** S(w), and the rows of each unit on the torus. */
    void assemble() {
      s.clear();
      signals.clear();
      for (int at = 0; at < head; at++) {
        List<Row> w = signal(at, units.get(at));
        signals.add(crops.get(at).isEmpty() ? w : sloped(w, ZERO, ONE, crops.get(at)));
      }
      if (head == units.size()) { signals.get(head - 1).forEach(y -> subtract(ONE, y)); }
    }
    /** Takes {@code factor |u|^2} away. */
    void subtract(BigDecimal factor, Row u) {
      spend(4 * BIG * u.size() * u.size(), "the matrix of the inequality");
      u.forEach((a, x) -> u.headMap(a, true).forEach((b, y) -> subtract(factor, a, b, x.conjugate().times(y))));
    }
    /** Takes {@code factor Re(u* v)} away. */
    void subtract(BigDecimal factor, Row u, Row v) {
      spend(8 * BIG * u.size() * v.size(), "the matrix of the inequality");
      BigDecimal half = factor.multiply(HALF);
      u.forEach((a, x) -> v.forEach((b, y) ->
          subtract(a.equals(b) ? factor : half, a, b, x.conjugate().times(y))));
    }
    /** From entry (a, b), and what is conjugate to it from (b, a): the lower triangle holds one of them. */
    void subtract(BigDecimal factor, int a, int b, Complex entry) {
      Complex term = entry.times(factor.negate()), lower = a < b ? term.conjugate() : term;
      Complex real = new Complex(term.re, ZERO, term.off);
      s.get(Math.max(a, b)).merge(Math.min(a, b), a == b ? real : lower, Complex::plus);
    }
    List<Row> fresh(int at) {
      double rows = (double) images.get(at).get(0) * cell[at][0] * cell[at][1];
      spend(10 * BIG * rows, "rows of unit " + at);
      return coordinates((int) rows);
    }
    List<Row> coordinates(int n) {
      List<Row> w = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Row row = new Row();
        row.put(s.size(), new Complex(ONE, ZERO, ZERO));
        w.add(row);
        s.add(new Row());
      }
      return w;
    }
    List<Row> signal(int at, Item unit) {
      List<Row> z = unit.operands().stream().map(signals::get).flatMap(List::stream).toList();
      double terms = z.stream().mapToDouble(row -> 1 + row.size()).sum();
      spend(5 * BIG * (1 + terms), "rows of unit " + at);
      String constraint = constraint(unit);
      if (constraint.equals("gain")) { return gain(z, fresh(at), squaredGain(unit), lambdas.get(at)); }
      if (constraint.equals("slope")) {
        BigDecimal a = num(Math.min(slopes(unit)[0], 0)), b = num(Math.max(slopes(unit)[1], 0));
        return sloped(z, a, b, lambdas.get(at));
      }
      return switch (unit.text("operation")) {
        case "input" -> {
          List<Row> x = fresh(at);
          x.forEach(row -> subtract(all.c.bound.pow(2).negate(), row));
          yield x;
        }
        case "sum" -> sums(z, z.size() / unit.operands().size());
        case "scale" -> scaled(z, List.of(unit.number("factor")));
        case "batch_norm" -> scaled(z, scales(unit, unit.pixels() / images.get(at).get(1) / images.get(at).get(2)));
        case "convolution", "average_pool" -> windows(at, unit, z);
        case "concat", "activation" -> z; // the identity, as it has no constraint
        default -> throw unknown(unit);
      };
    }
    List<Row> sloped(List<Row> z, BigDecimal a, BigDecimal b, List<BigDecimal> lambda) {
      List<Row> w = coordinates(z.size());
      for (int i = 0; i < z.size(); i++) {
        Row u = new Row().plus(w.get(i), ONE).plus(z.get(i), a.negate());
        Row v = new Row().plus(z.get(i), b).plus(w.get(i), MINUS);
        subtract(each(lambda, i, z).multiply(num(2)), u, v);
      }
      return w;
    }
    /** That of row i: one for all, or as many as channels, whose rows are beside each other. */
    static BigDecimal each(List<BigDecimal> values, int i, List<Row> rows) {
      return values.get(i / (rows.size() / values.size()));
    }
    List<Row> gain(List<Row> z, List<Row> w, BigDecimal square, List<BigDecimal> lambda) {
      for (int i = 0; i < z.size(); i++) { subtract(each(lambda, i, z).multiply(square), z.get(i)); }
      for (int i = 0; i < w.size(); i++) { subtract(each(lambda, i, w).negate(), w.get(i)); }
      return w;
    }
    List<Row> sums(List<Row> z, int n) {
      List<Row> y = Stream.generate(Row::new).limit(n).toList();
      for (int i = 0; i < z.size(); i++) { y.get(i % n).plus(z.get(i), ONE); }
      return y;
    }
    List<Row> scaled(List<Row> z, List<BigDecimal> factors) {
      return IntStream.range(0, z.size()).mapToObj(i -> new Row().plus(z.get(i), each(factors, i, z))).toList();
    }
    List<Row> windows(int at, Item unit, List<Row> z) {
      int high = (int) cell[at][0], wide = (int) cell[at][1], n = images.get(at).get(0) * high * wide;
      List<Row> rows = new ArrayList<>();
      for (int row = 0; row < n; row++) {
        spend(3 * BIG * unit.area(), "waves of many elements");
        rows.add(circles.window(unit, row, high, wide, j, k).of(z));
      }
      return rows;
    }
    /** Factors that bring the diagonal near to 1, where it is positive. */
    List<BigDecimal> balance() {
      return IntStream.range(0, s.size()).mapToObj(i -> {
        BigDecimal diagonal = s.get(i).containsKey(i) ? s.get(i).get(i).re : ZERO;
        return diagonal.signum() > 0 ? inverseRoot(diagonal) : ONE;
      }).toList();
    }
    /** The rows of the head as forms of the pixels that it reads. */
    List<Form> heads(Item unit) {
      boolean linear = isLinear(unit) && !all.unread.containsKey("gain multiplier of unit " + head);
      require(linear, "a head that is not linear");
      boolean behind = units.stream().skip(head + 1).flatMap(u -> u.operands().stream()).allMatch(k -> k >= head);
      require(behind, "a unit behind the head reads a unit before it");
      Assembly pixels = new Assembly(all.c, units, all.number, false);
      for (int at = 0; at < head; at++) {
        int size = unit.operands().contains(at) ? volume(images.get(at)) : 0;
        spend(BIG * size, "pixels that a head reads");
        pixels.signals.add(pixels.fresh(Collections.nCopies(size, 1)));
      }
      return pixels.signal(head, unit);
    }
    /** V(w), by rows. */
    List<Row> read(List<Form> heads) {
      List<Row> rows = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      List<BigDecimal[]> roots = new ArrayList<>();
      for (int at : new TreeSet<>(units.get(head).operands())) {
        spend(BIG * volume(images.get(at)), "pixels that a head reads");
        int h = images.get(at).get(1), w = images.get(at).get(2), high = (int) cell[at][0], wide = (int) cell[at][1];
        for (int p = 0; p < volume(images.get(at)); p++) {
          int y = p / w % h, x = p % w;
          places.add(rows.size() + (p / (w * h) * high + y % high) * wide + x % wide);
          roots.add(circles.root(j, k, y / high, x / wide));
        }
        rows.addAll(signals.get(at));
      }
      List<Row> v = new ArrayList<>();
      for (Form form : heads) {
        spend(3 * BIG * form.size(), "waves of many elements");
        Waved sum = new Waved();
        form.forEach((p, a) -> sum.add(places.get(p), a, roots.get(p)));
        v.add(sum.of(rows));
      }
      return v;
    }
    /**
     * SOUNDNESS, "The head", for real u alone: a real Y(w) does, the same for w and -w. B is S(w) as its parts, V by
     * [Re, -Im]. With G of {@link #guess}, continued by the rows H of V, [B, V'; V, Y] is the square of [G; H] and a
     * rest, in which Y is chosen: H H', and on the diagonal what the rest of V needs.
     */
    void border(List<Form> heads, BigDecimal[][] y) {
      List<BigDecimal> scale = balance();
      List<Form> b = List.copyOf(parts(s, scale).values()), v = new ArrayList<>(), off = new ArrayList<>();
      int n = b.size();
      for (Row row : read(heads)) {
        Form form = new Form(1), more = new Form(1);
        row.forEach((i, a) -> {
          form.with(2 * i, a.re.multiply(scale.get(i))).put(2 * i + 1, a.im.multiply(scale.get(i)).negate());
          more.with(2 * i, a.off.multiply(scale.get(i))).put(2 * i + 1, a.off.multiply(scale.get(i)));
        });
        form.putIfAbsent(n - 1, ZERO);
        v.add(form);
        off.add(more);
      }
      if (!isBordered(b, v, off, 2e-16, y) && !isBordered(b, v, off, 1e-14, y)) {
        positive(parts(s, scale), 0, ONE, null, "S at " + j + ", " + k);
        throw new Stop("NOT DECIDED: S at " + j + ", " + k + " is nearly singular");
      }
    }
    boolean isBordered(List<Form> b, List<Form> v, List<Form> off, double less, BigDecimal[][] y) {
      int n = b.size();
      List<Form> rows = Stream.of(b, v).flatMap(List::stream).toList();
      for (int i = 0; i < rows.size(); i++) {
        double length = Math.min(i + 1, n) - rows.get(i).firstKey(), pairs = Math.max(0, i + 1 - n);
        spend((2 * length + pairs) * length + 6 * BIG * (length + pairs), "matrices with a border");
      }
      double[][] guess = guess(rows, n, less);
      if (guess.length == 0) { return false; }
      int[] power = IntStream.range(n, guess.length).map(i -> power(guess[i])).toArray();
      for (int r = 0; r < power.length; r++) {
        double unit = Math.pow(10, -power[r]);
        guess[n + r] = Arrays.stream(guess[n + r]).map(value -> value * unit).toArray();
      }
      long[][] g = units(guess);
      BigDecimal[] slack = slack(b, g), more = new BigDecimal[v.size()];
      for (int r = 0; r < more.length; r++) {
        more[r] = ZERO;
        for (int c = v.get(r).firstKey(); c < n; c++) {
          BigDecimal value = v.get(r).at(c).scaleByPowerOfTen(-power[r]);
          BigDecimal error = off.get(r).at(c).scaleByPowerOfTen(-power[r]);
          BigDecimal rest = value.subtract(product(g[n + r], n - 1, g[c], c)).abs().add(error).round(Complex.UP);
          slack[c] = slack[c].subtract(rest);
          more[r] = more[r].add(rest);
        }
      }
      if (!Stream.of(slack).allMatch(value -> value.signum() >= 0)) { return false; }
      for (int r = 0; r < more.length; r++) {
        for (int q = 0; q <= r; q++) {
          BigDecimal square = product(g[n + r], n - 1, g[n + q], n - 1).add(q == r ? more[r] : ZERO);
          square = square.scaleByPowerOfTen(power[r] + power[q]).multiply(num(circles.copies(j)));
          y[r][q] = y[r][q].add(square);
        }
      }
      return true;
    }
    /** The exponent of the power of ten above all elements of a row. */
    static int power(double[] row) {
      double largest = Arrays.stream(row).map(Math::abs).max().getAsDouble();
      return largest > 0 ? (int) Math.floor(Math.log10(largest)) + 1 : 0;
    }
    /** Checks the units behind the head: their input is u, and the head gives Y u. */
    void checkBehind(BigDecimal[][] y) {
      try {
        say(behind(all, y, ONE));
      } catch (Stop e) { // by a fault of the certificate, or what is above the least Y that there is?
        behind(new Assembly(all.c, units, all.number, false), y, num(1 - 0x1p-20));
        throw new Stop("NOT DECIDED: S behind the head is nearly singular");
      }
    }
    String behind(Assembly assembly, BigDecimal[][] y, BigDecimal less) {
      BigDecimal frequencies = num((double) circles.cells.get(0) * circles.cells.get(1));
      List<Form> z = new ArrayList<>();
      for (int r = 0; r < y.length; r++) {
        Form form = new Form(1), row = new Form(1);
        for (int q = 0; q < y.length; q++) { form.put(q, y[Math.max(r, q)][Math.min(r, q)].multiply(less)); }
        form.headMap(r, true).forEach((q, a) -> row.put(q, a.multiply(frequencies)));
        form.values().removeIf(a -> a.signum() == 0);
        assembly.matrix.put(r, row);
        z.add(form);
      }
      assembly.coordinates = y.length;
      assembly.signals.addAll(Collections.nCopies(head, List.of()));
      assembly.signals.add(z);
      for (int at = head + 1; at < units.size(); at++) { assembly.signals.add(assembly.signal(at, units.get(at))); }
      List<Form> last = assembly.claimed(assembly.signals.get(units.size() - 1));
      last.forEach(form -> assembly.subtract(ONE, form, form));
      if (last.stream().allMatch(Form::isEmpty)) { assembly.matrix.clear(); } // as in any other proof
      return positive(assembly.matrix, 0, ONE, null, "S behind the head");
    }
  }
}
