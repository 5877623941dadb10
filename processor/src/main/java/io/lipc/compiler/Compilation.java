package io.lipc.compiler;

import io.lipc.compiler.emission.GeneratedClass;
import io.lipc.compiler.library.Examination;
import io.lipc.model.diagnostic.Finding;
import java.util.List;

/** What became of one declaration. */
public sealed interface Compilation {

  /** The qualified name of the network. */
  String network();

  /** What there is to say: why it is refused, or what is odd about it. */
  default List<Finding> said() {
    return switch (this) {
      case Compiled compiled -> compiled.proof().said();
      case Refused refused -> refused.examination().said();
    };
  }

  /**
   * There is code to run, and a certificate that the checker has accepted.
   *
   * @param proof what was proved
   * @param source the generated Java source for the JVM
   * @param others what became of its classes for the other backends that were asked for, in order
   */
  record Compiled(Examination.Proved proof, String source, List<GeneratedClass> others)
      implements Compilation {
    public Compiled {
      others = List.copyOf(others);
    }

    @Override
    public String network() {
      return proof.network();
    }
  }

  /** Nothing is generated, and the examination says why. */
  record Refused(Examination.Refused examination) implements Compilation {
    @Override
    public String network() {
      return examination.network();
    }
  }
}
