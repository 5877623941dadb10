package io.lipc.processor;

import io.lipc.compiler.foreign.ForeignFile;
import io.lipc.compiler.foreign.ImportForm;
import io.lipc.compiler.foreign.ImportedModel;
import io.lipc.compiler.foreign.ModelImport;
import io.lipc.compiler.foreign.NotExpressible;
import io.lipc.compiler.library.Origin;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.formats.Safetensors;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.onnx.OnnxChoice;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.graph.SiblingFiles;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Reads interfaces whose network is an ONNX model. The annotations say what such a file does not:
 * the bound, the precision, and by one method {@code @Input} in which box inputs lie.
 */
final class OnnxFrontEnd {

  private static final String ENDING = ".onnx";
  private static final String OUTPUT = "output";
  private static final String SHAPE = "shape";

  private final TypeElement type;
  private final Elements elements;
  private final Annotated annotation;

  private OnnxFrontEnd(TypeElement type, Elements elements) {
    this.type = type;
    this.elements = elements;
    this.annotation = TextFrontEnd.annotation(type, elements);
  }

  /**
   * The declaration that was read, with its faults.
   *
   * @param declared empty if there is a fault
   */
  record Result(Optional<Declared> declared, List<Located> faults) {}

  /** Whether the interface refers to a model: the ending of its name says so. */
  static boolean refersToModel(TypeElement type, Elements elements) {
    String file = TextFrontEnd.annotation(type, elements).text("value");
    return file.toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  static Result read(TypeElement type, Elements elements, FileFinder files) {
    return new OnnxFrontEnd(type, elements).read(files);
  }

  private Result read(FileFinder files) {
    JavaFrontEnd.Result written = JavaFrontEnd.read(type, elements);
    List<Located> faults = new ArrayList<>(written.faults());
    written.declared().flatMap(this::contradiction).ifPresent(faults::add);
    if (written.declared().isEmpty() || !faults.isEmpty()) {
      return new Result(Optional.empty(), faults);
    }
    Declared declared = written.declared().get();
    String name = annotation.text("value");
    return switch (files.find(Names.packageName(type, elements), name)) {
      case FileFinder.Result.NotFound missing ->
          failed(
              ProofDiagnostics.modelNotReadable(
                  name,
                  missing.reason(),
                  "put it below one of: " + String.join(", ", files.roots())));
      case FileFinder.Result.Found found ->
          imported(
              declared, name, new OnnxSource(found.content(), beside(found), OnnxChoice.none()));
    };
  }

  private OnnxChoice choice() throws OnnxException {
    return OnnxChoice.of(
        annotation.written(OUTPUT).map(_ -> annotation.text(OUTPUT)), annotation.texts(SHAPE));
  }

  /** The files that a model may name, in the folder that it was found in. */
  private static SiblingFiles beside(FileFinder.Result.Found model) {
    return (location, _) ->
        switch (model.beside().find(location)) {
          case FileFinder.Result.Found found -> found.content();
          case FileFinder.Result.NotFound missing -> throw new IOException(missing.reason());
        };
  }

  /** An annotation that says something of a model, and names none; empty where there is none. */
  static Optional<Located> stray(TypeElement type, Elements elements) {
    Annotated annotation = TextFrontEnd.annotation(type, elements);
    if (refersToModel(type, elements)) {
      return Optional.empty();
    }
    return Stream.of(OUTPUT, SHAPE)
        .filter(member -> annotation.written(member).isPresent())
        .findFirst()
        .map(
            member ->
                Located.of(Position.ofMember(annotation, member), stray(type, annotation, member)));
  }

  private static Diagnostic stray(TypeElement type, Annotated annotation, String member) {
    boolean output = member.equals(OUTPUT);
    String network = "network `" + type.getSimpleName() + "` ";
    return Diagnostics.declarationInvalid(
        network
            + (output ? "chooses an output" : "gives the shape")
            + " of a model, and names none",
        output
            ? "output beside the name of an ONNX model, which may have several"
            : "shape beside the name of an ONNX model, whose inputs may be of any",
        output
            ? "output = \"" + annotation.text(OUTPUT) + "\""
            : "shape = \"" + String.join("\", \"", annotation.texts(SHAPE)) + "\"",
        output
            ? "leave it out: a text names its output by `return`, an interface by @Output"
            : "leave it out: a text has the shape at its input, an interface at @Input");
  }

  /** The fault of an annotation that states the same as the file beside it. */
  private Optional<Located> contradiction(Declared written) {
    Declaration declaration = written.declaration();
    boolean layers =
        declaration.steps().size() > 1
            || declaration.steps().stream()
                .anyMatch(step -> !(step.operation() instanceof Operation.Input))
            || declaration.output().isPresent();
    boolean weights = !(declaration.weights() instanceof WeightsSource.None);
    boolean text = annotation.written("dsl").isPresent();
    if (!layers && !weights && !text) {
      return Optional.empty();
    }
    String found = text ? "an inline text" : layers ? "layers" : "weights or parameters";
    return Optional.of(
        Located.of(
            Position.of(annotation),
            Diagnostics.declarationInvalid(
                "network `" + type.getSimpleName() + "` is declared in two ways at once",
                "a model with @%s, @Precision, and at most one method, @Input"
                    .formatted(String.join(", @", PropertyAnnotations.NAMES)),
                found + " beside the model",
                "remove them, or the name of the model")));
  }

  private Result failed(Diagnostic diagnostic) {
    Position position = Position.ofMember(annotation, "value");
    return new Result(Optional.empty(), List.of(Located.of(position, diagnostic)));
  }

  private Result imported(Declared written, String name, OnnxSource source) {
    String network = written.declaration().name();
    String resource = Origin.importedWeights(network);
    try {
      ImportedModel imported =
          ModelImport.ofOnnx(source.with(choice()), form(written.declaration(), resource));
      Optional<Located> misfit = misfit(written.declaration(), imported.declaration());
      if (misfit.isPresent()) {
        return new Result(Optional.empty(), List.of(misfit.get()));
      }
      ShippedFile weights = new ShippedFile(resource, Safetensors.write(imported.weights()));
      return new Result(
          Optional.of(
              new Declared(imported.declaration(), type, written.locate(), Optional.of(weights))),
          List.of());
    } catch (OnnxException e) {
      return failed(
          ForeignFile.of(source.content())
              .filter(kind -> kind != ForeignFile.ONNX)
              .map(kind -> ProofDiagnostics.sourceForeign(name, kind.what(), kind.asModel(name)))
              .orElseGet(() -> unread(name, e.getMessage())));
    } catch (NotExpressible e) {
      return failed(unread(name, e.getMessage()));
    }
  }

  private static Diagnostic unread(String name, String reason) {
    return ProofDiagnostics.modelNotReadable(
        name, reason, "docs/onnx.md lists the operators that are read");
  }

  private static ImportForm form(Declaration written, String weights) {
    Optional<Step> input = written.steps().stream().findFirst();
    return new ImportForm(
        written.name(),
        written.documentation(),
        written.properties(),
        weights,
        Optional.of(written.precision()),
        input.map(Step::name).orElse("x"),
        input.flatMap(step -> ((Operation.Input) step.operation()).box()));
  }

  /** The input that the interface declares, where the model reads another one. */
  private Optional<Located> misfit(Declaration written, Declaration imported) {
    List<Integer> read = ((Operation.Input) imported.steps().getFirst().operation()).extents();
    return written.steps().stream()
        .map(step -> (Operation.Input) step.operation())
        .filter(input -> !input.extents().equals(read))
        .map(
            input ->
                Located.of(
                    Position.of(annotation),
                    Diagnostics.declarationInvalid(
                        "input `"
                            + written.steps().getFirst().name()
                            + "` has the extents "
                            + input.extents()
                            + ", and the model reads "
                            + read,
                        "the extents of the model without its batch: " + read,
                        input.extents().toString(),
                        "write @Input("
                            + read.toString().replace('[', '{').replace(']', '}')
                            + ")"
                            + (input.box().isPresent() ? ", and keep its min and max" : ""))))
        .findFirst();
  }
}
