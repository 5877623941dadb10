import io.lipc.certificate.linear.Matrix;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Network;
import io.lipc.model.WeightsSource;
import io.lipc.training.Dataset;
import io.lipc.training.FrozenNetwork;
import io.lipc.training.ProgressListener;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.Trainer;
import io.lipc.training.TrainingOptions;
import io.lipc.training.TrainingResult;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The peer without a construction: the weights themselves are the parameters, so nothing bounds the
 * network while it is trained; what its bound has become, the certifier finds afterwards.
 *
 * @param network whose layers it has; the construction is not used
 */
record UciPlain(TrainableNetwork network) implements Parameterization {

  String description() {
    return "plain, %d x %d".formatted(UciNetwork.DEPTH, UciNetwork.WIDTH);
  }

  /** By plain cross-entropy: no temperature, no margin. */
  TrainingResult train(Dataset data, TrainingOptions options) throws Exception {
    TrainingOptions plain =
        TrainingOptions.builder()
            .epochs(options.epochs())
            .temperature(1)
            .offset(0)
            .seed(options.seed())
            .build();
    return Trainer.train(network.graph(), this, data, 1, plain, ProgressListener.NONE);
  }

  /** Tensors of {@code [outputs, inputs]}, a bias behind its matrix, in the order of layers. */
  private List<Matrix> layers() {
    return network.network().layers().stream().flatMap(layer -> layer.dense().stream()).toList();
  }

  @Override
  public int size() {
    return layers().stream().mapToInt(dense -> dense.outputs() * (dense.inputs() + 1)).sum();
  }

  /** Normal numbers of variance {@code 2 / inputs} (He et al. 2015), biases 0. */
  @Override
  public double[] initial(RandomGenerator random) {
    double[] parameters = new double[size()];
    int at = 0;
    for (Matrix dense : layers()) {
      int end = at + dense.outputs() * dense.inputs();
      for (; at < end; at++) {
        parameters[at] = random.nextGaussian() * Math.sqrt(2.0 / dense.inputs());
      }
      at += dense.outputs();
    }
    return parameters;
  }

  @Override
  public Materialized materialize(double[] parameters) {
    SortedMap<String, double[]> tensors = new TreeMap<>();
    int at = 0;
    for (Matrix dense : layers()) {
      int bias = at + dense.outputs() * dense.inputs();
      tensors.put(dense.weight(), Arrays.copyOfRange(parameters, at, bias));
      at = bias + dense.outputs();
      tensors.put(dense.bias().orElseThrow(), Arrays.copyOfRange(parameters, bias, at));
    }
    return new Plain(layers(), tensors);
  }

  private record Plain(List<Matrix> layers, SortedMap<String, double[]> tensors)
      implements Materialized {

    @Override
    public List<double[]> multipliers() {
      return List.of();
    }

    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      return layers.stream()
          .flatMap(dense -> List.of(dense.weight(), dense.bias().orElseThrow()).stream())
          .flatMapToDouble(name -> Arrays.stream(gradients.get(name)))
          .toArray();
    }
  }

  /**
   * The weights in F32 with the best bound that the certifier can prove; empty if there is none.
   */
  Optional<FrozenNetwork> certified(Materialized materialized) throws FormatException {
    List<Tensor> tensors = new ArrayList<>();
    for (Matrix dense : layers()) {
      List<Integer> shape = List.of(dense.outputs(), dense.inputs());
      tensors.add(tensor(materialized, dense.weight(), shape));
      tensors.add(tensor(materialized, dense.bias().orElseThrow(), shape.subList(0, 1)));
    }
    Network declared = network.network();
    Network given =
        new Network(
            declared.name(),
            declared.spec(),
            new WeightsSource.None(),
            declared.precision(),
            declared.layers());
    Options options =
        new Options(
            Method.LIPSDP_NEURON, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF);
    return switch (Certifier.certify(given, Weights.of(tensors), Map.of(), options)) {
      case Certification.Certified certified -> Optional.of(new FrozenNetwork(certified.subject()));
      case Certification.Inconclusive open -> open.best().map(FrozenNetwork::new);
      case Certification.Violated violated -> violated.best().map(FrozenNetwork::new);
    };
  }

  private static Tensor tensor(Materialized materialized, String name, List<Integer> shape)
      throws FormatException {
    double[] values = materialized.tensors().get(name);
    return Tensor.of(name, ElementType.F64, shape, values).rounded(ElementType.F32);
  }
}
