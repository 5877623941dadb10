package io.lipc.training.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Tasks in the order in which they run, with the constants that they read. */
final class TaskList {

  private final List<BiConsumer<TaskGraph, String>> tasks = new ArrayList<>();
  private final Constants constants = new Constants();

  /** Adds what adds a task of a given name to a graph. */
  void add(BiConsumer<TaskGraph, String> task) {
    tasks.add(task);
  }

  Constants constants() {
    return constants;
  }

  /** Adds all of them to a graph. */
  void addTo(TaskGraph graph) {
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).accept(graph, "t" + i);
    }
  }
}
