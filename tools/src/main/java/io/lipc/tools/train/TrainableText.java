package io.lipc.tools.train;

import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.StandardisingForm;
import io.lipc.model.WeightsSource;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.FolderFiles;
import io.lipc.tools.files.Model;
import io.lipc.training.StandardisedNetwork;
import io.lipc.training.Trainable;
import io.lipc.training.TrainableNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the network of a text that is to be trained. */
final class TrainableText {

  private static final String FORM = "`x |> batch_norm |> Inner`";

  private TrainableText() {}

  /**
   * The network called {@code name}, or the last one.
   *
   * @throws InputError with all faults of the text, or if the network has nothing to train, or
   *     trains with {@code --standardise} alone
   */
  static Trainable read(Path file, Optional<String> name) throws InputError {
    Model.Text text = text(file);
    ParsedNetwork target = target(text, file, name);
    CheckedText checked = CheckedText.of(text);
    Optional<CheckedNetwork> inner =
        checked.network(target.declaration().name()).flatMap(raw -> inner(raw, checked));
    if (inner.isPresent()) {
      throw new InputError(
          "%s reads what `batch_norm` standardises, and its means and deviations are fitted to the training rows: add --standardise, or train %s alone, with --network %s"
              .formatted(
                  target.declaration().name(),
                  inner.get().network().name(),
                  inner.get().network().simpleName()));
    }
    return trainable(checked.faultless(target), checked, text);
  }

  /**
   * The network called {@code name}, or the last one, where that is {@code x |> batch_norm |>
   * Inner}, to be trained as the inner one; where it is trainable itself, with the network of the
   * text that reads the table's units for it, if there is one.
   *
   * @throws InputError as {@link #read}, or if the network is of neither form, or several read the
   *     table's units for it
   */
  static Trainee standardised(Path file, Optional<String> name) throws InputError {
    return standardised(text(file), name);
  }

  /** The same for a text whose networks all have to be without faults. */
  static Trainee standardisedFaultless(Model.Text text, Optional<String> name) throws InputError {
    Trainee trainee = standardised(text, name);
    CheckedText checked = CheckedText.of(text);
    for (ParsedNetwork one : text.parsed().networks()) {
      checked.faultless(one);
    }
    return trainee;
  }

  private static Trainee standardised(Model.Text text, Optional<String> name) throws InputError {
    ParsedNetwork target = target(text, text.file(), name);
    CheckedText checked = CheckedText.of(text);
    CheckedNetwork network = checked.faultless(target);
    if (StandardisingForm.of(network.network()).isPresent()) {
      CheckedNetwork inner =
          inner(network, checked).orElseThrow(() -> new InputError(notOfForm(network)));
      return trainee(network, trainable(inner, checked, text));
    }
    if (!isTrainable(network, checked) || StandardisingForm.standardises(network.network())) {
      throw new InputError(notOfForm(network));
    }
    Trainable inner = trainable(network, checked, text);
    List<CheckedNetwork> raws =
        checked.networks().stream()
            .filter(one -> StandardisingForm.calls(one.network(), inner.network().name()))
            .toList();
    if (raws.size() > 1) {
      throw new InputError(
          "%s are of the form %s for %s; say with --network which one is meant"
              .formatted(
                  raws.stream().map(raw -> raw.network().name()).collect(Collectors.joining(", ")),
                  FORM,
                  inner.network().name()));
    }
    return raws.isEmpty() ? new Trainee(inner, Optional.empty()) : trainee(raws.getFirst(), inner);
  }

  private static String notOfForm(CheckedNetwork raw) {
    return "%s is not of the form %s, where Inner is a network of this text that declares `parameters`, or calls such networks; that is what --standardise trains"
        .formatted(raw.network().name(), FORM);
  }

  private static Trainee trainee(CheckedNetwork raw, Trainable inner) throws InputError {
    try {
      return new Trainee(inner, Optional.of(StandardisedNetwork.of(raw, inner)));
    } catch (IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    }
  }

  static Model.Text text(Path file) throws InputError {
    if (Model.read(file) instanceof Model.Text text) {
      return text;
    }
    throw new InputError(file + " is not a .lip file, so it declares nothing to train");
  }

  private static ParsedNetwork target(Model.Text text, Path file, Optional<String> name)
      throws InputError {
    Optional<ParsedNetwork> found = Question.of(name).of(text.parsed().networks());
    if (found.isPresent() && text.parsed().findings().isEmpty()) {
      return found.get();
    }
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

  /** The trainable network that a network calls behind {@code batch_norm}. */
  private static Optional<CheckedNetwork> inner(CheckedNetwork raw, CheckedText checked) {
    return StandardisingForm.of(raw.network())
        .flatMap(form -> checked.network(form.inner()))
        .filter(inner -> isTrainable(inner, checked));
  }

  private static boolean isTrainable(CheckedNetwork network, CheckedText checked) {
    return isParameterized(network) || ComposedText.isTrainable(network, checked);
  }

  private static boolean isParameterized(CheckedNetwork checked) {
    return checked.network().weights() instanceof WeightsSource.Parameterized;
  }

  private static Trainable trainable(CheckedNetwork network, CheckedText checked, Model.Text text)
      throws InputError {
    if (isParameterized(network)) {
      return TrainableNetwork.of(network);
    }
    if (ComposedText.isTrainable(network, checked)) {
      return ComposedText.of(network, checked, new FolderFiles(text.folder()));
    }
    throw new InputError(
        network.network().name()
            + " has nothing to train: neither it nor a network that it calls declares"
            + " `parameters %s;` or another construction"
                .formatted(Construction.withoutFile().word()));
  }
}
