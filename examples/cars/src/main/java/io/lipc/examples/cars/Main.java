package io.lipc.examples.cars;

/** Values one car with more and more power, and says what is proved of all cars. */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    CarsNetwork network = CarsNetwork.load();
    float[] value = new float[1];
    for (int power = 60; power <= 260; power += 40) {
      network.apply(new float[] {power, 130, 2548, 64.1f, 21}, value);
      System.out.printf("%d horsepower: %.2f thousand dollars%n", power, value[0]);
    }
    System.out.println("proved: " + network.certificates().getLast().claim());
    System.out.println("checked again now: " + network.verify());
  }
}
