package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Optional;

/**
 * The hypotheses of the LDL^T theorems, which need no weights: a chain of dense layers with
 * activations between them, or a residual block, whose output is the sum of such a chain and of a
 * dense layer of the input.
 */
final class LdltCheck extends DenseCheck {

  private static final DenseDiagnostics WORDS =
      new DenseDiagnostics(
          "LDLT",
          "LDLT",
          "an LDLT block",
          "dense layers, activations, and the sum of a residual block",
          "a dense layer as the output, or the sum of two",
          "use relu, tanh, abs or leaky_relu, or certify given weights without LDLT");

  /**
   * The check of a network: it has no findings exactly if {@link DenseBlock#of} recognises it.
   *
   * @param declaration what {@code checked} was made from
   */
  LdltCheck(Declaration declaration, CheckedNetwork checked) {
    super(declaration, checked, WORDS);
  }

  @Override
  boolean hasSums() {
    return true;
  }

  @Override
  void checkSums(List<Integer> sums) {
    int output = layers.size() - 1;
    if (sums.size() > 1) {
      int second = sums.get(1);
      report(step(second), LdltDiagnostics.severalSums(sum(second), sums.size()));
    } else if (sums.getFirst() == output) {
      checkSum(output);
    } else {
      checkInnerSum(sums.getFirst(), output);
    }
  }

  /** A sum that is read again: the block ends in it, or it is in the middle of something else. */
  private void checkInnerSum(int sum, int output) {
    boolean head =
        layers.get(output).dense().isPresent() && layers.get(output).operands().contains(sum);
    if (head && DenseShapes.of(layers, sum).isPresent()) {
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
        terms.stream().filter(term -> DenseShapes.isDenseOfInput(layers, term)).toList();
    List<DensePath> paths =
        terms.stream()
            .filter(term -> !DenseShapes.isDenseOfInput(layers, term))
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
    if (checkPath(chain)) {
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

  @Override
  Optional<Diagnostic> slopeFault(DenseBlock block, String word, String layer, SlopeBounds slopes) {
    return switch (block) {
      case DenseBlock.Chain _ -> Optional.empty();
      case DenseBlock.Residual _ ->
          slopes.isMonotone()
              ? Optional.empty()
              : Optional.of(LdltDiagnostics.notMonotone(word, layer, slopes));
    };
  }

  private Diagnostic outsideBlock(int dense, String where) {
    return LdltDiagnostics.denseOutsideBlock(name(dense), checked.network().name(), where);
  }

  /** A sum within {@code return} has no name that a user can write. */
  private String sum(int layer) {
    String name = name(layer);
    return name.equals("return") ? "the sum in `return`" : "sum `" + name + "`";
  }
}
