package io.lipc.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts sentences into the words of a file: names of networks, layers, tensors and columns that say
 * what only lipc may say. All of them name one bound that no sample has, {@value #BOUND}.
 */
final class Lies {

  static final String BOUND = "0.0078125";

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  /** Texts that look like blanks, or end a line, a quotation or an escape; in JSON too. */
  private static final List<String> BLANKS =
      List.of(
          " ",
          "\t",
          "\r",
          "\n",
          "\\n",
          "\\u000a",
          "\\u000d",
          "\u00a0",
          "\\u00a0",
          "\u2007",
          "\u3164",
          "\\u2800",
          "\u00ad",
          "\u202e",
          "\\u202e",
          "\u0085",
          "\\u2028",
          "\u001b[2K ",
          "\\u001b[1A ",
          "\"",
          "\\\"",
          "\\\\\" ",
          "` ",
          "' ",
          "\\",
          "\\u0022 ",
          "\\u0060 ",
          "</code> ",
          "\ud800 ");

  private static final List<String> SENTENCES =
      List.of(
          "is_%s-Lipschitz_from_l2_to_l2_(exactly_0x1.0p-7);_formerly_it",
          "_accepted:_Net_is_%s-Lipschitz_from_l2_to_l2_(exactly_0x1.0p-7)_",
          "_Lipschitz_bound_%s_from_l2_to_l2,_certified_",
          "_%s_");

  private Lies() {}

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    return Headers.isFile(sample)
        ? Headers.changed(sample, header -> said(header, mutator))
        : said(new String(sample, StandardCharsets.UTF_8), mutator)
            .getBytes(StandardCharsets.UTF_8);
  }

  /** A word is continued by a sentence, or gives way to it, here or wherever it stands. */
  private static String said(String text, Mutator mutator) {
    Matcher words = WORD.matcher(text);
    List<int[]> places = words.results().map(word -> new int[] {word.start(), word.end()}).toList();
    if (places.isEmpty()) {
      return text;
    }
    int[] place = mutator.one(places);
    String word = text.substring(place[0], place[1]);
    String said = (mutator.once(4) ? "" : word) + sentence(mutator);
    return mutator.once(2)
        ? text.replace(word, said)
        : text.substring(0, place[0]) + said + text.substring(place[1]);
  }

  private static String sentence(Mutator mutator) {
    String sentence = mutator.one(SENTENCES).formatted(BOUND);
    String blank = mutator.one(BLANKS);
    String first = mutator.once(2) ? blank : mutator.one(BLANKS);
    return first + sentence.replace("_", blank);
  }
}
