package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.java.EmissionContext;
import io.lipc.kernels.java.JavaEmitter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Property;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Emits, compiles and instantiates networks for tests. */
public final class Generated {

  private static final String DIGEST = "0".repeat(64);

  private Generated() {}

  public static JavaFile emit(CheckedNetwork network, List<CheckedNetwork> callees) {
    return JavaEmitter.emit(network, Lowering.lower(network), context(network, callees));
  }

  public static EmissionContext context(CheckedNetwork network, List<CheckedNetwork> callees) {
    Map<String, EmissionContext.Callee> classes = new TreeMap<>();
    for (CheckedNetwork callee : callees) {
      String name = callee.network().name();
      classes.put(name, new EmissionContext.Callee(name + "Network", true));
    }
    return new EmissionContext(
        "META-INF/lipc/" + network.network().name() + ".json",
        DIGEST,
        network.network().global().map(Property.Lipschitz::bound),
        network.network().further().stream()
            .<EmissionContext.FurtherClaim>map(
                property ->
                    new EmissionContext.FurtherClaim.Shipped(
                        "META-INF/lipc/%s-%s.json"
                            .formatted(network.network().name(), property.word()),
                        DIGEST))
            .toList(),
        Optional.of("weights.safetensors"),
        classes);
  }

  /**
   * An instance on the weights of {@code subject}, without loading: the private constructors are
   * called, so nothing is claimed to be certified.
   */
  static LipschitzNetwork instance(
      ClassLoader classes, Subject subject, LipschitzNetwork... callees) {
    try {
      Class<?> type = classes.loadClass(subject.certificate().network() + "Network");
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      Object[] arguments = new Object[callees.length + 1];
      arguments[0] = parameters(subject);
      System.arraycopy(callees, 0, arguments, 1, callees.length);
      return (LipschitzNetwork) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The parameters of an instance on these weights, without its class: for a subject that calls
   * nothing.
   */
  static CertifiedParameters parameters(Subject subject) {
    try {
      Constructor<CertifiedParameters> constructor =
          CertifiedParameters.class.getDeclaredConstructor(Subject.class);
      constructor.setAccessible(true);
      return constructor.newInstance(subject);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Another instance of a network that calls nothing, with certificates of other claims. */
  static LipschitzNetwork claiming(LipschitzNetwork network, List<Subject> further) {
    try {
      Method claiming = CertifiedParameters.class.getDeclaredMethod("claiming", List.class);
      claiming.setAccessible(true);
      Constructor<?> constructor = network.getClass().getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return (LipschitzNetwork)
          constructor.newInstance(claiming.invoke(parameters(network.subject()), further));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** An instance of a network without callees. */
  public static LipschitzNetwork instance(CheckedNetwork network, Subject subject) {
    return instance(InMemoryCompiler.compile(List.of(emit(network, List.of()))), subject);
  }

  public static UnaryOperator<double[]> interpreter(
      CheckedNetwork network, Subject subject, Map<String, UnaryOperator<double[]>> callees) {
    return new Interpreter(Lowering.lower(network), Subjects.values(subject), callees)::apply;
  }

  /** The oracle of device code. */
  static UnaryOperator<double[]> deviceInterpreter(
      CheckedNetwork network, Subject subject, Map<String, UnaryOperator<double[]>> callees) {
    return new Interpreter(
            Lowering.lower(network),
            Interpreter.Products.ROUNDED,
            Subjects.values(subject),
            callees)
        ::apply;
  }

  public static double[] apply(LipschitzNetwork network, double[] x) {
    switch (network) {
      case DoubleNetwork doubles -> {
        double[] y = new double[doubles.outputSize()];
        doubles.apply(x, y);
        return y;
      }
      case FloatNetwork floats -> {
        float[] input = new float[x.length];
        for (int i = 0; i < x.length; i++) {
          input[i] = (float) x[i];
        }
        float[] output = new float[floats.outputSize()];
        floats.apply(input, output);
        double[] y = new double[output.length];
        for (int i = 0; i < y.length; i++) {
          y[i] = output[i];
        }
        return y;
      }
    }
  }
}
