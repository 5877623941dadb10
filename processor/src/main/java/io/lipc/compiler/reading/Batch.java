package io.lipc.compiler.reading;

import java.util.List;
import java.util.Set;

/**
 * The networks of one run.
 *
 * @param requests those to compile, no two of one name
 * @param faulty the names of others, whose faults are reported elsewhere: a call of one of them is
 *     no further fault
 */
public record Batch(List<Request> requests, Set<String> faulty) {
  public Batch {
    requests = List.copyOf(requests);
    faulty = Set.copyOf(faulty);
  }
}
