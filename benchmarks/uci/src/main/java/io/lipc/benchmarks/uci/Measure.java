package io.lipc.benchmarks.uci;

/** What is counted on the rows of the test, as a share of them. */
enum Measure {
  ACCURACY("accuracy"),
  AT_36("at 36/255"),
  AT_72("at 72/255"),
  AT_108("at 108/255");

  private final String title;

  Measure(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  double of(Row.Measured row) {
    return this == ACCURACY ? row.accuracy() : row.certified().get(ordinal() - 1);
  }
}
