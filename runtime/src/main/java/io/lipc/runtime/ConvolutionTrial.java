package io.lipc.runtime;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.vector.PixelKernel;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times the tiles of one shape of convolution against scalar kernels, as {@link VectorTrial} does
 * for dense layers: each shape is code of its own, which C2 has to compile. There is one trial of
 * each shape at a time, in a thread that does them one after the other.
 */
final class ConvolutionTrial implements Runnable {

  /** The extents on which the code of a kernel depends. */
  private record Shape(ImageLayout input, int channels, Window window) {}

  private static final int ROUNDS_TO_WIN = 3;

  /**
   * The time after which layers keep to the kernels of dense ones, if tiles have not won by then.
   */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final Map<Shape, WeakReference<ConvolutionTrial>> TRIALS = new HashMap<>();

  /** The queue of trials, whose thread ends when there is nothing to try. */
  private static final class Queue {
    static final Executor EXECUTOR = executor();

    private static Executor executor() {
      ThreadPoolExecutor executor =
          new ThreadPoolExecutor(
              1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Queue::thread);
      executor.allowCoreThreadTimeOut(true);
      return executor;
    }

    private static Thread thread(Runnable trials) {
      Thread thread = new Thread(trials, "lipc-convolution-trial");
      thread.setDaemon(true);
      return thread;
    }
  }

  private final Convolution map;
  private final ImageLayout input;
  private volatile boolean won;

  /** Held here, it stays loaded, with the code that C2 made of it, until layers are packed. */
  private @Nullable PixelKernel kernel;

  private ConvolutionTrial(Shape shape) {
    this.map =
        new Convolution(
            shape.input().grid(), shape.channels(), shape.window(), 1, "weight", Optional.empty());
    this.input = shape.input();
  }

  /** The trial of the shape of {@code map}, which has no groups; started, if there is none. */
  static synchronized ConvolutionTrial of(Convolution map, ImageLayout input) {
    Shape shape = new Shape(input, map.channels(), map.window());
    WeakReference<ConvolutionTrial> reference = TRIALS.get(shape);
    @Nullable ConvolutionTrial found = reference == null ? null : reference.get();
    if (found != null) {
      return found;
    }
    ConvolutionTrial trial = new ConvolutionTrial(shape);
    TRIALS.put(shape, new WeakReference<>(trial));
    Queue.EXECUTOR.execute(trial);
    return trial;
  }

  /** Whether tiles are compiled and faster. */
  boolean isWon() {
    return won;
  }

  /** A convolution of this shape for tiles, when the trial is won. */
  FloatConvolution packed(WindowConvolution windows, float[] weight, float[] bias, boolean relu) {
    return new VectorConvolution(windows, kernel(), weight, bias, relu);
  }

  private synchronized PixelKernel kernel() {
    PixelKernel now = kernel == null ? VectorConvolution.kernel(map, input) : kernel;
    kernel = now;
    return now;
  }

  @Override
  public void run() {
    if (!VectorDense.isPossible()) {
      return;
    }
    float[] weight = random(map.channels() * map.read() * map.window().area());
    float[] bias = random(map.channels());
    WindowConvolution scalar =
        new WindowConvolution(KernelVariant.SCALAR, map, input, weight, bias, true);
    FloatConvolution vector = packed(scalar, weight, bias, true);
    float[] x = random(scalar.input().size());
    ImageLayout layout = ImageLayout.of(map.output());
    float[] y = layout.allocate();
    long end = System.nanoTime() + PATIENCE_NANOS;
    int wins = 0;
    while (wins < ROUNDS_TO_WIN && System.nanoTime() < end) {
      long first = time(scalar, x, layout, y);
      long second = time(scalar, x, layout, y);
      wins += time(vector, x, layout, y) < Math.min(first, second) ? 1 : 0;
    }
    won = wins == ROUNDS_TO_WIN && isAgreed(scalar, vector, random(map.input().elements()));
  }

  /** Whether both give the same bits: networks were compared with their certificates by scalars. */
  static boolean isAgreed(FloatConvolution scalar, FloatConvolution vector, float[] image) {
    ImageLayout layout = ImageLayout.of(scalar.output());
    float[] expected = layout.allocate();
    float[] found = layout.allocate();
    scalar.enter(image, layout, expected);
    vector.enter(image, layout, found);
    return Arrays.equals(expected, found);
  }

  private static long time(FloatConvolution convolution, float[] x, ImageLayout layout, float[] y) {
    long start = System.nanoTime();
    convolution.apply(x, layout, y);
    return System.nanoTime() - start;
  }

  private static float[] random(int size) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
