package io.lipc.model.check;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import io.lipc.model.activation.Activation;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.ImageDiagnostics;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ShapeDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Shapes of images behind windows, and the faults of both. */
final class ImageShapes {

  private ImageShapes() {}

  /** The faults of a convolution that do not depend on its operand. */
  static List<Diagnostic> faults(String layer, Operation.Convolve convolve) {
    List<Diagnostic> faults = new ArrayList<>();
    if (!Shape.isValid(List.of(convolve.channels()))) {
      faults.add(
          ShapeDiagnostics.sizeOutOfRange(
              "layer `" + layer + "`", convolve.channels() + " channels"));
    }
    if (convolve.groups() < 1) {
      faults.add(positive("number of groups", layer, convolve.groups()));
    }
    faults.addAll(faults(layer, convolve.window()));
    return faults;
  }

  /** The first fault of a window that does not depend on its operand. */
  static List<Diagnostic> faults(String layer, Window window) {
    return Stream.of(
            least("kernel", layer, window.kernel()),
            least("stride", layer, window.stride()),
            least("dilation", layer, window.dilation()),
            window.padding().stream()
                .filter(zeros -> zeros < 0 || zeros > Shape.MAX_SIZE)
                .findFirst()
                .map(
                    zeros ->
                        ImageDiagnostics.windowInvalid(
                            "the padding of `" + layer + "`",
                            "a whole number from 0 to " + Shape.MAX_SIZE,
                            zeros)))
        .flatMap(Optional::stream)
        .limit(1)
        .toList();
  }

  private static Optional<Diagnostic> least(String what, String layer, List<Integer> numbers) {
    return numbers.stream()
        .filter(number -> number < 1)
        .findFirst()
        .map(number -> positive(what, layer, number));
  }

  private static Diagnostic positive(String what, String layer, int found) {
    return ImageDiagnostics.windowInvalid(
        "the " + what + " of `" + layer + "`", "a positive whole number", found);
  }

  /**
   * The image that a window makes of an image.
   *
   * @param outputs the number of channels that come out
   * @return empty where nothing fits, as the findings then say, or where the window has faults of
   *     its own
   */
  static Optional<Shape> through(
      int index, String layer, Window window, Shape in, int outputs, List<Finding> findings) {
    Grid grid = in.image().orElseThrow();
    if (!faults(layer, window).isEmpty()) {
      return Optional.empty();
    }
    Optional<Grid> given = grid.through(window, outputs);
    if (given.isEmpty()) {
      OptionalInt rows = window.vertical().outputs(grid.height());
      OptionalInt columns = window.horizontal().outputs(grid.width());
      Diagnostic fault =
          rows.isPresent() && columns.isPresent()
              ? ShapeDiagnostics.sizeOutOfRange(
                  "layer `" + layer + "`",
                  List.of(outputs, rows.getAsInt(), columns.getAsInt()).toString())
              : ImageDiagnostics.kernelDoesNotFit(layer, window, in);
      findings.add(new Finding(new Place.OfArgument(index), fault));
    }
    return given.map(Shape::of);
  }

  /** The image that a convolution gives; empty, with a finding, where it does not fit. */
  static Optional<Shape> convolved(
      int index, Step step, Operation.Convolve convolve, Shape in, List<Finding> findings) {
    String layer = step.displayName();
    if (convolve.channels() < 1 || convolve.groups() < 1) {
      return Optional.empty();
    }
    for (int divided : List.of(in.extents().getFirst(), convolve.channels())) {
      if (divided % convolve.groups() != 0) {
        findings.add(
            new Finding(
                new Place.OfArgument(index),
                ImageDiagnostics.groupsDoNotDivide(layer, divided, convolve.groups())));
        return Optional.empty();
      }
    }
    return through(index, layer, convolve.window(), in, convolve.channels(), findings);
  }

  /** How many numbers the kernels of a convolution have, however many that are. */
  static double weights(Operation.Convolve convolve, Shape in) {
    double area = 1;
    for (int extent : convolve.window().kernel()) {
      area *= extent;
    }
    int read = in.extents().getFirst() / convolve.groups();
    return area * read * convolve.channels();
  }

  /**
   * The image that a pool gives; empty, with a finding, where it does not fit.
   *
   * @param window absent for all pixels
   */
  static Optional<Shape> pooled(
      int index, Step step, Optional<Window> window, Shape in, List<Finding> findings) {
    Grid grid = in.image().orElseThrow();
    return window.isPresent()
        ? through(index, step.displayName(), window.get(), in, grid.channels(), findings)
        : Optional.of(Shape.of(new Grid(grid.channels(), 1, 1)));
  }

  /** Why an activation cannot map an image: its groups are neighbouring channels at one pixel. */
  static Optional<Diagnostic> unfit(String layer, Activation.Grouped grouped, Shape shape) {
    String word = grouped.kind().word();
    if (grouped.isWhole()) {
      return Optional.of(ImageDiagnostics.needsVector(layer, word, shape));
    }
    int group = grouped.group(shape.size());
    return shape.extents().getFirst() % group == 0
        ? Optional.empty()
        : Optional.of(ImageDiagnostics.channelsDoNotFit(layer, word, group, shape));
  }

  /** Images of one height and width, channel after channel; empty where some are not. */
  static Optional<Shape> joined(List<Shape> parts) {
    if (!parts.stream().allMatch(part -> part.image().isPresent())) {
      return Optional.empty();
    }
    List<Integer> pixels = parts.getFirst().extents().subList(1, 3);
    if (!parts.stream().allMatch(part -> part.extents().subList(1, 3).equals(pixels))) {
      return Optional.empty();
    }
    int channels = parts.stream().mapToInt(part -> part.extents().getFirst()).sum();
    return Optional.of(new Shape(List.of(channels, pixels.getFirst(), pixels.getLast())));
  }

  /** The window of an operation that has one. */
  static Optional<Window> windowOf(Operation operation) {
    return switch (operation) {
      case Operation.Convolve convolve -> Optional.of(convolve.window());
      case Operation.AveragePooling pooling -> pooling.window();
      case Operation.MaxPooling pooling -> Optional.of(pooling.window());
      default -> Optional.empty();
    };
  }

  /** The warning about pixels that no window reads, where there are some. */
  static Optional<Diagnostic> restUnread(String layer, Window window, Shape in) {
    Grid grid = in.image().orElseThrow();
    int rows = rest(window.vertical(), grid.height());
    int columns = rest(window.horizontal(), grid.width());
    return rows + columns > 0
        ? Optional.of(ImageDiagnostics.restUnread(layer, window, rows, columns, in))
        : Optional.empty();
  }

  /**
   * The number of pixels behind the last window. Where windows leave gaps between them, as a 1x1
   * convolution of stride 2 does, users do not expect all pixels to be read.
   */
  private static int rest(Axis axis, int extent) {
    if (axis.stride() > axis.span()) {
      return 0;
    }
    int last = (axis.outputs(extent).orElseThrow() - 1) * axis.stride() - axis.before();
    int end = last + (axis.kernel() - 1) * axis.dilation();
    return Math.max(0, extent - 1 - end);
  }
}
