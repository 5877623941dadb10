package io.lipc.tools.prove;

import io.lipc.certificate.BoxTree;
import io.lipc.linalg.Deadline;
import io.lipc.queries.Query;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.QueryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A query that is asked about a model.
 *
 * @param real whether a query about floats is read as one about real numbers
 */
record Asking(Path model, Path query, boolean real, NetworkOption network, OnnxOptions onnx) {

  /**
   * The limits of an answer.
   *
   * @param parts the most parts of the box
   * @param reading when the files have to be read
   * @param end when there has to be an answer
   */
  record Limits(int parts, Deadline reading, Deadline end) {}

  /** About the only network of a model, with nothing left open. */
  static Asking of(Path model, Path query, boolean real) {
    return new Asking(model, query, real, new NetworkOption(), new OnnxOptions());
  }

  /**
   * The query.
   *
   * @throws InputError if it cannot be asked, or not be read in time
   */
  Query read(Limits limits) throws InputError {
    return QueryFile.read(query, real, limits.reading);
  }

  /**
   * The answer.
   *
   * @param asked the query of the file
   * @param tree the known parts of its box
   * @throws InputError if the model cannot be read in time, or the query is not about it
   */
  Answered answered(Query asked, TreeFile tree, Limits limits, PrintWriter err) throws InputError {
    Model read = onnx.read(model, limits.reading);
    ModelNetworks networks = ModelNetworks.read(read, model);
    BoxTree start = tree.read();
    String name = read.chosen(network, model);
    QuerySubject subject = QuerySubject.of(networks, name, query, asked, limits.end);
    return subject.answered(limits.parts, tree, start, limits.end, err);
  }

  /** The same from the whole box. */
  Answered answered(Query asked, Limits limits, PrintWriter err) throws InputError {
    return answered(asked, new TreeFile(Optional.empty()), limits, err);
  }
}
