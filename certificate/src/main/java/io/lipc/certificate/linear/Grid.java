package io.lipc.certificate.linear;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The extents of an image: channels over a grid of pixels. Its elements are one vector, channel by
 * channel, each row by row: {@code [c][h][w]}, w fastest.
 *
 * @param channels the number of channels
 * @param height the number of rows of pixels
 * @param width the number of pixels of a row
 */
public record Grid(int channels, int height, int width) {

  /** The most elements of a tensor, 2^24, so that index arithmetic cannot overflow. */
  static final int MAX_ELEMENTS = 1 << 24;

  /** The number of pixels of each channel. */
  public int pixels() {
    return height * width;
  }

  /** The extents, outermost first. */
  public List<Integer> extents() {
    return List.of(channels, height, width);
  }

  /** The number of elements; empty if an extent is not positive, or there are more than 2^24. */
  public OptionalInt size() {
    boolean positive = channels > 0 && height > 0 && width > 0;
    boolean small = positive && (long) height * width <= MAX_ELEMENTS;
    boolean fits = small && (long) height * width * channels <= MAX_ELEMENTS;
    return fits ? OptionalInt.of(channels * height * width) : OptionalInt.empty();
  }

  /** The number of elements of one that has a {@link #size}. */
  public int elements() {
    return channels * pixels();
  }

  /**
   * The grid that a pool makes of this one, channel by channel.
   *
   * @param window how it moves
   * @throws IllegalArgumentException if the window does not fit into the grid without zeros around
   *     it, or its elements are not neighbours
   */
  public Grid pooled(Window window) {
    return Optional.of(window)
        .filter(Window::isPlain)
        .flatMap(plain -> through(plain, channels))
        .orElseThrow(this::unfit);
  }

  IllegalArgumentException unfit() {
    return new IllegalArgumentException("a window that does not fit into " + extents());
  }

  /** Whether a single operand of these sizes is such an image. */
  boolean isOf(List<Integer> sizes) {
    return sizes.size() == 1 && size().equals(OptionalInt.of(sizes.getFirst()));
  }

  /**
   * The grid that a window makes of this one.
   *
   * @param window how it moves
   * @param outputs the number of channels that it gives
   * @return empty where this is not a grid, the window does not fit, or too many elements come out
   */
  public Optional<Grid> through(Window window, int outputs) {
    OptionalInt rows = window.vertical().outputs(height);
    OptionalInt columns = window.horizontal().outputs(width);
    if (size().isEmpty() || rows.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    Grid given = new Grid(outputs, rows.getAsInt(), columns.getAsInt());
    return given.size().isPresent() ? Optional.of(given) : Optional.empty();
  }
}
