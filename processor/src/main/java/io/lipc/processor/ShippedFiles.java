package io.lipc.processor;

import io.lipc.compiler.reading.FileFinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that are made at compile time, by the names of their resources, and all others. */
final class ShippedFiles implements FileFinder {

  private final Map<String, byte[]> made = new HashMap<>();
  private final FileFinder others;

  ShippedFiles(List<Declared> declared, FileFinder others) {
    this.others = others;
    declared.stream()
        .flatMap(one -> one.ships().stream())
        .forEach(file -> made.put(file.resource(), file.content()));
  }

  @Override
  public Result find(String packageName, String name) {
    byte[] content = made.get(name);
    return content == null
        ? others.find(packageName, name)
        : new Result.Found(content, Optional.of(name));
  }

  @Override
  public String place(String packageName, String name) {
    return others.place(packageName, name);
  }

  @Override
  public Optional<String> near(String packageName, String name) {
    return others.near(packageName, name);
  }

  @Override
  public List<String> roots() {
    return others.roots();
  }
}
