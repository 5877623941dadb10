package io.lipc.processor;

import io.lipc.compiler.emission.Backends;
import io.lipc.compiler.proof.CertificateCache;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.report.Durations;
import io.lipc.compiler.report.HelpBase;
import io.lipc.model.diagnostic.Suggestions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of the processor, as javac passes them on: {@code -Alipc.root=...} and the others.
 *
 * @param options all options that javac was given for processors
 */
record ProcessorOptions(Map<String, String> options) {

  private static final String ROOT = "lipc.root";
  private static final String CACHE = "lipc.cache";
  private static final String DIAGNOSTICS = "lipc.diagnostics";
  private static final String HELP = "lipc.help.base";
  private static final String BUDGET = "lipc.certify.budget";
  private static final String NOTES = "lipc.notes";
  private static final String TIGHT = "lipc.tight";

  /** The names of all options. */
  static final Set<String> NAMES =
      Set.of(ROOT, CACHE, DIAGNOSTICS, HELP, BUDGET, NOTES, TIGHT, Backends.OPTION);

  /** The folder that paths are relative to. */
  Optional<Path> root() {
    return Optional.ofNullable(options.get(ROOT)).map(Path::of);
  }

  /** Tells the output where messages go, and which, and warns of what is no option. */
  void prepare(Output output) {
    file(DIAGNOSTICS, output).ifPresent(output::logTo);
    helpBase(output).ifPresent(output::linkTo);
    reportUnknownOptions(output);
    chooseNotes(output);
    checkTight(output);
  }

  /**
   * javac warns of options that no processor knows only where it is asked to, and suggests none.
   */
  private void reportUnknownOptions(Output output) {
    options.keySet().stream()
        .filter(option -> option.startsWith("lipc.") && !NAMES.contains(option))
        .sorted()
        .forEach(
            option ->
                output.warn(
                    "there is no option -A"
                        + option
                        + Suggestions.closest(option, NAMES)
                            .map(meant -> "; did you mean -A" + meant + "?")
                            .orElse("; lipc has -A" + String.join(", -A", new TreeSet<>(NAMES)))));
  }

  /** The option by which a build searches for the least bound. */
  static String tight() {
    return "-A" + TIGHT + "=true";
  }

  /** Whether builds search on once a bound is proved. */
  boolean isTight() {
    return "true".equals(options.get(TIGHT));
  }

  private void checkTight(Output output) {
    String word = options.get(TIGHT);
    if (options.containsKey(TIGHT) && !"true".equals(word) && !"false".equals(word)) {
      output.warn("-A" + TIGHT + (word == null ? "" : "=" + word) + " is neither =true nor =false");
    }
  }

  private void chooseNotes(Output output) {
    String word = options.get(NOTES);
    if ("none".equals(word)) {
      output.silenceNotes();
    } else if (word != null && !word.equals("all")) {
      output.warn("-A" + NOTES + "=" + word + " is neither all nor none");
    }
  }

  /** How long searches may take. */
  Timing timing(Output output) {
    String word = options.get(BUDGET);
    Optional<Duration> budget = Optional.ofNullable(word).flatMap(Durations::parse);
    if (word != null && budget.isEmpty()) {
      output.warn("-A" + BUDGET + "=" + word + " is not a duration, such as 500ms, 5s or 2m");
    }
    return budget.<Timing>map(Timing.Each::new).orElseGet(Timing.Usual::new);
  }

  private Optional<HelpBase> helpBase(Output output) {
    String word = options.get(HELP);
    Optional<HelpBase> base = Optional.ofNullable(word).flatMap(HelpBase::parse);
    if (word != null && base.isEmpty()) {
      output.warn("-A" + HELP + "=" + word + " " + HelpBase.EXPECTED);
    } else if (base.isPresent() && !options.getOrDefault(DIAGNOSTICS, "").endsWith(".sarif")) {
      output.warn("-A" + HELP + " is for -A" + DIAGNOSTICS + "=FILE.sarif, whose rules name pages");
    }
    return base;
  }

  /** Where certificates of earlier builds are. */
  CertificateCache cache(Output output) {
    return file(CACHE, output)
        .map(folder -> CertificateCache.in(folder, output::note))
        .orElseGet(CertificateCache::none);
  }

  /**
   * The path that an option gives, if it does: never against the working directory, which differs
   * between Maven, Gradle and IDEs.
   */
  private Optional<Path> file(String option, Output output) {
    String written = options.get(option);
    if (written == null || written.isEmpty()) {
      return Optional.empty();
    }
    Path place = root().map(root -> root.resolve(written)).orElse(Path.of(written));
    if (!place.isAbsolute()) {
      output.warn("-A" + option + "=" + written + " is relative, and -A" + ROOT + " is not given");
      return Optional.empty();
    }
    return Optional.of(place);
  }
}
