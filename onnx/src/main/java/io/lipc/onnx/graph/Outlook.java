package io.lipc.onnx.graph;

/** The plan for operators that lipc does not read yet, as messages say it. */
public enum Outlook {
  PLANNED("reading it is planned; until then, "),
  NOT_PLANNED("reading it is not planned; ");

  private final String words;

  Outlook(String words) {
    this.words = words;
  }

  /** A clause with what to do meanwhile, or instead. */
  String with(String clause, String help) {
    return clause + "; " + words + help;
  }
}
