package io.lipc.runtime.vector;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kernels of this JVM, one for each shape: C2 compiles it once for all layers that have it. */
public final class PixelKernels {

  private static final Map<PixelShape, WeakReference<PixelKernel>> LOADED = new HashMap<>();

  private PixelKernels() {}

  /** The kernel of a shape, loaded if nobody holds it. */
  public static synchronized PixelKernel of(PixelShape shape) {
    WeakReference<PixelKernel> reference = LOADED.get(shape);
    @Nullable PixelKernel found = reference == null ? null : reference.get();
    if (found != null) {
      return found;
    }
    PixelKernel loaded = PixelKernel.load(shape);
    LOADED.put(shape, new WeakReference<>(loaded));
    return loaded;
  }
}
