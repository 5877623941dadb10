package io.lipc.processor;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/**
 * A real javac on a folder, as Maven would run it: resources lie in the class output before it
 * starts. A file {@code NAME.txt} of tensors becomes {@code NAME.safetensors}; a file {@code
 * options} holds options of javac, one a line.
 */
final class Javac {

  private final Path work;
  private final List<String> options = new ArrayList<>();
  private final List<Processor> processors = new ArrayList<>();
  private JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private List<String> strict = List.of("-proc:full", "-Xlint:all,-processing,-options", "-Werror");
  private String classPath = System.getProperty("java.class.path");

  Javac(Path work) {
    this.work = work;
  }

  /** The output of a run, and whether it succeeded. */
  record Result(boolean success, String output, Path classes, Path generated) {
    String resource(String path) throws IOException {
      return Files.readString(classes.resolve(path));
    }

    /** Packs what was compiled into {@code jar}. */
    Path jar(Path jar) throws IOException {
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file);
          Stream<Path> files = Files.walk(classes)) {
        for (Path entry : files.filter(Files::isRegularFile).toList()) {
          out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
          out.write(Files.readAllBytes(entry));
        }
      }
      return jar;
    }

    String generatedSource(String path) throws IOException {
      return Files.readString(generated.resolve(path));
    }
  }

  Javac option(String option) {
    options.add(option);
    return this;
  }

  /**
   * Eclipse's compiler in place of javac; it prints what it finds in its own way. It reads sources
   * from the class path too, and must not find the examples among the classes of these tests.
   */
  Javac byEclipse() {
    compiler = new EclipseCompiler();
    strict = List.of("-25", "-enableJavadoc", "-warn:-warningToken,unusedLocal");
    classPath =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  Javac classPath(Path folder) {
    classPath = folder + File.pathSeparator + classPath;
    return this;
  }

  Javac with(Processor processor) {
    processors.add(processor);
    return this;
  }

  Path classes() {
    return work.resolve("classes");
  }

  /** Compiles the sources of {@code folder}, with everything else in it as resources. */
  Result compile(Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(".java")) {
          sources.add(file);
        } else if (file.endsWith("options")) {
          options.addAll(Files.readAllLines(file));
        } else {
          copy(folder, file);
        }
      }
    }
    return compile(sources);
  }

  private void copy(Path folder, Path file) throws IOException {
    Path target = classes().resolve(folder.relativize(file).toString());
    Files.createDirectories(target.getParent());
    if (file.toString().endsWith(".txt")) {
      String name = target.getFileName().toString().replace(".txt", ".safetensors");
      Files.write(target.resolveSibling(name), Safetensors.write(tensors(file)));
    } else {
      Files.write(target, Files.readAllBytes(file));
    }
  }

  /** All files below {@code folder}, each byte as one character. */
  static SortedMap<String, String> contents(Path folder) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** Lines such as {@code F32 h.weight [2, 2] 1 0 0 1}. */
  static Weights tensors(Path file) throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int open = line.indexOf('[');
      int close = line.indexOf(']');
      String[] head = line.substring(0, open).strip().split(" ");
      List<Integer> shape =
          Arrays.stream(line.substring(open + 1, close).split(","))
              .map(extent -> Integer.valueOf(extent.strip()))
              .toList();
      ElementType type = ElementType.valueOf(head[0]);
      double[] values =
          Arrays.stream(line.substring(close + 1).strip().split(" +"))
              .mapToDouble(number -> type.round(Double.parseDouble(number)))
              .toArray();
      try {
        tensors.add(Tensor.of(head[1], type, shape, values));
      } catch (FormatException e) {
        throw new IllegalArgumentException(line, e);
      }
    }
    return Weights.of(tensors);
  }

  Result compile(List<Path> sources) throws IOException {
    Path generated = work.resolve("generated");
    Files.createDirectories(classes());
    Files.createDirectories(generated);
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      // Not -cp: Eclipse's compiler would add it to the class path of this JVM.
      files.setLocationFromPaths(
          StandardLocation.CLASS_PATH,
          Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList());
      List<String> all =
          new ArrayList<>(List.of("-d", classes().toString(), "-s", generated.toString()));
      all.addAll(strict);
      all.addAll(options);
      if (options.stream().noneMatch(option -> option.startsWith("-Alipc.notes="))) {
        all.add("-Alipc.notes=none"); // what is left is what somebody has to do something about
      }
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              output, files, null, all, null, files.getJavaFileObjectsFromPaths(sources));
      List<Processor> run = new ArrayList<>(processors);
      run.add(new LipProcessor());
      task.setProcessors(run);
      boolean success = task.call();
      return new Result(success, output.toString(), classes(), generated);
    }
  }
}
