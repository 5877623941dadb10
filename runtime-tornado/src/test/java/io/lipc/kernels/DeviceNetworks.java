package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.tornado.DeviceProgram;
import io.lipc.runtime.tornado.TornadoDoubleProgram;
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

  /** The same in doubles. */
  record DoubleDeviceNetwork(
      Subject subject, TornadoDoubleProgram program, UnaryOperator<double[]> interpreter) {

    DoubleNetwork jvm() {
      return program.network();
    }
  }

  /** Emits and compiles a network in floats, without callees. */
  static DeviceNetwork compile(CheckedNetwork network, Subject subject) {
    return new DeviceNetwork(
        subject,
        (TornadoProgram) program(network, subject),
        Generated.interpreter(network, subject, Map.of()));
  }

  /** The same in doubles. */
  static DoubleDeviceNetwork compileDoubles(CheckedNetwork network, Subject subject) {
    return new DoubleDeviceNetwork(
        subject,
        (TornadoDoubleProgram) program(network, subject),
        Generated.interpreter(network, subject, Map.of()));
  }

  private static DeviceProgram program(CheckedNetwork network, Subject subject) {
    javac(
        List.of(
            Generated.emit(network, List.of()),
            TornadoEmitter.emit(network, Lowering.lower(network), Map.of())));
    ClassLoader classes = DeviceNetworks.class.getClassLoader();
    LipschitzNetwork jvm = Generated.instance(classes, subject);
    try {
      return (DeviceProgram)
          classes
              .loadClass(network.network().name() + "Tornado")
              .getMethod("of", jvm.getClass())
              .invoke(null, jvm);
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
