package io.lipc.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code .nnet} format: lines of numbers with commas, as the README of sisl/NNet describes it.
 */
public final class Nnet {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private final List<String> lines;
  private final Runnable look;
  private int at;

  private Nnet(List<String> lines, Runnable look) {
    this.lines = lines;
    this.look = look;
  }

  /**
   * The network in a file.
   *
   * @throws FormatException with the line, if a count or a number is not as it has to be
   * @throws IOException if the file cannot be read
   */
  public static NnetFile read(Path file) throws IOException, FormatException {
    return read(file, () -> {});
  }

  /**
   * The same for a caller that may end the reading earlier.
   *
   * @param look is run every few milliseconds; what it throws is thrown
   */
  public static NnetFile read(Path file, Runnable look) throws IOException, FormatException {
    return read(Utf8.text(BoundedFile.read(file)), look);
  }

  /**
   * The network in the text of a file, as {@link #read(Path)} reads it.
   *
   * @throws FormatException with the line, if a count or a number is not as it has to be
   */
  public static NnetFile read(String text) throws FormatException {
    return read(text, () -> {});
  }

  static NnetFile read(String text, Runnable look) throws FormatException {
    return new Nnet(text.lines().peek(_ -> look.run()).toList(), look).file();
  }

  private NnetFile file() throws FormatException {
    List<Integer> counts = counts(4);
    int layerCount = counts.get(0);
    if (layerCount < 1) {
      throw fault("a network has at least one layer");
    }
    List<Integer> sizes = sizes(layerCount);
    checkSizes(counts, sizes);
    counts(1); // a flag that every reader ignores
    int inputs = sizes.getFirst();
    List<Double> minimums = numbers(inputs);
    List<Double> maximums = numbers(inputs);
    for (int i = 0; i < inputs; i++) {
      if (minimums.get(i) > maximums.get(i)) {
        throw fault("the minimum of input " + i + " is above its maximum");
      }
    }
    List<Double> means = numbers(inputs + 1);
    List<Double> ranges = numbers(inputs + 1);
    if (ranges.contains(0.0) || ranges.contains(-0.0)) {
      throw fault("a range is zero");
    }
    checkScaling(means, ranges);
    List<NnetFile.Layer> layers = layers(sizes);
    checkEnd();
    return new NnetFile(
        sizes,
        layers,
        minimums,
        maximums,
        means.subList(0, inputs),
        ranges.subList(0, inputs),
        means.getLast(),
        ranges.getLast());
  }

  /** Readers multiply by the inverse of a range: both it and the mean in its units are numbers. */
  private void checkScaling(List<Double> means, List<Double> ranges) throws FormatException {
    for (int i = 0; i < ranges.size() - 1; i++) {
      double range = ranges.get(i);
      if (!Double.isFinite(1 / range) || !Double.isFinite(means.get(i) / range)) {
        throw fault(
            "input "
                + i
                + ", of mean "
                + means.get(i)
                + ", is divided by the range "
                + range
                + ": that overflows");
      }
    }
  }

  private void checkSizes(List<Integer> counts, List<Integer> sizes) throws FormatException {
    if (sizes.contains(0)) {
      throw fault("a layer has size 0");
    }
    if (!sizes.getFirst().equals(counts.get(1)) || !sizes.getLast().equals(counts.get(2))) {
      throw fault(
          "the sizes go from "
              + sizes.getFirst()
              + " to "
              + sizes.getLast()
              + ", but the first line says "
              + counts.get(1)
              + " and "
              + counts.get(2));
    }
  }

  /** Some writers count the input as a layer here, and not in the first line. */
  private List<Integer> sizes(int layerCount) throws FormatException {
    int begin = at;
    int found = line().size();
    if (found >= 2 && found != layerCount + 1) {
      throw fault(
          "%d sizes, where the first line says %d layers, which have %d with the size of the input;"
                  .formatted(found, layerCount, layerCount + 1)
              + " write %d as the first number of the first line, or remove what is no size"
                  .formatted(found - 1));
    }
    at = begin;
    return counts(layerCount + 1);
  }

  private List<NnetFile.Layer> layers(List<Integer> sizes) throws FormatException {
    List<NnetFile.Layer> layers = new ArrayList<>();
    for (int k = 1; k < sizes.size(); k++) {
      int outputs = sizes.get(k);
      int inputs = sizes.get(k - 1);
      layers.add(
          new NnetFile.Layer(
              tensor("layer" + k + ".weight", List.of(outputs, inputs), matrix(outputs, inputs)),
              tensor("layer" + k + ".bias", List.of(outputs), matrix(outputs, 1))));
    }
    return layers;
  }

  private List<Double> matrix(int rows, int columns) throws FormatException {
    List<Double> elements = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      elements.addAll(numbers(columns));
    }
    return elements;
  }

  private static Tensor tensor(String name, List<Integer> shape, List<Double> elements)
      throws FormatException {
    double[] values = elements.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensor.of(name, ElementType.F64, shape, values);
  }

  private void checkEnd() throws FormatException {
    for (; at < lines.size(); at++) {
      if (!lines.get(at).isBlank()) {
        at++;
        throw fault("the network ends before this line");
      }
    }
  }

  private List<Double> numbers(int expected) throws FormatException {
    List<Double> numbers = new ArrayList<>();
    for (String word : words(expected)) {
      look.run();
      if (!NUMBER.matcher(word).matches() || !Double.isFinite(Double.parseDouble(word))) {
        throw fault(Quoted.code(word) + " is not a finite number");
      }
      numbers.add(Double.parseDouble(word));
    }
    return numbers;
  }

  private List<Integer> counts(int expected) throws FormatException {
    List<Integer> counts = new ArrayList<>();
    for (String word : words(expected)) {
      if (!COUNT.matcher(word).matches()) {
        throw fault(Quoted.code(word) + " is not a count");
      }
      counts.add(Integer.parseInt(word));
    }
    return counts;
  }

  private List<String> words(int expected) throws FormatException {
    List<String> words = line();
    if (words.size() != expected) {
      throw fault(words.size() + " numbers where " + expected + " are expected");
    }
    return words;
  }

  /** The words of the next line that is not a comment; a comma may follow the last. */
  private List<String> line() throws FormatException {
    while (at < lines.size() && lines.get(at).stripLeading().startsWith("//")) {
      look.run();
      at++;
    }
    if (at == lines.size()) {
      throw new FormatException("the file ends after line " + at + ", within the network");
    }
    String line = lines.get(at++).strip();
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
      look.run();
      words.add(line.substring(from, comma).strip());
      from = comma + 1;
    }
    if (from < line.length()) {
      words.add(line.substring(from).strip());
    }
    return words;
  }

  /** A fault in the line read last. */
  private FormatException fault(String what) {
    return new FormatException(what + " (line " + at + ")");
  }
}
