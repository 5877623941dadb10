package io.lipc.training.table;

import java.util.List;

/**
 * A row of a table.
 *
 * @param line where it ends in the file, counted from 1
 */
record TableRow(long line, List<String> fields) {

  TableRow {
    fields = List.copyOf(fields);
  }
}
