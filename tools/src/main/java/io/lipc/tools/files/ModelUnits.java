package io.lipc.tools.files;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.LeadUnits;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Selection;
import io.lipc.formats.Digest;
import io.lipc.formats.Quoted;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import java.util.List;
import java.util.Optional;

/**
 * Compares the units of a certificate with the layers of a model, one by one. Evaluating both would
 * not do: the author of a certificate knows the inputs, and layers that matter little to the
 * outputs there may matter much to the bound. The certifier has a mapping from layers to units,
 * too; verifying neither loads nor trusts any class of it.
 */
public final class ModelUnits {

  /** The number of characters of a unit that a message shows. */
  private static final int SHOWN = 120;

  private ModelUnits() {}

  /**
   * The first difference, as a clause, with the number of units of a layer if that differs. Called
   * networks are compared by their names; their own units are compared where their certificates are
   * known.
   */
  public static Optional<String> difference(CheckedNetwork model, List<Unit> units) {
    List<Layer> layers = model.network().layers();
    for (int i = 0; i < Math.min(layers.size(), units.size()); i++) {
      Unit expected = unit(layers.get(i), units.get(i));
      if (!expected.equals(units.get(i))) {
        int at = i;
        return sizes(layers.subList(0, i + 1), expected, units.get(i))
            .or(() -> different(model.nameOf(at), expected.toString(), units.get(at).toString()));
      }
    }
    return layers.size() == units.size()
        ? Optional.empty()
        : other(
            "the model has %d layers, and the certificate %d units"
                .formatted(layers.size(), units.size()));
  }

  /** Says first what any difference comes to. */
  static Optional<String> other(String difference) {
    return Optional.of("the certificate is of another network: " + difference);
  }

  /**
   * A clause if two layers of one kind have different sizes; layers with weights are counted from
   * 1.
   */
  private static Optional<String> sizes(List<Layer> layers, Unit expected, Unit found) {
    int last = layers.size() - 1;
    if (expected instanceof Unit.Input && found instanceof Unit.Input) {
      return expected.size() == found.size()
          ? Optional.empty()
          : Optional.of(
              "the input has %d elements, the certificate says %d"
                  .formatted(expected.size(), found.size()));
    }
    boolean differ =
        isWeighted(layers.get(last))
            && found instanceof Unit.Linear other
            && layers.get(last) instanceof Layer.Linear own
            && own.map().word().equals(other.map().word())
            && expected.size() != found.size();
    return differ
        ? Optional.of(
            "layer %d has %d units, the certificate says %d"
                .formatted(
                    layers.stream().filter(ModelUnits::isWeighted).count(),
                    expected.size(),
                    found.size()))
        : Optional.empty();
  }

  private static boolean isWeighted(Layer layer) {
    return layer instanceof Layer.Linear linear && !linear.map().tensors().isEmpty();
  }

  /** Units may hold millions of numbers: the words around the first place where they differ. */
  private static Optional<String> different(String layer, String expected, String found) {
    int at = 0;
    while (at < Math.min(expected.length(), found.length())
        && expected.charAt(at) == found.charAt(at)) {
      at++;
    }
    int from = at < SHOWN / 2 ? 0 : at - SHOWN / 2;
    return other(
        "at %s the model has %s, and the certificate %s"
            .formatted(Quoted.code(layer), shown(expected, from), shown(found, from)));
  }

  private static String shown(String unit, int from) {
    int to = Math.min(unit.length(), from + SHOWN);
    return (from > 0 ? "..." : "")
        + Quoted.of(unit.substring(from, to))
        + (to < unit.length() ? "..." : "");
  }

  /** The part of a network's outputs that a certificate is about, where it is not about all. */
  public sealed interface Part {

    /** The units of the network, before those of the part. */
    List<Unit> network();

    /** What it is, as in {@code outputs [0, 2] alone}. */
    String words();
  }

  /** Some outputs. */
  public record Selected(List<Unit> network, List<Integer> outputs) implements Part {
    @Override
    public String words() {
      return "outputs " + outputs + " alone";
    }
  }

  /** The differences of one output and each other one, times factors. */
  public record Lead(List<Unit> network, int output) implements Part {
    @Override
    public String words() {
      return "output " + output + " less each other one, times factors";
    }
  }

  /**
   * The part that a certificate is about; empty for all outputs, as always where a query says what
   * its outputs are.
   */
  public static Optional<Part> part(Certificate certificate) {
    if (certificate.claim().kind() == ClaimKind.QUERY) {
      return Optional.empty();
    }
    List<Unit> units = certificate.units();
    int last = units.size() - 1;
    if (last >= 0
        && units.get(last) instanceof Unit.Linear(List<Integer> operands, Selection selection, _)
        && operands.equals(List.of(last - 1))) {
      return Optional.of(new Selected(units.subList(0, last), selection.indices()));
    }
    return LeadUnits.read(units).map(found -> new Lead(found.network(), found.output()));
  }

  /**
   * The unit that a layer becomes.
   *
   * @param claimed what stands in its place: the digest of a callee's certificate is taken from it
   */
  private static Unit unit(Layer layer, Unit claimed) {
    int size = layer.shape().size();
    return switch (layer) {
      case Layer.Input input ->
          new Unit.Input(layer.shape().extents(), input.box().map(ModelUnits::box));
      case Layer.Linear linear -> new Unit.Linear(linear.operands(), linear.map(), size);
      case Layer.Activate activate -> {
        String name = activate.activation().kind().word();
        List<Double> parameters = activate.activation().parameters();
        yield activate.pixels() == 1
            ? Unit.activation(activate.operand(), name, parameters, size)
            : new Unit.Activation(activate.operand(), name, parameters, size, activate.pixels());
      }
      case Layer.MaxPool pool -> new Unit.MaxPool(pool.operand(), pool.input(), pool.window());
      case Layer.Call call ->
          claimed instanceof Unit.Call called
              ? new Unit.Call(
                  call.operand(), call.network(), called.certificate(), called.inputs(), size)
              : new Unit.Call(call.operand(), call.network(), Digest.of(), 0, size);
    };
  }

  private static Unit.Box box(List<Interval> sides) {
    return new Unit.Box(
        sides.stream().map(Interval::lower).toList(), sides.stream().map(Interval::upper).toList());
  }
}
