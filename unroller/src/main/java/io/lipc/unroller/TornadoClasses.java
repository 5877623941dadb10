package io.lipc.unroller;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The classes that run certified networks on devices: floats and doubles from one text each. */
final class TornadoClasses {

  private static final String ARRAYS = "uk.ac.manchester.tornado.api.types.arrays.";

  private TornadoClasses() {}

  static List<UnrolledClass> all() {
    return Arrays.stream(Element.values())
        .flatMap(
            element ->
                Stream.of(
                    network(element),
                    program(element),
                    graph(element),
                    batch(element),
                    jvm(element)))
        .toList();
  }

  /** How the names of users' classes begin: floats are what networks usually have. */
  private static String prefix(Element element) {
    return switch (element) {
      case FLOAT -> "Tornado";
      case DOUBLE -> "TornadoDouble";
    };
  }

  private static String typed(Element element, String text) {
    boolean floats = element == Element.FLOAT;
    return element.typed(
        text.replace("{Tornado}", prefix(element))
            .replace("{precision}", floats ? "F32" : "F64")
            .replace("{subnormal}", floats ? ", and keeps subnormal numbers" : ""));
  }

  private static UnrolledClass network(Element element) {
    String name = prefix(element) + "Network";
    return new UnrolledClass(
        name,
        "public final class " + name + " implements AutoCloseable",
        about(element),
        List.of(typed(element, "io.lipc.runtime.{Type}Network")),
        typed(
            element,
            """
            private final {Tornado}Program program;
            private final Placement<{Type}Batch> placement;
            private final DeviceRadius radius;
            """),
        typed(
            element,
            """
            private {Tornado}Network(Device device, {Tornado}Program program, BatchSizes sizes) {
              this.program = program;
              this.placement = Placement.on(device, program, sizes, new Jvm{Type}s(program.network()));
              this.radius = new DeviceRadius(program.network().subject());
            }
            """),
        networkMethods().stream().map(text -> typed(element, text)).toList());
  }

  private static String about(Element element) {
    return switch (element) {
      case FLOAT ->
          """
          A certified network on a device. It runs by plans, each for a number of rows: the powers of four
          up to 4096, to which batches are rounded up or cut so that less than half of the rows computed
          are nobody's, and the numbers of {@link #warmUp}. A plan is compiled when it is first needed,
          which takes about a second, and compared with the JVM network; {@code warmUp} does so ahead. The
          8 plans used last are kept, each with its own copy of the weights on the device. Where that is
          too much, {@link #on(Device, TornadoProgram, int)} compiles for one number of rows alone.

          <p>Thread-safe. All executions on one device take turns, whatever their network, on a thread of
          that device: so concurrent callers gain by joining their rows to larger batches, not by calling
          at once. Several devices work at the same time.

          <p>The arithmetic is that of IEEE 754 in F32, with or without fused multiply-add as the driver
          likes it. Activations are computed by functions of lipc's own, in floats, so that the rounding
          bound of the network holds for what the device gives as well, if it keeps subnormal numbers.
          Networks of precision F64 are {@link TornadoDoubleNetwork}s.
          """;
      case DOUBLE ->
          """
          A certified network of precision F64 on a device: what {@link TornadoNetwork} is to those of F32,
          with the same plans, turns and checks.

          <p>The arithmetic is that of IEEE 754 in doubles, with or without fused multiply-add as the
          driver likes it. OpenCL leaves it to devices whether they have doubles; one that has none is
          refused, and {@link Device#auto()} goes on to the next.
          """;
    };
  }

  private static List<String> networkMethods() {
    return List.of(
        """
        /**
         * A network on a device, after sixteen rows have been computed there, one by one, and compared.
         *
         * @throws DeviceException if the device is an accelerator and the network does not run on it, or
         *     cannot be checked there because its outputs hardly depend on its inputs
         */
        public static {Tornado}Network on(Device device, {Tornado}Program program) {
          return new {Tornado}Network(device, program, new BatchSizes.Rounded());
        }
        """,
        """
        /**
         * A network on a device, compiled once, for batches of exactly {@code rows} rows, and for no
         * others: for FPGAs, where each number of rows is a synthesis of its own, and where memory is
         * short. It is compared on sixteen rows or more, by that one plan.
         *
         * <p>{@link #apply(T[], T[], int)} takes other batches as well: it cuts them into
         * pieces of so many rows, and fills the last one up with rows of zeros.
         *
         * @param rows at least 1
         * @throws IllegalArgumentException if {@code rows} is less than 1
         * @throws DeviceException as {@link #on(Device, {Tornado}Program)}
         */
        public static {Tornado}Network on(Device device, {Tornado}Program program, int rows) {
          return new {Tornado}Network(device, program, Placement.fixed(rows));
        }
        """,
        """
        /** The device that runs it: an accelerator or the JVM, never {@code auto}. */
        public Device device() {
          return placement.device();
        }
        """,
        """
        /** The same network for the JVM: its bound, its certificate. */
        public {Type}Network network() {
          return program.network();
        }
        """,
        """
        /** The number of elements that the network reads, per row. */
        public int inputSize() {
          return program.inputSize();
        }
        """,
        """
        /** The number of elements that the network gives, per row. */
        public int outputSize() {
          return program.outputSize();
        }
        """,
        """
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
        """,
        """
        /**
         * Evaluates the network on one row.
         *
         * @see #apply(T[], T[], int)
         */
        public void apply(T[] input, T[] output) {
          apply(input, output, 1);
        }
        """,
        """
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
        public void apply(T[] inputs, T[] outputs, int batch) {
          placement.apply(new {Type}Batch(inputs, outputs, batch));
        }
        """,
        """
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
         * device: that it computes with IEEE 754 arithmetic as it was asked to, fused or
         * not{subnormal}.
         *
         * <p>On the JVM it is {@link {Type}Network#certifiedRadius(T[], T[])}, which compares
         * to the bit.
         *
         * @param input one row of {@link #inputSize()} elements
         * @param logits what the network gave for it, {@link #outputSize()} elements
         * @return the radius, rounded down; 0 outside of the box and where no box is declared, for logits
         *     that are farther from those of the JVM or not finite, and where nothing can be said
         * @throws IllegalArgumentException if an array has another length
         */
        public double certifiedRadius(T[] input, T[] logits) {
          return switch (placement.device()) {
            case Device.Jvm _ -> network().certifiedRadius(input, logits);
            case Device.Accelerator _, Device.Auto _ -> radius.of(network(), input, logits);
          };
        }
        """,
        """
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
        """,
        """
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
        """);
  }

  private static UnrolledClass program(Element element) {
    String name = prefix(element) + "Program";
    return new UnrolledClass(
        name,
        "public non-sealed interface " + name + " extends DeviceProgram",
        typed(
            element,
            """
            What a generated {@code XxxTornado} of precision {precision} is: a certified network as one task
            graph per batch size. It keeps no state between calls; several threads can call it.
            """),
        List.of(typed(element, "io.lipc.runtime.{Type}Network")),
        "",
        "",
        Stream.of(
                """
                @Override
                {Tornado}Graph graph(int batch);
                """,
                """
                @Override
                default {Tornado}Graph graph(int batch, Schedule schedule) {
                  return graph(batch);
                }
                """,
                """
                @Override
                {Type}Network network();
                """)
            .map(text -> typed(element, text))
            .toList());
  }

  private static UnrolledClass graph(Element element) {
    String name = prefix(element) + "Graph";
    return new UnrolledClass(
        name,
        typed(
            element,
            """
            public record {Tornado}Graph(
                TaskGraph taskGraph, {Type}Array input, {Type}Array output, int rows, GridScheduler grids)
                implements DeviceGraph\
            """),
        """
        One task graph with the arrays that change between its executions.

        @param taskGraph not yet frozen by {@code snapshot()}
        @param input {@code rows} times the input size of the network, row by row; rows that a batch
            leaves over are zero
        @param output {@code rows} times the output size, row by row
        @param rows the number of rows in the arrays: the batch, or more where the kernels want a
            multiple of something
        @param grids the work groups of those tasks whose items share memory; TornadoVM groups the others
        """,
        List.of(
            "uk.ac.manchester.tornado.api.GridScheduler",
            "uk.ac.manchester.tornado.api.TaskGraph",
            typed(element, ARRAYS + "{Type}Array")),
        "",
        typed(
            element,
            """
            /** Without tasks whose items share memory. */
            public {Tornado}Graph(TaskGraph taskGraph, {Type}Array input, {Type}Array output, int rows) {
              this(taskGraph, input, output, rows, new GridScheduler());
            }
            """),
        List.of());
  }

  private static UnrolledClass batch(Element element) {
    return new UnrolledClass(
        typed(element, "{Type}Batch"),
        typed(element, "record {Type}Batch(T[] inputs, T[] outputs, int rows) implements Batch"),
        typed(element, "Rows of a network in {@code T}s.\n"),
        List.of("java.lang.foreign.MemorySegment"),
        "",
        "",
        List.of(
            """
            @Override
            public MemorySegment input() {
              return MemorySegment.ofArray(inputs);
            }
            """,
            """
            @Override
            public MemorySegment output() {
              return MemorySegment.ofArray(outputs);
            }
            """,
            """
            @Override
            public int inputLength() {
              return inputs.length;
            }
            """,
            """
            @Override
            public int outputLength() {
              return outputs.length;
            }
            """));
  }

  private static UnrolledClass jvm(Element element) {
    return new UnrolledClass(
        typed(element, "Jvm{Type}s"),
        typed(element, "record Jvm{Type}s({Type}Network network) implements Engine<{Type}Batch>"),
        "Evaluates without a device: row by row, in the workspace of the calling thread.\n",
        List.of(typed(element, "io.lipc.runtime.{Type}Network"), "java.util.Arrays"),
        "",
        "",
        Stream.of(
                """
                @Override
                public void warmUp(int rows) {}
                """,
                """
                @Override
                public long apply({Type}Batch batch) {
                  int inputSize = network.inputSize();
                  int outputSize = network.outputSize();
                  T[] output = new T[outputSize];
                  for (int row = 0; row < batch.rows(); row++) {
                    int from = row * inputSize;
                    network.apply(Arrays.copyOfRange(batch.inputs(), from, from + inputSize), output);
                    System.arraycopy(output, 0, batch.outputs(), row * outputSize, outputSize);
                  }
                  return 0;
                }
                """,
                """
                @Override
                public void close() {}
                """)
            .map(text -> typed(element, text))
            .toList());
  }
}
