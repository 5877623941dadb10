package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.FormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClassLabelsTest {

  @Test
  void namesComeBackAsTheyWere() throws Exception {
    ClassLabels labels =
        new ClassLabels(List.of("setosa", "a, \"b\"\n", "\u00fc\ud83d\ude00", "3"));
    assertThat(ClassLabels.in(Map.of(ClassLabels.KEY, labels.text()))).contains(labels);
  }

  @Test
  void filesWithoutNamesHaveNone() throws Exception {
    assertThat(ClassLabels.in(Map.of("format", "pt"))).isEmpty();
  }

  @Test
  void whatIsNoListOfDifferentTextsIsRefused() {
    for (String text : List.of("", "{}", "\"a\"", "[1, 2]", "[\"a\", 1]", "[]", "[\"a\", \"a\"]")) {
      assertThatThrownBy(() -> ClassLabels.in(Map.of(ClassLabels.KEY, text)))
          .as(text)
          .isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> new ClassLabels(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a, a]");
    assertThatThrownBy(() -> new ClassLabels(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Which output is asked for is looked at first. */
  @Test
  void anOutputHasANameOrNoneIsKnown() {
    Shipped shipped = Shipped.halved();
    LipschitzNetwork named = new ShippedNetwork(shipped.subject(), List.of("no", "yes"));
    assertThat(named.label(1)).isEqualTo("yes");
    LipschitzNetwork unnamed = new ShippedNetwork(shipped.subject());
    for (LipschitzNetwork network : List.of(named, unnamed)) {
      for (int output : new int[] {-1, 2}) {
        assertThatThrownBy(() -> network.label(output))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
    assertThatThrownBy(() -> unnamed.label(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("demo.Network carry no names for its 2 outputs");
  }
}
