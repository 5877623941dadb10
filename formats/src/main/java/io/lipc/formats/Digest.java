package io.lipc.formats;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex its 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

  public Digest {
    if (!isValid(hex)) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
    }
  }

  /** Whether {@code hex} is 64 lower-case hexadecimal digits. */
  public static boolean isValid(String hex) {
    return hex.length() == 64
        && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The digest of the concatenation of {@code parts}. */
  public static Digest of(byte[]... parts) {
    MessageDigest sha = sha256();
    for (byte[] part : parts) {
      sha.update(part);
    }
    return of(sha);
  }

  /** The digest of what was given to {@code sha}, which begins anew. */
  static Digest of(MessageDigest sha) {
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "sha256:" + hex;
  }
}
