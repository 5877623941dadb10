package io.lipc.runtime.loading;

/** The things to do that messages about loading name. */
public final class LoadHelp {

  public static final String RECOMPILE =
      "compile the network again, as `mvn clean package` does, and ship the class, META-INF/lipc"
          + " and the weights together";
  public static final String RECERTIFY =
      "use the weights that the network was compiled with, or compile it again with these:"
          + " `mvn clean package` does, and with the goal `lipc:certify` in the pom every build";

  public static final String TRAIN =
      "train the network with `lipc train`, which writes weights together with their certificate";

  public static final String NAMES =
      "write a JSON array of different texts there, as `lipc train` does, or nothing";

  public static final String NAMES_OF_CALLEE =
      "let its method `labels` give different texts, or none";

  public static final String KERNELS =
      "leave the property out, or start Java with --add-modules jdk.incubator.vector";

  private LoadHelp() {}
}
