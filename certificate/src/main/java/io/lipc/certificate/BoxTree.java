package io.lipc.certificate;

import io.lipc.formats.FormatException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A box of inputs cut into smaller boxes, which have faces in common: a proof argues about each of
 * them by itself. The leaves cover the box, because nothing but a place of a cut can be written.
 */
public sealed interface BoxTree {

  /** The most cuts on the way to a leaf. */
  int MAX_DEPTH = 200;

  /** The most leaves. */
  int MAX_LEAVES = 1_000_000;

  /** A box that is not cut. */
  record Leaf() implements BoxTree {}

  /**
   * A box that is cut in two.
   *
   * @param element the number of the element of the input that is cut
   * @param at where: no end of that element's interval, but within
   * @param below the part with {@code x_element <= at}
   * @param above the part with {@code x_element >= at}
   */
  record Cut(int element, double at, BoxTree below, BoxTree above) implements BoxTree {}

  /** The number of leaves. */
  default int leaves() {
    return (words().size() + 1) / 2;
  }

  /** The tree as words, a box before its parts: where it is cut, or {@code leaf}. */
  default List<String> words() {
    List<String> words = new ArrayList<>();
    Words.write(this, words);
    return words;
  }

  /**
   * The tree of these words.
   *
   * @throws FormatException if there is none, or one that is deeper or larger than allowed
   */
  static BoxTree of(List<String> words) throws FormatException {
    if (words.size() >= 2 * MAX_LEAVES) {
      throw new FormatException("more than " + MAX_LEAVES + " boxes");
    }
    Iterator<String> left = words.iterator();
    BoxTree tree = Words.read(left, 0);
    if (left.hasNext()) {
      throw new FormatException("boxes after the last one");
    }
    return tree;
  }

  /** The words of trees. */
  final class Words {

    private static final String LEAF = "leaf";
    private static final Pattern CUT =
        Pattern.compile("([0-9]{1,9}) (-?0x[01]\\.[0-9a-f]{1,13}p-?[0-9]{1,4})");

    private Words() {}

    private static void write(BoxTree tree, List<String> words) {
      switch (tree) {
        case Leaf _ -> words.add(LEAF);
        case Cut(int element, double at, BoxTree below, BoxTree above) -> {
          words.add(element + " " + Double.toHexString(at));
          write(below, words);
          write(above, words);
        }
      }
    }

    private static BoxTree read(Iterator<String> left, int depth) throws FormatException {
      if (!left.hasNext() || depth > MAX_DEPTH) {
        throw new FormatException(
            left.hasNext() ? "boxes cut more than " + MAX_DEPTH + " times" : "too few boxes");
      }
      String word = left.next();
      Matcher cut = CUT.matcher(word);
      if (word.equals(LEAF)) {
        return new Leaf();
      }
      if (!cut.matches()) {
        throw new FormatException("no box is cut so");
      }
      BoxTree below = read(left, depth + 1);
      BoxTree above = read(left, depth + 1);
      int element = Integer.parseInt(cut.group(1));
      return new Cut(element, Double.parseDouble(cut.group(2)), below, above);
    }
  }
}
