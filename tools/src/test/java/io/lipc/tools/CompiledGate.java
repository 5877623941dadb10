package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes that javac has compiled: a network, one that calls it, and one of free weights. */
public final class CompiledGate {

  private static final String SOURCE =
      """
      package demo;
      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;
      @CertifiedNetwork(dsl = \"""
          network Gate(x: real[2] in [-1, 1]) -> real[2] {
              certify lipschitz <= 2;
              weights "gate.safetensors";
              h = x |> dense(2) |> relu;
              y = h |> dense(2);
              return y;
          }\""")
      interface Gate {}
      @CertifiedNetwork @Lipschitz(1.0)
      interface Halved {
        @Input(value = 2, min = -1, max = 1) float[] x();
        @Call(Gate.class) float[] u(float[] x);
        @Scale(0.5) @Output float[] y(float[] u);
      }
      @CertifiedNetwork @Lipschitz(1.0) @Parameterized(Construction.LDLT)
      interface Free {
        @Input(2) float[] x();
        @Dense(3) @Relu float[] h(float[] x);
        @Dense(2) @Output float[] y(float[] h);
      }
      """;

  private final Path folder;

  /** Compiles below {@code folder}. */
  public CompiledGate(Path folder) throws IOException, FormatException {
    this.folder = folder;
    Path source = folder.resolve("Gate.java");
    Files.writeString(source, SOURCE);
    Files.createDirectories(classes().resolve("demo"));
    writeWeights(0.75);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path");
    List<String> options = List.of("-cp", path, "-processorpath", path, "-d", classes().toString());
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      boolean compiled =
          javac
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s", messages).isTrue();
    }
  }

  public Path classes() {
    return folder.resolve("classes");
  }

  /** Puts other weights in the place of those that were certified, which are of 0.75. */
  public void writeWeights(double w) throws IOException, FormatException {
    Tensor h =
        Tensor.of("h.weight", ElementType.F32, List.of(2, 2), new double[] {w, 0.5, 0.25, w});
    Tensor y = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {1, -1, 0, 1});
    Tensor b = Tensor.of("h.bias", ElementType.F32, List.of(2), new double[] {0.25, 0});
    Tensor c = Tensor.of("y.bias", ElementType.F32, List.of(2), new double[] {0, 0.5});
    Files.write(
        classes().resolve("demo/gate.safetensors"),
        Safetensors.write(Weights.of(List.of(h, b, y, c))));
  }

  /** A jar of those files whose names are {@code wanted}. */
  public Path jar(String name, Predicate<String> wanted) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes())) {
      for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes().relativize(one).toString().replace('\\', '/');
        if (wanted.test(entry)) {
          entries.putNextEntry(new JarEntry(entry));
          entries.write(Files.readAllBytes(one));
        }
      }
    }
    return jar;
  }
}
