package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.queries.Box.Interval;
import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random assertions, each with a function that evaluates it as it is written: what is read is true
 * for the same values. Values and constants are few, so that equality is frequent.
 */
final class SemanticsTest {

  /** A point: the values of {@code X[0]}, {@code X[1]}, {@code Y[0,0]} and {@code Y[0,1]}. */
  private record Point(List<BigDecimal> values) {
    BigDecimal at(Element element) {
      return values.get(2 * element.tensor() + element.index());
    }
  }

  private record Text<T>(String text, T meaning) {}

  private final Random random = new Random(40);

  @Test
  void whatIsReadIsTrueWhereTheTextIs() throws Exception {
    int trues = 0;
    int boxes = 0;
    for (int i = 0; i < 20_000; i++) {
      Text<Predicate<Point>> text = i % 2 == 0 ? formula(3) : bounded(formula(3));
      Query query = read(Texts.TYPED + "(assert " + text.text + ")");
      Map<Element, Interval> sides = sides(query);
      boxes += sides.isEmpty() ? 0 : 1;
      for (int j = 0; j < 10; j++) {
        Point point = new Point(IntStream.range(0, 4).mapToObj(k -> number()).toList());
        boolean isTrue = text.meaning.test(point);
        assertThat(isTrue(query.formula(), point)).as(text.text).isEqualTo(isTrue);
        if (isTrue) {
          trues++;
          sides.forEach((element, side) -> assertInside(point.at(element), side, text.text));
        }
      }
    }
    assertThat(trues).isBetween(20_000, 180_000);
    assertThat(boxes).isGreaterThan(10_000);
  }

  private static Map<Element, Interval> sides(Query query) {
    try {
      return Box.of(query).sides();
    } catch (QueryException unbounded) {
      return Map.of();
    }
  }

  private static void assertInside(BigDecimal value, Interval side, String text) {
    Rational rational = Rational.of(value, BigDecimal.ONE);
    assertThat(rational).as(text).isBetween(side.lower(), side.upper());
  }

  private static boolean isTrue(Formula formula, Point point) {
    return switch (formula) {
      case And and -> and.members().stream().allMatch(each -> isTrue(each, point));
      case Or or -> or.members().stream().anyMatch(each -> isTrue(each, point));
      case Atom atom -> {
        BigDecimal sum =
            atom.terms().stream()
                .map(term -> term.coefficient().multiply(point.at(term.element())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        yield compare(sum, atom.comparison().sign(), atom.bound());
      }
    };
  }

  private static boolean compare(BigDecimal left, String sign, BigDecimal right) {
    int order = left.compareTo(right);
    return switch (sign) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "==" -> order == 0;
      default -> order != 0;
    };
  }

  private BigDecimal number() {
    return new BigDecimal(BigInteger.valueOf(random.nextInt(-3, 4)), random.nextInt(2));
  }

  private Text<Predicate<Point>> formula(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return atom();
    }
    List<Text<Predicate<Point>>> members =
        IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> formula(depth - 1)).toList();
    boolean conjunction = random.nextBoolean();
    return new Text<>(
        brackets(conjunction ? "and" : "or", members),
        point ->
            conjunction
                ? members.stream().allMatch(each -> each.meaning.test(point))
                : members.stream().anyMatch(each -> each.meaning.test(point)));
  }

  /** The same where the inputs are in a box, so that the formula can only narrow it. */
  private static Text<Predicate<Point>> bounded(Text<Predicate<Point>> formula) {
    BigDecimal two = BigDecimal.TWO;
    return new Text<>(
        "(and (<= X[0] 2) (<= X[1] 2) (>= X[0] -2) (>= X[1] -2) " + formula.text + ")",
        point ->
            point.values.subList(0, 2).stream().allMatch(x -> x.abs().compareTo(two) <= 0)
                && formula.meaning.test(point));
  }

  private static <T> String brackets(String operator, List<Text<T>> operands) {
    return operands.stream()
        .map(Text::text)
        .collect(Collectors.joining(" ", "(" + operator + " ", ")"));
  }

  private Text<Predicate<Point>> atom() {
    String sign = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
    boolean plain = random.nextBoolean();
    var variable = plain ? variable() : expression(2);
    var other = plain ? constant() : random.nextBoolean() ? constant() : expression(2);
    boolean turned = random.nextBoolean();
    var left = turned ? other : variable;
    var right = turned ? variable : other;
    return new Text<>(
        brackets(sign, List.of(left, right)),
        point -> compare(left.meaning.apply(point), sign, right.meaning.apply(point)));
  }

  private Text<Function<Point, BigDecimal>> variable() {
    Element element = new Element(random.nextInt(2), random.nextInt(2));
    String name = element.tensor() == 0 ? "X[" : "Y[0,";
    return new Text<>(name + element.index() + "]", point -> point.at(element));
  }

  private Text<Function<Point, BigDecimal>> constant() {
    BigDecimal value = number();
    return new Text<>(value.toPlainString(), point -> value);
  }

  /** An expression with a variable. */
  private Text<Function<Point, BigDecimal>> expression(int depth) {
    if (depth == 0) {
      return variable();
    }
    String operator = List.of("+", "-", "*").get(random.nextInt(3));
    List<Text<Function<Point, BigDecimal>>> operands = new ArrayList<>();
    operands.add(expression(depth - 1));
    for (int i = random.nextInt(3); i > 0; i--) {
      boolean constant = operator.equals("*") || random.nextBoolean();
      operands.add(constant ? constant() : expression(depth - 1));
    }
    Collections.shuffle(operands, random);
    return new Text<>(brackets(operator, operands), point -> value(operator, operands, point));
  }

  private static BigDecimal value(
      String operator, List<Text<Function<Point, BigDecimal>>> operands, Point point) {
    List<BigDecimal> values =
        operands.stream().map(operand -> operand.meaning.apply(point)).toList();
    if (operator.equals("-") && values.size() == 1) {
      return values.getFirst().negate();
    }
    return values.stream()
        .reduce(
            (a, b) ->
                switch (operator) {
                  case "+" -> a.add(b);
                  case "-" -> a.subtract(b);
                  default -> a.multiply(b);
                })
        .orElseThrow();
  }
}
