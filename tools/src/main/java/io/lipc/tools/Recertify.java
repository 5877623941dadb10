package io.lipc.tools;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.TensorRecord;
import io.lipc.compiler.Origin;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the Maven goal {@code lipc:certify} runs: compares the weights below the class output with
 * the certificates beside them and, where a digest differs, compiles the declarations again.
 */
@Command(name = "recertify", description = "Certifies again where weights have changed.")
public final class Recertify implements Callable<Integer> {

  private static final String ORIGIN = ".origin.json";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--classes", required = true)
  private Path classes = Path.of("");

  @Option(names = "--generated", required = true)
  private Path generated = Path.of("");

  @Option(names = "--root", required = true)
  private Path root = Path.of("");

  @Option(names = "--class-path", required = true)
  private String classPath = "";

  @Option(names = "--release")
  private Optional<String> release = Optional.empty();

  @Option(names = "--sources")
  private List<Path> sourceRoots = new ArrayList<>();

  /** Created by picocli. */
  Recertify() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Recertify()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, FormatException {
    PrintWriter out = spec.commandLine().getOut();
    List<String> changed = new ArrayList<>();
    Set<String> declarations = new TreeSet<>();
    for (Path file : origins()) {
      String network = file.getFileName().toString().replace(ORIGIN, "");
      Origin origin = Origin.parse(Files.readString(file));
      if (origin.declaredBy().endsWith(".lip")) {
        continue; // lipc:compile looks at its weights itself.
      }
      declarations.add(origin.declaredBy());
      if (hasChanged(network, origin)) {
        changed.add(network);
      }
    }
    if (changed.isEmpty()) {
      int count = declarations.size();
      out.println(
          "lipc: "
              + (count == 1 ? "1 certificate is" : count + " certificates are")
              + " up to date");
      return ExitCode.PROVED;
    }
    out.println("lipc: weights have changed, certifying again: " + String.join(", ", changed));
    out.flush();
    return compile(declarations) ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  private List<Path> origins() throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve("META-INF").resolve("lipc"))) {
      return files.filter(file -> file.toString().endsWith(ORIGIN)).sorted().toList();
    }
  }

  /** Anything but the very tensors of the certificate counts as a change, a broken file too. */
  private boolean hasChanged(String network, Origin origin) throws IOException, FormatException {
    Certificate certificate =
        CertificateText.read(
            Files.readString(classes.resolve(Origin.certificateResource(network))));
    if (origin.weightsResource().isEmpty()) {
      return false;
    }
    if (certificate.hasFreeWeights()) {
      return true;
    }
    Weights weights;
    try {
      weights =
          Safetensors.read(classes.resolve(origin.weightsResource().get()))
              .rounded(certificate.type());
    } catch (FormatException | IOException e) {
      return true;
    }
    for (TensorRecord expected : certificate.tensors()) {
      Optional<Tensor> found = weights.tensor(expected.name());
      if (found.isEmpty() || !found.get().digest().equals(expected.digest())) {
        return true;
      }
    }
    return false;
  }

  private boolean compile(Set<String> declarations) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        new ArrayList<>(List.of("-proc:full", "-parameters", "-implicit:none", "-Xlint:-options"));
    options.addAll(List.of("-cp", classes + File.pathSeparator + classPath));
    options.addAll(List.of("-processorpath", System.getProperty("java.class.path")));
    options.addAll(List.of("-d", classes.toString(), "-s", generated.toString()));
    options.add("-Alipc.root=" + root);
    options.add("-g"); // TornadoVM compiles kernels by their tables of local variables.
    release.ifPresent(number -> options.addAll(List.of("--release", number)));
    Files.createDirectories(generated);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      return compiler
          .getTask(
              spec.commandLine().getErr(),
              files,
              null,
              options,
              null,
              files.getJavaFileObjectsFromPaths(sources(declarations)))
          .call();
    }
  }

  private List<Path> sources(Set<String> declarations) throws IOException {
    Set<Path> sources = new TreeSet<>();
    for (String declaration : declarations) {
      sources.add(
          source(declaration)
              .orElseThrow(() -> new IOException("no source declares " + declaration)));
    }
    return List.copyOf(sources);
  }

  /** The file of a type or, where that is nested, of the type around it. */
  private Optional<Path> source(String type) throws IOException {
    Path compiled = classes.resolve(type.replace('.', '/') + ".class");
    if (Files.isRegularFile(compiled)) {
      Path source = classes.relativize(compiled).resolveSibling(sourceName(compiled));
      return sourceRoots.stream()
          .map(sourceRoot -> sourceRoot.resolve(source))
          .filter(Files::isRegularFile)
          .findFirst();
    }
    int dot = type.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : source(type.substring(0, dot));
  }

  /** The class file says it: a type that is not public may stand in a file of another name. */
  private static String sourceName(Path compiled) throws IOException {
    return ClassFile.of()
        .parse(compiled)
        .findAttribute(Attributes.sourceFile())
        .map(attribute -> attribute.sourceFile().stringValue())
        .orElseGet(() -> compiled.getFileName().toString().replaceFirst("class$", "java"));
  }
}
