package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Certificate;
import io.lipc.formats.Tensor;
import io.lipc.runtime.LipschitzNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * javac with all warnings as errors, from memory to memory, with the run-time class path of users.
 */
final class InMemoryCompiler {

  private InMemoryCompiler() {}

  /** The compiled classes, without resources. */
  static ClassLoader compile(Collection<JavaFile> files) {
    return loader(classFiles(files), Map.of());
  }

  /** The given class files, with {@code resources} beside them. */
  static ClassLoader loader(Map<String, byte[]> classes, Map<String, byte[]> resources) {
    return new Loader(classes, resources);
  }

  /** The class files, by qualified name. */
  static Map<String, byte[]> classFiles(Collection<JavaFile> files) {
    return compiled(files.stream().map(JavaFile::toJavaFileObject).toList());
  }

  /** The class files of a class whose source was changed. */
  static Map<String, byte[]> classFiles(String name, String source) {
    URI place = URI.create("string:///" + name.replace('.', '/') + ".java");
    return compiled(
        List.of(
            new SimpleJavaFileObject(place, JavaFileObject.Kind.SOURCE) {
              @Override
              public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
              }
            }));
  }

  private static Map<String, byte[]> compiled(List<JavaFileObject> sources) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
    List<String> options = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none"));
    options.addAll(List.of("-cp", userClassPath()));
    if (Runtime.version().feature() != 25) {
      // Of its own release javac is by itself; told so, it reads an archive of all releases first,
      // which takes twice as long as the rest.
      options.addAll(List.of("--release", "25"));
    }
    try (JavaFileManager manager =
        collecting(javac.getStandardFileManager(diagnostics, null, null), classes)) {
      boolean compiled = javac.getTask(null, manager, diagnostics, options, null, sources).call();
      if (!compiled || !diagnostics.getDiagnostics().isEmpty()) {
        throw new AssertionError(diagnostics.getDiagnostics() + "\n" + sources);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, byte[]> bytes = new TreeMap<>();
    classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
    return bytes;
  }

  /** The run-time library with what it depends on, and nothing else. */
  private static String userClassPath() {
    return Stream.of(LipschitzNetwork.class, Certificate.class, Tensor.class)
        .map(InMemoryCompiler::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JavaFileManager collecting(
      JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
    return new ForwardingJavaFileManager<>(files) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
          @Override
          public OutputStream openOutputStream() {
            return classes.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
          }
        };
      }
    };
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;
    private final Map<String, byte[]> resources;

    Loader(Map<String, byte[]> classes, Map<String, byte[]> resources) {
      super(InMemoryCompiler.class.getClassLoader());
      this.classes = classes;
      this.resources = resources;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!classes.containsKey(name)) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = classes.get(name);
      return defineClass(name, code, 0, code.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return resources.containsKey(name)
          ? new ByteArrayInputStream(resources.get(name))
          : super.getResourceAsStream(name);
    }
  }
}
