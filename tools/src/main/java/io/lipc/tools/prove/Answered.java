package io.lipc.tools.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipc.certificate.Subject;
import io.lipc.certifier.QuerySearch.Answer;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.Quoted;
import io.lipc.formats.Safetensors;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Callees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, and the files that go with it.
 *
 * @param claimed the network with the claim that no input satisfies the query
 */
record Answered(Subject claimed, Answer answer) {

  boolean isProved() {
    return answer instanceof Answer.Unsatisfiable;
  }

  /**
   * Writes what there is.
   *
   * @throws InputError if a file cannot be written
   */
  void write(
      Optional<Path> certificate, Optional<Path> weights, Optional<Path> witness, TreeFile tree)
      throws InputError {
    writeCertificate(certificate);
    switch (answer) {
      case Answer.Unsatisfiable(Subject proved, _) -> {
        if (weights.isPresent()) {
          write(weights.get(), Safetensors.write(proved.weights()));
        }
      }
      case Answer.Satisfiable(var found) -> {
        if (witness.isPresent()) {
          write(witness.get(), new WitnessText(claimed, found).text().getBytes(UTF_8));
        }
      }
      case Answer.Open open -> tree.write(open.tree());
    }
  }

  /**
   * Writes the certificate, where there is one.
   *
   * @throws InputError if it cannot be written
   */
  void writeCertificate(Optional<Path> file) throws InputError {
    if (file.isPresent() && answer instanceof Answer.Unsatisfiable(Subject proved, _)) {
      write(file.get(), proved);
    }
  }

  private static void write(Path file, Subject proved) throws InputError {
    try {
      Callees.write(file, proved, Map.of());
    } catch (IOException e) {
      throw new InputError("the certificate " + file + " cannot be written: " + e.getMessage());
    }
  }

  private static void write(Path file, byte[] content) throws InputError {
    try {
      AtomicFile.write(file, content);
    } catch (IOException e) {
      throw new InputError(Quoted.of(file.toString()) + " cannot be written: " + e.getMessage());
    }
  }
}
