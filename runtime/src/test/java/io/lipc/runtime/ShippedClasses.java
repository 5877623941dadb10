package io.lipc.runtime;

import io.lipc.certificate.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A class loader with a network's class and what ships beside it, as a jar would have it. */
final class ShippedClasses extends ClassLoader {

  private final Map<String, InputStream> resources = new HashMap<>();

  ShippedClasses() {
    super(ShippedClasses.class.getClassLoader());
  }

  ShippedClasses with(Shipped shipped) {
    return with(shipped.resource(), shipped.text());
  }

  ShippedClasses with(String resource, String text) {
    return with(resource, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  ShippedClasses with(String resource, InputStream stream) {
    resources.put(resource, stream);
    return this;
  }

  /** A loader for the network of {@code shipped}, whose certificate it expects. */
  NetworkLoader loader(Shipped shipped) {
    return new NetworkLoader(
        type(), shipped.network, shipped.resource(), shipped.textDigest().hex());
  }

  /** A network whose class is of this loader. */
  DoubleNetwork network(Subject subject) {
    return network(subject, List.of());
  }

  /** The same whose outputs have these names. */
  DoubleNetwork network(Subject subject, List<String> labels) {
    try {
      return (DoubleNetwork)
          type().getDeclaredConstructor(Subject.class, List.class).newInstance(subject, labels);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Class<?> type() {
    String name = ShippedNetwork.class.getName();
    Class<?> found = findLoadedClass(name);
    if (found != null) {
      return found;
    }
    try (InputStream file =
        ShippedNetwork.class.getResourceAsStream(ShippedNetwork.class.getSimpleName() + ".class")) {
      byte[] code = file.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    return resources.containsKey(name) ? resources.get(name) : super.getResourceAsStream(name);
  }
}
