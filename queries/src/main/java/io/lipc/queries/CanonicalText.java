package io.lipc.queries;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Formula.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a query as the text that says it best: an assertion for each member of the conjunction, an
 * atom as its terms on the left and its bound on the right. A number has an exponent only where it
 * saves many zeros, and where the reader takes it for one.
 */
final class CanonicalText {

  /** The most characters of an atom beside its terms, with those of its {@code assert}. */
  private static final int AROUND = 40;

  /** The most characters of a term beside its coefficient and its element. */
  private static final int AROUND_TERM = 8;

  private static final Element FIRST = new Element(0, 0);

  private final Query query;
  private final List<Tensor> tensors;
  private final Names names;
  private final StringBuilder out = new StringBuilder();

  CanonicalText(Query query) {
    this.query = query;
    this.tensors = query.tensors();
    this.names = new DeclaredNames(query.version(), tensors, names(query));
  }

  /** The names of a query that is read. */
  private record DeclaredNames(Version version, List<Tensor> tensors, Set<String> all)
      implements Names {

    @Override
    public boolean isDeclared(String name) {
      return all.contains(name);
    }

    @Override
    public String nameOf(Element element) {
      return tensors.get(element.tensor()).nameOf(element.index(), version);
    }
  }

  private static Set<String> names(Query query) {
    Set<String> names = new HashSet<>();
    query.networks().forEach(network -> names.add(network.name()));
    query.tensors().forEach(tensor -> names.add(tensor.name()));
    return names;
  }

  /**
   * A number of characters that the canonical text of an atom does not exceed. It includes those of
   * one {@code assert} and of one connective: a formula that is read has more atoms than
   * connectives, as each connective has two members or more.
   */
  static long mostCharacters(Atom atom, Names names) {
    long characters = AROUND + (long) Exponent.mostCharacters(atom.bound(), names);
    for (Term term : atom.terms()) {
      characters += AROUND_TERM + Exponent.mostCharacters(term.coefficient(), names);
      characters += names.nameOf(term.element()).length();
    }
    return characters + (atom.terms().isEmpty() ? names.nameOf(FIRST).length() : 0);
  }

  String write() {
    declare();
    switch (query.formula()) {
      case And and -> and.members().forEach(this::assertion);
      case Or or -> assertion(or);
      case Atom atom -> assertion(atom);
    }
    return out.toString();
  }

  /** The part before the assertions. */
  String declarations() {
    declare();
    return out.toString();
  }

  private void declare() {
    out.append("(vnnlib-version ").append(query.version().text()).append(")\n");
    switch (query.version()) {
      case V1_0 -> tensors.forEach(this::variables);
      case V2_0, V2_1 -> query.networks().forEach(this::network);
    }
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
      case 0 -> out.append("(* 0 ").append(names.nameOf(FIRST)).append(')');
      case 1 -> term(atom.terms().getFirst());
      default -> sum(atom.terms());
    }
    out.append(' ').append(Exponent.text(atom.bound(), names)).append(')');
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
    String element = names.nameOf(term.element());
    String coefficient = Exponent.text(term.coefficient(), names);
    if (coefficient.equals("1")) {
      out.append(element);
    } else {
      out.append("(* ").append(coefficient).append(' ').append(element).append(')');
    }
  }
}
