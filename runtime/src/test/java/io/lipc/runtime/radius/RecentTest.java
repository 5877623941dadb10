package io.lipc.runtime.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The values that were asked for last are kept, and made once. */
final class RecentTest {

  private final List<Integer> made = new ArrayList<>();
  private final Recent<String> recent =
      new Recent<>(
          2,
          number -> {
            made.add(number);
            return "v" + number;
          });

  @Test
  void theOneThatNobodyAskedForLongestIsMadeAnew() {
    for (int number : new int[] {1, 2, 1, 3, 1, 2, 3}) {
      assertThat(recent.get(number)).isEqualTo("v" + number);
    }
    // 3 drops 2, which drops 3, which drops 1.
    assertThat(made).containsExactly(1, 2, 3, 2, 3);
    recent.get(1);
    assertThat(made).endsWith(3, 1);
  }

  /** The second thread waits for the first one's value, and a third for neither. */
  @Test
  @Timeout(60)
  void threadsMakeAValueOnce() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Recent<Object> slow =
        new Recent<>(
            2,
            number -> {
              if (number == 7) {
                begun.countDown();
                await(go);
              }
              return new Object();
            });
    List<Object> found = new ArrayList<>();
    List<Thread> threads =
        IntStream.range(0, 2)
            .mapToObj(
                _ ->
                    new Thread(
                        () -> {
                          Object value = slow.get(7);
                          synchronized (found) {
                            found.add(value);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    begun.await();
    assertThat(slow.get(8)).isSameAs(slow.get(8));
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasSize(2);
    assertThat(found.get(0)).isSameAs(found.get(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
