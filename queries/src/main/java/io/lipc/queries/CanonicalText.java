package io.lipc.queries;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Formula.Term;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a query as the text that says it best: an assertion for each member of the conjunction, an
 * atom as its terms on the left and its bound on the right, and numbers without exponents.
 */
final class CanonicalText {

  private final Query query;
  private final List<Tensor> tensors;
  private final StringBuilder out = new StringBuilder();

  CanonicalText(Query query) {
    this.query = query;
    this.tensors = query.tensors();
  }

  String write() {
    out.append("(vnnlib-version ").append(query.version().text()).append(")\n");
    switch (query.version()) {
      case V1_0 -> tensors.forEach(this::variables);
      case V2_0, V2_1 -> query.networks().forEach(this::network);
    }
    switch (query.formula()) {
      case And and -> and.members().forEach(this::assertion);
      case Or or -> assertion(or);
      case Atom atom -> assertion(atom);
    }
    return out.toString();
  }

  private void variables(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      out.append("(declare-const ").append(tensor.nameOf(i, Version.V1_0)).append(" Real)\n");
    }
  }

  private void network(Network network) {
    out.append("(declare-network ").append(network.name()).append('\n');
    network
        .likeness()
        .ifPresent(
            each ->
                out.append("  (")
                    .append(each.kind().word())
                    .append(' ')
                    .append(each.network())
                    .append(")\n"));
    for (Tensor tensor : network.tensors()) {
      out.append("  (declare-").append(tensor.role().word()).append(' ').append(tensor.name());
      out.append(' ').append(tensor.type().word()).append(' ').append(list(tensor.shape()));
      tensor.node().ifPresent(node -> out.append(" \"").append(escaped(node)).append('"'));
      out.append(")\n");
    }
    out.append(")\n");
  }

  private static String escaped(String node) {
    return node.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private void assertion(Formula formula) {
    out.append("(assert ");
    formula(formula);
    out.append(")\n");
  }

  private void formula(Formula formula) {
    switch (formula) {
      case And and -> connective("and", and.members());
      case Or or -> connective("or", or.members());
      case Atom atom -> atom(atom);
    }
  }

  private void connective(String word, List<Formula> members) {
    out.append('(').append(word);
    for (Formula member : members) {
      out.append(' ');
      formula(member);
    }
    out.append(')');
  }

  private void atom(Atom atom) {
    out.append('(').append(atom.comparison().sign()).append(' ');
    switch (atom.terms().size()) {
      // The standard has no comparison of constants: a variable gives it a type.
      case 0 -> out.append("(* 0 ").append(element(new Element(0, 0))).append(')');
      case 1 -> term(atom.terms().getFirst());
      default -> sum(atom.terms());
    }
    out.append(' ').append(atom.bound().toPlainString()).append(')');
  }

  private void sum(List<Term> terms) {
    out.append("(+");
    for (Term term : terms) {
      out.append(' ');
      term(term);
    }
    out.append(')');
  }

  private void term(Term term) {
    String element = element(term.element());
    String coefficient = term.coefficient().toPlainString();
    if (coefficient.equals("1")) {
      out.append(element);
    } else {
      out.append("(* ").append(coefficient).append(' ').append(element).append(')');
    }
  }

  private String element(Element element) {
    return tensors.get(element.tensor()).nameOf(element.index(), query.version());
  }
}
