package io.lipc.model.construction;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Window;
import java.util.Optional;

/** How the kernel of a convolution is made such that its norm is 1. */
public enum OrthogonalForm {
  /** The form of windows without a common pixel: a matrix of orthonormal rows or columns. */
  MATRIX,
  /** Windows move by one pixel: it is a product of factors that keep distances. */
  PRODUCT;

  /** The form of a convolution; empty if no such kernel is made. */
  public static Optional<OrthogonalForm> of(Convolution map) {
    Axis down = map.window().vertical();
    Axis across = map.window().horizontal();
    boolean plain = map.groups() == 1 && isDense(map.window());
    if (plain && isApart(down) && isApart(across)) {
      return Optional.of(MATRIX);
    }
    return plain && down.stride() == 1 && across.stride() == 1
        ? Optional.of(PRODUCT)
        : Optional.empty();
  }

  static boolean isDense(Window window) {
    return window.vertical().dilation() == 1 && window.horizontal().dilation() == 1;
  }

  private static boolean isApart(Axis axis) {
    return axis.stride() >= axis.kernel();
  }
}
