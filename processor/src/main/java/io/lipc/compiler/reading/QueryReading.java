package io.lipc.compiler.reading;

import io.lipc.certificate.Unit;
import io.lipc.certificate.query.QueryUnits;
import io.lipc.model.Decimals;
import io.lipc.model.Interval;
import io.lipc.model.Network;
import io.lipc.queries.Box;
import io.lipc.queries.Element;
import io.lipc.queries.NumberType;
import io.lipc.queries.Query;
import io.lipc.queries.QueryException;
import io.lipc.queries.QueryFault;
import io.lipc.queries.QueryReader;
import io.lipc.queries.Tensor;
import io.lipc.queries.Tensor.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads queries, and holds them against networks. */
public final class QueryReading {

  private QueryReading() {}

  /**
   * The query of a file, whatever it is about.
   *
   * @param name of the file; one that ends with {@code .gz} is packed
   * @param look is run every few milliseconds; an exception of it is thrown
   * @throws UnfitQuery if there is none
   */
  public static Query read(InputStream file, String name, Runnable look)
      throws IOException, UnfitQuery {
    InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
    try (Reader text = new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder())) {
      return QueryReader.read(text, look);
    } catch (QueryException fault) {
      throw UnfitQuery.of(fault);
    } catch (CharacterCodingException notText) {
      throw UnfitQuery.of(QueryFault.SYNTAX, "it is not UTF-8");
    }
  }

  /**
   * Requires a query to be about one network, its input and its output, on a box.
   *
   * @param real whether a query about floats may be read as one about real numbers
   * @throws UnfitQuery if it is about something else
   */
  public static void check(Query query, boolean real) throws UnfitQuery {
    if (query.networks().size() > 1) {
      throw UnfitQuery.of(
          QueryFault.NETWORK,
          "it declares " + query.networks().size() + " networks; one is supported");
    }
    io.lipc.queries.Network network = query.networks().getFirst();
    if (!network.tensors(Role.HIDDEN).isEmpty()) {
      throw UnfitQuery.of(
          QueryFault.NAME, "it declares a hidden node; inputs and outputs are supported");
    }
    if (network.tensors(Role.INPUT).size() != 1 || network.tensors(Role.OUTPUT).size() != 1) {
      throw UnfitQuery.of(
          QueryFault.NETWORK, "one input and one output of a network are supported");
    }
    List<NumberType> types = network.tensors().stream().map(tensor -> tensor.type()).toList();
    for (NumberType type : types) {
      if (!real && type != NumberType.REAL) {
        throw UnfitQuery.ofFloats(type);
      }
    }
    checkBox(query);
  }

  private static void checkBox(Query query) throws UnfitQuery {
    try {
      for (Map.Entry<Element, Box.Interval> side : Box.of(query).sides().entrySet()) {
        Box.Interval ends = side.getValue();
        // Numbers of a query are doubles, but a quotient of two need not be.
        if (!Double.isFinite(ends.lower().down()) || !Double.isFinite(ends.upper().up())) {
          String element = query.nameOf(side.getKey());
          throw UnfitQuery.of(QueryFault.NUMBER, element + " has a bound beyond 1.8e308");
        }
      }
    } catch (QueryException unbounded) {
      throw UnfitQuery.of(unbounded);
    }
  }

  /**
   * Requires a query to have the inputs and outputs of a network, on a box within the declared one:
   * a network is not known where it is not declared.
   *
   * @param query a checked one
   * @throws UnfitQuery if it has others, or inputs for which the network is not declared
   */
  public static void check(Query query, Network network) throws UnfitQuery {
    checkSize(query, Role.INPUT, network.input().shape().size(), network.name());
    checkSize(query, Role.OUTPUT, network.outputShape().size(), network.name());
    if (network.input().box().isPresent()) {
      checkWithin(query, network.input().box().get(), network.name());
    }
  }

  private static void checkSize(Query query, Role role, int size, String name) throws UnfitQuery {
    Tensor tensor = query.networks().getFirst().tensors(role).getFirst();
    if (tensor.size() != size) {
      throw UnfitQuery.of(
          QueryFault.SHAPE,
          "%s has %d elements, and the %s of %s has %d"
              .formatted(tensor.name(), tensor.size(), role.word(), name, size));
    }
  }

  private static void checkWithin(Query query, List<Interval> declared, String name)
      throws UnfitQuery {
    Unit.Box box = QueryUnits.box(query);
    for (int i = 0; i < declared.size(); i++) {
      Interval side = new Interval(box.lower().get(i), box.upper().get(i));
      boolean isBelow = side.lower() < declared.get(i).lower();
      if (isBelow || side.upper() > declared.get(i).upper()) {
        String element = query.nameOf(new Element(0, i));
        double end = isBelow ? declared.get(i).lower() : declared.get(i).upper();
        throw UnfitQuery.ofBox(
            "%s is in %s, and %s declares %s; assert `(%s %s %s)`, or declare a wider interval"
                .formatted(
                    element,
                    words(side),
                    name,
                    words(declared.get(i)),
                    isBelow ? ">=" : "<=",
                    element,
                    // To the last digit, as a query's numbers are exact.
                    new BigDecimal(end).toPlainString()));
      }
    }
  }

  private static String words(Interval side) {
    return "[%s, %s]".formatted(Decimals.plain(side.lower()), Decimals.plain(side.upper()));
  }
}
