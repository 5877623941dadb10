package io.lipc.tools.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.page.RadiusChart.Bracket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The drawing of bounds by radius. */
final class RadiusChartTest {

  @Test
  void what_is_not_proved_is_a_gap() {
    List<Bracket> all =
        List.of(
            new Bracket(0.01, 1, 1.5),
            new Bracket(0.1, 2, 3),
            new Bracket(0.2, 2, Double.NaN),
            new Bracket(0.5, 2, 4));
    String drawing = RadiusChart.svg("demo.Net", "linf -> linf", all);
    assertThat(drawing)
        .contains("Bounds of demo.Net by radius, linf -&gt; linf")
        .contains("radius of the box, logarithmic scale")
        .contains(
            "At radius 0.01 inputs reach 1, and 1.5 is proved; at radius 0.5 inputs reach 2, and 4"
                + " is proved.")
        .doesNotContain("NaN");
    assertThat(drawing.split("class=\"dot ", -1)).hasSize(4);
    // The curve of what is proved begins once more behind the gap.
    assertThat(drawing).containsPattern("class=\"curve BLUE SOLID\" d=\"M[^M\"]*M[^M\"]*\"");
    assertThat(RadiusChart.svg("demo.Net", "l2 -> l2", all.subList(1, 3)))
        .contains("no bound is proved")
        .doesNotContain("logarithmic");
  }
}
