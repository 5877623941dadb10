package io.lipc.compiler;

import io.lipc.compiler.emission.GeneratedClass;
import io.lipc.compiler.library.Examination;
import io.lipc.model.diagnostic.Finding;
import java.util.List;
import java.util.stream.Stream;

/** The result of compiling one declaration. */
public sealed interface Compilation {

  /** The qualified name of the network. */
  String network();

  /** The findings about it: why it is refused, or what is odd or easily missed. */
  default List<Finding> said() {
    return switch (this) {
      case Compiled compiled ->
          Stream.concat(compiled.proof().said().stream(), compiled.notes().stream()).toList();
      case Refused refused -> refused.examination().said();
    };
  }

  /**
   * The network has code to run, and a certificate that the checker has accepted.
   *
   * @param proof what was proved
   * @param notes what is easily missed about the class
   * @param source the generated Java source for the JVM
   * @param others what became of its classes for the other backends that were asked for, in order
   */
  record Compiled(
      Examination.Proved proof, List<Finding> notes, String source, List<GeneratedClass> others)
      implements Compilation {
    public Compiled {
      notes = List.copyOf(notes);
      others = List.copyOf(others);
    }

    @Override
    public String network() {
      return proof.network();
    }
  }

  /** The network is refused and has no class; the examination says why. */
  record Refused(Examination.Refused examination) implements Compilation {
    @Override
    public String network() {
      return examination.network();
    }
  }
}
