package it.control;

import it.sensors.GainNetwork;

/** Loads what both front ends made, with the called networks of the jar. */
public final class Main {

  private Main() {}

  /** Fails unless the called network is in a jar and all certificates are those of its weights. */
  public static void main(String[] arguments) {
    String place = GainNetwork.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!place.endsWith(".jar")) {
      throw new IllegalStateException(place + " is not a jar");
    }
    GuardedNetwork.load().verify();
    LoopNetwork.load().verify();
    System.out.println(
        "control runs: verified against " + place.substring(place.lastIndexOf('/') + 1));
  }
}
