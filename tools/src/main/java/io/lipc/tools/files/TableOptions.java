package io.lipc.tools.files;

import io.lipc.tools.command.InputError;
import io.lipc.training.CsvData;
import io.lipc.training.DataException;
import io.lipc.training.LabelColumn;
import io.lipc.training.Table;
import io.lipc.training.TableFormat;
import io.lipc.training.TargetTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How a table of samples is read. */
public class TableOptions {

  /** The names of these options. */
  public static final List<String> NAMES =
      List.of("--delimiter", "--decimal-comma", "--drop-missing", "--scale");

  @Option(
      names = "--delimiter",
      paramLabel = "SIGN",
      converter = DelimiterWord.class,
      description =
          "What separates columns: a sign, `tab`, or `space` for any run of blanks. Default: a"
              + " comma.")
  private char delimiter = ',';

  @Option(
      names = "--decimal-comma",
      description = "Numbers are written with decimal commas, as 1,5; needs another delimiter.")
  private boolean decimalComma;

  @Option(
      names = "--drop-missing",
      description =
          "Leaves out rows where a value is missing: an empty field, ?, NA, N/A, null, none or"
              + " NaN.")
  private boolean dropMissing;

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      description = "What features are multiplied by; the network reads the products. Default: 1.")
  private double scale = 1;

  /** Created by picocli. */
  public TableOptions() {}

  /** The factor of all features. */
  public final double factor() {
    return scale;
  }

  /**
   * The table in a file, with its features multiplied; targets are used as they are.
   *
   * @param targetColumns the numbers of columns, from 1, or their names in the header
   * @throws InputError if it cannot be read as the options say
   */
  public final TargetTable readTargets(Path file, List<String> targetColumns) throws InputError {
    try {
      List<LabelColumn> columns = targetColumns.stream().map(LabelColumn::of).toList();
      return CsvData.readTargets(file, columns, format()).scaled(scale);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (DataException | IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    }
  }

  private TableFormat format() {
    return new TableFormat(delimiter, decimalComma, dropMissing);
  }

  /**
   * The table in a file, with its features multiplied.
   *
   * @param labelColumn the number of a column, from 1, or its name in the header
   * @throws InputError if it cannot be read as the options say
   */
  public final Table read(Path file, String labelColumn) throws InputError {
    try {
      return CsvData.read(file, LabelColumn.of(labelColumn), format()).scaled(scale);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (DataException | IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    }
  }
}
