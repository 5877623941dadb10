package io.lipc.onnx.protobuf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Why a file is not read: all reasons that can be seen, so that nobody mends one and meets the
 * next. Whatever depends on what is not read gives no further ones.
 */
public final class Reasons {

  /** A file with more reasons is looked at no further. */
  static final int MOST = 12;

  /** How often each reason was met, by what is said of its first place. */
  private final Map<OnnxException.Fault, Integer> met = new LinkedHashMap<>();

  private final Map<String, OnnxException.Fault> first = new LinkedHashMap<>();

  /** Something that ends with a reason. */
  @FunctionalInterface
  public interface Step {
    /** Does it. */
    void run() throws OnnxException;
  }

  /** Keeps the reason for which {@code step} ends, if it does. */
  public void collect(Step step) throws OnnxException {
    try {
      step.run();
    } catch (OnnxException reason) {
      add(reason);
    }
  }

  /**
   * Keeps a reason.
   *
   * @throws OnnxException with all of them, if these are as many as are said, or a budget is spent
   */
  public void add(OnnxException reason) throws OnnxException {
    OnnxException.Fault fault = reason.fault();
    met.merge(first.computeIfAbsent(fault.clause(), _ -> fault), 1, Integer::sum);
    if (reason.ends() || met.size() > MOST) {
      check();
    }
  }

  /**
   * Refuses the file if there are reasons for it.
   *
   * @throws OnnxException if there are some, with all of them
   */
  public void check() throws OnnxException {
    if (met.isEmpty()) {
      return;
    }
    boolean single = met.size() == 1;
    StringJoiner lines = new StringJoiner("\n");
    if (!single) {
      lines.add(met.size() > MOST ? "more than " + MOST + " reasons:" : met.size() + " reasons:");
    }
    int said = 0;
    for (Map.Entry<OnnxException.Fault, Integer> entry : met.entrySet()) {
      if (said++ < MOST) {
        int more = entry.getValue() - 1;
        String like = more == 0 ? "" : " (and %d more like it)".formatted(more);
        lines.add((single ? "" : "  " + said + ". ") + entry.getKey().words(like));
      }
    }
    throw OnnxException.ofLines(lines.toString());
  }
}
