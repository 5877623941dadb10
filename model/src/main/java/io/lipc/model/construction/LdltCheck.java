package io.lipc.model.construction;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Sum;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.LinearOperation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The hypotheses of the LDL^T theorems, which need no weights, and of sandwich layers, whose chains
 * are the same but for the slopes: first that only dense layers, activations and, with LDL^T, sums
 * occur, then how they are joined, then the slopes. Each step presumes those before it, so what is
 * reported does not merely follow from another fault.
 */
public final class LdltCheck {

  private final CheckedNetwork checked;
  private final Construction construction;
  private final LdltDiagnostics say;
  private final List<Layer> layers;
  private final StepPlaces places;
  private final List<Finding> findings = new ArrayList<>();

  private LdltCheck(Declaration declaration, CheckedNetwork checked, Construction construction) {
    this.checked = checked;
    this.construction = construction;
    this.say = new LdltDiagnostics(construction);
    this.layers = checked.network().layers();
    this.places = StepPlaces.of(declaration, checked);
  }

  /**
   * Returns no findings exactly if {@link LdltStructure#of} recognises the network, as a chain of
   * slopes within [0, 1] if its layers are sandwich layers.
   *
   * @param declaration what {@code checked} was made from
   */
  public static List<Finding> check(
      Declaration declaration, CheckedNetwork checked, Construction construction) {
    LdltCheck check = new LdltCheck(declaration, checked, construction);
    check.checkOperations();
    if (check.findings.isEmpty()) {
      check.checkShape();
    }
    if (check.findings.isEmpty()) {
      check.checkSlopes();
    }
    return check.findings;
  }

  private void checkOperations() {
    for (int i = 0; i < layers.size(); i++) {
      if (checked.network().isPartOfInput(i)) {
        report(step(i), say.partOfInput(name(i), checked.inputs()));
        return;
      }
      Optional<String> foreign = foreign(layers.get(i));
      if (foreign.isPresent()) {
        report(step(i), say.foreignOperation(foreign.get(), name(i)));
      }
    }
  }

  /** The word for a layer that no theorem covers. */
  private Optional<String> foreign(Layer layer) {
    return switch (layer) {
      case Layer.Input _, Layer.Activate _ -> Optional.empty();
      case Layer.Linear linear ->
          switch (linear.map()) {
            case Matrix _ -> Optional.empty();
            case Sum _ -> isSandwich() ? Optional.of("a sum") : Optional.empty();
            case Diagonal _ -> Optional.of("a normalisation");
            default -> Optional.of("operation `" + LinearOperation.wordOf(linear.map()) + "`");
          };
      case Layer.MaxPool _ -> Optional.of("operation `max_pool`");
      case Layer.Call call -> Optional.of("a call of `" + call.network() + "`");
    };
  }

  private void checkShape() {
    int output = layers.size() - 1;
    List<Integer> sums = indices(Layer::isSum);
    if (indices(layer -> layer.dense().isPresent()).isEmpty()) {
      String network = checked.network().name();
      report(new Place.OfParameters(), say.nothingToParameterize(network));
    } else if (sums.size() > 1) {
      int second = sums.get(1);
      report(step(second), LdltDiagnostics.severalSums(sum(second), sums.size()));
    } else if (sums.isEmpty()) {
      checkWithoutSum(output);
    } else if (sums.getFirst() == output) {
      checkSum(output);
    } else {
      checkInnerSum(sums.getFirst(), output);
    }
  }

  private List<Integer> indices(Predicate<Layer> kind) {
    return IntStream.range(0, layers.size()).filter(i -> kind.test(layers.get(i))).boxed().toList();
  }

  private void checkWithoutSum(int output) {
    if (layers.get(output) instanceof Layer.Activate activate) {
      report(
          step(output),
          say.endsInActivation(word(activate), name(output), activate.shape().size()));
    } else {
      checkPath(DensePath.endingIn(layers, output));
    }
  }

  /** Reports the layer that stops a path before the input. */
  private void checkPath(DensePath path) {
    int origin = path.origin();
    switch (layers.get(origin)) {
      case Layer.Input _ -> {
        // The path is a chain.
      }
      case Layer.Linear(_, Matrix _, _) ->
          report(
              step(path.first()),
              LdltDiagnostics.denseAfterDense(name(path.first()), name(origin)));
      case Layer.Activate second -> {
        Diagnostic diagnostic =
            layers.get(second.operand()) instanceof Layer.Activate first
                ? LdltDiagnostics.activationAfterActivation(word(second), word(first))
                : say.activationOfInput(word(second), name(second.operand()));
        report(step(origin), diagnostic);
      }
      case Layer.Linear _, Layer.MaxPool _, Layer.Call _ ->
          throw new IllegalStateException("layer " + origin + " was checked before");
    }
  }

  /** A sum that is read again: the block ends in it, or it is in the middle of something else. */
  private void checkInnerSum(int sum, int output) {
    boolean head =
        layers.get(output).dense().isPresent() && layers.get(output).operands().contains(sum);
    if (head && LdltShapes.of(layers, sum).isPresent()) {
      report(step(output), outsideBlock(output, "which reads " + sum(sum)));
    } else {
      report(step(sum), LdltDiagnostics.innerSum(sum(sum)));
    }
  }

  private void checkSum(int sum) {
    List<Integer> terms = layers.get(sum).operands();
    for (int k = 0; k < terms.size(); k++) {
      int term = terms.get(k);
      if (layers.get(term).dense().isPresent()) {
        continue;
      }
      int size = layers.get(term).shape().size();
      int read = withoutIdentities(term);
      Diagnostic diagnostic =
          layers.get(read) instanceof Layer.Activate activate
              ? LdltDiagnostics.activationInSum(sum(sum), word(activate), name(term), size)
              : LdltDiagnostics.identitySkip(sum(sum), name(read), size);
      report(new Place.OfOperand(places.numberOf(sum), k), diagnostic);
      return;
    }
    checkDenseTerms(sum, terms);
  }

  /** {@code skip = x;} is an identity layer that reads the input. */
  private int withoutIdentities(int layer) {
    int read = layer;
    while (layers.get(read) instanceof Layer.Activate activate
        && activate.activation().kind() == LinearKind.IDENTITY) {
      read = activate.operand();
    }
    return read;
  }

  private void checkDenseTerms(int sum, List<Integer> terms) {
    List<Integer> skips =
        terms.stream().filter(term -> LdltShapes.isDenseOfInput(layers, term)).toList();
    List<DensePath> paths =
        terms.stream()
            .filter(term -> !LdltShapes.isDenseOfInput(layers, term))
            .map(term -> DensePath.endingIn(layers, term))
            .toList();
    if (paths.isEmpty()) {
      String first = name(terms.getFirst());
      String other = name(terms.get(1));
      report(
          new Place.OfOperand(places.numberOf(sum), 1),
          LdltDiagnostics.noChain(sum(sum), first, other));
      return;
    }
    if (skips.isEmpty()) {
      checkWithoutSkip(sum, paths);
      return;
    }
    DensePath chain = paths.getFirst();
    checkPath(chain);
    if (findings.isEmpty()) {
      checkSkip(sum, skips, chain);
    }
  }

  /** Perhaps a block that reads a dense layer instead of the input. */
  private void checkWithoutSkip(int sum, List<DensePath> paths) {
    for (DensePath skip : paths) {
      int read = layers.get(skip.last()).operands().getFirst();
      for (DensePath chain : paths) {
        if (chain.origin() == read
            && !chain.hidden().isEmpty()
            && layers.get(read).dense().isPresent()) {
          report(step(read), outsideBlock(read, "a layer before the block"));
          return;
        }
      }
    }
    report(step(sum), LdltDiagnostics.noSkip(sum(sum)));
  }

  private void checkSkip(int sum, List<Integer> skips, DensePath chain) {
    Optional<Integer> skip = skips.stream().filter(term -> term != chain.first()).findFirst();
    List<Integer> terms = layers.get(sum).operands();
    if (skip.isEmpty()) {
      int shared = chain.first();
      report(
          new Place.OfOperand(places.numberOf(sum), terms.indexOf(shared)),
          LdltDiagnostics.sharedSkip(name(shared), sum(sum)));
      return;
    }
    int skipAt = terms.indexOf(skip.get());
    int chainAt = terms.indexOf(chain.last());
    for (int k = 0; k < terms.size(); k++) {
      if (k != skipAt && k != chainAt) {
        String where = "term " + (k + 1) + " of " + sum(sum);
        report(new Place.OfOperand(places.numberOf(sum), k), outsideBlock(terms.get(k), where));
      }
    }
  }

  private void checkSlopes() {
    LdltStructure structure = LdltShapes.of(layers, layers.size() - 1).orElseThrow();
    for (LdltStructure.Stage stage : structure.hidden()) {
      String layer = name(stage.activation());
      String word = LdltShapes.activation(layers, stage).kind().word();
      Optional<SlopeBounds> slopes = LdltShapes.slopes(layers, stage);
      if (slopes.isEmpty()) {
        report(step(stage.activation()), say.notElementwise(word, layer));
      } else if (!structure.admits(slopes.get())) {
        report(
            step(stage.activation()),
            LdltDiagnostics.slopeOutside(word, layer, slopes.get(), structure));
      } else if (isSandwich() && !slopes.get().isMonotone()) {
        report(step(stage.activation()), LdltDiagnostics.notMonotone(word, layer, slopes.get()));
      }
    }
  }

  private boolean isSandwich() {
    return construction == Construction.SANDWICH;
  }

  private Diagnostic outsideBlock(int dense, String where) {
    return LdltDiagnostics.denseOutsideBlock(name(dense), checked.network().name(), where);
  }

  private static String word(Layer.Activate activate) {
    return activate.activation().kind().word();
  }

  private String name(int layer) {
    return checked.nameOf(layer);
  }

  /** A sum within {@code return} has no name that a user can write. */
  private String sum(int layer) {
    String name = name(layer);
    return name.equals("return") ? "the sum in `return`" : "sum `" + name + "`";
  }

  private Place step(int layer) {
    return places.of(layer);
  }

  private void report(Place place, Diagnostic diagnostic) {
    findings.add(new Finding(place, diagnostic));
  }
}
