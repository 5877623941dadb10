package io.lipc.tools.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report draws where a proof cuts its box, if two elements of the input move. */
final class PartsDrawingTest extends CommandRun {

  private static final Pattern PARTS =
      Pattern.compile("The proof looks at ([0-9]+) parts of the box one by one");

  @TempDir private Path folder;

  private String report(String box) throws Exception {
    Path model =
        Files.writeString(
            folder.resolve("net.lip"),
            """
            network Net(x: real[2] in [-1, 1]) -> real[2] {
              certify lipschitz <= 9;
              certify lipschitz <= 3.01 from linf to linf on %s;
              steep = x |> scale(3) |> hard_tanh;
              all = x |> scale(2.25);
              inner = all |> hard_tanh |> scale(-1);
              return steep + all + inner;
            }
            """
                .formatted(box));
    Path page = folder.resolve("page.html");
    assertThat(run("report", model.toString(), "--out", page.toString())).as(err + out).isZero();
    return Files.readString(page);
  }

  @Test
  void each_cut_is_a_line() throws Exception {
    String page = report("box");
    MatchResult parts = PARTS.matcher(page).results().findFirst().orElseThrow();
    int from = page.indexOf("Parts of the box</title>");
    String drawing = page.substring(from, page.indexOf("</svg>", from));
    long lines = Pattern.compile("class=\"curve BLUE THIN\"").matcher(drawing).results().count();
    assertThat(lines).isEqualTo(Integer.parseInt(parts.group(1)) - 1).isGreaterThan(1);
    assertThat(drawing).contains(">input 0<", ">input 1<");
  }

  @Test
  void a_box_of_one_side_is_not_drawn() throws Exception {
    assertThat(report("x[1] = 0.5, x in [-1, 1]"))
        .contains("Local bound")
        .doesNotContain("Parts of the box");
  }
}
