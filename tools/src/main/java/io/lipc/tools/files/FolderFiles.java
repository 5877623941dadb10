package io.lipc.tools.files;

import io.lipc.compiler.reading.FileFinder;
import io.lipc.formats.BoundedFile;
import io.lipc.linalg.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the files that a text on the command line names, in the folder of the text. */
public final class FolderFiles implements FileFinder {

  private final Path folder;
  private final Deadline deadline;

  public FolderFiles(Path folder) {
    this(folder, Deadline.NONE);
  }

  /**
   * The files of a folder.
   *
   * @param deadline when reading one of them has to end
   */
  public FolderFiles(Path folder, Deadline deadline) {
    this.folder = folder;
    this.deadline = deadline;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public List<String> roots() {
    return List.of("the folder of the text");
  }

  @Override
  public String place(String packageName, String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public Optional<String> near(String packageName, String name) {
    return FileFinder.refuse(name).isPresent()
        ? Optional.empty()
        : FileFinder.near(folder.resolve(name));
  }

  @Override
  public Result find(String packageName, String name) {
    Optional<String> refused = FileFinder.refuse(name);
    if (refused.isPresent()) {
      return new Result.NotFound(refused.get());
    }
    Path file = folder.resolve(name);
    try {
      if (!Files.isRegularFile(file)) {
        return new Result.NotFound("there is no such file");
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        return new Result.NotFound("the file is a link that leaves its root");
      }
      return new Result.Found(BoundedFile.readRegular(file), Optional.empty());
    } catch (IOException e) {
      return new Result.NotFound("it cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
