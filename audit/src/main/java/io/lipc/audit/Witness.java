package io.lipc.audit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the audit what lipc's checker was asked, and holds their verdicts against each other.
 *
 * <p>lipc's classes are seen by reflection: a test may have loaded them by a loader of its own.
 */
public final class Witness {

  /**
   * The work that one audit may cost: about a tenth of a second, and a file that makes no test
   * slow.
   */
  private static final long WORK = 60_000_000;

  private static final int MAX_BYTES = 1 << 21;

  /**
   * The reasons of the checker where it cannot prove, or stops: the audit may well know better, but
   * of derivatives that are {@link #isFar far} from what is claimed.
   */
  private static final Set<String> UNPROVED =
      Set.of(
          "NOT_POSITIVE_DEFINITE",
          "GAIN_NOT_PROVED",
          "DERIVATIVES_NOT_PROVED",
          "QUERY_NOT_PROVED",
          "TOO_LARGE");

  /**
   * The folder that keeps each question with both answers, for a third checker; none in a usual
   * run.
   */
  private static final Optional<Path> KEPT =
      Optional.ofNullable(System.getProperty("lipc.audit.keep")).map(Path::of);

  /**
   * One of so many certificates is kept, chosen by its digest: all, unless told. A sample is one of
   * those that lipc accepts or refuses, without those that it found no proof of: they are many, and
   * no disagreement can be about them.
   */
  private static final int ONE_OF = Integer.getInteger("lipc.audit.keep.one.of", 1);

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final Map<String, Integer> COUNTS = Collections.synchronizedMap(new TreeMap<>());

  private Witness() {}

  /** A certificate and the bytes of its weights first, then those of its callees. */
  private record Question(List<String> texts, List<byte[]> weights) {}

  /**
   * Receives verdicts of the checker; the agent calls it.
   *
   * @throws AssertionError if the audit disagrees
   */
  public static void saw(Object verdict, Object subject) {
    boolean derived = verdict.toString().contains("DERIVATIVES_NOT_PROVED");
    if (!isSettled(verdict) && !derived && (KEPT.isEmpty() || ONE_OF > 1)) {
      return;
    }
    Question question = question(subject);
    boolean far = derived && isFar(verdict.toString(), question.texts.getFirst());
    String digest = digest(question);
    boolean keeps = KEPT.isPresent() && Integer.parseInt(digest.substring(0, 7), 16) % ONE_OF == 0;
    if ((isSettled(verdict) || far || keeps) && SEEN.add(digest)) {
      List<String> report = audit(question);
      if (keeps) {
        keep(KEPT.get(), question, verdict.toString(), report);
      }
      COUNTS.merge(compare(verdict, question, report, true), 1, Integer::sum);
    }
  }

  /**
   * Compares a verdict, whoever gave it, with that of the audit, and counts nothing.
   *
   * @throws AssertionError if the audit disagrees
   */
  public static void compare(Object verdict, Object subject) {
    Question question = question(subject);
    compare(verdict, question, audit(question), false);
  }

  /** The audit's answer about a subject, whatever the checker does. */
  public static String verdict(Object subject) {
    return audit(question(subject)).getLast();
  }

  /** The number of certificates that were compared so far. */
  public static int compared() {
    return SEEN.size();
  }

  private static boolean isSettled(Object verdict) {
    // Where a callee is not accepted, its own verdict stands in the detail, and so on.
    return isAccepted(verdict)
        || (UNPROVED.stream().noneMatch(reason -> verdict.toString().contains("reason=" + reason))
            && !isNear(verdict.toString())
            && !ON_PARTS.matcher(verdict.toString()).find());
  }

  /** Lines cancel exactly in the audit, and in doubles but for roundings, of whatever size. */
  private static final Pattern ON_PARTS =
      Pattern.compile("RANGE_NOT_PROVED, detail=(output \\d+ on parts in|a part that may have)");

  private static final Pattern SHORT =
      Pattern.compile(
          "LENGTH_NOT_PROVED, detail=unit \\d+ reads lengths from (.+) on, not from (.+)]");

  /** Whether a length lacks no more than roundings may take away, which the audit does without. */
  static boolean isNear(String verdict) {
    Matcher found = SHORT.matcher(verdict);
    return found.find()
        && Double.parseDouble(found.group(2))
            <= Double.parseDouble(found.group(1)) * (1 + ROUNDINGS);
  }

  /**
   * The share by which a claim may be beyond what the checker found of the derivatives of a network
   * of straight pieces: both checkers take the same lines, whose choice may hang on a rounding.
   */
  private static final double MARGIN = 0.5;

  private static final double ROUNDINGS = 1e-9;

  private static final Pattern FOUND =
      Pattern.compile("DERIVATIVES_NOT_PROVED, detail=(bound|a slope of) ([-+.0-9E]+)]");

  private static final Pattern CLAIMED = Pattern.compile("\"bound\": \"([^\"]+)\"");

  /** Functions that checkers round, so that where they are flat one may know far more. */
  private static final Pattern CURVED =
      Pattern.compile(
          "\"(tanh|sigmoid|softplus|elu|celu|selu|softsign|hard_sigmoid|hard_swish|silu|mish|sin"
              + "|gelu|gelu_tanh)\", \"parameters");

  /**
   * Whether the checker found derivatives that are far from what is claimed: then the audit cannot
   * know so much better. Slopes against a trend count from a thousandth on.
   */
  static boolean isFar(String verdict, String text) {
    Matcher found = FOUND.matcher(verdict);
    if (!found.find() || CURVED.matcher(text).find()) {
      return false;
    }
    double value = Double.parseDouble(found.group(2));
    Matcher claimed = CLAIMED.matcher(text);
    return found.group(1).equals("bound")
        ? claimed.find() && Double.parseDouble(claimed.group(1)) < MARGIN * value
        : value > 1e-3;
  }

  private static boolean isAccepted(Object verdict) {
    return verdict.getClass().getSimpleName().equals("Accepted");
  }

  private static String compare(
      Object verdict, Question question, List<String> report, boolean kept) {
    String said = report.getLast();
    boolean far = isFar(verdict.toString(), question.texts.getFirst());
    if ((isSettled(verdict) || far)
        && said.startsWith(isAccepted(verdict) ? "REJECTED" : "ACCEPTED")) {
      String fault = "lipc's checker says " + verdict + ", and the audit: " + said;
      if (kept) {
        keep(Path.of("target", "audit"), question, fault, report);
      }
      throw new AssertionError(fault);
    }
    return !isSettled(verdict)
        ? far ? "far from proved by lipc" : "not proved by lipc"
        : said.startsWith("NOT DECIDED")
            ? "not decided"
            : isAccepted(verdict) ? "accepted by both" : "rejected by both";
  }

  private static Question question(Object subject) {
    Question question = new Question(new ArrayList<>(), new ArrayList<>());
    collect(subject, question, Collections.newSetFromMap(new IdentityHashMap<>()));
    return question;
  }

  private static List<String> audit(Question question) {
    long bytes = question.weights.stream().mapToLong(file -> file.length).sum();
    boolean large = bytes > MAX_BYTES || question.texts.getFirst().length() > MAX_BYTES;
    return large
        ? List.of("NOT DECIDED: too large: a test")
        : audit(question.texts, question.weights, WORK);
  }

  /**
   * The report of the audit. Its class is in no package, so that `java Audit.java` runs it: no
   * class can import it.
   *
   * @return its report, whose last line is the verdict
   */
  @SuppressWarnings("unchecked")
  public static List<String> audit(List<String> texts, List<byte[]> weights, long work) {
    try {
      Method audit = Class.forName("Audit").getMethod("audit", List.class, List.class, long.class);
      return (List<String>) audit.invoke(null, texts, weights, work);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the audit failed", e);
    }
  }

  /** The subject itself first, then what it calls, each once; calls may be thousands deep. */
  private static void collect(Object whole, Question question, Set<Object> seen) {
    Deque<Object> left = new ArrayDeque<>(List.of(whole));
    while (!left.isEmpty()) {
      Object subject = left.removeFirst();
      if (seen.add(subject)) {
        String text =
            (String) call(subject, "CertificateText", "write", get(subject, "certificate"));
        question.texts.add(text);
        question.weights.add(reads(text) ? weights(subject) : new byte[0]);
        left.addAll(((Map<?, ?>) get(subject, "callees")).values());
      }
    }
  }

  /**
   * Whether a certificate is about weights that stand beside it. A subject may have more tensors
   * than its certificate names, also where that names none; a file of these is refused by lipc's
   * commands, which the audit does as well, before its checker is asked.
   */
  private static boolean reads(String text) {
    return !text.contains("\"tensors\": []")
        || text.contains("\"per tensor\"")
        || text.contains("\"ldlt construction\"");
  }

  private static byte[] weights(Object subject) {
    Object weights = get(subject, "weights");
    return ((Map<?, ?>) get(weights, "tensors")).isEmpty()
        ? new byte[0]
        : (byte[]) call(weights, "Safetensors", "write", weights);
  }

  private static Object get(Object record, String component) {
    try {
      Method method = record.getClass().getMethod(component);
      method.setAccessible(true);
      return method.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no " + component + " of " + record.getClass(), e);
    }
  }

  /** A static method of a class beside that of {@code neighbour}. */
  private static Object call(Object neighbour, String type, String method, Object argument) {
    Class<?> beside = neighbour.getClass();
    try {
      return Class.forName(beside.getPackageName() + "." + type, true, beside.getClassLoader())
          .getMethod(method, argument.getClass())
          .invoke(null, argument);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no " + type + "." + method, e);
    }
  }

  private static String digest(Question question) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      question.texts.forEach(text -> sha.update(text.getBytes(StandardCharsets.UTF_8)));
      question.weights.forEach(sha::update);
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * For whoever looks into it, and for the third checker: the files as the audit's command line
   * takes them, what lipc's checker said, and what the audit did.
   */
  private static void keep(Path place, Question question, String said, List<String> report) {
    Path folder = place.resolve(digest(question).substring(0, 16));
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < question.texts.size(); i++) {
        Files.writeString(folder.resolve(i + ".json"), question.texts.get(i));
        Files.write(folder.resolve(i + ".safetensors"), question.weights.get(i));
      }
      Files.writeString(folder.resolve("report.txt"), said + "\n");
      Files.write(folder.resolve("audit.txt"), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line, when the tests of a module are done; past whatever a test did to System.err. */
  static void report() {
    try (PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
      out.println("audit: " + COUNTS);
    }
  }
}
