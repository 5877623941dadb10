package io.lipc.model.diagnostic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of each kind of fault or oddity that lipc reports. Every constant has a page {@code
 * docs/errors/<id>.md} and an example under {@code bad/<id>/}; a test names whichever is missing.
 */
public enum DiagnosticId {
  SYNTAX,
  NESTING_TOO_DEEP,
  SOURCE_NOT_READABLE,
  DECLARATION_INVALID,
  UNKNOWN_NAME,
  DUPLICATE_NAME,
  SHAPE_MISMATCH,
  SIZE_OUT_OF_RANGE,
  CONSTANT_INVALID,
  CYCLE,
  UNUSED_LAYER,
  UNNAMED_LAYER,
  ACTIVATION_NOT_SLOPE_RESTRICTED,
  OPERATION_NOT_LIPSCHITZ,
  UNBOUNDED_LAYER,
  UNPARAMETERIZED_DENSE,
  PARAMETERIZATION_STRUCTURE,
  PARAMETERIZATION_SLOPE,
  BOUND_INVALID,
  NORM_NOT_SUPPORTED,
  NORM_MISMATCH,
  PAIRS_NOT_SUPPORTED,
  PAIRS_NOT_CERTIFIED,
  SCALED_NOT_SUPPORTED,
  SCALED_NOT_PROVED,
  RANGE_NOT_SUPPORTED,
  RANGE_NOT_PROVED,
  RANGE_VIOLATED,
  QUERY_NOT_SUPPORTED,
  QUERY_NOT_PROVED,
  QUERY_VIOLATED,
  LOCAL_NOT_SUPPORTED,
  BOX_MISSING,
  BOX_OUTSIDE,
  BOX_EMPTY,
  LOCAL_BOUND_NOT_CERTIFIED,
  MONOTONICITY_NOT_CERTIFIED,
  MONOTONICITY_VIOLATED,
  SLOPES_NOT_CERTIFIED,
  SLOPES_VIOLATED,
  LENGTH_NOT_SUPPORTED,
  LENGTH_NOT_PROVED,
  PADDING_NOT_SUPPORTED,
  WEIGHTS_INVALID,
  LIPSCHITZ_BOUND_NOT_CERTIFIED,
  LIPSCHITZ_BOUND_VIOLATED,
  COMPOSITION_EXCEEDS_BOUND,
  BACKEND_NOT_AVAILABLE,
  INTERNAL_FAULT,
  LOOSE_BOUND(Severity.WARNING),
  DEAD_LAYER(Severity.WARNING),
  REST_UNREAD(Severity.WARNING),
  OVERFLOW_NOT_EXCLUDED(Severity.WARNING),
  WEIGHTS_UNUSED(Severity.WARNING),
  UNUSED_CLAUSE(Severity.WARNING),
  UNUSED_IMPORT(Severity.WARNING),
  NO_INPUT_BOX(Severity.NOTE);

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final Severity severity;

  DiagnosticId() {
    this(Severity.ERROR);
  }

  DiagnosticId(Severity severity) {
    this.severity = severity;
  }

  /** The id that messages call {@code word}. */
  public static Optional<DiagnosticId> named(String word) {
    return Arrays.stream(values()).filter(id -> id.word.equals(word)).findFirst();
  }

  /** Whether it refuses a network. */
  public Severity severity() {
    return severity;
  }

  /** The kebab-case form that messages, pages and folders use. */
  public String word() {
    return word;
  }
}
