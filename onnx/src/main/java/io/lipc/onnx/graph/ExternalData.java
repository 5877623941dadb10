package io.lipc.onnx.graph;

import io.lipc.formats.OneLine;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files beside a model in which its tensors have their numbers. Each file is read once and as a
 * whole, so that all tensors see the same bytes of it, whatever happens to it meanwhile.
 */
public final class ExternalData {

  private final SiblingFiles beside;
  private final Map<String, byte[]> files = new TreeMap<>();

  /** The checksums of files, once they were computed. */
  private final Map<String, String> checksums = new TreeMap<>();

  private int left;

  /** The external data of a model whose own file has {@code bytes} bytes. */
  public ExternalData(SiblingFiles beside, int bytes) {
    this.beside = beside;
    this.left = Budget.MAX_BYTES - bytes;
  }

  /** The files that were read, by their paths from the model's folder. */
  public Set<String> files() {
    return new TreeSet<>(files.keySet());
  }

  /**
   * The bytes of a tensor.
   *
   * @param what the tensor is called in messages
   * @param bytes how many its type and shape ask for
   */
  ByteBuffer of(Message tensor, String what, long bytes) throws OnnxException {
    ExternalLocation location = ExternalLocation.read(tensor, what);
    byte[] file = file(location, what);
    long begin = location.offset();
    long length = location.length().orElse(Math.max(0, file.length - begin));
    String shown = OnnxException.quote(location.file());
    if (length != bytes) {
      throw new OnnxException(
          "%s has %d bytes in the file %s%s, and its type and shape ask for %d; save the model again"
              .formatted(
                  what,
                  length,
                  shown,
                  location.length().isPresent()
                      ? ""
                      : ", from byte %d to the end as it says no length".formatted(begin),
                  bytes));
    }
    if (begin > file.length || length > file.length - begin) {
      throw new OnnxException(
          "%s has its numbers in the file %s, %d bytes from byte %d on, and that has %d bytes; it is cut off,"
                  .formatted(what, shown, length, begin, file.length)
              + " or belongs to another model: copy it again, or save the model again");
    }
    return ByteBuffer.wrap(file, (int) begin, (int) length);
  }

  private byte[] file(ExternalLocation location, String what) throws OnnxException {
    byte[] file = files.get(location.file());
    if (file == null) {
      file = read(location.file(), what);
      left -= file.length;
      files.put(location.file(), file);
    }
    if (location.checksum().isPresent()) {
      String found = checksum(location.file(), file);
      if (!found.equals(location.checksum().get())) {
        throw new OnnxException(
            "%s has its numbers in the file %s with the SHA-1 %s, and the file beside the model has %s; it was"
                    .formatted(
                        what,
                        OnnxException.quote(location.file()),
                        location.checksum().get(),
                        found)
                + " changed or belongs to another model: copy it again, or save the model again");
      }
    }
    return file;
  }

  private byte[] read(String file, String what) throws OnnxException {
    String place = what + " has its numbers in the file " + OnnxException.quote(file);
    byte[] content;
    try {
      content = beside.read(file, left);
    } catch (IOException e) {
      throw new OnnxException(
          "%s (external_data), which cannot be read: %s; copy the file itself into the model's folder, or"
                  .formatted(place, reason(e))
              + " save the model as one, in Python: onnx.save(onnx.load(\"MODEL.onnx\"),"
              + " \"ONE.onnx\", save_as_external_data=False)");
    }
    if (content.length > left) {
      throw new OnnxException(
          "%s, and lipc reads %d bytes of a model, with the files beside it"
              .formatted(place, Budget.MAX_BYTES));
    }
    return content;
  }

  /** The exception's own words, without the path, which the message quotes as the model has it. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "it may not be read";
    }
    String words = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
    return words == null ? "it cannot be opened" : OneLine.of(words);
  }

  /** ONNX states SHA-1, which is no defence against forgery: the certificate's digests are. */
  private String checksum(String name, byte[] file) {
    return checksums.computeIfAbsent(
        name,
        _ -> {
          try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(file));
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
          }
        });
  }
}
