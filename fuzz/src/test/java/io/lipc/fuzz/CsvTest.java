package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import io.lipc.training.table.CsvData;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.LabelColumn;
import io.lipc.training.table.RegressionData;
import io.lipc.training.table.Table;
import io.lipc.training.table.TableFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are read or refused, with the place of the fault. */
final class CsvTest {

  private static final Tokens FIELDS =
      new Tokens(
          Tokens.DECIMALS,
          List.of(
              ",",
              ",,",
              ";",
              "\t",
              "\n",
              "\r",
              "\r\n",
              "\n\n",
              "\"",
              "\"\"",
              "\"a,b\"",
              "\"a\nb\"",
              "nan",
              "-inf",
              "?",
              "",
              "#",
              "\ufeff",
              "\0",
              "\u00e9",
              "\u001b[31m",
              "0x1p0",
              "1e5"));

  static final List<String> TABLES =
      List.of(
          "a,b,label\n1,2.5,x\n-3e-1,.5,y\n4,5.,x\n",
          "1,2,3,0\r\n4,5,6,1\r\n\r\n7,8,9,2",
          "\ufeff\"first\", \"second\" ,\"the, class\"\n1,\"2\",\"a \"\"b\"\"\"\n 3 ,4,\"c\nd\"\n");

  @TempDir private Path folder;

  @Test
  void mutants() throws Exception {
    Fuzz.run(
        new Format(
            "csv",
            "csv",
            6000,
            TABLES.stream().map(table -> table.getBytes(StandardCharsets.UTF_8)).toList(),
            CsvTest::mutate,
            this::read));
  }

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    if (mutator.once(8)) {
      return mutator.bytes(sample, other);
    }
    String text = new String(sample, StandardCharsets.UTF_8);
    return FIELDS
        .mutate(text, new String(other, StandardCharsets.UTF_8), mutator)
        .getBytes(StandardCharsets.UTF_8);
  }

  private Outcome read(Mutant mutant) throws Exception {
    Path file = Files.write(folder.resolve("mutant.csv"), mutant.content());
    readTargets(file);
    try {
      Dataset data = CsvData.read(file, 3);
      assertThat(data.classes()).hasSizeGreaterThan(1);
      return Outcome.ACCEPTED;
    } catch (DataException e) {
      Messages.check(e.getMessage());
      return Outcome.REFUSED;
    }
  }

  private static void readTargets(Path file) throws Exception {
    try {
      Table<RegressionData> table =
          CsvData.readTargets(file, List.of(new LabelColumn.At(1)), TableFormat.RFC_4180);
      assertThat(table.data().targets()).hasSize(1);
      assertThat(table.data().target(0, 0)).isFinite();
    } catch (DataException e) {
      Messages.check(e.getMessage());
    }
  }
}
