package io.lipc.queries;

import static io.lipc.queries.Texts.assertRefused;
import static io.lipc.queries.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader refuses, with the place, which the mark § shows, and the message. */
final class RefusalsTest {

  private static final String FORMULAS = "`and`, `or`, `<=`, `<`, `>=`, `>`, `==` or `!=`";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(<= X[0] §.5)|`.5` is no number",
        "(<= X[0] §5.)|`5.` is no number",
        "(<= X[0] §+5)|`+5` is no number",
        "(<= X[0] §--5)|`--5` is no number",
        "(<= X[0] §1.5.2)|`1.5.2` is no number",
        "(<= X[0] §010)|`010` is no number",
        "(<= X[0] §-00.5)|`-00.5` is no number",
        "(<= X[0] §0x10)|`0x10` is no number",
        "(<= X[0] §1_000)|`1_000` is no number",
        "(<= X[0] §1e)|`1e` is no number",
        "(<= X[0] §1e99999)|`1e99999` is no number",
        "(<= X[0] §1f)|`1f` is no number",
        "(<= X[0] §٣)|`\\u0663` is no number",
        "(<= X[0] §-Inf)|`-Inf` is no number",
        "(<= X[0] §-)|`-` is no number"
      })
  void whatIsNoNumber(String formula, String problem) {
    assertRefused(
        Texts.TYPED + "(assert " + formula + ")",
        QueryFault.NUMBER,
        problem + "; expected: a number such as `-0.5` or `2e-3`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(<= X[0] §1e400)|a number is out of range|numbers of at most 1.8e308, the largest double",
        "(<= X[0] §-2e308)|a number is out of range|numbers of at most 1.8e308, the largest double",
        "(<= X[0] §1e-1301)|a number has too many decimals|at most 1,300 decimals",
        "(<= (§* 1e300 1e300 X[0]) 1)|a number is out of range|numbers of at most 1.8e308, the"
            + " largest double",
        "(<= (§* 1e-700 X[0] 1e-700) 1)|a number has too many decimals|at most 1,300 decimals",
        "(<= (§+ (* 1e308 X[0]) (* 1e308 X[0])) 1)|a number is out of range|numbers of at most"
            + " 1.8e308, the largest double",
        "(§<= (+ X[0] 1e308) -1e308)|a number is out of range|numbers of at most 1.8e308, the"
            + " largest double"
      })
  void numbersOutOfRange(String formula, String problem, String expected) {
    assertRefused(
        Texts.TYPED + "(assert " + formula + ")",
        QueryFault.NUMBER,
        problem + "; expected: " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(§= X[0] 1)|`=`|`==`",
        "(§=> (<= X[0] 1) (<= X[0] 1))|`=>`|`>=`, or `or` for an implication",
        "(§=< X[0] 1)|`=<`|`<=`",
        "(§<> X[0] 1)|`<>`|`!=`",
        "(§distinct X[0] 1)|`distinct`|`!=`",
        "(§not (<= X[0] 1))|`not`|the opposite comparison, as VNN-LIB has no negation",
        "(§ite (<= X[0] 1))|`ite`|" + FORMULAS,
        "(§<=X[0] 1)|`<=X`|" + FORMULAS,
        "(§AND (<= X[0] 1))|`AND`|" + FORMULAS
      })
  void unknownOperatorsOfFormulas(String formula, String operator, String expected) {
    assertRefused(
        Texts.TYPED + "(assert " + formula + ")",
        QueryFault.OPERATOR,
        operator + " is no operator of formulas; expected: " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(<= (§/ X[0] 2) 1)|`/` is no arithmetic operator",
        "(<= (§-1 X[0]) 1)|`-1` is no arithmetic operator",
        "(<= (§max X[0] 2) 1)|`max` is no arithmetic operator",
        "(<= 1 (§X[0] 2))|`X` is no arithmetic operator"
      })
  void unknownOperatorsOfExpressions(String formula, String problem) {
    assertRefused(
        Texts.TYPED + "(assert " + formula + ")",
        QueryFault.OPERATOR,
        problem + "; expected: `+`, `-` or `*`");
  }

  @ParameterizedTest
  @CsvSource({
    "(<= (§* X[0] X[1]) 1)",
    "(<= (§* X[0] X[0]) 1)",
    "(<= (§* 2 (+ X[0] 1) 3 (- Y[0;0])) 1)",
    "(<= (§* (- X[0] X[0]) X[1]) 1)"
  })
  void productsOfVariables(String formula) {
    assertRefused(
        Texts.TYPED + "(assert " + formula.replace(';', ',') + ")",
        QueryFault.NONLINEAR,
        "two factors of this product have variables, but the theory POLY is not supported;"
            + " expected: at most one factor with variables");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(assert (and§))|here is `)`|a formula",
        "(assert§)|here is `)`|a formula",
        "(assert §true)|here is `true`|a formula",
        "(assert (and §true))|here is `true`|a formula",
        "(assert (§(<= X[0] 1)))|here is `(`|" + FORMULAS,
        "(assert (<= X[0]§))|here is `)`|an arithmetic expression",
        "(assert (<= X[0] 1 §2))|here is `2`|`)` behind the two sides of a comparison",
        "(assert (<= X[0] (+§)))|here is `)`|an arithmetic expression",
        "(assert (<= X[0] (§)))|here is `)`|`+`, `-` or `*`",
        "(assert (<= X[0] §\"1\"))|here is a string|an arithmetic expression",
        "(assert (<= X[0] §[1]))|here is `[`|an arithmetic expression",
        "(assert (<= X[0] 1§,5))|here is `,`|`)` behind the two sides of a comparison",
        "(assert (<= X[0] 1) §(<= X[0] 2))|here is `(`|`)`",
        "(assert (<= X[0] 1))§)|this `)` closes no `(`|`(` or the end of the text",
        "(assert (<= X[0] 1)§|here is the end of the text|`)`",
        "(assert (and (<= X[0] 1)§|here is the end of the text|a formula",
        "(assert (<= X[0 §1))|here is `1`|`,` or `]`",
        "(assert (<= X[0,§] 1)) |here is `]`|a whole number",
        "(assert (<= X[0] 1)) §end|here is `end`|`(declare-network`",
        "§assert|here is `assert`|`(declare-network`",
        "(§(assert))|here is `(`|a command"
      })
  void whatIsNoSyntax(String assertions, String problem, String expected) {
    assertRefused(Texts.TYPED + assertions, QueryFault.SYNTAX, problem + "; expected: " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(§check-sat)|`check-sat`",
        "(§set-logic LRA)|`set-logic`",
        "(assert (<= X[0] 1)) (§declare-network g)|`declare-network`",
        "(§vnnlib-version <2.0>)|`vnnlib-version`",
        "(§declare-const X_0 Real)|`declare-const`"
      })
  void unknownCommands(String commands, String command) {
    assertRefused(
        Texts.TYPED + commands,
        QueryFault.SYNTAX,
        "the command "
            + command
            + " has no meaning here; expected: `declare-network`, and behind all networks"
            + " `assert`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "§Z[0]|NAME|the variable `Z` is not declared|a declared variable",
        "§x[0]|NAME|the variable `x` is not declared|a declared variable",
        "§X_0|NAME|the variable `X_0` is not declared|a declared variable",
        "§f|NAME|the variable `f` is not declared|a declared variable",
        "§NaN|NAME|the variable `NaN` is not declared|a declared variable",
        "§X|SHAPE|`X` has 0 indices here|1 indices, as the shape is [2]",
        "§X[]|SHAPE|`X` has 0 indices here|1 indices, as the shape is [2]",
        "§Y[0]|SHAPE|`Y` has 1 indices here|2 indices, as the shape is [1, 2]",
        "§X[2]|SHAPE|the index 2 of `X` is outside its shape|an index below 2, as the shape is [2]",
        "§Y[1,0]|SHAPE|the index 1 of `Y` is outside its shape|an index below 1, as the shape is"
            + " [1, 2]",
        "X[§-1]|SHAPE|`-1` is no dimension and no index|a whole number from 0 to 999999999",
        "X[§01]|SHAPE|`01` is no dimension and no index|a whole number from 0 to 999999999",
        "X[§1.0]|SHAPE|`1.0` is no dimension and no index|a whole number from 0 to 999999999",
        "X[§4294967296]|SHAPE|`4294967296` is no dimension and no index|a whole number from 0 to"
            + " 999999999"
      })
  void variablesThatAreNotThere(String use, QueryFault fault, String problem, String expected) {
    assertRefused(
        Texts.TYPED + "(assert (<= " + use + " 1))", fault, problem + "; expected: " + expected);
  }

  @Test
  void constantsHaveNoType() {
    assertRefused(
        Texts.TYPED + "(assert (or (<= X[0] 1) (§<= 0.0 1.0)))",
        QueryFault.TYPE,
        "both sides of a comparison are constants, which have no type; expected: a variable on one"
            + " side");
  }

  @Test
  void oneComparisonHasOneType() {
    String text =
        """
        (vnnlib-version <2.0>)
        (declare-network f (declare-input X float32 [1]) (declare-output Y float64 [1]))
        """;
    String problem =
        "one comparison has the types float32 and float64; expected: elements of one type";
    assertRefused(text + "(assert (§<= X[0] Y[0]))", QueryFault.TYPE, problem);
    assertRefused(text + "(assert (<= (§+ X[0] Y[0]) 1))", QueryFault.TYPE, problem);
    assertRefused(text + "(assert (§<= (* 0 X[0]) (* 0 Y[0])))", QueryFault.TYPE, problem);
  }

  private static final String TENSORS =
      "`equal-to`, `isomorphic-to`, `declare-input`, `declare-hidden` or `declare-output`";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(declare-network §1f)|NAME|`1f` is no name|a letter, then letters, digits and underscores",
        "(declare-network §f-copy)|NAME|`f-copy` is no name|a letter, then letters, digits and"
            + " underscores",
        "(declare-network§)|SYNTAX|here is `)`|the name of a network",
        "(declare-network f §X)|SYNTAX|here is `X`|`(` or `)`",
        "(declare-network f (§assert))|SYNTAX|`assert` is no declaration of a network|" + TENSORS,
        "(declare-network §f)|NETWORK|the network `f` has no input|at least one `declare-input`",
        "(declare-network §f (declare-input X real [1]))|NETWORK|the network `f` has no output|at"
            + " least one `declare-output`",
        "(declare-network f (declare-input §f real [1]))|NAME|the name `f` is declared twice|another"
            + " name",
        "(declare-network f (declare-input X real [1]) (declare-output §X real [1]))|NAME|the name"
            + " `X` is declared twice|another name",
        "(declare-network f (declare-input X §float16 [1]))|TYPE|the element type `float16` is not"
            + " supported|`real`, `float32` or `float64`",
        "(declare-network f (declare-input X §int8 [1]))|TYPE|the element type `int8` is not"
            + " supported|`real`, `float32` or `float64`",
        "(declare-network f (declare-input X §Float32 [1]))|TYPE|the element type `Float32` is not"
            + " supported|`real`, `float32` or `float64`",
        "(declare-network f (declare-input X§))|SYNTAX|here is `)`|an element type",
        "(declare-network f (declare-input X real§))|SYNTAX|here is `)`|a shape such as `[1,5]`",
        "(declare-network f (declare-input X real [1 §5]))|SYNTAX|here is `5`|`,` or `]`",
        "(declare-network f (declare-input X real §[1,0]))|SHAPE|a shape has the dimension 0|positive"
            + " dimensions",
        "(declare-network f (declare-input X real [§-1]))|SHAPE|`-1` is no dimension and no index|a"
            + " whole number from 0 to 999999999",
        "(declare-network f (declare-input X real [1] §\"x\"))|SYNTAX|here is a string|`)`",
        "(declare-network f (declare-input X real [1] §initialized))|VERSION|inputs with the default"
            + " value of the model are not supported|`)`, and assertions which say what the input"
            + " is",
        "(declare-network f (declare-output Y real [1]) (§declare-input X real [1]))|SYNTAX|"
            + "`declare-input` stands behind `declare-output`|inputs, then hidden tensors, then"
            + " outputs",
        "(declare-network f (declare-input X real [1]) (declare-hidden H real [1]§))|SYNTAX|here is"
            + " `)`|the name of a node, in quotes",
        "(declare-network f (declare-input X real [1]) (declare-hidden H real [1] §h))|SYNTAX|here is"
            + " `h`|the name of a node, in quotes",
        "(declare-network f (declare-input X real [1]) (§declare-output Y float32 [1]))|TYPE|a tensor"
            + " has the type float32, but the first one has real|`real` for all tensors or for"
            + " none",
        "(declare-network f (declare-input X float64 [1]) (§declare-output Y real [1]))|TYPE|a tensor"
            + " has the type real, but the first one has float64|`real` for all tensors or for"
            + " none",
        "(declare-network f (declare-input X real [1]) (§equal-to f))|SYNTAX|`equal-to` is not the"
            + " first declaration of its network|one `equal-to` or `isomorphic-to` at most, before"
            + " the tensors",
        "(declare-network f (equal-to §f))|NETWORK|no network `f` is declared before|the name of a"
            + " network that is declared before"
      })
  void declarationsThatSayNothing(
      String network, QueryFault fault, String problem, String expected) {
    assertRefused("(vnnlib-version <2.0>)\n" + network, fault, problem + "; expected: " + expected);
  }

  private static final String NETWORK =
      """
      (vnnlib-version <2.0>)
      (declare-network f
        (declare-input A float32 [2])
        (declare-hidden G float32 [3] "node")
        (declare-output B float32 [1]))
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(equal-to f) (declare-input C float32 [3]) (declare-output D float32 [1])",
        "(equal-to f) (declare-input C float64 [2]) (declare-output D float32 [1])",
        "(equal-to f) (declare-input C float32 [2]) (declare-output D float64 [1])",
        "(equal-to f) (declare-input C float32 [2]) (declare-output D float32 [1,1])",
        "(equal-to f) (declare-input C float32 [2]) (declare-input E float32 [2]) (declare-output D"
            + " float32 [1])",
        "(equal-to f) (declare-input C float32 [2]) (declare-hidden H float32 [4] \"node\")"
            + " (declare-output D float32 [1])",
        "(equal-to f) (declare-input C float32 [2]) (declare-hidden H float64 [3] \"node\")"
            + " (declare-output D float32 [1])"
      })
  void anEqualNetworkHasTheSameTensors(String tensors) {
    assertRefused(
        NETWORK + "(declare-network §g " + tensors + ")",
        QueryFault.NETWORK,
        "the tensors of `g` differ from those of `f`; expected: the same shapes and element types");
  }

  @Test
  void anIsomorphicNetworkHasTheSameShapes() {
    assertRefused(
        NETWORK
            + "(declare-network §g (isomorphic-to f)"
            + " (declare-input C float64 [2]) (declare-output D float64 [2]))",
        QueryFault.NETWORK,
        "the tensors of `g` differ from those of `f`; expected: the same shapes of inputs and"
            + " outputs");
  }

  @Test
  void aNetworkRefersToOneThatDoesNotRefer() {
    String equal =
        "(declare-network g (equal-to f)"
            + " (declare-input C float32 [2]) (declare-output D float32 [1]))\n";
    assertRefused(
        NETWORK + equal + "(declare-network h (equal-to §g))",
        QueryFault.NETWORK,
        "the network `g` refers to another network itself; expected: the network to which `g`"
            + " refers");
    assertRefused(
        NETWORK + "(declare-network g (equal-to f) (§isomorphic-to f))",
        QueryFault.SYNTAX,
        "`isomorphic-to` is not the first declaration of its network; expected: one `equal-to` or"
            + " `isomorphic-to` at most, before the tensors");
  }

  @ParameterizedTest
  @CsvSource({"<3.0>", "<2.2>", "<1.1>", "2.0", "<02.0>"})
  void unknownVersions(String version) {
    assertRefused(
        "(vnnlib-version §" + version + ")",
        QueryFault.VERSION,
        "the version `" + version + "` is not supported; expected: `<1.0>`, `<2.0>` or `<2.1>`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "§|SYNTAX|here is the end of the text|`(vnnlib-version <2.0>)` or `(declare-const X_0"
            + " Real)`",
        "; comment§|SYNTAX|here is the end of the text|`(vnnlib-version <2.0>)` or `(declare-const"
            + " X_0 Real)`",
        "(vnnlib-version§)|SYNTAX|here is `)`|a version such as `<2.0>`",
        "(vnnlib-version <2.0> §<2.0>)|SYNTAX|here is `<2.0>`|`)`",
        "(vnnlib-version <1.0>)§|SYNTAX|here is the end of the text|`(declare-const X_0 Real)`",
        "(§declare-fun X_0 () Real)|SYNTAX|the command `declare-fun` has no meaning here|"
            + "`declare-const` or `assert`",
        "(§declare-network f)|SYNTAX|the command `declare-network` has no meaning here|"
            + "`declare-const` or `assert`",
        "(declare-const §Z_0 Real)|NAME|`Z_0` is neither an input nor an output|`X_0`, `X_1`, .. for"
            + " inputs and `Y_0`, `Y_1`, .. for outputs",
        "(declare-const §X_00 Real)|NAME|`X_00` is neither an input nor an output|`X_0`, `X_1`, .."
            + " for inputs and `Y_0`, `Y_1`, .. for outputs",
        "(declare-const §X_99999999 Real)|NAME|`X_99999999` is neither an input nor an output|`X_0`,"
            + " `X_1`, .. for inputs and `Y_0`, `Y_1`, .. for outputs",
        "(declare-const X_0 §Int)|TYPE|the element type `Int` is not supported|`real`, `float32` or"
            + " `float64`",
        "(declare-const X_0 §float32)|TYPE|VNN-LIB 1.0 has no type `float32`|`Real`",
        "(declare-const X_0 Real §[1])|SYNTAX|here is `[`|`)`"
      })
  void textsThatBeginOtherwise(String text, QueryFault fault, String problem, String expected) {
    assertRefused(text, fault, problem + "; expected: " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(declare-const §X_1 Real)|NAME|the name `X_1` is declared twice|another name",
        "(assert (<= §X_2 1))|NAME|the variable `X_2` is not declared|a declared variable",
        "(assert (<= §Z 1))|NAME|the variable `Z` is not declared|a declared variable",
        "(assert (<= X_0§[0] 1))|SYNTAX|here is `[`|an arithmetic expression",
        "(declare-const X_3 Real)(assert (<= X_0 1))§|NAME|the input X_2 is not declared|all numbers"
            + " from 0",
        "(declare-const Y_3 Real)(assert (<= X_0 1))§|NAME|the output Y_2 is not declared|all numbers"
            + " from 0",
        "§|SYNTAX|the query asserts nothing|`(assert`",
        "(assert (<= X_0 1)) §x|SYNTAX|here is `x`|`(` or the end of the text"
      })
  void queriesOfVersionOne(String end, QueryFault fault, String problem, String expected) {
    assertRefused(Texts.FLAT + end, fault, problem + "; expected: " + expected);
  }

  @Test
  void versionOneNeedsInputsAndOutputs() {
    assertRefused(
        "(declare-const X_0 Real)(assert (<= X_0 1))§",
        QueryFault.NAME,
        "the output Y_0 is not declared; expected: all numbers from 0");
  }

  @Test
  void networksAloneAssertNothing() {
    assertRefused(
        Texts.TYPED.strip() + "§",
        QueryFault.SYNTAX,
        "the query asserts nothing; expected: `(assert`");
  }

  /** The grammar has no exponents: it reads {@code 1e5} as 1 and {@code e5}. */
  @ParameterizedTest
  @CsvSource({"e5, 1e5", "e5, -2.5e5", "E12, 1E12", "e, 1e-5", "e, 0e+5", "e007, 1e007"})
  void exponentsThatAreVariables(String name, String number) {
    assertRefused(
        Texts.TYPED.replace(" Y ", ' ' + name + ' ') + "(assert (<= (+ §" + number + " X[0]) 2))",
        QueryFault.NUMBER,
        "the exponent of `"
            + number
            + "` may be the declared `"
            + name
            + "`, as the grammar of the standard has no exponents; expected: a number without an"
            + " exponent, or another name");
  }

  /** A declared name is ambiguous only where the grammar would read it. */
  @ParameterizedTest
  @CsvSource({"e5, 1e50", "e5, 1E5", "e5, 1e-5", "e_5, 1e5", "E, 1e-5", "e12, 1e1"})
  void exponentsThatAreNoVariables(String name, String number) throws Exception {
    assertThat(Texts.read(Texts.TYPED.replace(" Y ", ' ' + name + ' ') + atMost(number)).formula())
        .isEqualTo(Texts.formula(atMost(number)));
  }

  private static String atMost(String number) {
    return "(assert (<= X[0] " + number + "))";
  }

  @Test
  void theNameOfANetworkIsDeclaredToo() {
    assertThat(refusal(Texts.TYPED.replace(" f", " e5") + atMost("1e5")).fault())
        .isEqualTo(QueryFault.NUMBER);
  }

  @Test
  void scalarsHaveNoIndices() {
    assertRefused(
        Texts.TYPED.replace("[1,2]", "[]") + "(assert (<= §Y[] 2))",
        QueryFault.SHAPE,
        "`Y` has brackets without an index; expected: `Y` alone, as the shape is []");
  }

  /** Other programs may end the line there, and read what is behind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2028", "\u2029", "\u0085", "\f", "\u000B", "\u0000", "\u001C", "\u007F", "\u0080",
        "\u009F"
      })
  void charactersThatMayEndAComment(String character) {
    assertRefused(
        Texts.FLAT + "; note §" + character + "(assert (>= Y_0 3))\n(assert (<= X_0 1))",
        QueryFault.SYNTAX,
        String.format("a comment holds `\\u%04x`", (int) character.charAt(0))
            + "; expected: tabs, visible ASCII characters, or characters from U+00A0 on but"
            + " U+2028 and U+2029");
  }

  @Test
  void charactersThatMayBeReadTwice() {
    // Editors show the assertion on a line of its own, as if it were no part of the comment.
    assertRefused(
        "; comment\r§(assert false)",
        QueryFault.SYNTAX,
        "a carriage return ends a line; expected: a line feed");
    assertRefused(
        "(declare-const§\f X_0 Real)",
        QueryFault.SYNTAX,
        "the character `\\u000c` is no blank; expected: a space, a tab or a line feed");
    assertRefused(
        "§\uFEFF(declare-const X_0 Real)",
        QueryFault.SYNTAX,
        "here is `\\ufeff`; expected: `(vnnlib-version <2.0>)` or `(declare-const X_0 Real)`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "§\"h|SYNTAX|a string is not closed|`\"` at its end",
        "\"a§\\x\"|SYNTAX|an unknown escape|`\\\"`, `\\\\`, `\\n` or `\\t`",
        "\"a§ä\"|NAME|a string holds `\\u00e4`|visible ASCII characters"
      })
  void strings(String node, QueryFault fault, String problem, String expected) {
    assertRefused(
        "(vnnlib-version <2.0>)\n"
            + "(declare-network f (declare-input X real [1]) (declare-hidden H real [1] "
            + node
            + "))",
        fault,
        problem + "; expected: " + expected);
  }

  @Test
  void everyKindHasItsWord() {
    assertThat(refusal("x").fault().word()).isEqualTo("query-syntax");
    assertThat(QueryFault.values()).extracting(QueryFault::word).doesNotHaveDuplicates();
    assertThat(QueryFault.values())
        .allSatisfy(
            fault ->
                assertThat(fault.word())
                    .isEqualTo("query-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }
}
