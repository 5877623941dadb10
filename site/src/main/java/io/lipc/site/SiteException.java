package io.lipc.site;

/** The documentation cannot become a site; the message names page and place. */
final class SiteException extends Exception {

  private static final long serialVersionUID = 1;

  SiteException(String message) {
    super(message);
  }
}
