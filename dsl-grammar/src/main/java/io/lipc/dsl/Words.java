package io.lipc.dsl;

import io.lipc.model.LinearOperation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.diagnostic.PlannedOperation;
import io.lipc.model.diagnostic.RefusedOperation;
import io.lipc.model.diagnostic.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The words of the language that name operations. */
final class Words {

  static final String DENSE = "dense";
  static final String FLATTEN = "flatten";
  static final String RESHAPE = "reshape";
  static final String CONV2D = "conv2d";
  static final String BATCH_NORM = "batch_norm";
  static final String AVG_POOL = "avg_pool";
  static final String GLOBAL_AVG_POOL = "global_avg_pool";
  static final String MAX_POOL = "max_pool";

  private static final List<String> OWN =
      List.of(DENSE, FLATTEN, RESHAPE, CONV2D, BATCH_NORM, AVG_POOL, GLOBAL_AVG_POOL, MAX_POOL);

  private static final Set<String> OPERATIONS =
      new TreeSet<>(
          Stream.of(
                  OWN.stream(),
                  LinearOperation.ALL.stream().map(LinearOperation::word),
                  ActivationKind.values().stream().map(ActivationKind::word))
              .flatMap(words -> words)
              .toList());

  private Words() {}

  /**
   * The operation that a word was meant to be. A capitalised word is a network of another file
   * unless it is an operation but for its capitals.
   */
  static Optional<String> meant(String word) {
    if (Character.isUpperCase(word.charAt(0))) {
      return Optional.of(word.toLowerCase(Locale.ROOT)).filter(OPERATIONS::contains);
    }
    return Suggestions.closest(word, OPERATIONS);
  }

  /** Whether an argument is a truth value; no layer of that name can be an operand in a call. */
  static boolean isTruth(String argument) {
    return argument.equals("true") || argument.equals("false");
  }

  /** An operation of a later version. A capitalised word is a network of another file. */
  static Optional<PlannedOperation> planned(String word) {
    return Character.isUpperCase(word.charAt(0)) ? Optional.empty() : PlannedOperation.named(word);
  }

  /** An operation of no version; likewise. */
  static Optional<RefusedOperation> refused(String word) {
    return Character.isUpperCase(word.charAt(0)) ? Optional.empty() : RefusedOperation.named(word);
  }

  /** The nearest of some words, for "did you mean". */
  static Optional<String> closest(String word, String... words) {
    return Suggestions.closest(word, List.of(words));
  }
}
