package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** A channel of a file that reads at most seven bytes at a time. */
  private static final class ShortReads extends FileChannel {

    private final FileChannel channel;

    ShortReads(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      ByteBuffer few = target.slice(target.position(), Math.min(7, target.remaining()));
      int count = channel.read(few, position);
      target.position(target.position() + Math.max(0, count));
      return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
      return channel.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return channel.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      return channel.write(sources, offset, length);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      return channel.write(source, position);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      channel.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      channel.force(metadata);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      return channel.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }
}
