package io.lipc.tools.convert;

import io.lipc.tools.command.InputError;
import java.util.Set;

/** The names of imported networks. */
final class ImportNames {

  private ImportNames() {}

  /** A file's name as the name of a class: {@code my-model_v2} is {@code MyModelV2}. */
  static String ofFile(String stem) {
    StringBuilder name = new StringBuilder();
    for (String part : stem.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    boolean digit = !name.isEmpty() && Character.isDigit(name.charAt(0));
    return name.isEmpty() || digit ? "Network" + name : name.toString();
  }

  /** A qualified name whose parts are words of the language. */
  static String checked(String name) throws InputError {
    for (String part : name.split("\\.", -1)) {
      if (!part.matches("[A-Za-z_][A-Za-z_0-9]*") || RESERVED.contains(part)) {
        throw new InputError(
            "--name " + name + " is not a name: words of letters, digits and _, joined by dots");
      }
    }
    return name;
  }

  private static final Set<String> RESERVED = Set.of("package", "network", "return");
}
