package io.lipc.queries;

import io.lipc.queries.Network.Likeness;
import io.lipc.queries.Tensor.Role;
import io.lipc.queries.Token.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the networks that VNN-LIB 2 declares, and the elements of their tensors. */
final class Declarations implements Scope {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  private final Tokens tokens;
  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, LikenessCheck> checks = new HashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  Declarations(Tokens tokens) {
    this.tokens = tokens;
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  List<Network> networks() {
    return List.copyOf(networks.values());
  }

  /** Reads what is behind {@code (declare-network}, with the closing bracket. */
  void network() throws IOException, QueryException {
    Token name = name("the name of a network");
    Optional<Likeness> likeness = Optional.empty();
    List<Tensor> declared = new ArrayList<>();
    while (tokens.skips(Kind.OPEN)) {
      Token word = tokens.take(Kind.WORD, "a declaration of a network");
      Optional<Role> role =
          Arrays.stream(Role.values()).filter(each -> word.isWord(declare(each))).findFirst();
      if (role.isPresent()) {
        declared.add(tensor(role.get(), word, declared));
      } else {
        likeness = Optional.of(likeness(word, likeness.isPresent() || !declared.isEmpty()));
      }
      tokens.take(Kind.CLOSE);
    }
    tokens.take(Kind.CLOSE, "`(` or `)`");
    Network network = new Network(name.text(), likeness, declared);
    checkTensors(network, name);
    if (likeness.isPresent()) {
      check(likeness.get().network()).check(network, likeness.get().kind(), name);
    }
    networks.put(network.name(), network);
  }

  private LikenessCheck check(String other) {
    return checks.computeIfAbsent(
        other, name -> new LikenessCheck(Objects.requireNonNull(networks.get(name))));
  }

  private static String declare(Role role) {
    return "declare-" + role.word();
  }

  /** A name that is used for the first time. */
  private Token name(String expected) throws IOException, QueryException {
    Token name = tokens.take(Kind.WORD, expected);
    if (!NAME.matcher(name.text()).matches()) {
      throw name.fault(
          QueryFault.NAME,
          name.words() + " is no name",
          "a letter, then letters, digits and underscores");
    }
    if (!names.add(name.text())) {
      throw name.fault(
          QueryFault.NAME, "the name " + name.words() + " is declared twice", "another name");
    }
    return name;
  }

  private Tensor tensor(Role role, Token word, List<Tensor> before)
      throws IOException, QueryException {
    if (!before.isEmpty() && before.getLast().role().compareTo(role) > 0) {
      throw word.fault(
          QueryFault.SYNTAX,
          word.words() + " stands behind `" + declare(before.getLast().role()) + '`',
          "inputs, then hidden tensors, then outputs");
    }
    String name = name("the name of a variable").text();
    NumberType type = Scope.type(tokens);
    checkType(type, word);
    List<Integer> shape = shape();
    if (role == Role.INPUT && tokens.peek().isWord("initialized")) {
      throw tokens
          .take()
          .fault(
              QueryFault.VERSION,
              "inputs with the default value of the model are not supported",
              "`)`, and assertions which say what the input is");
    }
    Optional<String> node =
        role == Role.HIDDEN
            ? Optional.of(tokens.take(Kind.STRING, "the name of a node, in quotes").text())
            : Optional.empty();
    Tensor tensor = new Tensor(role, name, type, shape, node);
    places.put(name, tensors.size());
    tensors.add(tensor);
    return tensor;
  }

  /** The type {@code real} says what the whole query asks, so it stands beside no other type. */
  private void checkType(NumberType type, Token place) throws QueryException {
    if (!tensors.isEmpty()
        && (type == NumberType.REAL) != (tensors.getFirst().type() == NumberType.REAL)) {
      throw place.fault(
          QueryFault.TYPE,
          "a tensor has the type "
              + type.word()
              + ", but the first one has "
              + tensors.getFirst().type().word(),
          "`real` for all tensors or for none");
    }
  }

  private List<Integer> shape() throws IOException, QueryException {
    Token open = tokens.take(Kind.OPEN_INDICES, "a shape such as `[1,5]`");
    List<Integer> shape = indices();
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
      if (size > Limits.ELEMENTS) {
        throw Limits.exceeded(open.place(), "elements in one tensor", Limits.ELEMENTS);
      }
    }
    if (size == 0) {
      throw open.fault(QueryFault.SHAPE, "a shape has the dimension 0", "positive dimensions");
    }
    return shape;
  }

  /** The numbers behind {@code [}, with the closing bracket. */
  private List<Integer> indices() throws IOException, QueryException {
    List<Integer> indices = new ArrayList<>();
    if (tokens.skips(Kind.CLOSE_INDICES)) {
      return indices;
    }
    do {
      Token index = tokens.take(Kind.WORD, "a whole number");
      if (!INDEX.matcher(index.text()).matches()) {
        throw index.fault(
            QueryFault.SHAPE,
            index.words() + " is no dimension and no index",
            "a whole number from 0 to 999999999");
      }
      if (indices.size() == Limits.RANK) {
        throw Limits.exceeded(index.place(), "dimensions in one tensor", Limits.RANK);
      }
      indices.add(Integer.valueOf(index.text()));
    } while (tokens.skips(Kind.COMMA));
    tokens.take(Kind.CLOSE_INDICES, "`,` or `]`");
    return indices;
  }

  private Likeness likeness(Token word, boolean isLate) throws IOException, QueryException {
    Likeness.Kind kind =
        switch (word.text()) {
          // Vehicle writes `equalTo`.
          case "equal-to", "equalTo" -> Likeness.Kind.EQUAL;
          case "isomorphic-to" -> Likeness.Kind.ISOMORPHIC;
          default ->
              throw word.fault(
                  QueryFault.SYNTAX,
                  word.words() + " is no declaration of a network",
                  "`equal-to`, `isomorphic-to`, `declare-input`, `declare-hidden` or"
                      + " `declare-output`");
        };
    if (isLate) {
      throw word.fault(
          QueryFault.SYNTAX,
          word.words() + " is not the first declaration of its network",
          "one `equal-to` or `isomorphic-to` at most, before the tensors");
    }
    Token other = tokens.take(Kind.WORD, "the name of a network");
    Network network = networks.get(other.text());
    if (network == null) {
      throw other.fault(
          QueryFault.NETWORK,
          "no network " + other.words() + " is declared before",
          "the name of a network that is declared before");
    }
    if (network.likeness().isPresent()) {
      throw other.fault(
          QueryFault.NETWORK,
          "the network " + other.words() + " refers to another network itself",
          "the network to which " + other.words() + " refers");
    }
    return new Likeness(kind, network.name());
  }

  private static void checkTensors(Network network, Token name) throws QueryException {
    for (Role role : List.of(Role.INPUT, Role.OUTPUT)) {
      if (network.tensors(role).isEmpty()) {
        throw name.fault(
            QueryFault.NETWORK,
            "the network " + name.words() + " has no " + role.word(),
            "at least one `" + declare(role) + '`');
      }
    }
  }

  @Override
  public Linear variable(Token name, Tokens tokens) throws IOException, QueryException {
    Integer place = places.get(name.text());
    if (place == null) {
      throw Scope.undeclared(name);
    }
    Tensor tensor = tensors.get(place);
    boolean hasBrackets = tokens.skips(Kind.OPEN_INDICES);
    List<Integer> indices = hasBrackets ? indices() : List.of();
    if (hasBrackets && tensor.shape().isEmpty() && indices.isEmpty()) {
      throw name.fault(
          QueryFault.SHAPE,
          name.words() + " has brackets without an index",
          name.words() + " alone, as the shape is []");
    }
    if (indices.size() != tensor.shape().size()) {
      throw name.fault(
          QueryFault.SHAPE,
          name.words() + " has " + indices.size() + " indices here",
          tensor.shape().size() + " indices, as the shape is " + tensor.shape());
    }
    int element = 0;
    for (int i = 0; i < indices.size(); i++) {
      if (indices.get(i) >= tensor.shape().get(i)) {
        throw name.fault(
            QueryFault.SHAPE,
            "the index " + indices.get(i) + " of " + name.words() + " is outside its shape",
            "an index below " + tensor.shape().get(i) + ", as the shape is " + tensor.shape());
      }
      element = element * tensor.shape().get(i) + indices.get(i);
    }
    return Linear.variable(new Element(place, element), tensor.type());
  }

  @Override
  public boolean isDeclared(String name) {
    return names.contains(name);
  }

  @Override
  public String nameOf(Element element) {
    return tensors.get(element.tensor()).nameOf(element.index(), Version.V2_0);
  }
}
