package io.lipc.tools.train;

import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.WeightsSource;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.Model;
import io.lipc.training.TrainableNetwork;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the network of a text that is to be trained. */
final class TrainableText {

  private TrainableText() {}

  /**
   * The network called {@code name}, or the last one.
   *
   * @throws InputError with all faults of the text, or if the network has nothing to train
   */
  static TrainableNetwork read(Path file, Optional<String> name) throws InputError {
    if (!(Model.read(file) instanceof Model.Text text)) {
      throw new InputError(file + " is not a .lip file, so it declares nothing to train");
    }
    Question question = Question.of(name);
    Optional<ParsedNetwork> found = question.of(text.parsed().networks());
    if (found.isEmpty() || !text.parsed().findings().isEmpty()) {
      String faults =
          text.parsed().findings().stream()
              .map(finding -> TextRenderer.render(text.source(), finding))
              .collect(Collectors.joining("\n"));
      throw new InputError(
          file
              + (faults.isEmpty()
                  ? " declares no network" + name.map(n -> " " + n).orElse("")
                  : " has faults:\n" + faults));
    }
    return trainable(text, found.get());
  }

  private static TrainableNetwork trainable(Model.Text text, ParsedNetwork parsed)
      throws InputError {
    DeclarationChecker.Outcome outcome =
        DeclarationChecker.check(parsed.declaration(), Scope.empty());
    if (!(parsed.declaration().weights() instanceof WeightsSource.Parameterized)) {
      throw new InputError(
          parsed.declaration().name()
              + " has nothing to train: it does not declare `parameters ldlt;` or another construction");
    }
    if (outcome.network().isEmpty()) {
      throw new InputError(
          text.source().name()
              + " has faults:\n"
              + outcome.findings().stream()
                  .map(parsed.positions()::locate)
                  .map(finding -> TextRenderer.render(text.source(), finding))
                  .collect(Collectors.joining("\n")));
    }
    return TrainableNetwork.of(outcome.network().get());
  }
}
