package io.lipc.training.table;

import java.util.List;

/** Which columns of a table hold what a network is to give. */
sealed interface Answers {

  /** Classes. */
  record Labels(LabelColumn column) implements Answers {}

  /** Numbers, in the order of the outputs. */
  record Targets(List<LabelColumn> columns) implements Answers {
    public Targets {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("no target");
      }
    }
  }

  /** The columns, at least one. */
  default List<LabelColumn> columns() {
    return switch (this) {
      case Labels(LabelColumn column) -> List.of(column);
      case Targets(List<LabelColumn> columns) -> columns;
    };
  }

  /** The word of messages for one answer. */
  default String noun() {
    return switch (this) {
      case Labels _ -> "label";
      case Targets _ -> "target";
    };
  }

  /** Whether their fields are numbers; labels are any texts. */
  default boolean areNumbers() {
    return this instanceof Targets;
  }
}
