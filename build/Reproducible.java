import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Compares the jars of two builds of one commit, byte by byte; {@code docs/builds.md} says how. */
final class Reproducible {

  private Reproducible() {}

  /** Two folders of the whole project, built; ends with 1 if a jar is missing or differs. */
  public static void main(String[] arguments) throws IOException {
    SortedMap<String, Path> first = jars(Path.of(arguments[0]));
    SortedMap<String, Path> second = jars(Path.of(arguments[1]));
    int differing = 0;
    for (String name : first.keySet()) {
      if (!second.containsKey(name) || !same(name, first.get(name), second.get(name))) {
        differing++;
      }
    }
    System.out.println(first.size() + " and " + second.size() + " jars, " + differing + " differ");
    System.exit(
        first.isEmpty() || !first.keySet().equals(second.keySet()) || differing > 0 ? 1 : 0);
  }

  private static SortedMap<String, Path> jars(Path root) throws IOException {
    SortedMap<String, Path> jars = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root, 4)) {
      files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> file.getParent().endsWith("target"))
          .forEach(file -> jars.put(root.relativize(file).toString(), file));
    }
    return jars;
  }

  private static boolean same(String name, Path first, Path second) throws IOException {
    if (Files.mismatch(first, second) < 0) {
      return true;
    }
    System.out.println(name + " differs");
    try (JarFile one = new JarFile(first.toFile());
        JarFile other = new JarFile(second.toFile())) {
      for (Enumeration<JarEntry> entries = one.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        JarEntry twin = other.getJarEntry(entry.getName());
        if (twin == null || !Arrays.equals(content(one, entry), content(other, twin))) {
          System.out.println("  " + entry.getName());
        }
      }
    }
    return false;
  }

  private static byte[] content(JarFile jar, JarEntry entry) throws IOException {
    try (var stream = jar.getInputStream(entry)) {
      return stream.readAllBytes();
    }
  }
}
