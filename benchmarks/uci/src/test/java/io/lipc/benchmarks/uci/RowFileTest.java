package io.lipc.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowFileTest {

  private static final Run RUN = new Run(Setting.LIPC, 6, 2, "wine", Contender.LDLT_R, 7);
  private static final Row.Layout LAYOUT = new Row.Layout(6, 25, 13, 6165, 107, 27, 44);
  private static final Row MEASURED =
      new Row(
          RUN,
          LAYOUT,
          new Row.Measured(100, 99, 1.25, 0.5, 0.9999999, 1 / 3.0, List.of(0.25, 0.125, 1e-4)));
  private static final Row FAILED =
      new Row(RUN, LAYOUT, new Row.Failed("the loss is NaN, \"at\" epoch 3"));

  @TempDir private Path folder;

  @Test
  void rows_are_read_as_they_were_written() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RowFile rows = RowFile.open(file)) {
      rows.append(MEASURED);
      rows.append(FAILED);
    }
    assertThat(RowFile.read(file)).containsExactly(MEASURED, FAILED);
    assertThat(Files.readAllLines(file).getFirst()).isEqualTo(String.join(",", Row.COLUMNS));
  }

  @Test
  void a_line_without_its_end_does_not_count_and_is_written_over() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RowFile rows = RowFile.open(file)) {
      rows.append(MEASURED);
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole + "lipc,6,2,wi");
    assertThat(RowFile.read(file)).containsExactly(MEASURED);
    try (RowFile rows = RowFile.open(file)) {
      rows.append(MEASURED);
    }
    assertThat(RowFile.read(file)).containsExactly(MEASURED, MEASURED);
  }

  @Test
  void wrong_rows_are_named_with_their_place() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RowFile rows = RowFile.open(file)) {
      rows.append(MEASURED);
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("ldlt-r", "ldlt"));
    assertThatThrownBy(() -> RowFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ":2: construction is `ldlt`, not one of [plain, sll, aol, orthogonal, sandwich,"
                + " ldlt-l, ldlt-r, sll-unpadded, sll-normal]");
    Files.writeString(file, whole.replace("0.25", "-0.25"));
    assertThatThrownBy(() -> RowFile.read(file))
        .hasMessage(file + ":2: at_36 is `-0.25`, not a number");
    Files.writeString(file, whole.replace("lipc,6,2,", "lipc,6,"));
    assertThatThrownBy(() -> RowFile.read(file)).hasMessage(file + ":2: 22 fields for 23 columns");
  }

  @Test
  void nobody_else_writes() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RowFile _ = RowFile.open(file)) {
      assertThatThrownBy(() -> RowFile.open(file)).isInstanceOf(OverlappingFileLockException.class);
    }
  }
}
