package io.lipc.tools.local;

import io.lipc.model.About;
import io.lipc.model.Property;
import io.lipc.tools.command.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options that ask for trends in place of a bound. */
final class TrendOptions {

  @Option(
      names = "--increasing",
      split = ",",
      paramLabel = "I",
      description =
          "Asks whether no output falls where these elements of the input rise, numbered from 0, in"
              + " place of a bound. Default: none.")
  private List<Integer> increasing = new ArrayList<>();

  @Option(
      names = "--decreasing",
      split = ",",
      paramLabel = "I",
      description = "Likewise, whether no output rises. Default: none.")
  private List<Integer> decreasing = new ArrayList<>();

  boolean isGiven() {
    return !increasing.isEmpty() || !decreasing.isEmpty();
  }

  /**
   * The trends of all outputs.
   *
   * @throws InputError if an element is not there, or is named twice
   */
  List<Property.Trend> read(int inputs, int outputs) throws InputError {
    List<Integer> all = new ArrayList<>(increasing);
    all.addAll(decreasing);
    for (int i = 0; i < all.size(); i++) {
      int element = all.get(i);
      if (element < 0 || element >= inputs) {
        throw new InputError(
            "there is no element %d of the input; elements are 0 to %d"
                .formatted(element, inputs - 1));
      }
      if (all.subList(0, i).contains(element)) {
        throw new InputError("element " + element + " of the input is named twice");
      }
    }
    List<Property.Trend> trends = new ArrayList<>();
    if (!increasing.isEmpty()) {
      trends.add(trend(true, increasing, outputs));
    }
    if (!decreasing.isEmpty()) {
      trends.add(trend(false, decreasing, outputs));
    }
    return trends;
  }

  private static Property.Trend trend(boolean rising, List<Integer> elements, int outputs) {
    String name =
        "x["
            + elements.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "))
            + "]";
    return new Property.Trend(
        rising,
        new About.Elements(
            elements.stream().sorted().toList(),
            IntStream.range(0, outputs).boxed().toList(),
            name));
  }
}
