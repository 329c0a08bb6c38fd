package org.attentionflow.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written to. A reader that has gone away
 * ({@code attnflow … | head}) is no failure.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream stream;
  private volatile @Nullable IOException failure;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** Why writing failed, or null if it did not or nobody reads any more. */
  @Nullable String failure() {
    IOException known = failure;
    String message = known == null ? null : String.valueOf(known.getMessage());
    return message == null || message.contains("Broken pipe") ? null : message;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
