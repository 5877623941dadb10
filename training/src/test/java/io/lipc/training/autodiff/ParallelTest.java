package io.lipc.training.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {

  private static final List<Integer> ELEMENTS = IntStream.range(0, 100).boxed().toList();

  @Test
  void valuesHaveTheOrderOfTheElements() {
    List<Integer> squares = ELEMENTS.stream().map(i -> i * i).toList();

    assertThat(Parallel.map(ELEMENTS, _ -> Long.MAX_VALUE, i -> i * i)).isEqualTo(squares);
    assertThat(Parallel.map(ELEMENTS, _ -> 0, i -> i * i)).isEqualTo(squares);
  }

  @Test
  void littleWorkStaysOnTheCallingThread() {
    Thread caller = Thread.currentThread();

    assertThat(
            Parallel.map(ELEMENTS, i -> i == 7 ? Long.MAX_VALUE : 0, _ -> Thread.currentThread()))
        .containsOnly(caller);
  }

  @Test
  void nothingIsSharedWhileThatIsSwitchedOff() {
    Thread caller = Thread.currentThread();
    try (Parallel.Mode _ = Parallel.shared(false)) {
      try (Parallel.Mode _ = Parallel.shared(true)) {
        assertThat(threads()).contains(caller);
      }
      assertThat(threads()).containsOnly(caller);
    }
  }

  private static List<Thread> threads() {
    return Parallel.map(ELEMENTS, _ -> Long.MAX_VALUE, _ -> Thread.currentThread());
  }

  @Test
  void whatAnEvaluationThrowsComesOut() {
    assertThatThrownBy(
            () ->
                Parallel.map(
                    ELEMENTS,
                    _ -> Long.MAX_VALUE,
                    i -> {
                      if (i == 99) {
                        throw new ArithmeticException("no value");
                      }
                      return i;
                    }))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("no value");
  }
}
