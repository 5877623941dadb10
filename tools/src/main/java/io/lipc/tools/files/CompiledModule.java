package io.lipc.tools.files;

import io.lipc.certificate.ClaimKind;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.tools.command.InputError;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder of classes or a jar, as a place of resources. It may be a stranger's: nothing of it is
 * loaded or run, and what is unpacked is counted, whatever the jar says of its sizes.
 */
public final class CompiledModule implements AutoCloseable {

  private static final String FOLDER = "META-INF/lipc/";

  /**
   * The folders in which frameworks that pack a program into one jar put its classes; in most jars,
   * the top.
   */
  private static final List<String> TOPS = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

  /** Read and made into tensors, a resource is in memory several times. */
  private static final int SHARE_OF_MEMORY = 4;

  /** The endings, without {@code .json}, of the names of files that stand beside a certificate. */
  private static final List<String> BESIDE =
      Stream.concat(Stream.of("origin"), ClaimKind.further().stream().map(ClaimKind::word))
          .map(word -> "-" + word)
          .toList();

  /** The endings of all files that lipc writes into the folder of certificates. */
  private static final List<String> ENDINGS = List.of(".json", ".safetensors");

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** The source of resources. */
  private sealed interface Place {
    record Folder(Path root) implements Place {}

    /**
     * @param names of all files in it
     * @param top the folder before the names of resources
     */
    record Jar(ZipFile zip, Set<String> names, String top) implements Place {}
  }

  private final Path path;
  private final Place place;
  private final long limit;
  private long unpacked;

  private CompiledModule(Path path, Place place, long limit) {
    this.path = path;
    this.place = place;
    this.limit = limit;
  }

  /** Whether {@code path} is a folder or a jar, by its content, rather than a file of a model. */
  public static boolean is(Path path) {
    if (!Files.isRegularFile(path)) {
      return Files.isDirectory(path);
    }
    try (InputStream content = Files.newInputStream(path)) {
      return Arrays.equals(content.readNBytes(ZIP.length), ZIP);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens a folder or a jar, of which as much is unpacked as this virtual machine has memory for.
   *
   * @throws InputError if it cannot be read, or is a jar in which two files have one name
   */
  public static CompiledModule open(Path path) throws InputError {
    return open(path, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
  }

  /** The same; no more than {@code limit} bytes are read of it. */
  static CompiledModule open(Path path, long limit) throws InputError {
    if (Files.isDirectory(path)) {
      Path root = path.toAbsolutePath().normalize();
      return new CompiledModule(path, new Place.Folder(root), limit);
    }
    try {
      ZipFile zip = new ZipFile(path.toFile());
      try {
        Set<String> names = names(path, zip);
        return new CompiledModule(path, new Place.Jar(zip, names, top(path, names)), limit);
      } catch (InputError e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw new InputError(Model.unreadable(path, e));
    }
  }

  /** Refuses two entries with one name: programs differ in which of them they take. */
  private static Set<String> names(Path path, ZipFile zip) throws InputError {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!isPlain(name)) {
        throw new InputError(
            Quoted.of(path.toString())
                + " has an entry of the name "
                + Quoted.of(name)
                + ", and where that is unpacked depends on the program; pack it again with `jar`");
      }
      if (!entry.isDirectory() && !names.add(name)) {
        throw new InputError(
            Quoted.of(path.toString()) + " has two files of the name " + Quoted.of(name));
      }
    }
    return names;
  }

  /** A folder unpacked from the jar has to hold the files that were looked at. */
  private static boolean isPlain(String name) {
    String file = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return file.indexOf('\\') < 0
        && Arrays.stream(file.split("/", -1)).noneMatch(List.of("", ".", "..")::contains);
  }

  /**
   * The place of the certificates. Certificates in two places are refused, because the way in which
   * a program is started would decide which ones it gets.
   */
  private static String top(Path path, Set<String> names) throws InputError {
    List<String> tops =
        TOPS.stream()
            .filter(top -> names.stream().anyMatch(name -> name.startsWith(top + FOLDER)))
            .toList();
    if (tops.size() > 1) {
      throw new InputError(
          "%s has certificates in %s%s and in %s%s; unpack it, and verify each folder"
              .formatted(Quoted.of(path.toString()), tops.get(0), FOLDER, tops.get(1), FOLDER));
    }
    return tops.isEmpty() ? "" : tops.getFirst();
  }

  /** The path as it was named. */
  public Path path() {
    return path;
  }

  /**
   * The networks of which there is a certificate, in order. An origin, or a certificate of another
   * claim, that belongs to none counts as one, so that no file is passed over for its name.
   *
   * @throws InputError if there is none, or if a file is there that no program reads
   */
  public List<String> networks() throws InputError {
    String ending = Origin.certificateResource("").substring(FOLDER.length());
    List<String> carried = carried();
    checkEndings(carried);
    List<String> stems =
        carried.stream()
            .filter(name -> name.endsWith(ending))
            .map(name -> name.substring(0, name.length() - ending.length()))
            .sorted(Comparator.comparingInt(String::length))
            .toList();
    Set<String> names = new TreeSet<>();
    for (String stem : stems) {
      // What is beside a network has a longer name; what is beside that is beside no network.
      if (BESIDE.stream().noneMatch(word -> isBeside(stem, word, names))) {
        names.add(stem);
      }
    }
    if (names.isEmpty()) {
      throw new InputError(
          Quoted.of(path.toString())
              + " holds no certificates: there is no META-INF/lipc/NETWORK.json in it, which lipc"
              + " writes beside the class of each network");
    }
    return List.copyOf(names);
  }

  /** A file that is not looked at, such as {@code a.JSON}, could be taken for a certificate. */
  private void checkEndings(List<String> carried) throws InputError {
    for (String name : carried) {
      if (ENDINGS.stream().noneMatch(name::endsWith)) {
        throw new InputError(
            Quoted.of(path.toString())
                + " has a file "
                + Quoted.of(FOLDER + name)
                + ", which is not looked at, because its name ends neither in .json nor in"
                + " .safetensors; rename it, or remove it");
      }
    }
  }

  private static boolean isBeside(String stem, String word, Set<String> networks) {
    return stem.endsWith(word)
        && networks.contains(stem.substring(0, stem.length() - word.length()));
  }

  /**
   * The names of the files in the folder of certificates, and of those in folders in it: no program
   * reads these, and no user should believe that they were looked at.
   */
  private List<String> carried() throws InputError {
    return switch (place) {
      case Place.Folder(Path root) -> {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
          yield List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
          yield files
              .filter(file -> !Files.isDirectory(file))
              .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
              .toList();
        } catch (IOException e) {
          throw new InputError(Model.unreadable(folder, e));
        } catch (UncheckedIOException e) {
          throw new InputError(Model.unreadable(folder, Objects.requireNonNull(e.getCause())));
        }
      }
      case Place.Jar(_, Set<String> names, String top) ->
          names.stream()
              .filter(name -> name.startsWith(top + FOLDER))
              .map(name -> name.substring(top.length() + FOLDER.length()))
              .toList();
    };
  }

  /**
   * A resource, empty where there is none.
   *
   * @throws IOException if it cannot be unpacked
   * @throws FormatException if more than memory allows would be unpacked, or if programs on newer
   *     virtual machines would get another resource of that name
   */
  public Optional<byte[]> find(String resource) throws IOException, FormatException {
    return switch (place) {
      case Place.Folder(Path root) -> {
        Path file = within(root, resource);
        yield file.startsWith(root) && Files.isRegularFile(file)
            ? Optional.of(counted(resource, Files.newInputStream(file)))
            : Optional.empty();
      }
      case Place.Jar(ZipFile zip, Set<String> names, String top) -> {
        String name = top + resource;
        ZipEntry entry = zip.getEntry(name);
        // A folder answers to the name of a file as well.
        if (entry == null || !names.contains(name)) {
          yield Optional.empty();
        }
        checkVersions(names, resource);
        yield Optional.of(counted(resource, zip.getInputStream(entry)));
      }
    };
  }

  private static Path within(Path root, String resource) throws FormatException {
    try {
      return root.resolve(resource).normalize();
    } catch (InvalidPathException e) {
      throw new FormatException("there is no file " + Quoted.of(resource) + " in any folder");
    }
  }

  private static void checkVersions(Set<String> names, String resource) throws FormatException {
    Pattern other = Pattern.compile(".*META-INF/versions/[0-9]+/" + Pattern.quote(resource));
    for (String name : names) {
      if (other.matcher(name).matches()) {
        throw new FormatException(
            "newer virtual machines read "
                + Quoted.of(name)
                + " in place of "
                + Quoted.of(resource));
      }
    }
  }

  private byte[] counted(String resource, InputStream stream) throws IOException, FormatException {
    try (stream) {
      byte[] content = stream.readNBytes((int) Math.min(limit - unpacked, Integer.MAX_VALUE - 16));
      unpacked += content.length;
      if (stream.read() >= 0) {
        throw new FormatException(
            "%s is too large: of one module %d MiB are unpacked; `java -Xmx` sets how much memory"
                    .formatted(Quoted.of(resource), limit >> 20)
                + " there is, and a quarter of it is for this");
      }
      return content;
    }
  }

  @Override
  public void close() {
    if (place instanceof Place.Jar jar) {
      try {
        jar.zip().close();
      } catch (IOException e) {
        // It was read whole already; there is nothing to lose.
      }
    }
  }
}
