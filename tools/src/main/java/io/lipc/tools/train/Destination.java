package io.lipc.tools.train;

import io.lipc.compiler.reading.FileFinder;
import io.lipc.model.Network;
import io.lipc.tools.command.InputError;
import io.lipc.training.StandardisedNetwork;
import io.lipc.training.TrainableComposition;
import io.lipc.training.TrainableNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The destination of training, as {@code --out} says. */
sealed interface Destination {

  /** The file of the weights of a network, by its qualified name. */
  Path file(String network);

  /** All files of weights, by the qualified name of the network that they belong to. */
  SortedMap<String, Path> files();

  /** A file that belongs to the training as a whole, by the ending of its name. */
  Path beside(String ending);

  /** The destination for sentences. */
  String text();

  /** The destination of the weights of {@code trainee}. */
  static Destination of(Trainee trainee, Path out) throws InputError {
    return switch (trainee.network()) {
      case TrainableNetwork one -> OneFile.of(one.network().name(), out);
      case TrainableComposition composition -> Folder.of(composition, trainee.raw(), out);
    };
  }

  /**
   * One file for everything.
   *
   * @param network the qualified name of the network that is trained
   */
  record OneFile(String network, Path path) implements Destination {

    private static OneFile of(String network, Path out) throws InputError {
      if (Files.isDirectory(out)) {
        throw new InputError(out + " is a folder; --out names the file that the weights go to");
      }
      return new OneFile(network, out);
    }

    @Override
    public Path file(String network) {
      return path;
    }

    @Override
    public SortedMap<String, Path> files() {
      return new TreeMap<>(Map.of(network, path));
    }

    @Override
    public Path beside(String ending) {
      return path.resolveSibling(path.getFileName() + ending);
    }

    @Override
    public String text() {
      return path.toString();
    }
  }

  /**
   * A file for each network, as its declaration names it.
   *
   * @param name the simple name of the network that calls the others
   * @param names of the files from the folder, by the network's qualified name
   */
  record Folder(Path folder, String name, SortedMap<String, String> names) implements Destination {

    public Folder {
      names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    private static Folder of(
        TrainableComposition composition, Optional<StandardisedNetwork> raw, Path out)
        throws InputError {
      List<Network> written = new ArrayList<>();
      composition.trained().forEach(one -> written.add(one.network()));
      raw.map(StandardisedNetwork::network).ifPresent(written::add);
      Map<String, Network> owners = new TreeMap<>();
      composition.others().values().forEach(one -> own(one, owners));
      own(composition.network(), owners);
      SortedMap<String, String> names = new TreeMap<>();
      for (Network network : written) {
        String file = declared(network);
        Network other = owners.putIfAbsent(key(file), network);
        if (other != null) {
          throw new InputError(
              "%s and %s both declare the weights `%s`%s, but each of them is written with a certificate or statistics of its own: give them different files"
                  .formatted(other.name(), network.name(), file, capitals(other, file)));
        }
        names.put(network.name(), file);
      }
      if (!Files.isDirectory(out)) {
        throw new InputError(
            "%s calls the networks that are trained, and each of these has a file of its own (%s): --out names the folder that they go to, and %s is none"
                .formatted(
                    composition.network().name(),
                    names.values().stream().collect(Collectors.joining(", ")),
                    out));
      }
      return new Folder(out, composition.network().simpleName(), names);
    }

    /** Notes the given weights of a network, which are not written over. */
    private static void own(Network network, Map<String, Network> owners) {
      network.weightsFile().ifPresent(file -> owners.put(key(file), network));
    }

    /**
     * The key of a file's name, without capitals: where these do not count, as on Windows, one file
     * would be written over the other.
     */
    private static String key(String file) {
      return file.toLowerCase(Locale.ROOT);
    }

    private static String capitals(Network other, String file) {
      return other.weightsFile().equals(Optional.of(file))
          ? ""
          : other
              .weightsFile()
              .map(" (or `%s`, one file on systems where capitals do not count)"::formatted)
              .orElseThrow();
    }

    private static String declared(Network network) throws InputError {
      String file =
          network
              .weightsFile()
              .orElseThrow(
                  () ->
                      new InputError(
                          "%s is trained together with others, and declares no file for its weights: add `weights \"%s.safetensors\";`"
                              .formatted(
                                  network.name(), network.simpleName().toLowerCase(Locale.ROOT))));
      Optional<String> refused = FileFinder.refuse(file);
      if (refused.isPresent()) {
        throw new InputError(
            "%s declares the weights `%s`: %s".formatted(network.name(), file, refused.get()));
      }
      return file;
    }

    @Override
    public Path file(String network) {
      return folder.resolve(Optional.ofNullable(names.get(network)).orElseThrow());
    }

    @Override
    public SortedMap<String, Path> files() {
      SortedMap<String, Path> files = new TreeMap<>();
      names.forEach((network, file) -> files.put(network, folder.resolve(file)));
      return files;
    }

    @Override
    public Path beside(String ending) {
      return folder.resolve(name + ending);
    }

    @Override
    public String text() {
      return "%s in %s".formatted(String.join(", ", names.values()), folder);
    }
  }
}
