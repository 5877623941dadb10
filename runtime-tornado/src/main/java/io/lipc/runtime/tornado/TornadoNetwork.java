package io.lipc.runtime.tornado;

import io.lipc.runtime.FloatNetwork;

/**
 * A certified network on a device. It runs by plans, each for a number of rows: the powers of four
 * up to 4096, to which batches are rounded up or cut so that less than half of the rows computed
 * are nobody's, and the numbers of {@link #warmUp}. A plan is compiled when it is first needed,
 * which takes about a second, and compared with the JVM network; {@code warmUp} does so ahead. The
 * 8 plans used last are kept, each with its own copy of the weights on the device. Where that is
 * too much, {@link #on(Device, TornadoProgram, int)} compiles for one number of rows alone.
 *
 * <p>Thread-safe. All executions on one device take turns, whatever their network, on a thread of
 * that device: so concurrent callers gain by joining their rows to larger batches, not by calling
 * at once. Several devices work at the same time.
 *
 * <p>The arithmetic is that of IEEE 754 in F32, with or without fused multiply-add as the driver
 * likes it. Activations are computed by functions of lipc's own, in floats, so that the rounding
 * bound of the network holds for what the device gives as well, if it keeps subnormal numbers.
 * Networks of precision F64 are {@link TornadoDoubleNetwork}s.
 */
public final class TornadoNetwork implements AutoCloseable {

  private final TornadoProgram program;
  private final Placement<Batch.Floats> placement;
  private final DeviceRadius radius;

  private TornadoNetwork(Device device, TornadoProgram program, BatchSizes sizes) {
    this.program = program;
    this.placement = Placement.on(device, program, sizes, new Engine.JvmFloats(program.network()));
    this.radius = new DeviceRadius(program.network().subject());
  }

  /**
   * A network on a device, after sixteen rows have been computed there, one by one, and compared.
   *
   * @throws DeviceException if the device is an accelerator and the network does not run on it, or
   *     cannot be checked there because its outputs hardly depend on its inputs
   */
  public static TornadoNetwork on(Device device, TornadoProgram program) {
    return new TornadoNetwork(device, program, new BatchSizes.Rounded());
  }

  /**
   * A network on a device, compiled once, for batches of exactly {@code rows} rows, and for no
   * others: for FPGAs, where each number of rows is a synthesis of its own, and where memory is
   * short. It is compared on sixteen rows or more, by that one plan.
   *
   * <p>{@link #apply(float[], float[], int)} takes other batches as well: it cuts them into pieces
   * of so many rows, and fills the last one up with rows of nobody.
   *
   * @param rows at least 1
   * @throws IllegalArgumentException if {@code rows} is less than 1
   * @throws DeviceException as {@link #on(Device, TornadoProgram)}
   */
  public static TornadoNetwork on(Device device, TornadoProgram program, int rows) {
    return new TornadoNetwork(device, program, Placement.fixed(rows));
  }

  /** What it runs on: an accelerator or the JVM, never {@code auto}. */
  public Device device() {
    return placement.device();
  }

  /** The same network for the JVM: its bound, its certificate. */
  public FloatNetwork network() {
    return program.network();
  }

  /** The number of elements that the network reads, per row. */
  public int inputSize() {
    return program.inputSize();
  }

  /** The number of elements that the network gives, per row. */
  public int outputSize() {
    return program.outputSize();
  }

  /**
   * Compiles for exactly this number of rows, so that calls with as many do not wait, and compute
   * no other rows. Worth it for a batch size that comes again and again.
   *
   * @param batch at least 1
   * @throws IllegalArgumentException if the network was placed for another number of rows alone
   * @throws IllegalStateException if the network is closed
   * @throws DeviceException if the device refuses the kernels, or gives other numbers than the JVM
   */
  public void warmUp(int batch) {
    placement.warmUp(batch);
  }

  /**
   * Evaluates the network on one row.
   *
   * @see #apply(float[], float[], int)
   */
  public void apply(float[] input, float[] output) {
    apply(input, output, 1);
  }

  /**
   * Evaluates the network on each row of a batch: in one execution on the device if there is a plan
   * for as many rows or at most twice as many, in several if not.
   *
   * @param inputs {@code batch} times {@link #inputSize()} elements, row by row
   * @param outputs {@code batch} times {@link #outputSize()} elements, overwritten
   * @param batch the number of rows, at least 1
   * @throws IllegalArgumentException if an array has another length
   * @throws IllegalStateException if the network is closed
   * @throws DeviceException as {@link #warmUp}, or if the device fails
   */
  public void apply(float[] inputs, float[] outputs, int batch) {
    placement.apply(new Batch.Floats(inputs, outputs, batch));
  }

  /**
   * How far, in the norm of the bound's input side, an input may move within the declared box
   * before the decision of this network on this device changes: the class of the largest logit, or
   * the sign of a single one. Rounding errors of both evaluations are accounted for.
   *
   * <p>Checked is that the input lies in the box, and that each logit is within twice the proved
   * rounding bound of what the JVM gives for this input: so logits of another input, or of another
   * network, have no radius, unless they are as near, and then they decide the same. It is the
   * radius of the JVM's logits, and costs two evaluations of one row there; the device is not
   * asked, whatever plan computed the row. Assumed is what the rounding bound assumes of the
   * device: that it computes with IEEE 754 arithmetic as it was asked to, fused or not, and keeps
   * subnormal numbers.
   *
   * <p>On the JVM it is {@link FloatNetwork#certifiedRadius(float[], float[])}, which compares to
   * the bit.
   *
   * @param input one row of {@link #inputSize()} elements
   * @param logits what the network gave for it, {@link #outputSize()} elements
   * @return the radius, rounded down; 0 outside of the box and where no box is declared, for logits
   *     that are farther from those of the JVM or not finite, and where nothing can be said
   * @throws IllegalArgumentException if an array has another length
   */
  public double certifiedRadius(float[] input, float[] logits) {
    return switch (placement.device()) {
      case Device.Jvm _ -> network().certifiedRadius(input, logits);
      case Device.Accelerator _, Device.Auto _ -> radius.of(network(), input, logits);
    };
  }

  /**
   * The time that the kernels of the last call took on the device, in nanoseconds by its own clock:
   * of each kernel from its start to its end, and so of every call, none is left out. More than 0
   * proves that it was the device that computed. 0 on the JVM, and before the first call. Of a plan
   * of more than some 500 kernels it is the time of the last ones, since TornadoVM keeps the events
   * of 1,024 commands ({@code -Dtornado.eventpool.size}).
   */
  public long lastKernelTime() {
    return placement.lastKernelTime();
  }

  /**
   * Frees what the network holds on the device, after the turns that were waited for before. It
   * cannot be evaluated afterwards.
   *
   * @throws IllegalStateException if the device does not free it
   */
  @Override
  public void close() {
    placement.close();
  }
}
