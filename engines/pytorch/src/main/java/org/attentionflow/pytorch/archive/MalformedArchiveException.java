package org.attentionflow.pytorch.archive;

/** What is wrong inside an archive; the archive's reader says in which and what to do. */
final class MalformedArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedArchiveException(String message) {
    super(message);
  }
}
