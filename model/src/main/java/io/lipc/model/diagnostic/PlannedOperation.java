package io.lipc.model.diagnostic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Operations that people know from elsewhere and that this version does not have. The language
 * knows their names so that it can say what to write today, instead of calling them unknown.
 */
public enum PlannedOperation {
  /** Another name of {@code silu}. */
  SWISH("write `silu`, which is swish with beta 1", "swish"),
  /** Sorting under another name. */
  SORTING("write `group_sort(k)`, which sorts each group of k neighbours", "sort"),
  /** Convolutions of other than two dimensions, and pools under another name. */
  STRUCTURED(
      "write `conv2d`, `avg_pool` or `max_pool` over an image, `real[channels, height, width]`; a"
          + " sequence is an image of height 1",
      "conv conv1d conv3d avg_pool1d avg_pool2d max_pool1d max_pool2d global_max_pool"),
  /** Operations that change no numbers when a trained network runs. */
  NOTHING("leave it out: it changes nothing here", "dropout");

  private final String remedy;
  private final String words;

  PlannedOperation(String remedy, String... words) {
    this.remedy = remedy;
    this.words = String.join(" ", words);
  }

  /** The text to write instead. */
  String remedy() {
    return remedy;
  }

  /**
   * The operation that people call {@code word}; capitals and underscores do not matter, so that
   * {@code DropOut} is {@code dropout}.
   */
  public static Optional<PlannedOperation> named(String word) {
    String plain = plain(word);
    return Arrays.stream(values()).filter(planned -> planned.means(plain)).findFirst();
  }

  private boolean means(String plain) {
    return Arrays.stream(words.split(" ")).map(PlannedOperation::plain).anyMatch(plain::equals);
  }

  private static String plain(String word) {
    return word.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
