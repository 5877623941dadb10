package io.lipc.runtime;

/**
 * A network could not be loaded: something that its certificate is about is missing or differs. The
 * message says what, and what to do.
 */
public final class NetworkLoadException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NetworkLoadException(String network, String fault, String help) {
    super(message(network, fault, help));
  }

  NetworkLoadException(String network, String fault, String help, Throwable cause) {
    super(message(network, fault, help), cause);
  }

  private static String message(String network, String fault, String help) {
    return "cannot load network " + network + ": " + fault + "; " + help;
  }
}
