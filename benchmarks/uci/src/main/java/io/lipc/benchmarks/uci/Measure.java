package io.lipc.benchmarks.uci;

/** A count of rows of the test, as a share of them. */
enum Measure {
  ACCURACY("accuracy", 0),
  AT_36("at 36/255", 1),
  AT_72("at 72/255", 2),
  AT_108("at 108/255", 3);

  private final String title;
  private final int place;

  Measure(String title, int place) {
    this.title = title;
    this.place = place;
  }

  String title() {
    return title;
  }

  /**
   * 0 for the accuracy itself, then the place of the radius among {@link Setting#RADII}, from 1.
   */
  int place() {
    return place;
  }

  double of(Row.Measured row) {
    return place == 0 ? row.accuracy() : row.certified().get(place - 1);
  }
}
