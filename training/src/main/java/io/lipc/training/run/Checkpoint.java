package io.lipc.training.run;

import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A saved state, big-endian: the magic word, the version, the digests of the run, the state, and
 * the digest of all bytes before it.
 *
 * @param run what it is about
 * @param state where it stands
 */
record Checkpoint(RunIdentity run, TrainingState state) {

  private static final byte[] MAGIC = "lipctrn\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int DIGEST_LENGTH = 64;

  /** Replaces {@code file} as a whole, or leaves it as it was; makes its folder. */
  void save(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFile.write(file, toBytes());
  }

  /**
   * The checkpoint in {@code file}.
   *
   * @throws TrainingException if it is truncated, altered, or no checkpoint of this version
   * @throws IOException if it cannot be read
   */
  static Checkpoint load(Path file) throws IOException, TrainingException {
    byte[] bytes = BoundedFile.readRegular(file);
    if (bytes.length < MAGIC.length
        || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)) {
      throw new TrainingException("checkpoint " + file + " is not a checkpoint of lipc");
    }
    int end = bytes.length - DIGEST_LENGTH;
    if (end < MAGIC.length
        || !Arrays.equals(
            digest(Arrays.copyOf(bytes, end)), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new TrainingException(
          "checkpoint %s is truncated or damaged: its digest does not fit; delete it to start anew"
              .formatted(file));
    }
    ByteArrayInputStream content =
        new ByteArrayInputStream(bytes, MAGIC.length, end - MAGIC.length);
    DataInputStream in = new DataInputStream(content);
    int version = in.readInt();
    if (version != VERSION) {
      throw new TrainingException(
          "checkpoint %s has version %d; this lipc reads version %d"
              .formatted(file, version, VERSION));
    }
    RunIdentity run =
        new RunIdentity(readDigest(in), readDigest(in), readDigest(in), readDigest(in));
    return new Checkpoint(run, readState(in));
  }

  private byte[] toBytes() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(content);
    out.write(MAGIC);
    out.writeInt(VERSION);
    out.writeBytes(run.network().hex());
    out.writeBytes(run.parameterization().hex());
    out.writeBytes(run.data().hex());
    out.writeBytes(run.options().hex());
    out.writeInt(state.epoch());
    out.writeInt(state.bestEpoch());
    out.writeDouble(state.bestLoss());
    out.writeLong(state.adam().steps());
    out.writeInt(state.best().length);
    write(state.best(), out);
    write(state.adam().parameters(), out);
    write(state.adam().mean(), out);
    write(state.adam().variance(), out);
    out.write(digest(content.toByteArray()));
    return content.toByteArray();
  }

  private static TrainingState readState(DataInputStream in) throws IOException {
    int epoch = in.readInt();
    int bestEpoch = in.readInt();
    double bestLoss = in.readDouble();
    long steps = in.readLong();
    int size = in.readInt();
    double[] best = readNumbers(size, in);
    AdamState adam =
        new AdamState(steps, readNumbers(size, in), readNumbers(size, in), readNumbers(size, in));
    return new TrainingState(epoch, adam, best, bestEpoch, bestLoss);
  }

  private static void write(double[] numbers, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length);
    bytes.asDoubleBuffer().put(numbers);
    out.write(bytes.array());
  }

  private static double[] readNumbers(int size, DataInputStream in) throws IOException {
    double[] numbers = new double[size];
    ByteBuffer.wrap(in.readNBytes(Double.BYTES * size)).asDoubleBuffer().get(numbers);
    return numbers;
  }

  private static Digest readDigest(DataInputStream in) throws IOException {
    return new Digest(new String(in.readNBytes(DIGEST_LENGTH), StandardCharsets.US_ASCII));
  }

  private static byte[] digest(byte[] bytes) {
    return Digest.of(bytes).hex().getBytes(StandardCharsets.US_ASCII);
  }
}
