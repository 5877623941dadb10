package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Test networks for devices. TornadoVM reads kernels from the system's class path, so the classes
 * are written into the folder of this class, which is on it.
 */
final class DeviceNetworks {

  private DeviceNetworks() {}

  /**
   * A network in all its forms.
   *
   * @param interpreter the oracle, bit for bit what the JVM gives
   */
  record DeviceNetwork(
      Subject subject, TornadoProgram program, UnaryOperator<double[]> interpreter) {

    FloatNetwork jvm() {
      return program.network();
    }
  }

  /** Emits and compiles a network without callees. */
  static DeviceNetwork compile(CheckedNetwork network, Subject subject) {
    javac(
        List.of(
            Generated.emit(network, List.of()),
            TornadoEmitter.emit(network, Lowering.lower(network), Map.of())));
    return instance(network, subject);
  }

  private static DeviceNetwork instance(CheckedNetwork network, Subject subject) {
    ClassLoader classes = DeviceNetworks.class.getClassLoader();
    FloatNetwork jvm = (FloatNetwork) Generated.instance(classes, subject);
    try {
      TornadoProgram program =
          (TornadoProgram)
              classes
                  .loadClass(network.network().name() + "Tornado")
                  .getMethod("of", jvm.getClass())
                  .invoke(null, jvm);
      return new DeviceNetwork(subject, program, Generated.interpreter(network, subject, Map.of()));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static void javac(List<JavaFile> files) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    // -g: without the names of variables TornadoVM does not find its parallel loops.
    List<String> options =
        List.of("-g", "-Xlint:all", "-Werror", "-proc:none", "--release", "25", "-d", folder());
    try (StandardJavaFileManager manager = javac.getStandardFileManager(diagnostics, null, null)) {
      List<JavaFileObject> sources = files.stream().map(JavaFile::toJavaFileObject).toList();
      boolean compiled = javac.getTask(null, manager, diagnostics, options, null, sources).call();
      if (!compiled) {
        throw new AssertionError(diagnostics.getDiagnostics() + "\n" + files);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folder() {
    try {
      Path folder =
          Path.of(DeviceNetworks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isDirectory(folder)) {
        throw new AssertionError(folder + " is not a folder of class files");
      }
      return folder.toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
