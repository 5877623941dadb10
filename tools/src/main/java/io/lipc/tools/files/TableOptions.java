package io.lipc.tools.files;

import io.lipc.tools.command.InputError;
import io.lipc.training.table.CsvData;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.LabelColumn;
import io.lipc.training.table.RegressionData;
import io.lipc.training.table.Table;
import io.lipc.training.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for reading a table of samples. */
public class TableOptions {

  /** The names of these options. */
  public static final List<String> NAMES =
      List.of("--delimiter", "--decimal-comma", "--drop-missing", "--drop-column", "--scale");

  @Option(
      names = "--delimiter",
      paramLabel = "SIGN",
      converter = DelimiterWord.class,
      description =
          "The delimiter of columns: a sign, `tab`, or `space` for any run of blanks. Default: a"
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
      names = "--drop-column",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Leaves out columns, whatever they hold, by number or name; several have commas between"
              + " them. Default: none.")
  private List<String> dropColumns = new ArrayList<>();

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      description = "The factor of all features; the network reads the products. Default: 1.")
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
  public final Table<RegressionData> readTargets(Path file, List<String> targetColumns)
      throws InputError {
    return scaled(
        file,
        () ->
            CsvData.readTargets(
                file, targetColumns.stream().map(LabelColumn::of).toList(), format()));
  }

  /**
   * The table in a file, with its features multiplied.
   *
   * @param labelColumn the number of a column, from 1, or its name in the header
   * @throws InputError if it cannot be read as the options say
   */
  public final Table<Dataset> read(Path file, String labelColumn) throws InputError {
    return scaled(file, () -> CsvData.read(file, LabelColumn.of(labelColumn), format()));
  }

  private TableFormat format() {
    return new TableFormat(
        delimiter, decimalComma, dropMissing, dropColumns.stream().map(LabelColumn::of).toList());
  }

  @FunctionalInterface
  private interface Reader<D extends FeatureRows<D>> {
    Table<D> table() throws IOException, DataException;
  }

  private <D extends FeatureRows<D>> Table<D> scaled(Path file, Reader<D> reader)
      throws InputError {
    try {
      return reader.table().scaled(scale);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (DataException | IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    }
  }
}
