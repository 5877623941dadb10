package io.lipc.formats;

/** An exception that says what is wrong: unlike that of others, its message is never null. */
public abstract class DescribedException extends Exception {

  private static final long serialVersionUID = 1;

  private final String description;

  /** A fault with its description. */
  protected DescribedException(String description) {
    super(description);
    this.description = description;
  }

  @Override
  public final String getMessage() {
    return description;
  }
}
