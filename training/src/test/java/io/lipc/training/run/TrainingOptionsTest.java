package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {

  @Test
  void whatIsNotSetKeepsItsDefault() {
    TrainingOptions options = TrainingOptions.builder().epochs(3).seed(9).build();
    assertThat(options.epochs()).isEqualTo(3);
    assertThat(options.seed()).isEqualTo(9);
    assertThat(options.batchSize()).isEqualTo(TrainingOptions.defaults().batchSize());
    assertThat(options.checkpoint()).isEmpty();
  }

  @Test
  void refusesWhatCannotBeTrainedWith() {
    assertFault("epochs is 0, not at least 1", b -> b.epochs(0));
    assertFault("batchSize is -1, not at least 1", b -> b.batchSize(-1));
    assertFault("learningRate is NaN, not positive and finite", b -> b.learningRate(Double.NaN));
    assertFault("tau is 2.1, not between 0 and 2", b -> b.tau(2.1));
    assertFault("tau is NaN, not between 0 and 2", b -> b.tau(Double.NaN));
    assertFault("temperature is 0.0, not positive and finite", b -> b.temperature(0));
    assertFault("offset is -0.1, not finite and not negative", b -> b.offset(-0.1));
    assertFault("epsilons is [0.2, 0.1], not", b -> b.epsilons(List.of(0.2, 0.1)));
    assertFault("epsilons is [0.0], not", b -> b.epsilons(List.of(0.0)));
    assertFault("patience is 0, not at least 1", b -> b.patience(0));
    assertFault("heldOut is 1.0, not between 0 and 1", b -> b.heldOut(1));
    assertFault("checkpointEvery is 0, not at least 1", b -> b.checkpointEvery(0));
  }

  @Test
  void whereItIsSavedIsNoPartOfTheEssence() {
    TrainingOptions here = TrainingOptions.builder().checkpoint(Path.of("here")).build();
    TrainingOptions there =
        TrainingOptions.builder().checkpoint(Path.of("there")).checkpointEvery(3).build();
    assertThat(here.essence()).isEqualTo(there.essence());
    assertThat(TrainingOptions.builder().seed(2).build().essence()).isNotEqualTo(here.essence());
  }

  private interface Setting {
    TrainingOptions.Builder on(TrainingOptions.Builder builder);
  }

  private static void assertFault(String message, Setting setting) {
    assertThatThrownBy(() -> setting.on(TrainingOptions.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
