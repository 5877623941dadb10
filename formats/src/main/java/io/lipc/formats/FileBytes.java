package io.lipc.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file, which others may change or cut off while they are read. */
sealed interface FileBytes {

  /** How many there were when reading began. */
  long size();

  /**
   * Copies bytes {@code at, at + 1, ...} until {@code into} is full. Several threads may read at a
   * time.
   *
   * @throws IOException if they cannot be read, or the file has become shorter
   */
  void read(long at, ByteBuffer into) throws IOException;

  /** Bytes that were read. */
  default byte[] read(long at, int count) throws IOException {
    byte[] bytes = new byte[count];
    read(at, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** All of them in memory. */
  record InMemory(byte[] bytes) implements FileBytes {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(long at, ByteBuffer into) {
      into.put(bytes, Math.toIntExact(at), into.remaining());
    }
  }

  /** Read where they are asked for. */
  record OnDisk(FileChannel channel, long size) implements FileBytes {
    @Override
    public void read(long at, ByteBuffer into) throws IOException {
      long next = at;
      while (into.hasRemaining()) {
        int count = channel.read(into, next);
        if (count < 0) {
          throw new EOFException("it became shorter while it was read");
        }
        next += count;
      }
    }
  }
}
