package io.lipc.tools.files;

import io.lipc.certifier.Certification;
import io.lipc.compiler.proof.Counterexamples;
import io.lipc.compiler.proof.PairText;
import io.lipc.formats.AtomicFile;
import io.lipc.model.Network;
import java.io.IOException;
import java.nio.file.Path;

/** Counterexamples as files of one folder, within which messages name them. */
public final class PairFiles implements Counterexamples {

  private final Path folder;

  public PairFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public String write(String network, String json) {
    String name = network + ".counterexample.json";
    Path file = folder.resolve(name);
    try {
      AtomicFile.write(file, json);
    } catch (IOException e) {
      return "no file, since " + file + " could not be written: " + e.getMessage();
    }
    return name;
  }

  /** Writes the pair of inputs that refutes a bound, and says where. */
  public String write(Network network, Certification.Violated violated) {
    return write(network.name(), PairText.json(network, violated));
  }
}
