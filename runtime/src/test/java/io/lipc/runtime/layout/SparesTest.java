package io.lipc.runtime.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SparesTest {

  private final AtomicInteger made = new AtomicInteger();
  private final Spares<Object> spares =
      new Spares<>(
          () -> {
            made.incrementAndGet();
            return new Object();
          });

  @Test
  void whatWasGivenBackIsTakenAgain() {
    for (int i = 0; i < 10; i++) {
      spares.giveBack(spares.take());
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void whatIsTakenIsNobodyElses() {
    List<Object> taken = Stream.generate(spares::take).limit(1000).toList();
    assertThat(taken).doesNotHaveDuplicates();
    taken.forEach(spares::giveBack);
    assertThat(Stream.generate(spares::take).limit(1000)).doesNotHaveDuplicates();
    assertThat(made.get()).isBetween(1001, 1999);
  }

  @Test
  void anotherThreadTakesWhatOneGaveBack() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      Thread thread = Thread.ofVirtual().start(() -> spares.giveBack(spares.take()));
      thread.join();
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void threadsNeverHaveTheSame() {
    Set<Object> inUse = ConcurrentHashMap.newKeySet();
    List<Object> shared =
        IntStream.range(0, 100_000)
            .parallel()
            .mapToObj(_ -> spares.take())
            .flatMap(
                taken -> {
                  boolean first = inUse.add(taken);
                  inUse.remove(taken);
                  spares.giveBack(taken);
                  return first ? Stream.empty() : Stream.of(taken);
                })
            .toList();
    assertThat(shared).isEmpty();
  }
}
