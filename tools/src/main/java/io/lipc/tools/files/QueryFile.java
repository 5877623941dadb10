package io.lipc.tools.files;

import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Late;
import io.lipc.queries.Box;
import io.lipc.queries.Element;
import io.lipc.queries.Network;
import io.lipc.queries.NumberType;
import io.lipc.queries.Query;
import io.lipc.queries.QueryException;
import io.lipc.queries.QueryFault;
import io.lipc.queries.QueryReader;
import io.lipc.queries.Tensor.Role;
import io.lipc.tools.command.InputError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Queries as files. */
public final class QueryFile {

  private QueryFile() {}

  /**
   * The query of a file, about one network, its input and its output, as real numbers.
   *
   * @param real whether a query about floats is read as one about real numbers
   * @param deadline when reading has to end
   * @throws InputError if there is none, one that cannot be asked here, or no time
   */
  public static Query read(Path file, boolean real, Deadline deadline) throws InputError {
    Query query = read(file, deadline);
    check(file, query, real);
    return real ? query.overReals() : query;
  }

  /**
   * The query of a file, whatever it is about.
   *
   * @throws InputError if there is none
   */
  public static Query read(Path file) throws InputError {
    return read(file, Deadline.NONE);
  }

  private static Query read(Path file, Deadline deadline) throws InputError {
    try (Reader text = text(file)) {
      return QueryReader.read(text, deadline::check);
    } catch (Late late) {
      throw Model.late(file);
    } catch (QueryException fault) {
      throw fault(file, fault.fault(), fault.getMessage());
    } catch (CharacterCodingException notText) {
      throw fault(file, QueryFault.SYNTAX, "it is not UTF-8");
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    }
  }

  private static Reader text(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
      return new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder());
    } catch (IOException notPacked) {
      bytes.close();
      throw notPacked;
    }
  }

  private static void check(Path file, Query query, boolean real) throws InputError {
    if (query.networks().size() > 1) {
      throw fault(
          file,
          QueryFault.NETWORK,
          "it declares " + query.networks().size() + " networks; one is supported");
    }
    Network network = query.networks().getFirst();
    if (!network.tensors(Role.HIDDEN).isEmpty()) {
      throw fault(
          file, QueryFault.NAME, "it declares a hidden node; inputs and outputs are supported");
    }
    if (network.tensors(Role.INPUT).size() != 1 || network.tensors(Role.OUTPUT).size() != 1) {
      throw fault(file, QueryFault.NETWORK, "one input and one output of a network are supported");
    }
    List<NumberType> types = network.tensors().stream().map(tensor -> tensor.type()).toList();
    for (NumberType type : types) {
      if (!real && type != NumberType.REAL) {
        throw fault(
            file,
            QueryFault.TYPE,
            "it is about the network as computed in "
                + type.word()
                + ", which is not supported; --real asks about real numbers, which proves less");
      }
    }
    try {
      checkFinite(file, query, Box.of(query));
    } catch (QueryException unbounded) {
      throw fault(file, unbounded.fault(), unbounded.getMessage());
    }
  }

  /** Numbers of a query are doubles, but a quotient of two need not be. */
  private static void checkFinite(Path file, Query query, Box box) throws InputError {
    for (Map.Entry<Element, Box.Interval> side : box.sides().entrySet()) {
      Box.Interval ends = side.getValue();
      if (!Double.isFinite(ends.lower().down()) || !Double.isFinite(ends.upper().up())) {
        String element = query.nameOf(side.getKey());
        throw fault(file, QueryFault.NUMBER, element + " has a bound beyond 1.8e308");
      }
    }
  }

  /** The error for a query that cannot be asked. */
  public static InputError fault(Path file, QueryFault fault, String what) {
    return new InputError("[" + fault.word() + "] " + Quoted.of(file.toString()) + ": " + what);
  }
}
