package io.lipc.queries;

import io.lipc.queries.Tensor.Role;
import io.lipc.queries.Token.Kind;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the variables {@code X_i} and {@code Y_i} that VNN-LIB 1.0 declares. */
final class FlatDeclarations implements Scope {

  private static final Pattern NAME = Pattern.compile("[XY]_(0|[1-9][0-9]{0,6})");

  private final BitSet inputs = new BitSet();
  private final BitSet outputs = new BitSet();

  /** Reads what is behind {@code (declare-const}, without the closing bracket. */
  void variable(Tokens tokens) throws IOException, QueryException {
    Token name = tokens.take(Kind.WORD, "the name of a variable");
    if (!NAME.matcher(name.text()).matches()) {
      throw name.fault(
          QueryFault.NAME,
          name.words() + " is neither an input nor an output",
          "`X_0`, `X_1`, .. for inputs and `Y_0`, `Y_1`, .. for outputs");
    }
    Element element = element(name.text());
    BitSet declared = declared(element);
    if (declared.get(element.index())) {
      throw name.fault(
          QueryFault.NAME, "the name " + name.words() + " is declared twice", "another name");
    }
    declared.set(element.index());
    Token word = tokens.peek();
    if (Scope.type(tokens) != NumberType.REAL) {
      throw word.fault(QueryFault.TYPE, "VNN-LIB 1.0 has no type " + word.words(), "`Real`");
    }
  }

  private static Element element(String name) {
    return new Element(name.charAt(0) == 'X' ? 0 : 1, Integer.parseInt(name.substring(2)));
  }

  private BitSet declared(Element element) {
    return element.tensor() == 0 ? inputs : outputs;
  }

  @Override
  public Linear variable(Token name, Tokens tokens) throws QueryException {
    if (NAME.matcher(name.text()).matches()) {
      Element element = element(name.text());
      if (declared(element).get(element.index())) {
        return Linear.variable(element, NumberType.REAL);
      }
    }
    throw Scope.undeclared(name);
  }

  /**
   * The network of all declared variables.
   *
   * @param end where the text ends
   */
  Network network(Token end) throws QueryException {
    return new Network(
        "N",
        Optional.empty(),
        List.of(tensor(Role.INPUT, "X", inputs, end), tensor(Role.OUTPUT, "Y", outputs, end)));
  }

  private static Tensor tensor(Role role, String name, BitSet declared, Token end)
      throws QueryException {
    int missing = declared.nextClearBit(0);
    if (missing == 0 || missing != declared.length()) {
      throw end.fault(
          QueryFault.NAME,
          "the " + role.word() + ' ' + name + '_' + missing + " is not declared",
          "all numbers from 0");
    }
    return new Tensor(role, name, NumberType.REAL, List.of(missing), Optional.empty());
  }

  @Override
  public boolean isDeclared(String name) {
    return NAME.matcher(name).matches() && declared(element(name)).get(element(name).index());
  }

  @Override
  public String nameOf(Element element) {
    return (element.tensor() == 0 ? "X_" : "Y_") + element.index();
  }
}
