package io.lipc.onnx.protobuf;

/**
 * Limits of what one file may cost, whatever it states: a few bytes of a file can name a large
 * constant many times, and each message of two bytes becomes an object. Who counts something also
 * looks at the clock of the caller, which may end the reading earlier.
 */
public final class Budget {

  /** No file is read beyond this: 2^28 bytes are 67 million weights. */
  public static final int MAX_BYTES = 1 << 28;

  /** Fields of all messages: a node takes about ten. */
  public static final int MAX_FIELDS = 1 << 20;

  /** Numbers of all constants, after broadcasting and in each orientation that is needed. */
  public static final int MAX_NUMBERS = 1 << 26;

  /** Elements of all layers' outputs, as in a network that a text declares. */
  public static final int MAX_ELEMENTS = 1 << 20;

  /** Products of numbers in products of constant matrices, which are summed exactly. */
  static final int MAX_PRODUCTS = 1 << 21;

  private final Runnable look;
  private long fields;
  private long numbers;
  private long elements;
  private long products;

  /**
   * The budget of one file.
   *
   * @param look is run every few milliseconds; what it throws is thrown
   */
  public Budget(Runnable look) {
    this.look = look;
  }

  /** Looks at the clock, in a loop that counts nothing. */
  public void look() {
    look.run();
  }

  /** The same in a loop of short rounds: in one of 2^12. */
  public void look(int round) {
    if ((round & 0xFFF) == 0) {
      look.run();
    }
  }

  void field() throws OnnxException {
    look.run();
    fields++;
    check(fields, MAX_FIELDS, "fields");
  }

  /** Takes numbers of tensors from the budget. */
  public void numbers(long count) throws OnnxException {
    look.run();
    numbers += count;
    check(numbers, MAX_NUMBERS, "numbers in its constants");
  }

  /** Takes elements of signals from the budget. */
  public void elements(long count) throws OnnxException {
    look.run();
    elements += count;
    check(elements, MAX_ELEMENTS, "elements in the outputs of its layers");
  }

  /** Takes products of numbers from the budget. */
  public void products(long count) throws OnnxException {
    look.run();
    products += count;
    check(products, MAX_PRODUCTS, "products of numbers in its constants");
  }

  private static void check(long count, int most, String what) throws OnnxException {
    if (count > most) {
      throw OnnxException.ofBudget("the model has more than " + most + " " + what);
    }
  }
}
