package io.lipc.runtime;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Selection;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbers that a network runs on: to the bit the ones that its certificate is about. Generated
 * constructors take their arrays from here, {@code float[]} or {@code double[]} by their precision;
 * the conversion to float changes no number, because the certified ones are floats then.
 */
public final class CertifiedParameters extends ParameterArrays {

  private final Subject subject;

  private final Optional<ClassLabels> labels;

  private final List<Subject> further;

  /** Parameters of a subject whose tensors have been compared with its certificate. */
  CertifiedParameters(Subject subject) {
    this(subject, Optional.empty(), List.of());
  }

  private CertifiedParameters(
      Subject subject, Optional<ClassLabels> labels, List<Subject> further) {
    this.subject = subject;
    this.labels = labels;
    this.further = List.copyOf(further);
  }

  /** The same with these names of the outputs. */
  CertifiedParameters with(Optional<ClassLabels> names) {
    return new CertifiedParameters(subject, names, further);
  }

  /** The same with certificates of other claims, each about this network. */
  CertifiedParameters claiming(List<Subject> claims) {
    return new CertifiedParameters(subject, labels, claims);
  }

  /**
   * The numbers of a loaded network for code that computes its callees itself. Tensors and units of
   * a callee have its qualified name and a slash before their own: {@code demo.Policy/h1.weight},
   * {@code demo.Policy/3}, and so on for its callees.
   */
  public static CertifiedParameters of(LipschitzNetwork network) {
    return new CertifiedParameters(network.subject(), Optional.empty(), network.furtherClaims());
  }

  private static Subject callee(Subject subject, String network) {
    Subject callee = subject.callees().get(network);
    if (callee == null) {
      throw new IllegalStateException("no network `" + network + "` was certified");
    }
    return callee;
  }

  /** The certificate with everything that it is about: weights and called networks. */
  public Subject subject() {
    return subject;
  }

  /** The certificates of what is claimed beside the bound. */
  List<Subject> further() {
    return further;
  }

  /**
   * The names of the outputs.
   *
   * @return one name for each output, in order: those in the file of the weights, or, without such,
   *     those of the called network whose outputs are handed on; an empty list where there are
   *     none, or those of another number of outputs: a file may hold several networks
   */
  public List<String> labels() {
    return labels
        .map(ClassLabels::names)
        .filter(names -> names.size() == subject.certificate().outputSize())
        .orElse(List.of());
  }

  /**
   * A bound of the rounding error of one evaluation, per logit, over the declared box of inputs;
   * infinite where none can be proved.
   */
  public double maxError() {
    return RoundingBound.maxError(subject).orElse(Double.POSITIVE_INFINITY);
  }

  @Override
  public int[] indices(String unit) {
    if (map(unit).orElse(null) instanceof Selection selection) {
      return selection.indices().stream().mapToInt(Integer::intValue).toArray();
    }
    throw new IllegalStateException("no selection " + unit + " was certified");
  }

  @Override
  public Convolution convolution(String unit) {
    if (map(unit).orElse(null) instanceof Convolution convolution) {
      return convolution;
    }
    throw new IllegalStateException("no convolution " + unit + " was certified");
  }

  @Override
  double[] scale(String unit) {
    LinearMap map = affine(unit);
    int size = size(map);
    IntFunction<LinearMap.Row> rows = map.rows(List.of(size), weightsOf(map));
    return IntStream.range(0, size).mapToDouble(i -> rows.apply(i).factors()[0]).toArray();
  }

  @Override
  double[] shift(String unit) {
    LinearMap map = affine(unit);
    return IntStream.range(0, size(map)).mapToDouble(map.shift(weightsOf(map))).toArray();
  }

  @Override
  Tensor tensor(String name) {
    List<Tensor> tensors = named(subject, name).toList();
    if (tensors.size() > 1) {
      throw new IllegalStateException(Quoted.code(name) + " is a tensor here and in a callee");
    }
    return tensors.stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no tensor " + Quoted.code(name) + " was certified"));
  }

  private static Stream<Tensor> named(Subject subject, String name) {
    int slash = name.indexOf('/');
    Stream<Tensor> inCallee =
        slash >= 0 && subject.callees().containsKey(name.substring(0, slash))
            ? named(callee(subject, name.substring(0, slash)), name.substring(slash + 1))
            : Stream.empty();
    return Stream.concat(subject.weights().tensor(name).stream(), inCallee);
  }

  private LinearMap affine(String unit) {
    return map(unit)
        .filter(map -> map instanceof Diagonal || map instanceof BatchNorm)
        .orElseThrow(() -> new IllegalStateException("no affine unit " + unit + " was certified"));
  }

  /** The map of a unit, with the names that its tensors have here; empty where there is none. */
  private Optional<LinearMap> map(String unit) {
    String callees = unit.substring(0, unit.lastIndexOf('/') + 1);
    return map(subject, unit).map(map -> map.renamed(callees::concat));
  }

  private static Optional<LinearMap> map(Subject subject, String unit) {
    int slash = unit.indexOf('/');
    if (slash >= 0) {
      return map(callee(subject, unit.substring(0, slash)), unit.substring(slash + 1));
    }
    List<Unit> units = subject.certificate().units();
    return IntStream.range(0, units.size())
        .filter(i -> unit.equals(String.valueOf(i)))
        .mapToObj(units::get)
        .filter(Unit.Linear.class::isInstance)
        .map(linear -> ((Unit.Linear) linear).map())
        .findFirst();
  }

  private static int size(LinearMap affine) {
    return switch (affine) {
      case Diagonal diagonal -> diagonal.scale().size();
      case BatchNorm norm -> norm.channels() * norm.pixels();
      default -> throw new IllegalStateException("not an affine unit: " + affine);
    };
  }

  private Weights weightsOf(LinearMap map) {
    return new Weights(
        map.tensors().stream()
            .map(LinearMap.TensorShape::name)
            .collect(Collectors.toMap(Function.identity(), this::tensor)));
  }
}
