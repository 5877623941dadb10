package io.lipc.tools.certify;

import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.model.Property;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NormWords;
import io.lipc.tools.files.CertificateFiles;
import io.lipc.tools.files.CompiledModule;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.QueryFile;
import io.lipc.tools.files.WeightFiles;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lipc verify}: the checker alone, on certificates wherever they are; no class of the
 * certifier is loaded, and nothing of a jar.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks certificates by the independent checker alone.",
      "It checks one against a model, all that a jar or a folder of classes carries, or those"
          + " beside a model. It says which bound is proved, whatever that is; --at-most says what"
          + " you need."
    },
    footer = {
      "",
      "Exit codes: 0 all are accepted, 1 one is rejected, not decided, or not what you asked for, 2"
          + " usage or input error."
    })
public final class VerifyCommand implements Callable<Integer> {

  /** The last line about a module ends with this: classes are not part of the answer. */
  private static final String CLASSES = "; what its classes compute was not looked at";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description =
          "A jar or a folder of classes; a certificate, or weights that carry one; or a model, with"
              + " its certificates beside it.")
  private Path what = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "The .lip, .nnet or .onnx file that a certificate has to be about. Its name does not"
              + " matter, its layers and weights do. Default: what the first argument brings.")
  private Optional<Path> model = Optional.empty();

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "QUERY",
      description =
          "The VNN-LIB file that the certificate has to be about: that no input satisfies it."
              + " Default: whatever the certificate says.")
  private Optional<Path> query = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "A safetensors file with weights that are not in the jar or beside the certificate. May"
              + " be given several times: digests say which is whose, and one that no certificate"
              + " is about is an error. Default: none.")
  private List<Path> weights = new ArrayList<>();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = "--class-path",
      paramLabel = "PATH",
      description = "Jars and folders with the networks that those of a jar call. Default: none.")
  private String classPath = "";

  @Option(
      names = "--at-most",
      paramLabel = "L",
      description =
          "The bound that you need: a certificate of a larger one is refused. Default: any bound.")
  private Optional<Double> atMost = Optional.empty();

  @Option(
      names = "--norms",
      split = ",",
      converter = NormWords.class,
      paramLabel = "NORM",
      description =
          "The norms that you need, of the inputs and of the outputs: l2 or linf each, as in"
              + " linf,l2. A certificate between others is refused. Default: any norms.")
  private List<Norm> norms = new ArrayList<>();

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "I",
      description =
          "The outputs that the bound has to be about, from 0. Default, once a bound or norms are"
              + " asked for: all.")
  private List<Integer> outputs = new ArrayList<>();

  @Option(
      names = "--json",
      description =
          "Prints one JSON object: version, verdict (accepted, not as asked, not decided,"
              + " rejected), reason, bound (exact, and a decimal that is not below it; null unless"
              + " proved), norms, outputs, whether weights are free, digests. Of a jar, a folder or"
              + " a model alone: version, what, networks, a list of such objects.")
  private boolean json;

  @Override
  public Integer call() throws InputError {
    WeightFiles given = WeightFiles.read(weights);
    Verifier verifier = new Verifier(asked(), given);
    PrintWriter out = spec.commandLine().getOut();
    Colours colours = Colours.of(spec.commandLine());
    boolean isModule = CompiledModule.is(what);
    checkUse(isModule);
    List<Verification> all;
    if (isModule || (model.isEmpty() && !CertificateFiles.isCertificate(what))) {
      all = isModule ? verifier.ofModule(what, places()) : verifier.ofNetworks(what, onnx);
      checkRead(given, all);
      out.println(
          json
              ? VerificationList.json(what, all)
              : VerificationList.text(what, all, colours) + (isModule ? CLASSES : ""));
    } else {
      Verification one =
          model.isEmpty() ? verifier.alone(what) : verifier.ofModel(what, model.get(), onnx);
      all = List.of(one);
      checkRead(given, all);
      out.println(json ? one.json(what, model) : one.text(colours));
      if (model.isEmpty() && one.answer().isProof() && !json) {
        out.println(
            colours.fields(
                "note: without a model, this is about the layers that the certificate lists"));
      }
    }
    out.flush();
    return all.stream().allMatch(one -> one.answer() == Verification.Answer.ACCEPTED)
        ? ExitCode.PROVED
        : ExitCode.NOT_PROVED;
  }

  /** An option that nothing reads was meant for something. */
  private void checkUse(boolean isModule) throws InputError {
    if (isModule && model.isPresent()) {
      throw new InputError(
          what
              + " is a jar or a folder, whose networks need no model; --weights gives missing"
              + " weights");
    }
    if (!isModule && !classPath.isEmpty()) {
      throw new InputError("--class-path is for a jar or a folder of classes");
    }
    boolean modelless = isModule || (model.isEmpty() && CertificateFiles.isCertificate(what));
    if (onnx.isGiven() && modelless) {
      throw new InputError(
          "--output and --shape are about an ONNX model, and "
              + what
              + " is none; the model comes behind its certificate");
    }
    boolean lone = model.isEmpty() && CertificateFiles.isCertificate(what);
    if (!weights.isEmpty() && !isModule && !lone) {
      throw new InputError("--weights is for certificates without a model, which has its own");
    }
  }

  /**
   * Refuses weights that were given and that no certificate was held against: a user who gives
   * weights asks about them. A rejection is the answer all the same, as the rejected certificate
   * may be the one of these weights.
   */
  private void checkRead(WeightFiles given, List<Verification> all) throws InputError {
    Optional<Path> unread = given.unread();
    boolean rejected = all.stream().anyMatch(one -> one.answer() == Verification.Answer.REJECTED);
    if (unread.isPresent() && !rejected) {
      String reason =
          all.stream().allMatch(Verification::isAboutAllWeights)
              ? ("%s is about every value of free parameters, so it says nothing about these weights;"
                      + " trained weights carry a certificate of their own, and `lipc verify %s`"
                      + " checks it")
                  .formatted(what, unread.get())
              : given
                  .missing()
                  .orElse(
                      "every tensor that %s names was found elsewhere; leave the file out, or verify it by itself"
                          .formatted(what));
      throw new InputError("--weights " + unread.get() + " was not read: " + reason);
    }
  }

  private List<Path> places() {
    return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
        .filter(place -> !place.isEmpty())
        .map(Path::of)
        .toList();
  }

  private Asked asked() throws InputError {
    if (atMost.isPresent() && !Property.Lipschitz.isValid(atMost.get())) {
      throw new InputError("--at-most " + atMost.get() + " is not positive and finite");
    }
    if (norms.size() != 0 && norms.size() != 2) {
      throw new InputError(
          "--norms takes two, that of the inputs and that of the outputs, as in --norms linf,l2");
    }
    return new Asked(
        atMost.isPresent() ? OptionalDouble.of(atMost.get()) : OptionalDouble.empty(),
        norms.isEmpty()
            ? Optional.empty()
            : Optional.of(new Norms(norms.getFirst(), norms.getLast())),
        outputs,
        query.isPresent() ? Optional.of(QueryFile.read(query.get())) : Optional.empty());
  }
}
