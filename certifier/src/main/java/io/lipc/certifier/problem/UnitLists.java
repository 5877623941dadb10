package io.lipc.certifier.problem;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.About;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The flat list of units and tensors that a certificate of a network is about. */
public final class UnitLists {

  private UnitLists() {}

  /**
   * The units of {@code network}: one per layer, in the same order.
   *
   * @param callees the certified networks that it calls, by qualified name
   * @throws IllegalArgumentException if a callee is missing
   */
  public static List<Unit> of(Network network, Map<String, Subject> callees) {
    List<Unit> units = new ArrayList<>();
    for (Layer layer : network.layers()) {
      units.add(unit(layer, callees));
    }
    return List.copyOf(units);
  }

  /**
   * The tensors that {@code units} name, sorted by name.
   *
   * @param weights at least these tensors, already rounded to the network's format
   * @throws IllegalArgumentException if one is missing or has the wrong shape
   */
  public static List<TensorRecord> tensors(List<Unit> units, Weights weights) {
    Map<String, TensorRecord> records = new TreeMap<>();
    for (Unit unit : units) {
      if (unit instanceof Unit.Linear(_, LinearMap map, _)) {
        map.tensors().forEach(t -> records.put(t.name(), record(t.name(), t.shape(), weights)));
      }
    }
    return List.copyOf(records.values());
  }

  /**
   * The tensors that {@code units} name, rounded to {@code type}.
   *
   * @throws IllegalArgumentException if one is missing, or a number overflows the format
   */
  public static Weights weights(List<Unit> units, Weights weights, ElementType type) {
    Map<String, Tensor> used = new TreeMap<>();
    for (Unit unit : units) {
      unit.tensors().forEach(name -> used.put(name, tensor(name, weights)));
    }
    try {
      return new Weights(used).rounded(type);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * The kind of a certificate of units: about every value of free parameters, if neither they nor
   * their callees depend on given weights.
   *
   * @param units of a network whose own weights are given, if it has any
   */
  public static Certificate.Kind kindOf(List<Unit> units, Map<String, Subject> callees) {
    boolean given =
        units.stream()
            .anyMatch(
                unit ->
                    !unit.tensors().isEmpty()
                        || (unit instanceof Unit.Call call
                            && kindOf(call, callees) == Certificate.Kind.NUMERIC));
    return given ? Certificate.Kind.NUMERIC : Certificate.Kind.STRUCTURAL;
  }

  private static Certificate.Kind kindOf(Unit.Call call, Map<String, Subject> callees) {
    Subject callee = callees.get(call.network());
    if (callee == null) {
      throw new IllegalArgumentException("no certificate of " + Quoted.code(call.network()));
    }
    return callee.certificate().kind();
  }

  /** The claim of a certificate of a declared property. */
  public static Claim.Lipschitz claimOf(Property.Lipschitz spec) {
    return claimOf(spec, spec.bound());
  }

  /** The same claim with another bound. */
  public static Claim.Lipschitz claimOf(Property.Lipschitz spec, double bound) {
    return new Claim.Lipschitz(new Norms(spec.inputNorm(), spec.outputNorm()), bound);
  }

  /**
   * The property that asks for what is claimed; empty for a query, whose file is not known. A scale
   * by the first layer has no name there.
   */
  public static Optional<Property> propertyOf(Claim claim) {
    return switch (claim) {
      case Claim.Lipschitz bound -> Optional.of(propertyOf(bound));
      case Claim.Scaled(Claim.Lipschitz bound, InputScale scale) ->
          Optional.of(new Property.Scaled(propertyOf(bound), scaleOf(scale)));
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          Optional.of(new Property.Local(propertyOf(bound), new Region.Sides(sides(box))));
      // In which scale they are, says the property beside them.
      case Claim.Pairs pairs ->
          Optional.of(new Property.Pairs(Optional.empty(), pairs.delta().isPresent()));
      case Claim.Range(double lower, double upper) -> Optional.of(new Property.Range(lower, upper));
      case Claim.Unsatisfiable _ -> Optional.empty();
      case Claim.Monotone(List<Claim.Trend> trends, Unit.Box box) ->
          Optional.of(
              new Property.Monotone(
                  trends.stream().map(UnitLists::propertyOf).toList(),
                  new Region.Sides(sides(box))));
      case Claim.Slopes(List<Double> slopes, List<Integer> outputs, Unit.Box box) ->
          Optional.of(
              new Property.Slopes(
                  IntStream.range(0, slopes.size())
                      .mapToObj(i -> new Property.Slope(slopes.get(i), about(i, outputs)))
                      .toList(),
                  new Region.Sides(sides(box))));
    };
  }

  private static Property.Trend propertyOf(Claim.Trend trend) {
    return new Property.Trend(
        trend.rising(), new About.Elements(trend.inputs(), trend.outputs(), "x"));
  }

  private static About about(int input, List<Integer> outputs) {
    return new About.Elements(List.of(input), outputs, "x[" + input + "]");
  }

  private static Property.Scale scaleOf(InputScale scale) {
    return switch (scale) {
      case InputScale.FirstLayer _ -> new Property.Scale.OfLayer("");
      case InputScale.Units(List<Double> lengths, Optional<String> tensor) ->
          tensor
              .<Property.Scale>map(Property.Scale.OfTensor::new)
              .orElseGet(() -> new Property.Scale.Units(lengths));
    };
  }

  private static Property.Lipschitz propertyOf(Claim.Lipschitz bound) {
    return new Property.Lipschitz(bound.declared(), bound.norms().input(), bound.norms().output());
  }

  /**
   * The layer that a unit was made from.
   *
   * @throws IllegalArgumentException if it selects elements that are not neighbours, which no layer
   *     does
   */
  public static Layer layer(Unit unit) {
    Shape shape = Shape.vector(unit.size());
    return switch (unit) {
      case Unit.Input input ->
          new Layer.Input(new Shape(input.extents()), input.box().map(UnitLists::sides));
      case Unit.Linear linear -> Layer.of(linear.operands(), linear.map(), shape);
      case Unit.Activation activation ->
          new Layer.Activate(
              activation.operand(), Slopes.activation(activation), shape(activation));
      case Unit.MaxPool pool ->
          new Layer.MaxPool(pool.operand(), pool.input(), pool.window(), Shape.of(pool.output()));
      case Unit.Call call -> new Layer.Call(call.operand(), call.network(), shape);
    };
  }

  /** One in which groups stand as in the unit. */
  private static Shape shape(Unit.Activation unit) {
    return unit.pixels() == 1
        ? Shape.vector(unit.size())
        : new Shape(List.of(unit.size() / unit.pixels(), unit.pixels(), 1));
  }

  private static List<Interval> sides(Unit.Box box) {
    return IntStream.range(0, box.lower().size())
        .mapToObj(i -> new Interval(box.lower().get(i), box.upper().get(i)))
        .toList();
  }

  /** The box of these intervals. */
  public static Unit.Box box(List<Interval> sides) {
    return new Unit.Box(
        sides.stream().map(Interval::lower).toList(), sides.stream().map(Interval::upper).toList());
  }

  private static Unit unit(Layer layer, Map<String, Subject> callees) {
    int size = layer.shape().size();
    return switch (layer) {
      case Layer.Input input ->
          new Unit.Input(layer.shape().extents(), input.box().map(UnitLists::box));
      case Layer.Linear linear -> new Unit.Linear(linear.operands(), linear.map(), size);
      case Layer.Activate activate -> unit(activate, size);
      case Layer.MaxPool pool -> new Unit.MaxPool(pool.operand(), pool.input(), pool.window());
      case Layer.Call call -> {
        Subject callee = callee(call.network(), callees);
        yield new Unit.Call(
            call.operand(),
            call.network(),
            callee.digest(),
            callee.certificate().inputSize(),
            size);
      }
    };
  }

  private static Unit unit(Layer.Activate layer, int size) {
    String name = layer.activation().kind().word();
    List<Double> parameters = layer.activation().parameters();
    return layer.pixels() == 1
        ? Unit.activation(layer.operand(), name, parameters, size)
        : new Unit.Activation(layer.operand(), name, parameters, size, layer.pixels());
  }

  private static Subject callee(String network, Map<String, Subject> callees) {
    return Optional.ofNullable(callees.get(network))
        .orElseThrow(
            () -> new IllegalArgumentException("no certificate of " + Quoted.code(network)));
  }

  private static TensorRecord record(String name, List<Integer> shape, Weights weights) {
    Tensor tensor = tensor(name, weights);
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          String.format(
              "tensor %s has shape %s, expected %s", Quoted.code(name), tensor.shape(), shape));
    }
    return new TensorRecord(name, shape, tensor.digest());
  }

  private static Tensor tensor(String name, Weights weights) {
    return weights
        .tensor(name)
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + Quoted.code(name)));
  }
}
