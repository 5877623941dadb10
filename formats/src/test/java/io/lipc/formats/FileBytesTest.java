package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels may read less than they are asked for, as those of remote file systems do. */
final class FileBytesTest {

  @TempDir private Path folder;

  @Test
  void shortReadsGoOnWhereTheyEnded() throws IOException {
    byte[] content = new byte[10_000];
    new SplittableRandom(4).nextBytes(content);
    Path file = Files.write(folder.resolve("w"), content);
    try (FileChannel channel = new ShortReads(FileChannel.open(file))) {
      FileBytes bytes = new FileBytes.OnDisk(channel, content.length);
      assertThat(bytes.read(123, 5000)).isEqualTo(Arrays.copyOfRange(content, 123, 5123));
      assertThat(bytes.read(0, content.length)).isEqualTo(content);
      assertThatThrownBy(() -> bytes.read(9_990, 11)).isInstanceOf(EOFException.class);
    }
  }

  /** Beyond what 31 bits count, of which no test has the memory. */
  @Test
  void elementsStandFarBehindTheBeginning() {
    for (StoredType type : StoredType.values()) {
      int from = Integer.MAX_VALUE - 8;
      assertThat(Elements.position(type, 1_000, from))
          .isEqualTo(Math.addExact(1_000L, Math.multiplyExact((long) from, type.bytes())));
    }
  }

  @Test
  void filesThatGrowWhileTheyAreRead() throws Exception {
    Tensor tensor = Tensor.of("w", ElementType.F32, List.of(3), new double[] {1, 2, 3});
    byte[] content = Safetensors.write(Weights.of(List.of(tensor)));
    Path file = Files.write(folder.resolve("w"), content);
    try (FileChannel channel = new Growing(FileChannel.open(file))) {
      assertThatThrownBy(() -> Safetensors.contents(channel))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "it had %d bytes, and %d after it was read"
                  .formatted(content.length, content.length + 1));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(Safetensors.contents(channel).weights().tensor("w").orElseThrow().digest())
          .isEqualTo(tensor.digest());
    }
  }

  /** A byte more each time that it is asked. */
  private static final class Growing extends ForwardingChannel {

    private int asked;

    Growing(FileChannel channel) {
      super(channel);
    }

    @Override
    public long size() throws IOException {
      return super.size() + asked++;
    }
  }

  /** At most seven bytes at a time. */
  private static final class ShortReads extends ForwardingChannel {

    ShortReads(FileChannel channel) {
      super(channel);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      ByteBuffer few = target.slice(target.position(), Math.min(7, target.remaining()));
      int count = super.read(few, position);
      target.position(target.position() + Math.max(0, count));
      return count;
    }
  }
}
