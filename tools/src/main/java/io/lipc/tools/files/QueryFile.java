package io.lipc.tools.files;

import io.lipc.compiler.reading.QueryReading;
import io.lipc.compiler.reading.UnfitQuery;
import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Late;
import io.lipc.queries.Query;
import io.lipc.queries.QueryFault;
import io.lipc.tools.command.InputError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
    try {
      QueryReading.check(query, real);
    } catch (UnfitQuery unfit) {
      throw fault(file, unfit);
    }
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
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      return QueryReading.read(bytes, file.toString(), deadline::check);
    } catch (Late late) {
      throw Model.late(file);
    } catch (UnfitQuery unfit) {
      throw fault(file, unfit);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    }
  }

  /** The error for a query that cannot be asked. */
  public static InputError fault(Path file, UnfitQuery unfit) {
    String help =
        unfit.isAboutFloats() ? "; --real asks about real numbers, which proves less" : "";
    return fault(file, unfit.kind(), unfit.what() + help);
  }

  /** The error for a query that is not about what is given. */
  public static InputError fault(Path file, QueryFault fault, String what) {
    return fault(file, fault.word(), what);
  }

  private static InputError fault(Path file, String kind, String what) {
    return new InputError("[" + kind + "] " + Quoted.of(file.toString()) + ": " + what);
  }
}
