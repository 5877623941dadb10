package io.lipc.tools.files;

import io.lipc.compiler.foreign.ForeignFile;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.compiler.reading.NnetModel;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.SourceText;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Nnet;
import io.lipc.formats.OneLine;
import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Late;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.onnx.OnnxChoice;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.command.Question;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A model file, read as far as its own format goes. */
public sealed interface Model {

  /** The declared bound before one is asked for. */
  double ANY_BOUND = Double.MAX_VALUE;

  /** The most bytes of a file whose kind is told by its content: 1 GiB. */
  int MAX_BYTES = 1 << 30;

  /**
   * A text of the language.
   *
   * @param file as it was named
   */
  record Text(Path file, Path folder, SourceText source, ParsedFile parsed) implements Model {}

  /**
   * A format that holds one network, its weights included, and declares no bound.
   *
   * @param sources what tensors are called in the file, by their names in the network
   */
  record Whole(NetworkReader.Weighted network, Map<String, String> sources) implements Model {

    /** The name of its network. */
    public String name() {
      return network.checked().network().name();
    }
  }

  /**
   * The name of the network that is meant.
   *
   * @param file as it was named
   * @throws InputError if there is none of that name
   */
  default String chosen(NetworkOption network, Path file) throws InputError {
    Question question = Question.of(network.name());
    return switch (this) {
      case Text text ->
          question
              .of(text.parsed().networks())
              .map(found -> found.declaration().name())
              .orElseThrow(() -> network.missingIn(file));
      case Whole whole -> {
        question.checkName(whole.name());
        yield whole.name();
      }
    };
  }

  /** The error for a file whose reading has taken longer than there was time. */
  static InputError late(Path file) {
    return new InputError(
        Quoted.of(file.toString())
            + " was not read within the budget; give more time, such as --budget 5m");
  }

  /** Reads a model; the ending of the name says its format. */
  static Model read(Path file) throws InputError {
    return read(file, OnnxChoice.none(), Deadline.NONE);
  }

  /**
   * The same.
   *
   * @param choice what an ONNX model leaves open
   * @param deadline when reading has to end; weights that a text names are read later
   */
  static Model read(Path file, OnnxChoice choice, Deadline deadline) throws InputError {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    String lower = name.toLowerCase(Locale.ROOT);
    try {
      if (lower.endsWith(".lip")) {
        return readText(file, name);
      }
      if (lower.endsWith(".nnet")) {
        NnetModel read =
            NnetModel.of(networkName(name), Nnet.read(file, deadline::check), ANY_BOUND);
        return new Whole(new NetworkReader.Weighted(read.checked(), read.weights()), Map.of());
      }
      if (lower.endsWith(".onnx")) {
        OnnxModel read =
            OnnxModel.read(
                OnnxSource.of(file).with(choice), networkName(name), ANY_BOUND, deadline::check);
        return new Whole(
            new NetworkReader.Weighted(read.checked(), read.weights()), read.sources());
      }
    } catch (Late late) {
      throw late(file);
    } catch (IOException e) {
      throw new InputError(unreadable(file, e));
    } catch (FormatException e) {
      throw unfit(file, " is not a valid .nnet file: " + e.getMessage());
    } catch (OnnxException e) {
      throw unfit(file, " cannot be read as ONNX: " + e.getMessage());
    }
    throw unfit(file, " has no known ending; models are .lip, .nnet or .onnx files");
  }

  /** The error with the kind of the file, if its content tells it; else with its fault. */
  private static InputError unfit(Path file, String fault) {
    try (InputStream in = Files.newInputStream(file)) {
      return foreign(file, in.readNBytes(MAX_BYTES))
          .orElseGet(() -> new InputError(Quoted.of(file.toString()) + fault));
    } catch (IOException e) {
      return new InputError(unreadable(file, e));
    }
  }

  private static Optional<InputError> foreign(Path file, byte[] content) {
    boolean named = file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    return ForeignFile.of(content)
        .filter(kind -> !(named && kind == ForeignFile.ONNX))
        .map(
            kind ->
                new InputError(
                    ProofDiagnostics.sourceForeign(
                            file.toString(), kind.what(), kind.asModel(file.toString()))
                        .message()));
  }

  private static Model readText(Path file, String name) throws IOException, InputError {
    byte[] content = BoundedFile.read(file);
    Optional<InputError> foreign = foreign(file, content);
    if (foreign.isPresent() && content.length > 0) {
      throw foreign.get();
    }
    return switch (SourceText.decode(name, content)) {
      case SourceText.Accepted accepted -> {
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? Path.of("/") : parent;
        yield new Text(file, folder, accepted.source(), LipParser.parse(accepted.source(), ""));
      }
      case SourceText.Refused refused -> throw new InputError(refused.diagnostic().message());
    };
  }

  /**
   * The message for a failure to read a file; the exception's own words are often just the name.
   */
  static String unreadable(Path file, IOException e) {
    String name = Quoted.of(file.toString());
    return switch (e) {
      case NoSuchFileException _ -> "there is no file " + name;
      case AccessDeniedException _ -> name + " may not be read";
      default -> name + " cannot be read: " + OneLine.of(String.valueOf(e.getMessage()));
    };
  }

  /** A file's name without its ending, with what no identifier holds replaced. */
  private static String networkName(String file) {
    String stem = file.substring(0, file.lastIndexOf('.'));
    String name = stem.replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }
}
